//! YAML → [`Catalog`]: syntax, then types and fields by the tables, then the model. Reports
//! everything it finds; what is missing or broken becomes a stand-in without a place, so that the
//! rules can go on. Never judges what is well formed.

use std::ops::Range;

use super::body::Body;
use super::data::to_json;
use super::retry::{Override, Strategy};
use super::status::Pattern;
use super::{
    Catalog, Code, Contact, Deprecation, Entry, Param, Retired, Shape, Spanned, Surface, Tag, Text,
    example, forms, quoting, schema as tables,
};
use crate::diagnostic::Report;
use crate::document::schema::Form;
use crate::document::{Document, Members};
use crate::yaml::{Node, NodeId, Value};

/// Builds the model of a catalog, and reports every problem of its file.
pub(crate) fn load(document: &Document, report: &mut Report) -> Catalog {
    document.check(&tables::CATALOG, report);
    let catalog = catalog(document.fields(), report);
    quoting::check(document.text, &catalog, report);
    catalog
}

fn catalog(fields: Members, report: &mut Report) -> Catalog {
    Catalog {
        product: required_text(fields, "product"),
        version: required_text(fields, "version"),
        title: required_text(fields, "title"),
        intro: text(fields, "intro"),
        docs: text(fields, "docs"),
        contact: fields.mapping("contact").map(|fields| Contact {
            name: text(fields, "name"),
            url: text(fields, "url"),
            email: text(fields, "email"),
        }),
        license: text(fields, "license"),
        retry: fields.mapping("retry").map(strategy),
        tags: fields.get("tags").map(tags).unwrap_or_default(),
        surfaces_at: fields.get("surfaces").and_then(|node| match &node.value {
            Value::List(items) if items.is_empty() => Some(node.at),
            _ => None,
        }),
        surfaces: each(fields, "surfaces", |range, fields| surface(range, fields, report)),
    }
}

fn strategy(fields: Members) -> Strategy {
    let nodes = fields.list("statuses");
    let statuses = nodes.iter().filter_map(|node| {
        let value = match &node.value {
            Value::Integer(status) => Pattern::One(u16::try_from(*status).ok()?),
            Value::Text(text) => Pattern::parse(text)?,
            _ => return None,
        };
        Some(Spanned { value, at: node.at })
    });
    let mut statuses: Vec<_> = statuses.collect();
    if statuses.len() < nodes.len() || fields.get("statuses").is_none() {
        // Which statuses were meant can't be told, so no error is blamed for its own.
        statuses.extend([4, 5].map(|class| Spanned::nowhere(Pattern::Class(class))));
    }
    Strategy {
        statuses,
        initial: duration(fields, "initial", &forms::WAIT).unwrap_or(Spanned::nowhere(1)),
        max: duration(fields, "max", &forms::WAIT).unwrap_or(Spanned::nowhere(1)),
        factor: number(fields, "factor").unwrap_or(Spanned::nowhere(2)),
        retries: number(fields, "retries").unwrap_or(Spanned::nowhere(1)),
    }
}

fn tags(node: &Node) -> Vec<Tag> {
    let tag = |name: Text, meaning| Tag {
        name,
        meaning: node_text(meaning).unwrap_or(Spanned::nowhere(String::new())),
    };
    if !matches!(node.value, Value::Mapping(_)) {
        return vec![tag(Spanned::nowhere(String::new()), node)];
    }
    let tags = Members::of(node).entries().map(|(name, at, meaning)| {
        let is_id = (forms::ID.holds)(name);
        let at = if is_id { at } else { NodeId::NOWHERE };
        tag(Spanned { value: name.to_owned(), at }, meaning)
    });
    tags.collect()
}

fn surface(range: Range<NodeId>, fields: Members, report: &mut Report) -> Surface {
    let shape = shape(fields.mapping("shape"), report);
    Surface {
        range,
        id: formed(fields, "id", &forms::ID).unwrap_or(Spanned::nowhere(String::new())),
        title: required_text(fields, "title"),
        intro: text(fields, "intro"),
        servers: texts(fields, "servers"),
        errors: each(fields, "errors", |range, fields| entry(range, fields, &shape.body, report)),
        retired: each(fields, "retired", |_, fields| retired(fields)),
        allow: texts(fields, "allow"),
        shape,
    }
}

fn shape(fields: Option<Members>, report: &mut Report) -> Shape {
    let fields = fields.unwrap_or(Members::EMPTY);
    let body = fields.get("body").map_or_else(Body::nowhere, |node| Body::parse(node, report));
    if let Some(node) = fields.get("example") {
        example::check(node, &body, report);
    }
    Shape {
        intro: text(fields, "intro"),
        body,
        example: fields
            .get("example")
            .map(|node| Spanned { value: to_json(node, report), at: node.at }),
        media_type: text(fields, "media_type"),
    }
}

fn entry(range: Range<NodeId>, fields: Members, body: &Body, report: &mut Report) -> Entry {
    Entry {
        range,
        code: fields.get("code").map(code),
        name: formed(fields, "name", &forms::CODE),
        statuses: statuses(fields),
        meaning: required_text(fields, "meaning"),
        fix: required_text(fields, "fix"),
        retryable: match fields.get("retryable") {
            Some(Node { at, value: Value::Boolean(value), .. }) => {
                Spanned { value: *value, at: *at }
            }
            _ => Spanned::nowhere(false),
        },
        retry: fields.mapping("retry").map(|fields| Override {
            after: duration(fields, "after", &forms::AFTER),
            initial: duration(fields, "initial", &forms::WAIT),
            max: duration(fields, "max", &forms::WAIT),
            retries: number(fields, "retries"),
        }),
        params: fields
            .mapping("params")
            .map(|fields| params(fields, body, report))
            .unwrap_or_default(),
        tags: texts(fields, "tags"),
        doc: text(fields, "doc").map(|doc| paragraphs(&doc)).unwrap_or_default(),
        since: text(fields, "since"),
        deprecated: fields.mapping("deprecated").map(|fields| Deprecation {
            since: text(fields, "since"),
            instead: text(fields, "use"),
            note: text(fields, "note"),
        }),
        allow: texts(fields, "allow"),
    }
}

fn statuses(fields: Members) -> Vec<Spanned<u16>> {
    let nodes = match fields.get("status") {
        Some(Node { value: Value::List(items), .. }) => items.as_slice(),
        Some(node) => std::slice::from_ref(node),
        None => &[],
    };
    let statuses: Vec<_> = nodes
        .iter()
        .filter_map(|node| match node.value {
            Value::Integer(status) if (forms::STATUS.min..=forms::STATUS.max).contains(&status) => {
                Some(Spanned { value: u16::try_from(status).ok()?, at: node.at })
            }
            _ => None,
        })
        .collect();
    // A stand-in: that there is none was reported, but for an empty list, which a rule finds.
    if statuses.is_empty() && !nodes.is_empty() { vec![Spanned::nowhere(500)] } else { statuses }
}

fn params(fields: Members, body: &Body, report: &mut Report) -> Vec<Param> {
    let params = fields.entries().map(|(name, at, node)| {
        let name = Spanned { value: name.to_owned(), at };
        match &node.value {
            Value::Mapping(_) => {
                let fields = Members::of(node);
                let meaning = required_text(fields, "meaning");
                let example = fields.get("example").map(|node| {
                    example::check_param(&name.value, node, body, report);
                    to_json(node, report)
                });
                Param { name, meaning, example }
            }
            _ => Param {
                name,
                meaning: node_text(node).unwrap_or(Spanned::nowhere(String::new())),
                example: None,
            },
        }
    });
    params.collect()
}

fn retired(fields: Members) -> Retired {
    Retired {
        code: fields.get("code").map_or(Spanned::nowhere(Code::Integer(0)), code),
        instead: text(fields, "use"),
        note: text(fields, "note"),
    }
}

fn code(node: &Node) -> Spanned<Code> {
    match &node.value {
        Value::Integer(code) => Spanned { value: Code::Integer(*code), at: node.at },
        Value::Text(code) if (forms::CODE.holds)(code) => {
            Spanned { value: Code::Text(code.clone().into_owned()), at: node.at }
        }
        _ => Spanned::nowhere(Code::Text(String::new())),
    }
}

/// Paragraphs stand between blank lines; a single line break is a space.
fn paragraphs(doc: &Text) -> Vec<Text> {
    let lines: Vec<&str> = doc.value.lines().map(str::trim).collect();
    let paragraphs = lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    paragraphs.map(|lines| Spanned { value: lines.join(" "), at: doc.at }).collect()
}

fn each<T>(
    fields: Members,
    name: &str,
    mut read: impl FnMut(Range<NodeId>, Members) -> T,
) -> Vec<T> {
    let items = fields.list(name).iter();
    let mappings = items.filter(|node| matches!(node.value, Value::Mapping(_)));
    mappings.map(|node| read(node.at..node.end, Members::of(node))).collect()
}

fn node_text(node: &Node) -> Option<Text> {
    match &node.value {
        Value::Text(text) => Some(Spanned { value: text.clone().into_owned(), at: node.at }),
        _ => None,
    }
}

fn text(fields: Members, name: &str) -> Option<Text> {
    fields.get(name).and_then(node_text)
}

/// A text of a form; one that has another was reported.
fn formed(fields: Members, name: &str, form: &Form) -> Option<Text> {
    let text = text(fields, name)?;
    Some(if (form.holds)(&text.value) { text } else { Spanned::nowhere(text.value) })
}

fn required_text(fields: Members, name: &str) -> Text {
    text(fields, name).unwrap_or(Spanned::nowhere(String::new()))
}

fn texts(fields: Members, name: &str) -> Vec<Text> {
    fields.list(name).iter().filter_map(node_text).collect()
}

fn duration(fields: Members, name: &str, form: &Form) -> Option<Spanned<u64>> {
    let text = text(fields, name)?;
    let ms = forms::milliseconds(&text.value).filter(|_| (form.holds)(&text.value));
    Some(ms.map_or(Spanned::nowhere(1), |value| Spanned { value, at: text.at }))
}

fn number(fields: Members, name: &str) -> Option<Spanned<u64>> {
    let node = fields.get(name)?;
    match node.value {
        Value::Integer(value) => Some(Spanned { value: u64::try_from(value).ok()?, at: node.at }),
        _ => None,
    }
}
