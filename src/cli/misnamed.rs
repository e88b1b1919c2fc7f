//! Files that were probably meant as the config, such as `errcat.yml`. errcat doesn't read them, so it says
//! so.

use std::fs;
use std::path::{Path, PathBuf};

use crate::catalog::find;
use crate::config;
use crate::error::Error;
use crate::text::suggest;

/// The nearest such file in a folder or above it, up to the folder of the config that was `found`. Below
/// a config, a typo may be a name of its own.
pub(super) fn find(from: &Path, found: Option<&Path>) -> Option<PathBuf> {
    let end = found.and_then(Path::parent);
    let typos = usize::from(found.is_none());
    let mut folders = from.ancestors().take_while(|folder| Some(*folder) != end);
    folders.find_map(|folder| in_folder(folder, typos))
}

/// The first such file in a folder, with at most so many typos in its name. A catalog may have any name.
pub(super) fn in_folder(folder: &Path, typos: usize) -> Option<PathBuf> {
    let names = fs::read_dir(folder).ok()?.flatten();
    let names = names.filter_map(|entry| entry.file_name().into_string().ok());
    let meant = names.filter(|name| is_meant(name, typos)).map(|name| folder.join(name));
    meant.filter(|file| file.is_file() && !find::is_api(file)).min()
}

/// Whether a name differs from that of the config only by its extension, its case, a dot before it, or so
/// many typos.
fn is_meant(name: &str, typos: usize) -> bool {
    let lower = name.to_lowercase();
    let near = lower.trim_start_matches('.').split_once('.');
    let own = config::FILE.split_once('.');
    name != config::FILE
        && near.zip(own).is_some_and(|((near, extension), (own, _))| {
            matches!(extension, "yaml" | "yml" | "json") && suggest::slips(near, own) <= typos
        })
}

/// The error about such a file. `or` is what else to do about it.
pub(super) fn error(file: &Path, or: &str) -> Error {
    let (own, renamed) = (config::FILE, file.with_file_name(config::FILE));
    let (file, renamed) = (file.display(), renamed.display());
    Error::usage(
        format!("errcat doesn't read `{file}`: its config file is called `{own}`"),
        format!("rename `{file}` to `{renamed}`, or {or}"),
    )
}
