//! Checks how values are written, which the YAML parser does not report: values without quotes that
//! another parser reads as something else, and texts that a `#` cuts off.

use super::rules::WRONG_TYPE;
use crate::diagnostic::{Diagnostic, Report, Rule, VALUE};
use crate::sorted::sort_by_key;
use crate::yaml::{self, NodeId};

pub(crate) const AMBIGUOUS_YAML: Rule = Rule {
    name: "ambiguous-yaml",
    what: "a value without quotes that other YAML parsers read as something else",
    why: "another tool would see a different value",
    fix: "put text in quotes, and write numbers with the digits 0 to 9 alone",
    bad: "code: no",
    good: "code: \"no\"",
};
pub(crate) const CUT_TEXT: Rule = Rule {
    name: "cut-text",
    what: "a text without quotes that a `#` cuts off",
    why: "in YAML a `#` after a space starts a comment, so the rest of the text is lost",
    fix: "put the text in quotes; if it is a comment, write a space after the `#`",
    bad: "fix: Join #support",
    good: "fix: \"Join #support\"",
};
pub(crate) const TYPOGRAPHIC_QUOTES: Rule = Rule {
    name: "typographic-quotes",
    what: "a text in typographic quotes instead of the quotes of YAML",
    why: "YAML reads them as part of the text, so every output would show them",
    fix: "use `\"`; if the quotes belong to the text, put `\"` around them",
    bad: "meaning: “No such key”",
    good: "meaning: \"No such key\"",
};

pub(crate) const RULES: &[&Rule] = &[&AMBIGUOUS_YAML, &CUT_TEXT, &TYPOGRAPHIC_QUOTES];

/// A value that may be misleading as it is written.
pub(super) struct Suspect {
    pub at: NodeId,
    pub why: Suspicion,
}

pub(super) enum Suspicion {
    /// A text that YAML 1.1 reads as true or false.
    Boolean,
    /// A text that other parsers read as a number, such as `0404`.
    Digits,
    /// An integer, which may be written in hexadecimal.
    Number { value: i64, may_be_text: bool },
    /// A text in typographic quotes.
    Typographic,
    /// A text that may end at a `#`.
    Cut,
    /// A value that is missing, or a comment: what messages call it, and what it should be.
    Empty { name: String, what: String, required: bool },
}

/// Reports the suspects that are written in a misleading way.
pub(super) fn check(text: &str, first: NodeId, mut suspects: Vec<Suspect>, report: &mut Report) {
    sort_by_key(&mut suspects, |suspect| suspect.at);
    let wanted: Vec<NodeId> = suspects.iter().map(|suspect| suspect.at).collect();
    for (Suspect { at, why }, source) in
        suspects.into_iter().zip(yaml::sources(text, first, &wanted))
    {
        report.extend(problem(at, why, source));
    }
}

/// What is wrong with a suspect, by its `source`: the line that it is on, from it on.
fn problem(at: NodeId, why: Suspicion, source: &str) -> Option<Diagnostic> {
    let is_plain = !source.starts_with(['"', '\'', '|', '>']);
    match why {
        Suspicion::Boolean if is_plain => {
            let message = "YAML 1.1 parsers read this as true or false";
            let help = format!("put it in quotes: \"{VALUE}\"");
            Some(Diagnostic::new(&AMBIGUOUS_YAML, at, message, help))
        }
        Suspicion::Digits if is_plain => {
            let message = "other YAML parsers read this as a number";
            let help = format!("put it in quotes: \"{VALUE}\"");
            Some(Diagnostic::new(&AMBIGUOUS_YAML, at, message, help))
        }
        Suspicion::Number { value, may_be_text } if !source.starts_with(&value.to_string()) => {
            let message = format!("some YAML parsers don't read this as {value}");
            let or = format!("; if it is text, put it in quotes: `\"{VALUE}\"`");
            let help = format!("write `{value}`{}", if may_be_text { &or } else { "" });
            Some(Diagnostic::new(&AMBIGUOUS_YAML, at, message, help))
        }
        Suspicion::Typographic if is_plain => Some(Diagnostic::of(
            &TYPOGRAPHIC_QUOTES,
            at,
            "YAML reads these quotes as part of the text",
        )),
        Suspicion::Cut if is_cut(source) => {
            let message = "this text ends at the `#`, which starts a comment in YAML";
            Some(Diagnostic::of(&CUT_TEXT, at, message))
        }
        Suspicion::Empty { name, what, required } => {
            let comment = source.trim_start_matches(':').trim();
            if comment.starts_with('#') {
                let message =
                    format!("{name} has no value: in YAML a `#` after a space starts a comment");
                let is_simple = !comment.contains(['"', '\\', '`']);
                let quoted = if is_simple { format!(": `\"{comment}\"`") } else { String::new() };
                let help = format!(
                    "write a value before the comment; \
                     or put the text in quotes if it begins with the `#`{quoted}"
                );
                return Some(Diagnostic::new(&CUT_TEXT, at, message, help));
            }
            let or = if required { "" } else { ", or remove the line" };
            let message = format!("{name} has no value");
            Some(Diagnostic::new(
                &WRONG_TYPE,
                at,
                message,
                format!("after the colon, write {what}{or}"),
            ))
        }
        _ => None,
    }
}

/// Whether a text is a boolean in YAML 1.1: <https://yaml.org/type/bool.html>.
pub(super) fn is_boolean(text: &str) -> bool {
    if text.len() > 3 {
        return false;
    }
    let is_cased = text == text.to_lowercase()
        || text == text.to_uppercase()
        || text.get(1..).is_some_and(|rest| rest == rest.to_lowercase());
    let lower = text.to_lowercase();
    is_cased && ["y", "yes", "n", "no", "on", "off"].contains(&lower.as_str())
}

/// Whether a text is a number to other parsers, but not to ours: one that begins with a zero or holds `_`
/// or `:` (<https://yaml.org/type/int.html>).
pub(super) fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.ends_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '_' | ':'))
}

/// Whether a number such as `0x194`, `0o624` or `+404` may be in a text.
pub(super) fn has_odd_number(text: &str) -> bool {
    text.as_bytes().windows(3).any(|bytes| match bytes {
        [before, b'0', b'x' | b'o' | b'b'] | [before, b'+', b'0'..=b'9'] => b" [,".contains(before),
        _ => false,
    })
}

/// What is before a `#` that may cut a text off, in each line that has one.
///
/// Every text is compared with each of these lines, so their number is limited.
pub(super) fn cut_lines(text: &str) -> Vec<&str> {
    let lines = text.lines().filter(|line| line.contains('#') && is_cut(line)).take(100);
    lines.map(|line| line.split(" #").next().unwrap_or_default().trim_end()).collect()
}

/// Whether a line (or the rest of it from a value on) has a `#` after a space, outside of quotes and
/// without a space behind it.
fn is_cut(source: &str) -> bool {
    let Some((before, comment)) = source.split_once(" #") else { return false };
    !before.starts_with(['"', '\'', '|', '>'])
        && comment.starts_with(|c: char| !c.is_whitespace() && c != '#')
}
