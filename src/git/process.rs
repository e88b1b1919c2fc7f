//! Starts `git`, and says why it failed.

use std::io;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::error::Error;

/// What git sets for its hooks. It names the repository of the hook, which may be another one.
const OF_HOOKS: &[&str] = &[
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// A call of git in a folder.
pub(super) fn command(folder: &Path, arguments: &[&str]) -> Command {
    // Windows' long form of a path, which git doesn't know.
    let short = folder.to_str().and_then(|path| path.strip_prefix(r"\\?\"));
    let mut git = Command::new("git");
    git.arg("-C").arg(short.map_or(folder, Path::new)).args(arguments);
    for name in OF_HOOKS {
        git.env_remove(name);
    }
    // English messages, and no question that nobody answers.
    git.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").stdin(Stdio::null());
    git
}

/// Runs git to its end.
///
/// # Errors
/// If it can't be started.
pub(super) fn run(folder: &Path, arguments: &[&str]) -> Result<Output, Error> {
    command(folder, arguments).output().map_err(|error| not_started(&error))
}

/// The lines that git printed, if it succeeded.
pub(super) fn lines(output: &Output) -> Option<Vec<String>> {
    let text = String::from_utf8_lossy(&output.stdout);
    output.status.success().then(|| text.lines().map(str::to_owned).collect())
}

pub(super) fn not_started(error: &io::Error) -> Error {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "it is not on the PATH".to_owned(),
        _ => error.to_string(),
    };
    Error::usage(
        format!("cannot run `git`: {why}"),
        "install git, or compare two files: `errcat diff OLD NEW`",
    )
}

/// The error that git failed, with what it printed.
pub(super) fn failed(stderr: &[u8]) -> Error {
    let text = String::from_utf8_lossy(stderr);
    let mut lines = text.lines().map(str::trim);
    let said = lines.clone().find_map(|line| line.strip_prefix("fatal: "));
    let said = said.or_else(|| lines.clone().find(|line| !line.is_empty()));
    let advice = lines.find(|line| line.starts_with("git "));
    let help = advice.map_or_else(
        || "fix the cause above and run the command again".to_owned(),
        |advice| format!("run `{advice}`"),
    );
    Error::usage(format!("git failed: {}", said.unwrap_or("it printed nothing")), help)
}
