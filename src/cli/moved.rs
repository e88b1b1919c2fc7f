//! Files that errcat made for a config which no longer asks for them: an `out` moved, or a target went. They are
//! named, and never removed.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::config::Plan;
use crate::diagnostic::Annotation;
use crate::document::walk;
use crate::sorted::SortedSet;
use crate::text::words::{counted, joined};
use crate::write;

/// A folder that has such files.
pub(super) struct Left {
    folder: PathBuf,
    message: String,
}

const HELP: &str = "if you moved or removed an output, delete what is left there";

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "note: {}\nhelp: {HELP}", self.message)
    }
}

impl Left {
    /// A warning at the manifest of the folder.
    pub(super) fn annotation(&self) -> String {
        let message = format!("{}\nhelp: {HELP}", self.message);
        let (path, message) = (&self.folder.join(write::MANIFEST), message.as_str());
        let (level, title) = ("warning", "left-over");
        Annotation { level, path, line: None, columns: None, title, message }.to_string()
    }
}

/// The folders below the config that have such files.
pub(super) fn find(plan: &Plan) -> Vec<Left> {
    let Some(config) = plan.config.as_ref().filter(|_| !plan.is_elsewhere) else {
        return Vec::new();
    };
    let mut made: BTreeMap<PathBuf, SortedSet<&str>> = BTreeMap::new();
    for output in &plan.outputs {
        made.entry(write::real(&output.folder)).or_default().insert(&output.target);
    }
    let none = SortedSet::new();
    let top = config.parent().unwrap_or(Path::new(""));
    let manifests = walk::files(&top.join("."), |name| name == write::MANIFEST);
    let left = |manifest: &String| {
        let folder = top.join(Path::new(manifest).parent()?);
        let made = made.get(&write::real(&folder)).unwrap_or(&none);
        let files = write::left_over(&folder, config, made);
        let targets: Vec<String> = files.keys().map(|target| format!("`{target}`")).collect();
        let place = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        let message = format!(
            "`{}` still has {} of {}, but `{}` no longer asks for that",
            place.display(),
            counted(files.values().sum(), "file"),
            joined(&targets, " and "),
            config.display()
        );
        (!files.is_empty()).then_some(Left { folder, message })
    };
    manifests.iter().filter_map(left).collect()
}
