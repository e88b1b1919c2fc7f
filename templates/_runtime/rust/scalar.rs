//! Reads one value as the type that its place declares.

use core::convert::TryFrom;
use core::time::Duration;

use serde_json::{Number, Value as Json};

use super::alloc::borrow::ToOwned;
use super::alloc::string::{String, ToString};
use super::parse::json;
use super::shape::Kind;
use super::value::Value;

/// The largest integer that a double holds exactly, together with all smaller ones: 2^53 - 1.
const LARGEST: u64 = 9_007_199_254_740_991;

/// The longest wait, in milliseconds. Longer ones are cut to it.
const LONGEST: u64 = 2_147_483_647;

/// What a value is read as, and whether it has the declared type.
pub(super) type Scalar = (Option<Value<'static>>, bool);

/// Nothing is read, and the type is wrong.
pub(super) const OTHER: Scalar = (None, false);

/// Reads a whole value.
pub(super) fn whole(kind: Kind, json: Json) -> Scalar {
    match (kind, json) {
        (Kind::Any, json) => (Some(Value::Json(json.to_string().into())), true),
        (Kind::Boolean, Json::Bool(boolean)) => (Some(Value::Boolean(boolean)), true),
        (kind, Json::String(text)) => string(kind, text),
        (kind, Json::Number(number)) => self::number(kind, &number),
        _ => OTHER,
    }
}

fn string(kind: Kind, text: String) -> Scalar {
    match kind {
        Kind::Text => (Some(Value::Text(text.into())), true),
        Kind::Digits if is_three_digits(&text) => (Some(Value::Text(text.into())), true),
        Kind::Integer => (integer(&text).map(Value::Integer), false),
        Kind::Number | Kind::Seconds | Kind::Milliseconds => match integer(&text) {
            // Every integer in this range is a double.
            Some(_) => (
                text.parse().ok().and_then(|number| double(kind, number)),
                false,
            ),
            None => OTHER,
        },
        Kind::Digits | Kind::Boolean | Kind::Any => OTHER,
    }
}

fn number(kind: Kind, number: &Number) -> Scalar {
    let whole = Whole::of(number);
    let text = || match whole {
        Some(Whole::Exact(integer)) => Some(integer.to_string()),
        _ => None,
    };
    match kind {
        Kind::Text => (text().map(|text| Value::Text(text.into())), false),
        Kind::Digits => {
            let digits = text().filter(|text| is_three_digits(text));
            (digits.map(|text| Value::Text(text.into())), false)
        }
        Kind::Integer => match whole {
            Some(Whole::Exact(integer)) => (Some(Value::Integer(integer)), true),
            Some(Whole::TooLarge) => (None, true),
            None => OTHER,
        },
        Kind::Number | Kind::Seconds | Kind::Milliseconds => {
            let value = number.as_f64().and_then(|number| double(kind, number));
            let has_type = value.is_some();
            (value, has_type)
        }
        Kind::Boolean | Kind::Any => OTHER,
    }
}

/// Reads the part of a text that a placeholder fills.
pub(super) fn part(kind: Kind, text: &str) -> Scalar {
    let value = match kind {
        Kind::Text => Some(Value::Text(text.to_owned().into())),
        Kind::Any => Some(Value::Json(Json::from(text).to_string().into())),
        Kind::Digits if is_three_digits(text) => Some(Value::Text(text.to_owned().into())),
        Kind::Integer if has_integer_form(text) => {
            // Beyond the doubles, it has the type but isn't read.
            return (integer(text).map(Value::Integer), true);
        }
        Kind::Number | Kind::Seconds | Kind::Milliseconds => {
            // White space is allowed around JSON, but not here.
            let is_bare = !text.contains([' ', '\t', '\n', '\r']);
            let number = json(text).filter(|number| is_bare && number.is_number());
            number.and_then(|number| double(kind, number.as_f64()?))
        }
        Kind::Boolean if text == "true" => Some(Value::Boolean(true)),
        Kind::Boolean if text == "false" => Some(Value::Boolean(false)),
        Kind::Digits | Kind::Integer | Kind::Boolean => None,
    };
    let has_type = value.is_some();
    (value, has_type)
}

/// A double, or the wait that it is. `None` for a negative wait.
fn double(kind: Kind, number: f64) -> Option<Value<'static>> {
    match kind {
        Kind::Seconds if number >= 0.0 => Some(Value::Wait(wait(number * 1000.0))),
        Kind::Milliseconds if number >= 0.0 => Some(Value::Wait(wait(number))),
        Kind::Number => Some(Value::Number(number)),
        _ => None,
    }
}

/// A number of milliseconds, rounded up.
fn wait(milliseconds: f64) -> Duration {
    // The decimal digits. A double never needs an exponent here.
    let text = milliseconds.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let more = u64::from(!fraction.is_empty());
    let whole = whole.trim_start_matches('-').parse().unwrap_or(LONGEST);
    Duration::from_millis(whole.saturating_add(more).min(LONGEST))
}

/// A number without a fraction.
enum Whole {
    Exact(i64),
    /// Beyond the range in which a double holds every integer.
    TooLarge,
}

impl Whole {
    /// `None` if the number has a fraction.
    fn of(number: &Number) -> Option<Self> {
        let integer = number.as_i64();
        let double = || {
            let text = number.as_f64()?.to_string();
            (!text.contains('.')).then(|| text.parse().unwrap_or(i64::MAX))
        };
        let integer = integer.or_else(double)?;
        let is_exact = integer.unsigned_abs() <= LARGEST;
        Some(if is_exact {
            Self::Exact(integer)
        } else {
            Self::TooLarge
        })
    }
}

/// The integer that a text spells, if a double holds it exactly.
fn integer(text: &str) -> Option<i64> {
    let integer: i64 = text.parse().ok().filter(|_| has_integer_form(text))?;
    (integer.unsigned_abs() <= LARGEST).then_some(integer)
}

/// Whether a text is an integer without leading zeros.
fn has_integer_form(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits == "0" || !digits.starts_with('0') && is_digits(digits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_three_digits(text: &str) -> bool {
    text.len() == 3 && is_digits(text)
}

/// Whether two values are equal, numbers by value.
pub(super) fn is_equal(literal: &str, value: &Json) -> bool {
    match (json(literal), value) {
        (Some(Json::Number(literal)), Json::Number(number)) => {
            literal.as_f64().partial_cmp(&number.as_f64()) == Some(core::cmp::Ordering::Equal)
        }
        (Some(literal), value) => literal == *value,
        (None, _) => false,
    }
}

/// The status that a body names. `None` unless it is from 400 to 599.
pub(super) fn status(value: &Value<'_>) -> Option<u16> {
    let status = match value {
        Value::Integer(status) => u16::try_from(*status).ok()?,
        Value::Text(text) => text.parse().ok()?,
        _ => return None,
    };
    (400..600).contains(&status).then_some(status)
}
