//! A response → the errors that it may be. It decides as the generated packages do: by the code, or else
//! by the status, and never by the wording of a message.

use std::cmp::Reverse;
use std::sync::Arc;

use super::place::{Item, Place, surface};
use super::recognize::{Occurrence, Recognized, recognize};
use super::reported::elements;
use super::response::{Content, Response};
use crate::catalog::{Catalog, Entry, Key, Surface};

/// A response, read as an error of a surface.
#[derive(Debug)]
pub(crate) struct Reading<'r> {
    pub place: Place,
    /// The body or event that was read.
    pub source: &'r [u8],
    /// What the error that counts is.
    pub outcome: Outcome,
    pub body: Recognized,
}

/// Which error a response is. Better outcomes come first.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
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

/// The answers in an answer to a batch of requests, which is a list.
pub(crate) fn batch(response: &Response) -> Vec<String> {
    match &response.content {
        Content::Body(body) if body.trim_ascii_start().starts_with(b"[") => elements(body),
        Content::Body(_) | Content::Events(_) => Vec::new(),
    }
}

/// A response, read as an error of each of some surfaces.
pub(crate) fn readings<'r, 's>(
    catalogs: &[Arc<Catalog>],
    surfaces: impl Iterator<Item = (Place, &'s Surface)>,
    response: &'r Response,
    batch: &'r [String],
) -> Vec<Reading<'r>> {
    let mut readings: Vec<Reading> = Vec::new();
    for (place, surface) in surfaces {
        match &response.content {
            Content::Body(body) => {
                let bodies = batch.iter().map(String::as_bytes);
                let bodies = [body.as_slice()].into_iter().chain(bodies);
                readings.extend(bodies.filter_map(|body| {
                    Reading::of(place, catalogs, surface, response.status, body)
                }));
            }
            Content::Events(events) => {
                // The stream began before the error occurred, so its own status says nothing.
                let status = response.status.filter(|&status| status >= 400);
                let read = |event: &'r String| {
                    Reading::of(place, catalogs, surface, status, event.as_bytes())
                };
                // The first error counts.
                readings.extend(events.iter().filter_map(read).min_by_key(Reading::rank));
            }
        }
    }
    readings
}

/// The readings that fit a response best.
pub(crate) fn best(mut readings: Vec<Reading>) -> Vec<Reading> {
    let fit = |reading: &Reading| (reading.rank(), Reverse(reading.body.literals));
    let best = readings.iter().map(fit).min();
    readings.retain(|reading| Some(fit(reading)) == best);
    readings
}

impl<'r> Reading<'r> {
    fn of(
        place: Place,
        catalogs: &[Arc<Catalog>],
        surface: &Surface,
        status: Option<u16>,
        source: &'r [u8],
    ) -> Option<Self> {
        let body = recognize(catalogs.get(place.catalog)?, surface, status, source);
        let mut outcome = surface.outcome(&body.main, body.mismatch.is_some());
        if outcome == Outcome::Nothing {
            let errors = surface.errors.iter().enumerate();
            let has_status = |entry: &Entry| {
                let mut statuses = entry.statuses.iter();
                statuses.any(|status| Some(status.value) == body.main.status)
            };
            // The status of a surface doesn't identify an error.
            let alone: Vec<usize> = errors
                .filter(|(_, entry)| !entry.inherits_status && has_status(entry))
                .map(|(index, _)| index)
                .collect();
            if !alone.is_empty() {
                outcome = Outcome::ByStatusAlone(alone);
            }
        }
        Some(Self { place, source, outcome, body })
    }

    /// Whether the surface has such an error.
    pub(crate) fn is_known(&self) -> bool {
        use Outcome::{ByCode, ByStatus, ByStatusAlone};
        matches!(self.outcome, ByCode(_) | ByStatus(_) | ByStatusAlone(_))
    }

    /// Whether only the status identifies the error, and that isn't enough for packages or several
    /// errors have it.
    pub(crate) fn is_guess(&self, catalogs: &[Arc<Catalog>]) -> bool {
        let Outcome::ByStatusAlone(errors) = &self.outcome else { return false };
        let surface = surface(catalogs, self.place);
        let is_told = |&error: &usize| {
            surface
                .is_some_and(|it| it.errors.get(error).is_some_and(|one| it.is_told_by_status(one)))
        };
        errors.len() > 1 || !errors.iter().all(is_told)
    }

    /// Whether the surface has such an error, and the body matches.
    pub(crate) fn is_match(&self) -> bool {
        self.rank() < 2 && self.body.mismatch.is_none()
    }

    /// Whether the body is one of this surface's.
    pub(crate) fn is_of_surface(&self) -> bool {
        self.rank() < 5
    }

    /// How well the response fits: the lower, the better.
    pub(crate) fn rank(&self) -> u8 {
        match (&self.outcome, self.body.mismatch.is_some()) {
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
    /// Which error an occurrence is.
    pub(crate) fn outcome(&self, one: &Occurrence, differs: bool) -> Outcome {
        match (&one.code, one.entry, one.status) {
            (Some(code), _, _) => match (self.item(code), differs) {
                (Some(item), _) => Outcome::ByCode(item),
                (None, false) => Outcome::UnknownCode(code.clone()),
                (None, true) => Outcome::Nothing,
            },
            (None, Some(index), _) if !differs => Outcome::ByStatus(index),
            _ if differs || self.key() == Some(Key::Code) => Outcome::Nothing,
            (None, _, Some(status)) => Outcome::UnknownStatus(status),
            (None, _, None) => Outcome::NoStatus,
        }
    }

    /// The error with a code, or the retired code.
    pub(crate) fn item(&self, code: &str) -> Option<Item> {
        let retired = || self.retired.iter().position(|retired| retired.code.value.is_text(code));
        self.error(code).map(Item::Error).or_else(|| retired().map(Item::Retired))
    }
}
