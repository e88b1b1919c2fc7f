//! The errors that a response may be, each with the facts about it, and the one that fits best first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::advice::Advice;
use super::facts::{Facts, Said, written};
use super::names::nearest_in;
use crate::catalog::body::Body;
use crate::catalog::retry::RetryAdvice;
use crate::catalog::values::Content;
use crate::catalog::{Catalog, Entry, Surface, text};
use crate::reading::{Item, Occurrence, Outcome, Place, Reading};
use crate::render::context::place_of;
use crate::text::json::Json;

/// One error that may be meant; or, for a response, what else it may be.
pub(super) struct Found {
    pub catalog: usize,
    pub surface: Option<usize>,
    pub item: Option<Item>,
    /// None if the question is a name.
    pub facts: Option<Facts>,
    /// What the packages do about the response.
    pub advice: Option<RetryAdvice>,
    fit: Fit,
}

/// How well an error fits a response: the greater, the better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// Packages take any response with its status for this error.
    by_status: bool,
    /// In how many places the body differs from the shape.
    differs: Reverse<usize>,
    /// How many values in the body are those that the catalog gives to the error.
    values: usize,
}

impl Found {
    /// The error.
    pub(super) fn entry<'c>(&self, catalogs: &'c [Arc<Catalog>]) -> Option<&'c Entry> {
        let surface = catalogs.get(self.catalog)?.surfaces.get(self.surface?)?;
        match self.item? {
            Item::Error(index) => surface.errors.get(index),
            Item::Retired(_) => None,
        }
    }

    pub(super) fn named(place: Place, item: Item) -> Self {
        let Place { catalog, surface } = place;
        let item = Some(item);
        Self {
            catalog,
            surface: Some(surface),
            item,
            facts: None,
            advice: None,
            fit: Fit::default(),
        }
    }

    /// What a response is if no error of a catalog fits it.
    pub(super) fn nothing(catalog: usize, facts: Facts, advice: Option<RetryAdvice>) -> Self {
        let facts = Some(facts);
        Self { catalog, surface: None, item: None, facts, advice, fit: Fit::default() }
    }
}

/// Puts the error that fits best first, and says why it does: by its `status`, by the `shape` of the body or
/// by the `values` in it. `None` if no one fits better than all others.
pub(super) fn best_first(found: &mut [Found]) -> Option<&'static str> {
    found.sort_by_key(|one| Reverse(one.fit));
    let [first, second, ..] = found else { return None };
    let (first, second) = (first.fit, second.fit);
    [
        ("status", first.by_status != second.by_status),
        ("shape", first.differs != second.differs),
        ("values", first.values != second.values),
    ]
    .into_iter()
    .find_map(|(by, differs)| differs.then_some(by))
}

/// What is similar to the unknown codes of all that was found, nearest first; at most three.
pub(super) fn nearest_of_all(found: &[Found]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in found.iter().filter_map(|one| one.facts.as_ref()).flat_map(|facts| &facts.nearest) {
        if all.len() < 3 && !all.contains(name) {
            all.push(name.clone());
        }
    }
    all
}

/// The errors that a reading may mean. The one that counts comes first. `asked` is the wait that the headers
/// ask for, in milliseconds.
pub(super) fn of_reading(
    catalogs: &[Arc<Catalog>],
    reading: &Reading,
    asked: Option<u64>,
) -> Vec<Found> {
    let &Reading { place, ref body, .. } = reading;
    let catalog = catalogs.get(place.catalog);
    let Some(surface) = catalog.and_then(|catalog| catalog.surfaces.get(place.surface)) else {
        return Vec::new();
    };
    let sent = serde_json::from_slice(reading.source).unwrap_or_default();
    let mut found: Vec<Found> = Vec::new();
    if body.errors.len() < 2 {
        found = of_occurrence(surface, reading, &reading.outcome, &body.main, (0, &sent));
    } else {
        // Where an error is among those that were found.
        let mut known = BTreeMap::new();
        for (index, one) in body.errors.iter().enumerate() {
            let outcome = surface.outcome(one, body.mismatch.is_some());
            for new in of_occurrence(surface, reading, &outcome, one, (index, &sent)) {
                let at = new.item.map(|item| *known.entry(item).or_insert(found.len()));
                match (at.and_then(|at| found.get_mut(at)), new.facts) {
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
    // Without a strategy, all errors that it may be may still say the same.
    let is_never = |one: &Found| one.entry(catalogs).is_some_and(Entry::is_never);
    let all_never = !found.is_empty() && found.iter().all(is_never);
    let own = body.advice.or(all_never.then_some(RetryAdvice::Never));
    let advice = Advice::of(own, asked.max(body.wait));
    for found in &mut found {
        found.advice = own;
        found.facts = found.facts.take().map(|facts| Facts {
            errors: u32::try_from(body.errors.len()).unwrap_or(u32::MAX),
            advice: advice.clone(),
            ..facts
        });
    }
    found
}

/// The most errors of one body with suggestions for an unknown code. More would help nobody.
const MAX_SUGGESTED: usize = 20;

/// What an outcome of a reading may mean. The occurrence has a position in the body that was sent.
fn of_occurrence(
    surface: &Surface,
    reading: &Reading,
    outcome: &Outcome,
    one: &Occurrence,
    (index, sent): (usize, &Json),
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
    let suggests = code.as_ref().filter(|_| index < MAX_SUGGESTED);
    let nearest = suggests.map(|code| nearest_in(surface, code)).unwrap_or_default();
    let found = |item: Option<Item>| {
        let error = match item {
            Some(Item::Error(index)) => surface.errors.get(index),
            _ => None,
        };
        let values = one.values.iter().map(|(name, value)| {
            let mut params = error.iter().flat_map(|error| &error.params);
            let param = params.find(|param| param.name.value == *name);
            let meaning = param.and_then(|param| text(param.meaning.as_ref())).map(str::to_owned);
            let body = surface.shape.body.as_ref();
            let place = body.and_then(|body| place_of(body, name)).unwrap_or_default().path;
            let place = place.replacen("[]", &format!("[{index}]"), 1);
            Said {
                name: name.clone(),
                raw: at(sent, &place).cloned().unwrap_or_else(|| value.clone()),
                place,
                value: value.clone(),
                is_wait: body.and_then(Body::wait).is_some_and(|wait| wait.name == name),
                meaning,
            }
        });
        let body = &reading.body;
        let facts = Facts {
            by,
            status: one.status.filter(|_| body.says_status),
            mismatch: body.mismatch.clone(),
            is_foreign: body.is_foreign,
            text: body.text.clone(),
            code_at: surface.shape.code().map(|place| written(&place.path, index)),
            code: code.clone(),
            nearest: nearest.clone(),
            values: values.collect(),
            same_values: error.map(|error| same_values(error, one)).unwrap_or_default(),
            ..Facts::default()
        };
        let fit = Fit {
            by_status: by == "status_alone"
                && error.is_some_and(|it| surface.is_told_by_status(it)),
            differs: Reverse(body.mismatches),
            values: facts.same_values.len(),
        };
        let Place { catalog, surface } = reading.place;
        Found { catalog, surface: Some(surface), item, facts: Some(facts), advice: None, fit }
    };
    items.into_iter().map(found).collect()
}

/// What is at a path in a body.
fn at<'b>(body: &'b Json, path: &str) -> Option<&'b Json> {
    let mut steps = path.split(['.', '[', ']']).filter(|step| !step.is_empty());
    steps.try_fold(body, |value, step| match value {
        Json::Array(elements) => elements.get(step.parse::<usize>().ok()?),
        _ => value.get(step),
    })
}

impl Entry {
    /// Whether it says that the same request would fail again.
    pub(super) fn is_never(&self) -> bool {
        self.retryable.given().is_some_and(|retryable| !retryable.value)
    }
}

/// The values in a body that the catalog gives to an error.
fn same_values(error: &Entry, one: &Occurrence) -> Vec<String> {
    let is_same = |name: &str, value| match error.value(name).map(|own| &own.content) {
        Some(Content::Data(data)) => data == value,
        _ => false,
    };
    let values = one.values.iter().filter(|(name, value)| is_same(name, value));
    values.map(|(name, _)| name.clone()).collect()
}
