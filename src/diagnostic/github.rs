//! Diagnostics as workflow commands, which GitHub shows as annotations of a file's lines.
//!
//! The escapes of GitHub's "Workflow commands for GitHub Actions" keep catalog text from becoming a
//! command.

use std::path::{Path, PathBuf};
use std::{fmt, fs};

use super::file::{Mark, Placed};
use super::{Diagnostic, Diagnostics};
use crate::sorted::SortedMap;
use crate::text::paths::without_dots;

impl Diagnostics {
    /// The problems as workflow commands of GitHub Actions, one a line. Each annotates a line of the file.
    /// The first of each rule come first, because GitHub shows only ten of a step.
    #[must_use]
    pub fn to_github(&self) -> String {
        let mut out = String::new();
        let path = property(&in_repo(Path::new(self.path())));
        let selection = self.for_programs();
        for placed in self.placed(&in_rounds(&selection.shown)) {
            out += &command(&placed, &path);
        }
        let not_shown = selection.not_shown();
        if not_shown > 0 {
            out += &format!(
                "::error file={path},title=errcat::{not_shown} more problems are not shown\n"
            );
        }
        out
    }
}

/// The first problem of each rule, then the second of each, and so on.
fn in_rounds<'f>(list: &[&'f Diagnostic]) -> Vec<&'f Diagnostic> {
    let mut rounds: SortedMap<&str, usize> = SortedMap::new();
    let ranked = list.iter().map(|&diagnostic| {
        let round = rounds.entry(diagnostic.rule.name).or_default();
        *round += 1;
        (*round, diagnostic)
    });
    let mut ranked: Vec<(usize, &Diagnostic)> = ranked.collect();
    ranked.sort_by_key(|(round, _)| *round);
    ranked.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// An annotation of a file.
pub(crate) struct Annotation<'a> {
    /// `error`, `warning` or `notice`.
    pub level: &'a str,
    pub path: &'a Path,
    pub line: Option<usize>,
    /// The first column, and the one after the last.
    pub columns: Option<(usize, usize)>,
    pub title: &'a str,
    pub message: &'a str,
}

/// An annotation as a workflow command.
impl fmt::Display for Annotation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { level, path, line, columns, title, message } = self;
        write!(f, "::{level} file={}", property(&in_repo(path)))?;
        if let Some(line) = line {
            write!(f, ",line={line}")?;
        }
        if let Some((first, end)) = columns {
            write!(f, ",col={first},endColumn={end}")?;
        }
        writeln!(f, ",title={}::{}", property(title), data(message))
    }
}

fn command(placed: &Placed, path: &str) -> String {
    let Placed { diagnostic, own, also, help } = placed;
    let at = own.span;
    let mut message = diagnostic.message.clone();
    for Mark { path, span, label, .. } in also {
        let label = label.unwrap_or_default();
        let place = format!("line {}, column {}", span.line, span.column);
        message += &if *path == own.path {
            format!(" ({label}: {place})")
        } else {
            format!(" ({label}: {}, {place})", in_repo(Path::new(path)))
        };
    }
    message += &format!("\n{}\nhelp: {}", diagnostic.rule.why, help);
    format!(
        "::error file={},line={line},col={},endLine={line},endColumn={},title={}::{}\n",
        path,
        at.column,
        at.column + at.length,
        property(diagnostic.rule.name),
        data(&message),
        line = at.line,
    )
}

/// A path from the top of the repo, where GitHub looks for it. `GITHUB_WORKSPACE` is the folder of the
/// checkout: GitHub's "Variables reference". Either path may lead over a symbolic link.
#[expect(clippy::disallowed_methods, reason = "GitHub passes it in the environment")]
fn in_repo(path: &Path) -> String {
    let from_top = || {
        let top = std::env::var("GITHUB_WORKSPACE").ok().filter(|top| !top.is_empty())?;
        let top = PathBuf::from(top);
        let whole = without_dots(&std::path::absolute(path).ok()?);
        // The file itself may be a link to a place outside of the repo. It is still annotated.
        let real = real(whole.parent()?)?.join(whole.file_name()?);
        let tops = [Some(top.clone()), fs::canonicalize(&top).ok()];
        let below = |path: &Path| {
            tops.iter().flatten().find_map(|top| path.strip_prefix(top).ok().map(Path::to_owned))
        };
        below(&whole).or_else(|| below(&real))
    };
    from_top().as_deref().unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// A folder without links, as far as it exists.
fn real(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find_map(|above| {
        Some(fs::canonicalize(above).ok()?.join(folder.strip_prefix(above).ok()?))
    })
}

/// The text after `::`.
fn data(text: &str) -> String {
    let text: String = text.split('\n').map(super::text::escaped).collect::<Vec<_>>().join("\n");
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before it.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
