//! The anchors of errors in the docs. An error also keeps aliases for earlier anchors, so that published
//! links survive a new name, or a status that joins another. No two errors share an anchor.

use std::sync::{Arc, OnceLock};

use crate::catalog::{self as model, Text, status};
use crate::sorted::{SortedMap, SortedSet};

/// What the anchors of a surface's errors depend on.
#[derive(Debug)]
pub(crate) struct Anchors {
    /// The names of all its errors, once somebody asks for them.
    names: OnceLock<SortedSet<Arc<str>>>,
    /// The codes of its errors that aren't names, as far as they can be anchors.
    codes: SortedSet<Arc<str>>,
    /// What its errors would be called without a `name`, and the first code that is called so. None is in use as a
    /// name or code.
    defaults: SortedMap<Arc<str>, model::Code>,
    /// The anchors of each retired code, which has a section of its own.
    retired: Vec<Vec<Arc<str>>>,
}

/// The code of an error, unless the error is called after it, as it is.
fn other_code(entry: &model::Entry) -> Option<&model::Code> {
    let code = &entry.code.given()?.value;
    entry.name.as_ref().is_none_or(|name| !code.is_text(&name.value)).then_some(code)
}

impl Anchors {
    pub(crate) fn of(surface: &model::Surface) -> Self {
        let mut anchors = Self {
            names: OnceLock::new(),
            codes: SortedSet::new(),
            defaults: SortedMap::new(),
            retired: Vec::new(),
        };
        // Most errors are called after their codes, as they are.
        let renamed = || surface.errors.iter().filter_map(other_code);
        let codes = renamed().filter_map(model::Code::as_anchor);
        anchors.codes = codes.filter(|code| !anchors.is_name(surface, code)).collect();
        for code in renamed() {
            let is_free = |name: &Arc<str>| {
                !anchors.is_name(surface, name) && !anchors.codes.contains(&**name)
            };
            if let Some(name) = code.name().filter(is_free) {
                anchors.defaults.entry(name).or_insert(code.clone());
            }
        }
        let mut of_retired = SortedSet::new();
        let mut take = |anchor: &Arc<str>| {
            !anchors.is_taken(surface, anchor) && of_retired.insert(Arc::clone(anchor))
        };
        let retired = surface.retired.iter().map(|retired| {
            let code = &retired.code.value;
            let own = code.as_anchor().into_iter().chain(code.name());
            let mut own: Vec<Arc<str>> = own.filter(&mut take).collect();
            if own.is_empty() {
                let first = code.name().unwrap_or_else(|| "retired".into());
                let numbered = (2..).map(|number: u32| format!("{first}-{number}").into());
                let mut free = [Arc::clone(&first)].into_iter().chain(numbered);
                own.extend(free.find(&mut take));
            }
            own
        });
        anchors.retired = retired.collect();
        anchors
    }

    /// Other anchors that lead to an error: its code and what it would be called after that; or, if statuses
    /// tell it apart, each of its statuses and their default names.
    pub(crate) fn aliases(
        &self,
        surface: &model::Surface,
        entry: &model::Entry,
        name: &str,
    ) -> Vec<String> {
        let mut others: Vec<Arc<str>> = Vec::new();
        if let Some(code) = other_code(entry) {
            others.extend(code.as_anchor());
            let default = code.name();
            others.extend(default.filter(|name| self.defaults.get(&**name) == Some(code)));
        }
        if surface.is_told_by_status(entry) {
            for status in &entry.statuses {
                // The default name of an error that has only this status.
                let both = [Some(status.value.to_string()), status::name(status.value)];
                let both = both.into_iter().flatten().map(Arc::from);
                others.extend(both.filter(|other: &Arc<str>| !self.is_taken(surface, other)));
            }
        }
        others.retain(|other| **other != *name);
        others.iter().map(|other| surface.anchor(other)).collect()
    }

    /// The anchors of the retired code with this position. There is at least one.
    pub(crate) fn of_retired(
        &self,
        surface: &model::Surface,
        index: usize,
    ) -> impl Iterator<Item = String> {
        let anchors = self.retired.get(index).into_iter().flatten();
        anchors.map(|anchor| surface.anchor(anchor))
    }

    /// The anchor of the error that `use` names; none if no error has that name.
    pub(super) fn of_use(&self, surface: &model::Surface, name: &Text) -> Option<String> {
        self.is_name(surface, &name.value).then(|| surface.anchor(&name.value))
    }

    fn is_name(&self, surface: &model::Surface, name: &str) -> bool {
        let names = self.names.get_or_init(|| {
            let names = surface.errors.iter().filter_map(|entry| entry.name.as_ref());
            names.map(|name| Arc::clone(&name.value)).collect()
        });
        names.contains(name)
    }

    fn is_taken(&self, surface: &model::Surface, name: &str) -> bool {
        self.is_name(surface, name)
            || self.codes.contains(name)
            || self.defaults.contains_key(name)
            || self.retired.iter().flatten().any(|retired| **retired == *name)
    }
}
