//! What the catalog says about an error.

use super::advice::RetryAdvice;

/// One error of the catalog.
///
/// A field is `None` if the catalog doesn't say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Entry {
    /// The id of the API that sends the error, which is also the name of its module.
    pub surface: &'static str,
    /// The code as text. `None` if the error has none.
    pub code: Option<&'static str>,
    /// The name of the error, in snake case.
    pub name: &'static str,
    /// The HTTP status. If there are several, the first one.
    pub status: u16,
    /// Every HTTP status that the error is sent with.
    pub statuses: &'static [u16],
    /// What the error means.
    pub meaning: &'static str,
    /// What to do about it.
    pub fix: Option<&'static str>,
    /// Whether the same request may succeed later.
    pub retryable: Option<bool>,
    /// Whether and when to send the same request again. If it is `None`, the status of the response
    /// decides, by [`RetryAdvice::for_status`].
    pub retry_advice: Option<RetryAdvice>,
    /// A sample response body, as JSON, for testing code that reads errors.
    pub sample: &'static str,
    /// The URL of the error's documentation.
    pub docs: Option<&'static str>,
    /// The groups that the error belongs to.
    pub tags: &'static [&'static str],
    /// The version that first sent the error.
    pub since: Option<&'static str>,
    /// Deprecation details. `None` if the error isn't deprecated.
    pub deprecated: Option<Deprecation>,
}

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
