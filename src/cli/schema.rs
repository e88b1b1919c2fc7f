//! `errcat schema`: the JSON Schema of catalogs, errcat.yaml or `catalog.json`.

use std::io::Write;

use super::{Exit, Failure};
use crate::reference;

const EXAMPLES: &str = "\
Examples:
  errcat schema > errcat.schema.json
  errcat schema config > errcat-config.schema.json
  errcat schema json > catalog.schema.json

Then make this the first line of the catalog or of errcat.yaml:
  # yaml-language-server: $schema=./errcat.schema.json";

/// Print the JSON Schema of catalogs, errcat.yaml or catalog.json
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Schema {
    /// The file that the schema describes
    #[arg(value_enum, default_value_t = Of::Catalog)]
    of: Of,
}

/// A file with a schema.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Of {
    /// A catalog
    Catalog,
    /// errcat.yaml
    Config,
    /// catalog.json, which the target json writes
    Json,
}

impl Schema {
    pub(super) fn run(&self, out: &mut dyn Write, _: &mut dyn Write) -> Result<Exit, Failure> {
        let schema = match self.of {
            Of::Catalog => reference::schema(),
            Of::Config => reference::config_schema()?,
            Of::Json => reference::catalog_json_schema(),
        };
        write!(out, "{schema}")?;
        Ok(Exit::Clean)
    }
}
