//! A response → the errors that it may be. It decides as the generated packages do: by the code, or else
//! by the status, and never by the wording of a message.

use serde_json::Value as Json;

use super::names::{Item, Place, surfaces};
use super::reported::elements;
use super::response::{Content, Response};
use super::runtime::{Found, read};
use crate::catalog::{Catalog, Code, Entry, Surface};

/// A response, read as an error of a surface.
#[derive(Debug)]
pub(super) struct Reading {
    pub place: Place,
    pub outcome: Outcome,
    /// How the body differs from the surface's shape, if it does.
    pub mismatch: Option<String>,
    /// The status of the response, or else the one that the body names.
    pub status: Option<u16>,
    /// Placeholders of the body, and their values.
    pub values: Vec<(String, Json)>,
}

/// Which error a response is. Better outcomes come first.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The catalog has the code in the body.
    ByCode(Item),
    /// The surface tells its errors apart by status, and one has this status.
    ByStatus(usize),
    UnknownCode(String),
    UnknownStatus(u16),
    /// The surface tells its errors apart by status, and the response has none.
    NoStatus,
    /// The body isn't one of this surface's, but these errors have the status.
    ByStatusAlone(Vec<usize>),
    Nothing,
}

/// A response, read as an error of each surface. Only the best readings are returned.
pub(super) fn by_response(catalogs: &[Catalog], response: &Response) -> Vec<Reading> {
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
    // The answer to a batch of requests is a list.
    let elements = match &response.content {
        Content::Body(body) => elements(body),
        Content::Events(_) => Vec::new(),
    };
    for (place, surface) in surfaces(catalogs) {
        match &response.content {
            Content::Body(body) => {
                take(Reading::of(place, surface, response.status, body));
                for element in &elements {
                    take(Reading::of(place, surface, response.status, element.as_bytes()));
                }
            }
            Content::Events(events) => {
                // The stream began before the error occurred, so its own status says nothing.
                let status = response.status.filter(|&status| status >= 400);
                let read = |event: &String| Reading::of(place, surface, status, event.as_bytes());
                // The first error counts.
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
        let read = read(&surface.shape, surface.has_integer_codes(), body);
        let is_known =
            |found: &&Found| found.code.as_ref().is_some_and(|code| surface.item(code).is_some());
        let known = read.errors.iter().find(is_known);
        let found = known.or(read.errors.first()).unwrap_or(&read.outer).clone();
        let status = status.or(found.status);
        // A status of the surface tells no error.
        let with_status = |entry: &Entry| {
            !entry.inherits_status && entry.statuses.iter().any(|one| Some(one.value) == status)
        };
        let outcome = match (found.code, read.mismatch.is_some()) {
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
        Self { place, outcome, mismatch: read.mismatch, status, values: found.values }
    }

    /// Whether the surface has such an error.
    pub(super) fn is_known(&self) -> bool {
        use Outcome::{ByCode, ByStatus, ByStatusAlone};
        matches!(self.outcome, ByCode(_) | ByStatus(_) | ByStatusAlone(_))
    }

    /// Whether the body is one of this surface's.
    pub(super) fn is_of_surface(&self) -> bool {
        self.rank() < 5
    }

    /// Whether the body has a code where this surface's bodies have it.
    pub(super) fn names_a_code(&self) -> bool {
        matches!(self.outcome, Outcome::ByCode(_) | Outcome::UnknownCode(_))
    }

    /// How well the response fits: the lower, the better.
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
        // An integer is compared by value, as in packages.
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
