//! Numbers of JSON.

use std::fmt;
use std::ops::Range;

/// A number of JSON: a whole one, if it is written as one and isn't too large, or else a float.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Unsigned(u64),
    Negative(i64),
    /// Never NaN or infinite.
    Float(f64),
}

impl Number {
    /// Nothing for NaN and the infinities, which JSON can't hold.
    pub(crate) fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self::Float(value))
    }

    pub(crate) fn is_f64(self) -> bool {
        matches!(self, Self::Float(_))
    }

    #[expect(clippy::cast_precision_loss, reason = "that is what is asked for")]
    pub(crate) fn as_f64(self) -> f64 {
        match self {
            Self::Unsigned(value) => value as f64,
            Self::Negative(value) => value as f64,
            Self::Float(value) => value,
        }
    }

    pub(crate) fn as_u64(self) -> Option<u64> {
        match self {
            Self::Unsigned(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn as_i64(self) -> Option<i64> {
        match self {
            Self::Unsigned(value) => value.try_into().ok(),
            Self::Negative(value) => Some(value),
            Self::Float(_) => None,
        }
    }
}

impl From<u64> for Number {
    fn from(value: u64) -> Self {
        Self::Unsigned(value)
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        u64::try_from(value).map_or(Self::Negative(value), Self::Unsigned)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Unsigned(value) => write!(f, "{value}"),
            Self::Negative(value) => write!(f, "{value}"),
            Self::Float(value) => f.write_str(&float(*value)),
        }
    }
}

/// A float in JSON, as `serde_json` writes it: never like a whole number.
pub(crate) fn float(value: f64) -> String {
    let written = in_digits(value, -5..16);
    if written.contains(['.', 'e']) { written } else { written + ".0" }
}

/// A float in a text, as JavaScript writes it (ECMA-262, `Number::toString`).
pub(crate) fn as_javascript(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { in_digits(value, -6..21) }
}

/// The fewest digits that tell a float from others, with an exponent if it is not one of `plain`.
fn in_digits(value: f64, plain: Range<i32>) -> String {
    let shortest = format!("{value:e}");
    let count = shortest.split('e').next().unwrap_or_default().matches(char::is_numeric).count();
    // With a given number of digits, what is halfway between two is rounded to the even one. Without, it is not.
    let written = format!("{value:.0$e}", count.saturating_sub(1));
    let (mantissa, exponent) = written.split_once('e').unwrap_or_default();
    let exponent: i32 = exponent.parse().unwrap_or_default();
    if !plain.contains(&exponent) {
        return format!("{mantissa}e{exponent:+}");
    }
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |size| ("-", size));
    let digits = mantissa.replace('.', "");
    if exponent < 0 {
        let zeros = usize::try_from(-exponent - 1).unwrap_or_default();
        return format!("{sign}0.{:0<zeros$}{digits}", "");
    }
    let before = usize::try_from(exponent + 1).unwrap_or_default();
    match digits.split_at_checked(before) {
        Some((whole, fraction)) if !fraction.is_empty() => format!("{sign}{whole}.{fraction}"),
        _ => format!("{sign}{digits:0<before$}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::any, prop_assert_eq, prop_assume, proptest};

    use super::*;
    use crate::text::number::Plain;

    fn check(value: f64) {
        assert_eq!(float(value), serde_json::to_string(&value).unwrap());
        assert_eq!(as_javascript(value), Plain(value).to_string());
    }

    #[test]
    fn floats_are_what_serde_json_and_packages_write() {
        proptest!(|(any in any::<f64>(), number in any::<u64>(), power in -30_i32..30)| {
            prop_assume!(any.is_finite());
            check(any);
            // Of numbers of this size, some are halfway between two shorter ones.
            check(f64::from(u32::try_from(number >> 32).unwrap()) * 4096.0 + 0.125);
            check(f64::from(u8::try_from(number & 0xff).unwrap()) * 10_f64.powi(power));
            prop_assert_eq!(float(-any), serde_json::to_string(&-any).unwrap());
        });
        for value in [0.0, -0.0, 1.0, 1e15, 1e16, 1e-5, 1e-6, 1e-7, 1e21] {
            check(value);
        }
        // Packages say the same of it: it is halfway between two numbers with one digit less.
        check(f64::from_bits(0x42d5_f179_1b37_4008));
    }
}
