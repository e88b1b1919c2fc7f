//! `errcat init`: a small catalog and config to start from. Never overwrites a file.

use std::io::Write;

use super::{Exit, Failure};
use crate::{config, write};

/// The files to start from: small, commented, clean. The config comes last, because with it a repo
/// is one.
const FILES: &[(&str, &str)] =
    &[("errors.yaml", include_str!("errors.yaml")), (config::FILE, include_str!("errcat.yaml"))];

/// Write a small catalog and errcat.yaml to start from
#[derive(Debug, clap::Args)]
pub(super) struct Init;

impl Init {
    #[expect(clippy::unused_self, reason = "commands are run alike")]
    pub(super) fn run(&self, _: &mut dyn Write, log: &mut dyn Write) -> Result<Exit, Failure> {
        for name in write::create(FILES)? {
            writeln!(log, "wrote {name}")?;
        }
        writeln!(log, "next: errcat generate")?;
        Ok(Exit::Clean)
    }
}
