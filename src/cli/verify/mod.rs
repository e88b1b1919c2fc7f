//! `errcat verify`: says how recorded responses differ from the catalogs.

mod files;
mod print;
mod progress;
mod source;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use super::config_file::ConfigFile;
use super::{Exit, Failure, Format, path};
use crate::diagnostic::escaped;
use crate::error::Error;
use crate::pipeline;
use crate::text::words::counted;
use crate::verify::{FileKind, Seen, Verifier};
use files::files;
use print::Printer;
use progress::Progress;

const EXAMPLES: &str = "\
Examples:
  errcat verify traffic.har                     a HAR, as browsers and test tools write it
  errcat verify tests/recordings                every recording in a folder
  curl -si https://… | errcat verify -          one response, with its status line and headers
  errcat verify --format json log.ndjson        lines of JSON: {\"status\": 404, \"url\": …, \"body\": …}
  errcat verify --coverage 80% --surface keys recordings
  errcat verify --source                        the codes in the source, by `sources` in errcat.yaml

Exit codes: 0 if all errors are as the catalog says, 1 if not, 2 if anything else goes wrong.";

/// Say how the errors in recorded traffic differ from the catalog
///
/// Reads HAR, responses saved with `curl -i`, event streams, and lines of JSON. Never prints headers, queries
/// or messages.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Verify {
    /// Recordings, or folders with recordings; `-` reads standard input
    #[arg(value_name = "FILE|FOLDER|-", required_unless_present = "source")]
    recordings: Vec<PathBuf>,
    /// Compare with the source instead: the codes in the files that `sources` in errcat.yaml names
    #[arg(long, conflicts_with_all = ["recordings", "catalog", "surface", "coverage", "each", "show_bodies"])]
    source: bool,
    /// Use this catalog instead of those in errcat.yaml
    #[arg(long, value_name = "FILE", value_parser = path(), conflicts_with = "config")]
    catalog: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigFile,
    /// Look only at this surface; you can repeat it
    #[arg(long, value_name = "ID")]
    surface: Vec<String>,
    /// Fail if less than this share of the errors was seen; list those that were not
    #[arg(long, value_name = "N%", value_parser = percent)]
    coverage: Option<u8>,
    /// How to print findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print every response, not groups of equal findings
    #[arg(long)]
    each: bool,
    /// Also print the first body of each group, without what looks like a key
    #[arg(long)]
    show_bodies: bool,
}

impl Verify {
    pub(super) fn run(&self, out: &mut dyn Write, log: &mut dyn Write) -> Result<Exit, Failure> {
        let plan = self.config.inputs(self.catalog.as_deref());
        if self.source {
            return source::run(plan, self.format, out, log);
        }
        let plan = plan?;
        let catalogs = pipeline::load(&plan)?.into_values().collect();
        let mut verifier = Verifier::new(catalogs, &self.surface, self.show_bodies)?;
        if self.each {
            verifier.forget();
        }
        let files = files(&self.recordings)?;
        let mut progress = Progress::new(&files, self.each);
        let mut printer = Printer { format: self.format, out, failed: None };
        let (mut read, mut skipped) = (0, 0);
        for file in &files {
            let name = file.to_string_lossy();
            let input: Box<dyn Read> = if is_standard_input(file) {
                Box::new(io::stdin().lock())
            } else {
                Box::new(File::open(file).map_err(|error| Error::io("read", file, error))?)
            };
            let input = progress.count(input);
            let each = &mut |verifier: &Verifier, seen: &mut Seen<'_>| {
                if self.each {
                    printer.response(verifier, seen);
                }
            };
            match verifier
                .read(&name, input, each)
                .map_err(|error| Error::io("read", file, error))?
            {
                FileKind::Recording => read += 1,
                FileKind::Other(why) => {
                    skipped += 1;
                    if skipped <= MAX_SKIPPED {
                        progress.clear();
                        writeln!(log, "skipped {}: {why}", escaped(&name))?;
                    }
                }
            }
        }
        progress.clear();
        if skipped > MAX_SKIPPED {
            writeln!(log, "skipped {}", counted(skipped - MAX_SKIPPED, "more file"))?;
        }
        if verifier.report().all() == 0 {
            return Err(Failure::Error(nothing()));
        }
        let is_enough = printer.end(&verifier, read, self.each, self.coverage)?;
        let is_clean = is_enough && verifier.report().problems() == 0;
        Ok(if is_clean { Exit::Clean } else { Exit::Problems })
    }
}

/// How many files that are no recordings are named.
const MAX_SKIPPED: usize = 5;

/// Nothing was verified, so no exit code may say that all is well.
fn nothing() -> Error {
    Error::usage(
        "there is no recorded response",
        "name a HAR, a response that `curl -i` printed, an event stream, or lines of JSON \
         `{\"status\": 404, \"url\": …, \"body\": …}`",
    )
}

fn is_standard_input(file: &std::path::Path) -> bool {
    file.as_os_str() == "-"
}

/// A percentage, with or without its sign.
fn percent(text: &str) -> Result<u8, String> {
    let number = text.trim().trim_end_matches('%').trim_end().parse().ok();
    number
        .filter(|number| *number <= 100)
        .ok_or_else(|| "write a number from 0 to 100, such as `80%`".to_owned())
}
