//! Groups of errors.

use std::collections::BTreeSet;

use super::found::{Change, Found, Place};
use super::matched::{Matched, code_or_name};
use super::texts::TEXT_CHANGED;
use super::{ChangeRule, Class};
use crate::catalog::{Catalog, Entry, Tag};
use crate::text::spans::code_span;

const TAG_REMOVED: ChangeRule = ChangeRule {
    name: "tag-removed",
    class: Class::Breaking,
    what: "a group that is gone",
    why: "The function that asks for it is gone.",
    fields: &["catalog.tags"],
};
const TAG_ADDED: ChangeRule = ChangeRule {
    name: "tag-added",
    class: Class::Additive,
    what: "a new group",
    why: "Nothing that was there changes.",
    fields: &["catalog.tags"],
};
const TAG_TAKEN: ChangeRule = ChangeRule {
    name: "tag-taken",
    class: Class::Breaking,
    what: "an error that is no longer in a group",
    why: "Code that handles the group no longer handles this error.",
    fields: &["error.tags"],
};
const TAG_GIVEN: ChangeRule = ChangeRule {
    name: "tag-given",
    class: Class::Additive,
    what: "an error that is in another group too",
    why: "Code that handles the group handles this error too.",
    fields: &["error.tags"],
};

pub(super) const RULES: &[&ChangeRule] = &[&TAG_REMOVED, &TAG_ADDED, &TAG_TAKEN, &TAG_GIVEN];

pub(super) fn compare_groups(old: &Catalog, new: &Catalog, found: &mut Found) {
    let used: BTreeSet<&str> = old
        .surfaces
        .iter()
        .flat_map(|surface| &surface.errors)
        .flat_map(|entry| entry.tags.iter().map(|tag| tag.value.as_str()))
        .collect();
    for gone in missing(old, new) {
        let name = code_span(&gone.name.value);
        if !used.contains(gone.name.value.as_str()) {
            let message = format!("the group {name}, which no error was in, is gone");
            found.push(Change::new(&TEXT_CHANGED, Place::Old(gone.name.at), message));
            continue;
        }
        let message = format!("the group {name} is gone");
        let change = Change::new(&TAG_REMOVED, Place::Old(gone.name.at), message);
        found.push(change.note(format!("gone with it: `is_{}()`", gone.name.value)));
    }
    for added in missing(new, old) {
        let message = format!("there is a new group, {}", code_span(&added.name.value));
        found.push(Change::new(&TAG_ADDED, Place::New(added.name.at), message));
    }
}

/// The groups of one catalog that another doesn't have.
fn missing<'c>(of: &'c Catalog, other: &'c Catalog) -> impl Iterator<Item = &'c Tag> {
    let has = |tag: &&Tag| other.tags.iter().flatten().any(|one| one.name.value == tag.name.value);
    of.tags.iter().flatten().filter(move |tag| !has(tag))
}

/// Compares the groups of errors. `is_gone` tells which groups the catalog no longer has.
pub(super) fn compare(matched: &Matched, new_catalog: &Catalog, found: &mut Found) {
    for (old, new) in &matched.pairs {
        let lacks = |entry: &Entry, tag: &str| entry.tags.iter().all(|one| one.value != tag);
        let exists = |tag: &str| new_catalog.tags.iter().flatten().any(|one| one.name.value == tag);
        let who = code_or_name(new);
        for tag in old.tags.iter().filter(|tag| lacks(new, &tag.value) && exists(&tag.value)) {
            let message = format!("{who} is no longer in the group {}", code_span(&tag.value));
            found.push(Change::new(&TAG_TAKEN, Place::Old(tag.at), message).of(new));
        }
        for tag in new.tags.iter().filter(|tag| lacks(old, &tag.value)) {
            let message = format!("{who} is in the group {} too", code_span(&tag.value));
            found.push(Change::new(&TAG_GIVEN, Place::New(tag.at), message).of(new));
        }
    }
}
