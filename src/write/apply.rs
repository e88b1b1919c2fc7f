//! Carries out a plan.

use std::collections::BTreeSet;

use super::change::Change;
use super::plan::Plan;
use super::{disk, manifest};
use crate::error::Error;

/// Writes and removes the files of a plan.
///
/// A run that is killed at any moment leaves a folder that the next run can finish: every file is
/// listed in the manifest before it exists.
pub(super) fn apply(plan: &Plan, changes: &mut Vec<Change>) -> Result<(), Error> {
    let root = plan.folder.path;
    remove_temporaries(plan)?;
    if plan.is_done() {
        return Ok(());
    }
    let file = root.join(manifest::FILE);
    let mut all = plan.listed.clone();
    all.extend(plan.made.clone());
    if all != plan.listed {
        disk::replace(&file, plan.manifest_of(&all).as_bytes())?;
    }
    for artifact in &plan.writes {
        let file = root.join(&artifact.path);
        disk::replace(&file, &artifact.content)?;
        changes.push(Change::Wrote(file));
    }
    for path in &plan.removals {
        let file = root.join(path);
        if disk::remove(&file)? {
            changes.push(Change::Removed(file));
        }
        disk::remove_empty_parents(root, path);
    }
    if all != plan.made || all == plan.listed && !plan.lists(&all) {
        disk::replace(&file, plan.manifest_of(&plan.made).as_bytes())?;
    }
    Ok(())
}

/// Removes the temporary files of an interrupted run from every folder that it may have written to.
fn remove_temporaries(plan: &Plan) -> Result<(), Error> {
    let paths = plan.listed.keys().chain(plan.made.keys());
    let folders = paths.map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder));
    for folder in folders.chain([""]).collect::<BTreeSet<_>>() {
        disk::remove_temporaries(plan.folder.path, folder)?;
    }
    Ok(())
}
