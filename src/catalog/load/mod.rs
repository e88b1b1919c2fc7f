//! A document → [`Catalog`]. It reports every problem it meets and goes on, so that the rules can look at
//! the rest.

mod entry;
mod surface;

use std::ops::Range;

use super::data::to_json;
use super::include::Documents;
use super::retry::Strategy;
use super::status::Pattern;
use super::{
    Catalog, Code, Contact, Operation, Optional, Retired, Spanned, Surface, Tag, Text, forms,
    schema as tables,
};
use crate::diagnostic::Report;
use crate::document::{Fields, Typed};
use crate::sorted::SortedSet;
use crate::text::json::{Json, Object};
use crate::yaml::{Node, NodeId, Value};
use surface::surface;

/// Builds the model of a catalog, one of several `documents`, and reports every problem of its file.
pub(super) fn load(documents: &Documents, file: usize, report: &mut Report) -> Option<Catalog> {
    let document = documents.get(file)?;
    document.check(&tables::CATALOG, report);
    let fields = Fields::new(document.fields(), &tables::CATALOG);
    let mut surfaces = Vec::new();
    for (index, item) in fields.get("surfaces").map(Typed::items).into_iter().flatten().enumerate()
    {
        let place = (file, index);
        surfaces.extend(item.and_then(|item| surface(item, documents, place, report)));
    }
    let mut catalog = catalog(document.range(), fields, report);
    for (other, by) in documents.others(file) {
        let Some(other) = documents.get(other) else { continue };
        let fields = Fields::new(other.fields(), &tables::CATALOG);
        let theirs = fields.optional("tags", |tags| Some(documents.copy(tags.node, by)));
        add_tags(&mut catalog, &surfaces, &theirs);
    }
    let entries = surfaces.iter().flat_map(|surface| &surface.errors);
    catalog.own_errors = entries.filter(|entry| !entry.is_included).count();
    catalog.surfaces = surfaces;
    Some(catalog)
}

/// Adds the tags of another catalog that errors included from there have.
fn add_tags(catalog: &mut Catalog, surfaces: &[Surface], theirs: &Optional<Node>) {
    let used: SortedSet<&str> = surfaces
        .iter()
        .flat_map(|surface| surface.errors.iter().filter(|entry| entry.is_included))
        .flat_map(|entry| entry.tags.iter().map(|tag| tag.value.as_str()))
        .collect();
    let theirs = match theirs {
        Optional::Absent => Some(Vec::new()),
        Optional::Broken => None,
        Optional::Given(node) => Typed::new(node, &tables::TAGS).and_then(tags),
    };
    // An error may mean a tag that is broken.
    let (Some(own), Some(theirs)) = (&mut catalog.tags, theirs) else {
        catalog.tags = None;
        return;
    };
    for tag in theirs {
        let name = tag.name.value.as_str();
        if used.contains(name) && own.iter().all(|own| own.name.value != name) {
            own.push(tag);
        }
    }
}

/// A catalog, except its surfaces.
fn catalog(range: Range<NodeId>, fields: Fields, report: &mut Report) -> Catalog {
    Catalog {
        range,
        product: fields.text("product"),
        version: fields.text("version"),
        title: fields.text("title"),
        intro: fields.text("intro"),
        docs: fields.optional("docs", Typed::text),
        contact: fields.fields("contact").map(|fields| Contact {
            name: fields.text("name"),
            url: fields.text("url"),
            email: fields.text("email"),
        }),
        license: fields.text("license"),
        retry: fields.optional("retry", |retry| retry.fields().map(strategy)),
        tags: match fields.optional("tags", tags) {
            Optional::Absent => Some(Vec::new()),
            Optional::Broken => None,
            Optional::Given(tags) => Some(tags),
        },
        surfaces: Vec::new(),
        own_errors: 0,
        no_surfaces: empty_list(fields, "surfaces"),
        meta: meta(fields, report),
        allow: allow(fields),
    }
}

fn strategy(fields: Fields) -> Strategy {
    let statuses = fields.get("statuses").and_then(|list| {
        let patterns = list.items().into_iter().map(|item| pattern(item?));
        Some(Spanned { value: patterns.collect::<Option<_>>()?, at: list.node.at })
    });
    Strategy {
        statuses,
        initial: duration(fields, "initial"),
        max: duration(fields, "max"),
        factor: fields.integer("factor"),
        retries: fields.integer("retries"),
    }
}

fn pattern(item: Typed) -> Option<Spanned<Pattern>> {
    let value = match &item.node.value {
        Value::Integer(status) => Pattern::One(u16::try_from(*status).ok()?),
        Value::Text(text) => Pattern::parse(text)?,
        _ => return None,
    };
    Some(Spanned { value, at: item.node.at })
}

fn tags(tags: Typed) -> Option<Vec<Tag>> {
    let tags = tags.named().into_iter().map(|tag| {
        let (name, meaning) = tag?;
        Some(Tag { name, meaning: meaning.and_then(Typed::text) })
    });
    tags.collect()
}

fn allow(fields: Fields) -> Option<Vec<Text>> {
    let names = |list: Typed| list.items().into_iter().map(|item| item?.text()).collect();
    match fields.optional("allow", names) {
        Optional::Absent => Some(Vec::new()),
        Optional::Broken => None,
        Optional::Given(names) => Some(names),
    }
}

fn retired(item: Typed) -> Option<Retired> {
    let fields = item.fields()?;
    Some(Retired {
        code: fields.get("code").and_then(code)?,
        instead: fields.text("use"),
        note: fields.text("note"),
    })
}

fn operation((name, errors): (Text, Option<Typed>)) -> Operation {
    let errors = errors.into_iter().flat_map(Typed::items).flatten();
    Operation { name, errors: errors.filter_map(Typed::text).collect() }
}

/// The author's own data, as an object.
fn meta(fields: Fields, report: &mut Report) -> Json {
    fields.get("meta").map_or_else(|| Object::default().into(), |meta| to_json(meta.node, report))
}

fn code(code: Typed) -> Option<Spanned<Code>> {
    let value = match &code.node.value {
        Value::Integer(code) => Code::Integer(*code),
        Value::Text(code) => Code::Text(code.as_ref().into()),
        _ => return None,
    };
    Some(Spanned { value, at: code.node.at })
}

fn duration(fields: Fields, name: &str) -> Option<Spanned<u64>> {
    milliseconds(fields.get(name)?)
}

fn milliseconds(duration: Typed) -> Option<Spanned<u64>> {
    let Text { value, at } = duration.text()?;
    Some(Spanned { value: forms::milliseconds(&value)?, at })
}

/// The place of a list without items.
fn empty_list(fields: Fields, name: &str) -> Option<NodeId> {
    let node = fields.get(name)?.node;
    matches!(&node.value, Value::List(items) if items.is_empty()).then_some(node.at)
}
