//! Findings as text for people, in the form rustc made familiar. Characters that could steer a
//! terminal or reverse a line never get through. Never writes to a stream.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostics, Placed};
use crate::text::chars;
use crate::yaml::Span;

/// Two places of one finding further apart than this many lines are shown as two snippets: the
/// printer walks every line between the first and the last it is given.
const ONE_SNIPPET: usize = 100;

pub(super) fn render(findings: &Diagnostics, colours: bool) -> String {
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let lines: Vec<&str> = findings.text.lines().collect();
    let mut out = String::new();
    for placed in findings.placed() {
        out += &renderer.render(&[group(&placed, &lines, &findings.path)]);
        out += "\n\n";
    }
    let count = findings.count();
    if findings.not_shown() > 0 {
        out += &format!("{} more findings are not shown\n\n", findings.not_shown());
    }
    let noun = if count == 1 { "finding" } else { "findings" };
    out + &format!("{count} {noun} in {}\n", escaped(&findings.path))
}

fn group<'a>(placed: &Placed, lines: &[&str], path: &str) -> Group<'a> {
    let Placed { finding, spans, help } = placed;
    let title = Level::ERROR.primary_title(escaped(&finding.message)).id(finding.rule.name);
    let labels = finding.also.iter().map(|(_, label)| Some(label.as_str()));
    let marks: Vec<Mark> = spans.iter().copied().zip(std::iter::once(None).chain(labels)).collect();
    let (near, far): (Vec<Mark>, Vec<Mark>) = match marks.first() {
        Some((first, _)) => {
            let line = first.line;
            marks.into_iter().partition(|(span, _)| span.line.abs_diff(line) <= ONE_SNIPPET)
        }
        None => (marks, Vec::new()),
    };
    let mut group = title.element(snippet(&near, lines, path));
    for mark in far {
        group = group.element(snippet(&[mark], lines, path));
    }
    group.element(Level::NOTE.message(finding.rule.why)).element(Level::HELP.message(escaped(help)))
}

/// A place and what to say there; the place without words is the finding's own.
type Mark<'m> = (Span, Option<&'m str>);

fn snippet<'a>(marks: &[Mark], lines: &[&str], path: &str) -> Snippet<'a, Annotation<'a>> {
    let first = marks.iter().map(|(span, _)| span.line).min().unwrap_or(1);
    let last = marks.iter().map(|(span, _)| span.line).max().unwrap_or(1);
    let mut source = String::new();
    let mut annotations = Vec::new();
    for number in first..=last {
        let start = source.len();
        source.extend(line(lines, number).chars().map(harmless));
        for (span, label) in marks.iter().filter(|(span, _)| span.line == number) {
            let text = source.get(start..).unwrap_or_default();
            let from = start + byte_offset(text, span.column - 1);
            let to = start + byte_offset(text, span.column - 1 + span.length);
            let kind =
                if label.is_none() { AnnotationKind::Primary } else { AnnotationKind::Context };
            annotations.push(kind.span(from..to).label(label.map(escaped)));
        }
        source.push('\n');
    }
    Snippet::source(source).line_start(first).path(escaped(path)).annotations(annotations)
}

fn line<'t>(lines: &[&'t str], number: usize) -> &'t str {
    lines.get(number.saturating_sub(1)).copied().unwrap_or_default()
}

fn byte_offset(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(offset, _)| offset)
}

/// Text of a catalog inside a message: what does not print comes out as an escape.
pub(super) fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let escaped = if is_steering(c) { Some(c.escape_unicode()) } else { None };
            let plain = escaped.is_none().then_some(c);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}

/// One character of a source line, which keeps its width in characters, so that columns stay true.
fn harmless(c: char) -> char {
    if is_steering(c) && c != '\t' { '\u{fffd}' } else { c }
}

/// On a terminal even the marks that only set a direction could mislead.
pub(super) fn is_steering(c: char) -> bool {
    chars::is_unprintable(c) || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
}

/// An error that is no finding: a message, the lines of a template it is about, and what to do.
#[derive(Debug)]
pub(crate) struct Excerpt {
    message: String,
    /// The file's name, its text, and the bytes of it that are meant.
    source: Option<(String, String, Range<usize>)>,
    help: String,
}

impl Excerpt {
    pub(crate) fn without_source(message: String, help: String) -> Self {
        Self { message, source: None, help }
    }

    pub(crate) fn new(
        message: String,
        path: String,
        text: String,
        range: Range<usize>,
        help: String,
    ) -> Self {
        Self { message, source: Some((path, text, range)), help }
    }

    pub(crate) fn to_text(&self, colours: bool) -> String {
        let title = Level::ERROR.primary_title(escaped(&self.message));
        let mut group = Group::with_title(title);
        if let Some((path, text, range)) = &self.source {
            let before = text.get(..range.start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let meant = text.get(range.clone()).unwrap_or_default();
            let length = meant.lines().next().unwrap_or_default().chars().count().max(1);
            let lines: Vec<&str> = text.lines().collect();
            group = group.element(snippet(&[(Span { line, column, length }, None)], &lines, path));
        }
        let group = group.element(Level::HELP.message(escaped(&self.help)));
        let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group]) + "\n"
    }
}
