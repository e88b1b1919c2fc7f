//! What errcat tells about a file: what is wrong, where, why it matters and what to do, all four
//! required. Plain data and the look-up of places. Never decides that something is wrong.

mod github;
mod json;
mod text;

use std::fmt;

use crate::yaml::{NodeId, Span, SyntaxError, locate};

#[cfg(feature = "cli")]
pub(crate) use github::annotation;
pub(crate) use text::Excerpt;

/// The most findings that are printed of one file; the rest is counted.
pub(crate) const MAX_PRINTED: usize = 100;

/// A kind of problem. Its name reads well after "allow".
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable name, such as `duplicate-code`.
    pub name: &'static str,
    /// What the rule finds, to complete "Finds …".
    pub what: &'static str,
    /// Why that is a problem, as a clause without a full stop.
    pub why: &'static str,
    /// What to do about it in general, as a clause without a full stop.
    pub fix: &'static str,
    /// A piece of YAML that breaks the rule.
    pub bad: &'static str,
    /// The same, fixed.
    pub good: &'static str,
}

/// Where a diagnostic points in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// Line and column, where the file could not be read further.
    Point(usize, usize),
    Scalar(NodeId),
}

/// One problem in a file: what is wrong, where, why it matters and what to do.
#[derive(Debug)]
pub struct Diagnostic {
    rule: &'static Rule,
    message: String,
    place: Place,
    also: Vec<(Place, String)>,
    help: String,
}

impl Diagnostic {
    /// A diagnostic about a value: what is wrong with it, and what to do.
    pub(crate) fn new(
        rule: &'static Rule,
        at: NodeId,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            message: message.into(),
            place: Place::Scalar(at),
            also: Vec::new(),
            help: help.into(),
        }
    }

    /// A diagnostic whose help is the fix that its rule suggests.
    pub(crate) fn of(rule: &'static Rule, at: NodeId, message: impl Into<String>) -> Self {
        Self::new(rule, at, message, rule.fix)
    }

    /// Points to a second place too, the other one of two that clash.
    pub(crate) fn also(mut self, at: NodeId, label: impl Into<String>) -> Self {
        self.also.push((Place::Scalar(at), label.into()));
        self
    }

    /// The diagnostic about a text that is not YAML.
    pub(crate) fn syntax(rule: &'static Rule, error: SyntaxError) -> Self {
        let (line, column) = error.place;
        let began = error.began.filter(|&began| began != error.place);
        Self {
            rule,
            message: error.message,
            place: Place::Point(line, column),
            also: began
                .map(|(line, column)| (Place::Point(line, column), "this begins here".to_owned()))
                .into_iter()
                .collect(),
            help: error.help.to_owned(),
        }
    }

    /// Whether it points into a part of the file.
    pub(crate) fn is_within(&self, range: &std::ops::Range<NodeId>) -> bool {
        matches!(self.place, Place::Scalar(at) if range.contains(&at))
    }

    /// The rule that found it.
    #[must_use]
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// What is wrong, as one sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }
}

/// Diagnostics under collection.
#[derive(Debug, Default)]
pub(crate) struct Report {
    list: Vec<Diagnostic>,
    /// How many there are beyond [`MAX_KEPT`].
    unkept: usize,
}

/// Diagnostics beyond this many are only counted: nobody reads them, and those of a million mistakes
/// would take gigabytes.
const MAX_KEPT: usize = 10_000;

impl Report {
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        if self.is_full() { self.unkept += 1 } else { self.list.push(diagnostic) }
    }

    /// Whether further diagnostics are only counted, so that their messages needn't be formatted.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= MAX_KEPT
    }

    /// Counts a diagnostic without keeping it.
    pub(crate) fn count(&mut self) {
        self.unkept += 1;
    }

    /// Adds those diagnostics of another report that pass.
    pub(crate) fn take(&mut self, other: Self, mut passes: impl FnMut(&Diagnostic) -> bool) {
        for diagnostic in other.list {
            if passes(&diagnostic) {
                self.push(diagnostic);
            }
        }
        self.unkept += other.unkept;
    }
}

/// Everything errcat found in one file, in file order. `Display` prints it as rustc prints its own
/// errors, without colours.
pub struct Diagnostics {
    path: String,
    text: String,
    list: Vec<Diagnostic>,
    /// How many more there are than the list holds.
    unlisted: usize,
}

impl Diagnostics {
    pub(crate) fn new(path: &str, text: String, report: Report) -> Self {
        let mut list = report.list;
        list.sort_by_key(|finding| finding.place);
        Self { path: path.to_owned(), text, list, unlisted: report.unkept }
    }

    /// The file the findings are about, as it was named.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether the file is clean.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len() + self.unlisted
    }

    /// The findings, in the order of the file; beyond ten thousand they are only counted.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// The findings as rustc prints its own, with ANSI colours if `colours`.
    #[must_use]
    pub fn to_text(&self, colours: bool) -> String {
        text::render(self, colours)
    }

    /// One JSON object a line: a finding has `rule`, `message`, `path`, `line`, `column`,
    /// `end_column`, `why`, `help` and `also` (other places, with a `message` each); the last line
    /// has `path`, `findings` and `not_shown`.
    #[must_use]
    pub fn to_json(&self) -> String {
        json::render(self)
    }

    /// A workflow command of GitHub Actions a line, which annotates the line of the catalog.
    #[must_use]
    pub fn to_github(&self) -> String {
        github::render(self)
    }

    /// How many findings are counted, but not printed.
    fn not_shown(&self) -> usize {
        self.count().saturating_sub(MAX_PRINTED)
    }

    /// The first findings, each with its places and the value it is about set into its help.
    fn placed(&self) -> impl Iterator<Item = Placed<'_>> {
        let printed = || self.list.iter().take(MAX_PRINTED);
        let places = |finding: &Diagnostic| {
            let also: Vec<Place> = finding.also.iter().map(|&(place, _)| place).collect();
            std::iter::once(finding.place).chain(also)
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
        let value = move |span: Span| {
            let line = lines.get(span.line.saturating_sub(1)).copied().unwrap_or_default();
            line.chars().skip(span.column - 1).take(span.length.min(MAX_VALUE)).collect::<String>()
        };
        printed().map(move |finding| {
            let spans: Vec<Span> = places(finding).map(&span).collect();
            let help = match spans.first() {
                Some(own) if finding.help.contains(VALUE) => {
                    finding.help.replace(VALUE, &value(*own))
                }
                _ => finding.help.clone(),
            };
            Placed { finding, spans, help }
        })
    }
}

/// Stands in a help line for the value that the finding is about, as the file spells it.
pub(crate) const VALUE: &str = "{value}";

/// A longer value is cut: nobody pastes it from a terminal.
const MAX_VALUE: usize = 80;

/// A finding ready to be shown.
struct Placed<'f> {
    finding: &'f Diagnostic,
    /// Its own place first, then those it points to.
    spans: Vec<Span>,
    help: String,
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(false))
    }
}

/// What cargo shows of a build script whose `main` failed: the findings as text.
impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
