//! `errcat lint`: check catalogs, or explain a rule.

use std::io::Write;
use std::path::PathBuf;

use super::{Exit, Failure, Format, path, plan, terminal};
use crate::error::Error;
use crate::pipeline;
use crate::reference;
use crate::text::suggest;
use crate::text::words::counted;

/// Check every catalog, and print every problem
#[derive(Debug, clap::Args)]
pub(super) struct Lint {
    /// Check these catalogs, instead of those in errcat.yaml
    #[arg(value_name = "CATALOG", value_parser = path())]
    catalogs: Vec<PathBuf>,
    /// The same as CATALOG; every command has this flag
    #[arg(long, value_name = "FILE", value_parser = path())]
    catalog: Vec<PathBuf>,
    /// How to print problems
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print nothing if there are no problems
    #[arg(short, long)]
    quiet: bool,
    /// Explain this rule, or list all rules
    #[arg(long, value_name = "RULE", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["catalogs", "catalog", "format"])]
    explain: Option<String>,
}

impl Lint {
    pub(super) fn run(&self, out: &mut dyn Write, log: &mut dyn Write) -> Result<Exit, Failure> {
        if let Some(rule) = &self.explain {
            return explain(rule, out);
        }
        let mut exit = Exit::Clean;
        let (mut catalogs, mut errors) = (0, 0);
        let mut lint = |catalog| -> Result<(), Failure> {
            match plan(catalog, None).and_then(|plan| pipeline::load(&plan)) {
                Ok(loaded) => {
                    catalogs += loaded.len();
                    errors += loaded.values().map(|catalog| catalog.own_errors).sum::<usize>();
                }
                Err(error) => {
                    let Some(problems) = error.diagnostics() else { return Err(error.into()) };
                    exit = Exit::Problems;
                    self.format.print(problems, out)?;
                }
            }
            Ok(())
        };
        let named = || self.catalogs.iter().chain(&self.catalog);
        if named().next().is_none() {
            lint(None)?;
        }
        for catalog in named() {
            lint(Some(catalog))?;
        }
        out.flush()?;
        if exit == Exit::Clean && !self.quiet {
            let (catalogs, errors) = (counted(catalogs, "catalog"), counted(errors, "error"));
            writeln!(log, "{catalogs}, {errors}: no problems")?;
        }
        Ok(exit)
    }
}

/// Explains a rule; without a name, lists all rules.
fn explain(name: &str, out: &mut dyn Write) -> Result<Exit, Failure> {
    let rules = reference::rules();
    if name.is_empty() {
        let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        for rule in rules {
            let line = format!("{:width$}  {}", rule.name, rule.what);
            writeln!(out, "{}", terminal::wrap(&line, terminal::out_width(), width + 2))?;
        }
        return Ok(Exit::Clean);
    }
    let Some(rule) = rules.iter().find(|rule| rule.name == name) else {
        let help = suggest::help_or(
            name,
            rules.iter().map(|rule| rule.name),
            "run `errcat lint --explain` to list all rules",
        );
        return Err(Error::usage(format!("there is no rule `{name}`"), help).into());
    };
    match terminal::out_width() {
        Some(width) => write!(out, "{}", terminal::show(&rule.explain(), width.min(100)))?,
        None => write!(out, "{}", rule.explain())?,
    }
    Ok(Exit::Clean)
}
