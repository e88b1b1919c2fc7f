//! Rules about the texts that people read.

use super::{Check, repeats};
use crate::diagnostic::{Diagnostic, Rule};

pub(super) const CHECKS: &[&Check] = &[&INTRO_PUNCTUATION, &SAME_MEANING];

const INTRO_PUNCTUATION: Check = Check {
    rule: Rule {
        name: "intro-punctuation",
        what: "the `intro` of a shape with punctuation at its end",
        why: "the docs put a colon and the sample after it",
        fix: "remove the punctuation at its end",
        bad: "intro: The API returns JSON errors.",
        good: "intro: The API returns JSON errors like",
    },
    can_be_allowed: true,
    run: |catalog, rule, report| {
        for intro in catalog.surfaces.iter().filter_map(|surface| surface.shape.intro.as_ref()) {
            if intro.value.ends_with(['.', ':', '!', '?', ';', ',']) {
                let message = "the `intro` of a shape ends with punctuation";
                report.push(Diagnostic::of(rule, intro.at, message));
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
    can_be_allowed: true,
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
