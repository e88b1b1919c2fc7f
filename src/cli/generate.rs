//! `errcat generate`: writes the outputs, or reports how the files on disk differ from them.

use std::io::Write;
use std::path::PathBuf;

use super::config_file::ConfigFile;
use super::{Exit, Failure, Format, drift, moved, path};
use crate::config::Plan;
use crate::pipeline;
use crate::text::words::counted;
use crate::write::{Change, Outcome};

/// Write the outputs that errcat.yaml lists, or check that they are up to date
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(super) struct Generate {
    /// Write nothing; list the files that are out of date, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
    /// Like --check, and show every difference
    #[arg(long)]
    diff: bool,
    /// Make only this target; you can repeat it
    #[arg(long, value_name = "TARGET")]
    target: Vec<String>,
    /// Write each target to DIR/TARGET, whatever `out` in errcat.yaml says
    #[arg(long, alias = "out", value_name = "DIR", value_parser = path())]
    out_root: Option<PathBuf>,
    /// Use this catalog and the built-in targets, without errcat.yaml
    #[arg(long, value_name = "FILE", value_parser = path(), conflicts_with = "config")]
    catalog: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigFile,
    /// Overwrite files that errcat did not write, and files that only a formatter or Git changed
    #[arg(long, conflicts_with_all = ["check", "diff"])]
    force: bool,
    /// Exit with 1 if a file was not up to date, for hooks that fix files
    #[arg(long, conflicts_with_all = ["check", "diff"])]
    fail_on_change: bool,
    /// How to print problems and, with --check, the files that are out of date
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write a dependency file for make or ninja
    #[arg(long, value_name = "FILE", value_parser = path(), conflicts_with_all = ["check", "diff"])]
    depfile: Option<PathBuf>,
    /// Print nothing if all goes well
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
        let out_root = self.out_root.as_deref();
        let mut plan = self.config.plan(self.catalog.as_deref(), out_root)?;
        let left = if self.quiet { Vec::new() } else { moved::find(&plan) };
        if !self.target.is_empty() {
            plan.only(&self.target)?;
        }
        if self.check || self.diff {
            let exit = self.check(&plan, out, log)?;
            for folder in left {
                match self.format {
                    Format::Github => write!(out, "{}", folder.annotation())?,
                    Format::Text | Format::Json => writeln!(log, "{folder}")?,
                }
            }
            return Ok(exit);
        }
        let made = pipeline::generate(&plan, self.force, self.depfile.as_deref())?;
        if !self.quiet {
            for change in &made.list {
                writeln!(log, "{change}")?;
            }
            writeln!(log, "{}", summary(&made))?;
        }
        for folder in left {
            writeln!(log, "{folder}")?;
        }
        if self.fail_on_change && !made.list.is_empty() {
            writeln!(log, "help: add these changes to the commit, and commit again")?;
            return Ok(Exit::Problems);
        }
        Ok(Exit::Clean)
    }

    fn check(
        &self,
        plan: &Plan,
        out: &mut dyn Write,
        log: &mut dyn Write,
    ) -> Result<Exit, Failure> {
        let found = pipeline::check(plan, false)?;
        if found.list.is_empty() {
            if !self.quiet {
                writeln!(log, "{}", up_to_date(found.files.len()))?;
            }
            return Ok(Exit::Clean);
        }
        let is_whole = drift::print(&found.list, self.format, self.diff, &self.fix(), out)?;
        out.flush()?;
        let verb = if found.list.len() == 1 { "is" } else { "are" };
        writeln!(log, "error: {} {verb} not up to date", counted(found.list.len(), "file"))?;
        let diff = if is_whole { "" } else { "; add `--diff` to see every difference" };
        writeln!(log, "help: run `{}` and commit what it writes{diff}", self.fix())?;
        Ok(Exit::Problems)
    }

    /// The command that brings the outputs up to date.
    fn fix(&self) -> String {
        let mut command = "errcat generate".to_owned();
        let quoted = |path: &PathBuf| path.display().to_string().replace(' ', "\\ ");
        for target in &self.target {
            command += &format!(" --target {target}");
        }
        for (flag, path) in [
            ("--config", &self.config.config),
            ("--out-root", &self.out_root),
            ("--catalog", &self.catalog),
        ] {
            if let Some(path) = path {
                command += &format!(" {flag} {}", quoted(path));
            }
        }
        command
    }
}

/// One line about a run that made the outputs.
fn summary(made: &Outcome<Change>) -> String {
    let wrote = made.list.iter().filter(|change| matches!(change, Change::Wrote(_))).count();
    let removed = made.list.len() - wrote;
    let all = counted(made.files.len(), "file");
    match (wrote, removed) {
        (0, 0) => up_to_date(made.files.len()),
        (0, _) => format!("removed {}; {}", counted(removed, "file"), up_to_date(made.files.len())),
        (_, 0) if wrote == made.files.len() => format!("wrote {all}"),
        (_, 0) => format!("wrote {wrote} of {all}"),
        _ => format!("wrote {wrote} of {all}, removed {removed}"),
    }
}

fn up_to_date(files: usize) -> String {
    format!("{} {} up to date", counted(files, "file"), if files == 1 { "is" } else { "are" })
}
