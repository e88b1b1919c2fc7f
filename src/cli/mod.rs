//! The command line. Only this part of errcat knows clap, prints, or decides an exit code.

mod completions;
mod config_file;
mod diff;
mod drift;
mod explain;
mod generate;
mod init;
mod lint;
mod misnamed;
mod moved;
mod schema;
mod streams;
mod templates;
mod terminal;
mod verify;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anstream::ColorChoice;
use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::{Parser, Subcommand};

use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::text::paths;

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
                Self::Text => terminal::diagnostics(&one.to_text(true), terminal::out_width()),
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
  errcat generate                  write the outputs that errcat.yaml lists
  errcat generate --check          fail if an output is out of date
  errcat lint                      check every catalog in errcat.yaml
  errcat diff                      what changed since the last tag, and which version is due
  errcat explain rate_limited      what an error means, and what to do
  curl -si … | errcat explain -    which error a response is, and what to do
  errcat verify traffic.har        which errors in recorded traffic the catalog lacks

Without errcat.yaml:
  errcat lint --catalog errors.yaml
  errcat explain 429 --catalog errors.yaml
  errcat generate --catalog errors.yaml --target json      make generated/json/catalog.json";

/// Generate code, docs and OpenAPI from one catalog of your API's errors
#[derive(Debug, Parser)]
#[command(version, after_help = EXAMPLES, arg_required_else_help = true)]
struct Arguments {
    /// When to use colors; `auto` uses them on a terminal
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto, global = true, display_order = 900)]
    color: Color,
    #[command(subcommand)]
    command: Command,
}

/// When output is colored. `Auto` means on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// `FORCE_COLOR` is what Node's tools and many others read; `NO_COLOR`, `CLICOLOR` and
    /// `CLICOLOR_FORCE` are known to the library.
    fn choice(self) -> ColorChoice {
        let is_forced = std::env::var_os("FORCE_COLOR")
            .is_some_and(|value| !["", "0", "false"].iter().any(|off| value == *off));
        match self {
            Self::Auto if is_forced => ColorChoice::Always,
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Completions(completions::Completions),
    Diff(diff::DiffCommand),
    Explain(explain::Explain),
    Generate(generate::Generate),
    Init(init::Init),
    Lint(lint::Lint),
    Schema(schema::Schema),
    Templates(templates::TemplatesCommand),
    Verify(verify::Verify),
}

/// Runs the command that the process was started with, and returns its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = Arguments::try_parse();
    let color = arguments.as_ref().map_or(Color::Auto, |arguments| arguments.color);
    color.choice().write_global();
    let mut out = streams::answer(anstream::stdout().lock());
    let mut log = streams::log(anstream::stderr().lock());
    let arguments = match arguments {
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
        Command::Diff(command) => command.run(&mut out, &mut log),
        Command::Explain(command) => command.run(&mut out, &mut log),
        Command::Generate(command) => command.run(&mut out, &mut log),
        Command::Init(command) => command.run(&mut out, &mut log),
        Command::Lint(command) => command.run(&mut out, &mut log),
        Command::Schema(command) => command.run(&mut out, &mut log),
        Command::Templates(command) => command.run(&mut out, &mut log),
        Command::Verify(command) => command.run(&mut out, &mut log),
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
        Err(Failure::Before(error)) if error.diagnostics().is_some() => {
            let text = terminal::diagnostics(&error.to_text(true), terminal::log_width());
            let _ = write!(log, "{text}");
            if error.diagnostics().is_some() {
                let help = "compare with a revision or a file that has no such problems";
                let _ = write!(log, "error: the old catalog can't be compared\nhelp: {help}\n");
            }
            Exit::Failed
        }
        Err(Failure::Error(error) | Failure::Before(error)) => {
            let text = terminal::diagnostics(&error.to_text(true), terminal::log_width());
            let _ = write!(log, "{text}");
            if error.diagnostics().is_some() { Exit::Problems } else { Exit::Failed }
        }
    };
    ExitCode::from(exit as u8)
}

/// Why a command could not finish.
enum Failure {
    Error(Error),
    /// The old one of two catalogs can't be used.
    Before(Error),
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

/// Reads a path from the command line. Refuses what only a shell understands, unless there is a file of
/// that name.
fn path() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| {
        let is_fine = cfg!(windows) && path.is_absolute() || path.exists();
        let text = path.to_string_lossy();
        let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
        match paths::refusal(&text, "write the path in full") {
            Some((message, help)) if !is_fine => Err(format!("{message}; {help}")),
            _ => Ok(path),
        }
    })
}
