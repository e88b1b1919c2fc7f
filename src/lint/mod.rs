//! The rules for a catalog that was loaded. All of them run, and report everything they find.
//!
//! A rule is a const in the file of its theme, and a line in the `CHECKS` of that file.

pub(crate) mod allow;
mod body;
mod codes;
mod doc;
mod fixes;
mod keys;
mod lifecycle;
mod names;
mod near_codes;
mod operations;
mod retry;
pub(crate) mod source;
mod statuses;
mod surfaces;
mod tags;
mod text;
mod values;

use std::hash::Hash;

use crate::catalog::{Catalog, Set};
use crate::diagnostic::{Report, Rule};
use crate::sorted::repeats_by;
use crate::yaml::Spanned;

/// A rule and how it is checked.
pub(crate) struct Check {
    pub rule: Rule,
    /// Whether `allow` can silence it: every output stays whole without it.
    pub can_be_allowed: bool,
    pub run: fn(&Catalog, &'static Rule, &mut Report),
}

/// The rules that `allow` can silence.
pub(crate) fn allowable() -> impl Iterator<Item = &'static Rule> + Clone {
    let checked = checks().filter(|check| check.can_be_allowed).map(|check| &check.rule);
    checked.chain([&source::UNUSED_CODE])
}

/// Every rule of this stage.
pub(crate) fn checks() -> impl Iterator<Item = &'static Check> + Clone {
    const THEMES: &[&[&Check]] = &[
        body::CHECKS,
        codes::CHECKS,
        doc::CHECKS,
        fixes::CHECKS,
        keys::CHECKS,
        lifecycle::CHECKS,
        names::CHECKS,
        near_codes::CHECKS,
        operations::CHECKS,
        retry::CHECKS,
        statuses::CHECKS,
        surfaces::CHECKS,
        tags::CHECKS,
        text::CHECKS,
        values::CHECKS,
    ];
    THEMES.iter().copied().flatten().copied()
}

/// Runs every rule on each catalog of a set, and drops what the catalogs allow.
pub(crate) fn run(set: &mut Set) {
    set.check(|catalog| report(catalog, checks()), allow::filter);
}

/// Runs the rules without which an output could be broken.
#[cfg(feature = "cli")]
pub(crate) fn run_needed(set: &mut Set) {
    let needed = || checks().filter(|check| !check.can_be_allowed);
    set.check(|catalog| report(catalog, needed()), |_, found, report| report.take(found, Some));
}

fn report(catalog: &Catalog, checks: impl Iterator<Item = &'static Check>) -> Report {
    let mut found = Report::default();
    for check in checks {
        (check.run)(catalog, &check.rule, &mut found);
    }
    found
}

/// Finds the values that repeat an earlier value. Returns each with the first value that is the same.
fn repeats<'c, T: Hash + Eq + 'c>(
    values: impl IntoIterator<Item = &'c Spanned<T>>,
) -> Vec<(&'c Spanned<T>, &'c Spanned<T>)> {
    repeats_by(values, |value| Some(&value.value))
}
