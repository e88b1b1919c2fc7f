//! Rules about the texts that people read.

use super::{Check, repeats};
use crate::catalog::Text;
use crate::diagnostic::{Diagnostic, Rule};
use crate::text::chars;

pub(super) const CHECKS: &[&Check] = &[
    &CONTROL_CHARACTER,
    &EMPTY_TEXT,
    &INTRO_PUNCTUATION,
    &LINE_BREAK,
    &OUTER_SPACE,
    &SAME_MEANING,
];

const CONTROL_CHARACTER: Check = Check {
    rule: Rule {
        name: "control-character",
        what: "a control character, or one that reverses the text around it",
        why: "such characters change what terminals show, and make code read differently from what it does",
        fix: "remove the character",
        bad: "meaning: \"Not\\u202efound\"",
        good: "meaning: Not found",
    },
    run: |catalog, rule, report| {
        for text in catalog.texts() {
            if let Some(c) = text.value.chars().find(|&c| is_forbidden(c)) {
                let message = format!("this text contains the character U+{:04X}", c as u32);
                report.push(Diagnostic::of(rule, text.at, message));
            }
        }
    },
};

const EMPTY_TEXT: Check = Check {
    rule: Rule {
        name: "empty-text",
        what: "an empty text",
        why: "readers of the docs would find nothing where they look for help",
        fix: "write what a reader needs to know",
        bad: "fix: \"\"",
        good: "fix: Sign in again.",
    },
    run: |catalog, rule, report| {
        for text in catalog.texts().filter(|text| text.value.trim().is_empty()) {
            report.push(Diagnostic::of(rule, text.at, "this text is empty"));
        }
    },
};

const INTRO_PUNCTUATION: Check = Check {
    rule: Rule {
        name: "intro-punctuation",
        what: "the `intro` of a shape with punctuation at its end",
        why: "the docs add a colon and the sample body to it",
        fix: "remove the punctuation at its end",
        bad: "intro: The API returns JSON errors.",
        good: "intro: The API returns JSON errors like",
    },
    run: |catalog, rule, report| {
        for intro in catalog.surfaces.iter().filter_map(|surface| surface.shape.intro.as_ref()) {
            if intro.value.ends_with(['.', ':', '!', '?', ';', ',']) {
                let message = "the `intro` of a shape ends with punctuation";
                report.push(Diagnostic::of(rule, intro.at, message));
            }
        }
    },
};

const LINE_BREAK: Check = Check {
    rule: Rule {
        name: "line-break",
        what: "a line break in a one-line text",
        why: "it would end the table row, heading or comment that the text is in",
        fix: "write the text on one line, in quotes or after `>-`; longer texts go into `doc`",
        bad: "fix: \"Sign in\\nagain.\"",
        good: "fix: Sign in again.",
    },
    run: |catalog, rule, report| {
        for text in catalog.texts().filter(|text| has_line_break(text)) {
            report.push(Diagnostic::of(rule, text.at, "this text has a line break"));
        }
    },
};

const OUTER_SPACE: Check = Check {
    rule: Rule {
        name: "outer-space",
        what: "a text that starts or ends with white space",
        why: "readers can't see it, and some outputs drop it",
        fix: "remove the white space at its start and end",
        bad: "fix: \"Sign in. \"",
        good: "fix: Sign in.",
    },
    run: |catalog, rule, report| {
        for text in catalog.texts().filter(|text| !has_line_break(text)) {
            let trimmed = text.value.trim();
            if !trimmed.is_empty() && trimmed.len() != text.value.len() {
                let message = "this text starts or ends with white space";
                report.push(Diagnostic::of(rule, text.at, message));
            }
        }
    },
};

const SAME_MEANING: Check = Check {
    rule: Rule {
        name: "same-meaning",
        what: "two errors of one surface with the same meaning",
        why: "readers can't tell which of the two happened",
        fix: "say what sets the two apart, or merge them",
        bad: "- {code: not_found, meaning: No such key, …}\n- {code: gone, meaning: No such key, …}",
        good: "- {code: not_found, meaning: No such key, …}\n- {code: gone, meaning: The key was revoked, …}",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let meanings = surface.errors.iter().filter_map(|entry| entry.meaning.as_ref());
            // The rule empty-text reports empty ones.
            for (meaning, first) in repeats(meanings.filter(|text| !text.value.trim().is_empty())) {
                let message = "another error of this surface has the same meaning";
                let problem = Diagnostic::of(rule, meaning.at, message);
                report.push(problem.also(first.at, "the other one"));
            }
        }
    },
};

fn has_line_break(text: &Text) -> bool {
    text.value.contains(['\n', '\r'])
}

/// The rule line-break reports line breaks.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\r') || chars::reorders(c)
}
