//! The errors of a surface as templates see them. Each field of an error is worked out when a template looks at
//! it, and lives no longer than that: all of them at once would take more memory than the outputs.

use std::sync::{Arc, OnceLock};

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr};

use super::advice::Said;
use super::{Anchors, Entry};
use crate::catalog as model;
#[cfg(feature = "cli")]
use crate::render::described::{Described, Record, Type};
use crate::render::record::Seen;
use crate::sorted::SortedMap;

/// The errors of a surface, as a list.
#[derive(Debug)]
pub(super) struct Errors(pub(super) Arc<Shared>);

/// What the errors of a surface share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) catalog: Arc<model::Catalog>,
    /// The position of the surface.
    surface: usize,
    anchors: OnceLock<Anchors>,
    /// Whether a server must give values for an error that says nothing about placeholders: for one without a
    /// code, and for one with a code.
    needs_params: [OnceLock<bool>; 2],
    /// The positions of the operations that return an error, by its name.
    operations: OnceLock<SortedMap<String, Vec<usize>>>,
    /// Retry advice in words.
    pub(super) said: Said,
}

/// One error.
#[derive(Debug)]
struct One {
    shared: Arc<Shared>,
    index: usize,
}

impl Shared {
    fn surface(&self) -> Option<&model::Surface> {
        self.catalog.surfaces.get(self.surface)
    }

    /// What the anchors of these errors depend on.
    pub(super) fn anchors(&self, surface: &model::Surface) -> &Anchors {
        self.anchors.get_or_init(|| Anchors::of(surface))
    }

    /// Whether a server must give values for an error that says nothing about placeholders.
    pub(super) fn needs_params(&self, surface: &model::Surface, has_code: bool) -> bool {
        let [without, with] = &self.needs_params;
        let needs = if has_code { with } else { without };
        *needs.get_or_init(|| {
            let body = surface.shape.body.as_ref();
            body.is_some_and(|body| !body.needed(has_code, &|_| false).is_empty())
        })
    }

    /// The operations of a surface that return the error of a name.
    pub(super) fn operations_of<'c>(
        &self,
        surface: &'c model::Surface,
        name: &str,
    ) -> Vec<&'c str> {
        let positions = self.operations.get_or_init(|| {
            let mut positions: SortedMap<String, Vec<usize>> = SortedMap::new();
            for (position, operation) in surface.operations.iter().enumerate() {
                for error in &operation.errors {
                    positions.entry(error.value.clone()).or_default().push(position);
                }
            }
            positions
        });
        let positions = positions.get(name).into_iter().flatten();
        let operations = positions.filter_map(|position| surface.operations.get(*position));
        operations.map(|operation| operation.name.value.as_str()).collect()
    }
}

impl Errors {
    pub(super) fn new(catalog: &Arc<model::Catalog>, surface: usize) -> Self {
        Self(Arc::new(Shared {
            catalog: Arc::clone(catalog),
            surface,
            anchors: OnceLock::new(),
            needs_params: [OnceLock::new(), OnceLock::new()],
            operations: OnceLock::new(),
            said: Said::default(),
        }))
    }
}

impl Object for Shared {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let index = key.as_usize()?;
        let is_there = self.surface()?.errors.len() > index;
        is_there.then(|| Value::from_object(One { shared: Arc::clone(self), index }))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.surface().map_or(0, |surface| surface.errors.len()))
    }
}

impl Object for One {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let surface = self.shared.surface()?;
        let model = surface.errors.get(self.index)?;
        Entry { shared: &self.shared, surface, model }.field(key)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(Entry::FIELDS)
    }
}

#[cfg(feature = "cli")]
impl Described for Errors {
    fn describe(records: &mut Vec<Record>) -> Type {
        Vec::<Entry>::describe(records)
    }
}

impl Seen for Errors {
    fn seen(&self) -> Value {
        Value::from_dyn_object(Arc::clone(&self.0))
    }
}
