//! Findings as JSON for tools: one object a line, so that a reader needs no more than a line at a
//! time, and the findings of several catalogs can simply follow one another. Never writes to a
//! stream.

use serde_json::{Value as Json, json};

use super::text::is_steering;
use super::{Diagnostics, Placed};
use crate::yaml::Span;

pub(super) fn render(findings: &Diagnostics) -> String {
    let mut out = String::new();
    for placed in findings.placed() {
        out += &to_line(&finding(&placed, &findings.path));
    }
    // The last line of a file with findings.
    out + &to_line(&json!({
        "path": findings.path,
        "findings": findings.count(),
        "not_shown": findings.not_shown(),
    }))
}

/// One finding. These names are a promise. Lines and columns count from 1, in characters;
/// `end_column` is the one after the last.
fn finding(placed: &Placed, path: &str) -> Json {
    let Placed { finding, spans, help } = placed;
    let at = spans.first().copied().unwrap_or(Span::START);
    let also = finding.also.iter().zip(spans.iter().skip(1)).map(|((_, message), span)| {
        json!({
            "message": message,
            "line": span.line,
            "column": span.column,
            "end_column": span.column + span.length,
        })
    });
    json!({
        "rule": finding.rule.name,
        "message": finding.message,
        "path": path,
        "line": at.line,
        "column": at.column,
        "end_column": at.column + at.length,
        "why": finding.rule.why,
        "help": help,
        "also": also.collect::<Vec<_>>(),
    })
}

fn to_line(json: &Json) -> String {
    let json = json.to_string();
    let mut out = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        // All of these lie in the basic plane, and in strings.
        if is_steering(c) { out += &format!("\\u{:04x}", c as u32) } else { out.push(c) }
    }
    out + "\n"
}
