//! The diagnostics of one file, with their places in its text.

use super::{Diagnostic, Place, Report};
use crate::yaml::{NodeId, Span, locate};

/// The most diagnostics that are printed for one file. The rest is counted.
const MAX_PRINTED: usize = 100;

/// Every problem that errcat found in one file, in the order of the file. `Display` prints them as rustc
/// prints its errors, without colors.
pub struct Diagnostics {
    pub(super) path: String,
    pub(super) text: String,
    list: Vec<Diagnostic>,
    /// How many more there are than the list holds.
    unlisted: usize,
}

impl Diagnostics {
    pub(crate) fn new(path: &str, text: String, report: Report) -> Self {
        let mut list = report.list;
        list.sort_by_key(|diagnostic| diagnostic.place);
        Self { path: path.to_owned(), text, list, unlisted: report.unkept }
    }

    /// The path of the file, as it was named.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether the file has no problems.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The number of problems.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len() + self.unlisted
    }

    /// The problems, in the order of the file. Those beyond ten thousand are only counted.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// The number of problems that are counted, but not printed.
    pub(super) fn not_shown(&self) -> usize {
        self.count().saturating_sub(MAX_PRINTED)
    }

    /// The problems to print, each with its places in the text, and with the value it is about in its help.
    pub(super) fn placed(&self) -> impl Iterator<Item = Placed<'_>> {
        let printed = || self.list.iter().take(MAX_PRINTED);
        let places = |diagnostic: &Diagnostic| {
            let also: Vec<Place> = diagnostic.also.iter().map(|&(place, _)| place).collect();
            std::iter::once(diagnostic.place).chain(also)
        };
        let mut wanted: Vec<NodeId> = printed()
            .flat_map(places)
            .filter_map(|place| match place {
                Place::Scalar(at) => Some(at),
                Place::Point(..) => None,
            })
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let found = locate(&self.text, &wanted);
        let span = move |place| match place {
            Place::Point(line, column) => Span { line, column, length: 1 },
            Place::Scalar(at) => wanted
                .binary_search(&at)
                .ok()
                .and_then(|index| found.get(index).copied())
                .unwrap_or(Span::START),
        };
        let lines: Vec<&str> = self.text.lines().collect();
        let value = |span: Span, line: &str| {
            line.chars().skip(span.column - 1).take(span.length.min(MAX_VALUE)).collect::<String>()
        };
        printed().map(move |diagnostic| {
            let lines_from =
                |number: usize| lines.get(number.saturating_sub(1)..).unwrap_or_default();
            let mut spans: Vec<Span> = places(diagnostic).map(&span).collect();
            if let (Some(own), Some(part)) = (spans.first_mut(), &diagnostic.part) {
                *own = within(*own, lines_from(own.line), part);
            }
            let help = match spans.first() {
                Some(own) if diagnostic.help.contains(VALUE) => {
                    let line = lines_from(own.line).first().copied().unwrap_or_default();
                    diagnostic.help.replace(VALUE, &value(*own, line))
                }
                _ => diagnostic.help.clone(),
            };
            Placed { diagnostic, spans, help }
        })
    }
}

/// The place of a part of a value, or of the whole value if no line of it has such a part. `lines` begin with
/// its first one.
fn within(value: Span, lines: &[&str], part: &str) -> Span {
    let Some((first, others)) = lines.split_first() else { return value };
    let length = part.chars().count().max(1);
    let own: String = first.chars().skip(value.column - 1).take(value.length).collect();
    if let Some((before, _)) = own.split_once(part) {
        return Span { column: value.column + before.chars().count(), length, ..value };
    }
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_inside = |line: &&&str| line.trim().is_empty() || indent(line) > indent(first);
    let block = others.iter().take_while(is_inside).filter(|_| own.starts_with(['|', '>']));
    let mut found = (value.line + 1..).zip(block).filter_map(|(line, text)| {
        let (before, _) = text.split_once(part)?;
        Some(Span { line, column: before.chars().count() + 1, length })
    });
    found.next().unwrap_or(value)
}

/// A place in a help line for the value that the diagnostic is about, as the file spells it.
pub(crate) const VALUE: &str = "{value}";

/// The longest value in a help line, in characters. The rest is cut.
const MAX_VALUE: usize = 80;

/// A diagnostic with its places.
pub(super) struct Placed<'f> {
    pub diagnostic: &'f Diagnostic,
    /// The place of the problem first, then the other places.
    pub spans: Vec<Span>,
    pub help: String,
}
