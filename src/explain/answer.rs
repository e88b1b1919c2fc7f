//! An answer, as JSON and as Markdown.

use std::collections::BTreeSet;

use minijinja::Value;
use minijinja::value::Serde;
use serde_json::json;

use super::Explainer;
use super::facts::{Facts, Question};
use super::names::Item;
use crate::catalog::text;
use crate::error::Error;
use crate::render::Renderer;
use crate::render::context::{Context, item};

/// An answer.
pub(crate) struct Answer<'e> {
    pub(super) of: &'e Explainer,
    pub(super) question: Question,
    pub(super) found: Vec<Found>,
}

/// One error that may be meant; or, for a response, what else it may be.
pub(super) struct Found {
    pub catalog: usize,
    pub surface: Option<usize>,
    pub item: Option<Item>,
    /// None if the question is a name.
    pub facts: Option<Facts>,
}

/// The most errors that get a section. If there are more, each gets a row of a table.
const MAX_SECTIONS: usize = 5;

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
        format!("{answer:#}\n")
    }

    /// Sections of the docs page, with words about the response; or a table, if there are many errors.
    pub(crate) fn to_markdown(&self) -> Result<String, Error> {
        let contexts: Vec<Context> = self.of.catalogs.iter().map(Context::new).collect();
        let found = self.found.iter().map(|one| {
            let (surface, error, retired) = one.values(&contexts);
            minijinja::context! {
                catalog => contexts.get(one.catalog).map(Context::value),
                surface,
                error,
                retired,
                reading => Value::from(Serde(&one.facts)),
            }
        });
        let is_list = self.found.len() > MAX_SECTIONS;
        let template = if is_list { "_explain/list.md.j2" } else { "_explain/answer.md.j2" };
        let context = minijinja::context! {
            answer => Value::from(Serde(&self.question)),
            found => found.collect::<Vec<_>>(),
            is_one => contexts.len() == 1,
            holds_for_all => Value::from(Serde(&self.common_advice())),
        };
        Renderer::new(&self.of.templates, &BTreeSet::new())?.part(template, context)
    }
}

impl Answer<'_> {
    /// The facts about one of several errors, if the advice of all is the same.
    fn common_advice(&self) -> Option<&Facts> {
        let mut all = self.found.iter().map(|one| one.facts.as_ref());
        let first = all.next()??;
        let advice = |facts: &Facts| (facts.retryable, facts.retries, facts.waits_ms.clone());
        all.all(|facts| facts.map(advice) == Some(advice(first))).then_some(first)
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
