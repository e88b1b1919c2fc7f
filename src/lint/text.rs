//! Rules about the texts people read. Never judges their wording.

use std::collections::BTreeMap;

use super::Check;
use crate::catalog::Text;
use crate::diagnostic::{Diagnostic, Rule};
use crate::text::chars;

pub(super) const EMPTY_TEXT: Check = Check {
    rule: Rule {
        name: "empty-text",
        what: "a text without a letter",
        why: "a reader of the docs finds nothing where help was promised",
        fix: "write what a reader needs to know",
        bad: "fix: \"\"",
        good: "fix: Sign in again.",
    },
    run: |catalog, rule, report| {
        for text in catalog.texts().filter(|text| text.value.trim().is_empty()) {
            report.push(Diagnostic::new(
                rule,
                text.at,
                "this text is empty",
                "write what a reader needs to know",
            ));
        }
    },
};

pub(super) const OUTER_SPACE: Check = Check {
    rule: Rule {
        name: "outer-space",
        what: "a text that starts or ends with white space",
        why: "no reader sees it, and outputs differ in whether they keep it",
        fix: "remove the white space at its start and end",
        bad: "fix: \"Sign in. \"",
        good: "fix: Sign in.",
    },
    run: |catalog, rule, report| {
        for text in catalog.texts() {
            let trimmed = text.value.trim();
            if !trimmed.is_empty() && trimmed.len() != text.value.len() && !has_line_break(text) {
                let help = "remove the white space at its start and end";
                report.push(Diagnostic::new(
                    rule,
                    text.at,
                    "this text starts or ends with white space",
                    help,
                ));
            }
        }
    },
};

pub(super) const LINE_BREAK: Check = Check {
    rule: Rule {
        name: "line-break",
        what: "a line break in a one-line text",
        why: "it ends table rows, headings and comments where it stands",
        fix: "write it on one line, in quotes or after `>-`; longer texts go into `doc`",
        bad: "fix: \"Sign in\\nagain.\"",
        good: "fix: Sign in again.",
    },
    run: |catalog, rule, report| {
        for text in catalog.texts().filter(|text| has_line_break(text)) {
            let help = "write it on one line, in quotes or after `>-`; longer texts go into `doc`";
            report.push(Diagnostic::new(rule, text.at, "this text has a line break", help));
        }
    },
};

pub(super) const CONTROL_CHARACTER: Check = Check {
    rule: Rule {
        name: "control-character",
        what: "a control character, or one that reverses the text around it",
        why: "terminals obey the first, and the second makes code read differently from what it does",
        fix: "remove the character",
        bad: "meaning: \"Not\\u202efound\"",
        good: "meaning: Not found",
    },
    run: |catalog, rule, report| {
        for text in catalog.texts() {
            if let Some(c) = text.value.chars().find(|&c| is_forbidden(c)) {
                let message = format!("this text holds the character U+{:04X}", c as u32);
                report.push(Diagnostic::new(rule, text.at, message, "remove the character"));
            }
        }
    },
};

pub(super) const SAME_MEANING: Check = Check {
    rule: Rule {
        name: "same-meaning",
        what: "two errors of one surface with the same meaning",
        why: "a reader can't tell which of the two happened, so they are one error or one text is wrong",
        fix: "say what sets the two apart, or merge them",
        bad: "- {code: not_found, meaning: No such key, …}\n- {code: gone, meaning: No such key, …}",
        good: "- {code: not_found, meaning: No such key, …}\n- {code: gone, meaning: The key was revoked, …}",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let mut first = BTreeMap::new();
            for meaning in surface.errors.iter().map(|entry| &entry.meaning) {
                let earlier = *first.entry(meaning.value.as_str()).or_insert(meaning.at);
                // Of empty texts each has a finding of its own.
                if earlier != meaning.at && !meaning.value.trim().is_empty() {
                    let message = "another error of this surface has the same meaning";
                    let help = "say what sets the two apart, or merge them";
                    report.push(
                        Diagnostic::new(rule, meaning.at, message, help)
                            .also(earlier, "the other one"),
                    );
                }
            }
        }
    },
};

pub(super) const SAME_TITLE: Check = Check {
    rule: Rule {
        name: "same-title",
        what: "two surfaces with the same title",
        why: "the docs would have two sections that no reader and no table of contents can tell apart",
        fix: "say in the title which API it is",
        bad: "- {id: api, title: Errors, …}\n- {id: admin, title: Errors, …}",
        good: "- {id: api, title: API errors, …}\n- {id: admin, title: Admin API errors, …}",
    },
    run: |catalog, rule, report| {
        let mut first = BTreeMap::new();
        for title in catalog.surfaces.iter().map(|surface| &surface.title) {
            let earlier = *first.entry(title.value.as_str()).or_insert(title.at);
            if earlier != title.at && !title.value.trim().is_empty() {
                let message = "another surface has the same title";
                let help = "say in the title which API it is";
                report.push(
                    Diagnostic::new(rule, title.at, message, help).also(earlier, "the other one"),
                );
            }
        }
    },
};

pub(super) const INTRO_PUNCTUATION: Check = Check {
    rule: Rule {
        name: "intro-punctuation",
        what: "an `intro` of a shape that ends a sentence",
        why: "the docs complete it with a colon and the sample body",
        fix: "write a clause that the sample completes, without punctuation at its end",
        bad: "intro: The API returns JSON errors.",
        good: "intro: The API returns JSON errors like",
    },
    run: |catalog, rule, report| {
        for intro in catalog.surfaces.iter().filter_map(|surface| surface.shape.intro.as_ref()) {
            if intro.value.ends_with(['.', ':', '!', '?', ';', ',']) {
                let message = "the `intro` of a shape ends with punctuation";
                let help = "remove it: the docs add a colon and the sample body";
                report.push(Diagnostic::new(rule, intro.at, message, help));
            }
        }
    },
};

fn has_line_break(text: &Text) -> bool {
    text.value.contains(['\n', '\r'])
}

/// Line breaks are another rule's.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\r') || chars::reorders(c)
}
