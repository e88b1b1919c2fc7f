//! Places in a YAML file: of scalars by their number, of the parser's errors from its messages,
//! and how far a value reaches on its line. Never changes what the parser read.

use std::cell::RefCell;

use serde::de::DeserializeSeed;

use super::{NodeId, Reader, Seed, SyntaxError};

/// What the tree's visitor answers to a tag, so that it can be told from the parser's own errors.
pub(super) const TAG: &str = "a YAML tag is no plain data";

/// Where a value stands: line and column from 1, its length on that line, all in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub line: usize,
    pub column: usize,
    pub length: usize,
}

impl Span {
    /// Where a file starts.
    pub(crate) const START: Self = Self { line: 1, column: 1, length: 1 };
}

/// The places of scalars, in one more pass over the text whatever their number.
///
/// `wanted` ascends; the text is one that [`super::parse`] accepted.
pub(crate) fn locate(text: &str, wanted: &[NodeId]) -> Vec<Span> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let reader = RefCell::new(Reader { wanted: wanted.to_vec(), ..Reader::default() });
    // The same text was parsed before, so there is no error to report a second time.
    let _ = Seed(&reader).deserialize(serde_yaml::Deserializer::from_str(text));
    let found = reader.into_inner().found;
    let mut lines = text.lines().enumerate();
    let mut current = (0, "");
    found
        .into_iter()
        .map(|((line, column), value)| {
            while current.0 < line {
                let Some((index, content)) = lines.next() else { break };
                current = (index + 1, content);
            }
            let rest: String = current.1.chars().skip(column - 1).collect();
            let length = match value {
                Some(value) if !value.is_empty() && rest.starts_with(&value) => {
                    value.chars().count()
                }
                _ => reach(&rest),
            };
            Span { line, column, length }
        })
        .collect()
}

/// How many characters the scalar takes that `rest` of a line begins with, if its value does not
/// stand there as it is: in quotes, on several lines, or no text.
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

/// Line and column that the parser added to an error of ours. At 1:1 it adds nothing.
pub(super) fn place_in(message: &str) -> (usize, usize) {
    message.rfind(" at line ").and_then(|at| numbers(message.get(at..)?)).unwrap_or((1, 1))
}

/// The first two numbers of a text.
fn numbers(text: &str) -> Option<(usize, usize)> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok());
    // The parser's place for the end of an empty file is line 0.
    let mut next = || numbers.next().map(|n: usize| n.max(1));
    Some((next()?, next()?))
}

/// The parser's message, such as "surfaces[0]: mapping values are not allowed in this context at
/// line 3 column 9, while scanning a simple key at line 2 column 1", taken apart.
pub(super) fn syntax_error(text: &str, message: &str) -> SyntaxError {
    let (error, began) = message.split_once(", while ").unwrap_or((message, ""));
    let what = error.rfind(" at line ").and_then(|at| error.get(..at)).unwrap_or(error);
    let what = what.rsplit("]: ").next().unwrap_or(what);
    let is_second = what.contains("more than one document");
    let mut place = place_in(error);
    if is_second {
        place = second_document(text);
    }
    let known = HELP.iter().find(|(words, _)| what.contains(words));
    SyntaxError {
        place,
        message: if is_second {
            "a second document begins here".to_owned()
        } else {
            format!("this is no YAML: {what}")
        },
        help: known.map_or("see https://yaml.org/spec/1.2.2 for the syntax", |(_, help)| help),
        is_yaml: false,
        began: began.contains(" at line ").then(|| place_in(began)),
    }
}

/// The error about the tag, anchor or alias that stands at the place of a message.
pub(super) fn plain_data(text: &str, message: &str) -> SyntaxError {
    let place = place_in(message);
    let line = text.lines().nth(place.0 - 1).unwrap_or_default();
    let (what, help) = match line.chars().nth(place.1 - 1) {
        Some('&') => ("an anchor", "remove it, or put the value in quotes if it is meant as text"),
        Some('*') => {
            ("an alias", "write the value out, or put it in quotes if it is meant as text")
        }
        _ => ("a tag", "remove it, or put the value in quotes if it is meant as text"),
    };
    SyntaxError {
        place,
        message: format!("this is {what} of YAML"),
        help,
        is_yaml: true,
        began: None,
    }
}

/// The parser does not say where the second document starts.
fn second_document(text: &str) -> (usize, usize) {
    let mut content = false;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with("---") && content {
            return (index + 1, 1);
        }
        content |=
            !line.trim().is_empty() && !line.starts_with(['#', '%', '-']) || line.starts_with("- ");
    }
    (1, 1)
}

/// What to do about the parser's commonest messages.
const HELP: &[(&str, &str)] = &[
    (
        "mapping values are not allowed",
        "put a value that contains `: ` in quotes, or indent the line as those beside it",
    ),
    ("tab character", "indent with spaces"),
    ("expected '-' indicator", "indent the line as those beside it"),
    ("cannot start any token", "put a value that starts with this character in quotes"),
    ("unexpected end of stream", "close the quotes or brackets that are still open"),
    (
        "did not find expected key",
        "check the indentation, and put a value that begins or ends with a quote in quotes",
    ),
    (
        "more than one document",
        "keep one document a file: remove everything from the second `---` on",
    ),
    ("recursion limit", "nest less deeply: a catalog needs no more than ten levels"),
    ("repetition limit", "write the data out instead of repeating it with aliases"),
    ("unknown anchor", "put a value that starts with `*` in quotes"),
];
