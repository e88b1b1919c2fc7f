//! A document → [`Catalog`]. It reports every problem it meets and goes on, so that the rules can look at
//! the rest.

mod entry;

use std::collections::BTreeSet;
use std::ops::Range;

use serde_json::{Map, Value as Json};

use super::body::Body;
use super::data::to_json;
use super::include::{Documents, Place, UNKNOWN_SHAPE};
use super::retry::Strategy;
use super::status::Pattern;
use super::{
    Catalog, Code, Contact, Entry, Operation, Optional, Retired, Shape, Spanned, Surface, Tag,
    Text, example, forms, required, schema as tables,
};
use crate::diagnostic::{Diagnostic, Report};
use crate::document::{Fields, Typed};
use crate::yaml::{Node, NodeId, Value};
use entry::{Around, entry, named, statuses};

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
    for others in documents.tags_for(file) {
        add_tags(&mut catalog, &surfaces, &others);
    }
    let entries = surfaces.iter().flat_map(|surface| &surface.errors);
    catalog.own_errors = entries.filter(|entry| !entry.is_included).count();
    catalog.surfaces = surfaces;
    Some(catalog)
}

/// Adds the tags of another catalog that errors included from there have.
fn add_tags(catalog: &mut Catalog, surfaces: &[Surface], others: &Node) {
    let used: BTreeSet<&str> = surfaces
        .iter()
        .flat_map(|surface| surface.errors.iter().filter(|entry| entry.is_included))
        .flat_map(|entry| entry.tags.iter().map(|tag| tag.value.as_str()))
        .collect();
    let others = Typed::new(others, &tables::TAGS).and_then(tags);
    // An error may mean a tag that is broken.
    let (Some(own), Some(others)) = (&mut catalog.tags, others) else {
        catalog.tags = None;
        return;
    };
    for tag in others {
        let name = tag.name.value.as_str();
        if used.contains(name) && own.iter().all(|own| own.name.value != name) {
            own.push(tag);
        }
    }
}

/// A catalog, but for its surfaces.
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

fn surface(
    item: Typed,
    documents: &Documents,
    place: Place,
    report: &mut Report,
) -> Option<Surface> {
    let fields = item.fields()?;
    documents.check(place, report);
    let included = documents.included(place);
    let own = fields.get("errors").map(Typed::items).unwrap_or_default();
    let others = included.iter().flat_map(|one| &one.errors);
    let others: Vec<_> = others.map(|error| Typed::new(error, &tables::ERROR)).collect();
    let has_codes = most_have_codes(own.iter().chain(&others));
    let given = fields.optional("shape", Typed::fields);
    let like = given.given().and_then(|shape| like(*shape, documents, place, report));
    let shape = shape(given.given().copied(), like, has_codes, report);
    let statuses = fields.optional("status", statuses);
    let around = Around {
        body: shape.body.as_ref(),
        params: required(shape.body.as_ref().map(Body::all_params)),
        statuses: statuses.given().map_or(&[], |statuses| &statuses.value),
    };
    let has_all_errors =
        !(own.is_empty() && others.is_empty()) && own.iter().chain(&others).all(Option::is_some);
    let mut errors: Vec<Entry> =
        own.into_iter().flatten().filter_map(|item| entry(item, &around, report)).collect();
    let (mut retired, has_all_retired) = all_retired(fields);
    for one in &included {
        // The status of the surface that lists an error goes before that of the one that includes it.
        let theirs = one.statuses.as_ref().and_then(|node| Typed::new(node, &tables::STATUSES));
        let theirs = theirs.and_then(self::statuses);
        let around = match &theirs {
            Some(theirs) => &Around { statuses: &theirs.value, ..around.clone() },
            None => &around,
        };
        let items = one.errors.iter().filter_map(|node| Typed::new(node, &tables::ERROR));
        let entries = items.filter_map(|item| entry(item, around, report));
        errors.extend(entries.map(|entry| Entry { is_included: true, ..entry }));
        let items = one.retired.iter().filter_map(|node| Typed::new(node, &tables::RETIRED_CODE));
        retired.extend(items.filter_map(self::retired));
    }
    Some(Surface {
        range: item.node.at..item.node.end,
        id: fields.text("id"),
        title: fields.text("title"),
        intro: fields.text("intro"),
        servers: fields.texts("servers"),
        errors,
        has_all_errors,
        statuses,
        no_errors: empty_list(fields, "errors").filter(|_| included.is_empty()),
        retired,
        has_all_retired,
        operations: named(fields, "operations").map(operation).collect(),
        meta: meta(fields, report),
        allow: allow(fields),
        is_pool: given.is_absent(),
        shape,
    })
}

/// Whether most errors have a code. If the body then has no `<code>`, the body is the mistake, and not the
/// code in the sample.
fn most_have_codes<'i, 'n: 'i, 't: 'n>(
    errors: impl Iterator<Item = &'i Option<Typed<'n, 't>>> + Clone,
) -> bool {
    let has_code =
        |error: &&Typed| error.fields().is_some_and(|fields| fields.get("code").is_some());
    errors.clone().flatten().filter(has_code).count() * 2 > errors.count()
}

/// The shape of another surface that a shape is like.
fn like<'d, 't>(
    shape: Fields,
    documents: &'d Documents<'t>,
    (file, _): Place,
    report: &mut Report,
) -> Option<Fields<'d, 't>> {
    let like = shape.text("like")?;
    let beside = ["body", "media_type", "absent"].map(|name| Some((name, shape.get(name)?)));
    if let Some((name, other)) = beside.into_iter().flatten().next() {
        let message = format!("with `like`, `{name}` is that of the other surface");
        let problem =
            Diagnostic::new(&UNKNOWN_SHAPE, other.node.at, message, "remove one of the two");
        report.push(problem.also(like.at, "this says which surface"));
    }
    let other = documents.like(file, &like, report)?;
    Some(Fields::new(other, &tables::SHAPE))
}

fn shape(
    fields: Option<Fields>,
    like: Option<Fields>,
    has_codes: bool,
    report: &mut Report,
) -> Shape {
    let Some(fields) = fields else { return Shape::default() };
    // What is wrong with the other shape is reported there.
    let theirs = &mut Report::default();
    let (of, report_of) = match like {
        Some(like) => (like, theirs),
        None => (fields, &mut *report),
    };
    let body = of.get("body").and_then(|body| Body::parse(body.node, report_of));
    let example = fields.get("example").map(|example| {
        if let Some(body) = &body
            && (body.code.is_some() || !has_codes)
            && !report.rejects_within(&(example.node.at..example.node.end))
        {
            example::check(example.node, body, report);
        }
        Spanned { value: to_json(example.node, report), at: example.node.at }
    });
    Shape {
        intro: fields.text("intro"),
        body,
        example,
        media_type: of.text("media_type"),
        absent: of.texts("absent"),
    }
}

fn allow(fields: Fields) -> Option<Vec<Text>> {
    let names = |list: Typed| list.items().into_iter().map(|item| item?.text()).collect();
    match fields.optional("allow", names) {
        Optional::Absent => Some(Vec::new()),
        Optional::Broken => None,
        Optional::Given(names) => Some(names),
    }
}

/// The retired codes of a surface, and whether none of them is broken.
fn all_retired(fields: Fields) -> (Vec<Retired>, bool) {
    let read = |list: Typed| Some(list.items().into_iter().map(|item| retired(item?)).collect());
    match fields.optional("retired", read) {
        Optional::Absent => (Vec::new(), true),
        Optional::Broken => (Vec::new(), false),
        Optional::Given(list) => {
            let list: Vec<Option<Retired>> = list;
            let has_all = list.iter().all(Option::is_some);
            (list.into_iter().flatten().collect(), has_all)
        }
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
    fields.get("meta").map_or_else(|| Json::Object(Map::new()), |meta| to_json(meta.node, report))
}

fn code(code: Typed) -> Option<Spanned<Code>> {
    let value = match &code.node.value {
        Value::Integer(code) => Code::Integer(*code),
        Value::Text(code) => Code::Text(code.clone().into_owned()),
        _ => return None,
    };
    Some(Spanned { value, at: code.node.at })
}

fn duration(fields: Fields, name: &str) -> Option<Spanned<u64>> {
    milliseconds(fields.get(name)?)
}

fn milliseconds(duration: Typed) -> Option<Spanned<u64>> {
    let Spanned { value, at } = duration.text()?;
    Some(Spanned { value: forms::milliseconds(&value)?, at })
}

/// The place of a list without items.
fn empty_list(fields: Fields, name: &str) -> Option<NodeId> {
    let node = fields.get(name)?.node;
    matches!(&node.value, Value::List(items) if items.is_empty()).then_some(node.at)
}
