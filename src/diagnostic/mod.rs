//! Problems in a file: what is wrong, where, why it matters and what to do. Every diagnostic has all four.

mod copies;
mod excerpt;
mod file;
#[cfg(feature = "cli")]
mod framed;
#[cfg(feature = "cli")]
mod github;
#[cfg(feature = "cli")]
mod json;
#[cfg(any(test, not(feature = "cli")))]
mod plain;
mod report;
mod selection;
mod sources;
mod text;

pub(crate) use copies::Copies;
pub(crate) use excerpt::Excerpt;
pub use file::Diagnostics;
pub(crate) use file::VALUE;
pub(crate) use report::Report;
pub(crate) use sources::{Source, Sources};
#[cfg(feature = "cli")]
pub(crate) use {
    framed::snippet,
    github::Annotation,
    json::{escaped as escaped_json, to_line as json_line},
    text::{escaped, harmless},
};

use crate::yaml::{NodeId, Span, SyntaxError};

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
    /// A part of the text, where the file could not be read further or is not YAML.
    Text(Span),
    Scalar(NodeId),
}

/// One problem in a file: what is wrong, where, why it matters and what to do.
#[derive(Debug)]
pub struct Diagnostic {
    rule: &'static Rule,
    message: String,
    place: Place,
    /// The part of the value that it is about, as the file spells it.
    part: Option<String>,
    also: Vec<(Place, String)>,
    help: String,
    /// Whether `allow` at the top of the catalog would silence it.
    can_be_allowed: bool,
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
            message: bounded(message.into()),
            place: Place::Scalar(at),
            part: None,
            also: Vec::new(),
            help: bounded(help.into()),
            can_be_allowed: false,
        }
    }

    /// A diagnostic whose help is the fix that its rule suggests.
    pub(crate) fn of(rule: &'static Rule, at: NodeId, message: impl Into<String>) -> Self {
        Self::new(rule, at, message, rule.fix)
    }

    /// A diagnostic about a file as a whole.
    pub(crate) fn of_file(
        rule: &'static Rule,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            message: bounded(message.into()),
            place: Place::Text(Span::START),
            part: None,
            also: Vec::new(),
            help: bounded(help.into()),
            can_be_allowed: false,
        }
    }

    /// Points to a part of its value.
    pub(crate) fn about(mut self, part: impl Into<String>) -> Self {
        self.part = Some(part.into());
        self
    }

    /// Points to a second place too, the other one of two that clash.
    pub(crate) fn also(mut self, at: NodeId, label: impl Into<String>) -> Self {
        self.also.push((Place::Scalar(at), bounded(label.into())));
        self
    }

    /// Adds to the help that `allow` can silence it, and at which `place`.
    pub(crate) fn or_allow(mut self, place: &str) -> Self {
        let joint = if self.help.ends_with('?') { " Or" } else { ", or" };
        let (help, rule) = (&self.help, self.rule.name);
        self.help = format!("{help}{joint} allow it: `allow: [{rule}]` {place}");
        self.can_be_allowed = true;
        self
    }

    /// The diagnostic about a text that is not YAML.
    pub(crate) fn syntax(rule: &'static Rule, error: SyntaxError) -> Self {
        let point = |(line, column)| Place::Text(Span { line, column, length: 1 });
        Self {
            rule,
            message: bounded(error.message),
            place: point(error.place),
            part: None,
            also: error.also.map(|(place, label)| (point(place), label)).into_iter().collect(),
            help: bounded(error.help),
            can_be_allowed: false,
        }
    }

    /// The same diagnostic, about a part of a file that is not YAML.
    #[cfg(feature = "cli")]
    pub(crate) fn at(mut self, span: Span) -> Self {
        self.place = Place::Text(span);
        self
    }

    /// The value that it is about, if the file could be read.
    pub(crate) fn value(&self) -> Option<NodeId> {
        match self.place {
            Place::Scalar(at) => Some(at),
            Place::Text(_) => None,
        }
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

/// A message with every long value of the file cut short.
fn bounded(text: String) -> String {
    if text.len() <= 300 {
        return text;
    }
    // Between backticks are values, and names that the message lists.
    let most = [300, 80].into_iter().cycle();
    let pieces = text.split('`').zip(most).map(|(piece, most)| cut(piece, most));
    let pieces: Vec<String> = pieces.take(100).collect();
    cut(&pieces.join("`"), 1500)
}

/// A text cut to at most `most` characters.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text.to_owned(),
    }
}
