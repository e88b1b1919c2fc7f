//! errcat's tests from outside: through the binary or the public library, each in a folder of its
//! own. A file covers one subject. Its fixtures and snapshots are next to it.
//!
//! | file | what it proves |
//! |---|---|
//! | `cli` | exit codes, streams, colors and help |
//! | `at_home` | what errcat says in a repo that is not set up as it expects |
//! | `catalog_page` | each snippet of docs/catalog.md is true |
//! | `checkouts` | what git, editors and formatters do to a file is not drift |
//! | `dependencies` | where each crate comes from, what it costs, and that no crate is there twice |
//! | `diff` | what changed between two catalogs, in each format, and which version is due |
//! | `diff_finds_all` | whatever differs in the outputs is a change to `errcat diff` |
//! | `diff_git` | what a catalog was at a revision, wherever errcat runs and however the revision is named |
//! | `docs` | the commands and catalogs in README and CONTRIBUTING work |
//! | `drift` | what `--check` says about a file that is out of date, and about a success |
//! | `escape` | each language's own parser reads catalog text back unchanged |
//! | `explain` | names, statuses and saved responses get the right answer |
//! | `faults` | a full disk, missing permissions or a second run never leave half a file |
//! | `fields` | every field of a catalog is in every output where it makes sense |
//! | `first_run` | what a first draft without fixes and advice leaves out |
//! | `fixture` | (no tests: the catalogs full of hostile texts and odd codes) |
//! | `folders` | files of Git, editors and systems among the templates are ignored, images are copied |
//! | `formatters` | rustfmt leaves the outputs as they are (and the projects for Prettier and Biome) |
//! | `hostile` | broken and malicious files end in diagnostics, not in a panic or a hang |
//! | `include` | surfaces share errors and shapes, within a catalog and between catalogs |
//! | `import` | documents that list errors become catalogs |
//! | `in_sync` | the committed outputs are up to date |
//! | `in_the_way` | links, folders, pipes and other people's files are kept and named |
//! | `init` | `errcat init` picks the targets that suit the repo |
//! | `kills` | after `kill -9` every file is whole, and the next run finishes the work |
//! | `library` | what a build script calls: targets, folders, errors it can print |
//! | `links` | published links to an error keep working |
//! | `lint` | each rule fires on its own fixture and nowhere else |
//! | `load` | broken files get diagnostics that point at the right place |
//! | `many_problems` | what is printed of a catalog with hundreds of problems |
//! | `merges` | git merges two branches that each add an error |
//! | `methods` | methods of generated errors never hide one another |
//! | `mdbook` | mdBook shows the page correctly |
//! | `mistakes` | one mistake gives one diagnostic, where the mistake is |
//! | `mutate` | random changes to a catalog never make errcat panic |
//! | `near_codes` | the rule near-code finds what a comparison of all pairs finds |
//! | `operations` | operations may name errors of their surface, and each error says which return it |
//! | `outputs` | several targets in one output, and mistakes in `outputs` |
//! | `own_files` | which files belong to errcat, and that `--check` changes nothing |
//! | `page` | the catalog contains every word of TensorLoop's errors page |
//! | `pairs` | what diff says about a change, compared with the public names of the outputs |
//! | `paths` | a path that leads to nothing, or that only a shell understands, is named with what to write |
//! | `pull_requests` | the workflow and the hooks of docs/build.md show what breaks, and end as they say |
//! | `random` | random catalogs: the samples in every output agree |
//! | `real` | catalogs of public APIs have no problems |
//! | `render` | custom templates work, and catalog text never prints unescaped |
//! | `rust_module` | the module compiles in every edition that it supports |
//! | `shapes` | each shape that a catalog can start from is what its standard shows |
//! | `shown` | (the pages for the tests of renderers, and what those pages must show) |
//! | `templates` | ejected templates produce the same output, and their reference is true |
//! | `texts` | no catalog text becomes code in any output |
//! | `tidy` | the source keeps the rules that no compiler checks |
//! | `values` | what an error always sends, what a server gives, and what templates see of both |
//! | `verify` | recorded responses are recognized, in every format, and no secret is printed |
//! | `source` | codes in the source and codes of the catalog are compared, in Go, TypeScript and
//! Rust; what finds nothing is reported |
//! | `versions` | (makes two versions of a crate for the project that depends on both) |
//! | `write` | what a run changes on disk, and what it leaves alone |

#![allow(
    clippy::doc_markdown,
    clippy::match_same_arms,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic, and it writes its own files"
)]

mod at_home;
mod catalog_page;
mod checkouts;
mod cli;
mod dependencies;
mod diff;
mod diff_finds_all;
mod diff_git;
mod docs;
mod drift;
mod escape;
mod explain;
#[cfg(unix)]
mod faults;
mod fields;
mod first_run;
mod fixture;
mod folders;
mod formatters;
mod hostile;
mod import;
mod in_sync;
#[cfg(unix)]
mod in_the_way;
mod include;
mod init;
#[cfg(unix)]
mod kills;
mod library;
mod links;
mod lint;
mod load;
mod many_problems;
mod mdbook;
mod merges;
mod methods;
mod mistakes;
mod mutate;
mod near_codes;
#[cfg(unix)]
mod operations;
mod outputs;
mod own_files;
mod page;
mod pairs;
mod paths;
#[cfg(unix)]
mod pull_requests;
mod random;
mod real;
mod render;
mod rust_module;
mod shapes;
mod shown;
mod source;
mod templates;
mod texts;
mod tidy;
mod values;
mod verify;
mod versions;
mod write;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use errcat::{Change, Diagnostics, Error, Generator};

/// The smallest catalog. Tests replace `MEANING`.
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

/// A temporary folder in which errcat runs.
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
            .env_remove("FORCE_COLOR")
            .env_remove("GITHUB_WORKSPACE");
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::from(self.command(arguments).output().unwrap())
    }

    /// Runs errcat, and fails the test unless it exits with 0.
    fn ok(&self, arguments: &[&str]) -> Ran {
        let ran = self.run(arguments);
        assert_eq!(ran.status, 0, "{arguments:?}:\n{}{}", ran.stdout, ran.stderr);
        ran
    }

    /// Runs git, without the settings of this machine, and fails the test unless it succeeds.
    fn git(&self, arguments: &[&str]) -> String {
        let ran = self.try_git(arguments);
        assert_eq!(ran.status, 0, "git {arguments:?}:\n{ran}");
        ran.stdout
    }

    fn try_git(&self, arguments: &[&str]) -> Ran {
        let identity = ["user.name=Test", "user.email=test@example.com"];
        // Git clones submodules from the same machine only if this allows it.
        let settings = identity.into_iter().chain(["protocol.file.allow=always"]);
        let mut git = Command::new("git");
        git.args(settings.flat_map(|setting| ["-c", setting])).args(arguments);
        git.current_dir(self.0.path()).env("GIT_CONFIG_GLOBAL", "/dev/null");
        Ran::from(git.output().expect("git runs"))
    }

    /// Generates what errcat.yaml asks for, in this process: much faster than a run of the binary.
    fn generate(&self) -> Result<Vec<Change>, Error> {
        Generator::from_config(self.path("errcat.yaml"))?.generate()
    }

    /// Lints a catalog in this process.
    fn lint(&self, catalog: &str) -> Result<(), Error> {
        Generator::new(self.path(catalog)).target("json").lint()
    }
}

/// A catalog's diagnostics as `errcat lint --format json` prints them, without the summary line.
fn diagnostics(error: &Error) -> Vec<serde_json::Value> {
    let diagnostics = error.diagnostics().unwrap_or_else(|| panic!("not about a catalog: {error}"));
    let lines = diagnostics.iter().map(Diagnostics::to_json).collect::<String>();
    let lines = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    lines.filter(|line| line["rule"].is_string()).collect()
}

/// What a run of errcat returned and printed.
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

/// Everything a person sees, for snapshots.
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

/// Every file below a folder: relative paths with `/`, sorted.
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

/// Whether tests rewrite the committed files that they compare with, as insta rewrites snapshots.
fn rewrites() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always")
}

/// Compares a committed file with what this build makes of it; `tests` selects the test that calls
/// it. With `INSTA_UPDATE=always` it rewrites the file instead, and fails if that changed anything:
/// a test that has just rewritten what it expects has proved nothing.
fn assert_committed(file: &str, made: &str, tests: &str) {
    let path = root().join(file);
    let is_up_to_date = fs::read_to_string(&path).is_ok_and(|committed| committed == made);
    if rewrites() && !is_up_to_date {
        fs::write(&path, made).unwrap();
    }
    assert!(is_up_to_date, "{file} was out of date\n{}", what_to_do(tests));
}

/// The last line of a message about committed files that are out of date.
fn what_to_do(tests: &str) -> String {
    if rewrites() {
        "it was rewritten: look at the diff, and run the test again".to_owned()
    } else {
        format!("run: INSTA_UPDATE=always cargo test --test it {tests}")
    }
}
