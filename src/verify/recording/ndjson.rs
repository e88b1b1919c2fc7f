//! Lines of JSON, one a response: `{status, headers?, body?, url?, method?}`.

use std::io::{self, BufRead};

use super::input::line;
use super::json::members;
use super::{Body, Exchange, Kind, MAX_RESPONSE, NO_RECORDING, Position, Record};
use crate::text::utf8::lossy;

pub(super) fn read(
    input: &mut dyn BufRead,
    take: &mut dyn FnMut(Position, Record),
) -> io::Result<Kind> {
    let mut bytes = Vec::new();
    // If every line is unreadable, the file isn't a recording. So unreadable lines wait for the first good one.
    let mut unread = Vec::new();
    let mut is_recording = false;
    let mut number = 0;
    while let Some(length) = line(input, &mut bytes, MAX_RESPONSE)? {
        number += 1;
        let at = Position::Line(number);
        let text = lossy(&bytes);
        let record = match () {
            () if length > MAX_RESPONSE => Record::Unreadable(too_long()),
            () if text.trim_ascii().is_empty() => continue,
            () => exchange(&text).map_or_else(Record::Unreadable, Record::Exchange),
        };
        match record {
            Record::Unreadable(why) if !is_recording => {
                unread.push((at, why));
                if unread.len() > MAX_UNREAD {
                    break;
                }
            }
            record => {
                for (at, why) in unread.drain(..) {
                    take(at, Record::Unreadable(why));
                }
                is_recording = true;
                take(at, record);
            }
        }
    }
    Ok(if is_recording { Kind::Recording } else { Kind::Other(NO_RECORDING) })
}

/// How many lines at the start of a recording may be unreadable.
const MAX_UNREAD: usize = 1000;

pub(super) fn too_long() -> String {
    format!("it is longer than {} MB", MAX_RESPONSE >> 20)
}

/// The response of a line.
fn exchange(line: &str) -> Result<Exchange<'_>, String> {
    let names = ["status", "url", "method", "body"];
    let [status, url, method, body] = members(line, names).map_err(|error| broken(&error))?;
    let status = status.ok_or("it has no `status`")?;
    Ok(Exchange {
        status: Some(self::status(status).ok_or("its `status` is not an HTTP status")?),
        url,
        method,
        body: match body {
            None => Body::NotRecorded,
            Some(body) if body.starts_with('"') => Body::Text(body),
            Some(body) => Body::Json(body),
        },
    })
}

/// What is wrong with JSON. The parser's words hold nothing of the text.
pub(super) fn broken(error: &serde_json::Error) -> String {
    if error.is_eof() {
        return "it is cut".to_owned();
    }
    let place = format!(" at line {} column {}", error.line(), error.column());
    let words = error.to_string();
    format!("{}, at column {}", words.strip_suffix(&place).unwrap_or(&words), error.column())
}

/// A status, also as a text or as a number such as `404.0`.
pub(super) fn status(json: &str) -> Option<u16> {
    let json = json.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(json);
    let digits = json.strip_suffix(".0").unwrap_or(json);
    digits.parse().ok().filter(|status| (100..=999).contains(status))
}
