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
        let line_of =
            move |number: usize| lines.get(number.saturating_sub(1)).copied().unwrap_or_default();
        let value = |span: Span, line: &str| {
            line.chars().skip(span.column - 1).take(span.length.min(MAX_VALUE)).collect::<String>()
        };
        printed().map(move |diagnostic| {
            let mut spans: Vec<Span> = places(diagnostic).map(&span).collect();
            if let (Some(own), Some(part)) = (spans.first_mut(), &diagnostic.part) {
                *own = within(*own, line_of(own.line), part);
            }
            let help = match spans.first() {
                Some(own) if diagnostic.help.contains(VALUE) => {
                    diagnostic.help.replace(VALUE, &value(*own, line_of(own.line)))
                }
                _ => diagnostic.help.clone(),
            };
            Placed { diagnostic, spans, help }
        })
    }
}

/// The place of a part of a value, or of the whole value if its line has no such part.
fn within(value: Span, line: &str, part: &str) -> Span {
    let rest: String = line.chars().skip(value.column - 1).take(value.length).collect();
    let Some((before, _)) = rest.split_once(part) else { return value };
    let column = value.column + before.chars().count();
    Span { column, length: part.chars().count().max(1), ..value }
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
