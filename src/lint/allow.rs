//! `allow`: the problems that an error or a surface silences, and each `allow` that silences nothing.
//! Only problems that rules find can be silenced, not those of the loader.

use std::ops::Range;

use super::checks;
use crate::catalog::{Catalog, Text};
use crate::diagnostic::{Diagnostic, Report, Rule};
use crate::text::suggest;
use crate::yaml::NodeId;

pub(crate) const UNKNOWN_RULE: Rule = Rule {
    name: "unknown-rule",
    what: "an `allow` with the name of a rule that doesn't exist or can't be allowed",
    why: "it silences nothing",
    fix: "name a rule that can be allowed",
    bad: "allow: [empty-txt]",
    good: "allow: [empty-text]",
};
pub(crate) const UNUSED_ALLOW: Rule = Rule {
    name: "unused-allow",
    what: "an `allow` that silences nothing",
    why: "it would hide the next mistake of its kind",
    fix: "remove it",
    bad: "fix: Sign in again.\nallow: [empty-text]",
    good: "fix: Sign in again.",
};

pub(crate) const RULES: &[&Rule] = &[&UNKNOWN_RULE, &UNUSED_ALLOW];

/// Passes on the problems that nothing allows.
pub(super) fn filter(catalog: &Catalog, found: Report, report: &mut Report) {
    let mut allows = allows(catalog);
    report.take(found, |problem| {
        let covers = |allow: &Allow| {
            allow.rule.value == problem.rule().name && problem.is_within(&allow.range)
        };
        let allow = allows.iter_mut().find(|allow| covers(allow));
        let is_allowed = allow.is_some();
        if let Some(allow) = allow {
            allow.used = true;
        }
        !is_allowed
    });
    for allow in allows.iter().filter(|allow| !allow.used) {
        report.push(unused(allow.rule));
    }
}

struct Allow<'c> {
    rule: &'c Text,
    range: Range<NodeId>,
    used: bool,
}

/// Those of errors before those of their surface, so that the narrower one is used first.
fn allows(catalog: &Catalog) -> Vec<Allow<'_>> {
    let mut allows = Vec::new();
    for surface in &catalog.surfaces {
        let entries = surface.errors.iter().map(|entry| (&entry.allow, &entry.range));
        for (rules, range) in entries.chain([(&surface.allow, &surface.range)]) {
            let allow = |rule| Allow { rule, range: range.clone(), used: false };
            allows.extend(rules.iter().map(allow));
        }
    }
    allows
}

fn unused(Text { value: name, at }: &Text) -> Diagnostic {
    let names = checks().map(|check| check.rule.name);
    if names.clone().any(|known| known == name) {
        return Diagnostic::of(
            &UNUSED_ALLOW,
            *at,
            format!("nothing here breaks the rule `{name}`"),
        );
    }
    let message = format!("there is no rule `{name}` that can be allowed");
    Diagnostic::new(&UNKNOWN_RULE, *at, message, suggest::help(name, names))
}
