//! Diagnostics as text for people, in the form of rustc's errors. Characters that could control a
//! terminal or reverse a line are escaped.

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::Diagnostics;
use super::file::{Mark, Placed};
use super::selection::{OfRule, Selection};
use crate::text::chars;
use crate::text::words::counted;
use crate::yaml::Span;

/// Two places of a diagnostic that are more lines apart than this get two snippets: the printer walks
/// every line from the first to the last one.
const ONE_SNIPPET: usize = 100;

impl Diagnostics {
    /// The problems as text for people, with ANSI colors if `colors`. Of many, it has the first of each rule,
    /// and a table with the number of each.
    #[must_use]
    pub fn to_text(&self, colors: bool) -> String {
        let renderer = if colors { Renderer::styled() } else { Renderer::plain() };
        let selection = self.for_people();
        let mut out = String::new();
        for placed in self.placed(&selection.shown) {
            out += &renderer.render(&[group(&placed)]);
            out += "\n\n";
        }
        out += &table(&selection);
        out + &format!("{} in {}\n", counted(self.count(), "problem"), escaped(self.path()))
    }
}

/// The number of problems of each rule, and how to see or silence the rest; empty if all are shown.
fn table(selection: &Selection) -> String {
    let rest = || selection.rules.iter().filter(|one| one.shown < one.found);
    let (Some(most), Some(first)) = (selection.rules.first(), rest().next()) else {
        return String::new();
    };
    let digits = most.found.to_string().len();
    let width = selection.rules.iter().map(|one| one.rule.len()).max().unwrap_or(0);
    let mut out = String::new();
    for OfRule { rule, found, shown, .. } in &selection.rules {
        out += &if shown < found {
            format!("  {found:digits$}  {rule:width$}  ({shown} shown)\n")
        } else {
            format!("  {found:digits$}  {rule}\n")
        };
    }
    out += &format!(
        "\nhelp: `errcat lint --rule {}` shows all of one rule, and `errcat lint --max 100` up to 100 of each\n",
        first.rule
    );
    let allowed = rest().filter(|one| one.can_be_allowed).map(|one| one.rule);
    let allowed: Vec<&str> = allowed.collect();
    if !allowed.is_empty() {
        let allow = format!("`allow: [{}]`", allowed.join(", "));
        out += &format!("help: to fix these later, write {allow} at the top of the catalog\n");
    }
    out + "\n"
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(false))
    }
}

/// The same as `Display`: Cargo prints `Debug` if the `main` of a build script fails.
impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn group<'a>(placed: &Placed<'a>) -> Group<'a> {
    let Placed { diagnostic, own, also, help } = placed;
    let title = Level::ERROR.primary_title(escaped(&diagnostic.message)).id(diagnostic.rule.name);
    let is_near = |mark: &Mark| {
        let lines = mark.span.line.abs_diff(own.span.line);
        let is_beside = lines > 0 || mark.span.column.abs_diff(own.span.column) <= WINDOW / 2;
        mark.file == own.file && lines <= ONE_SNIPPET && is_beside
    };
    let (near, far): (Vec<&Mark>, Vec<&Mark>) =
        std::iter::once(own).chain(also).partition(|mark| is_near(mark));
    let near: Vec<Labelled> = near.into_iter().map(|mark| (mark.span, mark.label)).collect();
    let mut group = snippet(Group::with_title(title), &near, &own.lines, own.path);
    for mark in far {
        group = snippet(group, &[(mark.span, mark.label)], &mark.lines, mark.path);
    }
    group
        .element(Level::NOTE.message(diagnostic.rule.why))
        .element(Level::HELP.message(escaped(help)))
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
        let skipped = if text.len() <= LONG { 0 } else { window_start(here().next()) };
        is_cut |= text.len() > LONG;
        let shown = if text.len() <= LONG { usize::MAX } else { WINDOW };
        source.extend(text.chars().skip(skipped).take(shown).map(harmless));
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

/// A line with more bytes is cut around the first mark in it.
const LONG: usize = 1000;

/// How many characters are left of a long line.
const WINDOW: usize = 400;

/// How many characters of a long line are left out before a mark.
fn window_start(mark: Option<&Labelled>) -> usize {
    mark.map_or(0, |(span, _)| (span.column - 1).saturating_sub(WINDOW / 2))
}

fn line<'t>(lines: &[&'t str], number: usize) -> &'t str {
    lines.get(number.saturating_sub(1)).copied().unwrap_or_default()
}

fn byte_offset(text: &str, chars: usize) -> usize {
    text.char_indices().nth(chars).map_or(text.len(), |(offset, _)| offset)
}

/// Catalog text inside a message, with characters that are not printable escaped.
pub(crate) fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let escaped = if is_steering(c) { Some(c.escape_unicode()) } else { None };
            let plain = escaped.is_none().then_some(c);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}

/// One character for each character of a source line, so that columns stay right.
fn harmless(c: char) -> char {
    if is_steering(c) && c != '\t' { '\u{fffd}' } else { c }
}

/// Whether a character could mislead on a terminal. Marks that only set a direction could, too.
pub(super) fn is_steering(c: char) -> bool {
    chars::is_unprintable(c) || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}')
}
