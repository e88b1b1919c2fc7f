//! What the author of a wrong field or value probably meant.

use super::schema::{Field, Form, Kind, Mapping};
use crate::text::{chars, suggest};
use crate::yaml::{Node, Value};

/// The field that the author probably meant, among those that the mapping doesn't have yet.
pub(super) fn field_meant(name: &str, value: &Node, free: &[&'static str]) -> Option<&'static str> {
    let plain = plain_key(name);
    let has_no_colon = |field: &str| {
        let rest = plain.strip_prefix(field);
        rest.is_some_and(|rest| rest.starts_with([' ', ':', '=']))
            && matches!(value.value, Value::Null)
    };
    let free = || free.iter().copied();
    let other_word = || {
        let mut fields = OTHER_WORDS.iter().filter(|(words, _)| words.contains(&plain.as_str()));
        fields.find_map(|(_, field)| free().find(|name| name == field))
    };
    let near = || suggest::nearest(&plain, free());
    free().find(|field| has_no_colon(field)).or_else(other_word).or_else(near)
}

/// What lists of errors call a field elsewhere, and its name here.
const OTHER_WORDS: &[(&[&str], &str)] = &[
    (&["error_code", "errorcode", "key", "id"], "code"),
    (&["http_status", "httpstatus", "http_code", "http", "status_code", "statuscode"], "status"),
    (&["message", "description", "title", "summary", "text", "cause"], "meaning"),
    (&["solution", "resolution", "action", "hint", "remedy", "how_to_fix"], "fix"),
    (&["description", "introduction", "about"], "intro"),
    (&["details", "notes", "long_description"], "doc"),
    (&["link", "links", "url", "urls", "docs_url", "see_also"], "see"),
];

/// A key in lower case, without quotes of any kind, odd spaces and control characters.
pub(super) fn plain_key(name: &str) -> String {
    let mut plain = chars::without_odd_spaces(name);
    plain.retain(|c| !chars::is_control(c));
    chars::in_typographic_quotes(&plain).unwrap_or(&plain).to_lowercase()
}

/// A field with a longer name that takes a value, where this one doesn't: `retryable` for `retry: false`.
pub(super) fn longer_name<'f>(
    field: &Field,
    node: &Node,
    mapping: &'f Mapping,
    free: &[&str],
) -> Option<&'f Field> {
    let is_meant = |other: &&Field| {
        free.contains(&other.name)
            && other.name.starts_with(field.name)
            && other.kind.holds(&node.value)
    };
    mapping.fields.iter().find(is_meant).filter(|_| !field.kind.accepts(&node.value))
}

/// A text as the author probably meant it, if it has the form then.
pub(super) fn respelled(text: &str, form: &Form) -> Option<String> {
    let joined = |separator| text.split_whitespace().collect::<Vec<_>>().join(separator);
    let snake = joined("_").to_lowercase().replace('-', "_");
    let own = form.meant.and_then(|meant| meant(text));
    let spellings = [text.to_owned(), joined("_"), snake, joined(""), joined("").to_lowercase()];
    own.into_iter().chain(spellings).find(|meant| (form.holds)(meant))
}

/// A text as the value of a kind that the author probably meant: `404` for `404 Not Found`.
pub(super) fn meant(text: &str, kind: &Kind) -> Option<String> {
    kind.choices().iter().find_map(|kind| match kind {
        Kind::Integer(range) => integer_meant(text)
            .filter(|value| range.contains(*value))
            .map(|value| value.to_string()),
        Kind::Boolean => boolean_meant(text).map(str::to_owned),
        Kind::Form(form) => respelled(text, form),
        Kind::Text | Kind::Rule => Some(text.to_owned()),
        Kind::List(item) => list_meant(text, item),
        _ => None,
    })
}

/// The only integer in a text.
fn integer_meant(text: &str) -> Option<i64> {
    let text = text.replace('_', "");
    let whole = text.strip_suffix(".0").unwrap_or(&text);
    if let Ok(value) = whole.parse() {
        return Some(value);
    }
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let first = numbers.next()?.parse().ok()?;
    numbers.next().is_none().then_some(first)
}

fn boolean_meant(text: &str) -> Option<&'static str> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "true" | "t" => Some("true"),
        "no" | "n" | "off" | "false" | "f" => Some("false"),
        _ => None,
    }
}

fn list_meant(text: &str, item: &Kind) -> Option<String> {
    let is_number = item.choices().iter().any(|kind| matches!(kind, Kind::Integer(_)));
    let separates = |c: char| c == ',' || is_number && (c.is_whitespace() || "/;|".contains(c));
    let items = text.trim_matches(['[', ']']).split(separates).map(str::trim);
    let items: Option<Vec<String>> = items
        .filter(|item| !item.is_empty())
        .map(|text| item.choices().iter().find_map(|kind| meant(text, kind)))
        .collect();
    items.filter(|items| !items.is_empty()).map(|items| format!("[{}]", items.join(", ")))
}
