//! load → lint → render → write, for everything that a plan asks for.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::catalog::{Catalog, Set, include};
use crate::config::{self, Output, Plan};
use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::lint;
use crate::render::templates::Templates;
use crate::render::{Context, Renderer};
use crate::sorted::{SortedMap, SortedSet};
use crate::write::{Change, Drift, Outcome, Purpose, Run, depfile};

/// Writes every output of a plan, and returns what changed on disk.
///
/// `force` overwrites files that errcat did not write, and files that differ only in line ends or layout.
/// `depfile` is where to write the dependency file.
pub(crate) fn generate(
    plan: &Plan,
    force: bool,
    depfile: Option<&Path>,
) -> Result<Outcome<Change>, Error> {
    let templates = Templates::read(plan.templates.as_deref())?;
    let config = plan.config.as_deref().filter(|_| !plan.is_elsewhere);
    let made = render(plan, &templates, Purpose::Write { force, config })?.write()?;
    if let Some(file) = depfile {
        let files = plan.files();
        let inputs = files.iter().map(PathBuf::as_path);
        let inputs = inputs.chain(templates.own_paths().map(Path::new));
        depfile::write(file, &made.files, inputs)?;
    }
    Ok(made)
}

/// Compares every output of a plan with what is on disk, and writes nothing.
///
/// `is_exact` also reports files that differ only in line ends or layout.
pub(crate) fn check(plan: &Plan, is_exact: bool) -> Result<Outcome<Drift>, Error> {
    let templates = Templates::read(plan.templates.as_deref())?;
    render(plan, &templates, Purpose::Check { is_exact })?.drift()
}

/// Loads and lints every catalog of a plan.
///
/// # Errors
/// The problems of all catalogs together.
pub(crate) fn load(plan: &Plan) -> Result<SortedMap<PathBuf, Arc<Catalog>>, Error> {
    load_with(plan, lint::run)
}

/// Loads every catalog of a plan without the rules that `allow` can silence.
///
/// # Errors
/// If there is another problem, all problems that [`load`] finds.
#[cfg(feature = "cli")]
pub(crate) fn load_needed(plan: &Plan) -> Result<SortedMap<PathBuf, Arc<Catalog>>, Error> {
    load_with(plan, lint::run_needed).or_else(|_| load(plan))
}

fn load_with(plan: &Plan, lint: fn(&mut Set)) -> Result<SortedMap<PathBuf, Arc<Catalog>>, Error> {
    let mut catalogs = SortedMap::new();
    let mut problems: Vec<Diagnostics> = Vec::new();
    let is_missing = |file: &&Path| plan.config.is_some() && (!file.exists() || file.is_dir());
    let (missing, present): (SortedSet<_>, SortedSet<_>) =
        plan.catalogs().into_iter().partition(is_missing);
    for file in present {
        match load_set(file, plan.config.as_deref(), lint).and_then(Set::into_catalog) {
            Ok(catalog) => {
                catalogs.insert(file.to_owned(), Arc::new(catalog));
            }
            Err(error) => {
                for mut file in error.into_diagnostics()? {
                    file.drop_known(&problems);
                    if !file.is_empty() {
                        problems.push(file);
                    }
                }
            }
        }
    }
    let shared = catalogs.iter().filter(|(_, catalog)| catalog.surfaces.is_empty());
    let shared: SortedSet<&Path> = shared.map(|(file, _)| file.as_path()).collect();
    if let Some(config) = &plan.config
        && !(missing.is_empty() && shared.is_empty())
        && let Err(error) = config::report_catalogs(config, &missing, &shared)
    {
        problems.splice(0..0, error.into_diagnostics()?);
    }
    if problems.is_empty() { Ok(catalogs) } else { Err(Error::of_diagnostics(problems)) }
}

/// Loads and lints one catalog, and those that it includes errors from.
pub(crate) fn load_set(
    file: &Path,
    config: Option<&Path>,
    lint: fn(&mut Set),
) -> Result<Set, Error> {
    let mut set = Set::read(file, &include::top(file, config))?;
    lint(&mut set);
    Ok(set)
}

/// Loads the catalogs of a plan, and renders every output.
fn render<'p>(
    plan: &'p Plan,
    templates: &Templates,
    purpose: Purpose<'p>,
) -> Result<Run<'p>, Error> {
    let catalogs = load(plan)?;
    if plan.outputs.is_empty() {
        return Err(Error::usage(
            "errcat.yaml has no `outputs`, so there is nothing to make",
            "list what to make, as in `outputs: [{catalog: errors.yaml, target: json, out: generated}]`",
        ));
    }
    let targets: SortedSet<&str> = plan.outputs.iter().map(|one| one.target.as_str()).collect();
    let renderer = Renderer::new(templates, &targets)?;
    if let Some((file, _)) = catalogs.iter().find(|(_, catalog)| catalog.surfaces.is_empty()) {
        return Err(Error::usage(
            format!("every surface of `{}` lacks a `shape`", file.display()),
            "nothing can be made from it: other catalogs can `include` such surfaces; \
             give a surface a `shape` to make it an API",
        ));
    }
    let mut run = Run::begin(&plan.outputs, purpose)?;
    let contexts: Vec<(&PathBuf, Context)> =
        catalogs.iter().map(|(file, catalog)| (file, Context::new(catalog))).collect();
    let mut files = Vec::new();
    for (file, context) in &contexts {
        for output in plan.outputs.iter().filter(|output| output.catalog == **file) {
            let Output { target, options, source, .. } = output;
            let of_output = renderer.files(target, context, options, source)?;
            files.extend(of_output.into_iter().map(|file| (output, file)));
        }
    }
    for (output, file) in &files {
        run.refuse(output, file.path(), |out| file.print(out))?;
    }
    for (output, file) in &files {
        run.file(output, file.path(), |out| file.print(out))?;
    }
    Ok(run)
}
