//! The catalogs of a repo, wherever they are.

use std::fs;
use std::path::{Path, PathBuf};

use super::include;
use crate::document::walk;
use crate::text::paths;

/// The most bytes of a file that are looked at.
const MAX_BYTES: u64 = 1 << 20;

/// Every catalog with an API below a folder, sorted: paths with `/`. Other catalogs are there to be included.
pub(crate) fn below(top: &Path) -> Vec<String> {
    let is_yaml = |name: &str| matches!(name.rsplit('.').next(), Some("yaml" | "yml"));
    let mut files = walk::files(top, |name| is_yaml(name) && !name.starts_with('.'));
    files.retain(|file| is_api(&top.join(file)));
    files
}

/// Every catalog with an API in the repo of a folder: paths as seen from the folder.
pub(crate) fn around(folder: &Path) -> Vec<PathBuf> {
    in_repo(folder, below)
}

/// What `list` finds below the top of the repo of a folder: paths as seen from the folder.
pub(crate) fn in_repo(folder: &Path, list: fn(&Path) -> Vec<String>) -> Vec<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(folder) = fs::canonicalize(folder) else { return Vec::new() };
    let top = include::top(&folder.join("x"), None);
    list(&top).iter().map(|file| paths::relative(&folder, &top.join(file))).collect()
}

/// The only catalog in the repo of a folder that has the name of a file that is missing.
pub(crate) fn namesake(missing: &Path, folder: &Path) -> Option<PathBuf> {
    let same = |file: &PathBuf| file.file_name() == missing.file_name();
    let mut same = around(folder).into_iter().filter(same);
    same.next().filter(|_| same.next().is_none())
}

/// Whether a file has the first field of a catalog, and an API.
pub(crate) fn is_api(file: &Path) -> bool {
    if file.metadata().is_ok_and(|metadata| metadata.len() > MAX_BYTES) {
        return false;
    }
    let Ok(text) = fs::read_to_string(file) else { return false };
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let mut has = |key: &str| lines.any(|line| line.starts_with(key));
    has("errcat:") && has("surfaces:") && text.contains("shape:")
}
