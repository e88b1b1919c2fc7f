//! The rules a loaded catalog must keep, run in one go. A rule is one const in the file of its
//! subject and one line in [`CHECKS`]. Never changes the catalog, never stops at the first finding.

pub(crate) mod allow;
mod identity;
mod lifecycle;
mod retry;
mod shape;
mod text;

use crate::catalog::Catalog;
use crate::diagnostic::{Report, Rule};

/// A rule and how it is checked.
pub(crate) struct Check {
    pub rule: Rule,
    pub run: fn(&Catalog, &'static Rule, &mut Report),
}

/// Every rule that `allow` can silence.
pub(crate) const CHECKS: &[&Check] = &[
    &identity::COLLIDING_NAME,
    &identity::DUPLICATE_CODE,
    &identity::DUPLICATE_STATUS,
    &identity::DUPLICATE_SURFACE,
    &identity::EMPTY_CATALOG,
    &identity::MISSING_CODE,
    &identity::MISSING_NAME,
    &identity::MISSING_STATUS,
    &identity::MIXED_CODES,
    &identity::RESERVED_ID,
    &identity::TAKEN_NAME,
    &identity::UNEXPECTED_CODE,
    &lifecycle::DUPLICATE_TAG,
    &lifecycle::RETIRED_CODE,
    &lifecycle::UNKNOWN_REPLACEMENT,
    &lifecycle::UNKNOWN_TAG,
    &retry::INITIAL_EXCEEDS_MAX,
    &retry::MISSING_RETRY,
    &retry::OVERLAPPING_STATUSES,
    &retry::RETRYABLE_DISAGREES,
    &retry::USELESS_RETRY,
    &shape::COLLIDING_PLACEHOLDER,
    &shape::MISSING_DOCS,
    &shape::RESERVED_KEY,
    &shape::UNKNOWN_EXAMPLE,
    &shape::UNKNOWN_PARAM,
    &text::CONTROL_CHARACTER,
    &text::EMPTY_TEXT,
    &text::INTRO_PUNCTUATION,
    &text::LINE_BREAK,
    &text::OUTER_SPACE,
    &text::SAME_MEANING,
    &text::SAME_TITLE,
];

/// Runs every rule, and drops what the catalog allows.
pub(crate) fn run(catalog: &Catalog, report: &mut Report) {
    let mut found = Report::default();
    for check in CHECKS {
        (check.run)(catalog, &check.rule, &mut found);
    }
    allow::filter(catalog, found, report);
}
