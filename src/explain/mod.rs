//! Explains a name, a status or a response: which errors of the catalogs it is, why, and what to do now.

mod advice;
mod answer;
#[cfg(test)]
mod conformance;
mod facts;
mod found;
mod links;
mod names;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use advice::Advice;
use answer::Answer;
use facts::{Facts, Question, retry_after};
use found::Found;
use names::Named;

use crate::catalog::retry::{RetryAdvice, advice, fallback};
use crate::catalog::{Catalog, text};
use crate::reading::{
    Content, Item, Outcome, Place, Reading, Reported, Response, batch, best, readings, reported,
    surfaces,
};
use crate::render::templates::Templates;

/// The catalogs to search.
pub(crate) struct Explainer {
    catalogs: Vec<Arc<Catalog>>,
    /// The templates of the docs page, because answers are sections of it.
    templates: Templates,
}

impl Explainer {
    pub(crate) fn new(catalogs: Vec<Arc<Catalog>>, templates: Templates) -> Self {
        Self { catalogs, templates }
    }

    /// Every error and retired code.
    pub(crate) fn all(&self) -> Answer<'_> {
        let question =
            Question { outcome: "found", query_kind: Some("all"), ..Question::default() };
        self.named(question, names::all(&self.catalogs))
    }

    /// What `query` names: an error, a status, a group, an API or a page.
    pub(crate) fn name(&self, query: &str) -> Answer<'_> {
        let query = query.trim();
        let status = names::status(query);
        let mut question =
            Question { query: Some(query.to_owned()), status, ..Question::default() };
        if let Some(named) = names::named(&self.catalogs, query) {
            question.outcome = "found";
            question.query_kind = Some(named.kind);
            question.is_guess = named.is_guess();
            question.group = named.group;
            question.status = status.filter(|_| named.kind == "status");
            return self.named(question, named.found);
        }
        match status {
            Some(status @ ..400) => {
                let surfaces = surfaces(&self.catalogs).map(|(_, surface)| surface);
                let low_in = surfaces.filter(|surface| surface.low_statuses().contains(&status));
                let titles = low_in.filter_map(|surface| text(surface.title.as_ref()));
                question.outcome = "not_an_error";
                question.low_in = titles.map(str::to_owned).collect();
                self.answer(question, Vec::new())
            }
            Some(status) => self.by_strategy(question, status, &[]),
            None => {
                question.outcome = "unknown";
                question.nearest = names::nearest(&self.catalogs, query);
                self.answer(question, Vec::new())
            }
        }
    }

    /// Which error a saved response is.
    ///
    /// `now` is the time since 1970 began. It counts if the server asks to wait until a date, but does not
    /// send its own time.
    pub(crate) fn response(&self, saved: &[u8], now: Duration) -> Answer<'_> {
        let response = Response::read(saved);
        let batch = batch(&response);
        let each = surfaces(&self.catalogs);
        let readings = best(readings(&self.catalogs, each, &response, &batch));
        let is_stream = matches!(response.content, Content::Events(_));
        let best = readings.first();
        let is_error = match response.status {
            Some(400..) => true,
            // The stream began before the error occurred.
            _ if is_stream => best.is_some_and(Reading::is_of_surface),
            Some(_) => best.is_some_and(|best| best.body.is_error),
            None => true,
        };
        let asked = retry_after(&response, now);
        let nothing = best.filter(|best| best.outcome == Outcome::Nothing);
        let mut question = Question {
            status: response.status,
            is_stream,
            is_empty: response.is_empty(),
            retry_after_ms: asked.max(best.and_then(|best| best.body.wait)),
            ..Question::default()
        };
        let reported = match &response.content {
            Content::Body(body) if !is_error => reported(body),
            _ => None,
        };
        if let Some(reported) = reported {
            return self.reported(question, reported);
        }
        if !is_error {
            question.outcome = "not_an_error";
            return self.answer(question, Vec::new());
        }
        if let (Some(_), Some(status)) = (nothing, response.status) {
            return self.by_strategy(question, status, &readings);
        }
        question.outcome = match nothing {
            Some(_) => "malformed",
            None if best.is_some_and(Reading::is_known) => "found",
            None => "unknown",
        };
        self.read(question, &readings, asked)
    }

    /// What the best readings of a response say.
    fn read(&self, mut question: Question, readings: &[Reading], asked: Option<u64>) -> Answer<'_> {
        let of_reading = |reading: &Reading| found::of_reading(&self.catalogs, reading, asked);
        let mut found: Vec<Found> = readings.iter().flat_map(of_reading).collect();
        let places: BTreeSet<Place> = readings.iter().map(|reading| reading.place).collect();
        question.is_guess = question.outcome == "found"
            && (places.len() > 1
                || readings.iter().any(|reading| reading.is_guess(&self.catalogs)));
        if question.is_guess {
            // If a response has a list of errors, an API may know none of them.
            found.retain(|one| one.item.is_some());
            question.fits_by = found::best_first(&mut found);
        }
        question.nearest = found::nearest_of_all(&found);
        question.advice = together(found.iter().map(|one| one.advice))
            .map(|advice| Advice::of(Some(advice), question.retry_after_ms));
        self.answer(question, found)
    }

    /// An error in a body that no surface describes: the entries with its code.
    fn reported(&self, mut question: Question, reported: Reported) -> Answer<'_> {
        let named = reported.code.as_deref().and_then(|code| names::by_name(&self.catalogs, code));
        let named = named.filter(|named| ["error", "status"].contains(&named.kind));
        question.is_guess = named.as_ref().is_some_and(Named::is_guess);
        let found = named.map(|named| named.found).unwrap_or_default();
        question.outcome = if found.is_empty() { "unknown" } else { "found" };
        if let (true, Some(code)) = (found.is_empty(), &reported.code) {
            question.nearest = names::nearest(&self.catalogs, code);
        }
        question.reported_at = Some(reported.at);
        question.reported_code = reported.code;
        self.named(question, found)
    }

    fn answer(&self, question: Question, found: Vec<Found>) -> Answer<'_> {
        Answer { of: self, question, found }
    }

    /// What a name stands for, with the advice that is right for all of it.
    fn named(&self, mut question: Question, found: Vec<(Place, Item)>) -> Answer<'_> {
        if question.is_guess {
            let status = question.status.filter(|_| question.query_kind == Some("status"));
            let each = found.iter().flat_map(|&(place, item)| self.advice(place, item, status));
            question.advice = together(each).map(|advice| Advice::of(Some(advice), None));
        }
        let found = found.into_iter().map(|(place, item)| Found::named(place, item));
        self.answer(question, found.collect())
    }

    /// The advice for an error with a status, or with each of its own.
    fn advice(&self, place: Place, item: Item, status: Option<u16>) -> Vec<Option<RetryAdvice>> {
        let Item::Error(index) = item else { return Vec::new() };
        let catalog = self.catalogs.get(place.catalog);
        let surface = catalog.and_then(|catalog| catalog.surfaces.get(place.surface));
        let (Some(catalog), Some(entry)) = (catalog, surface.and_then(|it| it.errors.get(index)))
        else {
            return Vec::new();
        };
        let own = entry.statuses.iter().map(|status| status.value);
        let statuses: Vec<u16> = status.map_or_else(|| own.collect(), |status| vec![status]);
        statuses.into_iter().map(|status| advice(catalog, entry, Some(status))).collect()
    }

    /// What each catalog says about a status that none of its errors has, or what its packages do about a
    /// response with it.
    fn by_strategy(&self, mut question: Question, status: u16, readings: &[Reading]) -> Answer<'_> {
        let asked = question.retry_after_ms;
        let body = readings.first().map(|best| &best.body);
        let advice = |(index, catalog): (usize, &Arc<Catalog>)| {
            let own = readings.iter().filter(|reading| reading.place.catalog == index);
            together(own.map(|reading| reading.body.advice))
                .or_else(|| fallback(catalog, Some(status)))
        };
        let all: Vec<Option<RetryAdvice>> = self.catalogs.iter().enumerate().map(advice).collect();
        let found = |(catalog, &advice): (usize, &Option<RetryAdvice>)| {
            let facts = Facts {
                by: "unknown_status",
                status: Some(status),
                mismatch: body.and_then(|body| body.mismatch.clone()),
                is_foreign: body.is_some_and(|body| body.is_foreign),
                text: body.and_then(|body| body.text.clone()),
                advice: Advice::of(advice, asked),
                ..Facts::default()
            };
            Found::nothing(catalog, facts, advice)
        };
        let found = all.iter().enumerate().map(found).collect();
        question.outcome = "unknown";
        question.advice = together(all.into_iter()).map(|advice| Advice::of(Some(advice), asked));
        self.answer(question, found)
    }
}

/// The advice that is right for each of several errors. `None` if nothing says it for any of them.
fn together(all: impl Iterator<Item = Option<RetryAdvice>>) -> Option<RetryAdvice> {
    let all: Vec<Option<RetryAdvice>> = all.collect();
    let is_said = all.iter().any(Option::is_some);
    let each = all.into_iter().map(|advice| advice.unwrap_or(RetryAdvice::Never));
    each.reduce(RetryAdvice::and).filter(|_| is_said)
}
