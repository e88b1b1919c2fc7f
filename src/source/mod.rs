//! The source of a service → codes that the catalog lacks, and codes of the catalog that nothing uses.

mod codes;
mod files;
mod report;
mod scan;
mod spellings;

use std::path::Path;

use crate::catalog::{Code, Set};
use crate::config::{self, Part, Plan};
use crate::diagnostic::Diagnostics;
use crate::error::Error;
use crate::text::words::counted;
use crate::yaml::NodeId;
use crate::{lint, pipeline};
use codes::Codes;
use scan::Scan;

/// What was found in the source.
pub(crate) struct Checked {
    /// The number of source files.
    pub files: usize,
    /// The number of codes that were looked for.
    pub codes: usize,
    pub undocumented: usize,
    pub unused: usize,
    /// The problems, file by file.
    pub problems: Vec<Diagnostics>,
}

/// A code of a catalog.
struct Known {
    /// The indexes of its catalog and its surface.
    catalog: usize,
    surface: usize,
    code: Code,
    name: String,
    at: NodeId,
    /// Whether the source should use it.
    is_sought: bool,
    is_used: bool,
}

/// A part of an item of `sources` that finds nothing: the index of the item, the part, why, and what to do.
type Empty = (usize, Part, String, String);

/// Compares the source that a plan names with its catalogs.
///
/// # Errors
/// If a catalog or the config has problems, or a file can't be read.
pub(crate) fn check(plan: &Plan) -> Result<Checked, Error> {
    let config = plan.config.as_deref().unwrap_or(Path::new(config::FILE));
    if plan.sources.is_empty() {
        return Err(Error::usage(
            format!("`{}` has no `sources`, so there is nothing to verify", config.display()),
            "say where the source uses the codes, and how it writes them: \
             `sources: [{catalog: errors.yaml, files: src, code: '\"code\": \"(?<code>[a-z_]+)\"'}]`",
        ));
    }
    pipeline::load(plan)?;
    let mut sets: Vec<(&Path, Set)> = Vec::new();
    for source in &plan.sources {
        if !sets.iter().any(|(file, _)| *file == source.catalog) {
            let set = pipeline::load_set(&source.catalog, Some(config), lint::run)?;
            sets.push((&source.catalog, set));
        }
    }
    let mut codes = Codes::of(plan, &mut sets).map_err(|empty| refused(config, &[empty]))?;
    let scan = Scan::of(plan, &mut codes)?;
    let empty = empty(plan, &scan);
    if !empty.is_empty() {
        return Err(refused(config, &empty));
    }
    report::report(plan, sets, &codes, scan)
}

/// The error that parts of `sources` find nothing.
fn refused(config: &Path, empty: &[Empty]) -> Error {
    let reported = config::report_sources(config, empty);
    reported.err().unwrap_or_else(|| Error::usage("`sources` finds nothing", "correct it"))
}

/// The globs and patterns that found nothing.
fn empty(plan: &Plan, scan: &Scan) -> Vec<Empty> {
    let mut empty = Vec::new();
    for (index, (source, seen)) in plan.sources.iter().zip(&scan.seen).enumerate() {
        let globs = source.globs.iter().zip(&seen.by_glob).enumerate();
        let unmatched = globs.filter(|(_, (glob, files))| !glob.excludes && **files == 0);
        for (number, (glob, _)) in unmatched {
            let message = format!("no source file matches `{}`", glob.text);
            let help = "correct it: globs are relative to the folder of errcat.yaml; hidden, binary and \
                        generated files don't count, nor what .gitignore lists";
            empty.push((index, Part::Glob(number), message, help.to_owned()));
        }
        if source.code.is_some() && seen.codes == 0 && seen.files > 0 {
            let files = counted(seen.files, "file");
            let message = format!("this finds no code in {files}");
            let help =
                "correct it; leave it out if the source makes all errors with generated code";
            empty.push((index, Part::Code, message, help.to_owned()));
        }
    }
    empty
}
