//! Reads a folder of the repo's own templates.

use std::borrow::Cow;
use std::path::Path;
use std::{fs, io};

use crate::document::file;
use crate::error::Error;
use crate::sorted::SortedMap;

/// The file that describes a target.
pub(super) const ABOUT: &str = "_target.yaml";

/// The end of a template's name. Other files are copied.
pub(super) const SUFFIX: &str = ".j2";

/// How deep folders may be nested. A cycle of links would go deeper.
const MAX_DEPTH: usize = 20;

/// The ends of names that editors, patch and merge tools give to their own files.
const LEFT_BEHIND: &[&str] = &["~", "#", ".bak", ".orig", ".rej", ".swp", ".tmp"];

/// What systems and tools put into folders.
const OF_OTHERS: &[&str] = &["thumbs.db", "desktop.ini", "__macosx", "__pycache__"];

/// What is in a file of a folder of templates.
pub(super) enum Content {
    Text(Cow<'static, str>),
    /// A file that is not text, such as an image. It can only be copied.
    Binary(Vec<u8>),
}

/// Every template and file to copy in a folder, by name. Leaves out files next to the targets, such as a
/// README.
pub(super) fn read(folder: &Path) -> Result<SortedMap<String, Content>, Error> {
    let mut files = SortedMap::new();
    walk(folder, "", 0, &mut files)?;
    Ok(files)
}

fn walk(
    folder: &Path,
    prefix: &str,
    depth: usize,
    files: &mut SortedMap<String, Content>,
) -> Result<(), Error> {
    let at = |error| Error::io("read the templates in", folder, error);
    if depth > MAX_DEPTH {
        return Err(at(io::Error::other("the folders are nested too deeply")));
    }
    for entry in fs::read_dir(folder).map_err(at)? {
        let path = entry.map_err(at)?.path();
        let name = path.file_name().unwrap_or_default();
        if is_ignored(&name.to_string_lossy()) {
            continue;
        }
        let Some(name) = name.to_str() else {
            return Err(at(io::Error::other("the name of a file is not UTF-8")));
        };
        let is_template = name.ends_with(SUFFIX) || name == ABOUT;
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            walk(&path, &format!("{name}/"), depth + 1, files)?;
        } else if !prefix.is_empty() {
            files.insert(name, content(&path, is_template)?);
        }
    }
    Ok(())
}

/// Whether a file or folder belongs to Git, an editor or the system rather than to the templates.
fn is_ignored(name: &str) -> bool {
    name.starts_with(['.', '~'])
        || LEFT_BEHIND.iter().any(|end| name.ends_with(end))
        || OF_OTHERS.iter().any(|other| name.eq_ignore_ascii_case(other))
}

fn content(path: &Path, is_template: bool) -> Result<Content, Error> {
    // Outputs have LF on every machine, even if the checkout has CRLF.
    let text = |text: &str| Content::Text(text.replace("\r\n", "\n").into());
    if is_template {
        let source = file::read_text(path)?;
        return Ok(text(source.strip_prefix('\u{feff}').unwrap_or(&source)));
    }
    Ok(match String::from_utf8(file::read(path)?) {
        Ok(copied) if !copied.contains('\0') => text(&copied),
        Ok(binary) => Content::Binary(binary.into_bytes()),
        Err(binary) => Content::Binary(binary.into_bytes()),
    })
}
