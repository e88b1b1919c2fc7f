//! errcat.yaml, flags or code → a [`Plan`]: which catalog becomes which target in which folder. No later
//! stage knows which of the three it came from.

#[cfg(feature = "cli")]
mod glob;
mod option;
mod outputs;
mod path;
mod plan;
mod read;
mod requirement;
mod schema;
#[cfg(feature = "cli")]
mod sources;
pub(crate) mod target;

#[cfg(test)]
pub(crate) use option::FORMS;
pub(crate) use option::Takes;
pub(crate) use path::report_catalogs;
pub(crate) use plan::{Output, Plan};
pub(crate) use read::read;
#[cfg(feature = "cli")]
pub(crate) use read::{FILE, around, catalogs, find, templates_folder};
pub(crate) use schema::{CONFIG, RULES};
#[cfg(feature = "cli")]
pub(crate) use {
    glob::{absolute, choose},
    sources::{CodeSource, Part, report_sources},
};
