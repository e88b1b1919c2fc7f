//! Where values are in a YAML file: line, column and length.

use super::{NodeId, failure, tree};

/// Where a value is: line and column from 1, and its length on that line, all in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub line: usize,
    pub column: usize,
    pub length: usize,
}

impl Span {
    /// The start of a file.
    pub(crate) const START: Self = Self { line: 1, column: 1, length: 1 };
}

/// The places of scalars. This takes one more pass over the text, however many they are.
///
/// `wanted` ascends; the text is one that [`super::parse`] accepted, with the same `first`.
pub(crate) fn locate(text: &str, first: NodeId, wanted: &[NodeId]) -> Vec<Span> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut lines = text.lines().enumerate();
    let mut current = (0, "");
    let span = |found: tree::Found| {
        let (line, column) = failure::place_in(&found.message);
        while current.0 < line {
            let Some((index, content)) = lines.next() else { break };
            current = (index + 1, content);
        }
        let rest: String = current.1.chars().skip(column - 1).collect();
        let length = match found.text {
            Some(text) if !text.is_empty() && rest.starts_with(&text) => text.chars().count(),
            _ => reach(&rest),
        };
        Span { line, column, length }
    };
    tree::find(text, first, wanted).into_iter().map(span).collect()
}

/// The rest of the line from each scalar on. `wanted` ascends.
pub(crate) fn sources<'t>(text: &'t str, first: NodeId, wanted: &[NodeId]) -> Vec<&'t str> {
    let mut lines = text.lines().enumerate();
    let mut current = (0, "");
    let source = |span: Span| {
        while current.0 < span.line {
            let Some((index, line)) = lines.next() else { break };
            current = (index + 1, line);
        }
        let start = current.1.char_indices().nth(span.column - 1).map(|(start, _)| start);
        start.and_then(|start| current.1.get(start..)).unwrap_or_default()
    };
    locate(text, first, wanted).into_iter().map(source).collect()
}

/// How many characters a scalar takes of the `rest` of its line, where the file doesn't spell it as
/// its value: it is in quotes, takes several lines, or isn't text.
fn reach(rest: &str) -> usize {
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let end = if let Some(quote) = quote {
        let mut escaped = false;
        rest.char_indices().skip(1).find_map(|(i, c)| {
            let closes = c == quote && !escaped;
            escaped = quote == '"' && c == '\\' && !escaped;
            closes.then_some(i + 1)
        })
    } else {
        let ends = [": ", " #", ", ", "]", "}"].iter().filter_map(|end| rest.find(end));
        ends.min().or_else(|| rest.ends_with(':').then(|| rest.len() - 1))
    };
    let value = rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest);
    value.trim_end().chars().count().max(1)
}
