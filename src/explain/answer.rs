//! An answer, as JSON and as Markdown.

use std::collections::BTreeSet;

use minijinja::Value;
use minijinja::value::Serde;
use serde_json::{Value as Json, json};

use super::Explainer;
use super::facts::{Facts, Question};
use super::names::Item;
use crate::catalog::{Catalog, Surface, text};
use crate::error::Error;
use crate::render::Renderer;
use crate::render::context::{self, Context};

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
        let catalogs = &self.of.catalogs;
        let found = self.found.iter().map(|one| {
            let (error, retired) = one.entry(catalogs);
            let product = one.catalog(catalogs).and_then(|catalog| catalog.product.as_ref());
            let surface = one.surface(catalogs).and_then(|surface| surface.id.as_ref());
            json!({
                "product": text(product),
                "surface": text(surface),
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
            let context = contexts.get(one.catalog);
            let surface =
                one.surface.and_then(|index| context?.surfaces().ok()?.into_iter().nth(index));
            let (error, retired) = one.entry(&self.of.catalogs);
            minijinja::context! {
                catalog => context.map(Context::value),
                surface => surface.map(|(_, surface)| surface),
                error => Value::from(Serde(&error)),
                retired => Value::from(Serde(&retired)),
                reading => Value::from(Serde(&one.facts)),
            }
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
    /// The error or the retired code, as templates see it.
    fn entry(&self, catalogs: &[Catalog]) -> (Option<Json>, Option<Json>) {
        let (Some(catalog), Some(surface)) = (self.catalog(catalogs), self.surface(catalogs))
        else {
            return (None, None);
        };
        let error = |index: usize| {
            Some(json!(context::error(catalog, surface, surface.errors.get(index)?)))
        };
        let retired =
            |index: usize| Some(json!(context::retired(surface, surface.retired.get(index)?)));
        match self.item {
            Some(Item::Error(index)) => (error(index), None),
            Some(Item::Retired(index)) => (None, retired(index)),
            None => (None, None),
        }
    }

    fn catalog<'c>(&self, catalogs: &'c [Catalog]) -> Option<&'c Catalog> {
        catalogs.get(self.catalog)
    }

    fn surface<'c>(&self, catalogs: &'c [Catalog]) -> Option<&'c Surface> {
        self.catalog(catalogs)?.surfaces.get(self.surface?)
    }
}
