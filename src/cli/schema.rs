//! `errcat schema`: print the JSON Schema of catalogs or of errcat.yaml. Never reads either.

use std::io::Write;

use super::{Exit, Failure};
use crate::reference;

const EXAMPLES: &str = "\
Examples:
  errcat schema > errcat.schema.json
  errcat schema config > errcat-config.schema.json

and then, as the first line of the file that an editor is to check:
  # yaml-language-server: $schema=./errcat.schema.json";

/// Print the JSON Schema of catalogs, or of errcat.yaml, for editors
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Schema {
    /// What it describes
    #[arg(value_enum, default_value_t = Of::Catalog)]
    of: Of,
}

/// A file that people write.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Of {
    /// A catalog
    Catalog,
    /// errcat.yaml
    Config,
}

impl Schema {
    pub(super) fn run(&self, out: &mut dyn Write, _: &mut dyn Write) -> Result<Exit, Failure> {
        let schema = match self.of {
            Of::Catalog => reference::schema(),
            Of::Config => reference::config_schema()?,
        };
        write!(out, "{schema}")?;
        Ok(Exit::Clean)
    }
}
