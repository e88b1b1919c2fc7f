//! Text as JSON.

use std::str::FromStr;

use super::{Json, Number, Object};
use crate::sorted::SortedMap;

/// The deepest that arrays and objects may be nested, so that no text overflows the stack.
const MAX_DEPTH: usize = 127;

/// A text that is not JSON.
#[derive(Debug)]
pub(crate) struct NotJson;

impl FromStr for Json {
    type Err = NotJson;

    fn from_str(text: &str) -> Result<Self, NotJson> {
        let mut reader = Reader { rest: text };
        let json = reader.value(0).ok_or(NotJson)?;
        reader.skip_space();
        if reader.rest.is_empty() { Ok(json) } else { Err(NotJson) }
    }
}

/// Reads JSON. All of its functions return nothing if the text is not JSON.
struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// Skips this text after any space. Returns whether it was there.
    fn skips(&mut self, text: &str) -> bool {
        self.skip_space();
        let after = self.rest.strip_prefix(text);
        self.rest = after.unwrap_or(self.rest);
        after.is_some()
    }

    /// Takes the characters up to the first that isn't one of these.
    fn take_while(&mut self, is_wanted: impl Fn(char) -> bool) -> &'t str {
        let (taken, rest) = match self.rest.find(|c| !is_wanted(c)) {
            Some(end) => self.rest.split_at(end),
            None => (self.rest, ""),
        };
        self.rest = rest;
        taken
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        if self.skips("null") {
            Some(Json::Null)
        } else if self.skips("true") {
            Some(Json::Bool(true))
        } else if self.skips("false") {
            Some(Json::Bool(false))
        } else if self.skips("\"") {
            self.text().map(Json::String)
        } else if self.skips("[") {
            self.array(depth)
        } else if self.skips("{") {
            self.object(depth)
        } else {
            self.number().map(Json::Number)
        }
    }

    fn array(&mut self, depth: usize) -> Option<Json> {
        let mut items = Vec::new();
        if depth == MAX_DEPTH {
            return None;
        }
        if self.skips("]") {
            return Some(Json::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.skips("]") {
                return Some(Json::Array(items));
            }
            self.skips(",").then_some(())?;
        }
    }

    /// Of equal keys, the last counts, in the place of the first.
    fn object(&mut self, depth: usize) -> Option<Json> {
        let mut object = Object::default();
        let mut places: SortedMap<String, usize> = SortedMap::new();
        if depth == MAX_DEPTH {
            return None;
        }
        if self.skips("}") {
            return Some(Json::Object(object));
        }
        loop {
            self.skips("\"").then_some(())?;
            let key = self.text()?;
            self.skips(":").then_some(())?;
            let value = self.value(depth + 1)?;
            object.set(&mut places, key, value);
            if self.skips("}") {
                return Some(Json::Object(object));
            }
            self.skips(",").then_some(())?;
        }
    }

    /// The rest of a text after its first quote.
    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        loop {
            text += self.take_while(|c| c >= ' ' && c != '"' && c != '\\');
            let mut rest = self.rest.chars();
            let end = rest.next();
            self.rest = rest.as_str();
            match end? {
                '"' => return Some(text),
                '\\' => text.push(self.escaped()?),
                _ => return None,
            }
        }
    }

    /// The character that an escape stands for, after its backslash.
    fn escaped(&mut self) -> Option<char> {
        let mut rest = self.rest.chars();
        let kind = rest.next()?;
        self.rest = rest.as_str();
        Some(match kind {
            '"' | '\\' | '/' => kind,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.unit()?;
                if let Some(c) = char::from_u32(first.into()) {
                    return Some(c);
                }
                self.rest = self.rest.strip_prefix("\\u")?;
                char::decode_utf16([first, self.unit()?]).next()?.ok()?
            }
            _ => return None,
        })
    }

    /// Four digits of an escape.
    fn unit(&mut self) -> Option<u16> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        self.rest = rest;
        let are_digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        are_digits.then(|| u16::from_str_radix(digits, 16).ok())?
    }

    fn number(&mut self) -> Option<Number> {
        let written = self.take_while(|c| c.is_ascii_digit() || "+-.eE".contains(c));
        let digits = written.strip_prefix('-').unwrap_or(written);
        let (whole, after) = match digits.find(|c: char| !c.is_ascii_digit()) {
            Some(end) => digits.split_at(end),
            None => (digits, ""),
        };
        if whole.is_empty() || (whole.starts_with('0') && whole != "0") {
            return None;
        }
        if after.is_empty() && written != "-0" {
            if let Ok(number) = written.parse::<u64>() {
                return Some(number.into());
            }
            if let Ok(number) = written.parse::<i64>() {
                return Some(number.into());
            }
        }
        // A point has digits on both sides. `parse` doesn't ask for them, but checks all else.
        let fraction = after.strip_prefix('.');
        if fraction.is_some_and(|fraction| !fraction.starts_with(|c: char| c.is_ascii_digit())) {
            return None;
        }
        written.parse().ok().and_then(Number::from_f64)
    }
}
