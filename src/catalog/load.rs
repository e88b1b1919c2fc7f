//! A document → [`Catalog`]. It reports every problem it meets and goes on, so that the rules can look at
//! the rest.

use super::body::Body;
use super::data::to_json;
use super::retry::{Override, Strategy};
use super::status::Pattern;
use super::{
    Catalog, Code, Contact, Deprecation, Entry, Optional, Param, Retired, Shape, Spanned, Surface,
    Tag, Text, example, forms, is_told_by_status, schema as tables,
};
use crate::diagnostic::{Diagnostic, Report};
use crate::document::{Document, Fields, Typed};
use crate::yaml::{NodeId, Value};

/// Builds the model of a catalog, and reports every problem of its file.
pub(crate) fn load(document: &Document, report: &mut Report) -> Catalog {
    document.check(&tables::CATALOG, report);
    catalog(Fields::new(document.fields(), &tables::CATALOG), report)
}

fn catalog(fields: Fields, report: &mut Report) -> Catalog {
    Catalog {
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
        statuses: statuses.given().map_or(&[], |statuses| &statuses.value),
        has_codes,
    };
    around.check_statuses(around.statuses, false, report);
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

/// What an error has from its surface.
struct Around<'s> {
    body: Option<&'s Body>,
    /// The statuses of errors that have none of their own.
    statuses: &'s [Spanned<u16>],
    /// Whether most errors have a code.
    has_codes: bool,
}

impl Around<'_> {
    /// Reports statuses that don't tell that a response is an error, where nothing else does.
    fn check_statuses(&self, statuses: &[Spanned<u16>], has_no_code: bool, report: &mut Report) {
        let Some(body) = self.body else { return };
        // The rule unexpected-code says that the body lacks a `<code>`.
        let is_told =
            is_told_by_status(body, has_no_code) && !(self.has_codes && body.code.is_none());
        for low in statuses.iter().filter(|status| is_told && status.value < 400) {
            let message = format!("the status {} doesn't tell that this is an error", low.value);
            let help = "use a status from 400 to 599; lower ones need a code in the body";
            report.push(Diagnostic::new(&forms::STATUS_RANGE, low.at, message, help));
        }
    }
}

/// The statuses of an error or a surface.
fn statuses(list: Typed) -> Option<Spanned<Vec<Spanned<u16>>>> {
    let statuses = list.items().into_iter().map(|item| item?.integer()).collect::<Option<_>>()?;
    Some(Spanned { value: statuses, at: list.node.at })
}

fn entry(item: Typed, around: &Around, report: &mut Report) -> Option<Entry> {
    let fields = item.fields()?;
    let code = fields.optional("code", code);
    let own = fields.optional("status", statuses);
    let own_statuses = own.given().map_or(&[][..], |statuses| &statuses.value);
    around.check_statuses(own_statuses, code.is_absent(), report);
    let is_told = around.body.is_some_and(|body| is_told_by_status(body, code.is_absent()));
    let inherited = if is_told { &[][..] } else { around.statuses };
    let params = fields.get("params").map(Typed::named).unwrap_or_default();
    Some(Entry {
        range: item.node.at..item.node.end,
        name: fields.optional("name", Typed::text),
        statuses: if own.is_absent() { inherited } else { own_statuses }.to_vec(),
        inherits_status: own.is_absent(),
        no_status: empty_list(fields, "status"),
        code,
        meaning: fields.text("meaning"),
        fix: fields.text("fix"),
        retryable: fields.boolean("retryable"),
        retry: fields.fields("retry").map(|fields| Override {
            after: duration(fields, "after"),
            initial: fields.optional("initial", milliseconds),
            max: fields.optional("max", milliseconds),
            retries: fields.integer("retries"),
        }),
        params: params
            .into_iter()
            .flatten()
            .map(|(name, value)| param(name, value, around.body, report))
            .collect(),
        tags: fields.texts("tags"),
        doc: fields.text("doc").map(|doc| paragraphs(&doc)).unwrap_or_default(),
        since: fields.text("since"),
        deprecated: fields.fields("deprecated").map(|fields| Deprecation {
            since: fields.text("since"),
            instead: fields.text("use"),
            note: fields.text("note"),
        }),
        allow: allow(fields),
    })
}

fn allow(fields: Fields) -> Option<Vec<Text>> {
    let names = |list: Typed| list.items().into_iter().map(|item| item?.text()).collect();
    match fields.optional("allow", names) {
        Optional::Absent => Some(Vec::new()),
        Optional::Broken => None,
        Optional::Given(names) => Some(names),
    }
}

/// A param: its meaning, or a mapping that holds it.
fn param(name: Text, value: Option<Typed>, body: Option<&Body>, report: &mut Report) -> Param {
    let Some(fields) = value.and_then(Typed::fields) else {
        return Param { name, meaning: value.and_then(Typed::text), example: None };
    };
    let example = fields.get("example").map(|example| {
        if let Some(body) = body {
            example::check_param(&name.value, example.node, body, report);
        }
        to_json(example.node, report)
    });
    Param { name, meaning: fields.text("meaning"), example }
}

fn retired(item: Typed) -> Option<Retired> {
    let fields = item.fields()?;
    Some(Retired {
        code: fields.get("code").and_then(code)?,
        instead: fields.text("use"),
        note: fields.text("note"),
    })
}

fn code(code: Typed) -> Option<Spanned<Code>> {
    let value = match &code.node.value {
        Value::Integer(code) => Code::Integer(*code),
        Value::Text(code) => Code::Text(code.clone().into_owned()),
        _ => return None,
    };
    Some(Spanned { value, at: code.node.at })
}

/// Blank lines separate paragraphs; a single line break is a space.
fn paragraphs(doc: &Text) -> Vec<Text> {
    let lines: Vec<&str> = doc.value.lines().map(str::trim).collect();
    let paragraphs = lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty());
    paragraphs.map(|lines| Spanned { value: lines.join(" "), at: doc.at }).collect()
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
