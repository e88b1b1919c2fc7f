//! The anchors of errors in the docs. An error also keeps aliases for earlier anchors, so that published
//! links survive a new name, or a status that joins another. No two errors share an anchor.

use std::collections::BTreeSet;

use crate::catalog::{self as model, Text, status};

/// What the anchors of a surface's errors depend on.
#[derive(Debug)]
pub(super) struct Anchors<'c> {
    pub(super) surface: &'c model::Surface,
    /// The names of all its errors.
    names: BTreeSet<String>,
    /// The retired codes, which have sections of their own.
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

    /// Other anchors that lead to an error: its code or, if statuses identify errors, each of its
    /// statuses and their default names.
    pub(super) fn aliases(&self, entry: &model::Entry, name: &str) -> Vec<String> {
        let mut others = Vec::new();
        if let Some(code) = entry.code.given() {
            others.push(code.value.to_string());
        }
        if !self.surface.is_keyed_by_code() {
            for status in &entry.statuses {
                others.push(status.value.to_string());
                // The default name of an error that has only this status.
                let phrase = status::name(status.value);
                others.extend(phrase.filter(|phrase| !self.is_taken(phrase)));
            }
        }
        others.retain(|other| other != name);
        others.iter().map(|other| self.surface.anchor(other)).collect()
    }

    /// The anchor of the error that `use` names; none if no error has that name.
    pub(super) fn of_use(&self, name: Option<&Text>) -> Option<String> {
        let name = name.filter(|name| self.names.contains(&name.value));
        name.map(|name| self.surface.anchor(&name.value))
    }

    fn is_taken(&self, name: &str) -> bool {
        self.names.contains(name) || self.retired.contains(name)
    }
}
