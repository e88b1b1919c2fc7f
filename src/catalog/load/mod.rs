//! A document → [`Catalog`]. It reports every problem it meets and goes on, so that the rules can look at
//! the rest.

mod entry;

use std::ops::Range;

use serde_json::{Map, Value as Json};

use super::body::Body;
use super::data::to_json;
use super::retry::Strategy;
use super::status::Pattern;
use super::{
    Catalog, Code, Contact, Operation, Optional, Retired, Shape, Spanned, Surface, Tag, Text,
    example, forms, required, schema as tables,
};
use crate::diagnostic::Report;
use crate::document::{Document, Fields, Typed};
use crate::yaml::{NodeId, Value};
use entry::{Around, entry, named, statuses};

/// Builds the model of a catalog, and reports every problem of its file.
pub(crate) fn load(document: &Document, report: &mut Report) -> Catalog {
    document.check(&tables::CATALOG, report);
    catalog(document.range(), Fields::new(document.fields(), &tables::CATALOG), report)
}

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
        surfaces: fields.items("surfaces").filter_map(|item| surface(item, report)).collect(),
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

fn surface(item: Typed, report: &mut Report) -> Option<Surface> {
    let fields = item.fields()?;
    let errors = fields.get("errors").map(Typed::items);
    let has_codes = errors.as_ref().is_some_and(|errors| most_have_codes(errors));
    let shape = shape(fields.fields("shape"), has_codes, report);
    let statuses = fields.optional("status", statuses);
    let around = Around {
        body: shape.body.as_ref(),
        params: required(shape.body.as_ref().map(Body::all_params)),
        statuses: statuses.given().map_or(&[], |statuses| &statuses.value),
    };
    let has_all_errors = errors
        .as_ref()
        .is_some_and(|errors| !errors.is_empty() && errors.iter().all(Option::is_some));
    let errors = errors.into_iter().flatten().flatten();
    Some(Surface {
        range: item.node.at..item.node.end,
        id: fields.text("id"),
        title: fields.text("title"),
        intro: fields.text("intro"),
        servers: fields.texts("servers"),
        errors: errors.filter_map(|item| entry(item, &around, report)).collect(),
        has_all_errors,
        statuses,
        no_errors: empty_list(fields, "errors"),
        retired: fields.items("retired").filter_map(retired).collect(),
        operations: named(fields, "operations").map(operation).collect(),
        meta: meta(fields, report),
        allow: allow(fields),
        shape,
    })
}

/// Whether most errors have a code. If the body then has no `<code>`, the body is the mistake, and not the
/// code in the sample.
fn most_have_codes(errors: &[Option<Typed>]) -> bool {
    let has_code =
        |error: &&Typed| error.fields().is_some_and(|fields| fields.get("code").is_some());
    errors.iter().flatten().filter(has_code).count() * 2 > errors.len()
}

fn shape(fields: Option<Fields>, has_codes: bool, report: &mut Report) -> Shape {
    let Some(fields) = fields else { return Shape::default() };
    let body = fields.get("body").and_then(|body| Body::parse(body.node, report));
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
        media_type: fields.text("media_type"),
        absent: fields.texts("absent"),
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
