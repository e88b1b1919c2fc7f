//! Tabs, and characters that only look like a space, where YAML wants a space.

use super::failure::{Failure, SyntaxError};
use super::lines::{Line, Lines};
use super::{Node, NodeId, Value, place};
use crate::text::chars;

/// Such a character in a text that the parser refused: in the indentation, or next to a `-` or a colon.
pub(super) fn odd(lines: &Lines, failure: &Failure) -> Option<SyntaxError> {
    let line = lines.at(failure.place.0);
    let began = failure.began.map(|began| lines.at(began.0));
    let began = began.filter(|_| failure.what.contains("could not find expected ':'"));
    let near = began.into_iter().chain(lines.above(line)).chain([line]);
    // The parser goes on after a line that it took for the end of all mappings.
    let is_key = |line: &Line| line.member().is_some_and(|(key, _)| starts_oddly(key));
    let above = (1..line.number).rev().map(|number| lines.at(number)).filter(is_key);
    near.chain(above).find_map(|line| {
        let (column, c, place) = place_in(line)?;
        Some(error((line.number, column), c, place))
    })
}

/// Such a character before a key of a tree, where the parser takes it for a part of the key.
pub(super) fn before_key(root: &Node, text: &str, first: NodeId) -> Option<SyntaxError> {
    let mut keys = Vec::new();
    odd_keys(root, &mut keys);
    let spans = place::locate(text, first, &keys);
    spans.into_iter().find_map(|span| {
        let c = text.lines().nth(span.line - 1)?.chars().nth(span.column - 1)?;
        // In quotes it belongs to the key.
        let error = || error((span.line, span.column), c, "before this key");
        chars::is_odd_space(c).then(error)
    })
}

/// Adds the keys of a tree that start with such a character.
fn odd_keys(node: &Node, keys: &mut Vec<NodeId>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| odd_keys(item, keys)),
        Value::Mapping(members) => {
            for (key, value) in members {
                if matches!(&key.value, Value::Text(name) if starts_oddly(name)) {
                    keys.push(key.at);
                }
                odd_keys(value, keys);
            }
        }
        _ => {}
    }
}

fn starts_oddly(key: &str) -> bool {
    key.starts_with(chars::is_odd_space)
}

fn error(place: (usize, usize), c: char, where_it_is: &str) -> SyntaxError {
    let message = format!("{} is {where_it_is}", chars::named(c));
    let help = match c {
        '\t' => "use spaces instead: YAML forbids a tab here",
        c if c.is_whitespace() => "use a space of the keyboard instead",
        _ => "remove it",
    };
    SyntaxError::new(place, message, help)
}

/// The column of such a character, and where in the line it is.
fn place_in(line: Line) -> Option<(usize, char, &'static str)> {
    let is_odd = |c: char| c == '\t' || chars::is_odd_space(c);
    let mut place = "in the indentation";
    for (column, c) in (1..).zip(line.text.chars()) {
        match c {
            ' ' => {}
            '-' => place = "after the `-`",
            c if is_odd(c) => return Some((column, c, place)),
            _ => break,
        }
    }
    let colon = line.text.chars().position(|c| c == ':')?;
    let at = |index: usize| line.text.chars().nth(index).filter(|&c| chars::is_odd_space(c));
    let before = colon.checked_sub(1).and_then(at).map(|c| (colon, c, "before the colon"));
    before.or_else(|| at(colon + 1).map(|c| (colon + 2, c, "after the colon")))
}
