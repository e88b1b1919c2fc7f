//! Regular expressions for the texts that match at a place of a body, in the syntax that JavaScript, Python
//! and Rust share.

use super::TextPart;

/// A status as text.
pub(super) const STATUS: &str = "^[0-9]{3}$";

/// The texts that match some parts; none if several of these are filled in.
pub(super) fn of(parts: &[TextPart]) -> Option<String> {
    let index = parts.iter().position(|part| part.text.is_none())?;
    let (before, rest) = parts.split_at_checked(index)?;
    let (filled, after) = rest.split_first()?;
    let texts = |parts: &[TextPart]| parts.iter().map(|part| part.text).collect::<Option<String>>();
    Some(around(&texts(before)?, filled.r#type?, &texts(after)?))
}

/// The texts that hold a value of a type between two others.
pub(super) fn around(prefix: &str, kind: &str, suffix: &str) -> String {
    let mut pattern = "^".to_owned();
    literal(prefix, &mut pattern);
    pattern += of_type(kind);
    literal(suffix, &mut pattern);
    pattern + "$"
}

/// What a value of a type looks like within a text.
fn of_type(name: &str) -> &'static str {
    match name {
        "integer" => "-?(0|[1-9][0-9]*)",
        "number" => r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?",
        "boolean" => "(true|false)",
        _ => r"[\s\S]*",
    }
}

fn literal(text: &str, pattern: &mut String) {
    for c in text.chars() {
        // What JavaScript lets a `\` precede, and all that has a meaning outside of brackets.
        if r"^$\.*+?()[]{}|".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
}
