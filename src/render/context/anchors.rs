//! The anchors of a surface's errors in the docs. Beside the one of its name an error has those that
//! it could have had, or was given before: so a link survives a name that is added later, and a
//! status that joins another. Never gives one anchor to two errors.

use std::collections::BTreeSet;

use crate::catalog::{self as model, Text, status};

/// What leads somewhere on a surface.
#[derive(Debug)]
pub(super) struct Anchors<'c> {
    pub(super) surface: &'c model::Surface,
    /// The names of all errors.
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

    /// The anchors of an error beside that of its name.
    pub(super) fn aliases(&self, entry: &model::Entry, name: &str) -> Vec<String> {
        let mut others = Vec::new();
        if let Some(code) = entry.code.given() {
            others.push(code.value.to_string());
        }
        if !self.surface.is_keyed_by_code() {
            for status in &entry.statuses {
                others.push(status.value.to_string());
                // The name that an error of this status alone has until it is given another.
                let phrase = status::name(status.value);
                others.extend(phrase.filter(|phrase| !self.is_taken(phrase)));
            }
        }
        others.retain(|other| other != name);
        others.iter().map(|other| self.surface.anchor(other)).collect()
    }

    /// The anchor of the error that a `use` names.
    pub(super) fn of_use(&self, name: Option<&Text>) -> Option<String> {
        let name = name.filter(|name| self.names.contains(&name.value));
        name.map(|name| self.surface.anchor(&name.value))
    }

    fn is_taken(&self, name: &str) -> bool {
        self.names.contains(name) || self.retired.contains(name)
    }
}
