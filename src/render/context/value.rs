//! The catalog as a value of the template engine.

use std::sync::Arc;

use minijinja::Value;

use super::resolve;
use crate::catalog::Catalog;
use crate::render::record::Seen as _;

/// A catalog as templates see it. All templates share it.
pub(crate) struct Context(Value);

impl Context {
    pub(crate) fn new(catalog: &Arc<Catalog>) -> Self {
        Self(resolve::build(catalog).seen())
    }

    /// The default name of packages.
    pub(crate) fn package(&self) -> Result<String, minijinja::Error> {
        let package = self.0.get_attr("package")?;
        Ok(package.as_str().unwrap_or_default().to_owned())
    }

    /// Each surface, with its id.
    pub(crate) fn surfaces(&self) -> Result<Vec<(String, Value)>, minijinja::Error> {
        all(&self.0, "surfaces", "id")
    }

    /// Everything that a template sees. `surface` and `error` are none unless it is rendered for each of them.
    pub(crate) fn all(&self, surface: Value, error: Value, options: Value) -> Value {
        let catalog = self.0.clone();
        minijinja::context! { catalog => catalog, surface => surface, error => error, options => options }
    }

    /// Only the catalog, for a template part.
    #[cfg(feature = "cli")]
    pub(crate) fn value(&self) -> Value {
        self.0.clone()
    }

    /// A surface, by its position.
    #[cfg(feature = "cli")]
    pub(crate) fn surface(&self, index: usize) -> Option<Value> {
        item(&self.0, "surfaces", index)
    }
}

/// Each error of a surface, with its name.
pub(crate) fn errors_of(surface: &Value) -> Result<Vec<(String, Value)>, minijinja::Error> {
    all(surface, "errors", "name")
}

/// The records of a list, each with the text in one of its fields.
fn all(value: &Value, list: &str, field: &str) -> Result<Vec<(String, Value)>, minijinja::Error> {
    let records = value.get_attr(list)?.try_iter()?;
    let named = records.map(|record| {
        let name = record.get_attr(field)?;
        Ok((name.as_str().unwrap_or_default().to_owned(), record))
    });
    named.collect()
}

/// An item of a list, such as `errors` of a surface, by its position.
#[cfg(feature = "cli")]
pub(crate) fn item(value: &Value, list: &str, index: usize) -> Option<Value> {
    value.get_attr(list).ok()?.get_item_by_index(index).ok()
}
