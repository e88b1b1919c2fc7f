//! Errors for what the catalog doesn't list.

use core::fmt;

/// This version of the crate doesn't know an error with this code or name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UnknownError;

impl fmt::Display for UnknownError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the catalog doesn't list this error")
    }
}

impl core::error::Error for UnknownError {}

/// The catalog doesn't list this HTTP status for the error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct UnknownStatus;

impl fmt::Display for UnknownStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the catalog doesn't list this HTTP status for the error")
    }
}

impl core::error::Error for UnknownStatus {}
