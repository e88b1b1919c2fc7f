//! `errcat generate`: make the outputs, or tell how they differ from the files on disk.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use similar::TextDiff;

use super::{Exit, Failure, Format, plan};
use crate::diagnostic;
use crate::pipeline;
use crate::write::Drift;

/// Generate the outputs of every catalog, or check that they are up to date
#[derive(Debug, clap::Args)]
pub(super) struct Generate {
    /// Write nothing; print how the files differ, and exit with 1 if any does
    #[arg(long)]
    check: bool,
    /// Only this target; may be given more than once
    #[arg(long, value_name = "TARGET")]
    target: Vec<String>,
    /// Write each target to a folder of its name in DIR
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Use this catalog and the built-in targets, without errcat.yaml
    #[arg(long, value_name = "FILE")]
    catalog: Option<PathBuf>,
    /// Overwrite files that errcat did not write, and files that only a formatter or Git changed
    #[arg(long, conflicts_with = "check")]
    force: bool,
    /// How to print problems, and with --check differences
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write a dependency file for make or ninja
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    depfile: Option<PathBuf>,
    /// Do not list the files that were written
    #[arg(short, long)]
    quiet: bool,
}

impl Generate {
    pub(super) fn run(&self, out: &mut dyn Write, log: &mut dyn Write) -> Result<Exit, Failure> {
        match self.make(out, log) {
            // Text is for people, and goes to stderr; other formats are data.
            Err(Failure::Error(error)) if self.format != Format::Text => {
                let Some(problems) = error.diagnostics() else { return Err(error.into()) };
                self.format.print(problems, out)?;
                out.flush()?;
                Ok(Exit::Problems)
            }
            result => result,
        }
    }

    fn make(&self, out: &mut dyn Write, log: &mut dyn Write) -> Result<Exit, Failure> {
        let mut plan = plan(self.catalog.as_deref(), self.out.as_deref())?;
        if !self.target.is_empty() {
            plan.only(&self.target)?;
        }
        if self.check {
            let drift = pipeline::check(&plan, false)?;
            for one in &drift {
                match self.format {
                    Format::Text => print_drift(one, out)?,
                    Format::Json => writeln!(out, "{}", drift_as_json(one))?,
                    Format::Github => write!(out, "{}", annotation(one, &self.fix()))?,
                }
            }
            out.flush()?;
            if drift.is_empty() {
                return Ok(Exit::Clean);
            }
            let files =
                if drift.len() == 1 { "1 file is" } else { &format!("{} files are", drift.len()) };
            writeln!(log, "error: {files} not up to date")?;
            writeln!(log, "help: run `{}` and commit what it writes", self.fix())?;
            return Ok(Exit::Problems);
        }
        for change in pipeline::generate(&plan, self.force, self.depfile.as_deref())? {
            if !self.quiet {
                writeln!(log, "{change}")?;
            }
        }
        Ok(Exit::Clean)
    }

    /// The command that brings the outputs up to date.
    fn fix(&self) -> String {
        let mut command = "errcat generate".to_owned();
        let quoted = |path: &PathBuf| path.display().to_string().replace(' ', "\\ ");
        for target in &self.target {
            command += &format!(" --target {target}");
        }
        for (flag, path) in [("--out", &self.out), ("--catalog", &self.catalog)] {
            if let Some(path) = path {
                command += &format!(" {flag} {}", quoted(path));
            }
        }
        command
    }
}

/// What is wrong with a file, and the number of the first line that differs.
fn kind(drift: &Drift) -> (&'static str, &Path, Option<usize>) {
    match drift {
        Drift::Missing(path) => ("missing", path, None),
        Drift::LeftOver(path) => ("left over", path, None),
        Drift::Differs { path, old, new } => {
            let same = old.lines().zip(new.lines()).take_while(|(old, new)| old == new).count();
            ("differs", path, Some(same + 1))
        }
    }
}

fn drift_as_json(drift: &Drift) -> Json {
    let (drift, path, line) = kind(drift);
    json!({"drift": drift, "path": path.to_string_lossy(), "line": line})
}

/// An annotation on GitHub, at the first line that differs. `fix` is a command.
fn annotation(drift: &Drift, fix: &str) -> String {
    let (kind, path, line) = kind(drift);
    let message = match kind {
        "missing" => "missing: the catalog asks for this file",
        "left over" => "left over: the catalog no longer asks for this file",
        _ => "out of date: this file doesn't match the catalog",
    };
    diagnostic::annotation(
        path,
        line,
        "not-up-to-date",
        &format!("{message}\nhelp: run `{fix}` and commit what it writes"),
    )
}

fn print_drift(drift: &Drift, out: &mut dyn Write) -> io::Result<()> {
    match drift {
        Drift::Missing(_) | Drift::LeftOver(_) => writeln!(out, "{drift}"),
        Drift::Differs { path, old, new } => {
            let name = path.display().to_string();
            let diff = TextDiff::from_lines(old.as_str(), new.as_str());
            write!(out, "{}", diff.unified_diff().header(&name, &name))
        }
    }
}
