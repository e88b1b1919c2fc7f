//! `errcat explain`: says what an error means and what to do.

use std::io::{self, Read as _, Write};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::config_file::ConfigFile;
use super::{Exit, Failure, path, terminal};
use crate::error::Error;
use crate::explain::Explainer;
use crate::pipeline;
use crate::render::templates::Templates;

const EXAMPLES: &str = "\
Examples:
  errcat explain                                list every error
  errcat explain rate_limited                   by its code or name
  errcat explain 429                            by its HTTP status
  errcat explain https://acme.dev/errors#gone   by its docs URL or problem type
  curl -si https://… | errcat explain -         say which error a response is, and what to do now
  pbpaste | errcat explain - --format json      the same for a body alone, or an event of a stream

Exit codes: 0 if the catalog has the error (or the response is not one), 1 if not, 2 if anything else
goes wrong.";

/// Explain an error: what it means, how to fix it, when to retry
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Explain {
    /// A code, name, HTTP status, group, API, problem type or docs URL; `-` reads a response from standard input; without it, list all
    #[arg(value_name = "CODE|STATUS|-", allow_negative_numbers = true)]
    what: Vec<String>,
    /// Use this catalog instead of those in errcat.yaml
    #[arg(long, value_name = "FILE", value_parser = path(), conflicts_with = "config")]
    catalog: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigFile,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object, with each error as catalog.json has it
    Json,
    /// The sections of the docs page
    Markdown,
}

impl Explain {
    pub(super) fn run(&self, out: &mut dyn Write, _: &mut dyn Write) -> Result<Exit, Failure> {
        let plan = self.config.inputs(self.catalog.as_deref())?;
        // Problems that `allow` can silence make no answer wrong.
        let catalogs = pipeline::load_needed(&plan)?.into_values().collect();
        let templates = Templates::read(plan.templates.as_deref())?;
        let explainer = Explainer::new(catalogs, templates);
        // A code may have spaces.
        let answer = match self.what.join(" ").as_str() {
            "" => explainer.all(),
            "-" => explainer.response(&saved()?, since_1970()),
            name => explainer.name(name),
        };
        match self.format {
            Format::Json => write!(out, "{}", answer.to_json())?,
            Format::Markdown => write!(out, "{}", answer.to_markdown()?)?,
            Format::Text => {
                write!(out, "{}", terminal::show(&answer.to_markdown()?, width()))?;
            }
        }
        out.flush()?;
        Ok(if answer.is_known() { Exit::Clean } else { Exit::Problems })
    }
}

/// Everything on standard input.
fn saved() -> Result<Vec<u8>, Error> {
    let mut saved = Vec::new();
    let read = io::stdin().lock().take(MAX_RESPONSE).read_to_end(&mut saved);
    read.map_err(|error| Error::io("read", "standard input".as_ref(), error))?;
    Ok(saved)
}

/// The longest input that is read, in bytes. No error response is longer.
const MAX_RESPONSE: u64 = 64 << 20;

fn since_1970() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}

/// How wide lines may be, in columns: no wider than the terminal, and not too wide to read well.
fn width() -> usize {
    terminal::out_width().unwrap_or(80).min(100)
}
