//! Strings: characters, identifiers, code spans, URLs, paths, JSON, "did you mean". Knows nothing of catalogs.

extern crate alloc;

pub(crate) mod chars;
pub(crate) mod files;
pub(crate) mod ident;
pub(crate) mod json;
#[cfg(feature = "cli")]
#[rustfmt::skip]
#[path = "../../templates/_runtime/rust/number.rs"]
pub(crate) mod number;
pub(crate) mod paths;
pub(crate) mod python_names;
pub(crate) mod python_version;
pub(crate) mod spans;
pub(crate) mod suggest;
#[rustfmt::skip]
#[path = "../../templates/_runtime/rust/table.rs"]
#[allow(dead_code, reason = "packages look things up, and errcat lays out the table")]
pub(crate) mod table;
pub(crate) mod urls;
#[cfg(feature = "cli")]
pub(crate) mod utf8;
pub(crate) mod version;
pub(crate) mod waits;
pub(crate) mod width;
pub(crate) mod words;
