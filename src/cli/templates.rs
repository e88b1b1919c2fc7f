//! `errcat templates`: helps people who write templates of their own.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::config_file::ConfigFile;
use super::{Exit, Failure, path, terminal};
use crate::catalog::Catalog;
use crate::config::{self, Output, Plan, Takes, target};
use crate::error::Error;
use crate::pipeline;
use crate::reference;
use crate::render::record::Seen as _;
use crate::render::templates::Templates;
use crate::render::{self, escape, parts};
use crate::text::suggest;
use crate::write;

const EXAMPLES: &str = "\
Examples:
  errcat templates list                     every target, with its options
  errcat templates eject markdown           copy the built-in page, to change its layout
  errcat templates context --surface api    what a template with [surface] in its name sees
  errcat templates docs | less              how to write a target; fields and filters";

/// Write your own templates: list, copy and understand the built-in ones
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct TemplatesCommand {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    List(List),
    Eject(Eject),
    Context(Context),
    Docs(Docs),
}

impl TemplatesCommand {
    pub(super) fn run(&self, out: &mut dyn Write, log: &mut dyn Write) -> Result<Exit, Failure> {
        match &self.command {
            Command::List(command) => command.run(out, log),
            Command::Eject(command) => command.run(log),
            Command::Context(command) => command.run(out),
            Command::Docs(command) => command.run(out),
        }
    }
}

/// List every target: where it comes from, its options, and the outputs in errcat.yaml that use it
#[derive(Debug, clap::Args)]
struct List {
    #[command(flatten)]
    config: ConfigFile,
}

impl List {
    fn run(&self, out: &mut dyn Write, log: &mut dyn Write) -> Result<Exit, Failure> {
        let config = self.config.find()?;
        let plan = match config.as_deref().map(config::read).transpose() {
            // To correct `outputs`, people need the names of the targets.
            Err(error) if error.diagnostics().is_some() => {
                let file = config.unwrap_or_default();
                let templates = config::templates_folder(&file)?;
                let file = file.display();
                writeln!(
                    log,
                    "note: `{file}` has problems, so this list doesn't say what is made"
                )?;
                Plan { templates, ..Plan::default() }
            }
            plan => plan?.unwrap_or_default(),
        };
        let folder = plan.templates.as_deref();
        let templates = Templates::read(folder)?;
        let targets = templates.targets();
        let width = targets.iter().map(|target| target.len()).max().unwrap_or(0);
        let mut line = |text: String| {
            writeln!(out, "{}", terminal::wrap(text.trim_end(), terminal::out_width(), width + 4))
        };
        for name in targets {
            let from = match folder {
                Some(folder) if !templates.is_built_in(name) => {
                    folder.join(name).display().to_string()
                }
                _ => "built-in".to_owned(),
            };
            let description = target::describe(name, &templates)?;
            let about = &description.about;
            line(format!("{name:width$}  ({from})  {about}"))?;
            for option in description.options {
                let takes = match option.takes {
                    Takes::Text => "any text".to_owned(),
                    Takes::Form(form) => form.what.to_owned(),
                    Takes::Switch => "true or false".to_owned(),
                    Takes::Choice(choices) => choices.join(" or "),
                    Takes::Choices(choices) => format!("a list of {}", choices.join(", ")),
                };
                line(format!("{:width$}  option {}: {} ({takes})", "", option.name, option.about))?;
            }
            for output in plan.outputs.iter().filter(|output| output.target == name) {
                let (made, catalog) = (output.folder.display(), output.catalog.display());
                line(format!("{:width$}  makes {made} from {catalog}", ""))?;
            }
        }
        out.flush()?;
        Ok(Exit::Clean)
    }
}

const EJECTED: &str = "\
The copies go to the folder that `templates` in errcat.yaml names, or to templates/
next to errcat.yaml. They replace the built-in templates, so the outputs stay the same
until you change a copy. Updates of errcat don't change your copies: keep the targets
and parts that you change, and delete the rest.

Examples:
  errcat templates eject markdown
  errcat templates eject rust rust-module

Exit codes: 0 if every file was written or already exists; 2 if not, and then nothing was written.";

/// Copy the built-in templates of targets, and the parts they use, into your repo
#[derive(Debug, clap::Args)]
#[command(after_help = EJECTED)]
struct Eject {
    /// The targets to copy; all, if you name none
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    /// Overwrite templates that differ
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    config: ConfigFile,
}

impl Eject {
    fn run(&self, log: &mut dyn Write) -> Result<Exit, Failure> {
        let config = self.config.find()?;
        let named = config.as_deref().map(config::templates_folder).transpose()?.flatten();
        let beside = config.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let folder = named.clone().unwrap_or_else(|| beside.join(FOLDER));
        let built_in = Templates::read(None)?;
        let known = built_in.targets();
        if let Some(unknown) = self.targets.iter().find(|one| !known.contains(&one.as_str())) {
            let message = format!("there is no built-in target `{unknown}`");
            return Err(Error::usage(message, suggest::help(unknown, known)).into());
        }
        let mut files = BTreeSet::new();
        for name in known {
            if self.targets.is_empty() || self.targets.iter().any(|one| one == name) {
                files.extend(parts::of_target(&built_in, name));
                if !self.force {
                    check_place(&folder, name, &built_in)?;
                }
            }
        }
        let files: Vec<_> = files.into_iter().collect();
        for file in write::put_all(&folder, &files, self.force)? {
            writeln!(log, "wrote {}", file.display())?;
        }
        if named.is_none() {
            let to = config.unwrap_or_else(|| config::FILE.into());
            writeln!(log, "next: add the line `templates: {FOLDER}` to {}", to.display())?;
        }
        Ok(Exit::Clean)
    }
}

/// The folder for templates, unless errcat.yaml names another.
const FOLDER: &str = "templates";

/// Refuses to copy a built-in target into the folder of your own target of the same name: that would mix
/// the files of both.
fn check_place(folder: &Path, name: &str, built_in: &Templates) -> Result<(), Error> {
    if !folder.join(name).is_dir() {
        return Ok(());
    }
    let own = Templates::read(Some(folder))?;
    match own.below(name).find(|(file, _)| built_in.get(file).is_none()) {
        None => Ok(()),
        Some((file, _)) => Err(Error::usage(
            format!(
                "`{}` is a target of your own: the built-in one has no `{file}`",
                folder.join(name).display()
            ),
            "nothing was written; rename your target, or run again with `--force` to mix the two",
        )),
    }
}

/// Print what templates see as JSON: the `catalog`, `surface`, `error` and `options` of an output
#[derive(Debug, clap::Args)]
struct Context {
    /// Use the output with this target, instead of the first one in errcat.yaml
    #[arg(long, value_name = "TARGET")]
    target: Option<String>,
    /// Use this catalog, without errcat.yaml and its options
    #[arg(long, value_name = "FILE", value_parser = path(), conflicts_with = "config")]
    catalog: Option<PathBuf>,
    #[command(flatten)]
    config: ConfigFile,
    /// Print what a template with `[surface]` in its name sees for this surface
    #[arg(long, value_name = "ID")]
    surface: Option<String>,
    /// Print what a template with `[error]` in its name sees for this error of the surface
    #[arg(long, value_name = "NAME", requires = "surface")]
    error: Option<String>,
}

impl Context {
    fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        let mut plan = self.config.plan(self.catalog.as_deref(), None)?;
        if let Some(target) = &self.target {
            plan.only(&[target])?;
        }
        plan.outputs.truncate(1);
        let catalogs = pipeline::load(&plan)?;
        for (output, catalog) in plan.outputs.iter().zip(catalogs.values()) {
            writeln!(out, "{}", escape::pretty(&self.context(output, catalog)?))?;
        }
        out.flush()?;
        Ok(Exit::Clean)
    }

    /// What the templates of an output see: once, or for the surface or error that was named.
    fn context(&self, output: &Output, catalog: &Arc<Catalog>) -> Result<minijinja::Value, Error> {
        let context = render::Context::new(catalog);
        let options = output.options.seen();
        let none = minijinja::Value::from(());
        let Some(wanted) = &self.surface else {
            return Ok(context.all(none.clone(), none, options));
        };
        let file = output.catalog.display().to_string();
        let surfaces = context.surfaces().unwrap_or_default();
        let surface = named(&surfaces, wanted, &format!("`{file}` has no surface"))?;
        let Some(wanted) = &self.error else {
            return Ok(context.all(surface, none, options));
        };
        let errors = render::errors_of(&surface).unwrap_or_default();
        let error = named(&errors, wanted, "the surface has no error")?;
        Ok(context.all(surface, error, options))
    }
}

/// The value with a name.
fn named(
    all: &[(String, minijinja::Value)],
    wanted: &str,
    none: &str,
) -> Result<minijinja::Value, Error> {
    let found = all.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
    found.ok_or_else(|| {
        let names = all.iter().map(|(name, _)| name.as_str());
        Error::usage(format!("{none} `{wanted}`"), suggest::help(wanted, names))
    })
}

/// Print the reference: how to write a target, and every field, filter and test
#[derive(Debug, clap::Args)]
struct Docs;

impl Docs {
    #[expect(clippy::unused_self, reason = "commands are run alike")]
    fn run(&self, out: &mut dyn Write) -> Result<Exit, Failure> {
        write!(out, "{}", reference::template_reference()?)?;
        out.flush()?;
        Ok(Exit::Clean)
    }
}
