//! The command line. Only this part of errcat knows clap, prints, or decides an exit code.

mod completions;
mod drift;
mod explain;
mod generate;
mod init;
mod lint;
mod schema;
mod streams;
mod templates;
mod terminal;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{self, Plan};
use crate::diagnostic::Diagnostics;
use crate::error::Error;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// There is nothing to report.
    Clean = 0,
    /// A catalog has problems, or an output is out of date.
    Problems = 1,
    /// The command line was wrong, or a file could not be read or written.
    Failed = 2,
}

/// How problems are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object a line
    Json,
    /// Annotations in GitHub Actions
    Github,
}

impl Format {
    fn print(self, problems: &[Diagnostics], out: &mut dyn Write) -> io::Result<()> {
        for one in problems {
            let text = match self {
                Self::Text => one.to_text(true),
                Self::Json => one.to_json(),
                Self::Github => one.to_github(),
            };
            write!(out, "{text}")?;
        }
        Ok(())
    }
}

const EXAMPLES: &str = "\
Examples:
  errcat init                      start with a small catalog and errcat.yaml
  errcat generate                  make the outputs that errcat.yaml asks for
  errcat generate --check          fail if an output is out of date
  errcat lint                      check every catalog of errcat.yaml
  errcat explain rate_limited      what an error means, and what to do
  curl -si … | errcat explain -    which error a response is, and what to do
  errcat generate --catalog errors.yaml --target typescript --out src/generated";

/// One catalog of every error an API returns; code, docs and OpenAPI from it
#[derive(Debug, Parser)]
#[command(version, after_help = EXAMPLES, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Completions(completions::Completions),
    Explain(explain::Explain),
    Generate(generate::Generate),
    Init(init::Init),
    Lint(lint::Lint),
    Schema(schema::Schema),
    Templates(templates::TemplatesCommand),
}

/// A number of things, such as `1 file` or `2 files`.
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Runs the command that the process was started with, and returns its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let mut out = streams::answer(anstream::stdout().lock());
    let mut log = streams::log(anstream::stderr().lock());
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version go to stdout; anything else is a mistake on the command line.
            let printed = if error.use_stderr() {
                write!(log, "{}", error.render().ansi()).map(|()| Exit::Failed)
            } else {
                write!(out, "{}", error.render().ansi()).map(|()| Exit::Clean)
            };
            return end(printed.map_err(Failure::Output), &mut log);
        }
    };
    let result = match arguments.command {
        Command::Completions(command) => command.run(&mut out, &mut log),
        Command::Explain(command) => command.run(&mut out, &mut log),
        Command::Generate(command) => command.run(&mut out, &mut log),
        Command::Init(command) => command.run(&mut out, &mut log),
        Command::Lint(command) => command.run(&mut out, &mut log),
        Command::Schema(command) => command.run(&mut out, &mut log),
        Command::Templates(command) => command.run(&mut out, &mut log),
    };
    end(result, &mut log)
}

/// Prints what went wrong, if anything did, and decides the exit code.
fn end(result: Result<Exit, Failure>, log: &mut dyn Write) -> ExitCode {
    let exit = match result {
        Ok(exit) => exit,
        Err(Failure::Output(error)) => {
            let help = "fix the cause above and run the command again, or print to a file";
            let _ = writeln!(log, "error: cannot write the output: {error}\nhelp: {help}");
            Exit::Failed
        }
        Err(Failure::Error(error)) => {
            let _ = write!(log, "{}", error.to_text(true));
            if error.diagnostics().is_some() { Exit::Problems } else { Exit::Failed }
        }
    };
    ExitCode::from(exit as u8)
}

/// Why a command could not finish.
enum Failure {
    Error(Error),
    /// Its output can't be written.
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// The plan for a catalog, or else that of the config file which applies to the working folder.
fn plan(catalog: Option<&Path>, out: Option<&Path>) -> Result<Plan, Error> {
    if let Some(catalog) = catalog {
        return Plan::of_catalog(catalog, out.unwrap_or(Path::new("generated")));
    }
    let Some(file) = config_file()? else {
        return Err(Error::usage(
            format!("there is no `{}` here or in a folder above", config::FILE),
            "name a catalog with `--catalog errors.yaml`, or start with `errcat init`",
        ));
    };
    let mut plan = config::read(&file)?;
    if let Some(out) = out {
        plan.move_below(out)?;
    }
    Ok(plan)
}

/// The config file that applies to the working folder, if there is one.
fn config_file() -> Result<Option<PathBuf>, Error> {
    let folder = std::env::current_dir().map_err(|error| {
        Error::usage(
            format!("cannot find the working folder: {error}"),
            "change to a folder that exists, and run the command again",
        )
    })?;
    Ok(config::find(&folder).map(|file| near(&file, &folder)))
}

/// A path above the working folder, as one would type it there.
fn near(file: &Path, folder: &Path) -> PathBuf {
    let Some(parent) = file.parent() else { return file.to_owned() };
    match folder.strip_prefix(parent) {
        Ok(below) => {
            let up: PathBuf = below.components().map(|_| "..").collect();
            up.join(config::FILE)
        }
        Err(_) => file.to_owned(),
    }
}
