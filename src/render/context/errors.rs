//! The errors of a surface, as a list that is resolved while it is serialized: all of them at once would take
//! as much memory as the outputs.

use std::collections::BTreeMap;

use serde::ser::{Serialize, Serializer};

use super::{Anchors, Entry, resolve};
use crate::catalog as model;
use crate::render::record::{Described, Record, Type};

#[derive(Debug)]
pub(super) struct Errors<'c> {
    pub(super) catalog: &'c model::Catalog,
    pub(super) anchors: Anchors<'c>,
    /// The operations that return an error, by its name.
    operations: BTreeMap<&'c str, Vec<&'c str>>,
}

impl<'c> Errors<'c> {
    pub(super) fn new(catalog: &'c model::Catalog, anchors: Anchors<'c>) -> Self {
        let mut operations: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for operation in &anchors.surface.operations {
            for error in &operation.errors {
                operations.entry(&error.value).or_default().push(&operation.name.value);
            }
        }
        Self { catalog, anchors, operations }
    }

    /// The operations that return the error of a name.
    pub(super) fn operations_of(&self, name: &str) -> Vec<&'c str> {
        self.operations.get(name).cloned().unwrap_or_default()
    }
}

impl Described for Errors<'_> {
    fn describe(records: &mut Vec<Record>) -> Type {
        Vec::<Entry>::describe(records)
    }
}

impl Serialize for Errors<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let errors = self.anchors.surface.errors.iter();
        serializer.collect_seq(errors.map(|one| resolve::entry(self, one)))
    }
}
