//! How Cargo and a build script talk to each other. Does nothing in any other program.

use std::io::{self, Write as _};
use std::path::PathBuf;

/// The folder for what a build script makes. Cargo sets `OUT_DIR` and `HOST` while the script runs, and
/// never both while tests and programs run.
#[expect(clippy::disallowed_methods, reason = "build scripts get their orders in the environment")]
pub(crate) fn out_dir() -> Option<PathBuf> {
    std::env::var("HOST").ok()?;
    std::env::var("OUT_DIR").ok().map(PathBuf::from)
}

/// Has Cargo run the build script again when one of these files, or one below one of these folders,
/// changes: The Cargo Book, "Build Scripts". It needs no line for the script itself. Other programs don't
/// look for the files.
pub(crate) fn rerun_if_changed(inputs: impl FnOnce() -> Vec<PathBuf>) {
    if out_dir().is_none() {
        return;
    }
    let mut out = io::stdout().lock();
    for input in inputs() {
        // A script makes its files even if nobody reads its output.
        let _ = writeln!(out, "cargo:rerun-if-changed={}", input.display());
    }
}
