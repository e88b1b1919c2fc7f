//! The catalogs that a repo already has.

use std::fs;
use std::path::Path;

use crate::cli::walk;

/// The most bytes of a file that are looked at.
const MAX_BYTES: u64 = 1 << 20;

/// Every catalog below a folder, sorted: paths with `/`.
pub(super) fn find(top: &Path) -> Vec<String> {
    let is_yaml = |name: &str| matches!(name.rsplit('.').next(), Some("yaml" | "yml"));
    let mut files = walk::files(top, |name| is_yaml(name) && !name.starts_with('.'));
    files.retain(|file| is_catalog(&top.join(file)));
    files
}

/// Whether a file has the first field of a catalog, and an API. Other catalogs are there to be included.
fn is_catalog(file: &Path) -> bool {
    if file.metadata().is_ok_and(|metadata| metadata.len() > MAX_BYTES) {
        return false;
    }
    let Ok(text) = fs::read_to_string(file) else { return false };
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let mut has = |key: &str| lines.any(|line| line.starts_with(key));
    has("errcat:") && has("surfaces:") && text.contains("shape:")
}
