//! What a cell says: a code, statuses, whether to retry, a text.

use crate::catalog::{Code, forms, status};
use crate::text::chars;

use super::table::Cell;

/// A code. Digits are an integer unless the document has them as text.
pub(super) fn code(cell: &Cell) -> Option<Code> {
    let text = line(&cell.text)?;
    let text = in_marks(&text).to_owned();
    if is_range(&text) {
        return None;
    }
    let integer = text.parse::<i64>().ok().filter(|number| number.to_string() == text);
    let range = forms::INTEGER_CODE.min..=forms::INTEGER_CODE.max;
    match integer.filter(|number| !cell.is_text && range.contains(number)) {
        Some(number) => Some(Code::Integer(number)),
        None => (forms::CODE.holds)(&text).then_some(Code::Text(text.into())),
    }
}

/// Whether a text is a range of numbers: `-32000 to -32099`.
fn is_range(text: &str) -> bool {
    let is_number = |text: &str| text.trim().parse::<i64>().is_ok();
    let marks = [" to ", " through ", "–", "…", "...", "..", " - "];
    let ends = marks.iter().find_map(|mark| text.split_once(mark)).or_else(|| {
        let at = text.get(1..)?.find('-')?;
        Some((text.get(..=at)?, text.get(at + 2..)?))
    });
    ends.is_some_and(|(from, to)| is_number(from) && is_number(to))
}

/// A text without the marks around all of it.
fn in_marks(text: &str) -> &str {
    let inner = [('`', '`'), ('"', '"'), ('\'', '\'')].into_iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.is_empty() && !inner.contains([open, close])).then_some(inner)
    });
    inner.unwrap_or(text).trim()
}

/// The statuses that a cell names, as in `400, 422` or `401 Unauthorized`; also by phrase alone. Empty if
/// it names a whole class or a range.
pub(super) fn statuses(text: &str) -> Vec<u16> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let words: Vec<&str> =
        text.split(|c: char| !is_part(c)).filter(|word| !word.is_empty()).collect();
    let is_range = text.contains(['-', '–']) && words.len() == 2 && text.len() < 12;
    let mut found = Vec::new();
    for word in words {
        let number = word.parse().ok().filter(|number| word.len() == 3 && is_status(*number));
        if let Some(number) = number.filter(|number| !found.contains(number)) {
            found.push(number);
        }
    }
    if found.len() == 2 && is_range {
        return Vec::new();
    }
    if found.is_empty() {
        found.extend(by_phrase(text));
    }
    found
}

/// Whether an error of the catalog can have a status.
pub(super) fn is_status(number: u16) -> bool {
    let range = forms::STATUS.min..=forms::STATUS.max;
    range.contains(&i64::from(number))
}

/// The status with this phrase, however its words are joined.
fn by_phrase(text: &str) -> Option<u16> {
    let letters = |text: &str| -> String {
        text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase()
    };
    let wanted = letters(text);
    (400..600).find(|code| status::reason(*code).is_some_and(|reason| letters(reason) == wanted))
}

/// The status that a text begins with, and the rest: `401 - Invalid Authentication`.
pub(super) fn leading_status(text: &str) -> Option<(u16, &str)> {
    let text = text.trim_start_matches(['`', '*']).trim_start();
    let text = text.strip_prefix("HTTP").unwrap_or(text).trim_start();
    let (digits, rest) = text.split_at_checked(3)?;
    let number = digits.parse().ok().filter(|number| (100..600).contains(number))?;
    let ends = !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.');
    let rest = rest.trim_start_matches([' ', '-', '–', '—', ':', '`', '*', '(']).trim();
    let rest = if rest.contains('(') { rest } else { rest.trim_end_matches(')') };
    (ends && !digits.contains('+')).then_some((number, rest))
}

/// Whether a text begins with a status, or with a class of them such as `5xx`.
pub(super) fn begins_with_status(text: &str) -> bool {
    let text = text.trim_start_matches(['`', '*']);
    let is_class = text.split_at_checked(3).is_some_and(|(class, _)| {
        class.starts_with(|c: char| ('1'..='5').contains(&c))
            && class.to_lowercase().ends_with("xx")
    });
    is_class || leading_status(text).is_some()
}

/// Whether to retry, as `yes`, `✓`, `Never` or `No, …`.
pub(super) fn retryable(text: &str) -> Option<bool> {
    let lower = text.trim().to_lowercase();
    let first = lower.split(|c: char| c.is_whitespace() || ",.;:(–—".contains(c)).next()?;
    match first {
        "yes" | "y" | "true" | "✓" | "✔" | "✔️" | "✅" | "☑" | "1" | "always" | "retryable"
        | "retriable" | "retry" | "safe" => Some(true),
        "no" | "n" | "false" | "✗" | "✘" | "✖" | "❌" | "✕" | "×" | "0" | "never" | "don't"
        | "don’t" | "do" | "not" | "non-retryable" | "none" => Some(false),
        _ => None,
    }
}

/// The lines of a text as one, with a full stop between sentences that have none.
pub(super) fn joined(text: &str) -> Option<String> {
    let mut joined = String::new();
    for line in text.lines().filter_map(line) {
        let is_new = line.starts_with(char::is_uppercase);
        if is_new && joined.ends_with(|c: char| c.is_alphanumeric() || c == ')' || c == '`') {
            joined.push('.');
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined += &line;
    }
    (!joined.is_empty()).then_some(joined)
}

/// A text on one line, without what no catalog may contain; none if it says nothing.
pub(super) fn line(text: &str) -> Option<String> {
    let kept = |c: char| if c.is_whitespace() { ' ' } else { c };
    let text: String =
        text.chars().map(kept).filter(|&c| c == ' ' || !chars::is_unprintable(c)).collect();
    let text = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let text = chars::without_odd_spaces(&text);
    let text = text.trim();
    let says_nothing = ["", "-", "–", "—", "n/a", "na", "none", "null", "tbd", "todo", "?", "..."];
    let lower = text.to_lowercase();
    (!says_nothing.contains(&lower.as_str())).then(|| text.to_owned())
}

/// A text as paragraphs, with a blank line between them.
pub(super) fn paragraphs(text: &str) -> Option<String> {
    let lines: Vec<String> = text.lines().filter_map(|text| line(text).map(plain_start)).collect();
    (!lines.is_empty()).then(|| lines.join("\n\n"))
}

/// A paragraph that doesn't begin like Markdown.
fn plain_start(text: String) -> String {
    let is_mark = |c: char| "#>|*+".contains(c);
    if text.starts_with(is_mark) || text.starts_with("```") {
        return text.trim_start_matches(|c: char| is_mark(c) || c == '`' || c == ' ').to_owned();
    }
    text
}
