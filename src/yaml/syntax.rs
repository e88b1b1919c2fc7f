//! The parser's error messages → [`SyntaxError`], in words about what the author wrote.

use super::failure::{Failure, SyntaxError, place_in};
use super::lines::Lines;
use super::slips;

/// The error about a text that the parser refused with a message.
pub(super) fn error(text: &str, message: &str) -> SyntaxError {
    let failure = Failure::of(message);
    if let Some(language) = foreign(text) {
        return SyntaxError::new(
            first_line(text),
            format!("this file is {language}, not YAML"),
            "name a YAML file",
        );
    }
    if failure.what.contains("more than one document") {
        let Some(place) = second_document(text) else {
            // The first line is indented, and a later one ends what it began.
            return slips::indented(Lines::of(text).at(first_line(text).0), 0);
        };
        return SyntaxError::new(
            place,
            "a second YAML document begins here",
            "keep one document in a file: remove this line, or move what follows to another file",
        );
    }
    slips::named(text, &failure).unwrap_or_else(|| {
        let known = HELP.iter().find(|(words, _)| failure.what.contains(words));
        let help =
            known.map_or("check the indentation, quotes and brackets here", |(_, help)| help);
        let error =
            SyntaxError::new(failure.place, format!("invalid YAML: {}", failure.what), help);
        match failure.began.filter(|began| *began != failure.place) {
            Some(began) => error.also(began, "this begins here"),
            None => error,
        }
    })
}

/// The error about the tag, anchor or alias at the place of a message.
pub(super) fn plain_data(text: &str, message: &str) -> SyntaxError {
    let place = place_in(message);
    let line = text.lines().nth(place.0 - 1).unwrap_or_default();
    let (what, help) = match line.chars().nth(place.1 - 1) {
        Some('&') => ("anchor", "remove it, or put the value in quotes if it is meant as text"),
        Some('*') => ("alias", "write the value out, or put it in quotes if it is meant as text"),
        _ => ("tag", "remove it, or put the value in quotes if it is meant as text"),
    };
    let error = SyntaxError::new(place, format!("this is a YAML {what}"), help);
    SyntaxError { is_yaml: true, ..error }
}

/// The language of a file that plainly isn't YAML, by its first line.
pub(crate) fn foreign(text: &str) -> Option<&'static str> {
    let mut lines = text.lines().map(str::trim);
    let is_content = |line: &&str| !line.is_empty() && !line.starts_with('#');
    let first = lines.find(is_content)?;
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    let is_section = first
        .strip_prefix('[')
        .and_then(|line| line.strip_suffix(']'))
        .is_some_and(|name| is_name(name.trim_matches(['[', ']'])));
    if is_section && lines.find(is_content).is_some_and(|line| line.contains('=')) {
        return Some("TOML");
    }
    if first.starts_with("<?xml") {
        return Some("XML");
    }
    let first = first.to_ascii_lowercase();
    (first.starts_with("<!doctype") || first.starts_with("<html")).then_some("HTML")
}

/// The place of the first line that is not blank.
fn first_line(text: &str) -> (usize, usize) {
    let is_blank = |line: &&str| line.trim().is_empty() || line.trim_start().starts_with('#');
    (text.lines().take_while(is_blank).count() + 1, 1)
}

/// Where the second document starts, which the parser does not say; `None` if no marker begins one.
fn second_document(text: &str) -> Option<(usize, usize)> {
    let mut is_begun = false;
    for (index, line) in text.lines().enumerate() {
        let marker = line.get(..3).filter(|marker| ["---", "..."].contains(marker));
        if marker.is_some() && is_begun {
            return Some((index + 1, 1));
        }
        is_begun |= !line.trim().is_empty() && !line.starts_with(['#', '%']);
    }
    None
}

/// What to do about messages of the parser that say enough by themselves.
const HELP: &[(&str, &str)] = &[
    ("recursion limit", "nest less deeply: a catalog needs at most ten levels"),
    ("repetition limit", "write the data out instead of repeating it with aliases"),
    ("unknown anchor", "put a value that starts with `*` in quotes"),
];
