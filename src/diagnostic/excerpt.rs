//! An error that is not a problem of a catalog, such as that of a template.

use std::ops::Range;

use super::file::Mark;
use super::text::{Message, print};
use crate::yaml::Span;

/// An error message, the lines of a file that it is about, and what to do.
#[derive(Debug)]
pub(crate) struct Excerpt {
    message: String,
    /// The path of the file, its text, and the bytes of it that the message is about.
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

    pub(crate) fn to_text(&self, colors: bool) -> String {
        let marks = self.source.iter().map(|(path, text, range)| {
            let before = text.get(..range.start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let meant = text.get(range.clone()).unwrap_or_default();
            let length = meant.lines().next().unwrap_or_default().chars().count().max(1);
            let span = Span { line, column, length };
            Mark { path, lines: text.lines().collect(), span, label: None }
        });
        let message = Message {
            rule: None,
            text: &self.message,
            marks: marks.collect(),
            why: None,
            help: &self.help,
        };
        print(&message, colors) + "\n"
    }
}
