//! What templates see, and what `catalog.json` holds: the catalog with everything resolved. These
//! names are a promise to every template and reader (version 1). Never formats, never escapes.

use serde::Serialize;
use serde_json::Value as Json;

use crate::catalog::body::{self, CodeSpot, Filler, Part, Step, Type};
use crate::catalog::retry::{Backoff, Verdict, verdict};
use crate::catalog::{self as model, Code, status};

/// The whole catalog.
#[derive(Debug, Serialize)]
pub(crate) struct Catalog<'c> {
    /// The version of this structure.
    errcat: u32,
    product: &'c str,
    version: &'c str,
    title: &'c str,
    intro: Option<&'c str>,
    /// The URL of the docs page.
    docs: Option<&'c str>,
    contact: Option<Contact<'c>>,
    /// SPDX expression.
    license: Option<&'c str>,
    retry: Option<Strategy>,
    /// Groups of errors.
    tags: Vec<Tag<'c>>,
    surfaces: Vec<Surface<'c>>,
}

#[derive(Debug, Serialize)]
struct Contact<'c> {
    name: Option<&'c str>,
    url: Option<&'c str>,
    email: Option<&'c str>,
}

/// The retry strategy. Times are in milliseconds.
#[derive(Debug, Serialize)]
struct Strategy {
    /// Numbers, and `4xx` or `5xx`.
    statuses: Vec<Json>,
    /// The classes that are not retried, but for some statuses.
    permanent: Vec<Permanent>,
    initial_ms: u64,
    max_ms: u64,
    factor: u64,
    retries: u64,
    /// The waits before each retry, without jitter; at most 20 are listed.
    waits_ms: Vec<u64>,
}

#[derive(Debug, Serialize)]
struct Permanent {
    statuses: String,
    except: Vec<u16>,
}

#[derive(Debug, Serialize)]
struct Tag<'c> {
    name: &'c str,
    meaning: &'c str,
}

/// One API with one body shape.
#[derive(Debug, Serialize)]
struct Surface<'c> {
    id: &'c str,
    title: &'c str,
    intro: Option<&'c str>,
    /// Base URLs.
    servers: Vec<&'c str>,
    /// What tells its errors apart: `code` or `status`.
    keyed_by: &'static str,
    shape: Shape<'c>,
    errors: Vec<Entry<'c>>,
    retired: Vec<Retired<'c>>,
}

/// How the error responses of a surface look.
#[derive(Debug, Serialize)]
struct Shape<'c> {
    /// A clause that the sample completes.
    intro: Option<&'c str>,
    media_type: &'c str,
    /// A body with every member.
    sample: Json,
    /// Where the code stands; null on a surface that is keyed by status.
    code: Option<CodePlace<'c>>,
    /// The values given per occurrence.
    placeholders: Vec<Placeholder<'c>>,
    /// The body itself first, then each object in it.
    objects: Vec<Object<'c>>,
}

#[derive(Debug, Serialize)]
struct CodePlace<'c> {
    /// `text` or `integer`.
    r#type: &'static str,
    /// The way down the body: keys, and 0 for the first element of a list.
    path: Vec<Json>,
    /// Literal text before the code.
    prefix: &'c str,
    /// Literal text after the code.
    suffix: &'c str,
}

#[derive(Debug, Serialize)]
struct Placeholder<'c> {
    name: &'c str,
    /// `text`, `integer`, `boolean` or `any`.
    r#type: &'static str,
    optional: bool,
}

/// An object in a body.
#[derive(Debug, Serialize)]
struct Object<'c> {
    /// The keys that lead to it, with a space between; empty for the body itself.
    name: String,
    members: Vec<Member<'c>>,
}

#[derive(Debug, Serialize)]
struct Member<'c> {
    key: &'c str,
    /// It may be absent or null.
    optional: bool,
    value: Content<'c>,
}

/// What a member holds.
#[derive(Debug, Default, Serialize)]
struct Content<'c> {
    /// `text`, `integer`, `number`, `boolean`, `null`, `any`, `object` or `list`.
    r#type: &'static str,
    /// Of an object: its name among the shape's objects.
    object: Option<String>,
    /// Of a list: what each element is.
    of: Option<Box<Content<'c>>>,
    /// What fills the value whole: `code`, `status`, `meaning`, `fix`, `docs_url` or `param`; null
    /// if it is literal, or text with several parts.
    filled_by: Option<&'static str>,
    /// The name of the placeholder, if `filled_by` is `param`.
    param: Option<&'c str>,
    /// Literal data.
    literal: Option<&'c Json>,
    /// Text with something filled in.
    parts: Option<Vec<TextPart<'c>>>,
}

#[derive(Debug, Serialize)]
struct TextPart<'c> {
    text: Option<&'c str>,
    /// As in a member's value; null for literal text.
    filled_by: Option<&'static str>,
    param: Option<&'c str>,
}

/// One error.
#[derive(Debug, Serialize)]
struct Entry<'c> {
    /// The code in the body: text, an integer, or null on a surface that is keyed by status.
    code: Option<Json>,
    /// The name in identifiers; unique in its surface.
    name: String,
    /// The anchor in the docs; unique in the catalog.
    anchor: String,
    docs_url: Option<String>,
    /// The status a server sends unless told another.
    status: u16,
    /// Every status it is sent with.
    statuses: Vec<u16>,
    meaning: &'c str,
    fix: &'c str,
    retryable: bool,
    /// `never`, `backoff` or `after`.
    verdict: &'static str,
    /// The numbers of the verdict; null for `never`.
    retry: Option<Retry>,
    params: Vec<Param<'c>>,
    tags: Vec<&'c str>,
    /// Paragraphs.
    doc: &'c [String],
    since: Option<&'c str>,
    deprecated: Option<Deprecation<'c>>,
    /// A response body.
    body: Json,
}

/// Retry advice in numbers. Times are in milliseconds.
#[derive(Debug, Serialize)]
struct Retry {
    after_ms: Option<u64>,
    initial_ms: u64,
    max_ms: u64,
    factor: u64,
    retries: u64,
}

#[derive(Debug, Serialize)]
struct Param<'c> {
    name: &'c str,
    meaning: &'c str,
    example: Option<&'c Json>,
}

#[derive(Debug, Serialize)]
struct Deprecation<'c> {
    since: Option<&'c str>,
    r#use: Option<&'c str>,
    note: Option<&'c str>,
}

/// A code that may never be used again.
#[derive(Debug, Serialize)]
struct Retired<'c> {
    code: Json,
    anchor: String,
    r#use: Option<&'c str>,
    note: Option<&'c str>,
}

/// Resolves a catalog that passed every rule.
pub(crate) fn build(catalog: &model::Catalog) -> Catalog<'_> {
    Catalog {
        errcat: 1,
        product: &catalog.product.value,
        version: &catalog.version.value,
        title: &catalog.title.value,
        intro: text(catalog.intro.as_ref()),
        docs: text(catalog.docs.as_ref()),
        contact: catalog.contact.as_ref().map(|contact| Contact {
            name: text(contact.name.as_ref()),
            url: text(contact.url.as_ref()),
            email: text(contact.email.as_ref()),
        }),
        license: text(catalog.license.as_ref()),
        retry: catalog.retry.as_ref().map(strategy),
        tags: catalog
            .tags
            .iter()
            .map(|tag| Tag { name: &tag.name.value, meaning: &tag.meaning.value })
            .collect(),
        surfaces: catalog.surfaces.iter().map(|one| surface(catalog, one)).collect(),
    }
}

fn text(text: Option<&model::Text>) -> Option<&str> {
    text.map(|text| text.value.as_str())
}

fn strategy(strategy: &model::retry::Strategy) -> Strategy {
    let pattern = |pattern: status::Pattern| match pattern {
        status::Pattern::One(status) => Json::from(status),
        status::Pattern::Class(_) => Json::from(pattern.to_string()),
    };
    Strategy {
        statuses: strategy.statuses.iter().map(|one| pattern(one.value)).collect(),
        permanent: strategy
            .permanent()
            .into_iter()
            .map(|(class, except)| Permanent { statuses: class.to_string(), except })
            .collect(),
        initial_ms: strategy.initial.value,
        max_ms: strategy.max.value,
        factor: strategy.factor.value,
        retries: strategy.retries.value,
        waits_ms: strategy.waits(),
    }
}

fn surface<'c>(catalog: &'c model::Catalog, surface: &'c model::Surface) -> Surface<'c> {
    Surface {
        id: &surface.id.value,
        title: &surface.title.value,
        intro: text(surface.intro.as_ref()),
        servers: surface.servers.iter().map(|url| url.value.as_str()).collect(),
        keyed_by: if surface.is_keyed_by_code() { "code" } else { "status" },
        shape: shape(catalog, surface),
        errors: surface.errors.iter().map(|one| entry(catalog, surface, one)).collect(),
        retired: surface
            .retired
            .iter()
            .map(|retired| Retired {
                code: code(&retired.code.value),
                anchor: anchor(surface, &retired.code.value.to_string()),
                r#use: text(retired.instead.as_ref()),
                note: text(retired.note.as_ref()),
            })
            .collect(),
    }
}

/// The anchor of an error in the docs, and the only place that makes one.
fn anchor(surface: &model::Surface, name: &str) -> String {
    format!("{}-{name}", surface.id.value)
}

fn code(code: &Code) -> Json {
    match code {
        Code::Text(code) => Json::from(code.as_str()),
        Code::Integer(code) => Json::from(*code),
    }
}

fn entry<'c>(
    catalog: &'c model::Catalog,
    surface: &'c model::Surface,
    entry: &'c model::Entry,
) -> Entry<'c> {
    let name = entry.name().unwrap_or_default();
    let anchor = anchor(surface, &name);
    let statuses: Vec<u16> = entry.statuses.iter().map(|status| status.value).collect();
    let (verdict, retry) = match verdict(catalog, entry) {
        Verdict::Never => ("never", None),
        Verdict::Backoff(backoff) => ("backoff", Some(retry(backoff, None))),
        Verdict::After(after, backoff) => ("after", Some(retry(backoff, Some(after)))),
    };
    Entry {
        code: entry.code.as_ref().map(|one| code(&one.value)),
        docs_url: docs_url(catalog, &anchor),
        body: entry_body(catalog, surface, entry),
        name,
        anchor,
        status: statuses.first().copied().unwrap_or_default(),
        statuses,
        meaning: &entry.meaning.value,
        fix: &entry.fix.value,
        retryable: entry.retryable.value,
        verdict,
        retry,
        params: entry
            .params
            .iter()
            .map(|param| Param {
                name: &param.name.value,
                meaning: &param.meaning.value,
                example: param.example.as_ref(),
            })
            .collect(),
        tags: entry.tags.iter().map(|tag| tag.value.as_str()).collect(),
        doc: &entry.doc,
        since: text(entry.since.as_ref()),
        deprecated: entry.deprecated.as_ref().map(|deprecated| Deprecation {
            since: text(deprecated.since.as_ref()),
            r#use: text(deprecated.instead.as_ref()),
            note: text(deprecated.note.as_ref()),
        }),
    }
}

fn retry(backoff: Backoff, after_ms: Option<u64>) -> Retry {
    Retry {
        after_ms,
        initial_ms: backoff.initial,
        max_ms: backoff.max,
        factor: backoff.factor,
        retries: backoff.retries,
    }
}

fn docs_url(catalog: &model::Catalog, anchor: &str) -> Option<String> {
    catalog.docs.as_ref().map(|docs| format!("{}#{anchor}", docs.value))
}

/// What stands for text that is given per occurrence.
const ELLIPSIS: &str = "...";

/// A sample body of an error: the shape's example if it is of this error, else made from the body.
fn entry_body(catalog: &model::Catalog, surface: &model::Surface, entry: &model::Entry) -> Json {
    let own_code = entry.code.as_ref().map(|one| code(&one.value));
    if let (Some(example), Some(spot), Some(own)) =
        (&surface.shape.example, surface.shape.body.code(), &own_code)
        && code_in(example, spot).as_ref() == Some(own)
    {
        return example.clone();
    }
    surface.shape.body.sample(&|filler, kind, optional| {
        let Filler::Occurrence(name) = filler else {
            return built_in(catalog, surface, entry, filler);
        };
        match entry.params.iter().find(|param| param.name.value == *name) {
            Some(param) => Some(param.example.clone().unwrap_or_else(|| stand_in(kind))),
            None => (!optional).then(|| stand_in(kind)),
        }
    })
}

/// A body with every member: the shape's example, else one of its first error.
fn shape_sample(catalog: &model::Catalog, surface: &model::Surface) -> Json {
    if let Some(example) = &surface.shape.example {
        return example.clone();
    }
    surface.shape.body.sample(&|filler, kind, _| match (filler, surface.errors.first()) {
        (Filler::Occurrence(..), _) | (_, None) => Some(stand_in(kind)),
        (_, Some(entry)) => built_in(catalog, surface, entry, filler),
    })
}

fn built_in(
    catalog: &model::Catalog,
    surface: &model::Surface,
    entry: &model::Entry,
    filler: &Filler,
) -> Option<Json> {
    match filler {
        Filler::Code => entry.code.as_ref().map(|one| code(&one.value)),
        Filler::Status => entry.statuses.first().map(|status| Json::from(status.value)),
        Filler::Meaning => Some(Json::from(entry.meaning.value.as_str())),
        Filler::Fix => Some(Json::from(entry.fix.value.as_str())),
        Filler::DocsUrl => docs_url(catalog, &anchor(surface, &entry.name()?)).map(Json::from),
        Filler::Occurrence(..) => None,
    }
}

fn stand_in(kind: Type) -> Json {
    match kind {
        Type::Text | Type::Any => Json::from(ELLIPSIS),
        Type::Integer => Json::from(0),
        Type::Boolean => Json::from(false),
    }
}

/// The code in a body, as the surface's shape says where it stands.
fn code_in(body: &Json, spot: &CodeSpot) -> Option<Json> {
    let mut value = body;
    for step in &spot.path {
        value = match step {
            Step::Member(key) => value.get(key)?,
            Step::First => value.get(0)?,
        };
    }
    if spot.prefix.is_empty() && spot.suffix.is_empty() {
        return Some(value.clone());
    }
    let code = value.as_str()?.strip_prefix(&spot.prefix)?.strip_suffix(&spot.suffix)?;
    Some(code.parse::<i64>().map_or_else(|_| Json::from(code), Json::from))
}

fn shape<'c>(catalog: &'c model::Catalog, surface: &'c model::Surface) -> Shape<'c> {
    let shape = &surface.shape;
    let code_type = if surface.has_integer_codes() { "integer" } else { "text" };
    let mut objects = Vec::new();
    object("", &shape.body.members, code_type, &mut objects);
    Shape {
        intro: text(shape.intro.as_ref()),
        media_type: text(shape.media_type.as_ref()).unwrap_or("application/json"),
        sample: shape_sample(catalog, surface),
        code: shape.body.code().map(|spot| CodePlace {
            r#type: code_type,
            path: spot
                .path
                .iter()
                .map(|step| match step {
                    Step::Member(key) => Json::from(key.as_str()),
                    Step::First => Json::from(0),
                })
                .collect(),
            prefix: &spot.prefix,
            suffix: &spot.suffix,
        }),
        placeholders: shape
            .body
            .occurrences()
            .into_iter()
            .map(|occurrence| Placeholder {
                name: occurrence.name,
                r#type: type_name(occurrence.kind),
                optional: occurrence.optional,
            })
            .collect(),
        objects,
    }
}

fn type_name(kind: Type) -> &'static str {
    match kind {
        Type::Text => "text",
        Type::Integer => "integer",
        Type::Boolean => "boolean",
        Type::Any => "any",
    }
}

/// Adds an object and those in it, outer ones first.
fn object<'c>(
    name: &str,
    members: &'c [body::Member],
    code_type: &'static str,
    objects: &mut Vec<Object<'c>>,
) {
    let index = objects.len();
    objects.push(Object { name: name.to_owned(), members: Vec::new() });
    let members: Vec<Member> = members
        .iter()
        .map(|member| {
            let path =
                if name.is_empty() { member.key.clone() } else { format!("{name} {}", member.key) };
            Member {
                key: &member.key,
                optional: member.optional,
                value: value(path, &member.shape, code_type, objects),
            }
        })
        .collect();
    if let Some(object) = objects.get_mut(index) {
        object.members = members;
    }
}

fn value<'c>(
    path: String,
    shape: &'c body::Shape,
    code_type: &'static str,
    objects: &mut Vec<Object<'c>>,
) -> Content<'c> {
    match shape {
        body::Shape::Object(members) => {
            object(&path, members, code_type, objects);
            Content { r#type: "object", object: Some(path), ..Content::default() }
        }
        body::Shape::List(item) => {
            let of = value(format!("{path} item"), item, code_type, objects);
            Content { r#type: "list", of: Some(Box::new(of)), ..Content::default() }
        }
        body::Shape::Slot(filler, kind) => Content {
            r#type: if *filler == Filler::Code { code_type } else { type_name(*kind) },
            filled_by: Some(filled_by(filler)),
            param: param(filler),
            ..Content::default()
        },
        body::Shape::Text(parts) => Content {
            r#type: "text",
            parts: Some(parts.iter().map(part).collect()),
            ..Content::default()
        },
        body::Shape::Literal(json) => {
            Content { r#type: literal_type(json), literal: Some(json), ..Content::default() }
        }
    }
}

fn part(part: &Part) -> TextPart<'_> {
    match part {
        Part::Literal(text) => TextPart { text: Some(text), filled_by: None, param: None },
        Part::Slot(filler) => {
            TextPart { text: None, filled_by: Some(filled_by(filler)), param: param(filler) }
        }
    }
}

fn filled_by(filler: &Filler) -> &'static str {
    match filler {
        Filler::Code => "code",
        Filler::Status => "status",
        Filler::Meaning => "meaning",
        Filler::Fix => "fix",
        Filler::DocsUrl => "docs_url",
        Filler::Occurrence(_) => "param",
    }
}

fn param(filler: &Filler) -> Option<&str> {
    match filler {
        Filler::Occurrence(name) => Some(name),
        _ => None,
    }
}

fn literal_type(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(number) if number.is_f64() => "number",
        Json::Number(_) => "integer",
        Json::String(_) => "text",
        Json::Array(_) | Json::Object(_) => "any",
    }
}
