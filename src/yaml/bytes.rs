//! Checks a file's bytes before the YAML parser sees them, for what the parser would report without
//! a place, misread, or take minutes for.

use super::SyntaxError;

/// Nested brackets cost the parser the square of their number: ten thousand take 0.7 s, a hundred
/// thousand over a minute. It refuses more than 128, but only after that.
const MAX_NESTING: usize = 5000;

/// A hundred thousand errors take 20 to 30 MiB. The parser needs twelve times the file's size.
const MAX_MIB: usize = 40;

pub(super) fn text(bytes: &[u8]) -> Result<&str, SyntaxError> {
    if bytes.len() > MAX_MIB << 20 {
        return Err(SyntaxError {
            place: (1, 1),
            message: format!(
                "the file has {} MiB; at most {MAX_MIB} are allowed",
                bytes.len() >> 20
            ),
            help: "split the catalog: each surface can have its own",
            is_yaml: false,
            began: None,
        });
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return Err(not_utf8(bytes, error.valid_up_to())),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut nesting = 0;
    for (line, content) in text.lines().enumerate() {
        let is_plain = content.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~'));
        let forbidden = || content.chars().enumerate().find(|&(_, c)| is_forbidden(c));
        if let Some((column, c)) = if is_plain { None } else { forbidden() } {
            return Err(SyntaxError {
                place: (line + 1, column + 1),
                message: format!("the character U+{:04X} is not allowed here", c as u32),
                help: "remove it, or write it as an escape in double quotes, such as \"\\u2028\"",
                is_yaml: false,
                began: None,
            });
        }
        nesting = nested(content, nesting);
        if nesting > MAX_NESTING {
            return Err(SyntaxError {
                place: (line + 1, 1),
                message: format!("more than {MAX_NESTING} brackets are nested"),
                help: "nest less deeply: a catalog needs at most ten levels",
                is_yaml: false,
                began: None,
            });
        }
    }
    Ok(text)
}

/// How many brackets are open after a line. Only those where a value starts count, because text may
/// hold brackets too.
fn nested(line: &str, mut open: usize) -> usize {
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
/// editors don't, so that every later place would be wrong. See YAML 1.2, sections 5.1 and 5.4.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn not_utf8(bytes: &[u8], valid_up_to: usize) -> SyntaxError {
    let before = String::from_utf8_lossy(bytes.get(..valid_up_to).unwrap_or_default());
    let last_line = before.rsplit('\n').next().unwrap_or_default();
    SyntaxError {
        place: (before.matches('\n').count() + 1, last_line.chars().count() + 1),
        message: "this byte is not UTF-8".to_owned(),
        help: "save the file as UTF-8",
        is_yaml: false,
        began: None,
    }
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
    let mut tagged: Option<Vec<u8>> = None;
    for (at, byte) in bytes.iter().enumerate() {
        let is_candidate = match byte {
            b'&' | b'*' => follows(at, is_name),
            b'!' => follows(at, |next| !next.is_ascii_whitespace()),
            _ => false,
        };
        if !is_candidate || !starts_value(at) {
            continue;
        }
        let changed = tagged.get_or_insert_with(|| bytes.to_vec());
        let is_verbatim = bytes.get(at + 1) == Some(&b'<');
        let rest = changed.iter_mut().skip(at).take_while(|byte| !byte.is_ascii_whitespace());
        for (index, byte) in rest.enumerate() {
            match byte {
                b'&' | b'*' if index == 0 => *byte = b'!',
                b'!' | b'<' | b'>' if index > 0 => *byte = b'_',
                b',' if is_verbatim => *byte = b'_',
                _ => {}
            }
        }
    }
    tagged.and_then(|bytes| String::from_utf8(bytes).ok())
}
