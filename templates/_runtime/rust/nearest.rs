//! Finds the double for a number in JSON.

use core::cmp::Ordering;
use core::convert::TryFrom;
use core::iter::{repeat, repeat_with};
use core::time::Duration;

use super::alloc::vec::Vec;

/// How many digits can matter, apart from whether the others are zero: more than 767.
const MOST: i64 = 800;

/// The double that is nearest to a JSON number. Of two that are as near, the even one. It may be infinite.
///
/// The standard library finds the same one, but with 16 kB of code and tables.
pub(super) fn nearest(number: &str) -> f64 {
    let size = number.strip_prefix('-').unwrap_or(number);
    let double = match size.parse() {
        // Without std, only a duration makes a double of a whole number.
        Ok(whole) => Duration::from_secs(whole).as_secs_f64(),
        Err(_) => from_decimal(size),
    };
    if size.len() < number.len() {
        -double
    } else {
        double
    }
}

/// Works it out with whole numbers of any length.
fn from_decimal(number: &str) -> f64 {
    let (decimal, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let too_large = if exponent.starts_with('-') {
        i64::MIN
    } else {
        i64::MAX
    };
    let power: i64 = exponent.parse().unwrap_or(too_large);
    // No body has so many digits that they make up for this.
    let mut power = power.clamp(i64::MIN / 2, i64::MAX / 2);
    power -= i64::try_from(fraction.len()).unwrap_or_default();
    let mut upper = Big(Vec::new());
    let mut digits = 0;
    let mut others = 0;
    for byte in whole.bytes().chain(fraction.bytes()) {
        let digit = u64::from(byte - b'0');
        if digits < MOST {
            upper.scale(10, digit);
            digits += i64::from(!upper.0.is_empty());
        } else {
            others |= digit;
            power += 1;
        }
    }
    if others > 0 {
        upper.scale(10, 1);
        digits += 1;
        power -= 1;
    }
    match digits.saturating_add(power) {
        _ if digits == 0 => 0.0,
        // Far beyond the smallest and the largest double.
        ..=-400 => 0.0,
        400.. => f64::INFINITY,
        _ => {
            let mut lower = Big(Vec::from([1]));
            let scaled = if power < 0 { &mut lower } else { &mut upper };
            for _ in 0..power.unsigned_abs() {
                scaled.scale(10, 0);
            }
            quotient(upper, lower)
        }
    }
}

/// Divides by long division, bit by bit.
fn quotient(mut upper: Big, mut lower: Big) -> f64 {
    // With as many bits in both, the quotient is from 1 up to 2.
    let mut exponent = upper.bits() - lower.bits();
    let shifted = if exponent < 0 { &mut upper } else { &mut lower };
    shifted.shift(exponent.unsigned_abs());
    if upper.cmp(&lower) == Ordering::Less {
        upper.shift(1);
        exponent -= 1;
    }
    if exponent > 1023 {
        return f64::INFINITY;
    }
    let mut significand = 0;
    // Below the smallest exponent, fewer bits are left.
    for _ in 0..(1075 + exponent).min(53) {
        significand <<= 1;
        if upper.cmp(&lower) != Ordering::Less {
            upper.subtract(&lower);
            significand |= 1;
        }
        upper.shift(1);
    }
    let up = match upper.cmp(&lower) {
        _ if exponent < -1075 => 0,
        Ordering::Less => 0,
        Ordering::Equal => significand & 1,
        Ordering::Greater => 1,
    };
    // The highest bit of the significand, and that of rounding up, add to the exponent.
    let exponent = u64::try_from(exponent + 1022).unwrap_or_default();
    f64::from_bits((exponent << 52) + significand + up)
}

/// A large whole number in parts of 32 bits, the lowest first. The highest isn't 0.
struct Big(Vec<u64>);

impl Big {
    fn scale(&mut self, factor: u64, add: u64) {
        let mut carry = add;
        for part in &mut self.0 {
            carry += *part * factor;
            *part = carry & 0xffff_ffff;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry);
        }
    }

    /// Multiplies by a power of two.
    fn shift(&mut self, bits: u64) {
        let parts = usize::try_from(bits / 32).unwrap_or_default();
        if parts > 0 {
            let zeros = repeat_with(|| 0).take(parts);
            self.0 = zeros.chain(self.0.iter().copied()).collect();
        }
        self.scale(1 << (bits % 32), 0);
    }

    /// Subtracts a number that isn't larger.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = 0;
        let others = other.0.iter().copied().chain(repeat(0));
        for (part, other) in self.0.iter_mut().zip(others) {
            let difference = part.wrapping_sub(other + borrow);
            *part = difference & 0xffff_ffff;
            borrow = difference >> 63;
        }
        while self.0.last() == Some(&0) {
            let _ = self.0.pop();
        }
    }

    fn cmp(&self, other: &Self) -> Ordering {
        let by_length = self.0.len().cmp(&other.0.len());
        by_length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    fn bits(&self) -> i64 {
        let length = i64::try_from(self.0.len()).unwrap_or_default();
        let zeros = self.0.last().map_or(0, |part| part.leading_zeros());
        length * 32 + 32 - i64::from(zeros)
    }
}
