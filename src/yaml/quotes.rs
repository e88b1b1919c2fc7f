//! Texts in quotes that end too early or too late, in a file that the parser refused.

use super::failure::{Failure, SyntaxError};
use super::lines::{Line, Lines, chars_from};
use super::place::Span;
use super::{Node, NodeId, Value, place};
use crate::text::chars;

/// A text in quotes that ends too early or too late.
pub(super) fn named(text: &str, lines: &Lines, failure: &Failure) -> Option<SyntaxError> {
    let Misquoted { open, close, quote } = misquoted(text, failure.place)?;
    let before: String = lines.at(open.0).text.chars().take(open.1 - 1).collect();
    let is_stray = before.ends_with([']', '}']);
    let unclosed = || {
        if is_stray { SyntaxError::new(open, UNCLOSED, "remove it") } else { unclosed(open, quote) }
    };
    let Some(close) = close else {
        return (is_stray || failure.what.contains("end of stream")).then(unclosed);
    };
    // A text of several lines is indented deeper than its key.
    let key = lines.at(open.0).start();
    let mut others = (open.0 + 1..=close.0).map(|number| lines.at(number));
    if others.any(|other| other.start() <= key && other.member().is_some()) {
        return Some(unclosed());
    }
    let is_double = chars_from(lines.at(close.0), close.1 + 1).next() == Some(quote);
    if is_double {
        let message = "this quote ends the text, but another one follows";
        return Some(SyntaxError::new(close, message, "remove one of the two"));
    }
    if failure.place.0 > close.0 + 1 {
        return None;
    }
    let last = lines.at(close.0);
    let before: String = last.text.chars().take(close.1 - 1).collect();
    if close.0 > open.0 && before.trim_end().ends_with([':', '-', ',', '[', '{']) {
        // What seems to close it is the first quote of the next text.
        return Some(unclosed());
    }
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_apostrophe = quote == '\''
        && is_letter(before.chars().last())
        && is_letter(chars_from(last, close.1 + 1).next());
    let rest: String = chars_from(last, open.1).collect();
    let whole = (close.0 == open.0).then(|| {
        let rest = rest.trim_end();
        let inside =
            rest.get(1..rest.len() - 1).filter(|_| rest.ends_with(quote) && rest.len() > 2);
        inside.map_or_else(|| rest.to_owned(), |inside| inside.replace("''", "'"))
    });
    let sample = whole.filter(|whole| !whole.contains(['{', '}', '[', ']']));
    let sample = sample.map_or(String::new(), |whole| format!(": `{}`", quoted(&whole)));
    Some(if is_apostrophe {
        let message = "this apostrophe ends the text, because the text is in single quotes";
        let help = format!("write `''` for `'`, or put the text in double quotes{sample}");
        SyntaxError::new(close, message, help)
    } else {
        let message = "this quote ends the text, but the line goes on";
        SyntaxError::new(close, message, format!("put quotes around the whole text{sample}"))
    })
}

/// A text of a tree that goes over lines with keys of their own, because its quote is not closed.
pub(super) fn swallowing(root: &Node, text: &str, first: NodeId) -> Option<SyntaxError> {
    let mut texts = Vec::new();
    with_keys(root, &mut texts);
    if texts.is_empty() {
        return None;
    }
    let lines = Lines::of(text);
    place::locate(text, first, &texts).into_iter().find_map(|Span { line, column, .. }| {
        let (start, next) = (lines.at(line), lines.below(lines.at(line))?);
        let quote = chars_from(start, column).next().filter(|c| matches!(c, '"' | '\''))?;
        let of_start = start.text.chars().collect();
        let is_closed = Scanner { lines: vec![of_start] }.close(0, column, quote).is_some();
        let is_swallowed = !is_closed && next.member().is_some() && next.start() <= start.start();
        is_swallowed.then(|| unclosed((line, column), quote))
    })
}

/// Adds the texts on one line that read as if they had keys in them.
fn with_keys(node: &Node, found: &mut Vec<NodeId>) {
    match &node.value {
        Value::Text(text) => {
            // Few texts have a colon, and it is found quickly.
            let has_keys = text.contains(':') && text.matches(": ").nth(1).is_some();
            if has_keys && !text.contains('\n') {
                found.push(node.at);
            }
        }
        Value::List(items) => items.iter().for_each(|item| with_keys(item, found)),
        Value::Mapping(members) => members.iter().for_each(|(_, value)| with_keys(value, found)),
        _ => {}
    }
}

fn unclosed(open: (usize, usize), quote: char) -> SyntaxError {
    let help = format!("write a `{quote}` at the end of the text");
    SyntaxError::new(open, UNCLOSED, help)
}

const UNCLOSED: &str = "this quote is never closed";

/// A text as YAML in quotes, with as few escapes as possible.
pub(super) fn quoted(text: &str) -> String {
    let text = chars::in_typographic_quotes(text).unwrap_or(text);
    match (text.contains(['"', '\\']), text.contains('\'')) {
        (false, _) => format!("\"{text}\""),
        (true, false) => format!("'{text}'"),
        (true, true) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// An escape such as `\U`, without the digits of a character.
pub(super) fn escape(line: Line, place: (usize, usize)) -> Option<SyntaxError> {
    let before: Vec<char> = line.text.chars().take(place.1 - 1).collect();
    let start = before.iter().rposition(|&c| c == '\\')?;
    let sign: String = before.iter().skip(start).take(2).collect();
    let message = format!("in double quotes, `{sign}` begins the number of a character");
    let help = format!("write `\\{sign}`, or put the text in single quotes");
    Some(SyntaxError::new((place.0, start + 1), message, help))
}

/// A text in quotes that is not the whole value.
struct Misquoted {
    /// The line and column of its first quote.
    open: (usize, usize),
    /// Those of its last one; `None` if the file ends first.
    close: Option<(usize, usize)>,
    /// `"` or `'`.
    quote: char,
}

/// The first text in quotes up to a place that is followed by something other than the end of a value,
/// or that the file ends in.
///
/// The parser's error is where such a text ends, or after it, often many lines below.
fn misquoted(text: &str, until: (usize, usize)) -> Option<Misquoted> {
    let lines = text.lines().take(until.0).map(|line| line.chars().collect()).collect();
    let mut scanner = Scanner { lines };
    let mut line = 0;
    while line < until.0.min(scanner.lines.len()) {
        match scanner.line(line) {
            Ok(next) => line = next,
            Err(misquoted) => return Some(misquoted),
        }
    }
    None
}

struct Scanner {
    lines: Vec<Vec<char>>,
}

impl Scanner {
    fn char(&self, line: usize, at: usize) -> Option<char> {
        self.lines.get(line)?.get(at).copied()
    }

    /// Goes over a line. Returns the line to go on with: a text in quotes, or one after `|` or `>`, may
    /// take several.
    fn line(&mut self, first: usize) -> Result<usize, Misquoted> {
        let (mut line, mut at) = (first, 0);
        let mut starts_value = true;
        // Whether only spaces and `- ` came so far.
        let mut is_start = true;
        // The column of the key or `-` that a text after `|` or `>` must be indented deeper than.
        let mut outer = 0;
        while let Some(c) = self.char(line, at) {
            let next = self.char(line, at + 1);
            match c {
                '"' | '\'' if starts_value => {
                    let open = (line + 1, at + 1);
                    let Some((last, end)) = self.close(line, at + 1, c) else {
                        return Err(Misquoted { open, close: None, quote: c });
                    };
                    if !self.ends_value(last, end + 1) {
                        let close = Some((last + 1, end + 1));
                        return Err(Misquoted { open, close, quote: c });
                    }
                    (line, at) = (last, end);
                    (starts_value, is_start) = (false, false);
                }
                '|' | '>' if starts_value && line == first => {
                    return Ok(self.block(line + 1, outer));
                }
                '#' if at == 0 || self.char(line, at - 1).is_some_and(char::is_whitespace) => break,
                ' ' | '\t' => {}
                '-' if starts_value && matches!(next, Some(' ') | None) => outer = at,
                ':' if matches!(next, Some(' ') | None) => starts_value = true,
                // A text can't begin after a bracket that closes, but a stray quote does.
                '[' | '{' | ',' | ']' | '}' => starts_value = true,
                _ => {
                    if is_start {
                        outer = at;
                    }
                    (starts_value, is_start) = (false, false);
                }
            }
            at += 1;
        }
        Ok(line + 1)
    }

    /// The first line after a text of several lines.
    fn block(&self, from: usize, outer: usize) -> usize {
        let is_within = |line: &Vec<char>| match line.iter().position(|c| *c != ' ') {
            Some(indent) => indent > outer,
            None => true,
        };
        let lines = self.lines.iter().skip(from);
        from + lines.take_while(|line| is_within(line)).count()
    }

    /// Where a text in quotes ends.
    fn close(&self, mut line: usize, mut at: usize, quote: char) -> Option<(usize, usize)> {
        loop {
            let Some(c) = self.char(line, at) else {
                (line, at) = (line + 1, 0);
                if line >= self.lines.len() {
                    return None;
                }
                continue;
            };
            let is_double = quote == '\'' && self.char(line, at + 1) == Some('\'');
            match c {
                '\\' if quote == '"' => at += 2,
                c if c == quote && is_double => at += 2,
                c if c == quote => return Some((line, at)),
                _ => at += 1,
            }
        }
    }

    /// Whether the rest of a line from a place on can follow a value in quotes.
    fn ends_value(&self, line: usize, from: usize) -> bool {
        let mut next = from;
        while matches!(self.char(line, next), Some(' ' | '\t')) {
            next += 1;
        }
        match self.char(line, next) {
            None | Some(',' | ']' | '}' | ':') => true,
            Some(c) => c == '#' && next > from,
        }
    }
}
