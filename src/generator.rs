//! The pipeline as one function: load → lint → render → write. The command, a build script and the
//! tests all call it. Never prints, never exits.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::catalog::{Catalog, load};
use crate::config::{self, Output, Plan};
use crate::diagnostic::{Findings, Report};
use crate::error::Error;
use crate::fields;
use crate::input;
use crate::lint;
use crate::render::templates::Templates;
use crate::render::{Context, Renderer};
use crate::suggest;
use crate::write::{self, Change, Drift, Folder};
use crate::yaml;

/// Makes outputs from catalogs.
///
/// ```no_run
/// # fn main() -> Result<(), errcat::Error> {
/// for change in errcat::Generator::from_config("errcat.yaml")?.generate()? {
///     println!("{change:?}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Generator {
    plan: Plan,
    force: bool,
}

impl Generator {
    /// Everything that a config file asks for. Paths in it are relative to its folder.
    ///
    /// # Errors
    /// If the file can't be read, has findings, or requires another version of errcat.
    pub fn from_config(file: impl AsRef<Path>) -> Result<Self, Error> {
        Ok(Self { plan: config::read(file.as_ref())?, force: false })
    }

    /// Every built-in target with default options, each in a folder of its name below `out`. What is
    /// another form of one, such as `rust-module`, is made if [`Self::targets`] names it.
    ///
    /// # Errors
    /// None but those of reading the built-in templates, which is a bug.
    pub fn from_catalog(catalog: impl AsRef<Path>, out: impl AsRef<Path>) -> Result<Self, Error> {
        let plan = config::without_config(catalog.as_ref(), out.as_ref())?;
        Ok(Self { plan, force: false })
    }

    /// Only these targets.
    ///
    /// # Errors
    /// If one of them is not among the outputs.
    pub fn targets(mut self, targets: &[String]) -> Result<Self, Error> {
        self.plan.outputs.append(&mut self.plan.on_request);
        let known: Vec<&str> =
            self.plan.outputs.iter().map(|output| output.target.as_str()).collect();
        if let Some(unknown) = targets.iter().find(|target| !known.contains(&target.as_str())) {
            let mut known = known;
            known.sort_unstable();
            known.dedup();
            let message = format!("no output here has the target `{unknown}`");
            return Err(Error::usage(message, suggest::help(unknown, known)));
        }
        self.plan.outputs.retain(|output| targets.contains(&output.target));
        Ok(self)
    }

    /// Each target in a folder of its name below this one, wherever the config wants it.
    ///
    /// # Errors
    /// If two catalogs have the same target.
    pub fn out(mut self, folder: impl AsRef<Path>) -> Result<Self, Error> {
        let mut seen: BTreeMap<&str, &Path> = BTreeMap::new();
        for output in &self.plan.outputs {
            if let Some(other) = seen.insert(&output.target, &output.catalog) {
                return Err(Error::usage(
                    format!(
                        "`{}` and `{}` would both be made in `{}`",
                        other.display(),
                        output.catalog.display(),
                        folder.as_ref().join(&output.target).display()
                    ),
                    "choose one of them with `--catalog`, or leave `--out` to errcat.yaml",
                ));
            }
        }
        for output in &mut self.plan.outputs {
            output.folder = folder.as_ref().join(&output.target);
        }
        Ok(self)
    }

    /// Overwrites files that errcat did not write.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// Makes every output, and tells what changed on disk. A file that is as it should be is not
    /// touched.
    ///
    /// # Errors
    /// If a catalog has findings, a template fails, a file that errcat did not write is in the
    /// way, or the disk says no. Nothing is written then, but for the last case, which leaves each
    /// file wholly old or wholly new.
    pub fn generate(&self) -> Result<Vec<Change>, Error> {
        write::write(&self.render()?, self.force)
    }

    /// Compares every output with what is on disk, and writes nothing.
    ///
    /// # Errors
    /// As [`Self::generate`], but for files in the way, which are drift.
    pub fn check(&self) -> Result<Vec<Drift>, Error> {
        write::drift(&self.render()?)
    }

    /// Checks every catalog, and makes nothing.
    ///
    /// # Errors
    /// The findings of all catalogs, if there are any.
    pub fn lint(&self) -> Result<(), Error> {
        self.load().map(|_| ())
    }

    /// Every catalog, without findings, and the templates of its outputs.
    #[cfg(feature = "cli")]
    pub(crate) fn read(&self) -> Result<(Vec<Catalog>, Templates), Error> {
        let templates = Templates::read(self.plan.templates.as_deref())?;
        Ok((self.load()?.into_values().collect(), templates))
    }

    /// What is to be made.
    #[cfg(feature = "cli")]
    pub(crate) fn outputs(&self) -> &[Output] {
        &self.plan.outputs
    }

    /// The folder of the repo's own templates, if it has one.
    #[cfg(feature = "cli")]
    pub(crate) fn own_templates(&self) -> Option<&Path> {
        self.plan.templates.as_deref()
    }

    /// What the templates of the first output see: once, or for the surface of an id.
    #[cfg(feature = "cli")]
    pub(crate) fn context(&self, surface: Option<&str>) -> Result<minijinja::Value, Error> {
        let Some(output) = self.plan.outputs.first() else {
            let help = "name a catalog with `--catalog errors.yaml`";
            return Err(Error::usage("errcat.yaml asks for no output", help));
        };
        let catalog =
            load_file(&output.catalog)?.map_err(|found| Error::of_findings(vec![found]))?;
        let context = Context::new(&catalog);
        let options = minijinja::Value::from(minijinja::value::Serde(&output.options));
        let Some(wanted) = surface else {
            return Ok(context.all(minijinja::Value::from(()), options));
        };
        let surfaces = context.surfaces().unwrap_or_default();
        let Some((_, surface)) = surfaces.iter().find(|(id, _)| id == wanted) else {
            let message = format!("`{}` has no surface `{wanted}`", output.catalog.display());
            let ids = surfaces.iter().map(|(id, _)| id.as_str());
            return Err(Error::usage(message, suggest::help(wanted, ids)));
        };
        Ok(context.all(surface.clone(), options))
    }

    /// Everything of one output folder.
    fn render(&self) -> Result<Vec<Folder>, Error> {
        let catalogs = self.load()?;
        let templates = Templates::read(self.plan.templates.as_deref())?;
        let targets = self.plan.outputs.iter().map(|output| output.target.as_str()).collect();
        let renderer = Renderer::new(&templates, &targets)?;
        let mut folders: BTreeMap<PathBuf, Folder> = BTreeMap::new();
        for (file, catalog) in catalogs {
            let context = Context::new(&catalog);
            drop(catalog);
            for Output { source, target, folder, options, .. } in self.outputs_of(&file) {
                let artifacts = renderer.render(target, &context, options, source)?;
                let entry = folders.entry(folder.clone());
                let folder =
                    entry.or_insert_with(|| Folder { path: folder.clone(), targets: Vec::new() });
                folder.targets.push((target.clone(), artifacts));
            }
        }
        Ok(folders.into_values().collect())
    }

    /// Every catalog of the plan, once, without findings.
    fn load(&self) -> Result<BTreeMap<PathBuf, Catalog>, Error> {
        let files: BTreeSet<&Path> =
            self.plan.outputs.iter().map(|output| output.catalog.as_path()).collect();
        let mut catalogs = BTreeMap::new();
        let mut findings = Vec::new();
        for file in files {
            match load_file(file)? {
                Ok(catalog) => {
                    catalogs.insert(file.to_owned(), catalog);
                }
                Err(found) => findings.push(found),
            }
        }
        if findings.is_empty() { Ok(catalogs) } else { Err(Error::of_findings(findings)) }
    }

    fn outputs_of<'g>(&'g self, catalog: &'g Path) -> impl Iterator<Item = &'g Output> {
        self.plan.outputs.iter().filter(move |output| output.catalog == catalog)
    }
}

/// Loads and lints one catalog.
fn load_file(file: &Path) -> Result<Result<Catalog, Findings>, Error> {
    let bytes = input::read(file)?;
    let mut report = Report::default();
    let text = match yaml::text(&bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            report.push(fields::syntax(error));
            String::from_utf8_lossy(&bytes).into_owned()
        }
    };
    let catalog = if report.is_empty() { load::load(&text, &mut report) } else { None };
    if let Some(catalog) = &catalog {
        lint::run(catalog, &mut report);
    }
    let findings = Findings::new(&file.display().to_string(), text, report);
    Ok(match catalog {
        Some(catalog) if findings.is_empty() => Ok(catalog),
        _ => Err(findings),
    })
}
