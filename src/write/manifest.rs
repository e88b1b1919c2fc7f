//! The manifest of an output folder: which files in it are errcat's, which target made each, and which config
//! asked for the target.
//!
//! People merge this file, so it may hold anything. No line is trusted.

use std::path::Path;

use super::disk;
use crate::error::Error;
use crate::sorted::{SortedMap, SortedSet};

/// The name of the file. Its lines are `target path`, sorted, after a line for each config.
pub(super) const FILE: &str = ".errcat-files";

/// What the line of a config begins with. The path of the config follows, a colon, and the targets.
const ASKED: &str = "# made for ";

/// The prefix of the names of errcat's own files.
const OWN: &str = ".errcat-";

/// The files of a manifest, each with the target that made it.
pub(super) type Listed = SortedMap<String, String>;

/// The text of a manifest, if there is one.
pub(super) fn read(folder: &Path) -> Result<Option<String>, Error> {
    let Some(content) = disk::read(folder, FILE)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&content);
    Ok(Some(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()))
}

/// The files that a manifest lists. Lines that a merge conflict left in it are skipped; the worst case is
/// a file that errcat no longer knows as its own.
pub(super) fn parse(text: &str) -> Listed {
    let lines = text.lines().filter(|line| !line.starts_with(ASKED));
    let entries = lines.filter_map(|line| line.split_once(' '));
    let entries = entries.filter(|(target, path)| can_hold(target, path));
    entries.map(|(target, path)| (path.to_owned(), target.to_owned())).collect()
}

/// The targets that each config asked for, by the path of the config from the folder.
pub(super) type Asked = SortedMap<String, SortedSet<String>>;

/// What configs asked for, as a manifest says.
pub(super) fn asked(text: &str) -> Asked {
    let lines = text.lines().filter_map(|line| line.strip_prefix(ASKED)?.rsplit_once(": "));
    lines
        .map(|(config, targets)| {
            (config.to_owned(), targets.split(' ').map(str::to_owned).collect())
        })
        .collect()
}

/// The text of a manifest that lists these files, and what configs asked for of their targets.
pub(super) fn text(listed: &Listed, asked: &Asked) -> String {
    let made: SortedSet<&str> = listed.values().map(String::as_str).collect();
    let mut text = String::new();
    for (config, targets) in asked {
        let targets = targets.iter().map(String::as_str).filter(|target| made.contains(target));
        let targets: Vec<&str> = targets.collect();
        if !targets.is_empty() {
            text += &format!("{ASKED}{config}: {}\n", targets.join(" "));
        }
    }
    let lines: SortedSet<_> =
        listed.iter().map(|(path, target)| format!("{target} {path}\n")).collect();
    text.extend(lines);
    text
}

/// Whether a manifest can list a file: the path stays below the folder on every system, it is not one of
/// errcat's own files, and the line does not look like a conflict marker.
pub(super) fn can_hold(target: &str, path: &str) -> bool {
    let is_name =
        |part: &str| !part.is_empty() && part != "." && part != ".." && !part.starts_with(OWN);
    let is_path = path.split('/').all(is_name)
        && !path.contains(['\\', ':', char::REPLACEMENT_CHARACTER])
        && !path.contains(char::is_control);
    let is_target = |c: char| {
        !c.is_whitespace() && !c.is_control() && !['#', char::REPLACEMENT_CHARACTER].contains(&c)
    };
    is_path && target.chars().all(is_target) && !target.starts_with(['<', '=', '>', '|'])
}
