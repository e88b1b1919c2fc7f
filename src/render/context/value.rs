//! The catalog as a value of the template engine.

use minijinja::Value;
use minijinja::value::Serde;

use super::resolve;
use crate::catalog::Catalog;

/// A catalog as templates see it. All templates share it.
pub(crate) struct Context(Value);

impl Context {
    pub(crate) fn new(catalog: &Catalog) -> Self {
        Self(Value::from(Serde(&resolve::build(catalog))))
    }

    /// The default name of packages.
    pub(crate) fn package(&self) -> Result<String, minijinja::Error> {
        let package = self.0.get_attr("package")?;
        Ok(package.as_str().unwrap_or_default().to_owned())
    }

    /// Each surface, with its id.
    pub(crate) fn surfaces(&self) -> Result<Vec<(String, Value)>, minijinja::Error> {
        let surfaces = self.0.get_attr("surfaces")?.try_iter()?;
        surfaces
            .map(|surface| {
                let id = surface.get_attr("id")?;
                Ok((id.as_str().unwrap_or_default().to_owned(), surface))
            })
            .collect()
    }

    /// Everything that a template sees. `surface` is none in a template that is rendered only once.
    pub(crate) fn all(&self, surface: Value, options: Value) -> Value {
        minijinja::context! { catalog => self.0.clone(), surface => surface, options => options }
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

/// An item of a list, such as `errors` of a surface, by its position.
#[cfg(feature = "cli")]
pub(crate) fn item(value: &Value, list: &str, index: usize) -> Option<Value> {
    value.get_attr(list).ok()?.get_item_by_index(index).ok()
}
