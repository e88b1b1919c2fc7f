//! The diagnostics of one file while it is read.

use std::ops::Range;

use super::{Diagnostic, Rule};
use crate::sorted::{SortedMap, SortedSet};
use crate::yaml::NodeId;

/// Diagnostics under collection.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(super) list: Vec<Diagnostic>,
    /// How many of each rule were added to the list.
    kept: SortedMap<&'static str, usize>,
    /// How many of each rule there are beyond [`MAX_KEPT`].
    pub(super) unkept: SortedMap<&'static str, usize>,
    /// Values and parts of the file about which everything was said.
    rejected: SortedSet<NodeId>,
    rejected_parts: Vec<Range<NodeId>>,
}

/// Diagnostics of one rule beyond this many are only counted: nobody reads them, and those of a million
/// mistakes would take gigabytes.
const MAX_KEPT: usize = 100_000;

impl Report {
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if diagnostic.value().is_some_and(|at| self.rejects(at)) {
            return;
        }
        if self.is_full(diagnostic.rule) {
            return self.count(diagnostic.rule);
        }
        *self.kept.entry(diagnostic.rule.name).or_default() += 1;
        self.list.push(diagnostic);
    }

    pub(crate) fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Adds a diagnostic that says everything about a value. Anything else that is pushed about it follows
    /// from the same mistake, and is dropped.
    pub(crate) fn reject(&mut self, diagnostic: Diagnostic) {
        let at = diagnostic.value();
        self.push(diagnostic);
        self.rejected.extend(at);
    }

    /// The same for a part of the file.
    pub(crate) fn reject_part(&mut self, diagnostic: Diagnostic, part: Range<NodeId>) {
        self.push(diagnostic);
        // With this many mistakes, an exact count doesn't matter.
        if self.rejected_parts.len() < 1000 {
            self.rejected_parts.push(part);
        }
    }

    /// Whether everything about a value was said.
    pub(super) fn rejects(&self, at: NodeId) -> bool {
        self.rejected.contains(&at) || self.rejected_parts.iter().any(|part| part.contains(&at))
    }

    /// Whether a part of the file was rejected that lies within another.
    pub(crate) fn rejects_within(&self, part: &Range<NodeId>) -> bool {
        self.rejected.first_from(&part.start).is_some_and(|at| *at < part.end)
            || self.rejected_parts.iter().any(|rejected| part.contains(&rejected.start))
    }

    /// Whether further diagnostics of a rule are only counted, so that their messages needn't be formatted.
    pub(crate) fn is_full(&self, rule: &Rule) -> bool {
        self.kept.get(rule.name).is_some_and(|kept| *kept >= MAX_KEPT)
    }

    /// Counts a diagnostic without keeping it.
    pub(crate) fn count(&mut self, rule: &Rule) {
        *self.unkept.entry(rule.name).or_default() += 1;
    }

    /// Adds what a function makes of the diagnostics of another report. Those that the other report only
    /// counted are treated like those that it kept.
    pub(crate) fn take(&mut self, other: Self, pass: impl FnMut(Diagnostic) -> Option<Diagnostic>) {
        self.extend(other.list.into_iter().filter_map(pass));
        for (rule, unkept) in other.unkept {
            if self.kept.contains_key(rule) {
                *self.unkept.entry(rule).or_default() += unkept;
            }
        }
        self.rejected.extend(other.rejected);
        self.rejected_parts.extend(other.rejected_parts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn rule(name: &'static str) -> Rule {
        Rule { name, what: "", why: "", fix: "", bad: "", good: "" }
    }

    const MANY: Rule = rule("many");
    const ALONE: Rule = rule("alone");

    /// A report with more problems of one rule than it keeps, and one of another.
    fn full() -> Report {
        let mut report = Report::default();
        for _ in 0..MAX_KEPT + 3 {
            report.push(Diagnostic::of(&MANY, NodeId::FIRST, "one of many"));
        }
        report.push(Diagnostic::of(&ALONE, NodeId::FIRST, "alone"));
        report
    }

    #[test]
    fn many_problems_of_one_rule_hide_none_of_another() {
        let report = full();
        assert_eq!(report.list.len(), MAX_KEPT + 1);
        assert_eq!(report.list.last().map(Diagnostic::rule), Some(&ALONE));
        assert_eq!(report.unkept, SortedMap::from([("many", 3)]));
    }

    #[test]
    fn what_is_allowed_is_not_counted() {
        let mut report = Report::default();
        report.take(full(), |problem| (problem.rule() != &MANY).then_some(problem));
        assert_eq!((report.list.len(), report.unkept.len()), (1, 0));
        let mut report = Report::default();
        report.take(full(), Some);
        assert_eq!(report.unkept, SortedMap::from([("many", 3)]));
    }
}
