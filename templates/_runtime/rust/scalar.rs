//! Reads one value as the type that its place declares.

use core::cmp::Ordering;
use core::convert::TryFrom;
use core::time::Duration;

use super::alloc::borrow::Cow;
use super::alloc::string::ToString;
use super::nearest::nearest;
use super::parse::{parse, Json};
use super::shape::Kind;
use super::value::Value;
use super::writer::Quoted;

/// The largest integer that a double holds exactly, together with all smaller ones: 2^53 - 1.
const LARGEST: u64 = 9_007_199_254_740_991;

/// The longest wait, in milliseconds. Longer ones are cut to it.
const LONGEST: u64 = 2_147_483_647;

/// What a value is read as, and whether it has the declared type.
pub(super) type Scalar<'b> = (Option<Value<'b>>, bool);

/// Reads a whole value.
pub(super) fn whole<'b>(kind: Kind, json: &Json<'b>) -> Scalar<'b> {
    match (kind, json) {
        (Kind::Any, json) => (Some(Value::Json(json.to_string().into())), true),
        (Kind::Boolean, Json::Boolean(boolean)) => (Some(Value::Boolean(*boolean)), true),
        (kind, Json::Text(text)) => string(kind, text.read()),
        (kind, Json::Number(number)) => self::number(kind, number),
        _ => (None, false),
    }
}

fn string(kind: Kind, text: Cow<'_, str>) -> Scalar<'_> {
    match kind {
        Kind::Text => (Some(Value::Text(text)), true),
        Kind::Digits if is_three_digits(&text) => (Some(Value::Text(text)), true),
        Kind::Integer => (integer(&text).map(Value::Integer), false),
        Kind::Number | Kind::Seconds | Kind::Milliseconds => {
            let value = integer(&text).and_then(|_| double(kind, &text));
            (value, false)
        }
        Kind::Digits | Kind::Boolean | Kind::Any => (None, false),
    }
}

fn number<'b>(kind: Kind, number: &str) -> Scalar<'b> {
    let text = || match Whole::of(number) {
        Some(Whole::Exact(integer)) => Some(integer.to_string()),
        _ => None,
    };
    match kind {
        Kind::Text => (text().map(|text| Value::Text(text.into())), false),
        Kind::Digits => {
            let digits = text().filter(|text| is_three_digits(text));
            (digits.map(|text| Value::Text(text.into())), false)
        }
        Kind::Integer => match Whole::of(number) {
            Some(Whole::Exact(integer)) => (Some(Value::Integer(integer)), true),
            Some(Whole::TooLarge) => (None, true),
            None => (None, false),
        },
        Kind::Number | Kind::Seconds | Kind::Milliseconds => {
            let value = double(kind, number);
            let has_type = value.is_some();
            (value, has_type)
        }
        Kind::Boolean | Kind::Any => (None, false),
    }
}

/// Reads the part of a text that a placeholder fills.
pub(super) fn part(kind: Kind, text: Cow<'_, str>) -> Scalar<'_> {
    let value = match kind {
        Kind::Text => Some(Value::Text(text)),
        Kind::Any => Some(Value::Json(Quoted(&text).to_string().into())),
        Kind::Digits if is_three_digits(&text) => Some(Value::Text(text)),
        Kind::Integer if has_integer_form(&text) => {
            // Beyond the doubles, it has the type but isn't read.
            return (integer(&text).map(Value::Integer), true);
        }
        Kind::Number | Kind::Seconds | Kind::Milliseconds => {
            // White space is allowed around JSON, but not here.
            match parse(&text) {
                Some(Json::Number(number)) if number == text => double(kind, number),
                _ => None,
            }
        }
        Kind::Boolean if text == "true" => Some(Value::Boolean(true)),
        Kind::Boolean if text == "false" => Some(Value::Boolean(false)),
        Kind::Digits | Kind::Integer | Kind::Boolean => None,
    };
    let has_type = value.is_some();
    (value, has_type)
}

/// A double, or the wait that it is. `None` for a negative wait.
fn double<'b>(kind: Kind, number: &str) -> Option<Value<'b>> {
    let number = nearest(number);
    match kind {
        Kind::Seconds if number >= 0.0 => Some(Value::Wait(wait(number * 1000.0))),
        Kind::Milliseconds if number >= 0.0 => Some(Value::Wait(wait(number))),
        Kind::Number => Some(Value::Number(number)),
        _ => None,
    }
}

/// A number of milliseconds, rounded up.
fn wait(milliseconds: f64) -> Duration {
    let floor = floor(milliseconds).unwrap_or(LONGEST);
    // The nearest double of a whole number is that of as many seconds.
    let more = u64::from(Duration::from_secs(floor).as_secs_f64() < milliseconds);
    Duration::from_millis(floor.saturating_add(more).min(LONGEST))
}

/// The whole part of a number from 0 on. `None` if it is beyond 64 bits. It may be rounded up if the
/// next whole number is very near.
fn floor(number: f64) -> Option<u64> {
    // Without std, only a duration has the whole part of a double.
    let duration = Duration::try_from_secs_f64(number).ok()?;
    Some(duration.as_secs())
}

fn is_same(number: f64, other: f64) -> bool {
    number.partial_cmp(&other) == Some(Ordering::Equal)
}

/// A number without a fraction.
enum Whole {
    Exact(i64),
    /// Beyond the range in which a double holds every integer.
    TooLarge,
}

impl Whole {
    /// `None` if the number has a fraction.
    fn of(number: &str) -> Option<Self> {
        let integer = number.parse();
        let double = || {
            let number = nearest(number);
            // `abs` needs std before Rust 1.85.
            let size = number.max(-number);
            let Some(whole) = floor(size) else {
                return Some(i64::MAX);
            };
            let integer = i64::try_from(whole).unwrap_or(i64::MAX);
            let integer = if number < 0.0 { -integer } else { integer };
            is_same(Duration::from_secs(whole).as_secs_f64(), size).then_some(integer)
        };
        let integer = integer.ok().or_else(double)?;
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

/// Whether a value is the constant of a shape, numbers by value.
pub(super) fn is_equal(literal: &str, value: &Json<'_>) -> bool {
    match (parse(literal), value) {
        (Some(Json::Number(literal)), Json::Number(number)) => {
            is_same(nearest(literal), nearest(number))
        }
        (Some(Json::Text(literal)), Json::Text(text)) => literal.read() == text.read(),
        (Some(Json::Boolean(literal)), Json::Boolean(boolean)) => literal == *boolean,
        (Some(Json::Null), Json::Null) => true,
        _ => false,
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
