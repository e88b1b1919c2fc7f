//! The source files that globs choose: hidden files, links and what .gitignore leaves out are not source.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::config::{Plan, absolute};
use crate::error::Error;
use crate::render::header;
use crate::write;

/// The files below the folders that the globs of a plan look into, in a fixed order. Those that errcat reads or wrote
/// are left out.
pub(super) fn below(plan: &Plan) -> Result<Vec<PathBuf>, Error> {
    let globs = plan.sources.iter().flat_map(|source| &source.globs);
    let bases: BTreeSet<&Path> =
        globs.filter(|glob| !glob.excludes).map(|glob| glob.base.as_path()).collect();
    let is_top = |base: &&Path| !base.ancestors().skip(1).any(|above| bases.contains(above));
    let mut tops = bases.iter().copied().filter(is_top).filter(|base| base.is_dir());
    let Some(first) = tops.next() else { return Ok(Vec::new()) };
    let mut walk = WalkBuilder::new(first);
    for top in tops {
        walk.add(top);
    }
    // A file of the user or of another tool must not change the answer.
    walk.ignore(false).git_global(false).require_git(false).sort_by_file_path(Path::cmp);
    let own = own(plan);
    let mut files = Vec::new();
    for entry in walk.build() {
        let entry = entry.map_err(|error| unreadable(&error, first))?;
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if is_file && !own.contains(entry.path()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// The config, the catalogs and the outputs.
fn own(plan: &Plan) -> BTreeSet<PathBuf> {
    let written = plan.outputs.iter().flat_map(|output| write::written(&output.folder));
    plan.files().into_iter().chain(written).map(|file| absolute(&file)).collect()
}

fn unreadable(error: &ignore::Error, top: &Path) -> Error {
    let mut path = top;
    let mut inner = error;
    while let ignore::Error::WithDepth { err, .. } | ignore::Error::WithPath { err, .. } = inner {
        if let ignore::Error::WithPath { path: own, .. } = inner {
            path = own;
        }
        inner = err;
    }
    let kind = inner.io_error().map_or(std::io::ErrorKind::Other, std::io::Error::kind);
    Error::io("read", path, kind.into())
}

/// Whether a file holds source: neither data nor what errcat made.
pub(super) fn is_source(content: &[u8]) -> bool {
    let start = content.get(..START).unwrap_or(content);
    memchr::memchr(0, start).is_none() && !header::is_generated(content)
}

/// Git looks for a NUL in as many bytes.
const START: usize = 8000;
