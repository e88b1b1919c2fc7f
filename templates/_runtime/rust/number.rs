//! Numbers as text.

use core::convert::TryFrom;
use core::fmt;

use serde_json::Number;

use super::alloc::string::{String, ToString};

/// Displays a finite number as JavaScript does, so that a text in a body is the same in every language
/// (ECMA-262, `Number::toString`). It is JSON too.
pub(crate) struct Plain(pub f64);

impl fmt::Display for Plain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The digits are those of serde_json, because those of core would be 20 kB more in a program.
        let text = Number::from_f64(self.0).map_or_else(String::new, |number| number.to_string());
        let size = text.strip_prefix('-').unwrap_or(&text);
        let (decimal, exponent) = size.split_once('e').unwrap_or((size, "0"));
        let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
        let mut all = String::from(whole);
        all.push_str(fraction);
        let digits = all.trim_start_matches('0');
        let zeros = all.len() - digits.len();
        let digits = digits.trim_end_matches('0');
        let sign = if self.0 < 0.0 { "-" } else { "" };
        let Some((first, others)) = digits.split_at_checked(1) else {
            // `-0` too.
            return f.write_str("0");
        };
        let length = |length| i32::try_from(length).unwrap_or_default();
        // How many of the digits are before the point.
        let exponent: i32 = exponent.parse().unwrap_or_default();
        let point = length(whole.len()) - length(zeros) + exponent;
        let width = |width| usize::try_from(width).unwrap_or_default();
        match (point, digits.split_at_checked(width(point))) {
            (22.. | ..=-6, _) => {
                let dot = if others.is_empty() { "" } else { "." };
                write!(f, "{sign}{first}{dot}{others}e{:+}", point - 1)
            }
            (..=0, _) => write!(
                f,
                "{sign}0.{digits:0>0$}",
                width(length(digits.len()) - point)
            ),
            (_, Some((before, after))) if !after.is_empty() => write!(f, "{sign}{before}.{after}"),
            _ => write!(f, "{sign}{digits:0<0$}", width(point)),
        }
    }
}
