//! Which problems of a file are printed, and how many there are of each rule. The first run over a catalog
//! that was written elsewhere finds thousands, most of them of a few rules.

use std::cmp::Reverse;

use super::{Diagnostic, Diagnostics};
use crate::sorted::{SortedMap, sort_by_key};

/// People get all problems of a file up to this many.
const MANY: usize = 20;

/// If there are more, they get this many of each rule.
const FEW: usize = 5;

/// The problems of a file that are printed, and how many there are.
pub(super) struct Selection<'f> {
    /// In the order of the file.
    pub shown: Vec<&'f Diagnostic>,
    /// The rule with the most problems comes first.
    pub rules: Vec<OfRule>,
}

/// How many problems of one rule a file has.
pub(super) struct OfRule {
    pub rule: &'static str,
    pub found: usize,
    pub shown: usize,
    /// Whether `allow` at the top of the catalog would silence them.
    pub can_be_allowed: bool,
}

#[cfg(feature = "cli")]
impl Selection<'_> {
    /// The number of problems that are counted, but not printed.
    pub(super) fn not_shown(&self) -> usize {
        self.rules.iter().map(|one| one.found - one.shown).sum()
    }
}

impl Diagnostics {
    /// What people get.
    pub(super) fn for_people(&self) -> Selection<'_> {
        self.select(if self.count() > MANY { FEW } else { usize::MAX })
    }

    fn select(&self, default: usize) -> Selection<'_> {
        let max = self.max.unwrap_or(default);
        let mut rules: SortedMap<&str, OfRule> = SortedMap::new();
        let mut shown = Vec::new();
        for diagnostic in &self.list {
            let rule = diagnostic.rule.name;
            let can_be_allowed = diagnostic.can_be_allowed;
            let none = OfRule { rule, found: 0, shown: 0, can_be_allowed };
            let of_rule = rules.entry(rule).or_insert(none);
            of_rule.found += 1;
            if of_rule.shown < max {
                of_rule.shown += 1;
                shown.push(diagnostic);
            }
        }
        for (rule, unlisted) in &self.unlisted {
            if let Some(of_rule) = rules.get_mut(rule) {
                of_rule.found += unlisted;
            }
        }
        let mut rules: Vec<OfRule> = rules.into_values().collect();
        sort_by_key(&mut rules, |one| Reverse(one.found));
        Selection { shown, rules }
    }
}

#[cfg(feature = "cli")]
impl Diagnostics {
    /// What programs get, which is all.
    pub(super) fn for_programs(&self) -> Selection<'_> {
        self.select(usize::MAX)
    }

    /// Drops the problems of all other rules, and returns how many. A file that can't be read has a problem
    /// in any case.
    pub(crate) fn keep_rules(&mut self, rules: &[String]) -> usize {
        let count = self.count();
        let is_kept = |rule: &str| rules.iter().any(|kept| kept == rule);
        self.list.retain(|one| one.value().is_none() || is_kept(one.rule.name));
        self.unlisted.retain(|rule, _| is_kept(rule));
        count - self.count()
    }

    /// Prints at most `max` problems of each rule.
    pub(crate) fn limit(&mut self, max: usize) {
        self.max = Some(max);
    }
}
