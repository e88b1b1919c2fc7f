//! The files that a catalog includes errors from. errcat reads only files of the same repository, and shows
//! no line of a file that isn't a catalog.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::storage::{Disk, Storage};
use crate::diagnostic::Sources;
use crate::document::{self, Members};
use crate::error::Error;
use crate::sorted::{SortedMap, SortedSet};
use crate::text::paths::{self, without_dots};
use crate::yaml::{self, Node, NodeId, Value};

/// A catalog and those that it includes errors from. The catalog itself comes first.
pub(super) struct Files {
    pub sources: Arc<Sources>,
    /// What each path in an `include` leads to, by the index of the file that names it.
    followed: SortedMap<(usize, String), Result<usize, Refusal>>,
}

/// Why a path is not followed, and what to do.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub message: String,
    pub help: String,
}

impl Files {
    /// Reads all that a catalog includes, from below the folder `top`.
    ///
    /// # Errors
    /// If one of the files isn't text.
    pub(super) fn read(
        storage: &dyn Storage,
        file: &Path,
        bytes: Vec<u8>,
        top: &Path,
    ) -> Result<Self, Error> {
        let mut files = Reading::of(storage);
        files.add(file, storage.find(file)?.map(|real| real.path), bytes)?;
        let mut index = 0;
        while let (Some(from), Some(source)) = (files.paths.get(index), files.sources.get(index)) {
            let (from, named) = (from.clone(), named_in(&source.text));
            for path in named {
                let followed = match follow(storage, &from, &path, top)? {
                    Ok(found) => files.open(&found)?,
                    Err(refusal) => Err(refusal),
                };
                files.followed.insert((index, path), followed);
            }
            index += 1;
        }
        Ok(Self { sources: Arc::new(files.sources), followed: files.followed })
    }

    /// A catalog that is not a file. It can't include others.
    pub(super) fn of(path: &str, bytes: Vec<u8>) -> Result<Self, Error> {
        let mut sources = Sources::default();
        document::add(&mut sources, path, bytes)?;
        Ok(Self { sources: Arc::new(sources), followed: SortedMap::new() })
    }

    /// The index of the file that a path leads to from another file.
    pub(super) fn follow(&self, from: usize, path: &str) -> Result<usize, Refusal> {
        let followed = self.followed.get(&(from, path.to_owned()));
        followed.cloned().unwrap_or_else(|| {
            Err(refusal(format!("the file `{path}` doesn't exist"), "remove it"))
        })
    }
}

/// The paths of all files that a catalog includes errors from.
pub(crate) fn paths(catalog: &Path, top: &Path) -> Vec<PathBuf> {
    let mut found = vec![catalog.to_owned()];
    let mut index = 0;
    while let Some(from) = found.get(index).cloned() {
        let text = document::file::read_text(&from).unwrap_or_default();
        let named = named_in(&text);
        for path in named.iter().filter_map(|path| follow(&Disk, &from, path, top).ok()?.ok()) {
            if !found.contains(&path.path) {
                found.push(path.path);
            }
        }
        index += 1;
    }
    found.split_off(1)
}

/// The folder that includes may not leave: the top of the repository of a catalog, which has a `.git`; else
/// that of its errcat.yaml, which is `config` or the nearest one above; else its own.
pub(crate) fn top(catalog: &Path, config: Option<&Path>) -> PathBuf {
    let own = fs::canonicalize(folder(catalog)).unwrap_or_else(|_| folder(catalog).to_owned());
    let with = |name: &str| {
        own.ancestors()
            .find(|folder| folder.join(name).symlink_metadata().is_ok())
            .map(Path::to_owned)
    };
    let config = config.and_then(|config| fs::canonicalize(folder(config)).ok());
    let config = config.filter(|config| own.starts_with(config)).or_else(|| with("errcat.yaml"));
    with(".git").or(config).unwrap_or(own)
}

/// The files as they are read.
struct Reading<'s> {
    storage: &'s dyn Storage,
    sources: Sources,
    /// Their paths, as messages name them.
    paths: Vec<PathBuf>,
    /// The index of each, by its path without links.
    known: SortedMap<PathBuf, usize>,
    followed: SortedMap<(usize, String), Result<usize, Refusal>>,
}

impl<'s> Reading<'s> {
    fn of(storage: &'s dyn Storage) -> Self {
        Self {
            storage,
            sources: Sources::default(),
            paths: Vec::new(),
            known: SortedMap::new(),
            followed: SortedMap::new(),
        }
    }

    fn add(&mut self, path: &Path, real: Option<PathBuf>, bytes: Vec<u8>) -> Result<usize, Error> {
        let index = document::add(&mut self.sources, &self.storage.name(path), bytes)?;
        self.paths.push(path.to_owned());
        self.known.extend(real.map(|real| (real, index)));
        Ok(index)
    }

    /// Opens a file, unless it is open or isn't a catalog.
    fn open(&mut self, Found { path, real }: &Found) -> Result<Result<usize, Refusal>, Error> {
        if let Some(index) = self.known.get(real) {
            return Ok(Ok(*index));
        }
        let Some(bytes) = self.storage.read(real)? else {
            let message = format!("cannot read `{}`", path.display());
            return Ok(Err(refusal(message, "check that it is a file, and its permissions")));
        };
        if !is_catalog(&String::from_utf8_lossy(&bytes)) {
            let message = format!("`{}` is not a catalog", path.display());
            return Ok(Err(refusal(message, "name a file that begins with `errcat: 1`")));
        }
        Ok(Ok(self.add(path, Some(real.clone()), bytes)?))
    }
}

/// A file that a path leads to.
struct Found {
    /// Its path, as messages name it.
    path: PathBuf,
    /// The same without links.
    real: PathBuf,
}

/// Follows a path from a file.
///
/// # Errors
/// If the storage can't tell where it leads.
fn follow(
    storage: &dyn Storage,
    from: &Path,
    written: &str,
    top: &Path,
) -> Result<Result<Found, Refusal>, Error> {
    let outside = |why: &str| {
        let message = format!("`{written}` is outside of the repository{why}");
        let help = format!(
            "include only from below `{}`: the folder with `.git`, or else with errcat.yaml",
            top.display()
        );
        Ok(Err(refusal(message, help)))
    };
    if let Some((message, help)) =
        paths::refusal(written, "write a path from this file to the other")
    {
        return Ok(Err(Refusal { message, help }));
    }
    let path = without_dots(&folder(from).join(written));
    let own = storage.find(folder(from))?.map(|real| real.path).unwrap_or_default();
    if Path::new(written).is_absolute() || !without_dots(&own.join(written)).starts_with(top) {
        return outside("");
    }
    let Some(real) = storage.find(&path)? else {
        let message = format!("the file `{}` doesn't exist", path.display());
        let meant = storage.meant(&folder(from).join(written));
        let meant = meant.as_deref().and_then(|meant| meant.strip_prefix(folder(from)).ok());
        return Ok(Err(match meant {
            Some(meant) => refusal(message, format!("did you mean `{}`?", meant.display())),
            None => refusal(message, "check the path: it is relative to this file"),
        }));
    };
    if !real.path.starts_with(top) {
        return outside(": a symbolic link leads there");
    }
    if real.is_folder {
        return Ok(Err(refusal(format!("`{}` is a folder", path.display()), "name a file")));
    }
    Ok(Ok(Found { path, real: real.path }))
}

fn refusal(message: impl Into<String>, help: impl Into<String>) -> Refusal {
    Refusal { message: message.into(), help: help.into() }
}

/// The paths in the `include` of all surfaces of a catalog.
fn named_in(text: &str) -> SortedSet<String> {
    // Most catalogs include nothing, and needn't be parsed twice.
    if !text.contains("include") {
        return SortedSet::new();
    }
    let Ok(root) = yaml::parse(text, NodeId::FIRST) else { return SortedSet::new() };
    let surfaces = Members::of(&root).list("surfaces");
    let items = surfaces.iter().flat_map(|surface| Members::of(surface).list("include"));
    let path = |item: &Node| match &item.value {
        Value::Text(text) => text.split_once('#').map(|(path, _)| path.to_owned()),
        _ => None,
    };
    items.filter_map(path).collect()
}

/// Whether a text is a catalog, with or without mistakes.
pub(crate) fn is_catalog(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    text.lines().any(|line| line.starts_with("errcat:"))
        || yaml::parse(text, NodeId::FIRST)
            .is_ok_and(|root| Members::of(&root).get("errcat").is_some())
}

fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
