//! Filters from value to value, which lay out rather than escape: what they return is as raw as
//! what they got, but for the cases, which leave identifier characters alone. Never marks other
//! text as safe.

use std::collections::BTreeMap;

use minijinja::{Environment, Error, ErrorKind, Value, filters, tests};

use super::{data, markdown, text_of};
use crate::catalog::retry::Backoff;
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
    env.add_filter("durations", |times: &Value| durations(times));
    env.add_filter("waits", |retry: &Value| waits(retry));
    env.add_filter("json_text", |value: &Value| data::compact(value));
    env.add_filter("by_status", |errors: &Value| by_status(errors));
    env.add_filter("by_tag", |catalog: &Value| by_tag(catalog));
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
    let (size, unit) = unit_of(&[ms]);
    let count = ms / size;
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// The largest unit that holds each of these without a rest: its milliseconds and its name.
fn unit_of(times: &[u64]) -> (u64, &'static str) {
    let units = [(86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"), (1000, "second")];
    let holds = |size: u64| times.iter().all(|ms| *ms != 0 && ms.is_multiple_of(size));
    units.into_iter().find(|(size, _)| holds(*size)).unwrap_or((1, "millisecond"))
}

/// The waits before the retries of an error's `retry`, in words and without jitter: `1, 2 and 4
/// seconds`. Of more than a person would read, the first ones and the longest.
fn waits(retry: &Value) -> Result<String, Error> {
    let number = |name: &str| u64::try_from(retry.get_attr(name)?);
    let after = retry.get_attr("after_ms")?;
    let after = if after.is_none() { 0 } else { u64::try_from(after)? };
    let (max, retries) = (number("max_ms")?, number("retries")?);
    let backoff =
        Backoff { initial: number("initial_ms")?, max, factor: number("factor")?, retries };
    let waits: Vec<u64> = backoff.waits().into_iter().map(|wait| wait.max(after)).collect();
    if retries > MAX_WAITS {
        let first = waits.get(..3).unwrap_or_default();
        let is_whole = usize::try_from(retries).is_ok_and(|retries| retries == waits.len());
        let longest = waits.last().filter(|_| is_whole).copied().unwrap_or(max.max(after));
        return Ok(format!("{} and so on, up to {}", counted(first, ", "), duration(longest)));
    }
    Ok(counted(&waits, " and "))
}

/// Milliseconds in words, likewise: `1, 2 and 4 seconds`; of more than a person would read the
/// first ones and the last.
fn durations(times: &Value) -> Result<String, Error> {
    let times: Result<Vec<u64>, Error> = times.try_iter()?.map(u64::try_from).collect();
    let times = times?;
    match (times.get(..3), times.last()) {
        (Some(first), Some(&last)) if times.len() as u64 > MAX_WAITS => {
            Ok(format!("{} and so on, up to {}", counted(first, ", "), duration(last)))
        }
        _ => Ok(counted(&times, " and ")),
    }
}

/// More waits than this are not told one by one.
const MAX_WAITS: u64 = 8;

/// Times in the largest unit that holds all of them.
fn counted(times: &[u64], last: &str) -> String {
    let (size, unit) = unit_of(times);
    let mut counted = String::new();
    for (index, ms) in times.iter().enumerate() {
        let between = if index + 1 == times.len() { last } else { ", " };
        counted += if index == 0 { "" } else { between };
        counted += &(ms / size).to_string();
    }
    let is_one = times.len() == 1 && counted == "1";
    counted + " " + unit + if is_one { "" } else { "s" }
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

/// Errors by their groups, in the order of the catalog: `[{tag, errors: [{surface, error}]}]`. A group
/// without errors is not among them.
fn by_tag(catalog: &Value) -> Result<Vec<Value>, Error> {
    let mut groups = Vec::new();
    let mut numbers = BTreeMap::new();
    for tag in catalog.get_attr("tags")?.try_iter()? {
        numbers.insert(tag.get_attr("name")?.to_string(), groups.len());
        groups.push((tag, Vec::new()));
    }
    for surface in catalog.get_attr("surfaces")?.try_iter()? {
        for error in surface.get_attr("errors")?.try_iter()? {
            for name in error.get_attr("tags")?.try_iter()? {
                let number = name.as_str().and_then(|name| numbers.get(name));
                // A name that is not declared is one that the catalog allows.
                if let Some((_, errors)) = number.and_then(|number| groups.get_mut(*number)) {
                    errors.push(Value::from_pairs([
                        ("surface", surface.clone()),
                        ("error", error.clone()),
                    ]));
                }
            }
        }
    }
    groups.retain(|(_, errors)| !errors.is_empty());
    let groups = groups
        .into_iter()
        .map(|(tag, errors)| Value::from_pairs([("tag", tag), ("errors", Value::from(errors))]));
    Ok(groups.collect())
}
