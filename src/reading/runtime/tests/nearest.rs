//! Tests that numbers are read as the standard library reads them, bit by bit.

use proptest::prelude::any;
use proptest::proptest;

use super::super::nearest::nearest;

fn check(number: &str) {
    let expected: f64 = number.parse().unwrap();
    for (number, expected) in [(number, expected), (&format!("-{number}"), -expected)] {
        assert_eq!(nearest(number).to_bits(), expected.to_bits(), "{number}");
    }
}

#[test]
fn numbers_at_the_edges_are_read() {
    for number in [
        "0",
        "0.0",
        "0e5",
        "0e99999999999999999999",
        "1",
        "18446744073709551615",
        "18446744073709551616",
        "9007199254740993.0",
        "9007199254740992.9",
        "1e23",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e309",
        "1e9223372036854775807",
        "1e99999999999999999999",
        "1e-9223372036854775808",
        "1e-99999999999999999999",
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "1E+2",
        "1E-2",
        "0.000001e6",
    ] {
        check(number);
    }
    for zeros in [1, 300, 800, 5000] {
        let zeros = "0".repeat(zeros);
        check(&format!("1{zeros}e-{}", zeros.len()));
        check(&format!("0.{zeros}1e{}", zeros.len()));
        // A tie, and what is above it.
        check(&format!("9007199254740993.{zeros}"));
        check(&format!("9007199254740993.{zeros}1"));
        check(&format!("1{zeros}e9223372036854775807"));
    }
}

#[test]
fn random_numbers_are_read() {
    proptest!(|(bits: u64, digits: u64, more: u32, exponent in -400..400_i32, near in -20..20_i32, odd in any::<u32>())| {
        let double = f64::from_bits(bits >> 1);
        if double.is_finite() {
            check(&format!("{double:e}"));
            check(&format!("{double:.800e}"));
            // Between two doubles.
            check(&format!("{double:.17e}5"));
        }
        check(&format!("{digits}e{exponent}"));
        check(&format!("0.{digits}E{near}"));
        check(&format!("{digits}.{more}e{near}"));
        // Whole numbers that are as near to two doubles.
        let tie = (1_u64 << 53) + 1 + 2 * u64::from(odd);
        check(&format!("{tie}.0"));
        check(&format!("{tie}.{}1", "0".repeat(900)));
        check(&format!("{}.{}", tie - 1, "9".repeat(900)));
    });
}
