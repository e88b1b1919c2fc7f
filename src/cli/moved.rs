//! Folders that errcat wrote to until an `out` in errcat.yaml moved. Nothing in them is removed: the
//! outputs of another errcat.yaml, or of `--catalog`, look the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::config::{self, Plan};
use crate::document::walk;
use crate::text::words::counted;
use crate::write;

/// The targets of outputs that go to a folder where errcat has not written yet.
pub(super) fn new_targets(plan: &Plan) -> BTreeSet<String> {
    let new = plan.outputs.iter().filter(|output| !output.folder.join(write::MANIFEST).exists());
    new.map(|output| output.target.clone()).collect()
}

/// A note about each folder that holds files of these targets, and that no output goes to.
pub(super) fn notes(plan: &Plan, targets: &BTreeSet<String>) -> Vec<String> {
    let Some(config) = plan.config.as_ref().filter(|_| !targets.is_empty()) else {
        return Vec::new();
    };
    let top = config.parent().unwrap_or(Path::new(""));
    let real = |folder: &Path| fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let wanted: BTreeSet<PathBuf> =
        plan.outputs.iter().map(|output| real(&output.folder)).collect();
    let manifests = walk::files(&top.join("."), |name| name == write::MANIFEST);
    let folders = manifests.iter().map(|file| Path::new(file).parent().unwrap_or(Path::new("")));
    let mut notes = Vec::new();
    for folder in folders {
        let has_config = |above: &Path| {
            !above.as_os_str().is_empty() && top.join(above).join(config::FILE).exists()
        };
        let path = top.join(folder);
        if wanted.contains(&real(&path)) || folder.ancestors().any(has_config) {
            continue;
        }
        let files = write::files_in(&path, targets);
        if files > 0 {
            let (files, path) = (counted(files, "file"), path.display());
            notes.push(format!(
                "note: `{path}` has {files} that errcat wrote, but no output goes there now\n\
                 help: if you moved `out`, delete what is left there"
            ));
        }
    }
    notes
}
