//! APIs as a whole: whether they are there, what tells their errors apart, and how their responses are sent.

use std::collections::{BTreeMap, BTreeSet};

use super::found::{Change, Found, Place};
use super::matched::{Pair, id, matched};
use super::{
    ChangeRule, Class, body, errors, links, operations, retired, retry, statuses, tags, texts,
    values,
};
use crate::catalog::{Catalog, Entry, Key, Surface, text};
use crate::text::spans::code_span;
use crate::text::words::counted;

pub(super) const SURFACE_REMOVED: ChangeRule = ChangeRule {
    name: "surface-removed",
    class: Class::Breaking,
    what: "an API that is gone, or has another `id`",
    why: "Its module, types, functions, components and links are gone.",
    fields: &["catalog.surfaces", "surface.id", "surface.shape"],
};
const SURFACE_ADDED: ChangeRule = ChangeRule {
    name: "surface-added",
    class: Class::Additive,
    what: "a new API",
    why: "Nothing that was there changes.",
    fields: &["catalog.surfaces", "surface.id", "surface.shape"],
};
const KEY_CHANGED: ChangeRule = ChangeRule {
    name: "key-changed",
    class: Class::Breaking,
    what: "another way to tell the errors of an API apart: by their codes, by the status, or by either",
    why: "The type `Code` and its functions become `ErrorName`, or the other way round, and clients find errors in \
          another way.",
    fields: &["shape.body"],
};
const MEDIA_TYPE_CHANGED: ChangeRule = ChangeRule {
    name: "media-type-changed",
    class: Class::Breaking,
    what: "another `media_type`",
    why: "Clients that check the `Content-Type` take the response for something else.",
    fields: &["shape.media_type"],
};
const ABSENT_REMOVED: ChangeRule = ChangeRule {
    name: "absent-removed",
    class: Class::Breaking,
    what: "a text that no longer stands for an absent member",
    why: "Clients get that text as a value.",
    fields: &["shape.absent"],
};
const ABSENT_ADDED: ChangeRule = ChangeRule {
    name: "absent-added",
    class: Class::Additive,
    what: "a text that now stands for an absent member",
    why: "Clients no longer get that text as a value. It never was one.",
    fields: &["shape.absent"],
};

pub(super) const RULES: &[&ChangeRule] = &[
    &SURFACE_REMOVED,
    &SURFACE_ADDED,
    &KEY_CHANGED,
    &MEDIA_TYPE_CHANGED,
    &ABSENT_REMOVED,
    &ABSENT_ADDED,
];

pub(super) fn compare(old: &Catalog, new: &Catalog, found: &mut Found) {
    let (olds, news) = (by_id(old), by_id(new));
    for surface in &old.surfaces {
        if let Some(other) = news.get(id(surface)).copied() {
            found.enter(Some(other));
            let pair = Pair { old_catalog: old, new_catalog: new, old: surface, new: other };
            compare_pair(pair, found);
        } else {
            found.enter(None);
            found.push(removed(surface, new));
        }
    }
    added(new.surfaces.iter().filter(|surface| !olds.contains_key(id(surface))), found);
}

/// Reports each API of a catalog that is new.
pub(super) fn all_new(catalog: &Catalog, found: &mut Found) {
    added(catalog.surfaces.iter(), found);
}

fn added<'c>(surfaces: impl Iterator<Item = &'c Surface>, found: &mut Found) {
    for surface in surfaces {
        found.enter(Some(surface));
        let message = format!("there is a new API with {}", counted(surface.errors.len(), "error"));
        found.push(Change::new(&SURFACE_ADDED, Place::New(surface.range.start), message));
    }
    found.enter(None);
}

fn removed(surface: &Surface, new: &Catalog) -> Change {
    let old = id(surface);
    let message = format!(
        "the API {} is gone, with {}",
        code_span(old),
        counted(surface.errors.len(), "error")
    );
    let mut change = Change::new(&SURFACE_REMOVED, Place::Old(surface.range.start), message)
        .note(format!("gone with it: the module `{old}`, its types, and all links to `#{old}-…`"));
    change.surface = Some(old.to_owned());
    // The same errors under another id.
    let names = |surface: &Surface| -> BTreeSet<String> {
        surface.errors.iter().filter_map(Entry::name).map(str::to_owned).collect()
    };
    let own = names(surface);
    match new.surfaces.iter().find(|other| !own.is_empty() && names(other) == own) {
        Some(other) => {
            change.help(format!("`{}` has the same errors: keep the id `{old}`", id(other)))
        }
        None => change,
    }
}

fn compare_pair(pair: Pair, found: &mut Found) {
    let Pair { old, new, .. } = pair;
    let (before, after) = (old.key(), new.key());
    let is_same_key = before == after;
    if !is_same_key && let (Some(before), Some(after)) = (before, after) {
        let at = new.shape.body.as_ref().map_or(new.range.start, |body| body.at);
        let message = format!(
            "clients tell errors apart by {} now; it was {}",
            key_words(after),
            key_words(before)
        );
        found.push(
            Change::new(&KEY_CHANGED, Place::New(at), message).note(renamed_types(before, after)),
        );
    }
    let matched = matched(pair);
    errors::compare(pair, &matched, found);
    links::compare(pair, &matched, found);
    statuses::compare(pair, &matched, found);
    let reported = if is_same_key { body::compare(pair, &matched, found) } else { BTreeSet::new() };
    values::compare(pair, &matched, found);
    retry::compare(pair, &matched, found);
    tags::compare(&matched, pair.new_catalog, found);
    media_type(old, new, found);
    absent(old, new, found);
    operations::compare(pair, &matched, found);
    retired::compare(pair, found);
    texts::compare(&matched, &reported, found);
    texts::compare_surfaces(old, new, found);
}

fn key_words(key: Key) -> &'static str {
    match key {
        Key::Code => "their codes",
        Key::Status => "the status",
        Key::CodeOrStatus => "the code, or the status if there is none",
    }
}

fn renamed_types(before: Key, after: Key) -> String {
    let name = |key| if key == Key::Code { "Code" } else { "ErrorName" };
    let (before, after) = (name(before), name(after));
    if before == after {
        "clients find errors in another way".to_owned()
    } else {
        format!("`{before}` becomes `{after}`: code that names it doesn't compile")
    }
}

fn media_type(old: &Surface, new: &Surface, found: &mut Found) {
    let default = "application/json";
    let before = text(old.shape.media_type.as_ref()).unwrap_or(default);
    let after = text(new.shape.media_type.as_ref()).unwrap_or(default);
    if before != after {
        let at = new.shape.media_type.as_ref().map_or(new.range.start, |text| text.at);
        let message = format!("the media type was {before}, and is {after}");
        found.push(Change::new(&MEDIA_TYPE_CHANGED, Place::New(at), message));
    }
}

fn absent(old: &Surface, new: &Surface, found: &mut Found) {
    let (before, after) = (&old.shape.absent, &new.shape.absent);
    for gone in before.iter().filter(|one| after.iter().all(|other| other.value != one.value)) {
        let message =
            format!("{} is a value again, and not an absent member", code_span(&gone.value));
        found.push(Change::new(&ABSENT_REMOVED, Place::Old(gone.at), message));
    }
    for added in after.iter().filter(|one| before.iter().all(|other| other.value != one.value)) {
        let message = format!("{} stands for an absent member", code_span(&added.value));
        found.push(Change::new(&ABSENT_ADDED, Place::New(added.at), message));
    }
}

fn by_id(catalog: &Catalog) -> BTreeMap<&str, &Surface> {
    catalog.surfaces.iter().map(|surface| (id(surface), surface)).collect()
}
