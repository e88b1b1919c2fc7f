//! Names the mistake behind an error of the parser. The parser says where it could not go on; the
//! mistake is there or in the lines before.

use super::failure::{Failure, SyntaxError};
use super::lines::{Line, Lines, chars_from};
use super::quotes::{self, quoted};
use super::spaces;
use crate::text::spans;

/// What begins a text of several lines.
const BLOCK: [&str; 6] = ["|", ">", "|-", ">-", "|+", ">+"];

/// The mistake in a text that the parser refused, if it is a common one.
pub(super) fn named(text: &str, failure: &Failure) -> Option<SyntaxError> {
    let lines = Lines::of(text);
    let line = lines.at(failure.place.0);
    let says = |words: &str| failure.what.contains(words);
    if let Some(error) = spaces::odd(&lines, failure) {
        return Some(error);
    }
    if let Some(error) = quotes::named(text, &lines, failure) {
        return Some(error);
    }
    if says("could not find expected ':'") {
        return colon(&lines, lines.at(failure.began?.0));
    }
    if says("mapping values are not allowed") {
        return unexpected_colon(&lines, failure);
    }
    if says("expected '-' indicator") {
        return among_items(&lines, failure);
    }
    if says("did not find expected key") {
        return among_members(&lines, failure);
    }
    if says("did not find expected ','") {
        return bracket(&lines, failure);
    }
    if says("found unknown escape character") {
        let escape: String = chars_from(line, failure.place.1).take(2).collect();
        return Some(SyntaxError::new(
            failure.place,
            format!("`{escape}` means nothing in double quotes"),
            format!("write `\\{escape}`, or put the text in single quotes"),
        ));
    }
    if says("expected hexadecimal number") || says("Unicode character escape code") {
        return quotes::escape(line, failure.place);
    }
    if says("expected alphabetic or numeric character") {
        return failure.began.map(|began| dash(lines.at(began.0)));
    }
    if says("expected comment or line break") {
        return failure.began.map(|began| first_character(lines.at(began.0), began));
    }
    let is_start = [
        "cannot start any token",
        "did not find expected node content",
        "block sequence entries are not allowed",
        "mapping keys are not allowed",
    ];
    is_start.into_iter().any(says).then(|| first_character(line, failure.place))
}

/// A line that should be `key: value`, but lacks the colon or the space after it.
fn colon(lines: &Lines, line: Line) -> Option<SyntaxError> {
    if line.member().is_some() {
        return None;
    }
    let content = line.content().trim_end();
    let start = (line.number, line.start() + 1);
    if let Some(comment) =
        ["//", "/*", "--", ";"].iter().find_map(|sign| content.strip_prefix(sign))
    {
        let help = format!("write `# {}`", comment.trim_end_matches("*/").trim());
        return Some(SyntaxError::new(start, "in YAML a comment begins with `#`", help));
    }
    if let Some((key, value)) = content.split_once(':')
        && value.starts_with(['[', '{', '"', '\''])
    {
        let message = format!("a space is missing after `{key}:`");
        return Some(SyntaxError::new(start, message, format!("write `{key}: {value}`")));
    }
    let opener = lines.above(line).and_then(Line::member).map(|(_, value)| value);
    if let Some(opener) = opener.filter(|opener| BLOCK.contains(opener)) {
        let message = format!("the text after `{opener}` must be indented deeper than its key");
        return Some(SyntaxError::new(
            start,
            message,
            "indent each line of the text by two more spaces",
        ));
    }
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_-?.".contains(c);
    let end = content.find(|c| !is_name(c)).unwrap_or(content.len());
    let (key, rest) = content.split_at_checked(end)?;
    let place = (line.number, line.start() + 1);
    if key.is_empty() || rest.starts_with("://") {
        let message = "this line has no key before its value";
        let help = "write it as `key: value`, or indent it deeper if it continues the text above";
        return Some(SyntaxError::new(place, message, help));
    }
    let value = rest.trim_start_matches([' ', '=', ':']);
    let fixed = format!("write `{}`", format!("{key}: {value}").trim_end());
    let (message, help) = match rest.trim_start().chars().next() {
        Some(':') => (format!("a space is missing after `{key}:`"), fixed),
        Some('=') => (format!("a `=` follows `{key}` instead of a colon"), fixed),
        Some(_) => (
            format!("a colon is missing after `{key}`"),
            format!("{fixed}, or indent the line deeper if it continues the text above"),
        ),
        None => (format!("a colon is missing after `{key}`"), format!("write `{key}:`")),
    };
    Some(SyntaxError::new(place, message, help))
}

/// A colon where no key can be: in a text without quotes, or after a line that is not what it seems.
fn unexpected_colon(lines: &Lines, failure: &Failure) -> Option<SyntaxError> {
    let line = lines.at(failure.place.0);
    let Some((key, value)) = line.member() else {
        return colon(lines, lines.above(line)?);
    };
    if failure.place.1 > line.start() + key.chars().count() + 1 {
        let value = quoted(value);
        return Some(SyntaxError::new(
            failure.place,
            "a text without quotes can't contain a colon and a space",
            format!(
                "put it in quotes: `{key}: {value}`; or begin a new line if this is a new field"
            ),
        ));
    }
    let above = lines.above(line)?;
    if let Some(error) = colon(lines, above) {
        return Some(error);
    }
    let is_dedented = lines.above(above).is_some_and(|first| first.start() == line.start());
    if is_dedented && above.start() < line.start() {
        return Some(indented(above, line.start()));
    }
    if lacks_dash(lines, above) {
        return Some(dash(above));
    }
    Some(indented(line, above.start()))
}

/// Whether a line begins an item, as those below it do, but has no `-`.
fn lacks_dash(lines: &Lines, line: Line) -> bool {
    let below = std::iter::successors(lines.below(line), |line| lines.below(*line));
    let mut siblings = below.take_while(|other| other.indent() >= line.indent());
    !line.is_item() && siblings.any(|other| other.indent() == line.indent() && other.is_item())
}

fn dash(line: Line) -> SyntaxError {
    let place = (line.number, line.start() + 1);
    let is_bullet = |c: char| "-*+•·–— ".contains(c);
    let content = line.content().trim_end().trim_start_matches(is_bullet);
    let help = format!("write `- {content}`");
    SyntaxError::new(place, "each item of a list begins with `- `, but this line does not", help)
}

/// A line with content that should be indented like its neighbors.
pub(super) fn indented(line: Line, start: usize) -> SyntaxError {
    let wanted = start.saturating_sub(line.start() - line.indent());
    let given = spaces_of(line.indent());
    let message = format!("this line is indented by {given}, its neighbors by {wanted}");
    let help = match wanted {
        0 => "remove the spaces before it".to_owned(),
        wanted => format!("indent it like its neighbors: {}", spaces_of(wanted)),
    };
    SyntaxError::new((line.number, line.indent() + 1), message, help)
}

fn spaces_of(number: usize) -> String {
    if number == 1 { "1 space".to_owned() } else { format!("{number} spaces") }
}

/// A line of a text of several lines that is indented less than the first one.
fn within_text(lines: &Lines, line: Line) -> Option<SyntaxError> {
    let mut above = std::iter::successors(lines.above(line), |line| lines.above(*line));
    let is_opener = |line: &Line| line.member().is_some_and(|(_, value)| BLOCK.contains(&value));
    let opener = above.find(|above| above.indent() < line.indent()).filter(is_opener)?;
    let first = lines.below(opener).filter(|first| first.indent() > line.indent())?;
    let (given, wanted) = (spaces_of(line.indent()), first.indent());
    let message =
        format!("this line is indented by {given}, but the text that it belongs to by {wanted}");
    let help = "indent no line of a text less than its first one";
    Some(SyntaxError::new((line.number, line.indent() + 1), message, help))
}

/// A line between the items of a list that is not an item.
fn among_items(lines: &Lines, failure: &Failure) -> Option<SyntaxError> {
    let line = lines.at(failure.place.0);
    let began = failure.began?;
    let list = began.1 - 1;
    let above = lines.above(line)?;
    if let Some(first) = outlier(lines, line).filter(|first| first.is_item() && !line.is_item()) {
        return Some(indented(first, line.start()));
    }
    let first = lines.at(began.0);
    if first.text.trim_start().starts_with("- - ") {
        let place = (first.number, first.indent() + 1);
        let message = "two `-` begin a list within a list";
        return Some(SyntaxError::new(place, message, format!("write `- {}`", first.content())));
    }
    let content = line.text.trim_start_matches(' ');
    if !line.is_item() && content.starts_with('-') {
        let help = format!("write `- {}`", content.trim_start_matches('-').trim_end());
        let place = (line.number, line.indent() + 1);
        return Some(SyntaxError::new(place, "a space is missing after the `-`", help));
    }
    if line.is_item() {
        return Some(indented(line, list + line.start() - line.indent()));
    }
    let key = |line: Line<'_>| line.member().map(|(key, _)| key.to_owned());
    let begins_item = key(line).is_some() && key(line) == key(lines.at(began.0));
    let is_alone = lines.below(line).is_some_and(|below| below.start() == above.start());
    if line.indent() == list && (begins_item || !is_alone) {
        return Some(dash(line));
    }
    Some(indented(line, above.start()))
}

/// A line between the members of a mapping that is not a member.
fn among_members(lines: &Lines, failure: &Failure) -> Option<SyntaxError> {
    let line = lines.at(failure.place.0);
    if failure.place.1 > line.start() + 1 {
        match chars_from(line, failure.place.1).next() {
            Some(wrong @ (']' | '}')) => {
                let message = format!("this `{wrong}` closes nothing");
                return Some(SyntaxError::new(failure.place, message, "remove it"));
            }
            Some(',') => {
                let message = "a comma separates values only between `[` and `]`, or `{` and `}`";
                let help = "remove it, or put brackets around the whole list";
                return Some(SyntaxError::new(failure.place, message, help));
            }
            _ => {}
        }
        // Text after a list or mapping in brackets.
        let (_, value) = line.member()?;
        let before = line.text.len() - line.text.trim_end().len() + value.len();
        let column = line.text.len() - before + 1;
        return value.starts_with(['[', '{']).then(|| first_character(line, (line.number, column)));
    }
    if let Some(error) = within_text(lines, line) {
        return Some(error);
    }
    let start = failure.began.map(|began| began.1 - 1);
    if !line.is_item() {
        if let Some(first) = outlier(lines, line) {
            return Some(indented(first, line.start()));
        }
        return Some(indented(line, start.or_else(|| Some(lines.above(line)?.start()))?));
    }
    let first = failure.began.map(|began| lines.at(began.0));
    if let Some(first) = first.filter(|first| !first.is_item() && line.indent() < first.start()) {
        let is_value =
            lines.above(first).and_then(Line::member).is_some_and(|(_, value)| value.is_empty());
        if is_value {
            return Some(dash(first));
        }
    }
    let mut above = std::iter::successors(lines.above(line), |line| lines.above(*line));
    if failure.began.is_none() {
        let key = above.clone().find(|above| above.indent() <= line.indent())?;
        let first = lines.below(key)?;
        if key.member().is_some_and(|(_, value)| value.is_empty()) && !first.is_item() {
            return Some(dash(first));
        }
    }
    let is_near = |other: &Line| other.is_item() && other.indent().abs_diff(line.indent()) <= 2;
    let Some(item) = above.find(is_near) else {
        let message = "a list begins here, among the fields of a mapping";
        let help = "indent the list below the key that it belongs to";
        return Some(SyntaxError::new((line.number, line.indent() + 1), message, help));
    };
    Some(indented(line, item.indent() + line.start() - line.indent()))
}

/// The first of three lines below a key, if the second, which is given, is indented like the third.
fn outlier<'t>(lines: &Lines<'t>, second: Line<'t>) -> Option<Line<'t>> {
    let (first, third) = (lines.above(second)?, lines.below(second)?);
    let key = lines.above(first)?;
    let is_key = key.member().is_some_and(|(_, value)| value.is_empty());
    (is_key && key.start() < second.start() && second.start() == third.start()).then_some(first)
}

/// A bracket that is not closed, or a comma that is missing between brackets.
fn bracket(lines: &Lines, failure: &Failure) -> Option<SyntaxError> {
    let line = lines.at(failure.place.0);
    // The parser leaves out the first place in a file.
    let open = failure.began.unwrap_or((1, 1));
    let opening = chars_from(lines.at(open.0), open.1).next()?;
    let closing = if opening == '{' { '}' } else { ']' };
    let takes_lines = chars_from(lines.at(open.0), open.1 + 1).all(char::is_whitespace);
    let at = chars_from(line, failure.place.1).next();
    if failure.place.0 > open.0 && !takes_lines || at.is_none() && lines.below(line).is_none() {
        let help = format!("write a `{closing}` at the end of the line");
        return Some(SyntaxError::new(open, format!("this `{opening}` is never closed"), help));
    }
    let (message, help) = match at {
        Some(wrong @ (']' | '}')) => {
            (format!("this `{wrong}` closes a `{opening}`"), format!("write `{closing}` instead"))
        }
        Some(':') => (
            "a comma is missing before this key".to_owned(),
            "write a comma before it, or put a text that contains `: ` in quotes".to_owned(),
        ),
        Some(sign @ ('{' | '[')) => (
            format!("a text without quotes ends before this `{sign}`"),
            "put the whole text in quotes, or write a comma between two items".to_owned(),
        ),
        _ => (
            format!("a comma or a `{closing}` is missing before this"),
            format!("write a comma between two items, and `{closing}` after the last"),
        ),
    };
    Some(SyntaxError::new(failure.place, message, help).also(open, "opened here"))
}

/// A text without quotes that begins with a character that means something in YAML.
fn first_character(line: Line, place: (usize, usize)) -> SyntaxError {
    let rest: String = chars_from(line, place.1).collect();
    let text = rest.trim_end();
    let first: String = text.chars().take(1).collect();
    if text.is_empty() {
        return SyntaxError::new(place, "a value is missing here", "write a value");
    }
    let before: String = line.text.chars().take(place.1 - 1).collect();
    if matches!(first.as_str(), "," | "]" | "}") && !before.trim_end().ends_with(':') {
        let message = format!("a value is missing before `{first}`");
        return SyntaxError::new(place, message, format!("write a value, or remove the `{first}`"));
    }
    let or = if first == "-" { "; or begin a list on the next line" } else { "" };
    let help = format!("put it in quotes: {}{or}", spans::code_span(&quoted(text)));
    let first = spans::code_span(&first);
    SyntaxError::new(place, format!("a text without quotes can't begin with {first}"), help)
}
