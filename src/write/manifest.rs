//! The manifest of an output folder: which files in it are errcat's, and which target made each.
//!
//! People merge this file, so it may hold anything. No line is trusted.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::disk;
use crate::error::Error;

/// The name of the file. Its lines are `target path`, sorted.
pub(super) const FILE: &str = ".errcat-files";

/// The prefix of the names of errcat's own files.
const OWN: &str = ".errcat-";

/// The files of a manifest, each with the target that made it.
pub(super) type Listed = BTreeMap<String, String>;

/// The text of a manifest, if there is one.
pub(super) fn read(folder: &Path) -> Result<Option<String>, Error> {
    let Some(content) = disk::read(folder, FILE)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&content);
    Ok(Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()))
}

/// The files that a manifest lists. Lines that a merge conflict left in it are skipped; the worst case is
/// a file that errcat no longer knows as its own.
pub(super) fn parse(text: &str) -> Listed {
    let entries = text.lines().filter_map(|line| line.split_once(' '));
    let entries = entries.filter(|(target, path)| can_hold(target, path));
    entries.map(|(target, path)| (path.to_owned(), target.to_owned())).collect()
}

/// The text of a manifest that lists these files.
pub(super) fn text(listed: &Listed) -> String {
    let lines: BTreeSet<_> =
        listed.iter().map(|(path, target)| format!("{target} {path}\n")).collect();
    lines.into_iter().collect()
}

/// Whether a manifest can list a file: the path stays below the folder on every system, it is not one of
/// errcat's own files, and the line does not look like a conflict marker.
pub(super) fn can_hold(target: &str, path: &str) -> bool {
    let is_name =
        |part: &str| !part.is_empty() && part != "." && part != ".." && !part.starts_with(OWN);
    let is_path = path.split('/').all(is_name)
        && !path.contains(['\\', ':', char::REPLACEMENT_CHARACTER])
        && !path.contains(char::is_control);
    let is_target = |c: char| !c.is_whitespace() && c != char::REPLACEMENT_CHARACTER;
    is_path && target.chars().all(is_target) && !target.starts_with(['<', '=', '>', '|'])
}
