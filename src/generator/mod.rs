//! The builder for build scripts, tests and other programs.

mod cargo;
#[doc(hidden)]
pub mod stages;
mod target;

use std::path::{Path, PathBuf};

pub use target::{OptionValue, Target};

use crate::config::{self, Output, Plan};
use crate::error::Error;
use crate::pipeline;
use crate::write::{Change, Drift};

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
/// This makes `errors.rs` in `OUT_DIR`, the folder that Cargo has for the package. A module of the
/// package includes it:
///
/// ```text
/// /// Every error of this service.
/// pub mod errors {
///     include!(concat!(env!("OUT_DIR"), "/errors.rs"));
/// }
/// ```
///
/// Cargo runs the script again when the catalog, the config or one of your own templates changes, and
/// at no other time. A catalog with problems fails the build, and Cargo shows each problem at its
/// line. Paths are relative to the working folder, which in a build script is the package's folder.
///
/// The outputs are listed either in code ([`Generator::new`]) or in an errcat.yaml
/// ([`Generator::from_config`]). The type parameter says which.
#[derive(Debug)]
pub struct Generator<From = FromCode> {
    plan: Plan,
    from: From,
    depfile: Option<PathBuf>,
    force: bool,
}

/// The outputs of a [`Generator`] are listed in code.
#[derive(Debug)]
pub struct FromCode {
    catalog: PathBuf,
    out_dir: Option<PathBuf>,
}

/// The outputs of a [`Generator`] are listed in an errcat.yaml.
#[derive(Debug)]
pub struct FromConfig(());

impl Generator<FromCode> {
    /// A generator for one catalog, which makes what [`Self::target`] asks for.
    #[must_use]
    pub fn new(catalog: impl Into<PathBuf>) -> Self {
        let from = FromCode { catalog: catalog.into(), out_dir: None };
        Self { plan: Plan::default(), from, depfile: None, force: false }
    }

    /// Adds a target to make.
    ///
    /// Its files go to the folder that [`Self::out_dir`] names. Without one they go to `OUT_DIR` in a
    /// build script, and to `generated` elsewhere. `errcat templates list` prints every target, with its options.
    #[must_use]
    pub fn target(mut self, target: impl Into<Target>) -> Self {
        let Target { name, options } = target.into();
        let folder = self.from.out_dir.clone().or_else(cargo::out_dir);
        let folder = folder.unwrap_or_else(|| "generated".into());
        self.plan.outputs.push(Output::new(&self.from.catalog, name, folder, options));
        self
    }

    /// Writes the files of all targets straight into this folder.
    ///
    /// errcat removes files that it wrote there and no longer makes. So if a build script has two
    /// catalogs, give each its own folder:
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
        for output in &mut self.plan.outputs {
            output.folder.clone_from(&folder);
        }
        self.from.out_dir = Some(folder);
        self
    }

    /// Uses the templates in this folder before the built-in ones, as `templates` in errcat.yaml does.
    #[must_use]
    pub fn templates(mut self, folder: impl Into<PathBuf>) -> Self {
        self.plan.templates = Some(folder.into());
        self
    }
}

impl Generator<FromConfig> {
    /// A generator for everything that a config file asks for. Paths in it are relative to its folder.
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
    /// If the file can't be read, has problems, or requires another version of errcat.
    pub fn from_config(file: impl AsRef<Path>) -> Result<Self, Error> {
        let plan = config::read(file.as_ref())?;
        Ok(Self { plan, from: FromConfig(()), depfile: None, force: false })
    }

    /// Keeps only the outputs of these targets.
    ///
    /// # Errors
    /// If no output has one of them.
    pub fn only(mut self, targets: &[impl AsRef<str>]) -> Result<Self, Error> {
        self.plan.only(targets)?;
        Ok(self)
    }
}

impl<From> Generator<From> {
    /// Overwrites files that errcat did not write, and files that differ only in line ends or layout.
    /// [`Self::check`] then reports the latter too.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// Also writes a dependency file, which tells make or ninja what the outputs were made from.
    #[must_use]
    pub fn depfile(mut self, file: impl Into<PathBuf>) -> Self {
        self.depfile = Some(file.into());
        self
    }

    /// Writes every output, and returns what changed on disk. Files that are up to date are left alone.
    ///
    /// # Errors
    /// If a catalog has problems, a template fails, or a file that errcat did not write is in the way:
    /// then nothing is written. Or if a file can't be written: then each file is either old or new,
    /// never half of both.
    pub fn generate(&self) -> Result<Vec<Change>, Error> {
        cargo::rerun_if_changed(|| self.inputs());
        self.plan.check()?;
        Ok(pipeline::generate(&self.plan, self.force, self.depfile.as_deref())?.list)
    }

    /// Compares every output with what is on disk, and writes nothing.
    ///
    /// Line ends, a byte order mark, newlines at the end and the layout of `.json` make no difference.
    ///
    /// # Errors
    /// If a catalog has problems, a template fails or a file can't be read.
    pub fn check(&self) -> Result<Vec<Drift>, Error> {
        cargo::rerun_if_changed(|| self.inputs());
        self.plan.check()?;
        Ok(pipeline::check(&self.plan, self.force)?.list)
    }

    /// Checks every catalog, and writes nothing.
    ///
    /// # Errors
    /// The problems of all catalogs, if there are any.
    pub fn lint(&self) -> Result<(), Error> {
        pipeline::load(&self.plan).map(|_| ())
    }

    /// What the outputs are made from: the config, the catalogs, those that they include errors
    /// from, and the folder of your own templates.
    #[must_use]
    pub fn inputs(&self) -> Vec<PathBuf> {
        let templates = self.plan.templates.as_deref();
        let files = self.plan.files().into_iter();
        files.chain(templates.map(Path::to_owned)).collect()
    }
}
