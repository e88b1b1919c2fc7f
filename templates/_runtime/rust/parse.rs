//! Parses JSON (RFC 8259) in one pass, and keeps only what a shape reads.

use core::convert::TryFrom;
use core::fmt::{self, Write};
use core::iter::{once, repeat_with};
use core::str;

use super::alloc::borrow::Cow;
use super::alloc::string::String;
use super::alloc::vec::Vec;
use super::nearest::nearest;
use super::shape::{Kind, Node};
use super::writer::Quoted;

/// The most arrays and objects around a value.
const DEEPEST: u8 = 127;

/// A number of this length, with at most two digits in its exponent, is within the range of a double.
const SHORT: usize = 200;

/// A value. Texts are parts of the body where they can be.
#[repr(u64)] // Copies of whole words are much faster.
pub(super) enum Json<'b> {
    /// A member that isn't there.
    Missing,
    Null,
    Boolean(bool),
    /// A number, as it is written.
    Number(&'b str),
    Text(Cow<'b, str>),
    Array(Vec<Self>),
    /// The members that the shape has, in its order.
    Members(Vec<Self>),
    /// All members.
    Object(Vec<(Cow<'b, str>, Self)>),
}

/// What is kept of a value. Whatever isn't kept is checked.
#[derive(Clone, Copy)]
pub(super) enum Keep<'s> {
    /// The type alone.
    Type,
    /// What a node of a shape reads.
    Node(&'s Node<'s>),
    All,
}

/// The text of a body, without a byte order mark. Bytes that aren't UTF-8 become U+FFFD.
pub(crate) fn text(body: &[u8]) -> Cow<'_, str> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    match str::from_utf8(body) {
        Ok(text) => text.into(),
        Err(_) => String::from_utf8_lossy(body),
    }
}

/// Parses a text that is one JSON value. `None` if it isn't.
pub(super) fn parse<'b>(text: &'b str, keep: Keep<'_>) -> Option<Json<'b>> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: DEEPEST,
    };
    let mut json = Json::Missing;
    parser.value(keep, &mut json)?;
    let is_done = parser.peek().is_none();
    is_done.then_some(json)
}

struct Parser<'b> {
    text: &'b str,
    /// The bytes that were read.
    at: usize,
    /// How many more arrays and objects may nest.
    depth: u8,
}

impl<'b> Parser<'b> {
    /// Reads a value into `json`, because it would be copied on its way back.
    fn value(&mut self, keep: Keep<'_>, json: &mut Json<'b>) -> Option<()> {
        *json = match self.peek()? {
            b'"' => {
                self.at += 1;
                Json::Text(self.string(!matches!(keep, Keep::Type))?)
            }
            opening @ (b'{' | b'[') => {
                self.at += 1;
                self.depth = self.depth.checked_sub(1)?;
                let json = if opening == b'{' {
                    self.object(keep)?
                } else {
                    Json::Array(self.array(keep)?)
                };
                self.depth += 1;
                json
            }
            b't' => self.word("true", Json::Boolean(true))?,
            b'f' => self.word("false", Json::Boolean(false))?,
            b'n' => self.word("null", Json::Null)?,
            _ => Json::Number(self.number()?),
        };
        Some(())
    }

    fn object(&mut self, keep: Keep<'_>) -> Option<Json<'b>> {
        let members = match keep {
            Keep::Node(Node::Object(members)) => *members,
            _ => &[],
        };
        let is_all = is_all(keep);
        let mut kept: Vec<Json<'_>> = repeat_with(|| Json::Missing).take(members.len()).collect();
        let mut all = Vec::new();
        let mut is_done = self.next(b'}');
        while !is_done {
            if !self.next(b'"') {
                return None;
            }
            let key = self.string(is_all || !members.is_empty())?;
            if !self.next(b':') {
                return None;
            }
            // Of equal keys, the last counts.
            let member = members
                .iter()
                .zip(&mut kept)
                .find(|(member, _)| member.key == key);
            match member {
                Some((member, value)) => self.value(Keep::Node(&member.node), value)?,
                None if is_all => {
                    let mut value = Json::Missing;
                    self.value(keep, &mut value)?;
                    all.push((key, value));
                }
                None => self.value(Keep::Type, &mut Json::Missing)?,
            }
            is_done = self.is_last(b'}')?;
        }
        Some(if is_all {
            Json::Object(all)
        } else {
            Json::Members(kept)
        })
    }

    fn array(&mut self, keep: Keep<'_>) -> Option<Vec<Json<'b>>> {
        let element = match keep {
            Keep::Node(Node::List(list)) => Keep::Node(&list.element),
            Keep::Node(Node::Errors(element) | Node::Fixed(element)) => Keep::Node(element),
            _ if is_all(keep) => keep,
            _ => Keep::Type,
        };
        let mut elements = Vec::new();
        let mut is_done = self.next(b']');
        while !is_done {
            let mut json = Json::Missing;
            self.value(element, &mut json)?;
            if !matches!(element, Keep::Type) {
                elements.push(json);
            }
            is_done = self.is_last(b']')?;
        }
        Some(elements)
    }

    /// Reads what follows a value: the end of what is around it, or a comma.
    fn is_last(&mut self, end: u8) -> Option<bool> {
        let is_done = self.next(end);
        (is_done || self.next(b',')).then_some(is_done)
    }

    /// Reads a string after its first quote. Without `is_kept`, returns only a part of it.
    fn string(&mut self, is_kept: bool) -> Option<Cow<'b, str>> {
        let plain = self.plain()?;
        if self.eat(b'"') {
            return Some(Cow::Borrowed(plain));
        }
        self.escaped(plain, is_kept).map(Cow::Owned)
    }

    /// Reads the rest of a string that has escapes.
    #[cold] // Few strings have any.
    fn escaped(&mut self, start: &str, is_kept: bool) -> Option<String> {
        let mut string = String::from(if is_kept { start } else { "" });
        // A control character is neither a quote nor an escape.
        while !self.eat(b'"') {
            let c = self.eat(b'\\').then(|| self.escape())??;
            let plain = self.plain()?;
            if is_kept {
                string.push(c);
                string.push_str(plain);
            }
        }
        Some(string)
    }

    /// Reads up to a quote, a backslash or a control character.
    fn plain(&mut self) -> Option<&'b str> {
        let text = self.text.get(self.at..)?;
        let mut length = 0;
        // Eight bytes at a time, because texts are most of a body.
        while let Some(bytes) = text
            .as_bytes()
            .get(length..)
            .and_then(<[u8]>::first_chunk::<8>)
        {
            // The first byte is the lowest.
            let add = |word: u64, byte: &u8| (word << 8) | u64::from(*byte);
            let special = special(bytes.iter().rev().fold(0, add));
            if special > 0 {
                length += usize::try_from(special.trailing_zeros() / 8).ok()?;
                self.at += length;
                return text.get(..length);
            }
            length += 8;
        }
        let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..=b'\x1f');
        length += text.as_bytes().get(length..)?.iter().position(is_special)?;
        self.at += length;
        text.get(..length)
    }

    /// Reads an escape after its `\`. A lone surrogate becomes U+FFFD.
    fn escape(&mut self) -> Option<char> {
        let kind = *self.text.as_bytes().get(self.at)?;
        self.at += 1;
        Some(match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.code_unit()?;
                let mut ahead = Self { ..*self };
                let is_pair = ahead.eat(b'\\') && ahead.eat(b'u');
                let second = is_pair.then(|| ahead.code_unit()).flatten();
                let c = char::decode_utf16(once(first).chain(second)).next()?;
                let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
                // Two units make one character.
                if c > '\u{ffff}' {
                    self.at = ahead.at;
                }
                c
            }
            _ => return None,
        })
    }

    /// Reads four hexadecimal digits.
    fn code_unit(&mut self) -> Option<u16> {
        let digits = self.take(4)?;
        // Otherwise, a sign is possible.
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
    }

    fn number(&mut self) -> Option<&'b str> {
        let start = self.at;
        let _ = self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        let exponent = if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            let start = self.at;
            self.digits()?;
            self.at - start
        } else {
            0
        };
        let number = self.text.get(start..self.at)?;
        let is_short = exponent <= 2 && number.len() <= SHORT;
        let is_double = is_short || nearest(number).is_finite();
        is_double.then_some(number)
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        let is_digit = |byte: &u8| byte.is_ascii_digit();
        while self.text.as_bytes().get(self.at).is_some_and(is_digit) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn word(&mut self, word: &str, json: Json<'b>) -> Option<Json<'b>> {
        (self.take(word.len())? == word).then_some(json)
    }

    /// Reads some bytes.
    fn take(&mut self, length: usize) -> Option<&'b str> {
        let end = self.at.checked_add(length)?;
        let text = self.text.get(self.at..end)?;
        self.at = end;
        Some(text)
    }

    /// Reads a byte, after white space, if it comes next.
    fn next(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Skips white space. Returns the byte after it.
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.text.as_bytes().get(self.at)? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(*byte),
            }
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.text.as_bytes().get(self.at) == Some(&byte);
        self.at += usize::from(is_next);
        is_next
    }
}

/// Sets the top bit of the first of eight bytes that is a quote, a backslash or a control character, and
/// maybe those of bytes after it. 0 if none is.
const fn special(word: u64) -> u64 {
    // Subtracting borrows into the top bit of a byte that is smaller.
    const ONES: u64 = 0x0101_0101_0101_0101;
    let quotes = word ^ (ONES * 0x22);
    let backslashes = word ^ (ONES * 0x5c);
    let is_smaller = word.wrapping_sub(ONES * 0x20) & !word
        | quotes.wrapping_sub(ONES) & !quotes
        | backslashes.wrapping_sub(ONES) & !backslashes;
    is_smaller & (ONES * 0x80)
}

/// Whether all of a value is kept.
const fn is_all(keep: Keep<'_>) -> bool {
    matches!(keep, Keep::All | Keep::Node(Node::Slot(_, Kind::Any)))
}

/// Displays JSON without white space.
impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(boolean) => write!(f, "{boolean}"),
            Self::Number(number) => f.write_str(number),
            Self::Text(text) => write!(f, "{}", Quoted(text)),
            Self::Array(elements) => {
                f.write_char('[')?;
                for (index, element) in elements.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{element}")?;
                }
                f.write_char(']')
            }
            // Nobody displays the members of a shape.
            Self::Missing | Self::Members(_) => Ok(()),
            Self::Object(members) => {
                f.write_char('{')?;
                for (index, (key, value)) in members.iter().enumerate() {
                    let comma = if index == 0 { "" } else { "," };
                    write!(f, "{comma}{}:{value}", Quoted(key))?;
                }
                f.write_char('}')
            }
        }
    }
}
