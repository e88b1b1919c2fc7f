//! What a name, a status or a response is, for a person or a program: the errors of catalogs that it
//! is, why, and what to do now. Never prints; how an error is written is the Markdown page's matter.

mod recognize;
mod response;
mod runtime;

use std::collections::BTreeSet;
use std::time::Duration;

use minijinja::Value;
use minijinja::value::Serde;
use serde_json::{Value as Json, json};

use crate::catalog::body::Step;
use crate::catalog::retry::{RetryAdvice, advice, fallback};
use crate::catalog::{Catalog, text};
use crate::error::Error;
use crate::explain::response::{Content, Response};
use crate::render::record::records;
use crate::render::templates::Templates;
use crate::render::{Context, Renderer};
use recognize::{Item, Outcome, Place, Reading};
use runtime::{http_time, server_wait};

/// Catalogs that can be asked.
pub(crate) struct Explainer {
    catalogs: Vec<Catalog>,
    /// Those of the docs page, which the answers are sections of.
    templates: Templates,
}

/// An answer, before it is written.
pub(crate) struct Answer<'e> {
    of: &'e Explainer,
    question: Question,
    found: Vec<Found>,
}

/// One error that may be meant; or, of a response, what else it is.
struct Found {
    catalog: usize,
    surface: Option<usize>,
    item: Option<Item>,
    /// None if a name was asked for.
    facts: Option<Facts>,
}

records! {
    /// Facts about the question as a whole.
    #[derive(Debug, Default)]
    struct Question {
        /// `found`, `unknown`, `not_an_error` or `malformed`.
        outcome: &'static str,
        /// The name that was asked for.
        query: Option<String>,
        /// The names that are like it.
        nearest: Vec<String>,
        /// The status of the response.
        status: Option<u16>,
        is_stream: bool,
        is_empty: bool,
        /// How long the response asks to wait, in milliseconds.
        asked_ms: Option<u64>,
    }

    /// Facts about a response, as one surface sees it.
    #[derive(Clone, Debug, Default)]
    struct Facts {
        /// What decides: `code`, `status`, `status_alone`; or else why nothing does: `unknown_code`,
        /// `unknown_status`, `no_status`, `nothing`.
        by: &'static str,
        /// The status that decides, which may stand in the body.
        status: Option<u16>,
        /// How the body differs from the surface's.
        misfit: Option<String>,
        /// Where the code stands in a body.
        code_at: Option<String>,
        /// A code that is unknown, and those that are like it.
        code: Option<String>,
        nearest: Vec<String>,
        /// What the body says each time the error occurs.
        values: Vec<Said>,
        /// Whether the same request may succeed later.
        retryable: bool,
        /// The waits before each retry, in milliseconds, without jitter.
        waits_ms: Vec<u64>,
    }

    #[derive(Clone, Debug)]
    struct Said {
        name: String,
        value: Json,
        meaning: Option<String>,
    }
}

/// More errors than this are listed, a line each.
const MAX_SECTIONS: usize = 5;

impl Explainer {
    pub(crate) fn new(catalogs: Vec<Catalog>, templates: Templates) -> Self {
        Self { catalogs, templates }
    }

    /// Every error and retired code there is.
    pub(crate) fn all(&self) -> Answer<'_> {
        let question = Question { outcome: "found", ..Question::default() };
        self.named(question, recognize::all(&self.catalogs))
    }

    /// What is called so: a code, name, anchor or status.
    pub(crate) fn name(&self, query: &str) -> Answer<'_> {
        // Anchors are pasted with their `#`, or as the URL of the docs.
        let query = query.trim().rsplit('#').next().unwrap_or_default();
        let found = recognize::by_name(&self.catalogs, query);
        let status = query.parse::<u16>().ok().filter(|status| (100..600).contains(status));
        let mut question = Question { query: Some(query.to_owned()), ..Question::default() };
        match status {
            _ if !found.is_empty() => question.outcome = "found",
            Some(status @ ..400) => {
                question.outcome = "not_an_error";
                question.status = Some(status);
            }
            Some(status) => {
                question.outcome = "unknown";
                return self.answer(question, self.by_strategy(status, None, None));
            }
            None => {
                let surfaces = recognize::surfaces(&self.catalogs).map(|(_, surface)| surface);
                question.outcome = "unknown";
                question.nearest = recognize::nearest(surfaces, query);
            }
        }
        self.named(question, found)
    }

    /// Which error a saved response is. `now` is the time since 1970 began, for a server that asks
    /// to wait until a date, and does not say what time it has.
    pub(crate) fn response(&self, saved: &[u8], now: Duration) -> Answer<'_> {
        let response = Response::read(saved);
        let readings = recognize::by_response(&self.catalogs, &response);
        let is_stream = matches!(response.content, Content::Events(_));
        let best = readings.first();
        let is_error = match response.status {
            Some(400..) => true,
            // A success was sent before there was an error.
            _ if is_stream => best.is_some_and(Reading::is_of_surface),
            Some(_) => best.is_some_and(Reading::names_a_code),
            None => true,
        };
        let asked = asked(&response, now);
        let nothing = best.filter(|best| best.outcome == Outcome::Nothing);
        let (outcome, found) = match (nothing, response.status) {
            _ if !is_error => ("not_an_error", Vec::new()),
            (Some(nothing), Some(status)) => {
                ("unknown", self.by_strategy(status, nothing.mismatch.as_deref(), asked))
            }
            (nothing, _) => {
                let is_known = best.is_some_and(Reading::is_known);
                let outcome = match nothing {
                    Some(_) => "malformed",
                    None if is_known => "found",
                    None => "unknown",
                };
                let found = readings.iter().flat_map(|reading| self.facts(reading, asked));
                (outcome, found.collect())
            }
        };
        let question = Question {
            outcome,
            status: response.status,
            is_stream,
            is_empty: response.is_empty(),
            asked_ms: asked,
            ..Question::default()
        };
        self.answer(question, found)
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

    /// What each catalog's strategy says of a status that none of its errors has.
    fn by_strategy(&self, status: u16, misfit: Option<&str>, asked: Option<u64>) -> Vec<Found> {
        let found = |(catalog, one)| {
            let facts = Facts {
                by: "unknown_status",
                status: Some(status),
                misfit: misfit.map(str::to_owned),
                ..Facts::advice(fallback(one, Some(status)), asked)
            };
            Found { catalog, surface: None, item: None, facts: Some(facts) }
        };
        self.catalogs.iter().enumerate().map(found).collect()
    }

    /// The errors that a reading may mean, each with the facts about the response.
    fn facts(&self, reading: &Reading, asked: Option<u64>) -> Vec<Found> {
        let &Reading { place, status, .. } = reading;
        let Some(catalog) = self.catalogs.get(place.catalog) else { return Vec::new() };
        let Some(surface) = catalog.surfaces.get(place.surface) else { return Vec::new() };
        let mut code = None;
        let (by, items) = match &reading.outcome {
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
        let nearest = code.as_ref().map(|code| recognize::nearest([surface].into_iter(), code));
        let nearest = nearest.unwrap_or_default();
        let code_at = surface.shape.code().map(|spot| written(&spot.path));
        let found = |item: Option<Item>| {
            let error = match item {
                Some(Item::Error(index)) => surface.errors.get(index),
                _ => None,
            };
            let values = reading.values.iter().map(|(name, value)| {
                let mut params = error.iter().flat_map(|error| &error.params);
                let param = params.find(|param| param.name.value == *name);
                let meaning =
                    param.and_then(|param| text(param.meaning.as_ref())).map(str::to_owned);
                Said { name: name.clone(), value: value.clone(), meaning }
            });
            let advice = match error {
                // Without its code, packages do not take it for this error.
                Some(_) if by == "status_alone" && surface.is_keyed_by_code() => {
                    fallback(catalog, status)
                }
                Some(error) => advice(catalog, error),
                None => fallback(catalog, status),
            };
            let facts = Facts {
                by,
                status,
                misfit: reading.mismatch.clone(),
                code_at: code_at.clone(),
                code: code.clone(),
                nearest: nearest.clone(),
                values: values.collect(),
                ..Facts::advice(advice, asked)
            };
            let Place { catalog, surface } = place;
            Found { catalog, surface: Some(surface), item, facts: Some(facts) }
        };
        items.into_iter().map(found).collect()
    }
}

impl Facts {
    /// Whether to retry, and after which waits.
    fn advice(advice: RetryAdvice, asked: Option<u64>) -> Self {
        let (retryable, mut waits_ms) = match advice {
            RetryAdvice::Never => (false, Vec::new()),
            RetryAdvice::Backoff(backoff) => (true, backoff.waits()),
            RetryAdvice::After(after, backoff) => {
                (true, backoff.waits().into_iter().map(|wait| wait.max(after)).collect())
            }
        };
        // What one response asks for says nothing about the next.
        if let (Some(first), Some(asked)) = (waits_ms.first_mut(), asked) {
            *first = asked.max(*first);
        }
        Self { retryable, waits_ms, ..Self::default() }
    }
}

impl Answer<'_> {
    /// Whether the catalogs say what was asked about.
    pub(crate) fn is_known(&self) -> bool {
        ["found", "not_an_error"].contains(&self.question.outcome)
    }

    /// One JSON object: facts about the question, and what was found, each error as `catalog.json`
    /// has it.
    pub(crate) fn to_json(&self) -> String {
        let contexts: Vec<Context> = self.of.catalogs.iter().map(Context::new).collect();
        let found = self.found.iter().map(|one| {
            let [surface, error, retired] = one.parts(&contexts);
            let id = surface.get_attr("id").ok().filter(|id| !id.is_undefined());
            let product = self.of.catalogs.get(one.catalog).and_then(|catalog| text(catalog.product.as_ref()));
            let reading = &one.facts;
            json!({"product": product, "surface": id, "error": error, "retired": retired, "reading": reading})
        });
        let mut answer = json!(self.question);
        if let Some(answer) = answer.as_object_mut() {
            answer.insert("found".to_owned(), found.collect());
        }
        format!("{answer:#}\n")
    }

    /// The sections of the docs page, and words about the response; or a table, if there are many.
    pub(crate) fn to_markdown(&self) -> Result<String, Error> {
        let contexts: Vec<Context> = self.of.catalogs.iter().map(Context::new).collect();
        let found = self.found.iter().map(|one| {
            let [surface, error, retired] = one.parts(&contexts);
            let reading = Value::from(Serde(&one.facts));
            let catalog = contexts.get(one.catalog).map(Context::value);
            minijinja::context! { catalog, surface, error, retired, reading }
        });
        let is_list = self.found.len() > MAX_SECTIONS;
        let template = if is_list { "_explain/list.md.j2" } else { "_explain/answer.md.j2" };
        let context = minijinja::context! {
            answer => Value::from(Serde(&self.question)),
            found => found.collect::<Vec<_>>(),
            is_one => contexts.len() == 1,
        };
        Renderer::new(&self.of.templates, &BTreeSet::new())?.part(template, context)
    }
}

impl Found {
    /// The surface, the error and the retired code as templates see them; null what it is not.
    fn parts(&self, contexts: &[Context]) -> [Value; 3] {
        let none = || Value::from(());
        let (Some(context), Some(surface)) = (contexts.get(self.catalog), self.surface) else {
            return [none(), none(), none()];
        };
        let surface = item_of(&context.value(), "surfaces", surface);
        let (error, retired) = match self.item {
            Some(Item::Error(index)) => (item_of(&surface, "errors", index), none()),
            Some(Item::Retired(index)) => (none(), item_of(&surface, "retired", index)),
            None => (none(), none()),
        };
        [surface, error, retired]
    }
}

/// An item of a list in a template's value, all of which are there.
fn item_of(value: &Value, list: &str, index: usize) -> Value {
    value.get_attr(list).and_then(|list| list.get_item(&Value::from(index))).unwrap_or_default()
}

/// How long the response asks to wait, in milliseconds.
fn asked(response: &Response, now: Duration) -> Option<u64> {
    let clock = response.header("date").and_then(http_time).unwrap_or(now);
    let wait =
        server_wait(response.header("retry-after-ms"), response.header("retry-after"), clock)?;
    u64::try_from(wait.as_millis()).ok()
}

/// A way down a body, as one writes it: `errors[0].code`.
fn written(path: &[Step]) -> String {
    let mut written = String::new();
    for step in path {
        match step {
            Step::Member(key) if written.is_empty() => written += key,
            Step::Member(key) => written += &format!(".{key}"),
            Step::First => written += "[0]",
        }
    }
    written
}
