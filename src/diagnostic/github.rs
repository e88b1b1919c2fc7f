//! Findings as commands that GitHub shows as annotations of the catalog's lines: "Workflow commands
//! for GitHub Actions", whose escapes keep text of a catalog from being a command of its own.
//! Never writes to a stream.

use std::path::{Component, Path, PathBuf};

use super::{Diagnostics, Placed};
use crate::yaml::Span;

pub(super) fn render(findings: &Diagnostics) -> String {
    let mut out = String::new();
    let path = property(&in_repo(Path::new(&findings.path)));
    for placed in findings.placed() {
        out += &command(&placed, &path);
    }
    let not_shown = findings.not_shown();
    if not_shown > 0 {
        out +=
            &format!("::error file={path},title=errcat::{not_shown} more findings are not shown\n");
    }
    out
}

/// An annotation of a file that is no catalog.
#[cfg(feature = "cli")]
pub(crate) fn annotation(path: &Path, line: Option<usize>, title: &str, message: &str) -> String {
    let line = line.map_or_else(String::new, |line| format!(",line={line}"));
    let path = property(&in_repo(path));
    format!("::error file={path}{line},title={title}::{}\n", data(message))
}

fn command(placed: &Placed, path: &str) -> String {
    let Placed { finding, spans, help } = placed;
    let at = spans.first().copied().unwrap_or(Span::START);
    let mut message = finding.message.clone();
    for ((_, label), span) in finding.also.iter().zip(spans.iter().skip(1)) {
        message += &format!(" ({label}: line {}, column {})", span.line, span.column);
    }
    message += &format!("\n{}\nhelp: {}", finding.rule.why, help);
    format!(
        "::error file={},line={line},col={},endLine={line},endColumn={},title={}::{}\n",
        path,
        at.column,
        at.column + at.length,
        property(finding.rule.name),
        data(&message),
        line = at.line,
    )
}

/// A path as GitHub looks for it: from the top of the repo, wherever the command runs.
/// ("Variables reference": `GITHUB_WORKSPACE` is where the repo was checked out.)
#[expect(clippy::disallowed_methods, reason = "GitHub tells it in the environment alone")]
fn in_repo(path: &Path) -> String {
    let from_top = || {
        let top = std::env::var("GITHUB_WORKSPACE").ok()?;
        let mut whole = PathBuf::new();
        for component in std::path::absolute(path).ok()?.components() {
            match component {
                Component::ParentDir => {
                    whole.pop();
                }
                _ => whole.push(component),
            }
        }
        whole.strip_prefix(top).ok().map(Path::to_owned)
    };
    from_top().as_deref().unwrap_or(path).to_string_lossy().replace('\\', "/")
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
