//! A name or status → the errors of catalogs that have it.

use crate::catalog::{Catalog, Entry, Surface, required, text};
use crate::text::ident::{Case, in_case};
use crate::text::suggest;

/// A surface, by its position in one of the catalogs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub catalog: usize,
    pub surface: usize,
}

/// An error or a retired code of a surface, by its position there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Error(usize),
    Retired(usize),
}

/// Every error and retired code.
pub(super) fn all(catalogs: &[Catalog]) -> Vec<(Place, Item)> {
    find(catalogs, |_, _, _| true)
}

/// Every surface, with its place.
pub(super) fn surfaces(catalogs: &[Catalog]) -> impl Iterator<Item = (Place, &Surface)> {
    catalogs.iter().enumerate().flat_map(|(catalog, one)| {
        let surfaces = one.surfaces.iter().enumerate();
        surfaces.map(move |(surface, one)| (Place { catalog, surface }, one))
    })
}

/// Finds entries by their code, name, anchor, status or problem type. If there are none, it tries in this
/// order: the identifier in a package, such as `PlanLimitKeys`; the name of a group, a surface or a docs page;
/// the last part of a URL.
pub(super) fn by_name(catalogs: &[Catalog], query: &str) -> Vec<(Place, Item)> {
    let status = query.parse::<u16>().ok();
    let exact = find(catalogs, |surface, name, entry| {
        // A status of the surface tells no error.
        let own = || entry.iter().filter(|entry| !entry.inherits_status);
        let sent = || own().flat_map(|entry| &entry.statuses).map(|status| status.value);
        name == query
            || is_type(surface, name, query)
            || surface.anchor(name) == query
            || query.strip_prefix(required(text(surface.id.as_ref()))).and_then(|rest| rest.strip_prefix('/'))
                == Some(name)
            || status.is_some_and(|status| sent().any(|one| one == status))
            // An error of a surface without codes also has an anchor for each status.
            || sent().any(|status| surface.anchor(&status.to_string()) == query)
    });
    if !exact.is_empty() {
        return exact;
    }
    let snake = |text: &str| in_case(text, Case::Snake);
    let of_identifier =
        snake(query).map(|query| find(catalogs, |_, name, _| snake(name).as_ref() == Some(&query)));
    let of_identifier = of_identifier.filter(|found| !found.is_empty() && !query.contains("://"));
    of_identifier.or_else(|| group(catalogs, query)).unwrap_or_else(|| {
        let last = query.contains("://").then(|| last_segment(query)).flatten();
        last.map(|last| find(catalogs, |_, name, _| name == last)).unwrap_or_default()
    })
}

/// The errors of a group, a surface or a docs page; `None` if there are none.
fn group(catalogs: &[Catalog], query: &str) -> Option<Vec<(Place, Item)>> {
    let tag = query.strip_prefix("group.").unwrap_or(query);
    let page = query.trim_end_matches('/');
    let is_page = |place: Place| {
        let docs = catalogs.get(place.catalog).and_then(|catalog| catalog.docs.given());
        docs.is_some_and(|docs| docs.value.trim_end_matches('/') == page)
    };
    let mut found = Vec::new();
    for (place, surface) in surfaces(catalogs) {
        let is_all = text(surface.id.as_ref()) == Some(query) || is_page(place);
        let errors = surface.errors.iter().enumerate();
        let errors = errors
            .filter(|(_, entry)| is_all || entry.tags.iter().any(|own| own.value == tag))
            .map(|(index, _)| (place, Item::Error(index)));
        found.extend(errors);
    }
    (!found.is_empty()).then_some(found)
}

/// The last part of a URL's path.
fn last_segment(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next()?;
    path.trim_end_matches('/').rsplit('/').next()
}

/// Whether a text is what a surface's bodies hold for a code, with the text around it: a problem type of RFC
/// 9457.
fn is_type(surface: &Surface, code: &str, text: &str) -> bool {
    let inside = surface.shape.code().and_then(|place| {
        text.strip_prefix(place.prefix.as_str())?.strip_suffix(place.suffix.as_str())
    });
    inside == Some(code)
}

/// Every error and retired code with a name that passes a test.
fn find(
    catalogs: &[Catalog],
    holds: impl Fn(&Surface, &str, Option<&Entry>) -> bool,
) -> Vec<(Place, Item)> {
    let mut found = Vec::new();
    for (place, surface) in surfaces(catalogs) {
        for (index, entry) in surface.errors.iter().enumerate() {
            let code = entry.code.given().map(|code| code.value.to_string());
            let mut names = code.into_iter().chain(entry.name().map(|name| name.value));
            if names.any(|name| holds(surface, &name, Some(entry))) {
                found.push((place, Item::Error(index)));
            }
        }
        for (index, retired) in surface.retired.iter().enumerate() {
            let code = &retired.code.value;
            let mut names = [code.to_string()].into_iter().chain(code.name());
            if names.any(|name| holds(surface, &name, None)) {
                found.push((place, Item::Retired(index)));
            }
        }
    }
    found
}

/// The names on these surfaces that are nearest to an unknown one.
pub(super) fn nearest<'c>(
    surfaces: impl Iterator<Item = &'c Surface>,
    unknown: &str,
) -> Vec<String> {
    let codes = |entry: &Entry| entry.code.given().map(|code| code.value.to_string());
    let name = |entry: &Entry| entry.name().map(|name| name.value);
    let errors = surfaces.flat_map(|surface| &surface.errors);
    let mut names: Vec<String> =
        errors.flat_map(|entry| codes(entry).into_iter().chain(name(entry))).collect();
    names.sort_unstable();
    names.dedup();
    suggest::nearest_few(unknown, names.iter().map(String::as_str))
        .into_iter()
        .map(str::to_owned)
        .collect()
}
