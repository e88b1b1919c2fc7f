//! What changed between two catalogs, how much that matters to the people who use the API, and which version
//! is due.
//!
//! A rule is a const in the file of its theme, and a line in the `RULES` of that file. Rules compare
//! loaded catalogs, so a change of layout doesn't count.

mod arguments;
mod body;
mod catalog;
mod errors;
mod found;
mod gone;
mod links;
mod matched;
mod operations;
mod places;
mod report;
mod retired;
mod retry;
mod slots;
mod statuses;
mod surfaces;
mod tags;
mod texts;
mod values;
mod version;

use std::path::Path;
use std::sync::Arc;

use crate::catalog::{Catalog, Set, include};
use crate::diagnostic::{Copies, Sources};
use crate::error::Error;
use crate::lint;
use found::{Change, Found};
pub(crate) use gone::Gone;
use version::Due;

/// How much a change matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Only texts and data for people change. A patch version is due.
    Editorial,
    /// There is something new, or clients behave differently, but nothing stops working. A minor version is due.
    Additive,
    /// Code stops compiling, or something that clients rely on is gone. A major version is due.
    Breaking,
}

impl Class {
    /// Every class, the most serious first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Additive, Self::Editorial];

    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Editorial => "editorial",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

/// A kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct ChangeRule {
    /// The stable name, such as `error-removed`.
    pub name: &'static str,
    /// How much such a change matters.
    pub class: Class,
    /// What the rule finds, to complete "Finds …".
    pub what: &'static str,
    /// Why it has this class, as a sentence.
    pub why: &'static str,
    /// The fields of the catalog that it compares, each with its mapping, such as `error.code`.
    pub fields: &'static [&'static str],
}

/// Every rule, by theme.
pub(crate) fn rules() -> impl Iterator<Item = &'static ChangeRule> {
    const THEMES: &[&[&ChangeRule]] = &[
        surfaces::RULES,
        errors::RULES,
        retired::RULES,
        links::RULES,
        statuses::RULES,
        body::RULES,
        arguments::RULES,
        values::RULES,
        retry::RULES,
        tags::RULES,
        operations::RULES,
        catalog::RULES,
        texts::RULES,
    ];
    THEMES.iter().copied().flatten().copied()
}

/// The fields that no rule compares, because a change of them alone changes nothing for anybody.
pub(crate) const IGNORED: &[(&str, &str)] = &[
    ("catalog.errcat", "the version of the catalog format"),
    ("catalog.version", "compared with the version that the changes need"),
    ("catalog.allow", "for errcat alone"),
    ("surface.allow", "for errcat alone"),
    ("error.allow", "for errcat alone"),
];

/// One of the two catalogs.
pub(crate) struct Side {
    catalog: Catalog,
    sources: Arc<Sources>,
    /// What it includes.
    copies: Copies,
}

impl Side {
    /// A catalog. Rules that may be allowed are not checked: in the old one, some may be newer than it is, and in the
    /// new one, `errcat lint` finds what they do.
    ///
    /// # Errors
    /// Its other problems.
    pub(crate) fn new(mut set: Set) -> Result<Self, Error> {
        lint::run_needed(&mut set);
        let (sources, copies) = set.sources();
        Ok(Self { catalog: set.into_catalog()?, sources, copies })
    }

    /// The product that the catalog is about.
    pub(crate) fn product(&self) -> Option<&str> {
        Some(&self.catalog.product.as_ref()?.value)
    }
}

/// What changed between two catalogs.
pub struct Diff {
    /// What messages call the old catalog, or the revision that lacks it.
    since: String,
    old: Option<Side>,
    /// The path of the new catalog.
    name: String,
    new: Side,
    /// The most serious first; else in the order of the catalog.
    changes: Vec<Change>,
    due: Due,
}

/// Compares two files.
///
/// # Errors
/// If one of them can't be read, or has problems.
///
/// # Examples
/// ```no_run
/// # fn main() -> Result<(), errcat::Error> {
/// let diff = errcat::diff("released/errors.yaml", "errors.yaml")?;
/// assert!(diff.is_enough(), "{diff}");
/// # Ok(())
/// # }
/// ```
pub fn diff(old: impl AsRef<Path>, new: impl AsRef<Path>) -> Result<Diff, Error> {
    let (old, new) = (old.as_ref(), new.as_ref());
    let read = |file: &Path| Set::read(file, &include::top(file, None));
    let before = Side::new(read(old)?)?;
    let after = Side::new(read(new)?)?;
    Ok(Diff::new((old.display().to_string(), Some(before)), (new.display().to_string(), after)))
}

impl Diff {
    /// Compares a catalog with what it was before, which is `None` if there was none. Each has the name that
    /// messages call it.
    pub(crate) fn new((since, old): (String, Option<Side>), (name, new): (String, Side)) -> Self {
        let mut found = Found::default();
        if let Some(old) = &old {
            surfaces::compare(&old.catalog, &new.catalog, &mut found);
            retry::compare_strategies(&old.catalog, &new.catalog, &mut found);
            tags::compare_groups(&old.catalog, &new.catalog, &mut found);
            catalog::compare(&old.catalog, &new.catalog, &mut found);
        } else {
            surfaces::all_new(&new.catalog, &mut found);
        }
        let mut changes = found.changes;
        changes.sort_by_key(|change| std::cmp::Reverse(change.rule.class));
        let class = changes.first().map(|change| change.rule.class);
        let due = Due::new(old.as_ref().map(|old| &old.catalog), &new.catalog, class);
        Self { since, old, name, new, changes, due }
    }

    /// The path of the new catalog.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The class of the most serious change; `None` if nothing changed.
    #[must_use]
    pub fn class(&self) -> Option<Class> {
        Some(self.changes.first()?.rule.class)
    }

    /// The number of changes of a class.
    #[must_use]
    pub fn count(&self, class: Class) -> usize {
        self.changes.iter().filter(|change| change.rule.class == class).count()
    }

    /// Whether there is a change of a rule.
    #[must_use]
    pub fn has(&self, rule: &str) -> bool {
        self.changes.iter().any(|change| change.rule.name == rule)
    }

    /// Whether the version of the new catalog says how much changed.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.due.problem.is_none()
    }

    /// What is wrong with the version of the new catalog, if changes of the class `least` and more serious
    /// ones count.
    #[must_use]
    pub fn problem(&self, least: Class) -> Option<&str> {
        let counts = self.due.is_lower || self.class() >= Some(least);
        self.due.problem.as_deref().filter(|_| counts)
    }

    /// The lowest version that says how much changed: that of the old catalog if nothing did.
    #[must_use]
    pub fn next_version(&self) -> &str {
        &self.due.next
    }
}
