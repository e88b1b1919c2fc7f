//! What people call an error → the errors of catalogs that are meant.

use std::cell::Cell;
use std::sync::Arc;

use super::links;
use crate::catalog::{Catalog, Entry, Surface, required, text};
use crate::reading::{Item, Place, surfaces};
use crate::text::ident::{Case, in_case};
use crate::text::suggest;

/// What a name is the name of.
#[derive(Debug)]
pub(super) struct Named {
    /// `error`, `status`, `group`, `api` or `page`.
    pub kind: &'static str,
    /// The name of the group.
    pub group: Option<String>,
    pub found: Vec<(Place, Item)>,
}

impl Named {
    /// `None` if nothing is found.
    pub(super) fn some(kind: &'static str, found: Vec<(Place, Item)>) -> Option<Self> {
        (!found.is_empty()).then_some(Self { kind, group: None, found })
    }

    /// Whether only one of several errors can be meant.
    pub(super) fn is_guess(&self) -> bool {
        let errors = self.found.iter().filter(|(_, item)| matches!(item, Item::Error(_)));
        ["error", "status"].contains(&self.kind) && errors.count() > 1
    }
}

/// Every error and retired code.
pub(super) fn all(catalogs: &[Arc<Catalog>]) -> Vec<(Place, Item)> {
    find(catalogs, |_, _, _| true)
}

/// What a name or a link names.
pub(super) fn named(catalogs: &[Arc<Catalog>], query: &str) -> Option<Named> {
    by_name(catalogs, query).or_else(|| links::named(catalogs, query))
}

/// What a name names: errors by their code, name, anchor, status or problem type; or by their identifier in a
/// package, such as `PlanLimitKeys`; or the errors of a group or an API.
pub(super) fn by_name(catalogs: &[Arc<Catalog>], query: &str) -> Option<Named> {
    exact(catalogs, query).or_else(|| by_spelling(catalogs, query)).or_else(|| {
        let is_called = like(query);
        let is_it = |surface: &Surface, _: &Entry| {
            let names = [&surface.id, &surface.title].into_iter();
            names.filter_map(|name| text(name.as_ref())).any(&is_called)
        };
        group(catalogs, query).or_else(|| Named::some("api", errors(catalogs, is_it)))
    })
}

/// The errors of a group.
fn group(catalogs: &[Arc<Catalog>], query: &str) -> Option<Named> {
    let name = query.strip_prefix("group.").unwrap_or(query);
    let mut tags = catalogs.iter().flat_map(|catalog| catalog.tags.iter().flatten());
    let is_called = like(name);
    let tag = &tags.find(|tag| is_called(&tag.name.value))?.name.value;
    let has_tag = |_: &Surface, entry: &Entry| entry.tags.iter().any(|own| own.value == *tag);
    let named = Named::some("group", errors(catalogs, has_tag))?;
    Some(Named { group: Some(tag.clone()), ..named })
}

/// Errors by what the catalog or the docs call them.
fn exact(catalogs: &[Arc<Catalog>], query: &str) -> Option<Named> {
    let status = status(query);
    let is_only_status = Cell::new(true);
    let found = find(catalogs, |surface, name, entry| {
        // The status of a surface doesn't identify an error.
        let own = || entry.iter().filter(|entry| !entry.inherits_status);
        let sent = || own().flat_map(|entry| &entry.statuses).map(|status| status.value);
        let after_id = query.strip_prefix(required(text(surface.id.as_ref())));
        let anchor = after_id.and_then(|rest| rest.strip_prefix('-'));
        let is_name = name == query
            || is_type(surface, name, query)
            || anchor == Some(name)
            || after_id.and_then(|rest| rest.strip_prefix('/')) == Some(name)
            // An error of a surface without codes also has an anchor for each status.
            || anchor.is_some_and(|rest| sent().any(|status| status.to_string() == rest));
        is_only_status.set(is_only_status.get() && !is_name);
        is_name || status.is_some_and(|status| sent().any(|one| one == status))
    });
    Named::some(if is_only_status.get() { "status" } else { "error" }, found)
}

/// Errors by a name in another case or spelling.
fn by_spelling(catalogs: &[Arc<Catalog>], query: &str) -> Option<Named> {
    let is_called = like(query);
    Named::some("error", find(catalogs, |_, name, _| is_called(name)))
}

/// Tests whether two names differ only in case and in what separates their words.
fn like(other: &str) -> impl Fn(&str) -> bool {
    let snake = in_case(other, Case::Snake);
    move |name| name == other || snake.is_some() && in_case(name, Case::Snake) == snake
}

/// The status that a text says: `429`, `HTTP 429`, or the first line of a response.
pub(super) fn status(text: &str) -> Option<u16> {
    let mut words = text.split_whitespace();
    let is_http =
        |word: &&str| word.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"));
    let first = words.next()?;
    let number = if is_http(&first) { words.next()? } else { first };
    let status = number.parse().ok().filter(|status| (100..600).contains(status))?;
    let is_word = |word: &str| word.chars().all(|c| c.is_alphabetic() || "'’-".contains(c));
    words.all(is_word).then_some(status)
}

/// Whether a text is what a surface's bodies hold for a code, with the text around it: a problem type of RFC
/// 9457.
fn is_type(surface: &Surface, code: &str, text: &str) -> bool {
    let inside = surface.shape.code().and_then(|place| {
        text.strip_prefix(place.prefix.as_str())?.strip_suffix(place.suffix.as_str())
    });
    inside == Some(code)
}

/// Every error that passes a test.
pub(super) fn errors(
    catalogs: &[Arc<Catalog>],
    holds: impl Fn(&Surface, &Entry) -> bool,
) -> Vec<(Place, Item)> {
    let mut found = Vec::new();
    for (place, surface) in surfaces(catalogs) {
        let errors = surface.errors.iter().enumerate();
        let errors = errors.filter(|(_, entry)| holds(surface, entry));
        found.extend(errors.map(|(index, _)| (place, Item::Error(index))));
    }
    found
}

/// Every error and retired code with a name that passes a test.
fn find(
    catalogs: &[Arc<Catalog>],
    holds: impl Fn(&Surface, &str, Option<&Entry>) -> bool,
) -> Vec<(Place, Item)> {
    let mut found = Vec::new();
    for (place, surface) in surfaces(catalogs) {
        for (index, entry) in surface.errors.iter().enumerate() {
            if names(entry).any(|name| holds(surface, &name, Some(entry))) {
                found.push((place, Item::Error(index)));
            }
        }
        for (index, retired) in surface.retired.iter().enumerate() {
            let code = &retired.code.value;
            let name = code.name();
            if holds(surface, &code.to_string(), None)
                || name.is_some_and(|name| holds(surface, &name, None))
            {
                found.push((place, Item::Retired(index)));
            }
        }
    }
    found
}

/// The code of an error, and its name.
fn names(entry: &Entry) -> impl Iterator<Item = String> {
    let code = entry.code.given().map(|code| code.value.to_string());
    code.into_iter().chain(entry.name().map(str::to_owned))
}

/// What is called most like an unknown name: errors, groups and APIs; or like a link to an unknown anchor.
pub(super) fn nearest(catalogs: &[Arc<Catalog>], unknown: &str) -> Vec<String> {
    if let Some(anchor) = links::fragment(unknown) {
        let anchors = surfaces(catalogs).flat_map(|(_, surface)| {
            surface.errors.iter().flat_map(names).map(|name| surface.anchor(&name))
        });
        return nearest_of(anchors.collect(), &anchor);
    }
    let errors = surfaces(catalogs).flat_map(|(_, surface)| surface.errors.iter().flat_map(names));
    let tags = catalogs.iter().flat_map(|catalog| catalog.tags.iter().flatten());
    let ids = surfaces(catalogs).filter_map(|(_, surface)| text(surface.id.as_ref()));
    let others = tags.map(|tag| tag.name.value.clone()).chain(ids.map(str::to_owned));
    nearest_of(errors.chain(others).collect(), unknown)
}

/// The codes and names on a surface that are nearest to an unknown code.
pub(super) fn nearest_in(surface: &Surface, unknown: &str) -> Vec<String> {
    nearest_of(surface.errors.iter().flat_map(names).collect(), unknown)
}

/// The nearest of some names, also to the unknown name in snake case.
fn nearest_of(mut names: Vec<String>, unknown: &str) -> Vec<String> {
    names.sort_unstable();
    names.dedup();
    let near = |unknown: &str| suggest::nearest_few(unknown, names.iter().map(String::as_str));
    let mut nearest = near(unknown);
    if nearest.is_empty() {
        nearest = in_case(unknown, Case::Snake).map(|snake| near(&snake)).unwrap_or_default();
    }
    nearest.into_iter().map(str::to_owned).collect()
}
