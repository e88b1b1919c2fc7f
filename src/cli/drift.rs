//! How `--check` reports files that are out of date: each with the number of lines that differ, and the
//! first difference. `--diff` shows every difference.

use std::io::{self, Write};
use std::path::Path;

use serde_json::{Value as Json, json};
use similar::{DiffTag, TextDiff};

use super::Format;
use crate::diagnostic::{self, Annotation, json_line};
use crate::text::words::counted;
use crate::write::Drift;

/// The most lines of the first difference that are shown, and the most characters of a line.
const MAX_LINES: usize = 20;
const MAX_WIDTH: usize = 200;

/// Prints files that are out of date, and returns whether that shows every difference.
///
/// `fix` is the command that writes the files. `is_whole` shows every difference.
pub(super) fn print(
    drift: &[Drift],
    format: Format,
    is_whole: bool,
    fix: &str,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let all: Vec<Change> = drift.iter().map(Change::of).collect();
    let mut excerpts = 1;
    let shown = all.iter().map(|one| match &one.lines {
        Some(lines) if is_whole => lines.diff.as_str(),
        Some(lines) if excerpts > 0 => {
            excerpts -= 1;
            lines.excerpt.as_str()
        }
        _ => "",
    });
    let shown: Vec<&str> = shown.collect();
    match format {
        Format::Text => {
            all.iter().try_for_each(|one| writeln!(out, "{}", one.line()))?;
            let mut shown = shown.iter().filter(|diff| !diff.is_empty());
            shown.try_for_each(|diff| write!(out, "\n{diff}"))?;
        }
        Format::Json => {
            all.iter().try_for_each(|one| write!(out, "{}", json_line(&one.json(is_whole))))?;
            return Ok(is_whole);
        }
        Format::Github => {
            let mut all = all.iter().zip(&shown);
            all.try_for_each(|(one, diff)| write!(out, "{}", one.annotation(diff, fix)))?;
        }
    }
    let is_shown = |(one, shown): (&Change, &&str)| {
        one.lines.as_ref().is_none_or(|lines| lines.diff == **shown)
    };
    Ok(all.iter().zip(&shown).all(is_shown))
}

/// A file that is out of date.
struct Change<'d> {
    drift: &'d Drift,
    path: &'d Path,
    /// What is wrong with it: a stable name.
    kind: &'static str,
    /// How its lines differ, if it exists and is text.
    lines: Option<Lines>,
}

/// How the lines of a file differ from those it should have.
struct Lines {
    /// The first line that differs.
    first: usize,
    /// How many lines differ.
    changed: usize,
    /// Every difference, as `diff -u` prints it.
    diff: String,
    /// The first difference, cut to a length that people read.
    excerpt: String,
}

impl<'d> Change<'d> {
    fn of(drift: &'d Drift) -> Self {
        let (path, kind) = match drift {
            Drift::Missing(path) => (path, "missing"),
            Drift::LeftOver(path) => (path, "left over"),
            Drift::Differs { path, .. } | Drift::NotText(path) => (path, "differs"),
        };
        let lines = match drift {
            Drift::Differs { path, old, new } => Some(Lines::of(path, old, new)),
            _ => None,
        };
        Self { drift, path, kind, lines }
    }

    /// One line for people.
    fn line(&self) -> String {
        match (&self.lines, self.drift) {
            (Some(lines), _) => format!("{} ({})", self.drift, counted(lines.changed, "line")),
            (None, Drift::NotText(_)) => format!("{} (not text)", self.drift),
            (None, _) => self.drift.to_string(),
        }
    }

    fn json(&self, is_whole: bool) -> Json {
        let lines = self.lines.as_ref();
        let mut json = json!({
            "drift": self.kind,
            "path": self.path.to_string_lossy(),
            "line": lines.map(|lines| lines.first),
            "changed_lines": lines.map(|lines| lines.changed),
        });
        if let (true, Some(json)) = (is_whole, json.as_object_mut()) {
            json.insert("diff".to_owned(), lines.map(|lines| lines.diff.as_str()).into());
        }
        json
    }

    /// An annotation on GitHub, at the first line that differs.
    fn annotation(&self, diff: &str, fix: &str) -> String {
        let message = match (&self.lines, self.kind) {
            (_, "missing") => "missing: the catalog asks for this file".to_owned(),
            (_, "left over") => "left over: the catalog no longer asks for this file".to_owned(),
            (Some(Lines { changed: 1, .. }), _) => {
                "out of date: 1 line doesn't match the catalog".to_owned()
            }
            (Some(Lines { changed, .. }), _) => {
                format!("out of date: {changed} lines don't match the catalog")
            }
            (None, _) => "out of date: this file doesn't match the template".to_owned(),
        };
        let line = self.lines.as_ref().map(|lines| lines.first);
        let message = format!("{message}\n{diff}help: run `{fix}` and commit what it writes");
        let title = "not-up-to-date";
        let (level, path, columns) = ("error", self.path, None);
        Annotation { level, path, line, columns, title, message: &message }.to_string()
    }
}

impl Lines {
    fn of(path: &Path, old: &str, new: &str) -> Self {
        let diff = TextDiff::from_lines(old, new);
        let changes = || diff.ops().iter().filter(|op| op.tag() != DiffTag::Equal);
        let name = path.display().to_string();
        let mut unified = diff.unified_diff();
        let hunk = unified.iter_hunks().next().map(|hunk| hunk.to_string()).unwrap_or_default();
        Self {
            first: changes().next().map_or(0, |op| op.old_range().start) + 1,
            changed: changes().map(|op| op.old_range().len().max(op.new_range().len())).sum(),
            excerpt: format!("--- {name}\n+++ {name}\n{}", cut(&hunk)),
            diff: unified.header(&name, &name).to_string(),
        }
    }
}

/// The start of a hunk.
fn cut(hunk: &str) -> String {
    let mut start = String::new();
    for line in hunk.lines().take(MAX_LINES) {
        let shown: String = line.chars().take(MAX_WIDTH).collect();
        let cut = if shown.len() < line.len() { "…" } else { "" };
        start += &format!("{}{cut}\n", diagnostic::escaped(&shown));
    }
    let rest = hunk.lines().count().saturating_sub(MAX_LINES);
    if rest > 0 {
        start += &format!("… {} more\n", counted(rest, "line"));
    }
    start
}
