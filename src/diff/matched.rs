//! Which API and which error of one catalog is which of the other, and what messages call them.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{Catalog, Code, Entry, Optional, Surface, text};
use crate::text::ident::{Case, in_case};
use crate::text::spans::code_span;
use crate::yaml::NodeId;

/// An API in both catalogs.
#[derive(Clone, Copy)]
pub(super) struct Pair<'c> {
    pub old_catalog: &'c Catalog,
    pub new_catalog: &'c Catalog,
    pub old: &'c Surface,
    pub new: &'c Surface,
}

/// The errors of an API that are in both catalogs, and those that are in one.
pub(super) struct Matched<'c> {
    /// The old and the new one, in the order of the old catalog.
    pub pairs: Vec<(&'c Entry, &'c Entry)>,
    /// The names of those that are gone.
    pub removed: BTreeSet<String>,
    /// The names of those that are new.
    pub added: BTreeSet<String>,
}

/// Matches errors by their names, the others by their codes, or their statuses if they have none, and the rest by
/// their names in another spelling.
pub(super) fn matched(pair: Pair<'_>) -> Matched<'_> {
    let Pair { old, new, .. } = pair;
    let ways: [fn(&Entry) -> Option<String>; 4] = [
        |entry| Some(name(entry)),
        |entry| code(entry).map(Code::to_string),
        |entry| {
            let status = entry.statuses.first().filter(|_| code(entry).is_none());
            status.map(|status| status.value.to_string())
        },
        identifier,
    ];
    let mut partners: Vec<Option<&Entry>> = vec![None; old.errors.len()];
    let mut free: BTreeMap<String, &Entry> =
        new.errors.iter().map(|one| (name(one), one)).collect();
    for key in ways {
        let keyed = free.values().filter_map(|entry| Some((key(entry)?, *entry)));
        let keyed: BTreeMap<String, &Entry> = keyed.collect();
        let unmatched =
            old.errors.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none());
        for (entry, partner) in unmatched {
            let other = key(entry).and_then(|key| keyed.get(&key).copied());
            *partner = other.filter(|other| free.remove(&name(other)).is_some());
        }
    }
    let mut matched =
        Matched { pairs: Vec::new(), removed: BTreeSet::new(), added: free.into_keys().collect() };
    for (entry, partner) in old.errors.iter().zip(partners) {
        match partner {
            Some(partner) => matched.pairs.push((entry, partner)),
            None => {
                matched.removed.insert(name(entry));
            }
        }
    }
    matched
}

/// The id of an API. One without problems has one.
pub(super) fn id(surface: &Surface) -> &str {
    text(surface.id.as_ref()).unwrap_or_default()
}

/// The name of an error in code, whatever its case.
pub(super) fn identifier(entry: &Entry) -> Option<String> {
    in_case(&name(entry), Case::Snake)
}

/// The code or name of an error, and its statuses.
pub(super) fn titled(entry: &Entry) -> String {
    let statuses = entry.statuses.iter().map(|status| status.value.to_string());
    let statuses = statuses.collect::<Vec<_>>().join(", ");
    format!("{} ({statuses})", code_or_name(entry))
}

/// The code of an error, or else its name.
pub(super) fn code_or_name(entry: &Entry) -> String {
    code(entry).map_or_else(|| code_span(&name(entry)), quoted)
}

/// The place to show for an error: its code, or else what it begins with.
pub(super) fn at(entry: &Entry) -> NodeId {
    match (&entry.code, &entry.own_name) {
        (Optional::Given(code), _) => code.at,
        (_, Optional::Given(name)) => name.at,
        _ => entry.statuses.first().map_or(entry.range.start, |status| status.at),
    }
}

/// The name of an error. One without problems has one.
pub(super) fn name(entry: &Entry) -> String {
    entry.name().unwrap_or_default().to_owned()
}

/// The code of an error, if it has one.
pub(super) fn code(entry: &Entry) -> Option<&Code> {
    Some(&entry.code.given()?.value)
}

/// A code in a message.
pub(super) fn quoted(code: &Code) -> String {
    code_span(&code.to_string())
}
