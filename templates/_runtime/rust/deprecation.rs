//! What the catalog says about an error that is on its way out.

/// Why an error is no longer sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Deprecation {
    /// The version that deprecated it.
    pub since: Option<&'static str>,
    /// The name of the error that took its place.
    pub instead: Option<&'static str>,
    /// Why, or how to move.
    pub note: Option<&'static str>,
}
