//! Rules about every text of a file: what no text may contain, and what a one-line text must be.

use crate::diagnostic::{Diagnostic, Report, Rule};
use crate::text::chars;
use crate::yaml::{Node, NodeId, Value};

pub(crate) const CONTROL_CHARACTER: Rule = Rule {
    name: "control-character",
    what: "a control character, or one that reverses the text around it",
    why: "such characters change what a terminal shows, and can hide what code does",
    fix: "remove the character",
    bad: "meaning: \"Not\\u202efound\"",
    good: "meaning: Not found",
};
pub(crate) const EMPTY_TEXT: Rule = Rule {
    name: "empty-text",
    what: "an empty text",
    why: "readers would find nothing where they look for help",
    fix: "write what a reader needs to know",
    bad: "fix: \"\"",
    good: "fix: Sign in again.",
};
pub(crate) const LINE_BREAK: Rule = Rule {
    name: "line-break",
    what: "a line break in a one-line text",
    why: "it would end the table row, heading or comment that the text is in",
    fix: "write the text on one line, in quotes or after `>-`; longer texts go into `doc`",
    bad: "fix: \"Sign in\\nagain.\"",
    good: "fix: Sign in again.",
};
pub(crate) const OUTER_SPACE: Rule = Rule {
    name: "outer-space",
    what: "a text that starts or ends with white space",
    why: "readers can't see it, and some outputs drop it",
    fix: "remove the white space at its start and end",
    bad: "fix: \"Sign in. \"",
    good: "fix: Sign in.",
};

pub(crate) const RULES: &[&Rule] = &[&CONTROL_CHARACTER, &EMPTY_TEXT, &LINE_BREAK, &OUTER_SPACE];

/// Reports every key and every value, of any field and at any depth, that contains a control character.
/// Nothing else is reported about such a text.
pub(super) fn check_characters(node: &Node, report: &mut Report) {
    match &node.value {
        Value::Text(text) => check_text(text, node, chars::is_control, report),
        Value::List(items) => items.iter().for_each(|item| check_characters(item, report)),
        Value::Mapping(members) => {
            for (key, value) in members {
                if let Value::Text(text) = &key.value {
                    check_text(
                        text,
                        key,
                        |c| chars::is_control(c) || matches!(c, '\n' | '\r'),
                        report,
                    );
                }
                check_characters(value, report);
            }
        }
        _ => {}
    }
}

fn check_text(text: &str, node: &Node, is_forbidden: fn(char) -> bool, report: &mut Report) {
    if chars::is_ascii_print(text) {
        return;
    }
    if let Some(c) = text.chars().find(|&c| is_forbidden(c)) {
        let message = format!("this text contains {}", chars::named(c));
        let problem = Diagnostic::of(&CONTROL_CHARACTER, node.at, message);
        report.reject(problem);
    }
}

/// What is wrong with a one-line text.
pub(super) fn wrong_line(text: &str, at: NodeId) -> Option<Diagnostic> {
    if text.trim().is_empty() {
        return Some(Diagnostic::of(&EMPTY_TEXT, at, "this text is empty"));
    }
    if text.bytes().any(|byte| matches!(byte, b'\n' | b'\r')) {
        return Some(Diagnostic::of(&LINE_BREAK, at, "this text has a line break"));
    }
    let (first, last) = (text.chars().next()?, text.chars().next_back()?);
    let (c, place) = match (first.is_whitespace(), last.is_whitespace()) {
        (true, _) => (first, "starts"),
        (_, true) => (last, "ends"),
        _ => return None,
    };
    let name = if c == ' ' { "a space".to_owned() } else { chars::named(c) };
    Some(Diagnostic::of(&OUTER_SPACE, at, format!("this text {place} with {name}")))
}
