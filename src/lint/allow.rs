//! `allow`: findings that an entry or a surface silences, and the allows that silence nothing.
//! Never silences what the loader reports.

use super::CHECKS;
use crate::catalog::{Catalog, Text};
use crate::diagnostic::{Diagnostic, Report, Rule};
use crate::text::suggest;
use crate::yaml::NodeId;

pub(crate) const UNKNOWN_RULE: Rule = Rule {
    name: "unknown-rule",
    what: "an `allow` that names no rule that can be allowed",
    why: "it looks as if something were silenced, and nothing is",
    fix: "name a rule that can be allowed",
    bad: "allow: [empty-txt]",
    good: "allow: [empty-text]",
};
pub(crate) const UNUSED_ALLOW: Rule = Rule {
    name: "unused-allow",
    what: "an `allow` that silences nothing",
    why: "it would hide the next mistake of its kind without anyone having decided that",
    fix: "remove it",
    bad: "fix: Sign in again.\nallow: [empty-text]",
    good: "fix: Sign in again.",
};

pub(crate) const RULES: &[&Rule] = &[&UNKNOWN_RULE, &UNUSED_ALLOW];

/// Hands on the findings that nothing allows.
pub(super) fn filter(catalog: &Catalog, found: Report, report: &mut Report) {
    let mut allows: Vec<Allow> = allows(catalog);
    report.take(found, |finding| {
        let covering = allows.iter_mut().find(|allow| {
            allow.rule.value == finding.rule().name && finding.is_within(&allow.range)
        });
        match covering {
            Some(allow) => {
                allow.used = true;
                false
            }
            None => true,
        }
    });
    for allow in allows.iter().filter(|allow| !allow.used) {
        report.push(allow.finding());
    }
}

struct Allow<'c> {
    rule: &'c Text,
    range: std::ops::Range<NodeId>,
    used: bool,
}

impl Allow<'_> {
    fn finding(&self) -> Diagnostic {
        let name = self.rule.value.as_str();
        let names = CHECKS.iter().map(|check| check.rule.name);
        if names.clone().any(|known| known == name) {
            let message = format!("nothing here breaks the rule `{name}`");
            return Diagnostic::new(&UNUSED_ALLOW, self.rule.at, message, "remove it");
        }
        let message = format!("there is no rule `{name}` that can be allowed");
        Diagnostic::new(&UNKNOWN_RULE, self.rule.at, message, suggest::help(name, names))
    }
}

/// Those of entries before those of their surface, so that the narrower one is used first.
fn allows(catalog: &Catalog) -> Vec<Allow<'_>> {
    let mut allows = Vec::new();
    for surface in &catalog.surfaces {
        let entries = surface.errors.iter().map(|entry| (&entry.allow, &entry.range));
        for (rules, range) in entries.chain([(&surface.allow, &surface.range)]) {
            allows.extend(rules.iter().map(|rule| Allow {
                rule,
                range: range.clone(),
                used: false,
            }));
        }
    }
    allows
}
