//! Findings as commands that GitHub shows as annotations of the catalog's lines: "Workflow commands
//! for GitHub Actions", whose escapes keep text of a catalog from being a command of its own.
//! Never writes to a stream.

#[cfg(feature = "cli")]
use std::path::Path;

use super::{Findings, Placed};
use crate::yaml::Span;

pub(super) fn render(findings: &Findings) -> String {
    let mut out = String::new();
    for placed in findings.placed() {
        out += &command(&placed, &findings.path);
    }
    let not_shown = findings.not_shown();
    if not_shown > 0 {
        let path = property(&findings.path);
        out +=
            &format!("::error file={path},title=errcat::{not_shown} more findings are not shown\n");
    }
    out
}

/// An annotation of a file that is no catalog.
#[cfg(feature = "cli")]
pub(crate) fn annotation(path: &Path, line: Option<usize>, title: &str, message: &str) -> String {
    let line = line.map_or_else(String::new, |line| format!(",line={line}"));
    let path = property(&path.to_string_lossy());
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
        property(path),
        at.column,
        at.column + at.length,
        property(finding.rule.name),
        data(&message),
        line = at.line,
    )
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
