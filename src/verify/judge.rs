//! What a response is to the catalogs: documented, or how it differs from what they say.

use std::cmp::Reverse;

use super::finding::{Finding, Kind};
use super::recording::{MAX_BODY, Record, text};
use super::{Verifier, memory};
use crate::catalog::{Entry, Key, Surface};
use crate::reading::runtime::is_compressed;
use crate::reading::{
    Content, Item, Occurrence, Place, Reading, Response, batch, readings, reported,
};

/// What a record is. It has at least one finding, and the one that counts comes first.
pub(super) struct Judged {
    pub findings: Vec<Finding>,
    /// What was read, if it was looked at.
    pub response: Option<Response>,
}

impl Verifier {
    pub(super) fn judge(&self, record: Record) -> Judged {
        let one =
            |kind, status| Judged { findings: vec![Finding::of(kind, status)], response: None };
        let exchange = match record {
            Record::Exchange(exchange) => exchange,
            Record::NoResponse => return one(Kind::NoResponse, None),
            Record::Unreadable(why) => {
                let mut judged = one(Kind::Unreadable, None);
                judged.findings.iter_mut().for_each(|finding| finding.mismatch = Some(why.clone()));
                return judged;
            }
        };
        let status = exchange.status;
        let is_low = status.is_none_or(|status| status < 400);
        if is_low && !self.glance.may_be_error(&exchange.body) {
            return one(Kind::NotAnError, status);
        }
        let places = self.servers.surfaces(exchange.url.map(text).as_deref());
        let nothing = if is_low { Kind::NotAnError } else { Kind::WithoutBody };
        let short = self.memory.as_ref().zip(memory::short(&exchange.body));
        if places.is_empty() {
            return one(if is_low { nothing } else { Kind::OtherAddress }, status);
        }
        let mut response = None;
        let judge = || match exchange.into_response().filter(is_readable) {
            None => vec![Finding::of(nothing, status)],
            Some(read) => {
                let mut findings = self.findings(&places, &read, is_low);
                findings.sort_by_key(|finding| finding.kind);
                if findings.is_empty() {
                    findings.push(Finding::of(Kind::NotAnError, status));
                }
                response = Some(read);
                findings
            }
        };
        let findings = match short {
            Some((memory, body)) => memory.findings(status, &places, body, judge),
            None => judge(),
        };
        Judged { findings, response }
    }

    /// What the errors in a response are. `is_low` says that its status is below 400, or not known.
    pub(super) fn findings(
        &self,
        places: &[Place],
        response: &Response,
        is_low: bool,
    ) -> Vec<Finding> {
        let is_stream = matches!(response.content, Content::Events(_));
        // An answer to several requests at once is a list, and succeeds.
        let batch = if is_low { batch(response) } else { Vec::new() };
        let read = |places: &[Place]| {
            let of = places.iter().filter_map(|&place| Some((place, self.surface(place)?)));
            readings(&self.catalogs, of, response, &batch)
        };
        let (likely, others) = match &response.content {
            Content::Body(body) if places.len() > 1 && !is_low => self.glance.split(places, body),
            _ => (places.to_vec(), Vec::new()),
        };
        let mut readings = read(&likely);
        // A surface with another shape can't be a better one.
        if !readings.iter().any(Reading::is_match) {
            readings.extend(read(&others));
            readings.sort_by_key(|reading| reading.place);
        }
        if is_low {
            let is_error = |reading: &Reading| {
                if is_stream { reading.is_of_surface() } else { reading.body.is_error }
            };
            if readings.iter().any(is_error) {
                readings.retain(is_error);
            } else {
                // Packages see no error in any of these, but the body says that it is one.
                let Some(reported) = reported_in(response) else { return Vec::new() };
                readings.retain(|reading| reading.body.mismatch.is_none());
                if readings.is_empty() {
                    return self.of_place(reported, places);
                }
            }
        }
        self.keep_best(&mut readings);
        readings.retain(|reading| self.is_wanted(reading.place));
        let places: Vec<Place> = readings.iter().map(|reading| reading.place).collect();
        let first = readings.first().and_then(|one| Some((one, self.surface(one.place)?)));
        let Some((reading, surface)) = first else {
            return vec![Finding::of(Kind::OtherSurface, response.status)];
        };
        let mut findings = of_reading(surface, reading, response.status, is_low, is_stream);
        for finding in &mut findings {
            finding.places.clone_from(&places);
            finding.places.dedup();
            finding.is_in_stream = is_stream;
        }
        findings
    }

    /// A finding about a surface that only the address names.
    fn of_place(&self, mut finding: Finding, places: &[Place]) -> Vec<Finding> {
        if !places.iter().any(|place| self.is_wanted(*place)) {
            finding = Finding::of(Kind::OtherSurface, finding.status);
        } else if let [place] = places {
            finding.places.push(*place);
        }
        vec![finding]
    }

    /// Leaves the readings of the surfaces that fit best. A surface that wasn't asked about counts only if it
    /// has the error, or its constants are there.
    fn keep_best(&self, readings: &mut Vec<Reading>) {
        let has_it = |reading: &Reading| reading.is_of_surface() && reading.is_known();
        readings.retain(|reading| {
            self.is_wanted(reading.place) || reading.body.literals > 0 || has_it(reading)
        });
        let best = readings.iter().map(|reading| self.fit(reading)).min();
        readings.retain(|reading| Some(self.fit(reading)) == best);
    }

    /// How well a surface fits a response: the less, the better. A body with the constants of a shape is
    /// of that surface, even if another one with fewer of them has its code. A body that differs only
    /// deep inside fits better than one that differs at its top.
    fn fit(&self, reading: &Reading) -> impl Ord + use<> {
        let body = &reading.body;
        let is_told = self.surface(reading.place).is_some_and(|surface| {
            let errors = surface.errors.iter().filter(|entry| surface.is_told_by_status(entry));
            errors.flat_map(|entry| &entry.statuses).any(|it| Some(it.value) == body.main.status)
        });
        let depths = body.differences.iter().map(|one| one.pointer.matches('/').count());
        (
            Reverse(body.literals),
            reading.rank(),
            Reverse(is_told),
            Reverse(depths.min().unwrap_or(0)),
            body.mismatches,
        )
    }
}

/// What each error in a body is, as its surface sees it. Equal ones count once.
fn of_reading(
    surface: &Surface,
    reading: &Reading,
    status: Option<u16>,
    is_low: bool,
    is_stream: bool,
) -> Vec<Finding> {
    let body = &reading.body;
    let errors =
        if body.errors.is_empty() { std::slice::from_ref(&body.main) } else { &body.errors };
    let mut findings: Vec<Finding> = Vec::new();
    for one in errors {
        let (mut kind, item) = of_occurrence(surface, one, body.mismatch.is_some());
        if is_low {
            let own = item.and_then(|item| match item {
                Item::Error(index) => surface.errors.get(index),
                Item::Retired(_) => None,
            });
            let lists = |entry: &Entry| entry.statuses.iter().any(|it| Some(it.value) == status);
            let is_listed = match own {
                Some(entry) => lists(entry),
                None => surface.errors.iter().any(lists),
            };
            // A client that looks only at the status would miss it.
            if is_stream || !is_listed && kind != Kind::Retired {
                kind = Kind::ErrorIn200;
            }
        }
        let status =
            if is_stream && is_low { one.status.filter(|_| body.says_status) } else { one.status };
        let finding = Finding { code: one.code.clone(), item, ..Finding::of(kind, status) };
        let is_same =
            |other: &Finding| (other.kind, &other.code, other.status) == (kind, &one.code, status);
        if findings.len() < MAX_FINDINGS && !findings.iter().any(is_same) {
            findings.push(finding);
        }
    }
    if body.mismatch.is_some() {
        let differs = |finding: &mut Finding| {
            finding.mismatch.clone_from(&body.mismatch);
            finding.differences.clone_from(&body.differences);
        };
        let of_status = |finding: &&mut Finding| {
            matches!(finding.kind, Kind::UndocumentedStatus | Kind::WrongShape)
        };
        if let Some(finding) = findings.iter_mut().find(of_status) {
            differs(finding);
        } else if let Some(first) = findings.first() {
            let mut finding = Finding { kind: Kind::WrongShape, ..first.clone() };
            differs(&mut finding);
            findings.retain(|finding| finding.kind.is_problem());
            findings.push(finding);
        }
    }
    findings
}

/// The most findings about one body.
const MAX_FINDINGS: usize = 20;

/// What an error in a body is. Shapes are looked at later.
fn of_occurrence(surface: &Surface, one: &Occurrence, differs: bool) -> (Kind, Option<Item>) {
    let known = |index: usize| {
        let is_listed = |entry: &Entry| {
            entry.statuses.is_empty()
                || entry.statuses.iter().any(|it| Some(it.value) == one.status)
        };
        let kind = match surface.errors.get(index) {
            Some(entry) if one.status.is_some() && !is_listed(entry) => Kind::WrongStatus,
            Some(entry) if entry.deprecated.is_some() => Kind::Deprecated,
            _ => Kind::Documented,
        };
        (kind, Some(Item::Error(index)))
    };
    match (&one.code, one.entry) {
        (_, Some(index)) => known(index),
        (Some(code), None) => match surface.item(code) {
            Some(Item::Error(index)) => known(index),
            Some(retired) => (Kind::Retired, Some(retired)),
            None => (Kind::UndocumentedCode, None),
        },
        (None, None) => {
            let is_code = surface.key() == Some(Key::Code);
            let is_known = (differs || is_code) && surface.has_status(one.status);
            (if is_known { Kind::WrongShape } else { Kind::UndocumentedStatus }, None)
        }
    }
}

impl Surface {
    /// Whether some error comes with a status. If one has no status, any status may be its own.
    fn has_status(&self, status: Option<u16>) -> bool {
        self.errors.iter().any(|entry| {
            let statuses = &entry.statuses;
            statuses.is_empty() || statuses.iter().any(|one| Some(one.value) == status)
        })
    }
}

/// An error in a response below 400, in a shape that no surface has.
fn reported_in(response: &Response) -> Option<Finding> {
    let found = match &response.content {
        Content::Body(body) => reported(body),
        Content::Events(events) => events.iter().find_map(|event| reported(event.as_bytes())),
    }?;
    Some(Finding {
        code: found.code,
        mismatch: Some(format!("`{}` holds it, in another shape", found.at)),
        is_in_stream: matches!(response.content, Content::Events(_)),
        ..Finding::of(Kind::ErrorIn200, response.status)
    })
}

/// Whether a body can be an error that anything reads: it is neither compressed nor very long.
fn is_readable(response: &Response) -> bool {
    match &response.content {
        Content::Body(body) => body.len() <= MAX_BODY && !is_compressed(body),
        Content::Events(_) => true,
    }
}
