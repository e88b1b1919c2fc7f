//! What the errors of all APIs have in common.

use core::fmt;
use core::time::Duration;

use super::advice::RetryAdvice;
use super::alloc::string::String;
use super::alloc::vec::{IntoIter, Vec};
use super::display::Seconds;
use super::entry::Entry;

/// An error of any API of the catalog, for code that handles them all: logs, metrics, retries.
///
/// Every `ApiError` implements it, and nothing else can.
pub trait CatalogError: core::error::Error + Send + Sync + Sealed + 'static {
    /// The code as text, even if this version of the crate doesn't know it. `None` if the response
    /// had no code.
    fn code_text(&self) -> Option<&str>;

    /// The HTTP status. `None` if it is unknown, as in a stream event that doesn't name one.
    fn status(&self) -> Option<u16>;

    /// The catalog entry. `None` if this version of the crate doesn't know the error.
    fn entry(&self) -> Option<&'static Entry>;

    /// Whether and when to send the same request again.
    fn retry_advice(&self) -> RetryAdvice;

    /// The wait that the response asks for. `None` if it doesn't ask for one.
    fn retry_after(&self) -> Option<Duration>;

    /// The values of this occurrence that aren't missing, by the names of their placeholders.
    fn params(&self) -> Params<'_>;
}

/// Keeps other types from implementing [`CatalogError`], so that it can get more methods: nobody else
/// can name this trait.
#[allow(unnameable_types)] // That is what it is for.
pub trait Sealed {}

/// The names and values of one occurrence of an error.
#[derive(Clone, Debug)]
pub struct Params<'a> {
    params: IntoIter<(&'static str, Param<'a>)>,
}

impl<'a> Params<'a> {
    /// Those that aren't missing.
    pub(crate) fn of<const COUNT: usize>(
        params: [(&'static str, Option<Param<'a>>); COUNT],
    ) -> Self {
        // In edition 2018, the method would borrow.
        let params = IntoIterator::into_iter(params);
        let given = params.filter_map(|(name, value)| Some((name, value?)));
        Self {
            params: given.collect::<Vec<_>>().into_iter(),
        }
    }
}

impl<'a> Iterator for Params<'a> {
    type Item = (&'static str, Param<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.params.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.params.size_hint()
    }
}

impl ExactSizeIterator for Params<'_> {}

/// A value of one occurrence of an error. `Display` writes it as it is, so it may hold line breaks.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Param<'a> {
    /// Text.
    Text(&'a str),
    /// A whole number.
    Integer(i64),
    /// Any number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// How long to wait. `Display` writes a number of seconds.
    Wait(Duration),
    /// A JSON document.
    Json(&'a str),
    /// The first elements of a list, on one line.
    List(String),
}

impl fmt::Display for Param<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Json(text) => f.write_str(text),
            Self::Integer(integer) => integer.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Boolean(boolean) => boolean.fmt(f),
            Self::Wait(wait) => Seconds(*wait).fmt(f),
            Self::List(list) => f.write_str(list),
        }
    }
}
