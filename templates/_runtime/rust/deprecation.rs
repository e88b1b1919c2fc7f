//! Why an error is deprecated.

/// Deprecation details. A field is `None` if the catalog doesn't say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Deprecation {
    /// The version that deprecated the error.
    pub since: Option<&'static str>,
    /// The name of the error that replaces it.
    pub instead: Option<&'static str>,
    /// Why, or how to move.
    pub note: Option<&'static str>,
}
