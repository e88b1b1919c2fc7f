//! What is to be made: errcat.yaml, or flags, or code → a [`Plan`] of outputs. No later stage knows
//! which of the three it came from.

mod option;
mod plan;
mod read;
mod schema;
pub(crate) mod target;

pub(crate) use option::Takes;
pub(crate) use plan::{Output, Plan};
pub(crate) use read::read;
#[cfg(feature = "cli")]
pub(crate) use read::{FILE, find, templates_folder};
pub(crate) use schema::{CONFIG, RULES};
