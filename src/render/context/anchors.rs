//! The anchors of errors in the docs. An error also keeps aliases for earlier anchors, so that published
//! links survive a new name, or a status that joins another. No two errors share an anchor.

use std::collections::BTreeSet;

use crate::catalog::{self as model, Text, status};

/// The anchors of a surface.
#[derive(Debug)]
pub(super) struct Anchors<'c> {
    pub(super) surface: &'c model::Surface,
    /// The names of all errors.
    names: BTreeSet<String>,
    /// The retired codes, which have their own sections.
    retired: BTreeSet<String>,
}

impl<'c> Anchors<'c> {
    pub(super) fn of(surface: &'c model::Surface) -> Self {
        let retired = surface.retired.iter().map(|retired| retired.code.value.to_string());
        Self {
            surface,
            names: surface.errors.iter().filter_map(|entry| Some(entry.name()?.value)).collect(),
            retired: retired.collect(),
        }
    }

    /// The aliases of an error.
    pub(super) fn aliases(&self, entry: &model::Entry, name: &str) -> Vec<String> {
        let mut others = Vec::new();
        if let Some(code) = entry.code.given() {
            others.push(code.value.to_string());
        }
        if !self.surface.is_keyed_by_code() {
            for status in &entry.statuses {
                others.push(status.value.to_string());
                // The name that an error with this status alone has by default.
                let phrase = status::name(status.value);
                others.extend(phrase.filter(|phrase| !self.is_taken(phrase)));
            }
        }
        others.retain(|other| other != name);
        others.iter().map(|other| self.surface.anchor(other)).collect()
    }

    /// The anchor of the error that `use` names.
    pub(super) fn of_use(&self, name: Option<&Text>) -> Option<String> {
        let name = name.filter(|name| self.names.contains(&name.value));
        name.map(|name| self.surface.anchor(&name.value))
    }

    fn is_taken(&self, name: &str) -> bool {
        self.names.contains(name) || self.retired.contains(name)
    }
}
