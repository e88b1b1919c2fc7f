//! Reads the files that people write: errcat.yaml, catalogs, templates.

use std::fs;
use std::io;
use std::path::Path;

use crate::error::Error;

/// The content of a file.
///
/// # Errors
/// If it can't be read. A pipe or a device is refused: a pipe may have no writer, and `/dev/zero`
/// has no end. What the shell has opened, as for `<(command)`, is read.
pub(crate) fn read(file: &Path) -> Result<Vec<u8>, Error> {
    let is_open = ["/dev/fd", "/dev/stdin", "/proc"].iter().any(|open| file.starts_with(open));
    let at = |error| Error::io("read", file, error);
    let metadata = fs::metadata(file).map_err(at)?;
    if metadata.is_file() || metadata.is_dir() || is_open {
        return fs::read(file).map_err(at);
    }
    Err(Error::usage(
        format!("cannot read `{}`: it is a pipe or a device, not a file", file.display()),
        "name a file",
    ))
}

/// The content of a file that is UTF-8.
///
/// # Errors
/// Those of [`read`], and that the content is not UTF-8.
pub(crate) fn read_text(file: &Path) -> Result<String, Error> {
    String::from_utf8(read(file)?).map_err(|error| Error::io("read", file, io::Error::other(error)))
}
