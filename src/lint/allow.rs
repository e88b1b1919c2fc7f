//! `allow`: the problems that an error or a surface silences, and each `allow` that silences nothing.

use std::ops::Range;

use super::{allowable, checks};
use crate::catalog::{self, Catalog, Text};
use crate::diagnostic::{Diagnostic, Report, Rule};
use crate::document;
use crate::text::suggest;
use crate::yaml::NodeId;

pub(crate) const UNKNOWN_RULE: Rule = Rule {
    name: "unknown-rule",
    what: "an `allow` with the name of a rule that doesn't exist or can't be allowed",
    why: "it has no effect",
    fix: "name a rule that can be allowed",
    bad: "allow: [same-meening]",
    good: "allow: [same-meaning]",
};
pub(crate) const UNUSED_ALLOW: Rule = Rule {
    name: "unused-allow",
    what: "an `allow` of a rule that nothing here breaks",
    why: "it would hide the next such mistake",
    fix: "remove it",
    bad: "fix: Sign in again.\nallow: [same-meaning]",
    good: "fix: Sign in again.",
};

pub(crate) const RULES: &[&Rule] = &[&UNKNOWN_RULE, &UNUSED_ALLOW];

/// Passes on the problems that nothing allows, and reports what silences nothing.
pub(super) fn filter(catalog: &Catalog, found: Report, report: &mut Report) {
    let mut allows = allows(catalog);
    report.take(found, |problem| {
        let rule = problem.rule();
        if !allowable().any(|one| one == rule) {
            return true;
        }
        let covers = |allow: &Allow| allow.covers(rule) && problem.is_within(&allow.range);
        let Some(allow) = allows.iter_mut().find(|allow| covers(allow)) else { return true };
        allow.used = true;
        false
    });
    // Where there are other problems, it may be for one that could not be seen.
    let is_whole = report.is_empty();
    for allow in &allows {
        report.extend(allow.problem(is_whole));
    }
}

struct Allow<'c> {
    /// `None` if it is broken.
    name: Option<&'c Text>,
    /// The rule that it means, although it may be misspelled; `None` if it may mean any.
    rule: Option<&'static str>,
    range: Range<NodeId>,
    used: bool,
}

/// Those of errors before those of their surface, so that the narrower one is used first.
fn allows(catalog: &Catalog) -> Vec<Allow<'_>> {
    let mut allows = Vec::new();
    for surface in &catalog.surfaces {
        let entries = surface.errors.iter().map(|entry| (&entry.allow, &entry.range));
        for (names, range) in entries.chain([(&surface.allow, &surface.range)]) {
            let allow = |name: Option<&'_ Text>| {
                let known = |name: &Text| strict().find(|rule| rule.name == name.value);
                let near = |name: &Text| suggest::nearest(&name.value, names_of(allowable()));
                let meant = |name| known(name).map(|rule| rule.name).or_else(|| near(name));
                Allow { name: None, rule: name.and_then(meant), range: range.clone(), used: false }
            };
            match names {
                Some(names) => allows.extend(
                    names.iter().map(|name| Allow { name: Some(name), ..allow(Some(name)) }),
                ),
                None => allows.push(allow(None)),
            }
        }
    }
    allows
}

impl Allow<'_> {
    fn covers(&self, rule: &Rule) -> bool {
        self.rule.is_none_or(|meant| meant == rule.name)
    }

    /// What is wrong with it.
    fn problem(&self, is_whole: bool) -> Option<Diagnostic> {
        let Text { value: name, at } = self.name?;
        if names_of(allowable()).any(|known| known == name) {
            let message = format!("nothing here breaks the rule `{name}`");
            let is_unused = !self.used && is_whole;
            return is_unused.then(|| Diagnostic::of(&UNUSED_ALLOW, *at, message));
        }
        if let Some(rule) = strict().find(|rule| rule.name == name) {
            let message = format!("the rule `{name}` can't be allowed: {}", rule.why);
            let help = format!("remove it; to satisfy the rule: {}", rule.fix);
            return Some(Diagnostic::new(&UNKNOWN_RULE, *at, message, help));
        }
        let message = format!("there is no rule `{name}`");
        let help = suggest::help(name, names_of(allowable()));
        Some(Diagnostic::new(&UNKNOWN_RULE, *at, message, help))
    }
}

fn names_of(
    rules: impl Iterator<Item = &'static Rule> + Clone,
) -> impl Iterator<Item = &'static str> + Clone {
    rules.map(|rule| rule.name)
}

/// The rules about catalogs that can't be silenced.
fn strict() -> impl Iterator<Item = &'static Rule> {
    let loader = document::RULES.iter().copied().flatten().chain(catalog::RULES);
    loader.chain(RULES).copied().chain(checks().map(|check| &check.rule))
}
