//! The pipeline as one function: load → lint → render → write. The command, a build script and the
//! tests all call it. Never prints, never exits.

mod cargo;
#[doc(hidden)]
pub mod stages;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::catalog::{Catalog, load};
use crate::config::target::Target;
use crate::config::{self, Output, Plan};
use crate::diagnostic::{Findings, Report};
use crate::document::file;
use crate::document::schema;
use crate::error::Error;
use crate::lint;
use crate::render::templates::Templates;
use crate::render::{Context, Renderer};
use crate::text::suggest;
use crate::write::depfile;
use crate::write::{self, Change, Drift, Folder};
use crate::yaml;

/// Makes outputs from catalogs: in a build script, in a test, or wherever a program needs them.
///
/// In a `build.rs`, with `errcat = { path = "path/to/errcat", default-features = false }` below
/// `[build-dependencies]` (a version takes the place of the path once errcat is published):
///
/// ```no_run
/// fn main() -> Result<(), errcat::Error> {
///     errcat::Generator::new("errors.yaml").target("rust-module").generate()?;
///     Ok(())
/// }
/// ```
///
/// It makes `errors.rs` in the folder that Cargo has for the package, `OUT_DIR`, whose items a module
/// of the package then holds:
///
/// ```text
/// /// Every error of this service.
/// pub mod errors {
///     include!(concat!(env!("OUT_DIR"), "/errors.rs"));
/// }
/// ```
///
/// Cargo is told what was read, so that it runs the script again when the catalog, the config or a
/// template of one's own changes, and at no other time. A catalog with findings fails the build, and
/// Cargo shows each at its line. Paths are relative to the working folder, which in a build script is
/// that of its package.
#[derive(Debug)]
pub struct Generator {
    plan: Plan,
    /// The catalog of outputs that code asks for.
    catalog: Option<PathBuf>,
    /// A target that code asks for although a config does.
    stray: Option<String>,
    out_dir: Option<PathBuf>,
    depfile: Option<PathBuf>,
    force: bool,
}

impl Generator {
    /// What [`Self::target`] asks for, made of this catalog, without a config file.
    #[must_use]
    pub fn new(catalog: impl Into<PathBuf>) -> Self {
        let catalog = Some(catalog.into());
        Self { catalog, ..Self::of_plan(Plan::default()) }
    }

    /// Everything that a config file asks for. Paths in it are relative to its folder.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), errcat::Error> {
    /// for change in errcat::Generator::from_config("errcat.yaml")?.generate()? {
    ///     println!("{change}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// If the file can't be read, has findings, or requires another version of errcat.
    pub fn from_config(file: impl AsRef<Path>) -> Result<Self, Error> {
        Ok(Self::of_plan(config::read(file.as_ref())?))
    }

    fn of_plan(plan: Plan) -> Self {
        Self { plan, catalog: None, stray: None, out_dir: None, depfile: None, force: false }
    }

    /// Every built-in target with default options, each in a folder of its name below `out`. What is
    /// another form of one, such as `rust-module`, is made if [`Self::only`] names it.
    #[cfg(feature = "cli")]
    pub(crate) fn from_catalog(catalog: &Path, out: &Path) -> Result<Self, Error> {
        Ok(Self::of_plan(config::without_config(catalog, out)?))
    }

    /// Makes this target too, of the catalog that [`Self::new`] was given. After
    /// [`Self::from_config`] it is a mistake, which [`Self::generate`] reports: targets stand in the
    /// config then.
    ///
    /// Its files lie in `OUT_DIR` if Cargo runs this in a build script, else in `generated`; or where
    /// [`Self::out_dir`] says. `errcat templates list` names every target, with its options.
    #[must_use]
    pub fn target(mut self, target: impl Into<Target>) -> Self {
        let Target { name, options } = target.into();
        let Some(catalog) = &self.catalog else {
            self.stray = Some(name);
            return self;
        };
        let folder = self.out_dir.clone().or_else(cargo::out_dir);
        let folder = folder.unwrap_or_else(|| "generated".into());
        self.plan.outputs.push(Output::new(catalog, name, folder, options));
        self
    }

    /// Writes the files of all targets straight into this folder, which is then errcat's: what it made
    /// there before and makes no longer, it removes. So two catalogs of one build script take a folder
    /// each.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let out = std::path::PathBuf::from(std::env::var("OUT_DIR")?);
    /// for service in ["billing", "search"] {
    ///     errcat::Generator::new(format!("{service}/errors.yaml"))
    ///         .target("rust-module") // makes billing/errors.rs and search/errors.rs
    ///         .out_dir(out.join(service))
    ///         .generate()?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        for output in self.plan.outputs.iter_mut().chain(&mut self.plan.on_request) {
            output.folder.clone_from(&folder);
        }
        self.out_dir = Some(folder);
        self
    }

    /// Takes templates from this folder before the built-in ones, as `templates` in errcat.yaml does.
    #[must_use]
    pub fn templates(mut self, folder: impl Into<PathBuf>) -> Self {
        self.plan.templates = Some(folder.into());
        self
    }

    /// Only these targets of a config.
    ///
    /// # Errors
    /// If one of them is not among the outputs.
    pub fn only(mut self, targets: &[impl AsRef<str>]) -> Result<Self, Error> {
        self.plan.outputs.append(&mut self.plan.on_request);
        let known: BTreeSet<&str> =
            self.plan.outputs.iter().map(|output| output.target.as_str()).collect();
        let targets: BTreeSet<&str> = targets.iter().map(AsRef::as_ref).collect();
        if let Some(unknown) = targets.iter().find(|target| !known.contains(*target)) {
            let message = format!("no output here has the target `{unknown}`");
            return Err(Error::usage(message, suggest::help(unknown, known)));
        }
        self.plan.outputs.retain(|output| targets.contains(output.target.as_str()));
        Ok(self)
    }

    /// Each target in a folder of its name below this one, wherever the config wants it.
    #[cfg(feature = "cli")]
    pub(crate) fn out(mut self, folder: &Path) -> Result<Self, Error> {
        let mut seen: BTreeMap<&str, &Path> = BTreeMap::new();
        for output in &self.plan.outputs {
            if let Some(other) = seen.insert(&output.target, &output.catalog) {
                return Err(Error::usage(
                    format!(
                        "`{}` and `{}` would both be made in `{}`",
                        other.display(),
                        output.catalog.display(),
                        folder.join(&output.target).display()
                    ),
                    "choose one of them with `--catalog`, or leave `--out` to errcat.yaml",
                ));
            }
        }
        for output in &mut self.plan.outputs {
            output.folder = folder.join(&output.target);
        }
        Ok(self)
    }

    /// Overwrites files that errcat did not write.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// Also writes what the outputs were made of, as a rule of make, which ninja reads too.
    #[must_use]
    pub fn depfile(mut self, file: impl Into<PathBuf>) -> Self {
        self.depfile = Some(file.into());
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
        cargo::rerun_if_changed(&self.inputs());
        let templates = self.templates_to_use()?;
        let folders = self.render(&templates)?;
        let changes = write::write(&folders, self.force)?;
        if let Some(file) = &self.depfile {
            let inputs = self.files().chain(templates.own_paths().map(Path::new));
            write::put(file, &depfile::text(&folders, inputs))?;
        }
        Ok(changes)
    }

    /// Compares every output with what is on disk, and writes nothing.
    ///
    /// # Errors
    /// As [`Self::generate`], but for files in the way, which are drift.
    pub fn check(&self) -> Result<Vec<Drift>, Error> {
        cargo::rerun_if_changed(&self.inputs());
        write::drift(&self.render(&self.templates_to_use()?)?)
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
        Ok((self.load()?.into_values().collect(), self.templates_to_use()?))
    }

    /// What the outputs are made of: the config, the catalogs, and the folder of own templates.
    #[must_use]
    pub fn inputs(&self) -> Vec<PathBuf> {
        let templates = self.plan.templates.as_deref();
        self.files().chain(templates).map(Path::to_owned).collect()
    }

    /// The config and the catalogs.
    fn files(&self) -> impl Iterator<Item = &Path> {
        let catalogs: BTreeSet<&Path> =
            self.plan.outputs.iter().map(|output| output.catalog.as_path()).collect();
        self.plan.config.as_deref().into_iter().chain(catalogs)
    }

    fn templates_to_use(&self) -> Result<Templates, Error> {
        Templates::read(self.plan.templates.as_deref())
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
    fn render(&self, templates: &Templates) -> Result<Vec<Folder>, Error> {
        let catalogs = self.load()?;
        if self.catalog.is_some() {
            config::check(&self.plan.outputs, templates)?;
        }
        let targets = self.plan.outputs.iter().map(|output| output.target.as_str()).collect();
        let renderer = Renderer::new(templates, &targets)?;
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
        if let Some(target) = &self.stray {
            return Err(Error::usage(
                format!(
                    "the target `{target}` is asked for in code, and the others by errcat.yaml"
                ),
                "add it to `outputs` in errcat.yaml, or begin with `Generator::new(catalog)`",
            ));
        }
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
    let bytes = file::read(file)?;
    let mut report = Report::default();
    let text = match yaml::text(&bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            report.push(schema::syntax(error));
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
