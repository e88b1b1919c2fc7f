//! The plan of a run: which catalog becomes which target in which folder.

use std::path::{Path, PathBuf};

#[cfg(feature = "cli")]
use super::sources::CodeSource;
use super::target;
use crate::catalog::include;
use crate::error::Error;
use crate::render::Options;
use crate::render::templates::Templates;
use crate::sorted::{SortedMap, SortedSet};
use crate::text::suggest;

/// Everything that a run makes.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The config file that this plan is from.
    pub config: Option<PathBuf>,
    /// A catalog that is only read.
    #[cfg(feature = "cli")]
    pub read: Option<PathBuf>,
    /// Whether `--out-root` names the folders, and not the config.
    pub is_elsewhere: bool,
    pub outputs: Vec<Output>,
    /// Outputs that are made only if [`Plan::only`] names their target.
    pub on_request: Vec<Output>,
    /// Where the source uses the codes.
    #[cfg(feature = "cli")]
    pub sources: Vec<CodeSource>,
    /// A folder of the repo's own templates.
    pub templates: Option<PathBuf>,
}

/// One target made from one catalog.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub catalog: PathBuf,
    /// The catalog's path for the header of generated files, the same on every machine.
    pub source: String,
    pub target: String,
    pub folder: PathBuf,
    pub options: Options,
}

impl Output {
    pub(crate) fn new(catalog: &Path, target: String, folder: PathBuf, options: Options) -> Self {
        Self { catalog: catalog.to_owned(), source: Self::source(catalog), target, folder, options }
    }

    /// A catalog's path for a header. An absolute path would differ between machines.
    pub(super) fn source(path: &Path) -> String {
        let written = if path.is_absolute() { path.file_name().map(Path::new) } else { Some(path) };
        written.unwrap_or(path).to_string_lossy().replace('\\', "/")
    }
}

impl Plan {
    /// A catalog that nothing is made from.
    #[cfg(feature = "cli")]
    pub(crate) fn reading(catalog: &Path) -> Self {
        Self { read: Some(catalog.to_owned()), ..Self::default() }
    }

    /// Every built-in target of a catalog with default options, each in a folder of its name below
    /// `out`. Variants such as `rust-module` are made only on request.
    #[cfg(feature = "cli")]
    pub(crate) fn of_catalog(catalog: &Path, out: &Path) -> Result<Self, Error> {
        let templates = Templates::read(None)?;
        let mut plan = Self::default();
        for target in templates.targets() {
            let is_variant = target::describe(target, &templates)?.variant_of.is_some();
            let outputs = if is_variant { &mut plan.on_request } else { &mut plan.outputs };
            let folder = out.join(target);
            let mut output = Output::new(catalog, target.to_owned(), folder, Options::new());
            // The path depends on the working folder.
            output.source = Output::source(catalog.file_name().unwrap_or_default().as_ref());
            outputs.push(output);
        }
        Ok(plan)
    }

    /// Keeps only the outputs of these targets.
    ///
    /// # Errors
    /// If no output has one of them.
    pub(crate) fn only(&mut self, targets: &[impl AsRef<str>]) -> Result<(), Error> {
        self.outputs.append(&mut self.on_request);
        let known: SortedSet<&str> =
            self.outputs.iter().map(|output| output.target.as_str()).collect();
        let targets: SortedSet<&str> = targets.iter().map(AsRef::as_ref).collect();
        if let Some(target) = targets.iter().find(|target| !known.contains(*target)) {
            return Err(self.without(target)?);
        }
        self.outputs.retain(|output| targets.contains(output.target.as_str()));
        Ok(())
    }

    /// The error that no output has this target.
    fn without(&self, target: &str) -> Result<Error, Error> {
        let templates = Templates::read(self.templates.as_deref())?;
        let known = templates.targets();
        let Some(output) = self.outputs.first().filter(|_| known.contains(&target)) else {
            let message = format!("there is no target `{target}`");
            return Ok(Error::usage(message, suggest::help(target, known)));
        };
        let catalog = output.source.as_str();
        Ok(Error::usage(
            format!("no output has the target `{target}`"),
            format!(
                "add it to the `outputs` in errcat.yaml: \
                 `- {{catalog: {catalog}, target: {target}, out: generated/{target}}}`"
            ),
        ))
    }

    /// Moves each output to a folder of its target's name below `folder`.
    ///
    /// # Errors
    /// If two catalogs would share a folder.
    #[cfg(feature = "cli")]
    pub(crate) fn move_below(&mut self, folder: &Path) -> Result<(), Error> {
        let mut seen: SortedMap<&str, &Path> = SortedMap::new();
        for output in &self.outputs {
            if let Some(other) = seen.insert(&output.target, &output.catalog) {
                return Err(Error::usage(
                    format!(
                        "`{}` and `{}` would both be made in `{}`",
                        other.display(),
                        output.catalog.display(),
                        folder.join(&output.target).display()
                    ),
                    "choose one of them with `--catalog`, or leave out `--out-root`",
                ));
            }
        }
        for output in &mut self.outputs {
            output.folder = folder.join(&output.target);
        }
        self.is_elsewhere = true;
        Ok(())
    }

    /// Checks the targets and options of outputs that are listed in code.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.outputs.is_empty() && self.config.is_none() {
            return Err(Error::usage(
                "no target is named, so there is nothing to make",
                "name one, as in `.target(\"rust-module\")`",
            ));
        }
        let templates = Templates::read(self.templates.as_deref())?;
        for Output { target, options, .. } in &self.outputs {
            if !templates.targets().contains(&target.as_str()) {
                let help = suggest::help(target, templates.targets());
                return Err(Error::usage(format!("there is no target `{target}`"), help));
            }
            let description = target::describe(target, &templates)?;
            for (name, value) in options {
                if let Some((message, help)) = description.refuses(name, value) {
                    return Err(Error::usage(format!("{message} (target `{target}`)"), help));
                }
            }
        }
        Ok(())
    }

    /// Every catalog, once.
    pub(crate) fn catalogs(&self) -> SortedSet<&Path> {
        let catalogs = self.outputs.iter().map(|output| output.catalog.as_path());
        #[cfg(feature = "cli")]
        let catalogs = catalogs
            .chain(self.sources.iter().map(|source| source.catalog.as_path()))
            .chain(self.read.as_deref());
        catalogs.collect()
    }

    /// The config file, the catalogs, and the catalogs that those include errors from.
    pub(crate) fn files(&self) -> SortedSet<PathBuf> {
        let config = self.config.as_deref();
        let included = |catalog| include::paths(catalog, &include::top(catalog, config));
        let catalogs = self.catalogs().into_iter();
        let files = catalogs.flat_map(|catalog| [vec![catalog.to_owned()], included(catalog)]);
        files.flatten().chain(config.map(Path::to_owned)).collect()
    }
}
