//! Reads and replaces files in an output folder. Never follows a link, opens a pipe or leaves half a file.

use std::fs::{self, File, FileType, TryLockError};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::same::is_same;
use crate::error::Error;

/// The name of a file while it is written; the number of the process follows. The file's own name is
/// not part of it, because that may already be as long as a name can be.
const TEMPORARY: &str = ".errcat-tmp-";

/// How long a run waits for another, which holds the lock while it renders and writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// Whether an output folder exists. Symlinks in parent folders are followed; one at the output folder
/// is refused, because it leads out of the folder that was named.
pub(super) fn is_there(folder: &Path) -> Result<bool, Error> {
    // Without a `/` at the end, which would follow a link.
    let folder = folder.components().as_path();
    if expect(folder, Wanted::Folder)? {
        return Ok(true);
    }
    let above = folder.ancestors().skip(1).find(|above| fs::symlink_metadata(above).is_ok());
    match above.map(|above| (above, fs::metadata(above))) {
        Some((above, Ok(metadata))) if !metadata.is_dir() => {
            Err(in_the_way(above, metadata.file_type(), Wanted::Folder))
        }
        Some((above, Err(error))) if is_absent(&error) => Err(Error::usage(
            format!("`{}` is a symbolic link that doesn't lead to a folder", above.display()),
            "create the folder that it points to, remove the link, or choose another `out`",
        )),
        _ => Ok(false),
    }
}

/// A file below a folder, if it exists.
pub(super) fn open(folder: &Path, path: &str) -> Result<Option<File>, Error> {
    let mut place = folder.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        let wanted = if parts.peek().is_some() { Wanted::Folder } else { Wanted::File };
        if !expect(&place, wanted)? {
            return Ok(None);
        }
    }
    File::open(&place).map(Some).map_err(|error| Error::io("read", &place, error))
}

/// The content of a file, if it exists.
pub(super) fn read(folder: &Path, path: &str) -> Result<Option<Vec<u8>>, Error> {
    let Some(mut file) = open(folder, path)? else { return Ok(None) };
    let mut content = Vec::new();
    let read = file.read_to_end(&mut content);
    read.map(|_| Some(content)).map_err(|error| Error::io("read", &folder.join(path), error))
}

/// Whether a path exists. A link that leads nowhere counts.
#[cfg(feature = "cli")]
pub(super) fn exists(path: &Path) -> Result<bool, Error> {
    kind(path).map(|kind| kind.is_some())
}

/// Whether a path is a regular file that says the same as this text.
pub(super) fn holds(path: &Path, text: &str) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
        && fs::read(path).is_ok_and(|content| is_same(path, &content, text.as_bytes()))
}

/// Whether a file of the manifest is still a file, or doesn't exist. Anything else in its place, or in
/// the place of a folder above it, is not errcat's.
pub(super) fn is_file_or_gone(folder: &Path, path: &str) -> Result<bool, Error> {
    let mut place = folder.to_owned();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        let Some(kind) = kind(&place)? else { return Ok(true) };
        if !(if parts.peek().is_some() { kind.is_dir() } else { kind.is_file() }) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What a path should be, if it exists.
#[derive(Clone, Copy)]
enum Wanted {
    File,
    Folder,
}

/// Whether a path exists.
///
/// # Errors
/// If something else is there.
fn expect(place: &Path, wanted: Wanted) -> Result<bool, Error> {
    match (kind(place)?, wanted) {
        (None, _) => Ok(false),
        (Some(kind), Wanted::File) if kind.is_file() => Ok(true),
        (Some(kind), Wanted::Folder) if kind.is_dir() => Ok(true),
        (Some(kind), _) => Err(in_the_way(place, kind, wanted)),
    }
}

/// The type of a path itself: a link is not followed.
fn kind(place: &Path) -> Result<Option<FileType>, Error> {
    match fs::symlink_metadata(place) {
        Ok(metadata) => Ok(Some(metadata.file_type())),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(Error::io("look at", place, error)),
    }
}

fn in_the_way(place: &Path, kind: FileType, wanted: Wanted) -> Error {
    let place = place.display();
    if kind.is_symlink() {
        return Error::usage(
            format!("`{place}` is a symbolic link, and errcat doesn't follow links"),
            "remove the link, or choose another `out`, such as the folder that it points to",
        );
    }
    let is = match kind {
        kind if kind.is_dir() => "a folder",
        kind if kind.is_file() => "a file",
        _ => "neither file nor folder",
    };
    let wanted = match wanted {
        Wanted::File => "file",
        Wanted::Folder => "folder",
    };
    Error::usage(
        format!("`{place}` is {is}, but errcat needs a {wanted} there"),
        "move it, or choose another `out`",
    )
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Replaces a file: writes a temporary file next to it and renames that, so that readers see either
/// the old or the new content. The permissions stay; other hard links keep the old content.
pub(super) fn replace(file: &Path, content: &[u8]) -> Result<(), Error> {
    let folder = file.parent().unwrap_or(Path::new(""));
    make(folder)?;
    Temporary::with(content, file, folder, std::process::id())?.replace(file)
}

/// A temporary file. It is removed unless it takes the place of another.
pub(super) struct Temporary(PathBuf);

impl Temporary {
    /// Creates a temporary file in a folder, with the permissions of the file that it will replace. The
    /// number is part of its name, if no file has that name.
    pub(super) fn next_to(file: &Path, folder: &Path, number: u32) -> Result<(Self, File), Error> {
        let failed = |error| Error::io("write", file, error);
        let mut number = number;
        loop {
            let temporary = folder.join(format!("{TEMPORARY}{number}"));
            match File::create_new(&temporary) {
                Ok(new) => {
                    let temporary = Self(temporary);
                    keep_permissions(file, &new).map_err(failed)?;
                    return Ok((temporary, new));
                }
                // Another program's file has this name.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(failed(error)),
            }
        }
    }

    /// The same, with content.
    pub(super) fn with(
        content: &[u8],
        file: &Path,
        folder: &Path,
        number: u32,
    ) -> Result<Self, Error> {
        let (temporary, mut new) = Self::next_to(file, folder, number)?;
        new.write_all(content).map_err(|error| Error::io("write", file, error))?;
        Ok(temporary)
    }

    /// Takes the place of a file.
    pub(super) fn replace(self, file: &Path) -> Result<(), Error> {
        fs::rename(&self.0, file).map_err(|error| Error::io("write", file, error))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // After it replaced a file, nothing has this name. The first error is what counts.
        let _ = fs::remove_file(&self.0);
    }
}

fn keep_permissions(old: &Path, new: &File) -> io::Result<()> {
    match fs::symlink_metadata(old) {
        Ok(old) if old.permissions() != new.metadata()?.permissions() => {
            new.set_permissions(old.permissions())
        }
        _ => Ok(()),
    }
}

/// Removes the temporary files that a killed run left in a folder.
pub(super) fn remove_temporaries(folder: &Path) -> Result<(), Error> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(TEMPORARY));
        let is_number = |number: &str| number.bytes().all(|byte| byte.is_ascii_digit());
        if number.is_some_and(|number| !number.is_empty() && is_number(number))
            && entry.file_type().is_ok_and(|kind| kind.is_file())
        {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// Removes a file. Returns whether it existed.
pub(super) fn remove(file: &Path) -> Result<bool, Error> {
    match fs::remove_file(file) {
        Ok(()) => Ok(true),
        Err(error) if is_absent(&error) => Ok(false),
        Err(error) => Err(Error::io("remove", file, error)),
    }
}

/// Removes the folders that held nothing but a removed file.
pub(super) fn remove_empty_parents(root: &Path, path: &str) {
    let mut rest = path;
    while let Some((folder, _)) = rest.rsplit_once('/') {
        // This fails on a folder that is not empty, which ends the loop.
        if fs::remove_dir(root.join(folder)).is_err_and(|error| !is_absent(&error)) {
            return;
        }
        rest = folder;
    }
}

/// Creates a folder and its parents, unless they exist.
pub(super) fn make(folder: &Path) -> Result<(), Error> {
    if folder.as_os_str().is_empty() {
        return Ok(());
    }
    fs::create_dir_all(folder).map_err(|error| Error::io("create the folder", folder, error))
}

/// Folders that were created. Those that stay empty are removed.
pub(super) struct Created(Vec<PathBuf>);

impl Created {
    /// Creates a folder and its parents, unless they exist.
    pub(super) fn make(folder: &Path) -> Result<Self, Error> {
        let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
        let missing = folder.ancestors().take_while(is_missing).map(Path::to_owned).collect();
        make(folder)?;
        Ok(Self(missing))
    }
}

impl Drop for Created {
    fn drop(&mut self) {
        for folder in &self.0 {
            // This fails on a folder that is not empty.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The folders that a file is in, as far as they exist: the outermost one, and those below it.
pub(super) fn folders_of(root: &Path, path: &str) -> Vec<PathBuf> {
    let mut folders = vec![root.to_owned()];
    let mut place = root.to_owned();
    for part in path.split('/') {
        place.push(part);
        if !fs::symlink_metadata(&place).is_ok_and(|metadata| metadata.is_dir()) {
            break;
        }
        folders.push(place.clone());
    }
    folders
}

/// Locks a folder against other runs, as long as the returned file is open. Some file systems have no
/// locks; each file is still written whole there.
pub(super) fn lock(folder: &Path) -> Result<Option<File>, Error> {
    if !cfg!(unix) {
        return Ok(None);
    }
    let file = File::open(folder).map_err(|error| Error::io("open the folder", folder, error))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(10));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(Error::usage(
                    format!("another run of errcat has `{}` locked", folder.display()),
                    "wait for it to finish, or stop it, and run this again; \
                     `fuser` and `lsof` show which process has the folder open",
                ));
            }
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

/// A path without links, `.` and `..`, as far as it exists, so that two paths to one folder are equal.
pub(crate) fn real(path: &Path) -> PathBuf {
    use std::path::Component::{Normal, ParentDir};
    match fs::canonicalize(path) {
        Ok(real) => return real,
        Err(error) if is_absent(&error) => {}
        Err(_) => return path.to_owned(),
    }
    let mut parts = path.components();
    match parts.next_back() {
        Some(Normal(name)) => real(parts.as_path()).join(name),
        Some(ParentDir) => real(parts.as_path()).parent().map(Path::to_owned).unwrap_or_default(),
        // The folder that a relative path begins in.
        _ => fs::canonicalize(".").unwrap_or_else(|_| path.to_owned()),
    }
}
