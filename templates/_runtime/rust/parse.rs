//! Parses JSON (RFC 8259). Values are parts of the text, which are read when they are needed.

use core::convert::TryFrom;
use core::fmt::{self, Write};
use core::iter::{from_fn, once};
use core::str;

use super::alloc::borrow::Cow;
use super::alloc::string::String;
use super::nearest::nearest;
use super::shape::Member;
use super::writer::Quoted;

/// The most arrays and objects around a value.
const DEEPEST: u8 = 127;

/// A number of this length, with at most two digits in its exponent, is within the range of a double.
const SHORT: usize = 200;

/// A value that was checked. What it holds is read when it is needed.
#[derive(Clone, Copy)]
pub(super) enum Json<'b> {
    /// A member that isn't there.
    Missing,
    Null,
    Boolean(bool),
    /// A number, as it is written.
    Number(&'b str),
    Text(Text<'b>),
    /// An array, with its brackets.
    Array(&'b str),
    /// An object, with its braces.
    Object(&'b str),
}

/// What a string holds.
#[derive(Clone, Copy)]
pub(super) enum Text<'b> {
    Plain(&'b str),
    /// A text with escapes, and the quote after it.
    Escaped(&'b str),
}

impl<'b> Text<'b> {
    pub(super) fn read(self) -> Cow<'b, str> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Escaped(text) => Cow::Owned(Parser(text).unescaped(0)),
        }
    }
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
pub(super) fn parse(text: &str) -> Option<Json<'_>> {
    let parser = Parser(text);
    let mut json = Json::Missing;
    let end = parser.value(0, DEEPEST, &mut json)?;
    parser.byte(parser.space(end)).is_none().then_some(json)
}

/// Parses a text that is one JSON object. The values of these members become `values`. `None` if it isn't.
pub(super) fn parse_object<'b>(
    text: &'b str,
    members: &[Member<'_>],
    values: &mut [Json<'b>],
) -> Option<()> {
    let parser = Parser(text);
    let end = parser.object(parser.next(0, b'{')?, DEEPEST, members, values)?;
    parser.byte(parser.space(end)).is_none().then_some(())
}

/// The elements of an array.
pub(super) fn elements(array: &str) -> impl Iterator<Item = Json<'_>> {
    let parser = Parser(array);
    let mut at = 0;
    from_fn(move || {
        let mut json = Json::Missing;
        // An element comes after a bracket or a comma. The last bracket is the end.
        at = parser.value(parser.space(at) + 1, DEEPEST, &mut json)?;
        Some(json)
    })
}

/// A text that is parsed. Its functions read what is at a place, and return the place after it, or `None`
/// if it isn't JSON. They hand the place on, because a parser that stores it is much slower.
#[derive(Clone, Copy)]
struct Parser<'b>(&'b str);

impl<'b> Parser<'b> {
    fn byte(self, at: usize) -> Option<u8> {
        self.0.as_bytes().get(at).copied()
    }

    /// Skips white space.
    fn space(self, mut at: usize) -> usize {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte(at) {
            at += 1;
        }
        at
    }

    /// Skips white space and this byte.
    fn next(self, at: usize, byte: u8) -> Option<usize> {
        let at = self.space(at);
        (self.byte(at)? == byte).then_some(at + 1)
    }

    /// Reads a value into `json`, because it would be copied on its way back.
    fn value(self, at: usize, depth: u8, json: &mut Json<'b>) -> Option<usize> {
        let start = self.space(at);
        let first = self.byte(start)?;
        if first == b'"' {
            let (end, is_plain) = self.string(start + 1)?;
            *json = Json::Text(if is_plain {
                Text::Plain(self.0.get(start + 1..end - 1)?)
            } else {
                Text::Escaped(self.0.get(start + 1..end)?)
            });
            return Some(end);
        }
        let end = self.skip(start, depth)?;
        let text = self.0.get(start..end)?;
        *json = match first {
            b'{' => Json::Object(text),
            b'[' => Json::Array(text),
            b't' => Json::Boolean(true),
            b'f' => Json::Boolean(false),
            b'n' => Json::Null,
            _ => Json::Number(text),
        };
        Some(end)
    }

    /// Checks a value.
    fn skip(self, at: usize, depth: u8) -> Option<usize> {
        let at = self.space(at);
        match self.byte(at)? {
            b'"' => self.string(at + 1).map(|(end, _)| end),
            b'{' => self.object(at + 1, depth, &[], &mut []),
            b'[' => self.array(at + 1, depth),
            b't' => self.word(at, b"true"),
            b'f' => self.word(at, b"false"),
            b'n' => self.word(at, b"null"),
            _ => self.number(at),
        }
    }

    /// Checks an object after its brace. The values of these members become `values`.
    fn object(
        self,
        mut at: usize,
        depth: u8,
        members: &[Member<'_>],
        values: &mut [Json<'b>],
    ) -> Option<usize> {
        let depth = depth.checked_sub(1)?;
        if let Some(end) = self.next(at, b'}') {
            return Some(end);
        }
        let mut is_last = false;
        while !is_last {
            let start = self.next(at, b'"')?;
            let (end, is_plain) = self.string(start)?;
            at = self.next(end, b':')?;
            let key = self.0.as_bytes().get(start..end - 1)?;
            let is_key = |name: &str| {
                if is_plain {
                    key == name.as_bytes()
                } else {
                    self.unescaped(start) == name
                }
            };
            let mut places = members.iter().zip(values.iter_mut());
            at = match places.find(|(member, _)| is_key(member.key)) {
                // Of equal keys, the last counts.
                Some((_, value)) => self.value(at, depth, value)?,
                None => self.skip(at, depth)?,
            };
            (at, is_last) = self.comma(at, b'}')?;
        }
        Some(at)
    }

    /// Checks an array after its bracket.
    fn array(self, mut at: usize, depth: u8) -> Option<usize> {
        let depth = depth.checked_sub(1)?;
        if let Some(end) = self.next(at, b']') {
            return Some(end);
        }
        let mut is_last = false;
        while !is_last {
            at = self.skip(at, depth)?;
            (at, is_last) = self.comma(at, b']')?;
        }
        Some(at)
    }

    /// Skips a comma, or the end of what is around a value. Returns also whether it is the end.
    fn comma(self, at: usize, end: u8) -> Option<(usize, bool)> {
        let at = self.space(at);
        let byte = self.byte(at)?;
        let is_last = byte == end;
        (is_last || byte == b',').then_some((at + 1, is_last))
    }

    /// Checks a string after its first quote. Returns also whether it has no escapes.
    fn string(self, at: usize) -> Option<(usize, bool)> {
        let end = self.plain(at)?;
        Some(if self.byte(end)? == b'"' {
            (end + 1, true)
        } else {
            (self.escaped(at, None)?, false)
        })
    }

    /// Reads a string that has escapes, after its first quote.
    #[cold] // Few strings have any.
    fn escaped(self, mut at: usize, mut read: Option<&mut String>) -> Option<usize> {
        loop {
            let end = self.plain(at)?;
            if let Some(read) = &mut read {
                read.push_str(self.0.get(at..end)?);
            }
            match self.byte(end)? {
                b'"' => return Some(end + 1),
                b'\\' => {
                    let (c, after) = self.escape(end + 1)?;
                    if let Some(read) = &mut read {
                        read.push(c);
                    }
                    at = after;
                }
                // A control character is neither a quote nor an escape.
                _ => return None,
            }
        }
    }

    /// What a string holds that has escapes.
    fn unescaped(self, at: usize) -> String {
        let mut read = String::new();
        let _ = self.escaped(at, Some(&mut read));
        read
    }

    /// Finds a quote, a backslash or a control character.
    fn plain(self, at: usize) -> Option<usize> {
        let mut rest = self.0.as_bytes().get(at..)?;
        // Eight bytes at a time, because texts are most of a body.
        while let Some((bytes, after)) = rest.split_first_chunk::<8>() {
            // The first byte is the lowest.
            let add = |word: u64, byte: &u8| (word << 8) | u64::from(*byte);
            let special = special(bytes.iter().rev().fold(0, add));
            if special > 0 {
                let length = usize::try_from(special.trailing_zeros() / 8).ok()?;
                return Some(self.0.len() - rest.len() + length);
            }
            rest = after;
        }
        let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..=b'\x1f');
        let length = rest.iter().position(is_special)?;
        Some(self.0.len() - rest.len() + length)
    }

    /// Reads an escape after its `\`. A lone surrogate becomes U+FFFD.
    fn escape(self, at: usize) -> Option<(char, usize)> {
        let kind = self.byte(at)?;
        let c = match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.code_unit(at + 1)?;
                let second = self.word(at + 5, b"\\u").and_then(|at| self.code_unit(at));
                let c = char::decode_utf16(once(first).chain(second)).next()?;
                let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
                // Two units make one character.
                return Some((c, at + if c > '\u{ffff}' { 11 } else { 5 }));
            }
            _ => return None,
        };
        Some((c, at + 1))
    }

    /// Reads four hexadecimal digits.
    fn code_unit(self, at: usize) -> Option<u16> {
        let digits = self.0.get(at..at + 4)?;
        // Otherwise, a sign is possible.
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
    }

    fn number(self, start: usize) -> Option<usize> {
        let is = |at, bytes: &[u8]| self.byte(at).is_some_and(|byte| bytes.contains(&byte));
        let whole = start + usize::from(is(start, b"-"));
        let mut end = if is(whole, b"0") {
            whole + 1
        } else {
            self.digits(whole)?
        };
        if is(end, b".") {
            end = self.digits(end + 1)?;
        }
        let (end, exponent) = if is(end, b"eE") {
            let digits = end + 1 + usize::from(is(end + 1, b"+-"));
            let end = self.digits(digits)?;
            (end, end - digits)
        } else {
            (end, 0)
        };
        let number = self.0.get(start..end)?;
        let is_short = exponent <= 2 && number.len() <= SHORT;
        let is_double = is_short || nearest(number).is_finite();
        is_double.then_some(end)
    }

    fn digits(self, at: usize) -> Option<usize> {
        let digits = self.0.as_bytes().get(at..)?;
        let length = digits
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        (length > 0).then_some(at + length)
    }

    fn word(self, at: usize, word: &[u8]) -> Option<usize> {
        let end = at + word.len();
        (self.0.as_bytes().get(at..end)? == word).then_some(end)
    }
}

/// Sets the top bit of the first of eight bytes that is a quote, a backslash or a control character, and
/// maybe those of bytes after it. 0 if none is.
const fn special(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // Only quotes and control characters are below 0x21 then.
    let quotes = word ^ (ONES * 0x02);
    let backslashes = word ^ (ONES * 0x5c);
    // Subtracting borrows into the top bit of a byte that is smaller.
    let is_smaller = quotes.wrapping_sub(ONES * 0x21) | backslashes.wrapping_sub(ONES);
    is_smaller & !word & (ONES * 0x80)
}

/// Displays JSON without white space.
impl fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Missing | Self::Null => f.write_str("null"),
            Self::Boolean(boolean) => write!(f, "{boolean}"),
            Self::Number(number) => f.write_str(number),
            Self::Text(text) => write!(f, "{}", Quoted(&text.read())),
            Self::Array(json) | Self::Object(json) => {
                let parser = Parser(json);
                let mut at = parser.space(0);
                while let Some(byte) = parser.byte(at) {
                    at += 1;
                    if byte == b'"' {
                        let mut text = String::new();
                        let end = parser.escaped(at, Some(&mut text));
                        at = end.ok_or(fmt::Error)?;
                        write!(f, "{}", Quoted(&text))?;
                    } else {
                        f.write_char(char::from(byte))?;
                    }
                    at = parser.space(at);
                }
                Ok(())
            }
        }
    }
}
