//! The fields of one error.

use std::sync::Arc;

use super::advice::Advice;
use super::errors::Shared;
use super::place::{self, Place};
use super::{
    Block, Deprecation, OtherBody, Param, Placeholder, Retry, Spanned, Text, Value, arguments,
    sample, shape, text,
};
use crate::catalog::{self as model, Code, body, doc, required};
use crate::text::json::Json;

/// An error of a catalog that passed every rule. A method for each field works it out.
pub(super) struct Entry<'c> {
    pub shared: &'c Shared,
    pub surface: &'c model::Surface,
    pub model: &'c model::Entry,
}

impl<'c> Entry<'c> {
    pub(super) fn code(&self) -> Option<&'c Code> {
        self.model.code.given().map(|code| &code.value)
    }

    pub(super) fn name(&self) -> Arc<str> {
        required(self.model.name.as_ref().map(|name| Arc::clone(&name.value)))
    }

    pub(super) fn anchor(&self) -> String {
        self.surface.anchor(&self.name())
    }

    pub(super) fn aliases(&self) -> Vec<String> {
        self.shared.anchors(self.surface).aliases(self.surface, self.model, &self.name())
    }

    pub(super) fn docs_url(&self) -> Option<String> {
        // Without docs, the anchor would be made for nothing.
        self.shared.catalog.docs.given()?;
        self.shared.catalog.docs_url(&self.anchor())
    }

    pub(super) fn status(&self) -> u16 {
        required(self.model.statuses.first().map(|status| status.value))
    }

    pub(super) fn statuses(&self) -> &'c [Spanned<u16>] {
        &self.model.statuses
    }

    pub(super) fn inherits_status(&self) -> bool {
        self.model.inherits_status
    }

    pub(super) fn meaning(&self) -> Arc<str> {
        required(self.model.meaning.as_ref().map(|meaning| Arc::clone(&meaning.value)))
    }

    pub(super) fn fix(&self) -> Option<&'c Arc<str>> {
        self.model.fix.given().map(|fix| &fix.value)
    }

    pub(super) fn retryable(&self) -> Option<bool> {
        self.model.retryable.given().map(|retryable| retryable.value)
    }

    pub(super) fn retry_advice(&self) -> &'static str {
        self.advice().kind()
    }

    pub(super) fn retry_text(&self) -> Option<Arc<str>> {
        self.advice().text(&self.shared.said)
    }

    pub(super) fn retry(&self) -> Option<Retry> {
        self.advice().retry()
    }

    pub(super) fn retried_statuses(&self) -> Option<Vec<u16>> {
        self.advice().retried_statuses()
    }

    pub(super) fn retry_summary(&self) -> Option<String> {
        self.advice().summary()
    }

    pub(super) fn is_exception(&self) -> bool {
        self.advice().is_exception()
    }

    pub(super) fn retry_after(&self) -> Option<u64> {
        sample::retry_after(self.model, &self.given())
    }

    pub(super) fn params(&self) -> Vec<Param<'c>> {
        self.model.params.iter().map(|one| self.param(one)).collect()
    }

    pub(super) fn arguments(&self) -> Vec<Placeholder<'c>> {
        self.given().iter().map(shape::placeholder).collect()
    }

    pub(super) fn values(&self) -> Vec<Value<'c>> {
        arguments::values(self.surface, self.model)
    }

    pub(super) fn tags(&self) -> &'c [Text] {
        &self.model.tags
    }

    pub(super) fn doc(&self) -> Vec<Block> {
        let block = |block| match block {
            doc::Block::Text(text) => Block { text: Some(text), items: None, ordered: false },
            doc::Block::List { ordered, items } => {
                Block { text: None, items: Some(items), ordered }
            }
        };
        let doc = text(self.model.doc.as_ref());
        doc.into_iter().flat_map(|doc| doc::parse(doc).blocks).map(block).collect()
    }

    pub(super) fn see(&self) -> &'c [Text] {
        &self.model.see
    }

    pub(super) fn since(&self) -> Option<&'c str> {
        text(self.model.since.as_ref())
    }

    pub(super) fn deprecated(&self) -> Option<Deprecation<'c>> {
        self.model.deprecated.as_ref().map(|deprecated| Deprecation {
            since: text(deprecated.since.as_ref()),
            r#use: text(deprecated.instead.as_ref()),
            note: text(deprecated.note.as_ref()),
        })
    }

    pub(super) fn use_anchor(&self) -> Option<String> {
        let instead = self.model.deprecated.as_ref()?.instead.as_ref()?;
        self.shared.anchors(self.surface).of_use(self.surface, instead)
    }

    pub(super) fn operations(&self) -> Vec<&'c str> {
        self.shared.operations_of(self.surface, &self.name())
    }

    pub(super) fn meta(&self) -> &'c Json {
        &self.model.meta
    }

    pub(super) fn body(&self) -> Json {
        sample::of_entry(&self.shared.catalog, self.surface, self.model, &self.given())
    }

    pub(super) fn other_bodies(&self) -> Vec<OtherBody> {
        if self.model.statuses.len() < 2 {
            return Vec::new();
        }
        sample::of_other_statuses(&self.shared.catalog, self.surface, self.model, &self.given())
    }

    /// The params that a server must give.
    fn given(&self) -> Vec<body::Param<'c>> {
        let Self { shared, surface, model } = self;
        // Most errors have none, and it takes long to find out for each.
        if model.params.is_empty()
            && model.values.is_empty()
            && !shared.needs_params(surface, model.code.given().is_some())
        {
            return Vec::new();
        }
        arguments::params(surface, model)
    }

    fn advice(&self) -> Advice<'_> {
        Advice { catalog: &self.shared.catalog, entry: self.model }
    }

    fn param(&self, param: &'c model::Param) -> Param<'c> {
        let body = self.surface.shape.body.as_ref();
        let place = body.and_then(|body| place::of(body, self.model, &param.name.value));
        let Place { path, is_part } = required(place);
        Param {
            name: &param.name.value,
            place: path,
            is_part,
            meaning: required(text(param.meaning.as_ref())),
            example: param.example.as_ref(),
        }
    }
}
