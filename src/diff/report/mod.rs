//! What changed, for people, programs, GitHub and changelogs.

mod github;
mod json;
mod markdown;
mod text;

use std::fmt;

use super::found::Change;
use super::{Class, Diff};
use crate::text::words::{counted, joined};

impl Diff {
    /// The changes to print: editorial ones if `all`, or if they alone need a higher version.
    fn shown(&self, all: bool) -> impl Iterator<Item = &Change> {
        let is_why = self.due.problem.is_some() && self.class() == Some(Class::Editorial);
        let least = if all || is_why { Class::Editorial } else { Class::Additive };
        self.changes.iter().filter(move |change| change.rule.class >= least)
    }

    /// How many editorial changes are not among those.
    fn hidden(&self, all: bool) -> usize {
        self.changes.len() - self.shown(all).count()
    }

    /// How the changes are counted, such as `2 changes in errors.yaml since v1.4.0: 1 breaking, 1 editorial`.
    fn summary(&self) -> String {
        let since = &self.since;
        if self.old.is_none() {
            return format!("{} is new since {since}", self.name);
        }
        if self.changes.is_empty() {
            return format!("no changes in {} since {since}", self.name);
        }
        let counts = Class::ALL.map(|class| (self.count(class), class));
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> =
            counts.map(|(count, class)| format!("{count} {}", class.name())).collect();
        let changes = counted(self.changes.len(), "change");
        format!("{changes} in {} since {since}: {}", self.name, joined(&counts, ", "))
    }
}

/// The same as [`Diff::to_text`] with all changes, without colors.
impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(true, false))
    }
}

impl fmt::Debug for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
