//! Turns the model into the context: resolves names, anchors, statuses and retry advice.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::advice;
use super::operations::OperationNames;
use super::place::{self, Place};
use super::{
    Anchors, Block, Catalog, Contact, Deprecation, Entry, Errors, Group, Param, Permanent, Retired,
    Strategy, Surface, Tag, VERSION, arguments, sample, shape, text, words,
};
use crate::catalog::{self as model, Key, doc, required, status};

/// Resolves a catalog that passed every rule.
pub(super) fn build(catalog: &model::Catalog) -> Catalog<'_> {
    let mut names = OperationNames::new(catalog);
    Catalog {
        schema: "./catalog.schema.json",
        errcat: VERSION,
        product: required(text(catalog.product.as_ref())),
        version: required(text(catalog.version.as_ref())),
        title: required(text(catalog.title.as_ref())),
        intro: text(catalog.intro.as_ref()),
        docs: text(catalog.docs.given()),
        contact: catalog.contact.as_ref().map(|contact| Contact {
            name: text(contact.name.as_ref()),
            url: text(contact.url.as_ref()),
            email: text(contact.email.as_ref()),
        }),
        license: text(catalog.license.as_ref()),
        retry: catalog.retry.given().map(strategy),
        tags: catalog
            .tags
            .iter()
            .flatten()
            .map(|tag| Tag { name: &tag.name.value, meaning: required(text(tag.meaning.as_ref())) })
            .collect(),
        package: package(required(text(catalog.product.as_ref()))),
        surfaces: catalog.surfaces.iter().map(|one| surface(catalog, &mut names, one)).collect(),
        meta: &catalog.meta,
    }
}

/// The default name of packages. Words aren't split at capitals: `GitHub` is one word. Cargo rejects names
/// that begin with a digit, so `errors` comes first there.
pub(crate) fn package(product: &str) -> String {
    let product = product.to_lowercase();
    let words = product.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let name: String = words.join("-").chars().take(MAX_PRODUCT).collect();
    let name = name.trim_end_matches('-');
    match name.chars().next() {
        None => "errors".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("errors-{name}"),
        Some(_) => format!("{name}-errors"),
    }
}

/// The longest part of a package's name that comes from the product, in characters. npm allows 214 in all.
const MAX_PRODUCT: usize = 100;

fn strategy(strategy: &model::retry::Strategy) -> Strategy {
    let pattern = |pattern: status::Pattern| match pattern {
        status::Pattern::One(status) => Json::from(status),
        status::Pattern::Class(_) => Json::from(pattern.to_string()),
    };
    let backoff = strategy.backoff();
    Strategy {
        statuses: strategy.patterns().map(pattern).collect(),
        permanent: strategy
            .permanent()
            .into_iter()
            .map(|(class, except)| Permanent { statuses: class.to_string(), except })
            .collect(),
        initial_ms: backoff.initial,
        max_delay_ms: backoff.max,
        factor: backoff.factor,
        retries: backoff.retries,
        waits_ms: backoff.waits(),
        text: words::strategy(strategy),
    }
}

fn surface<'c>(
    catalog: &'c model::Catalog,
    names: &mut OperationNames,
    surface: &'c model::Surface,
) -> Surface<'c> {
    let anchors = Anchors::of(surface);
    let id = required(text(surface.id.as_ref()));
    Surface {
        id,
        title: required(text(surface.title.as_ref())),
        intro: text(surface.intro.as_ref()),
        servers: surface.servers.iter().map(|url| url.value.as_str()).collect(),
        keyed_by: required(surface.key().map(Key::name)),
        low_statuses: surface.low_statuses().into_iter().collect(),
        notes: words::of_surface(surface),
        shape: shape::build(catalog, surface),
        has_fixes: surface.errors.iter().any(|one| one.fix.given().is_some()),
        has_advice: catalog.retry.given().is_some()
            || surface.errors.iter().any(|one| one.retryable.given().is_some()),
        groups: groups(catalog, surface),
        retired: (0..).zip(&surface.retired).map(|(at, one)| retired(&anchors, at, one)).collect(),
        operations: surface.operations.iter().map(|one| names.resolve(id, one)).collect(),
        meta: &surface.meta,
        errors: Errors::new(catalog, anchors),
    }
}

fn retired<'c>(anchors: &Anchors<'c>, index: usize, retired: &'c model::Retired) -> Retired<'c> {
    let mut own = anchors.of_retired(index);
    Retired {
        code: retired.code.value.to_json(),
        anchor: required(own.next()),
        aliases: own.collect(),
        r#use: text(retired.instead.as_ref()),
        use_anchor: anchors.of_use(retired.instead.as_ref()),
        note: text(retired.note.as_ref()),
    }
}

/// The groups that a surface's errors belong to.
fn groups<'c>(catalog: &'c model::Catalog, surface: &'c model::Surface) -> Vec<Group<'c>> {
    let mut errors: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for entry in &surface.errors {
        // With `allow`, an error may have the same tag twice.
        let tags: BTreeSet<&str> = entry.tags.iter().map(|tag| tag.value.as_str()).collect();
        for tag in tags {
            errors.entry(tag).or_default().extend(entry.name().map(|name| name.value));
        }
    }
    let group = |tag: &'c model::Tag| {
        Some(Group {
            name: &tag.name.value,
            meaning: required(text(tag.meaning.as_ref())),
            errors: errors.remove(tag.name.value.as_str())?,
        })
    };
    catalog.tags.iter().flatten().filter_map(group).collect()
}

pub(super) fn entry<'c>(errors: &Errors<'c>, entry: &'c model::Entry) -> Entry<'c> {
    let Errors { catalog, anchors, .. } = errors;
    let name = required(entry.name().map(|name| name.value));
    let anchor = anchors.surface.anchor(&name);
    let statuses: Vec<u16> = entry.statuses.iter().map(|status| status.value).collect();
    let given = arguments::params(anchors.surface, entry);
    let advice = advice::of(catalog, entry);
    Entry {
        code: entry.code.given().map(|code| code.value.to_json()),
        docs_url: catalog.docs_url(&anchor),
        body: sample::of_entry(catalog, anchors.surface, entry, &given),
        other_bodies: sample::of_other_statuses(catalog, anchors.surface, entry, &given),
        retry_after: sample::retry_after(entry, &given),
        aliases: anchors.aliases(entry, &name),
        operations: errors.operations_of(&name),
        name,
        anchor,
        status: required(statuses.first().copied()),
        statuses,
        inherits_status: entry.inherits_status,
        meaning: required(text(entry.meaning.as_ref())),
        fix: text(entry.fix.given()),
        retryable: entry.retryable.given().map(|retryable| retryable.value),
        retried_statuses: advice.retried_statuses,
        retry_advice: advice.kind,
        retry_text: advice.text,
        retry: advice.numbers,
        retry_summary: advice.summary,
        is_exception: advice.is_exception,
        arguments: given.iter().map(shape::placeholder).collect(),
        values: arguments::values(anchors.surface, entry, &given),
        params: entry.params.iter().map(|one| param(anchors.surface, entry, one)).collect(),
        tags: entry.tags.iter().map(|tag| tag.value.as_str()).collect(),
        doc: text(entry.doc.as_ref()).map(blocks).unwrap_or_default(),
        see: entry.see.iter().map(|url| url.value.as_str()).collect(),
        since: text(entry.since.as_ref()),
        meta: &entry.meta,
        use_anchor: anchors.of_use(entry.deprecated.as_ref().and_then(|one| one.instead.as_ref())),
        deprecated: entry.deprecated.as_ref().map(|deprecated| Deprecation {
            since: text(deprecated.since.as_ref()),
            r#use: text(deprecated.instead.as_ref()),
            note: text(deprecated.note.as_ref()),
        }),
    }
}

fn blocks(doc: &str) -> Vec<Block> {
    let block = |block| match block {
        doc::Block::Text(text) => Block { text: Some(text), items: None, ordered: false },
        doc::Block::List { ordered, items } => Block { text: None, items: Some(items), ordered },
    };
    doc::parse(doc).blocks.into_iter().map(block).collect()
}

fn param<'c>(surface: &model::Surface, entry: &model::Entry, param: &'c model::Param) -> Param<'c> {
    let body = surface.shape.body.as_ref();
    let place = body.and_then(|body| place::of(body, entry, &param.name.value));
    let Place { path, is_part } = required(place);
    Param {
        name: &param.name.value,
        place: path,
        is_part,
        meaning: required(text(param.meaning.as_ref())),
        example: param.example.as_ref(),
    }
}
