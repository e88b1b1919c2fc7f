//! Files that people write: config, catalog, templates. Never waits for one that may not end.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::error::Error;

/// The content of a file.
pub(crate) fn read(file: &Path) -> Result<Vec<u8>, Error> {
    let content = fs::metadata(file).and_then(|metadata| {
        // A pipe by its name may have no writer, and `/dev/zero` has no end. What the shell opened,
        // as for `<(command)`, has both.
        let is_open = ["/dev/fd", "/dev/stdin", "/proc"].iter().any(|open| file.starts_with(open));
        if metadata.is_file() || metadata.is_dir() || is_open {
            return fs::read(file);
        }
        Err(io::Error::new(ErrorKind::InvalidInput, "it is a pipe or a device, not a file"))
    });
    content.map_err(|error| Error::io("read", file, error))
}

/// The content of a file that is UTF-8.
pub(crate) fn read_text(file: &Path) -> Result<String, Error> {
    String::from_utf8(read(file)?).map_err(|error| Error::io("read", file, io::Error::other(error)))
}
