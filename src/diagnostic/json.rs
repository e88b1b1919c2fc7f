//! Findings as JSON for tools: one object a line, so that a reader needs no more than a line at a
//! time, and the findings of several catalogs can simply follow one another. Never writes to a
//! stream.

use serde::Serialize;

use super::text::is_steering;
use super::{Findings, Placed};
use crate::yaml::Span;

/// One finding. These names are a promise.
#[derive(Serialize)]
struct Finding<'f> {
    /// The rule's name.
    rule: &'f str,
    /// What is wrong.
    message: &'f str,
    /// Where: lines and columns from 1, in characters; `end_column` is the one after the last.
    path: &'f str,
    line: usize,
    column: usize,
    end_column: usize,
    /// Why it matters.
    why: &'f str,
    /// What to do.
    help: &'f str,
    /// Other places that the finding is about.
    also: Vec<Also<'f>>,
}

#[derive(Serialize)]
struct Also<'f> {
    message: &'f str,
    line: usize,
    column: usize,
    end_column: usize,
}

/// The last line of a file with findings.
#[derive(Serialize)]
struct Summary<'f> {
    path: &'f str,
    /// How many there are.
    findings: usize,
    /// How many of them are not shown.
    not_shown: usize,
}

pub(super) fn render(findings: &Findings) -> String {
    let mut out = String::new();
    for placed in findings.placed() {
        out += &to_json(&finding(&placed, &findings.path));
    }
    let summary = Summary {
        path: &findings.path,
        findings: findings.count(),
        not_shown: findings.not_shown(),
    };
    out + &to_json(&summary)
}

fn finding<'f>(placed: &'f Placed, path: &'f str) -> Finding<'f> {
    let Placed { finding, spans, help } = placed;
    let at = spans.first().copied().unwrap_or(Span::START);
    let also = finding.also.iter().zip(spans.iter().skip(1));
    Finding {
        rule: finding.rule.name,
        message: &finding.message,
        path,
        line: at.line,
        column: at.column,
        end_column: at.column + at.length,
        why: finding.rule.why,
        help,
        also: also
            .map(|((_, message), span)| Also {
                message,
                line: span.line,
                column: span.column,
                end_column: span.column + span.length,
            })
            .collect(),
    }
}

/// Text and numbers alone, which always serialise.
fn to_json(line: &impl Serialize) -> String {
    let json = serde_json::to_string(line).unwrap_or_default();
    let mut out = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        // All of these lie in the basic plane, and in strings.
        if is_steering(c) { out += &format!("\\u{:04x}", c as u32) } else { out.push(c) }
    }
    out + "\n"
}
