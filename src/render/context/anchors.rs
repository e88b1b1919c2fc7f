//! The anchors of errors in the docs. An error also keeps aliases for earlier anchors, so that published
//! links survive a new name, or a status that joins another. No two errors share an anchor.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::{self as model, Text, status};

/// What the anchors of a surface's errors depend on.
#[derive(Debug)]
pub(crate) struct Anchors<'c> {
    pub(super) surface: &'c model::Surface,
    /// The names of all its errors.
    names: BTreeSet<String>,
    /// The codes of its errors, as far as they can be anchors.
    codes: BTreeSet<String>,
    /// What its errors would be called without a `name`, and the first code that is called so.
    defaults: BTreeMap<String, &'c model::Code>,
    /// The anchors of each retired code, which has a section of its own.
    retired: Vec<Vec<String>>,
}

impl<'c> Anchors<'c> {
    pub(crate) fn of(surface: &'c model::Surface) -> Self {
        let names = surface.errors.iter().filter_map(|entry| Some(entry.name()?.value));
        let codes = surface.codes().filter_map(|code| code.value.as_anchor());
        let mut defaults = BTreeMap::new();
        for code in surface.codes() {
            if let Some(name) = code.value.name() {
                defaults.entry(name).or_insert(&code.value);
            }
        }
        let mut anchors = Self {
            surface,
            names: names.collect(),
            codes: codes.collect(),
            defaults,
            retired: Vec::with_capacity(surface.retired.len()),
        };
        let mut taken = &anchors.names | &anchors.codes;
        taken.extend(anchors.defaults.keys().cloned());
        for retired in &surface.retired {
            let code = &retired.code.value;
            let own = code.as_anchor().into_iter().chain(code.name());
            let mut own: Vec<String> = own.filter(|anchor| taken.insert(anchor.clone())).collect();
            if own.is_empty() {
                let first = code.name().unwrap_or_else(|| "retired".into());
                let numbered = (2..).map(|number: u32| format!("{first}-{number}"));
                let mut free = [first.clone()].into_iter().chain(numbered);
                own.extend(free.find(|anchor| taken.insert(anchor.clone())));
            }
            anchors.retired.push(own);
        }
        anchors
    }

    /// Other anchors that lead to an error: its code and what it would be called after that; or, if statuses
    /// tell it apart, each of its statuses and their default names.
    pub(crate) fn aliases(&self, entry: &model::Entry, name: &str) -> Vec<String> {
        let mut others: Vec<String> = Vec::new();
        if let Some(code) = entry.code.given() {
            others.extend(code.value.as_anchor());
            others.extend(code.value.name().filter(|other| {
                let is_first = self.defaults.get(other) == Some(&&code.value);
                is_first && !self.names.contains(other) && !self.codes.contains(other)
            }));
        }
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

    /// The anchors of the retired code with this position. There is at least one.
    pub(crate) fn of_retired(&self, index: usize) -> impl Iterator<Item = String> {
        let anchors = self.retired.get(index).into_iter().flatten();
        anchors.map(|anchor| self.surface.anchor(anchor))
    }

    /// The anchor of the error that `use` names; none if no error has that name.
    pub(super) fn of_use(&self, name: Option<&Text>) -> Option<String> {
        let name = name.filter(|name| self.names.contains(&name.value));
        name.map(|name| self.surface.anchor(&name.value))
    }

    fn is_taken(&self, name: &str) -> bool {
        let sets = [&self.names, &self.codes];
        sets.iter().any(|set| set.contains(name))
            || self.defaults.contains_key(name)
            || self.retired.iter().flatten().any(|retired| retired == name)
    }
}
