//! A name, a status or a response → the errors of catalogs that it is. Decides as the generated
//! packages do: by the code, or else by the status, and never by what a message says.

use serde_json::Value as Json;

use crate::catalog::{Catalog, Code, Entry, Surface, required, text};
use crate::explain::response::{Content, Response};
use crate::explain::runtime::{Read, read};
use crate::text::ident::{Case, in_case};
use crate::text::suggest;

/// A surface of one of the catalogs, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub catalog: usize,
    pub surface: usize,
}

/// An error of a surface, or a code that was one, by its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Error(usize),
    Retired(usize),
}

/// What a response is to a surface.
#[derive(Debug)]
pub(crate) struct Reading {
    pub place: Place,
    pub outcome: Outcome,
    /// How the body differs from the surface's, if it does.
    pub mismatch: Option<String>,
    /// The status that decides: the response's, or else what the body says it is.
    pub status: Option<u16>,
    /// What the body says each time the error occurs: placeholders and their values.
    pub values: Vec<(String, Json)>,
}

/// Which error a response is, best first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The code in the body is a known one.
    ByCode(Item),
    /// The surface tells its errors apart by status, and has this one.
    ByStatus(usize),
    UnknownCode(String),
    UnknownStatus(u16),
    /// The surface tells its errors apart by status, and there is none.
    NoStatus,
    /// The body is another, but these errors of the surface have the status.
    ByStatusAlone(Vec<usize>),
    Nothing,
}

/// Every error and retired code.
pub(crate) fn all(catalogs: &[Catalog]) -> Vec<(Place, Item)> {
    find(catalogs, |_, _, _| true)
}

/// Every surface, with its place.
pub(crate) fn surfaces(catalogs: &[Catalog]) -> impl Iterator<Item = (Place, &Surface)> {
    catalogs.iter().enumerate().flat_map(|(catalog, one)| {
        let surfaces = one.surfaces.iter().enumerate();
        surfaces.map(move |(surface, one)| (Place { catalog, surface }, one))
    })
}

/// What is called so: by its code, name, anchor or status; or else by an identifier that a package
/// has for it, such as `PlanLimitKeys`.
pub(crate) fn by_name(catalogs: &[Catalog], query: &str) -> Vec<(Place, Item)> {
    let status = query.parse::<u16>().ok();
    let exact = find(catalogs, |surface, name, entry| {
        let sent = || entry.iter().flat_map(|entry| &entry.statuses).map(|status| status.value);
        name == query
            || surface.anchor(name) == query
            || query.strip_prefix(required(text(surface.id.as_ref()))).and_then(|rest| rest.strip_prefix('/'))
                == Some(name)
            || status.is_some_and(|status| sent().any(|one| one == status))
            // An error of a surface without codes has an anchor for each status as well.
            || sent().any(|status| surface.anchor(&status.to_string()) == query)
    });
    let snake = |text: &str| in_case(text, Case::Snake);
    match snake(query) {
        Some(query) if exact.is_empty() => {
            find(catalogs, |_, name, _| snake(name).as_ref() == Some(&query))
        }
        _ => exact,
    }
}

/// Every error and retired code for one of whose names the test holds.
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
            if holds(surface, &retired.code.value.to_string(), None) {
                found.push((place, Item::Retired(index)));
            }
        }
    }
    found
}

/// The names of these surfaces that are nearest to one that is unknown.
pub(crate) fn nearest<'c>(
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

/// What a response is to those surfaces that it fits best.
pub(crate) fn by_response(catalogs: &[Catalog], response: &Response) -> Vec<Reading> {
    let mut best: Vec<Reading> = Vec::new();
    let mut take = |reading: Reading| {
        let than_best = best.first().map_or(0, |first| reading.rank().cmp(&first.rank()) as i8);
        if than_best < 0 {
            best.clear();
        }
        if than_best <= 0 {
            best.push(reading);
        }
    };
    for (place, surface) in surfaces(catalogs) {
        match &response.content {
            Content::Body(body) => take(Reading::of(place, surface, response.status, body)),
            Content::Events(events) => {
                // A success was sent before there was an error.
                let status = response.status.filter(|&status| status >= 400);
                let read = |event: &String| Reading::of(place, surface, status, event.as_bytes());
                // The first error is the one that matters.
                if let Some(reading) = events.iter().map(read).min_by_key(Reading::rank) {
                    take(reading);
                }
            }
        }
    }
    best
}

impl Reading {
    fn of(place: Place, surface: &Surface, status: Option<u16>, body: &[u8]) -> Self {
        let read = match &surface.shape.body {
            Some(shape) => read(shape, surface.has_integer_codes(), body),
            None => Read::default(),
        };
        let status = status.or(read.status);
        let with_status =
            |entry: &Entry| entry.statuses.iter().any(|one| Some(one.value) == status);
        let outcome = match (read.code, read.mismatch.is_some()) {
            (Some(code), differs) => match (surface.item(&code), differs) {
                (Some(item), _) => Outcome::ByCode(item),
                (None, false) => Outcome::UnknownCode(code),
                (None, true) => Outcome::Nothing,
            },
            (None, false) => match (surface.errors.iter().position(with_status), status) {
                (Some(index), _) => Outcome::ByStatus(index),
                (None, Some(status)) => Outcome::UnknownStatus(status),
                (None, None) => Outcome::NoStatus,
            },
            (None, true) => Outcome::Nothing,
        };
        let outcome = match outcome {
            Outcome::Nothing => {
                let errors = surface.errors.iter().enumerate();
                let alone: Vec<usize> = errors
                    .filter(|(_, entry)| with_status(entry))
                    .map(|(index, _)| index)
                    .collect();
                if alone.is_empty() { Outcome::Nothing } else { Outcome::ByStatusAlone(alone) }
            }
            outcome => outcome,
        };
        Self { place, outcome, mismatch: read.mismatch, status, values: read.values }
    }

    /// Whether the surface has an error for it.
    pub(crate) fn is_known(&self) -> bool {
        use Outcome::{ByCode, ByStatus, ByStatusAlone};
        matches!(self.outcome, ByCode(_) | ByStatus(_) | ByStatusAlone(_))
    }

    /// Whether the body is one of this surface's.
    pub(crate) fn is_of_surface(&self) -> bool {
        self.rank() < 5
    }

    /// Whether the body holds a code where this surface's do.
    pub(crate) fn names_a_code(&self) -> bool {
        matches!(self.outcome, Outcome::ByCode(_) | Outcome::UnknownCode(_))
    }

    /// How little a reading says: the lowest is believed.
    fn rank(&self) -> u8 {
        match (&self.outcome, self.mismatch.is_some()) {
            (Outcome::ByCode(_), false) => 0,
            (Outcome::ByStatus(_), _) => 1,
            (Outcome::ByCode(_), true) => 2,
            (Outcome::UnknownCode(_), _) => 3,
            (Outcome::UnknownStatus(_) | Outcome::NoStatus, _) => 4,
            (Outcome::ByStatusAlone(_), _) => 5,
            (Outcome::Nothing, _) => 6,
        }
    }
}

impl Surface {
    /// The error with a code, or the retired code.
    fn item(&self, code: &str) -> Option<Item> {
        // As packages do, which parse a code that is an integer.
        let is_own = |own: &Code| match own {
            Code::Text(own) => own == code,
            Code::Integer(own) => code.parse() == Ok(*own),
        };
        let errors = || self.errors.iter();
        let error =
            errors().position(|entry| entry.code.given().is_some_and(|own| is_own(&own.value)));
        let retired = || self.retired.iter().position(|retired| is_own(&retired.code.value));
        error.map(Item::Error).or_else(|| retired().map(Item::Retired))
    }
}
