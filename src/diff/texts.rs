//! Texts and data for people and templates.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};

use super::found::{Change, Found, Place};
use super::matched::{Matched, at, code_or_name, name};
use super::values::{is_for_people, written};
use super::{ChangeRule, Class};
use crate::catalog::{Catalog, Code, Contact, Entry, Operation, Retired, Surface, Tag, Text, text};
use crate::text::spans::code_span;
use crate::text::words::joined;
use crate::yaml::{NodeId, Spanned};

pub(super) const TEXT_CHANGED: ChangeRule = ChangeRule {
    name: "text-changed",
    class: Class::Editorial,
    what: "other texts, examples, addresses or data",
    why: "They are for people and templates. The version doesn't cover them. It doesn't cover texts that are sent, \
          such as `<meaning>`, or the types of texts in TypeScript either.",
    fields: &[
        "catalog.title",
        "catalog.intro",
        "catalog.docs",
        "catalog.product",
        "catalog.contact",
        "contact.name",
        "contact.url",
        "contact.email",
        "catalog.license",
        "catalog.tags",
        "catalog.meta",
        "surface.title",
        "surface.intro",
        "surface.servers",
        "surface.operations",
        "surface.meta",
        "shape.intro",
        "shape.example",
        "error.meaning",
        "error.fix",
        "error.params",
        "param.meaning",
        "param.example",
        "error.values",
        "error.doc",
        "error.see",
        "error.since",
        "error.meta",
        "deprecation.since",
        "deprecation.use",
        "deprecation.note",
        "retired_code.use",
        "retired_code.note",
    ],
};

pub(super) const RULES: &[&ChangeRule] = &[&TEXT_CHANGED];

/// A field that only people read: its name, what it says, and where.
type Field = (&'static str, Json, Option<NodeId>);

fn field<T: AsRef<str>>(name: &'static str, field: Option<&Spanned<T>>) -> Field {
    (name, json!(text(field)), field.map(|text| text.at))
}

fn list<'c>(name: &'static str, texts: impl IntoIterator<Item = &'c Text>) -> Field {
    let texts: Vec<&Text> = texts.into_iter().collect();
    let values: Vec<&str> = texts.iter().map(|text| text.value.as_str()).collect();
    (name, json!(values), texts.first().map(|text| text.at))
}

/// The change of the texts of one thing, if there is one.
fn change(who: &str, before: &[Field], after: &[Field], at: NodeId) -> Option<Change> {
    let changed: Vec<&Field> = before
        .iter()
        .zip(after)
        .filter(|((_, old, _), (_, new, _))| old != new)
        .map(|(_, new)| new)
        .collect();
    let names: Vec<String> = changed.iter().map(|(name, ..)| code_span(name)).collect();
    let place = match changed.as_slice() {
        [] => return None,
        [(_, _, place)] => place.unwrap_or(at),
        _ => at,
    };
    let message = format!("{} of {who} changed", joined(&names, " and "));
    Some(Change::new(&TEXT_CHANGED, Place::New(place), message))
}

pub(super) fn compare_catalogs(old: &Catalog, new: &Catalog, found: &mut Found) {
    let at = new.range.start;
    found.push_all(change("the catalog", &of_catalog(old), &of_catalog(new), at));
    let meaning = |tag: &Tag| [field("meaning", tag.meaning.as_ref())];
    for tag in new.tags.iter().flatten() {
        if let Some(before) = old.tags.iter().flatten().find(|one| one.name.value == tag.name.value)
        {
            let who = format!("the group {}", code_span(&tag.name.value));
            found.push_all(change(&who, &meaning(before), &meaning(tag), tag.name.at));
        }
    }
}

/// Compares one text of the catalog.
pub(super) fn compare_field(
    name: &'static str,
    old: Option<&Text>,
    new: Option<&Text>,
    found: &mut Found,
) {
    let at = new.map_or(NodeId::FIRST, |text| text.at);
    found.push_all(change("the catalog", &[field(name, old)], &[field(name, new)], at));
}

pub(super) fn compare_surfaces(old: &Surface, new: &Surface, found: &mut Found) {
    found.push_all(change("the API", &of_surface(old), &of_surface(new), new.range.start));
    let before: BTreeMap<&Code, &Retired> =
        old.retired.iter().map(|retired| (&retired.code.value, retired)).collect();
    for retired in &new.retired {
        let code = &retired.code;
        if let Some(before) = before.get(&code.value) {
            let who = format!("the retired code {}", code_span(&code.value.to_string()));
            found.push_all(change(&who, &of_retired(before), &of_retired(retired), code.at));
        }
    }
    compare_operations(old, new, found);
}

/// Operations also list retired codes, for the docs.
fn compare_operations(old: &Surface, new: &Surface, found: &mut Found) {
    let retired = [old.retired_names(), new.retired_names()];
    let is_retired = |error: &str| retired.iter().all(|names| names.contains(error));
    let listed = |operation: &Operation| {
        let errors = operation.errors.iter().filter(|error| is_retired(&error.value));
        [list("errors", errors)]
    };
    let before: BTreeMap<&str, &Operation> =
        old.operations.iter().map(|one| (one.name.value.as_str(), one)).collect();
    for operation in &new.operations {
        let name = &operation.name;
        if let Some(before) = before.get(name.value.as_str()) {
            let who = format!("the operation {}", code_span(&name.value));
            found.push_all(change(&who, &listed(before), &listed(operation), name.at));
        }
    }
}

/// `reported` has the names of errors that `arguments-changed` is about. Their new params don't count as new texts.
pub(super) fn compare(matched: &Matched, reported: &BTreeSet<String>, found: &mut Found) {
    for (old, new) in &matched.pairs {
        let is_reported = reported.contains(&name(new));
        let (before, after) = (of_entry(old, new, is_reported), of_entry(new, old, is_reported));
        let change = change(&code_or_name(new), &before, &after, at(new));
        found.push_all(change.map(|change| change.of(new)));
    }
}

fn of_catalog(catalog: &Catalog) -> Vec<Field> {
    let contact = catalog.contact.as_ref();
    let contact = |name, of: fn(&Contact) -> Option<&Text>| field(name, contact.and_then(of));
    vec![
        field("title", catalog.title.as_ref()),
        field("intro", catalog.intro.as_ref()),
        contact("contact.name", |contact| contact.name.as_ref()),
        contact("contact.url", |contact| contact.url.as_ref()),
        contact("contact.email", |contact| contact.email.as_ref()),
        field("license", catalog.license.as_ref()),
        ("meta", json!(catalog.meta), None),
    ]
}

fn of_surface(surface: &Surface) -> Vec<Field> {
    let example = surface.shape.example.as_ref();
    vec![
        field("title", surface.title.as_ref()),
        field("intro", surface.intro.as_ref()),
        list("servers", &surface.servers),
        field("shape.intro", surface.shape.intro.as_ref()),
        (
            "example",
            json!(example.map(|example| &example.value)),
            example.map(|example| example.at),
        ),
        ("meta", json!(surface.meta), None),
    ]
}

fn of_retired(retired: &Retired) -> Vec<Field> {
    vec![field("use", retired.instead.as_ref()), field("note", retired.note.as_ref())]
}

/// The fields of an error. A field is left out if the `other` error lacks it and another rule reports that.
fn of_entry(entry: &Entry, other: &Entry, is_reported: bool) -> Vec<Field> {
    let params: Vec<Json> = entry
        .params
        .iter()
        .filter(|param| {
            !is_reported || other.params.iter().any(|one| one.name.value == param.name.value)
        })
        .map(|param| json!([param.name.value, text(param.meaning.as_ref()), param.example]))
        .collect();
    let values: Vec<[String; 2]> = entry
        .values
        .iter()
        .filter(|value| is_for_people(value) && other.value(&value.name.value).is_some())
        .map(|value| [value.name.value.clone(), written(value)])
        .collect();
    let deprecated = entry.deprecated.as_ref().filter(|_| other.deprecated.is_some());
    let deprecated = deprecated
        .map(|one| [text(one.since.as_ref()), text(one.instead.as_ref()), text(one.note.as_ref())]);
    vec![
        field("meaning", entry.meaning.as_ref()),
        field("fix", entry.fix.given()),
        field("doc", entry.doc.as_ref()),
        list("see", &entry.see),
        field("since", entry.since.as_ref()),
        ("params", json!(params), entry.params.first().map(|param| param.name.at)),
        ("values", json!(values), None),
        ("deprecated", json!(deprecated), None),
        ("meta", json!(entry.meta), None),
    ]
}
