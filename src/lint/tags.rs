//! Rules about the tags of errors.

use super::{Check, repeats};
use crate::diagnostic::{Diagnostic, Rule};
use crate::sorted::SortedSet;
use crate::text::suggest;

pub(super) const CHECKS: &[&Check] = &[&DUPLICATE_TAG, &UNKNOWN_TAG];

const DUPLICATE_TAG: Check = Check {
    rule: Rule {
        name: "duplicate-tag",
        what: "a tag that one error has twice",
        why: "one of them was probably meant to be another tag",
        fix: "remove one of the two",
        bad: "tags: [quota, quota]",
        good: "tags: [quota]",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for entry in catalog.entries() {
            for (tag, first) in repeats(&entry.tags) {
                let message = format!("the tag `{}` is listed twice", tag.value);
                let problem = Diagnostic::of(rule, tag.at, message);
                report.push(problem.also(first.at, "first listed here"));
            }
        }
    },
};

const UNKNOWN_TAG: Check = Check {
    rule: Rule {
        name: "unknown-tag",
        what: "a tag that the catalog doesn't declare",
        why: "an error with a misspelled tag would be missing from its group",
        fix: "declare it in `tags` at the top of the catalog, or correct its spelling",
        bad: "tags: {quota: A limit of the plan}\nsurfaces: [… {tags: [qouta]} …]",
        good: "tags: {quota: A limit of the plan}\nsurfaces: [… {tags: [quota]} …]",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        let Some(tags) = &catalog.tags else { return };
        let names: Vec<&str> = tags.iter().map(|tag| tag.name.value.as_str()).collect();
        let mut reported = SortedSet::new();
        for tag in catalog.entries().flat_map(|entry| &entry.tags) {
            let name = tag.value.as_str();
            if names.contains(&name) || !reported.insert(name) {
                continue;
            }
            let message = format!("the catalog declares no tag `{name}`");
            let declare =
                format!("declare it at the top: `tags: {{{name}: what the group means}}`");
            let help = suggest::help_or(name, names.iter().copied(), declare);
            report.push(Diagnostic::new(rule, tag.at, message, help));
            if names.is_empty() {
                // Then `tags` is what is missing.
                return;
            }
        }
    },
};
