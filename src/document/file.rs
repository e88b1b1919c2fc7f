//! Reads the files that people write: errcat.yaml, catalogs, templates.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::error::Error;
use crate::text::suggest;

/// The content of a file.
///
/// # Errors
/// If it can't be read. A pipe or a device is refused: a pipe may have no writer, and `/dev/zero`
/// has no end. What the shell has opened, as for `<(command)`, is read.
pub(crate) fn read(file: &Path) -> Result<Vec<u8>, Error> {
    let is_open = ["/dev/fd", "/dev/stdin", "/proc"].iter().any(|open| file.starts_with(open));
    let at = |error: io::Error| {
        let meant = if error.kind() == io::ErrorKind::NotFound { meant(file) } else { None };
        let error = Error::io("read", file, error);
        match meant {
            Some(meant) => error.with_help(format!("did you mean `{}`?", meant.display())),
            None => error,
        }
    };
    let metadata = fs::metadata(file).map_err(at)?;
    if metadata.is_file() || metadata.is_dir() || is_open {
        return fs::read(file).map_err(at);
    }
    Err(Error::usage(
        format!("cannot read `{}`: it is a pipe or a device, not a file", file.display()),
        "name a file",
    ))
}

/// The file that was meant by a path that leads to nothing: each part that does not exist is replaced by
/// the nearest name in its folder.
pub(crate) fn meant(path: &Path) -> Option<PathBuf> {
    let mut meant = PathBuf::new();
    for part in path.components() {
        let whole = meant.join(part);
        if whole.exists() || !matches!(part, Component::Normal(_)) {
            meant = whole;
            continue;
        }
        let folder = if meant.as_os_str().is_empty() { Path::new(".") } else { &meant };
        let names = fs::read_dir(folder).ok()?.flatten();
        let mut names: Vec<String> =
            names.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort_unstable();
        let part = part.as_os_str().to_str()?;
        let nearest = suggest::nearest(part, names.iter().map(String::as_str))?;
        // A shared extension or beginning alone doesn't make two names similar.
        let stem = |name: &str| name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        let typos = suggest::slips(&stem(part), &stem(nearest));
        if typos > (stem(part).chars().count() / 3).max(1) {
            return None;
        }
        meant.push(nearest);
    }
    Some(meant)
}

/// The content of a file that is UTF-8.
///
/// # Errors
/// The errors of [`read`], and content that is not UTF-8.
pub(crate) fn read_text(file: &Path) -> Result<String, Error> {
    String::from_utf8(read(file)?).map_err(|error| {
        let byte = error.utf8_error().valid_up_to() + 1;
        Error::usage(
            format!("cannot read `{}`: it is not UTF-8 from byte {byte} on", file.display()),
            "save the file as UTF-8",
        )
    })
}
