//! A revision that somebody named, such as a tag, a branch or `HEAD~2`.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use super::repo::Repo;
use super::snapshot::{Snapshot, Way};
use super::unknown;
use crate::catalog::Set;
use crate::catalog::include::{Real, Storage, is_catalog};
use crate::error::Error;
use crate::text::paths::{self, without_dots};

/// A commit of a repository, and the files that it has. `Display` gives the name that somebody used for it.
pub(crate) struct Revision {
    name: String,
    /// The whole path of the top folder of the repository, without links.
    top: PathBuf,
    /// The whole path of the working folder, without links.
    working: PathBuf,
    files: Snapshot,
}

impl Revision {
    /// The revision that a name means in the repository of a folder.
    ///
    /// # Errors
    /// If the revision, the repository or git is missing.
    pub(crate) fn named(name: &str, folder: &Path) -> Result<Self, Error> {
        Self::of(name, &Repo::around(folder)?)
    }

    /// The last tag up to the commit that is checked out in the repository of a folder.
    ///
    /// # Errors
    /// If a tag, the repository or git is missing.
    pub(crate) fn last_tag(folder: &Path) -> Result<Self, Error> {
        let repo = Repo::around(folder)?;
        match repo.list(&["describe", "--tags", "--abbrev=0"])?.first() {
            Some(tag) => Self::of(tag, &repo),
            None => Err(unknown::tag(&repo)?),
        }
    }

    fn of(name: &str, repo: &Repo) -> Result<Self, Error> {
        if let Some((message, help)) = unknown::refusal(name) {
            return Err(Error::usage(message, help));
        }
        let commit = format!("{name}^{{commit}}");
        let commit = repo.list(&["rev-parse", "--verify", "--quiet", &commit])?.into_iter().next();
        // A name such as `^v1` has more.
        let Some(commit) = commit.filter(|id| id.chars().all(|c| c.is_ascii_hexdigit())) else {
            return Err(unknown::revision(name, repo)?);
        };
        let working =
            fs::canonicalize(".").map_err(|error| Error::io("open", ".".as_ref(), error))?;
        let files = Snapshot::open(&repo.top, commit)?;
        Ok(Self { name: name.to_owned(), top: repo.top.clone(), working, files })
    }

    /// The catalog at this path as it was, with all that it included. `None` if there was no such file.
    ///
    /// # Errors
    /// If the file is outside of the repository, can't be read, or isn't plain YAML.
    pub(crate) fn catalog(&self, file: &Path) -> Result<Option<Set>, Error> {
        let Some((file, bytes)) = self.file(file)? else { return Ok(None) };
        Set::read_from(self, &file, bytes, &self.top).map(Some)
    }

    /// The text that a file was; `None` if there was no such file.
    ///
    /// # Errors
    /// If the file is outside of the repository, or can't be read.
    pub(crate) fn text(&self, file: &Path) -> Result<Option<String>, Error> {
        let content = self.file(file)?;
        Ok(content.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// A file, with a path that leads below the top folder.
    fn file(&self, file: &Path) -> Result<Option<(PathBuf, Vec<u8>)>, Error> {
        let refused = |why: &str| {
            let message = format!("`{}` {why}", file.display());
            Error::usage(message, "name a file of the repository, or compare two files")
        };
        let Some(file) = self.below_top(file) else {
            return Err(refused(&format!("is not in the repository `{}`", self.top.display())));
        };
        let mut way = self.files.follow(&self.whole(&file))?;
        if matches!(way, Way::Nowhere)
            && let Ok(real) = fs::canonicalize(&file)
        {
            // A link that is new, or the same name in another case.
            way = self.files.follow(&real)?;
        }
        match way {
            Way::Nowhere => Ok(None),
            Way::Out(_) => Err(refused(&format!("is a link out of the repository at {self}"))),
            Way::To(_, entry) if entry.is_folder => Err(refused(&format!("is a folder at {self}"))),
            Way::To(_, entry) => Ok(Some((file, self.files.read(&entry)?))),
        }
    }

    /// The catalogs of the revision at paths where nothing is now. A catalog that looks new may have been there.
    ///
    /// # Errors
    /// If git fails.
    pub(crate) fn gone(&self) -> Result<Vec<PathBuf>, Error> {
        let mut gone = Vec::new();
        for path in self.files.paths()? {
            let path = self.top.join(path);
            let is_yaml = path.extension().is_some_and(|end| end == "yaml" || end == "yml");
            if !is_yaml || path.symlink_metadata().is_ok() {
                continue;
            }
            if let Some(bytes) = self.read(&path)?
                && is_catalog(&String::from_utf8_lossy(&bytes))
            {
                gone.push(paths::relative(&self.working, &path));
            }
        }
        Ok(gone)
    }

    /// A path of a file that leads below the top folder without its links.
    fn below_top(&self, file: &Path) -> Option<PathBuf> {
        if self.reaches(file) {
            return Some(file.to_owned());
        }
        let folder = fs::canonicalize(file.parent()?).ok()?;
        Some(folder.join(file.file_name()?)).filter(|file| file.starts_with(&self.top))
    }

    /// Whether a path leads below the top folder, without its links.
    pub(crate) fn reaches(&self, file: &Path) -> bool {
        self.whole(file).starts_with(&self.top)
    }

    /// The whole path of a file. Its links may have led elsewhere then.
    pub(crate) fn whole(&self, path: &Path) -> PathBuf {
        without_dots(&self.working.join(path))
    }
}

impl Storage for Revision {
    fn find(&self, path: &Path) -> Result<Option<Real>, Error> {
        Ok(match self.files.follow(&self.whole(path))? {
            Way::Nowhere => None,
            Way::Out(path) => Some(Real { path, is_folder: false }),
            Way::To(path, entry) => Some(Real { path, is_folder: entry.is_folder }),
        })
    }

    fn read(&self, real: &Path) -> Result<Option<Vec<u8>>, Error> {
        match self.files.follow(real)? {
            Way::To(_, entry) if !entry.is_folder => self.files.read(&entry).map(Some),
            _ => Ok(None),
        }
    }

    /// Nobody can correct what was committed.
    fn meant(&self, _path: &Path) -> Option<PathBuf> {
        None
    }

    fn name(&self, path: &Path) -> String {
        format!("{} at {self}", path.display())
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}
