//! The catalogs that a repo already has.

use std::collections::VecDeque;
use std::fs;
use std::path::Path;

/// The most files and folders that are looked at.
const MAX_ENTRIES: usize = 20_000;

/// The most bytes of a file that are looked at.
const MAX_BYTES: u64 = 1 << 20;

/// Folders that hold what others wrote.
const OF_OTHERS: &[&str] = &["node_modules", "target", "vendor", "dist", "build"];

/// Every catalog below a folder, sorted: paths with `/`.
pub(super) fn find(top: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = VecDeque::from([String::new()]);
    let mut entries = 0;
    while let Some(folder) = folders.pop_front() {
        for entry in fs::read_dir(top.join(&folder)).into_iter().flatten().flatten() {
            entries += 1;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let Ok(kind) = entry.file_type() else { continue };
            if entries > MAX_ENTRIES || name.starts_with('.') {
                continue;
            }
            let path = format!("{folder}{name}");
            let is_yaml = matches!(name.rsplit('.').next(), Some("yaml" | "yml"));
            if kind.is_dir() && !OF_OTHERS.contains(&name.as_str()) {
                folders.push_back(format!("{path}/"));
            } else if kind.is_file() && is_yaml && is_catalog(&top.join(&path)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Whether a file has the first field of a catalog, and surfaces.
fn is_catalog(file: &Path) -> bool {
    if file.metadata().is_ok_and(|metadata| metadata.len() > MAX_BYTES) {
        return false;
    }
    let Ok(text) = fs::read_to_string(file) else { return false };
    let has =
        |key: &str| text.lines().any(|line| line.trim_start_matches('\u{feff}').starts_with(key));
    has("errcat:") && has("surfaces:")
}
