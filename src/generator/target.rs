//! How code asks for a target.

use crate::render::Options;
use crate::text::json::Json;

/// A target to make from a catalog: its name, and values for its options. Where every option keeps its
/// default, a name is enough.
///
/// ```no_run
/// use errcat::{Generator, Target};
///
/// # fn main() -> Result<(), errcat::Error> {
/// let module = Target::new("rust-module").option("features", ["json", "serde"]);
/// Generator::new("errors.yaml").target(module).target("json").generate()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Target {
    pub(super) name: String,
    pub(super) options: Options,
}

impl Target {
    /// A target with the default of each option.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), options: Options::new() }
    }

    /// Sets an option, as `options` in errcat.yaml does: to a text, a list of texts, or true or false.
    #[must_use]
    pub fn option(mut self, name: impl Into<String>, value: impl Into<OptionValue>) -> Self {
        self.options.insert(name.into(), value.into().0);
        self
    }
}

impl From<&str> for Target {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

/// The value of a target's option, made from a text, a list of texts, or a boolean.
#[derive(Clone, Debug)]
pub struct OptionValue(Json);

impl From<&str> for OptionValue {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for OptionValue {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<bool> for OptionValue {
    fn from(value: bool) -> Self {
        Self(value.into())
    }
}

impl<T: Into<String>, const N: usize> From<[T; N]> for OptionValue {
    fn from(texts: [T; N]) -> Self {
        texts.into_iter().map(Into::into).collect()
    }
}

impl<T: Into<String>> From<Vec<T>> for OptionValue {
    fn from(texts: Vec<T>) -> Self {
        texts.into_iter().map(Into::into).collect()
    }
}

impl FromIterator<String> for OptionValue {
    fn from_iter<I: IntoIterator<Item = String>>(texts: I) -> Self {
        Self(texts.into_iter().collect())
    }
}
