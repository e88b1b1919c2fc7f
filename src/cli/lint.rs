//! `errcat lint`: check catalogs, or explain a rule.

use std::io::Write;
use std::path::PathBuf;

use super::config_file::ConfigFile;
use super::{Exit, Failure, Format, path, terminal};
use crate::diagnostic::{Diagnostics, Rule};
use crate::error::Error;
use crate::pipeline;
use crate::reference;
use crate::text::suggest;
use crate::text::words::counted;

/// Check every catalog, and print every problem
#[derive(Debug, clap::Args)]
pub(super) struct Lint {
    /// Check these catalogs, instead of those in errcat.yaml
    #[arg(value_name = "CATALOG", value_parser = path(), conflicts_with = "config")]
    catalogs: Vec<PathBuf>,
    /// The same as CATALOG; every command has this flag
    #[arg(long, value_name = "FILE", value_parser = path(), conflicts_with = "config")]
    catalog: Vec<PathBuf>,
    #[command(flatten)]
    config: ConfigFile,
    /// How to print problems
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Look only at problems of this rule; you can repeat it
    #[arg(long, value_name = "RULE", conflicts_with = "explain")]
    rule: Vec<String>,
    /// Print at most N problems of each rule
    #[arg(long, value_name = "N", conflicts_with = "explain")]
    max: Option<usize>,
    /// Print nothing if there are no problems
    #[arg(short, long)]
    quiet: bool,
    /// Explain this rule, or list all rules
    #[arg(long, value_name = "RULE", num_args = 0..=1, default_missing_value = "", conflicts_with_all = ["catalogs", "catalog", "config", "format"])]
    explain: Option<String>,
}

impl Lint {
    pub(super) fn run(&self, out: &mut dyn Write, log: &mut dyn Write) -> Result<Exit, Failure> {
        if let Some(rule) = &self.explain {
            return explain(rule, out);
        }
        for rule in &self.rule {
            known(rule)?;
        }
        let mut exit = Exit::Clean;
        let (mut catalogs, mut errors, mut others) = (0, 0, 0);
        let mut lint = |catalog| -> Result<(), Failure> {
            match self.config.inputs(catalog).and_then(|plan| pipeline::load(&plan)) {
                Ok(loaded) => {
                    catalogs += loaded.len();
                    errors += loaded.values().map(|catalog| catalog.own_errors).sum::<usize>();
                }
                Err(error) => {
                    let mut problems = error.into_diagnostics()?;
                    others += self.select(&mut problems);
                    if !problems.is_empty() {
                        exit = Exit::Problems;
                        self.format.print(&problems, out)?;
                    }
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
            let rules = self.rule.join(", ");
            let done = match others {
                0 if rules.is_empty() => format!("{catalogs}, {errors}: no problems"),
                0 => format!("{catalogs}, {errors}: no problems of {rules}"),
                others => format!("no problems of {rules}, but {others} of other rules"),
            };
            writeln!(log, "{done}")?;
        }
        Ok(exit)
    }

    /// Leaves the problems that the flags ask for, and returns how many others there are.
    fn select(&self, problems: &mut Vec<Diagnostics>) -> usize {
        let mut others = 0;
        for one in problems.iter_mut() {
            if !self.rule.is_empty() {
                others += one.keep_rules(&self.rule);
                one.limit(usize::MAX);
            }
            if let Some(max) = self.max {
                one.limit(max);
            }
        }
        problems.retain(|one| !one.is_empty());
        others
    }
}

/// The rule of a name.
fn known(name: &str) -> Result<&'static Rule, Error> {
    let rules = reference::rules();
    rules.iter().copied().find(|rule| rule.name == name).ok_or_else(|| {
        let names = rules.iter().map(|rule| rule.name);
        let help = suggest::help_or(name, names, "run `errcat lint --explain` to list all rules");
        Error::usage(format!("there is no rule `{name}`"), help)
    })
}

/// Explains a rule; without a name, lists all rules.
fn explain(name: &str, out: &mut dyn Write) -> Result<Exit, Failure> {
    if name.is_empty() {
        let rules = reference::rules();
        let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
        for rule in rules {
            let line = format!("{:width$}  {}", rule.name, rule.what);
            writeln!(out, "{}", terminal::wrap(&line, terminal::out_width(), width + 2))?;
        }
        return Ok(Exit::Clean);
    }
    let rule = known(name)?;
    match terminal::out_width() {
        Some(width) => write!(out, "{}", terminal::show(&rule.explain(), width.min(100)))?,
        None => write!(out, "{}", rule.explain())?,
    }
    Ok(Exit::Clean)
}
