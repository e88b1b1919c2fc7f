//! `allow`: the problems that an error, a surface or the catalog silences, and each `allow` that silences
//! nothing.

use std::ops::Range;

use super::source::{self, UNUSED_CODE};
use super::{allowable, checks};
use crate::catalog::{self, Catalog, Text};
use crate::diagnostic::{Diagnostic, Report, Rule};
use crate::document;
use crate::sorted::{SortedMap, SortedSet};
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
    let mut scopes = Scopes::of(catalog);
    scopes.pass_all(found, report);
    // Where there are other problems, it may be for one that could not be seen.
    let is_whole = report.is_empty();
    for (_, allow) in scopes.all() {
        // Only `errcat verify --source` knows what breaks this rule.
        let is_judged = is_whole && !allow.is_named(&UNUSED_CODE);
        report.extend(allow.problem(is_judged));
    }
}

/// The same for unused codes. `sought` are the places of all codes that errcat looked for in the source.
#[cfg(feature = "cli")]
pub(crate) fn filter_unused(
    catalog: &Catalog,
    sought: &SortedSet<NodeId>,
    found: Report,
    report: &mut Report,
) {
    let mut scopes = Scopes::of(catalog);
    scopes.pass_all(found, report);
    for (range, allow) in scopes.all() {
        let is_sought = sought.first_from(&range.start).is_some_and(|at| *at < range.end);
        let is_judged = is_sought && allow.is_named(&UNUSED_CODE);
        report.extend(allow.problem(is_judged));
    }
}

/// The parts of a catalog that have an `allow`, or could have one. The narrower ones come first.
struct Scopes<'c>([Level<'c>; 3]);

/// Parts of one kind, by where they begin.
struct Level<'c> {
    /// Where the `allow` of a problem within can be.
    place: &'static str,
    parts: SortedMap<NodeId, Scope<'c>>,
}

struct Scope<'c> {
    end: NodeId,
    allows: Vec<Allow<'c>>,
}

struct Allow<'c> {
    /// `None` if it is broken.
    name: Option<&'c Text>,
    /// The rule that it means, although it may be misspelled; `None` if it may mean any.
    rule: Option<&'static str>,
    used: bool,
}

impl<'c> Scopes<'c> {
    fn of(catalog: &'c Catalog) -> Self {
        // Those of included errors count where the errors are listed.
        let own = catalog.entries().filter(|entry| !entry.is_included);
        let errors = own.map(|entry| (&entry.range, &entry.allow));
        let surfaces = catalog.surfaces.iter().map(|surface| (&surface.range, &surface.allow));
        Self([
            Level::of("on the error, its surface or the catalog", errors),
            Level::of("on the surface or the catalog", surfaces),
            Level::of("on the catalog", [(&catalog.range, &catalog.allow)]),
        ])
    }

    fn pass_all(&mut self, found: Report, report: &mut Report) {
        let names: SortedSet<&str> = names_of(allowable()).collect();
        report.take(found, |problem| {
            if names.contains(problem.rule().name) { self.pass(problem) } else { Some(problem) }
        });
    }

    /// Drops a problem that is allowed. Any other says that it could be.
    fn pass(&mut self, problem: Diagnostic) -> Option<Diagnostic> {
        let Some(at) = problem.value() else { return Some(problem) };
        let rule = problem.rule();
        let mut place = None;
        for level in &mut self.0 {
            let Some(scope) = level.around(at) else { continue };
            let mut allows = scope.allows.iter_mut();
            if let Some(allow) = allows.find(|allow| allow.covers(rule)) {
                allow.used = true;
                return None;
            }
            place = place.or(Some(level.place));
        }
        Some(match place {
            Some(place) => problem.or_allow(place),
            None => problem,
        })
    }

    /// Each `allow`, with what it is for.
    fn all(&self) -> impl Iterator<Item = (Range<NodeId>, &Allow<'c>)> {
        let scopes = self.0.iter().flat_map(|level| &level.parts);
        scopes
            .flat_map(|(start, scope)| scope.allows.iter().map(|allow| (*start..scope.end, allow)))
    }
}

impl<'c> Level<'c> {
    fn of(
        place: &'static str,
        parts: impl IntoIterator<Item = (&'c Range<NodeId>, &'c Option<Vec<Text>>)>,
    ) -> Self {
        let scope = |(range, names): (&Range<NodeId>, &'c Option<Vec<Text>>)| {
            let allows = match names {
                Some(names) => names.iter().map(Allow::of).collect(),
                None => vec![Allow { name: None, rule: None, used: false }],
            };
            (range.start, Scope { end: range.end, allows })
        };
        Self { place, parts: parts.into_iter().map(scope).collect() }
    }

    /// The part around a value.
    fn around(&mut self, at: NodeId) -> Option<&mut Scope<'c>> {
        let scope = self.parts.last_to(&at)?;
        (at < scope.end).then_some(scope)
    }
}

impl<'c> Allow<'c> {
    fn of(name: &'c Text) -> Self {
        let known = strict().find(|rule| rule.name == name.value).map(|rule| rule.name);
        let meant = || suggest::nearest(&name.value, names_of(allowable()));
        Self { name: Some(name), rule: known.or_else(meant), used: false }
    }

    fn covers(&self, rule: &Rule) -> bool {
        self.rule.is_none_or(|meant| meant == rule.name)
    }

    fn is_named(&self, rule: &Rule) -> bool {
        self.name.is_some_and(|name| name.value == rule.name)
    }

    /// What is wrong with it. Whether it is used counts only if that is judged.
    fn problem(&self, is_judged: bool) -> Option<Diagnostic> {
        let Text { value: name, at } = self.name?;
        if names_of(allowable()).any(|known| known == name) {
            let message = format!("nothing here breaks the rule `{name}`");
            let is_unused = !self.used && is_judged;
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
    let known = loader.chain(RULES).chain(source::RULES).copied();
    known.chain(checks().map(|check| &check.rule))
}
