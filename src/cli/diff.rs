//! `errcat diff`: what changed between two catalogs, and which version is due.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::config_file::ConfigFile;
use super::{Exit, Failure, path, terminal};
use crate::catalog::{Set, include};
use crate::config;
use crate::config::Plan;
use crate::diff::{Class, Diff, Gone, Side};
use crate::error::Error;
use crate::git::Revision;
use crate::text::suggest;
use crate::text::words::joined;

/// What new codes mean for clients made from an OpenAPI document.
const CLOSED: &str = "note: clients that generators make from the OpenAPI output refuse new codes, because it lists the \
                      codes as an `enum`; the option `codes: open` avoids that";

const EXAMPLES: &str = "\
Examples:
  errcat diff                                  since the last tag, for each catalog in errcat.yaml
  errcat diff --against origin/main            since another branch
  errcat diff old/errors.yaml errors.yaml      between two files
  errcat diff --format markdown                an entry for the changelog, or a comment on a pull request
  errcat diff --next-version                   only the version that is due

Exits with 1 if the version of the catalog is lower than what its changes need.";

/// Say what changed in a catalog, what that breaks, and which version is due
///
/// Breaking changes need a new major version (below 1.0 a minor one), additive ones a minor version, and editorial
/// ones a patch.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, override_usage = "errcat diff [OPTIONS] [OLD NEW]")]
pub(super) struct DiffCommand {
    /// The old and the new catalog
    #[arg(value_names = ["OLD", "NEW"], num_args = 2, value_parser = path(), conflicts_with_all = ["against", "catalog", "config"])]
    files: Vec<PathBuf>,
    /// Compare with the catalog at this commit, tag or branch, instead of the last tag
    #[arg(long, value_name = "REV")]
    against: Option<String>,
    /// Compare this catalog, instead of those in errcat.yaml
    #[arg(long, value_name = "FILE", value_parser = path(), conflicts_with = "config")]
    catalog: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigFile,
    /// How to print changes
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Fail only if changes of this class, or of a more serious one, need a higher version
    #[arg(long, value_enum, value_name = "CLASS", default_value_t = Class::Editorial)]
    fail_on: Class,
    /// Print editorial changes too
    #[arg(long)]
    all: bool,
    /// Print only the version that is due
    #[arg(long, conflicts_with_all = ["format", "all"])]
    next_version: bool,
    /// Explain this rule, or list all rules
    #[arg(long, value_name = "RULE", num_args = 0..=1, default_missing_value = "", exclusive = true)]
    explain: Option<String>,
}

/// How changes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object a line
    Json,
    /// Annotations in GitHub Actions
    Github,
    /// An entry for a changelog, or a comment on a pull request
    Markdown,
}

impl clap::ValueEnum for Class {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.name()))
    }
}

/// What a run compares.
struct Comparison {
    /// The changes of each catalog, and whether its codes are closed in OpenAPI.
    diffs: Vec<(Diff, bool)>,
    gone: Vec<Gone>,
}

impl DiffCommand {
    pub(super) fn run(&self, out: &mut dyn Write, log: &mut dyn Write) -> Result<Exit, Failure> {
        if let Some(rule) = &self.explain {
            return explain(rule, out);
        }
        let mut exit = Exit::Clean;
        let Comparison { diffs, gone } = self.compare()?;
        for (index, (diff, is_closed)) in diffs.iter().enumerate() {
            if diffs.len() > 1 {
                self.print_heading(diff, index == 0, out)?;
            }
            self.print(diff, *is_closed, out)?;
            if !self.next_version
                && let Some(problem) = diff.problem(self.fail_on)
            {
                exit = Exit::Problems;
                writeln!(log, "error: {}: {problem}", diff.name())?;
            }
        }
        for one in gone.iter().filter(|_| !self.next_version) {
            match self.format {
                Format::Text => write!(out, "\n{}", one.to_text())?,
                Format::Json => write!(out, "{}", one.to_json())?,
                Format::Github => write!(out, "{}", one.to_github())?,
                Format::Markdown => write!(out, "\n{}", one.to_markdown())?,
            }
        }
        Ok(exit)
    }

    fn compare(&self) -> Result<Comparison, Failure> {
        let read =
            |file: &Path, config: Option<&Path>| Set::read(file, &include::top(file, config));
        if let [old, new] = self.files.as_slice() {
            let before = read(old, None).and_then(Side::new).map_err(Failure::Before)?;
            let after = Side::new(read(new, None)?)?;
            let diff = Diff::new((name(old), Some(before)), (name(new), after));
            return Ok(Comparison { diffs: vec![(diff, false)], gone: Vec::new() });
        }
        let plan = self.config.inputs(self.catalog.as_deref())?;
        let mut revision = None;
        let mut moved = Vec::new();
        let mut diffs = Vec::new();
        for catalog in plan.catalogs() {
            let new = Side::new(read(catalog, plan.config.as_deref())?)?;
            let revision = match &revision {
                Some(revision) => revision,
                None => revision.insert(self.revision(plan.config.as_deref().unwrap_or(catalog))?),
            };
            let old = before(catalog, &new, revision, &mut moved).map_err(Failure::Before)?;
            let diff = Diff::new(old, (name(catalog), new));
            diffs.push((diff, is_closed(&plan, catalog)));
        }
        let gone = match (&plan.config, &revision) {
            (Some(config), Some(revision)) => gone(config, revision, &moved)?,
            _ => Vec::new(),
        };
        Ok(Comparison { diffs, gone })
    }

    /// The revision to compare with, in the repository of a file.
    fn revision(&self, file: &Path) -> Result<Revision, Error> {
        let folder = file.parent().unwrap_or(Path::new(""));
        match &self.against {
            Some(name) => Revision::named(name, folder),
            None => Revision::last_tag(folder),
        }
    }

    /// Says which of several catalogs the next changes are in, where the changes don't say it.
    fn print_heading(&self, diff: &Diff, is_first: bool, out: &mut dyn Write) -> io::Result<()> {
        if self.next_version {
            return write!(out, "{} ", diff.name());
        }
        if !is_first && matches!(self.format, Format::Text | Format::Markdown) {
            writeln!(out)?;
        }
        if matches!(self.format, Format::Markdown) {
            write!(out, "{}", diff.heading())
        } else {
            Ok(())
        }
    }

    fn print(&self, diff: &Diff, is_closed: bool, out: &mut dyn Write) -> Result<(), Failure> {
        if self.next_version {
            writeln!(out, "{}", diff.next_version())?;
            return Ok(());
        }
        let text = match self.format {
            Format::Text => {
                terminal::diagnostics(&diff.to_text(self.all, true), terminal::out_width())
            }
            Format::Json => diff.to_json(),
            Format::Github => diff.to_github(self.all, self.fail_on),
            Format::Markdown => diff.to_markdown(self.all),
        };
        write!(out, "{text}")?;
        if is_closed && diff.has("error-added") && self.format == Format::Text {
            writeln!(out, "{CLOSED}")?;
        }
        Ok(())
    }
}

/// A catalog at a revision, and what to call it; `None` if it is new since then. A catalog that is gone from another
/// place is the same one if it is about the same product. The places where it may have been are added to `moved`.
fn before(
    catalog: &Path,
    new: &Side,
    revision: &Revision,
    moved: &mut Vec<PathBuf>,
) -> Result<(String, Option<Side>), Error> {
    let since = revision.to_string();
    if let Some(set) = revision.catalog(catalog)? {
        return Ok((since, Some(Side::new(set)?)));
    }
    let mut same = Vec::new();
    for file in revision.gone()? {
        let old = revision.catalog(&file)?.and_then(|set| Side::new(set).ok());
        if let Some(old) = old.filter(|old| old.product() == new.product()) {
            moved.push(revision.whole(&file));
            same.push((name(&file), old));
        }
    }
    if let [_] = same.as_slice()
        && let Some((file, old)) = same.pop()
    {
        return Ok((format!("{since}, when it was `{file}`"), Some(old)));
    }
    let files: Vec<String> = same.iter().map(|(file, _)| format!("`{file}`")).collect();
    Ok(if files.is_empty() {
        (since, None)
    } else {
        (format!("{since}, unless it was {}", joined(&files, " or ")), None)
    })
}

/// The catalogs that a config listed at a revision and that have lost their files since. Those in `moved` don't count.
fn gone(config: &Path, revision: &Revision, moved: &[PathBuf]) -> Result<Vec<Gone>, Error> {
    let mut gone = Vec::new();
    for file in config::catalogs(config, &revision.text(config)?.unwrap_or_default()) {
        let is_here = file.symlink_metadata().is_ok() || moved.contains(&revision.whole(&file));
        if is_here || !revision.reaches(&file) {
            continue;
        }
        let old = revision.catalog(&file)?.and_then(|set| Side::new(set).ok());
        gone.extend(old.and_then(|old| Gone::new(name(&file), revision.to_string(), &old)));
    }
    Ok(gone)
}

/// Whether an output in OpenAPI lists the codes of a catalog as all there can be.
fn is_closed(plan: &Plan, catalog: &Path) -> bool {
    plan.config.is_some()
        && plan.outputs.iter().any(|output| {
            let is_open =
                output.options.get("codes").is_some_and(|codes| codes.as_str() == Some("open"));
            output.catalog == catalog && output.target == "openapi" && !is_open
        })
}

fn name(file: &Path) -> String {
    file.display().to_string()
}

/// Explains a rule; without a name, lists all rules.
fn explain(name: &str, out: &mut dyn Write) -> Result<Exit, Failure> {
    let rules = || crate::diff::rules();
    if name.is_empty() {
        let width = rules().map(|rule| rule.name.len()).max().unwrap_or(0);
        for rule in rules() {
            let class = rule.class.name();
            let line = format!("{:width$}  {class:9}  {}", rule.name, rule.what);
            writeln!(out, "{}", terminal::wrap(&line, terminal::out_width(), width + 13))?;
        }
        return Ok(Exit::Clean);
    }
    let rule = rules().find(|rule| rule.name == name).ok_or_else(|| {
        let names = rules().map(|rule| rule.name);
        let help = suggest::help_or(name, names, "run `errcat diff --explain` to list all rules");
        Error::usage(format!("there is no rule `{name}`"), help)
    })?;
    let text = rule.explain();
    match terminal::out_width() {
        Some(width) => write!(out, "{}", terminal::show(&text, width.min(100)))?,
        None => write!(out, "{text}")?,
    }
    Ok(Exit::Clean)
}
