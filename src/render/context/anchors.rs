//! The anchors of errors in the docs. An error also keeps aliases for earlier anchors, so that published
//! links survive a new name, or a status that joins another. No two errors share an anchor.

use std::collections::BTreeSet;

use crate::catalog::{self as model, Text, required, status};

/// What the anchors of a surface's errors depend on.
#[derive(Debug)]
pub(super) struct Anchors<'c> {
    pub(super) surface: &'c model::Surface,
    /// The names of all its errors.
    names: BTreeSet<String>,
    /// The codes of its errors, as far as they can be anchors.
    codes: BTreeSet<String>,
    /// The retired codes, which have sections of their own.
    retired: Vec<String>,
}

impl<'c> Anchors<'c> {
    pub(super) fn of(surface: &'c model::Surface) -> Self {
        let names = surface.errors.iter().filter_map(|entry| Some(entry.name()?.value));
        let codes = surface.codes().filter_map(|code| code.value.as_anchor());
        let mut anchors = Self {
            surface,
            names: names.collect(),
            codes: codes.collect(),
            retired: Vec::with_capacity(surface.retired.len()),
        };
        let mut taken = &anchors.names | &anchors.codes;
        for retired in &surface.retired {
            let code = &retired.code.value;
            let first =
                code.as_anchor().or_else(|| code.name()).unwrap_or_else(|| "retired".into());
            let numbered = (2..).map(|number: u32| format!("{first}-{number}"));
            let mut free = [first.clone()].into_iter().chain(numbered);
            let anchor = required(free.find(|anchor| !taken.contains(anchor)));
            taken.insert(anchor.clone());
            anchors.retired.push(anchor);
        }
        anchors
    }

    /// Other anchors that lead to an error: its code or, if statuses tell it apart, each of its statuses
    /// and their default names.
    pub(super) fn aliases(&self, entry: &model::Entry, name: &str) -> Vec<String> {
        let mut others: Vec<String> = Vec::new();
        others.extend(entry.code.given().and_then(|code| code.value.as_anchor()));
        if self.surface.is_told_by_status(entry) {
            for status in &entry.statuses {
                // The default name of an error that has only this status.
                let both = [Some(status.value.to_string()), status::name(status.value)];
                others.extend(both.into_iter().flatten().filter(|other| !self.is_taken(other)));
            }
        }
        others.retain(|other| other != name);
        others.iter().map(|other| self.surface.anchor(other)).collect()
    }

    /// The anchor of the retired code with this position.
    pub(super) fn of_retired(&self, index: usize) -> String {
        self.surface.anchor(required(self.retired.get(index).map(String::as_str)))
    }

    /// The anchor of the error that `use` names; none if no error has that name.
    pub(super) fn of_use(&self, name: Option<&Text>) -> Option<String> {
        let name = name.filter(|name| self.names.contains(&name.value));
        name.map(|name| self.surface.anchor(&name.value))
    }

    fn is_taken(&self, name: &str) -> bool {
        let is_name = self.names.contains(name) || self.codes.contains(name);
        is_name || self.retired.iter().any(|retired| retired == name)
    }
}
