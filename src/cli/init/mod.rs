//! `errcat init`: a small catalog and config to start from. Never overwrites a file.

use std::io::Write;
use std::path::Path;

use super::{Exit, Failure};
use crate::error::Error;
use crate::{config, write};

/// The files to start from: small, commented, clean.
const FILES: &[(&str, &str)] =
    &[("errors.yaml", include_str!("errors.yaml")), (config::FILE, include_str!("errcat.yaml"))];

/// Write a small catalog and errcat.yaml to start from
#[derive(Debug, clap::Args)]
pub(super) struct Init;

impl Init {
    #[expect(clippy::unused_self, reason = "commands are run alike")]
    pub(super) fn run(&self, _: &mut dyn Write, log: &mut dyn Write) -> Result<Exit, Failure> {
        if let Some((name, _)) = FILES.iter().find(|(name, _)| Path::new(name).exists()) {
            let message = format!("`{name}` is here already");
            let help = "nothing was written; move the file, or go on with it";
            return Err(Error::usage(message, help).into());
        }
        for (name, text) in FILES {
            write::create(Path::new(name), text)?;
            writeln!(log, "wrote {name}")?;
        }
        writeln!(log, "next: errcat generate")?;
        Ok(Exit::Clean)
    }
}
