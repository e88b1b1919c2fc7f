//! Checks a file's bytes before the YAML parser sees them, for what the parser would report without
//! a place, misread, or take minutes for.

use super::SyntaxError;
use crate::text::chars;

/// Nested brackets cost the parser the square of their number: ten thousand take 0.7 s, a hundred
/// thousand over a minute. It refuses more than 128, but only after that.
const MAX_NESTING: usize = 5000;

/// A hundred thousand errors take 20 to 30 MiB. The parser needs twelve times the file's size.
const MAX_MIB: usize = 40;

pub(super) fn text(bytes: &[u8]) -> Result<&str, SyntaxError> {
    if bytes.len() > MAX_MIB << 20 {
        let message =
            format!("the file has {} MiB; at most {MAX_MIB} are allowed", bytes.len() >> 20);
        let help = "split the catalog: each surface can have its own";
        return Err(SyntaxError::new((1, 1), message, help));
    }
    if let Some(kind) = other_encoding(bytes) {
        let help = match kind {
            "a text file" => "name a YAML file",
            _ => "save the file as UTF-8",
        };
        let message = match kind {
            "a text file" => "this is not a text file".to_owned(),
            kind => format!("this file is {kind}, not UTF-8"),
        };
        return Err(SyntaxError::new((1, 1), message, help));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(not_utf8(bytes, error.valid_up_to())),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut nesting = 0;
    for (line, content) in text.lines().enumerate() {
        let is_plain = chars::every_byte(content, |byte| matches!(byte, b'\t' | b' '..=b'~'));
        let forbidden = || content.chars().enumerate().find(|&(_, c)| is_forbidden(c));
        if let Some((column, c)) = if is_plain { None } else { forbidden() } {
            return Err(forbidden_at((line + 1, column + 1), c));
        }
        if let Some(what) = conflict_marker(content) {
            let message = format!("a merge conflict was left in the file: this line {what}");
            let help = "keep the lines that are right, and remove the lines that git added \
                        (`<<<<<<<`, `=======`, `>>>>>>>`)";
            return Err(SyntaxError::new((line + 1, 1), message, help));
        }
        nesting = nested(content, nesting);
        if nesting > MAX_NESTING {
            let message = format!("more than {MAX_NESTING} brackets are nested");
            let help = "nest less deeply: a catalog needs at most ten levels";
            return Err(SyntaxError::new((line + 1, 1), message, help));
        }
    }
    Ok(text)
}

/// What the bytes are, if they are plainly not UTF-8 text.
fn other_encoding(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.get(..bytes.len().min(1000)).unwrap_or_default();
    let zeros = |parity| start.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let is_mostly = |zeros: usize| zeros * 4 > start.len();
    match start {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("UTF-16"),
        _ if is_mostly(even) != is_mostly(odd) => Some("UTF-16"),
        _ if even + odd > 1 => Some("a text file"),
        _ => None,
    }
}

/// What a line marks that git writes into a file with a merge conflict. YAML could only have such a
/// line within brackets or quotes.
fn conflict_marker(line: &str) -> Option<&'static str> {
    match line.get(..7)? {
        "<<<<<<<" if is_marker(line) => Some("begins the first of two versions"),
        "|||||||" if is_marker(line) => Some("begins what both versions were made from"),
        "=======" if line.trim_end().len() == 7 => Some("begins the second of two versions"),
        ">>>>>>>" if is_marker(line) => Some("ends the second of two versions"),
        _ => None,
    }
}

fn is_marker(line: &str) -> bool {
    line.get(7..).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

fn forbidden_at(place: (usize, usize), c: char) -> SyntaxError {
    let (message, help) = match c {
        '\r' => (
            "this line ends with a carriage return alone (CR)".to_owned(),
            "save the file with the line ends of Unix (LF) or Windows (CRLF)",
        ),
        '\u{2028}' => (
            format!("{} is not allowed here", chars::named(c)),
            "remove it, or write it as `\\u2028` in double quotes",
        ),
        '\u{2029}' => (
            format!("{} is not allowed here", chars::named(c)),
            "remove it, or write it as `\\u2029` in double quotes",
        ),
        c => (format!("{} is not allowed here", chars::named(c)), "remove it"),
    };
    SyntaxError::new(place, message, help)
}

/// How many brackets are open after a line. Only those where a value starts count, because text may
/// hold brackets too.
fn nested(line: &str, mut open: usize) -> usize {
    if chars::every_byte(line, |byte| !matches!(byte, b'[' | b']' | b'{' | b'}')) {
        return open;
    }
    let mut starts_value = true;
    for byte in line.bytes() {
        match byte {
            b'[' | b'{' if starts_value => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            b' ' => {}
            _ => starts_value = matches!(byte, b':' | b'-' | b',' | b'?'),
        }
    }
    open
}

/// Control characters, which YAML forbids, and line breaks of YAML 1.1, which the parser counts but
/// editors don't, so that every later place would be wrong. See YAML 1.2, sections 5.1 and 5.4. A
/// carriage return is one of them unless a line feed follows it.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn not_utf8(bytes: &[u8], valid_up_to: usize) -> SyntaxError {
    let before = String::from_utf8_lossy(bytes.get(..valid_up_to).unwrap_or_default());
    let last_line = before.rsplit('\n').next().unwrap_or_default();
    let place = (before.matches('\n').count() + 1, last_line.chars().count() + 1);
    SyntaxError::new(place, "this byte is not UTF-8", "save the file as UTF-8")
}

/// The text with every anchor, alias and tag replaced by an unknown tag of the same length; `None` if
/// there is nothing like them. It also replaces what only looks like one in text or a comment, which
/// does no harm: it stays text or comment.
pub(super) fn tagged(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let starts_value = |at: usize| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        before.is_none_or(|before| b" \n\r\t[{,".contains(before))
    };
    let follows =
        |at: usize, wanted: fn(u8) -> bool| bytes.get(at + 1).is_some_and(|next| wanted(*next));
    let is_name = |next: u8| next.is_ascii_alphanumeric() || next == b'_' || next == b'-';
    let is_candidate = |at: usize, byte: u8| {
        let may_be = match byte {
            b'&' | b'*' => follows(at, is_name),
            b'!' => follows(at, |next| !next.is_ascii_whitespace()),
            _ => false,
        };
        may_be && starts_value(at)
    };
    // Most texts have none.
    if !(0..).zip(bytes).any(|(at, byte)| is_candidate(at, *byte)) {
        return None;
    }
    let mut tagged = bytes.to_vec();
    // Whether this word has one of them already, and one such as `!<x>`.
    let (mut has_tag, mut is_verbatim) = (false, false);
    for (at, byte) in bytes.iter().enumerate() {
        if byte.is_ascii_whitespace() {
            (has_tag, is_verbatim) = (false, false);
            continue;
        }
        let is_candidate = is_candidate(at, *byte);
        let instead = match byte {
            b'&' | b'*' if is_candidate => Some(b'!'),
            b'!' | b'<' | b'>' if has_tag => Some(b'_'),
            b',' if is_verbatim => Some(b'_'),
            _ => None,
        };
        if is_candidate {
            has_tag = true;
            is_verbatim |= bytes.get(at + 1) == Some(&b'<');
        }
        if let (Some(instead), Some(byte)) = (instead, tagged.get_mut(at)) {
            *byte = instead;
        }
    }
    String::from_utf8(tagged).ok()
}
