//! Filters from value to value, which lay out rather than escape: what they return is as raw as
//! what they got, but for the cases, which leave identifier characters alone. Never marks other
//! text as safe.

use std::collections::BTreeMap;

use minijinja::{Environment, Error, ErrorKind, Value, filters, tests};

use super::{data, markdown, text_of};
use crate::catalog::text;
use crate::ident::{Case, in_case};

/// The cases, with the names that other generators' templates use for them.
pub(crate) const CASES: &[(&str, Case)] = &[
    ("snake_case", Case::Snake),
    ("screaming_snake_case", Case::ScreamingSnake),
    ("camel_case", Case::Camel),
    ("pascal_case", Case::Pascal),
    ("kebab_case", Case::Kebab),
];

pub(super) fn install(env: &mut Environment) {
    for &(name, case) in CASES {
        env.add_filter(name, move |value: &Value| {
            let text = text_of(name, value)?;
            in_case(text, case).map(Value::from_safe_string).ok_or_else(|| {
                let message = format!("`{name}` found no ASCII letter or digit in `{text}`");
                Error::new(ErrorKind::InvalidOperation, message)
            })
        });
    }
    env.add_filter("sentence", |value: &Value| text_of("sentence", value).map(sentence));
    // Text that is Markdown inside another language, such as a description in OpenAPI.
    env.add_filter("as_markdown", |value: &Value| {
        text_of("as_markdown", value).map(markdown::text)
    });
    env.add_filter("code_span", |value: &Value| text_of("code_span", value).map(text::code_span));
    env.add_filter("duration", duration);
    env.add_filter("json_text", |value: &Value| data::compact(value));
    env.add_filter("by_status", |errors: &Value| by_status(errors));
    env.add_filter("join", join);
    built_in(env);
}

/// The engine's own filters and tests that select and count, but do not change text.
fn built_in(env: &mut Environment) {
    env.add_filter("default", filters::default);
    env.add_filter("first", filters::first);
    env.add_filter("items", filters::items);
    env.add_filter("last", filters::last);
    env.add_filter("length", filters::length);
    env.add_filter("list", filters::list);
    env.add_filter("map", filters::map);
    env.add_filter("reject", filters::reject);
    env.add_filter("rejectattr", filters::rejectattr);
    env.add_filter("select", filters::select);
    env.add_filter("selectattr", filters::selectattr);
    env.add_filter("sort", filters::sort);
    env.add_filter("unique", filters::unique);
    env.add_filter("zip", filters::zip);
    env.add_test("defined", tests::is_defined);
    env.add_test("eq", tests::is_eq);
    env.add_test("in", tests::is_in);
    env.add_test("integer", tests::is_integer);
    env.add_test("mapping", tests::is_mapping);
    env.add_test("ne", tests::is_ne);
    env.add_test("none", tests::is_none);
    env.add_test("number", tests::is_number);
    env.add_test("sequence", tests::is_sequence);
    env.add_test("string", tests::is_string);
    env.add_test("undefined", tests::is_undefined);
}

/// A text with a full stop, unless it ends with a mark of its own.
fn sentence(text: &str) -> String {
    let ends = text.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', ';']);
    if ends { text.to_owned() } else { format!("{text}.") }
}

/// Milliseconds in words, in the largest unit that holds them without a rest: `90 seconds`.
fn duration(ms: u64) -> String {
    let units = [
        (86_400_000, "day"),
        (3_600_000, "hour"),
        (60_000, "minute"),
        (1000, "second"),
        (1, "millisecond"),
    ];
    let whole = units.into_iter().find(|(size, _)| ms != 0 && ms.is_multiple_of(*size));
    let (size, unit) = whole.unwrap_or((1, "millisecond"));
    let count = ms / size;
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// The items with a text between them. The engine's own would mark the result as safe if the items
/// are, whatever stands between them.
fn join(items: &Value, between: &str) -> Result<String, Error> {
    let mut joined = String::new();
    for (index, item) in items.try_iter()?.enumerate() {
        if index > 0 {
            joined += between;
        }
        match item.as_str() {
            Some(text) => joined += text,
            None => joined += &item.to_string(),
        }
    }
    Ok(joined)
}

/// Errors by the statuses they are sent with, ascending: `[{status, errors}]`.
fn by_status(errors: &Value) -> Result<Vec<Value>, Error> {
    let mut groups: BTreeMap<u16, Vec<Value>> = BTreeMap::new();
    for error in errors.try_iter()? {
        for status in error.get_attr("statuses")?.try_iter()? {
            groups.entry(u16::try_from(status)?).or_default().push(error.clone());
        }
    }
    let groups = groups.into_iter().map(|(status, errors)| {
        Value::from_pairs([("status", Value::from(status)), ("errors", Value::from(errors))])
    });
    Ok(groups.collect())
}
