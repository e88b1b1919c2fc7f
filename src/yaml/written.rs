//! Texts as YAML: without quotes where every parser reads the same text, else in double quotes.

use crate::text::chars;

/// A text as a value on the line of its key.
pub(crate) fn on_a_line(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// A text as a value within `{…}` or `[…]`.
pub(crate) fn in_flow(text: &str) -> String {
    let is_safe = |c: char| c.is_ascii_alphanumeric() || "_-./ ".contains(c);
    if text.chars().all(is_safe) { on_a_line(text) } else { quoted(text) }
}

/// Whether every parser of YAML reads a text without quotes as this text.
pub(crate) fn is_plain(text: &str) -> bool {
    // What other parsers may read as null, as true or false, or as a number.
    const WORDS: &[&str] =
        &["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"];
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic())
        || text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(' ')
        || is_placeholder(text);
    let is_safe =
        |c: char| !c.is_control() && (c.is_ascii() || c.is_alphabetic() || "’‘“”–—…×→".contains(c));
    starts_well
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && text.chars().all(is_safe)
}

fn is_placeholder(text: &str) -> bool {
    let inner = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    inner.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

/// A text in double quotes.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            '\t' => quoted += "\\t",
            c if needs_escape(c) => quoted += &format!("\\U{:08X}", c as u32),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// Whether a character can't be seen, or is not allowed in YAML.
fn needs_escape(c: char) -> bool {
    chars::is_unprintable(c) || chars::is_odd_space(c)
}
