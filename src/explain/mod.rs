//! Explains a name, a status or a response: which errors of the catalogs it is, why, and what to do now.

mod answer;
#[cfg(test)]
mod conformance;
mod facts;
mod names;
mod reading;
mod recognize;
mod reported;
mod response;
mod runtime;

use std::time::Duration;

use answer::{Answer, Found};
use facts::{Facts, Question, Said, retry_after, written};
use names::{Item, Place};
use reading::{Outcome, Reading};
use recognize::{Occurrence, Recognized};
use reported::{Reported, reported};
use response::{Content, Response};

use crate::catalog::retry::{RetryAdvice, fallback};
use crate::catalog::{Catalog, Surface, text};
use crate::render::templates::Templates;

/// The catalogs to search.
pub(crate) struct Explainer {
    catalogs: Vec<Catalog>,
    /// The templates of the docs page, because answers are sections of it.
    templates: Templates,
}

impl Explainer {
    pub(crate) fn new(catalogs: Vec<Catalog>, templates: Templates) -> Self {
        Self { catalogs, templates }
    }

    /// Every error and retired code.
    pub(crate) fn all(&self) -> Answer<'_> {
        let question = Question { outcome: "found", ..Question::default() };
        self.named(question, names::all(&self.catalogs))
    }

    /// What `query` names: errors by their code, name, anchor, status, problem type or group.
    pub(crate) fn name(&self, query: &str) -> Answer<'_> {
        let query = query.trim();
        // People paste anchors with their `#`, or with the whole URL.
        let anchor = query.rsplit('#').next().unwrap_or_default();
        let mut found = names::by_name(&self.catalogs, query);
        if found.is_empty() {
            found = names::by_name(&self.catalogs, anchor);
        }
        let query = anchor;
        let status = query.parse::<u16>().ok().filter(|status| (100..600).contains(status));
        let mut question = Question { query: Some(query.to_owned()), ..Question::default() };
        match status {
            _ if !found.is_empty() => question.outcome = "found",
            Some(status @ ..400) => {
                let surfaces = names::surfaces(&self.catalogs).map(|(_, surface)| surface);
                let low_in = surfaces.filter(|surface| surface.low_statuses().contains(&status));
                let titles = low_in.filter_map(|surface| text(surface.title.as_ref()));
                question.outcome = "not_an_error";
                question.status = Some(status);
                question.low_in = titles.map(str::to_owned).collect();
            }
            Some(status) => {
                question.outcome = "unknown";
                return self.answer(question, self.by_strategy(status, None, None));
            }
            None => {
                let surfaces = names::surfaces(&self.catalogs).map(|(_, surface)| surface);
                question.outcome = "unknown";
                question.nearest = names::nearest(surfaces, query);
            }
        }
        self.named(question, found)
    }

    /// Which error a saved response is.
    ///
    /// `now` is the time since 1970 began. It counts if the server asks to wait until a date, but does not
    /// send its own time.
    pub(crate) fn response(&self, saved: &[u8], now: Duration) -> Answer<'_> {
        let response = Response::read(saved);
        let readings = reading::by_response(&self.catalogs, &response);
        let is_stream = matches!(response.content, Content::Events(_));
        let best = readings.first();
        let is_error = match response.status {
            Some(400..) => true,
            // The stream began before the error occurred.
            _ if is_stream => best.is_some_and(Reading::is_of_surface),
            Some(_) => best.is_some_and(|best| best.body.is_error),
            None => true,
        };
        let retry_after = retry_after(&response, now).max(best.and_then(|best| best.body.wait));
        let nothing = best.filter(|best| best.outcome == Outcome::Nothing);
        let reported = match &response.content {
            Content::Body(body) if !is_error => reported(body),
            _ => None,
        };
        let (outcome, found) = match (nothing, response.status) {
            _ if reported.is_some() => ("unknown", Vec::new()),
            _ if !is_error => ("not_an_error", Vec::new()),
            (Some(nothing), Some(status)) => {
                ("unknown", self.by_strategy(status, Some(&nothing.body), retry_after))
            }
            (nothing, _) => {
                let is_known = best.is_some_and(Reading::is_known);
                let outcome = match nothing {
                    Some(_) => "malformed",
                    None if is_known => "found",
                    None => "unknown",
                };
                let found = readings.iter().flat_map(|reading| self.facts(reading, retry_after));
                (outcome, found.collect())
            }
        };
        let question = Question {
            outcome,
            status: response.status,
            is_stream,
            is_empty: response.is_empty(),
            retry_after_ms: retry_after,
            ..Question::default()
        };
        match reported {
            Some(reported) => self.reported(question, reported),
            None => self.answer(question, found),
        }
    }

    /// An error in a body that no surface describes: the entries with its code.
    fn reported(&self, mut question: Question, reported: Reported) -> Answer<'_> {
        let code = reported.code.as_deref();
        let found = code.map(|code| names::by_name(&self.catalogs, code)).unwrap_or_default();
        question.outcome = if found.is_empty() { "unknown" } else { "found" };
        if let (true, Some(code)) = (found.is_empty(), code) {
            let surfaces = names::surfaces(&self.catalogs).map(|(_, surface)| surface);
            question.nearest = names::nearest(surfaces, code);
        }
        question.reported_at = Some(reported.at);
        question.reported_code = reported.code;
        self.named(question, found)
    }

    fn answer(&self, question: Question, found: Vec<Found>) -> Answer<'_> {
        Answer { of: self, question, found }
    }

    fn named(&self, question: Question, found: Vec<(Place, Item)>) -> Answer<'_> {
        let found = found.into_iter().map(|(Place { catalog, surface }, item)| Found {
            catalog,
            surface: Some(surface),
            item: Some(item),
            facts: None,
        });
        self.answer(question, found.collect())
    }

    /// What the strategy of each catalog says about a status that none of its errors has.
    fn by_strategy(
        &self,
        status: u16,
        body: Option<&Recognized>,
        retry_after: Option<u64>,
    ) -> Vec<Found> {
        let found = |(catalog, one)| {
            let facts = Facts {
                by: "unknown_status",
                status: Some(status),
                mismatch: body.and_then(|body| body.mismatch.clone()),
                text: body.and_then(|body| body.text.clone()),
                is_last: true,
                ..Facts::default().with_advice(fallback(one, Some(status)), retry_after)
            };
            Found { catalog, surface: None, item: None, facts: Some(facts) }
        };
        self.catalogs.iter().enumerate().map(found).collect()
    }

    /// The errors that a reading may mean, each with the facts about the response. The one that counts
    /// comes first.
    fn facts(&self, reading: &Reading, retry_after: Option<u64>) -> Vec<Found> {
        let &Reading { place, ref body, .. } = reading;
        let Some(catalog) = self.catalogs.get(place.catalog) else { return Vec::new() };
        let Some(surface) = catalog.surfaces.get(place.surface) else { return Vec::new() };
        let mut found: Vec<Found> = Vec::new();
        if body.errors.len() < 2 {
            found = in_surface(surface, reading, &reading.outcome, &body.main, 0);
        } else {
            for (index, one) in body.errors.iter().enumerate() {
                let outcome = surface.outcome(one, body.mismatch.is_some());
                for new in in_surface(surface, reading, &outcome, one, index) {
                    let is_same =
                        |known: &&mut Found| known.item.is_some() && known.item == new.item;
                    match (found.iter_mut().find(is_same), new.facts) {
                        // The same error again has other values.
                        (Some(Found { facts: Some(known), .. }), Some(again)) => {
                            known.values.extend(again.values);
                        }
                        (_, facts) => found.push(Found { facts, ..new }),
                    }
                }
            }
            let main = body.main.entry.map(Item::Error);
            found.sort_by_key(|found| main.is_some() && found.item != main);
        }
        // Where nothing tells which error it is, all that it may be may say the same.
        let retryable = |one: &Found| match one.item {
            Some(Item::Error(index)) => surface.errors.get(index)?.retryable.given(),
            _ => None,
        };
        let says_never = |one| retryable(one).is_some_and(|retryable| !retryable.value);
        let is_never = !found.is_empty() && found.iter().all(says_never);
        let advice = body.advice.or(is_never.then_some(RetryAdvice::Never));
        let last = found.len().saturating_sub(1);
        for (index, found) in found.iter_mut().enumerate() {
            found.facts = found.facts.take().map(|facts| Facts {
                errors: u32::try_from(body.errors.len()).unwrap_or(u32::MAX),
                is_last: index == last || body.errors.len() < 2,
                ..facts.with_advice(advice, retry_after)
            });
        }
        found
    }
}

/// What an outcome of a reading may mean.
fn in_surface(
    surface: &Surface,
    reading: &Reading,
    outcome: &Outcome,
    one: &Occurrence,
    index: usize,
) -> Vec<Found> {
    let mut code = None;
    let (by, items) = match outcome {
        Outcome::ByCode(item) => ("code", vec![Some(*item)]),
        Outcome::ByStatus(error) => ("status", vec![Some(Item::Error(*error))]),
        Outcome::ByStatusAlone(errors) => {
            ("status_alone", errors.iter().map(|&error| Some(Item::Error(error))).collect())
        }
        Outcome::UnknownCode(unknown) => {
            code = Some(unknown.clone());
            ("unknown_code", vec![None])
        }
        Outcome::UnknownStatus(_) => ("unknown_status", vec![None]),
        Outcome::NoStatus => ("no_status", vec![None]),
        Outcome::Nothing => ("nothing", vec![None]),
    };
    let nearest = code.as_ref().map(|code| names::nearest([surface].into_iter(), code));
    let found = |item: Option<Item>| {
        let error = match item {
            Some(Item::Error(index)) => surface.errors.get(index),
            _ => None,
        };
        let values = one.values.iter().map(|(name, value)| {
            let mut params = error.iter().flat_map(|error| &error.params);
            let param = params.find(|param| param.name.value == *name);
            let meaning = param.and_then(|param| text(param.meaning.as_ref())).map(str::to_owned);
            Said { name: name.clone(), value: value.clone(), meaning }
        });
        let facts = Facts {
            by,
            status: one.status.filter(|_| reading.body.says_status),
            mismatch: reading.body.mismatch.clone(),
            text: reading.body.text.clone(),
            code_at: surface.shape.code().map(|place| written(&place.path, index)),
            code: code.clone(),
            nearest: nearest.clone().unwrap_or_default(),
            values: values.collect(),
            ..Facts::default()
        };
        let Place { catalog, surface } = reading.place;
        Found { catalog, surface: Some(surface), item, facts: Some(facts) }
    };
    items.into_iter().map(found).collect()
}
