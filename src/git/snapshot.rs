//! The files of a repository at a commit, found by their paths. Links are followed as they were then.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;

use super::objects::Objects;
use super::process;
use crate::error::Error;

/// How many links one path may follow, as on Linux.
const MAX_LINKS: usize = 40;

/// The files of a repository at a commit.
pub(super) struct Snapshot {
    /// The whole path of the folder that the repository is in.
    top: PathBuf,
    commit: String,
    /// The repository, then the submodules that were entered, each with its folder.
    repos: RefCell<Vec<(PathBuf, Objects)>>,
    /// The folders that were read, by their ids.
    folders: RefCell<BTreeMap<String, Rc<Folder>>>,
}

type Folder = BTreeMap<String, Stored>;

/// How git stores what has a name in a folder.
#[derive(Clone)]
struct Stored {
    kind: Kind,
    id: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Folder,
    File,
    Link,
    Submodule,
}

/// A file or folder.
pub(super) struct Entry {
    pub is_folder: bool,
    /// The index of its repository.
    repo: usize,
    id: String,
}

/// Where a path leads to.
pub(super) enum Way {
    /// To a file or folder, at a path without links.
    To(PathBuf, Entry),
    /// Out of the repository, to another path.
    Out(PathBuf),
    Nowhere,
}

impl Snapshot {
    /// Opens the repository in the folder `top`.
    ///
    /// # Errors
    /// If git can't be started.
    pub(super) fn open(top: &Path, commit: String) -> Result<Self, Error> {
        let top = top.to_owned();
        let repos = RefCell::new(vec![(top.clone(), Objects::open(&top)?)]);
        Ok(Self { top, commit, repos, folders: RefCell::default() })
    }

    /// Follows a whole path, which may have links.
    ///
    /// # Errors
    /// If git fails, or the repository lacks an object.
    pub(super) fn follow(&self, path: &Path) -> Result<Way, Error> {
        let Ok(below) = path.strip_prefix(&self.top) else {
            return Ok(Way::Out(path.to_owned()));
        };
        let mut rest = names(below);
        let root = Entry { is_folder: true, repo: 0, id: format!("{}^{{tree}}", self.commit) };
        let mut way = vec![(self.top.clone(), root)];
        let mut links = 0;
        while let (Some(name), Some((at, folder))) = (rest.pop(), way.last()) {
            if name == ".." {
                if way.len() == 1 {
                    return Ok(Way::Out(at.parent().unwrap_or(at).to_owned()));
                }
                way.pop();
                continue;
            }
            let Some(stored) = self.stored(folder, &name)? else { return Ok(Way::Nowhere) };
            let (path, repo, id) = (at.join(&name), folder.repo, stored.id);
            let entry = match stored.kind {
                Kind::Folder => Entry { is_folder: true, repo, id },
                Kind::File => Entry { is_folder: false, repo, id },
                Kind::Submodule => self.submodule(&path, &id)?,
                Kind::Link => {
                    links += 1;
                    if links > MAX_LINKS {
                        return Ok(Way::Nowhere);
                    }
                    let target = self.read(&Entry { is_folder: false, repo, id })?;
                    let target = PathBuf::from(String::from_utf8_lossy(&target).into_owned());
                    match target.strip_prefix(&self.top) {
                        Ok(below) => {
                            way.truncate(1);
                            rest.extend(names(below));
                        }
                        Err(_) if target.has_root() => return Ok(Way::Out(target)),
                        Err(_) => rest.extend(names(&target)),
                    }
                    continue;
                }
            };
            way.push((path, entry));
        }
        Ok(way.pop().map_or(Way::Nowhere, |(path, entry)| Way::To(path, entry)))
    }

    /// The paths of all files, from the top folder. Those of submodules are not among them.
    ///
    /// # Errors
    /// If git fails.
    pub(super) fn paths(&self) -> Result<Vec<String>, Error> {
        let listed =
            process::run(&self.top, &["ls-tree", "-r", "-z", "--name-only", &self.commit])?;
        if !listed.status.success() {
            return Err(process::failed(&listed.stderr));
        }
        let paths = String::from_utf8_lossy(&listed.stdout).into_owned();
        Ok(paths.split_terminator('\0').map(str::to_owned).collect())
    }

    /// The content of a file.
    ///
    /// # Errors
    /// If git fails, or the repository lacks it.
    pub(super) fn read(&self, entry: &Entry) -> Result<Vec<u8>, Error> {
        let mut repos = self.repos.borrow_mut();
        let content = repos.get_mut(entry.repo).map(|(_, objects)| objects.read(&entry.id));
        content.transpose()?.flatten().ok_or_else(|| {
            Error::usage(
                format!("git lacks the object `{}`", entry.id),
                "fetch what is missing: `git fetch`, and in a repository with submodules \
                 `git submodule update --init`",
            )
        })
    }

    /// What has a name in a folder.
    fn stored(&self, folder: &Entry, name: &str) -> Result<Option<Stored>, Error> {
        if !folder.is_folder {
            return Ok(None);
        }
        let known = self.folders.borrow().get(&folder.id).cloned();
        let content = if let Some(known) = known {
            known
        } else {
            let read = Rc::new(parse(&self.read(folder)?, self.commit.len() / 2));
            self.folders.borrow_mut().insert(folder.id.clone(), Rc::clone(&read));
            read
        };
        Ok(content.get(name).cloned())
    }

    /// The top folder of a submodule at a commit.
    fn submodule(&self, path: &Path, commit: &str) -> Result<Entry, Error> {
        if path.join(".git").symlink_metadata().is_err() {
            let path = path.strip_prefix(&self.top).unwrap_or(path);
            return Err(Error::usage(
                format!("the submodule `{}` is not checked out", path.display()),
                "run `git submodule update --init`",
            ));
        }
        let mut repos = self.repos.borrow_mut();
        let known = repos.iter().position(|(folder, _)| folder == path);
        if known.is_none() {
            repos.push((path.to_owned(), Objects::open(path)?));
        }
        let repo = known.unwrap_or(repos.len() - 1);
        Ok(Entry { is_folder: true, repo, id: format!("{commit}^{{tree}}") })
    }
}

/// The names in a path, the last one first.
fn names(path: &Path) -> Vec<String> {
    let name = |part| match part {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        Component::ParentDir => Some("..".to_owned()),
        _ => None,
    };
    path.components().rev().filter_map(name).collect()
}

/// Reads a folder: for each name a mode, a space, the name, a zero byte, and an id of `length` bytes.
fn parse(mut bytes: &[u8], length: usize) -> Folder {
    let mut folder = Folder::new();
    let split = |bytes: &[u8], at: u8| bytes.iter().position(|byte| *byte == at);
    while let (Some(space), Some(zero)) = (split(bytes, b' '), split(bytes, 0)) {
        let (head, rest) = bytes.split_at(zero);
        let (mode, name) = head.split_at(space.min(head.len()));
        let Some((id, rest)) = rest.get(1..).and_then(|rest| rest.split_at_checked(length)) else {
            break;
        };
        bytes = rest;
        let kind = match mode {
            b"40000" => Kind::Folder,
            b"120000" => Kind::Link,
            b"160000" => Kind::Submodule,
            _ => Kind::File,
        };
        let name = String::from_utf8_lossy(name.get(1..).unwrap_or_default()).into_owned();
        let digits = id.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let id = digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
        folder.insert(name, Stored { kind, id });
    }
    folder
}
