//! The files of a repo, as far as people put them there.

use std::collections::VecDeque;
use std::fs;
use std::path::Path;

/// The most files and folders that are looked at.
const MAX_ENTRIES: usize = 20_000;

/// Folders that tools fill.
const OF_TOOLS: &[&str] = &["node_modules", "target", "vendor", "dist", "build"];

/// Finds files by their names, below a folder. Returns sorted paths with `/`. Skips hidden folders and those
/// that tools fill.
pub(crate) fn files(top: &Path, is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = VecDeque::from([String::new()]);
    let mut entries = 0;
    while let Some(folder) = folders.pop_front() {
        for entry in fs::read_dir(top.join(&folder)).into_iter().flatten().flatten() {
            entries += 1;
            let Ok(name) = entry.file_name().into_string() else { continue };
            let Ok(kind) = entry.file_type() else { continue };
            if entries > MAX_ENTRIES {
                break;
            }
            let path = format!("{folder}{name}");
            if kind.is_dir() && !name.starts_with('.') && !OF_TOOLS.contains(&name.as_str()) {
                folders.push_back(format!("{path}/"));
            } else if kind.is_file() && is_wanted(&name) {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    found
}
