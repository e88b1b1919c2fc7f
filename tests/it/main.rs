//! errcat's tests from outside: through the real binary, or the public library, in folders of
//! their own. One file a subject; fixtures and snapshots lie beside it.
//!
//! | file | what it proves |
//! |---|---|
//! | `cli` | exit codes, streams, colours, help |
//! | `dependencies` | where each crate is from, what it costs, and that none is there twice |
//! | `docs` | what README and CONTRIBUTING show is true |
//! | `escape` | text of a catalog is read back equal by each language's own parser |
//! | `explain` | names, statuses and responses are what they are, and it says what to do |
//! | `faults` | the disk, the system or another run says no: nothing is half done |
//! | `fixture` | (no tests: the catalogs of hostile texts and odd codes) |
//! | `hostile` | broken and malicious files: findings, never a panic, never a hang, nothing written |
//! | `in_sync` | the committed outputs are what this build makes |
//! | `in_the_way` | links, folders, pipes, files of others: kept and named |
//! | `init` | a repo of each kind gets the targets that fit it |
//! | `kills` | `kill -9` at any moment: files are whole, and the next run finishes |
//! | `library` | what a build script calls: targets, folders, errors it can print
//! | `links` | a link to an error that was published once never breaks |
//! | `lint` | each rule fires on its fixture, and on nothing clean |
//! | `load` | broken files give findings at the right place |
//! | `merges` | two branches that add an error each, merged by git |
//! | `methods` | methods of generated errors never hide one another |
//! | `mdbook` | the page as mdBook reads it |
//! | `mistakes` | one mistake gives one finding, at its place |
//! | `mutate` | no change to a catalog makes errcat panic (property tests) |
//! | `own_files` | which files are errcat's: manifests, left-overs, modes; `--check` only looks |
//! | `page` | the catalog says every word of TensorLoop's errors page |
//! | `render` | templates: own targets, nothing unfiltered prints, every feature rendered |
//! | `shown` | (the pages for the tests of renderers, and what they are to show) |
//! | `templates` | `errcat templates`: copies make the same, and the reference is true |
//! | `texts` | no text of a catalog becomes code in any output |
//! | `tidy` | the source keeps its own rules |
//! | `versions` | two versions of a crate, for the project that is compiled with both |
//! | `write` | what happens on disk, and what must not |

#![allow(
    clippy::doc_markdown,
    clippy::match_same_arms,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test that can't go on has failed, and prepares its folders itself"
)]

mod cli;
mod dependencies;
mod docs;
mod escape;
mod explain;
#[cfg(unix)]
mod faults;
mod fixture;
mod hostile;
mod in_sync;
#[cfg(unix)]
mod in_the_way;
mod init;
#[cfg(unix)]
mod kills;
mod library;
mod links;
mod lint;
mod load;
mod mdbook;
mod merges;
mod methods;
mod mistakes;
mod mutate;
#[cfg(unix)]
mod own_files;
mod page;
mod render;
mod shown;
mod templates;
mod texts;
mod tidy;
mod versions;
mod write;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The smallest catalog, in which `{meaning}` can be replaced.
const SMALL: &str = "\
errcat: 1
product: Small
version: 1.0.0
title: Errors
surfaces:
  - id: api
    title: API
    shape: {body: {error: <code>}}
    errors:
      - {code: broken, status: 400, meaning: MEANING, fix: Mend it., retryable: false}
";

/// The folder of this repo.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A repo in a folder of its own, in which errcat runs.
struct Repo(tempfile::TempDir);

impl Repo {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.put(path, text);
        self
    }

    fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_errcat"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("NO_COLOR")
            .env_remove("GITHUB_WORKSPACE");
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// Runs errcat, which must succeed.
    fn ok(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.status, 0, "{arguments:?}:\n{}{}", ran.stdout, ran.stderr);
        ran
    }
}

/// What a run of errcat left behind.
struct Ran {
    status: i32,
    stdout: String,
    stderr: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// For a snapshot: everything a person sees.
impl std::fmt::Display for Ran {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "exit: {}", self.status)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                write!(f, "--- {name}\n{text}")?;
            }
        }
        Ok(())
    }
}

/// Every file below a folder, as paths with `/`, sorted.
fn files_below(folder: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(one) = folders.pop() {
        for entry in fs::read_dir(&one).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let path = path.strip_prefix(folder).unwrap();
                files.push(path.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    files.sort();
    files
}
