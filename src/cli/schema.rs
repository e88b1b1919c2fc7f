//! `errcat schema`: print the JSON Schema of catalogs. Never reads a catalog.

use std::io::Write;

use super::{Exit, Failure};
use crate::schema;

/// Print the JSON Schema of catalogs, for editors
#[derive(Debug, clap::Args)]
pub(super) struct Schema;

impl Schema {
    #[expect(clippy::unused_self, reason = "commands are run alike")]
    pub(super) fn run(&self, out: &mut dyn Write, _: &mut dyn Write) -> Result<Exit, Failure> {
        write!(out, "{}", schema::schema())?;
        Ok(Exit::Clean)
    }
}
