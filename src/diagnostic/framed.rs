//! Errors in the form of rustc's: each line of a file with its number, and below it what is meant.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::file::Mark;
use super::text::{LONG, Message, WINDOW, escaped, shown};
use crate::yaml::Span;

/// Two places of a diagnostic that are more lines apart than this get two snippets: the printer walks
/// every line from the first to the last one.
const ONE_SNIPPET: usize = 100;

pub(super) fn print(message: &Message, colors: bool) -> String {
    let renderer = if colors { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group(message)])
}

fn group<'a>(message: &Message<'a>) -> Group<'a> {
    let title = Level::ERROR.primary_title(escaped(message.text));
    let mut group = Group::with_title(match message.rule {
        Some(rule) => title.id(rule),
        None => title,
    });
    if let Some(own) = message.marks.first() {
        let is_near = |mark: &&Mark| {
            let lines = mark.span.line.abs_diff(own.span.line);
            let is_beside = lines > 0 || mark.span.column.abs_diff(own.span.column) <= WINDOW / 2;
            mark.path == own.path && lines <= ONE_SNIPPET && is_beside
        };
        let (near, far): (Vec<&Mark>, Vec<&Mark>) = message.marks.iter().partition(is_near);
        let near: Vec<Labelled> = near.into_iter().map(|mark| (mark.span, mark.label)).collect();
        group = snippet(group, &near, &own.lines, own.path);
        for mark in far {
            group = snippet(group, &[(mark.span, mark.label)], &mark.lines, mark.path);
        }
    }
    if let Some(why) = message.why {
        group = group.element(Level::NOTE.message(why));
    }
    group.element(Level::HELP.message(escaped(message.help)))
}

/// A place and its label. The place of the problem itself has none.
type Labelled<'m> = (Span, Option<&'m str>);

/// Adds the lines of some places in one file to a group.
pub(crate) fn snippet<'a>(
    group: Group<'a>,
    marks: &[Labelled],
    lines: &[&str],
    path: &str,
) -> Group<'a> {
    let first = marks.iter().map(|(span, _)| span.line).min().unwrap_or(1);
    let last = marks.iter().map(|(span, _)| span.line).max().unwrap_or(1);
    let mut source = String::new();
    let mut annotations = Vec::new();
    let mut is_cut = false;
    for number in first..=last {
        let start = source.len();
        let text = line(lines, number);
        let here = || marks.iter().filter(|(span, _)| span.line == number);
        is_cut |= text.len() > LONG;
        let (text, skipped) = shown(text, here().next().map_or(1, |(span, _)| span.column));
        source += &text;
        for (span, label) in here() {
            let text = source.get(start..).unwrap_or_default();
            let column = (span.column - 1).saturating_sub(skipped);
            let from = start + byte_offset(text, column);
            let to = start + byte_offset(text, column + span.length);
            let kind =
                if label.is_none() { AnnotationKind::Primary } else { AnnotationKind::Context };
            annotations.push(kind.span(from..to).label(label.map(escaped)));
        }
        source.push('\n');
    }
    let snippet = Snippet::source(source).line_start(first).annotations(annotations);
    let path = escaped(path);
    if !is_cut {
        return group.element(snippet.path(path));
    }
    // The printer would count the column in what is left of the line.
    let place = marks.first().map_or(Span::START, |(span, _)| *span);
    group.element(Origin::path(path).line(place.line).char_column(place.column)).element(snippet)
}

fn line<'t>(lines: &[&'t str], number: usize) -> &'t str {
    lines.get(number.saturating_sub(1)).copied().unwrap_or_default()
}

fn byte_offset(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(offset, _)| offset)
}
