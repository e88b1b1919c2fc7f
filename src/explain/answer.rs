//! An answer, as JSON and as Markdown.

use minijinja::Value;
use serde_json::json;

use super::Explainer;
use super::advice::Advice;
use super::facts::Question;
use super::found::Found;
use crate::catalog::{Entry, text};
use crate::diagnostic::escaped_json;
use crate::error::Error;
use crate::reading::Item;
use crate::render::Renderer;
use crate::render::context::{Context, item};
use crate::render::record::Seen as _;

/// An answer.
pub(crate) struct Answer<'e> {
    pub(super) of: &'e Explainer,
    pub(super) question: Question,
    pub(super) found: Vec<Found>,
}

/// The most errors that get a section. If there are more, each gets a row of a table.
const MAX_SECTIONS: usize = 5;

/// The most errors that a response may be that are listed.
const MAX_GUESSES: usize = 10;

impl Answer<'_> {
    /// Whether the catalogs have what was asked about.
    pub(crate) fn is_known(&self) -> bool {
        ["found", "not_an_error"].contains(&self.question.outcome)
    }

    /// One JSON object: facts about the question, and what was found. Errors look as in `catalog.json`.
    pub(crate) fn to_json(&self) -> String {
        let contexts: Vec<Context> = self.of.catalogs.iter().map(Context::new).collect();
        let found = self.found.iter().map(|one| {
            let (_, error, retired) = one.values(&contexts);
            let catalog = self.of.catalogs.get(one.catalog);
            let surface = catalog.and_then(|catalog| catalog.surfaces.get(one.surface?));
            json!({
                "product": catalog.and_then(|catalog| text(catalog.product.as_ref())),
                "surface": surface.and_then(|surface| text(surface.id.as_ref())),
                "error": error,
                "retired": retired,
                "reading": one.facts,
            })
        });
        let mut answer = json!(self.question);
        if let Some(answer) = answer.as_object_mut() {
            answer.insert("found".to_owned(), found.collect());
        }
        escaped_json(&format!("{answer:#}\n"))
    }

    /// Sections of the docs page, with words about the response; or tables, if there are many errors.
    pub(crate) fn to_markdown(&self) -> Result<String, Error> {
        let contexts: Vec<Context> = self.of.catalogs.iter().map(Context::new).collect();
        let found = self.found.iter().map(|one| {
            let (surface, error, retired) = one.values(&contexts);
            minijinja::context! {
                catalog => contexts.get(one.catalog).map(Context::value),
                surface,
                error,
                retired,
                reading => one.facts.seen(),
            }
        });
        let found: Vec<Value> = found.collect();
        let is_all = matches!(self.question.query_kind, Some("all" | "page"));
        let is_list = self.question.outcome == "found" && (is_all || found.len() > MAX_SECTIONS);
        let listed = match (self.question.outcome, self.question.query_kind) {
            ("malformed", _) => MAX_SECTIONS,
            (_, None) if is_list => MAX_GUESSES,
            _ => usize::MAX,
        };
        let says_never = |one: &Found| one.entry(&self.of.catalogs).is_some_and(Entry::is_never);
        let context = minijinja::context! {
            says_never => !is_list && self.found.iter().all(says_never),
            answer => self.question.seen(),
            is_one => contexts.len() == 1,
            is_list,
            apis => self.apis(&found, listed),
            choices => self.choices(&found),
            left_out => found.len().saturating_sub(listed),
            found,
        };
        Renderer::part(&self.of.templates, "_explain/answer.md.j2", context)
    }

    /// The first of what was found, by API.
    fn apis(&self, found: &[Value], listed: usize) -> Vec<Vec<Value>> {
        let both: Vec<(&Found, &Value)> = self.found.iter().zip(found).take(listed).collect();
        let apis = both.chunk_by(|(one, _), (other, _)| {
            (one.catalog, one.surface) == (other.catalog, other.surface)
        });
        apis.map(|api| api.iter().map(|&(_, value)| value.clone()).collect()).collect()
    }

    /// What to do now: each piece of advice, with everything found that it applies to.
    fn choices(&self, found: &[Value]) -> Vec<Value> {
        let mut choices: Vec<(&Advice, Vec<Value>)> = Vec::new();
        for (one, value) in self.found.iter().zip(found) {
            let Some(facts) = &one.facts else { continue };
            match choices.iter_mut().find(|(advice, _)| *advice == &facts.advice) {
                Some((_, found)) => found.push(value.clone()),
                None => choices.push((&facts.advice, vec![value.clone()])),
            }
        }
        let choices = choices.into_iter().map(|(advice, found)| {
            minijinja::context! { advice => advice.seen(), found }
        });
        choices.collect()
    }
}

impl Found {
    /// The surface, the error and the retired code as templates see them.
    fn values(&self, contexts: &[Context]) -> (Option<Value>, Option<Value>, Option<Value>) {
        let surface = self.surface.and_then(|index| contexts.get(self.catalog)?.surface(index));
        let item = |list, index| item(surface.as_ref()?, list, index);
        let (error, retired) = match self.item {
            Some(Item::Error(index)) => (item("errors", index), None),
            Some(Item::Retired(index)) => (None, item("retired", index)),
            None => (None, None),
        };
        (surface, error, retired)
    }
}
