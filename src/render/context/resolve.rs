//! Turns the model into the context: resolves names, anchors, statuses and retry advice.

use std::sync::Arc;

use super::operations::OperationNames;
use super::{
    Anchors, Catalog, Contact, Errors, Group, Permanent, Retired, Strategy, Surface, Tag, VERSION,
    shape, text, words,
};
use crate::catalog::{self as model, Key, required, status};
use crate::sorted::{SortedMap, SortedSet};
use crate::text::json::Json;

/// Resolves a catalog that passed every rule.
pub(super) fn build(catalog: &Arc<model::Catalog>) -> Catalog<'_> {
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
        surfaces: (0..)
            .zip(&catalog.surfaces)
            .map(|(at, one)| surface(catalog, &mut names, at, one))
            .collect(),
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
    catalog: &'c Arc<model::Catalog>,
    names: &mut OperationNames,
    at: usize,
    surface: &'c model::Surface,
) -> Surface<'c> {
    let errors = Errors::new(catalog, at);
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
        retired: (0..)
            .zip(&surface.retired)
            .map(|(at, one)| retired(errors.0.anchors(surface), surface, at, one))
            .collect(),
        operations: surface.operations.iter().map(|one| names.resolve(id, one)).collect(),
        meta: &surface.meta,
        errors,
    }
}

fn retired<'c>(
    anchors: &Anchors,
    surface: &model::Surface,
    index: usize,
    retired: &'c model::Retired,
) -> Retired<'c> {
    let mut own = anchors.of_retired(surface, index);
    Retired {
        code: retired.code.value.to_json(),
        anchor: required(own.next()),
        aliases: own.collect(),
        r#use: text(retired.instead.as_ref()),
        use_anchor: retired.instead.as_ref().and_then(|name| anchors.of_use(surface, name)),
        note: text(retired.note.as_ref()),
    }
}

/// The groups that a surface's errors belong to.
fn groups<'c>(catalog: &'c model::Catalog, surface: &'c model::Surface) -> Vec<Group<'c>> {
    let mut errors: SortedMap<&str, Vec<String>> = SortedMap::new();
    for entry in &surface.errors {
        // With `allow`, an error may have the same tag twice.
        let tags: SortedSet<&str> = entry.tags.iter().map(|tag| tag.value.as_str()).collect();
        for tag in tags {
            errors
                .entry(tag)
                .or_default()
                .extend(entry.name.as_ref().map(|name| name.value.to_string()));
        }
    }
    let group = |tag: &'c model::Tag| {
        Some(Group {
            name: &tag.name.value,
            meaning: required(text(tag.meaning.as_ref())),
            errors: errors.get_mut(tag.name.value.as_str()).map(std::mem::take)?,
        })
    };
    catalog.tags.iter().flatten().filter_map(group).collect()
}
