//! Filters from value to value, and tests. Their results still need a typed filter, except those of the
//! cases, which consist of identifier characters.

use std::fmt::Write as _;

use minijinja::{Environment, Error, ErrorKind, Value, filters, tests};

use super::{data, groups, markdown, slots, text_of};
use crate::catalog::retry::Backoff;
use crate::text::ident::{Case, in_case, is_inherited};
use crate::text::python_version::python_version;
use crate::text::{spans, waits};

/// The cases. Their names are those that templates of other generators use.
pub(crate) const CASES: &[(&str, Case)] = &[
    ("snake_case", Case::Snake),
    ("screaming_snake_case", Case::ScreamingSnake),
    ("camel_case", Case::Camel),
    ("pascal_case", Case::Pascal),
    ("kebab_case", Case::Kebab),
];

/// A filter from value to value, or a test.
pub(crate) struct Helper {
    pub name: &'static str,
    /// One line for people who write templates.
    pub about: &'static str,
    /// The expression that the docs show the result of.
    pub example: &'static str,
    add: fn(&mut Environment, &'static str),
}

/// Every filter from value to value, except the cases.
pub(crate) const HELPERS: &[Helper] = &[
    Helper {
        name: "sentence",
        about: "a text with a full stop, unless it ends with punctuation",
        example: r#""No active session" | sentence"#,
        add: |env, name| env.add_filter(name, sentence),
    },
    Helper {
        name: "sentences",
        about: "texts as sentences, one after another; none is left out",
        example: r#"["No active session", none, "Sign in."] | sentences"#,
        add: |env, name| env.add_filter(name, sentences),
    },
    Helper {
        name: "code_span",
        about: "a text as a code span, whatever backticks are in it",
        example: r#""a`b" | code_span"#,
        add: |env, name| add_of_text(env, name, spans::code_span),
    },
    Helper {
        name: "as_markdown",
        about: "a text as Markdown, for a string in another language that readers see as Markdown",
        example: r#""*all* of `it`" | as_markdown"#,
        add: |env, name| add_of_text(env, name, markdown::description),
    },
    Helper {
        name: "duration",
        about: "milliseconds in words, in the largest unit that reads well",
        example: "90000 | duration",
        add: |env, name| env.add_filter(name, waits::wait),
    },
    Helper {
        name: "durations",
        about: "a list of milliseconds in words; of a long one, the first and the last",
        example: "[1000, 2000, 4000] | durations",
        add: |env, name| {
            env.add_filter(name, |times: &Value| -> Result<String, Error> {
                let times: Result<Vec<u64>, Error> = times.try_iter()?.map(u64::try_from).collect();
                Ok(waits::waits(&times?))
            });
        },
    },
    Helper {
        name: "waits",
        about: "the waits before the retries of an error's `retry`: a list of milliseconds",
        example: r#"{"after_ms": none, "initial_ms": 1000, "max_delay_ms": 30000, "factor": 2, "retries": 6} | waits"#,
        add: |env, name| env.add_filter(name, |retry: &Value| waits_of(retry)),
    },
    Helper {
        name: "timeline",
        about: "when each retry is sent, on a scale from 0 to 1000, for a drawing of the waits",
        example: "[1000, 2000, 4000] | timeline",
        add: |env, name| env.add_filter(name, timeline),
    },
    Helper {
        name: "json_text",
        about: "any value as the text of its JSON, for a string that holds JSON",
        example: r#"{"error": "gone"} | json_text"#,
        add: |env, name| env.add_filter(name, |value: &Value| data::compact(value)),
    },
    Helper {
        name: "python_version",
        about: "a semantic version as Python's packages write it",
        example: r#""2.1.0-rc.1" | python_version"#,
        add: |env, name| add_of_text(env, name, python_version),
    },
    Helper {
        name: "by_status",
        about: "a surface's errors by the statuses they are sent with, ascending, and which are retried",
        example: r#"([{"statuses": [502]}] | by_status | first).status"#,
        add: |env, name| env.add_filter(name, groups::by_status),
    },
    Helper {
        name: "index_by_status",
        about: "a catalog's errors by the statuses they are sent with, ascending, each with its surface",
        example: r#"({"surfaces": [{"errors": [{"code": "down", "statuses": [502]}]}]} | index_by_status | first).status"#,
        add: |env, name| env.add_filter(name, groups::index_by_status),
    },
    Helper {
        name: "by_shape",
        about: "surfaces by their shapes: for each shape that looks different, the surfaces that have it",
        example: r#"[{"id": "a", "shape": {"sample": {}}}, {"id": "b", "shape": {"sample": {}}}] | by_shape | length"#,
        add: |env, name| env.add_filter(name, groups::by_shape),
    },
    Helper {
        name: "by_operation",
        about: "a surface's operations that have errors: for each, its errors by status as in `by_status`",
        example: r#"{"errors": [{"name": "a", "statuses": [410]}], "operations": [{"errors": ["a"]}]} | by_operation | length"#,
        add: |env, name| env.add_filter(name, groups::by_operation),
    },
    Helper {
        name: "by_tag",
        about: "the groups of a catalog that have errors: for each, the tag, and its errors with their surfaces",
        example: r#"{"tags": [{"name": "auth"}], "surfaces": [{"errors": [{"tags": ["auth"]}]}]} | by_tag"#,
        add: |env, name| env.add_filter(name, groups::by_tag),
    },
    Helper {
        name: "hash_slots",
        about: "the slots of a hash table of texts, for Rust: the index of a text in the list, or none",
        example: r#"["gone", none, "down"] | hash_slots"#,
        add: |env, name| env.add_filter(name, slots::hash_slots),
    },
    Helper {
        name: "join",
        about: "the items of a list with a text between them; whole numbers print if it has only letters, spaces, `,` and `/`",
        example: r#"[502, 503] | join(" or ")"#,
        add: |env, name| env.add_filter(name, join),
    },
    Helper {
        name: "default",
        about: "another value if a name does not exist; with `true`, also if it is none or empty",
        example: r#"none | default("main", true)"#,
        add: |env, name| env.add_filter(name, filters::default),
    },
    Helper {
        name: "first",
        about: "the first item",
        example: "[502, 503] | first",
        add: |env, name| env.add_filter(name, filters::first),
    },
    Helper {
        name: "last",
        about: "the last item",
        example: "[502, 503] | last",
        add: |env, name| env.add_filter(name, filters::last),
    },
    Helper {
        name: "length",
        about: "how many items, members or characters there are",
        example: "[502, 503] | length",
        add: |env, name| env.add_filter(name, filters::length),
    },
    Helper {
        name: "list",
        about: "the items of any value, as a list",
        example: r#"{"a": 1, "b": 2} | list"#,
        add: |env, name| env.add_filter(name, filters::list),
    },
    Helper {
        name: "items",
        about: "the members of a record as pairs, for a loop over them",
        example: r#"{"a": 1} | items"#,
        add: |env, name| env.add_filter(name, filters::items),
    },
    Helper {
        name: "map",
        about: "a field of each item, or what a filter makes of each",
        example: r#"[{"name": "a"}, {"name": "b"}] | map(attribute="name")"#,
        add: |env, name| env.add_filter(name, filters::map),
    },
    Helper {
        name: "select",
        about: "the items that pass a test; without a test, those that are not none or empty",
        example: r#"["a", none] | select"#,
        add: |env, name| env.add_filter(name, filters::select),
    },
    Helper {
        name: "selectattr",
        about: "the items with a field that passes a test",
        example: r#"[{"n": 1}, {"n": 2}] | selectattr("n", "eq", 2)"#,
        add: |env, name| env.add_filter(name, filters::selectattr),
    },
    Helper {
        name: "reject",
        about: "the items that do not pass a test",
        example: r#"[1, 2] | reject("eq", 2)"#,
        add: |env, name| env.add_filter(name, filters::reject),
    },
    Helper {
        name: "rejectattr",
        about: "the items with a field that does not pass a test",
        example: r#"[{"n": 1}, {"n": 2}] | rejectattr("n", "eq", 2)"#,
        add: |env, name| env.add_filter(name, filters::rejectattr),
    },
    Helper {
        name: "sort",
        about: "the items in order; with `attribute`, by that field",
        example: "[503, 502] | sort",
        add: |env, name| env.add_filter(name, filters::sort),
    },
    Helper {
        name: "unique",
        about: "each item once",
        example: "[502, 503, 502] | unique",
        add: |env, name| env.add_filter(name, filters::unique),
    },
    Helper {
        name: "zip",
        about: "the items of two lists in pairs",
        example: r#"[1, 2] | zip(["a", "b"])"#,
        add: |env, name| env.add_filter(name, filters::zip),
    },
];

/// Every test. All but the first two are the engine's own.
pub(crate) const TESTS: &[Helper] = &[
    Helper {
        name: "heading_id",
        about: "it is an anchor that docs sites take as the id of a heading",
        example: r#""management-rate_limited" is heading_id"#,
        add: |env, name| {
            env.add_test(name, |value: &Value| value.as_str().is_some_and(is_heading_id));
        },
    },
    Helper {
        name: "inherited",
        about: "every object of JavaScript has a member of this name",
        example: r#""constructor" is inherited"#,
        add: |env, name| {
            env.add_test(name, |value: &Value| value.as_str().is_some_and(is_inherited));
        },
    },
    Helper {
        name: "defined",
        about: "the name exists: a misspelled field does not",
        example: "catalog.titel is defined",
        add: |env, name| env.add_test(name, tests::is_defined),
    },
    Helper {
        name: "undefined",
        about: "the name does not exist",
        example: "catalog.titel is undefined",
        add: |env, name| env.add_test(name, tests::is_undefined),
    },
    Helper {
        name: "none",
        about: "it is none: the catalog does not say it",
        example: "none is none",
        add: |env, name| env.add_test(name, tests::is_none),
    },
    Helper {
        name: "string",
        about: "it is text",
        example: r#""gone" is string"#,
        add: |env, name| env.add_test(name, tests::is_string),
    },
    Helper {
        name: "integer",
        about: "it is a whole number",
        example: "1001 is integer",
        add: |env, name| env.add_test(name, tests::is_integer),
    },
    Helper {
        name: "number",
        about: "it is a number",
        example: "1.5 is number",
        add: |env, name| env.add_test(name, tests::is_number),
    },
    Helper {
        name: "mapping",
        about: "it has members",
        example: r#"{"a": 1} is mapping"#,
        add: |env, name| env.add_test(name, tests::is_mapping),
    },
    Helper {
        name: "sequence",
        about: "it is a list",
        example: "[1] is sequence",
        add: |env, name| env.add_test(name, tests::is_sequence),
    },
    Helper {
        name: "eq",
        about: "it equals another value, as `==` does",
        example: "502 is eq(503)",
        add: |env, name| env.add_test(name, tests::is_eq),
    },
    Helper {
        name: "ne",
        about: "it does not equal another value",
        example: "502 is ne(503)",
        add: |env, name| env.add_test(name, tests::is_ne),
    },
    Helper {
        name: "in",
        about: "it is one of a list",
        example: "502 is in([502, 503])",
        add: |env, name| env.add_test(name, tests::is_in),
    },
];

pub(super) fn install(env: &mut Environment) {
    for &(name, case) in CASES {
        env.add_filter(name, move |value: &Value| {
            let text = text_of(name, value)?;
            in_case(&text, case).map(Value::from_safe_string).ok_or_else(|| {
                let message = format!("`{name}` found no ASCII letter or digit in `{text}`");
                Error::new(ErrorKind::InvalidOperation, message)
            })
        });
    }
    for helper in HELPERS.iter().chain(TESTS) {
        (helper.add)(env, helper.name);
    }
}

/// Adds a filter from text to text.
fn add_of_text(env: &mut Environment, name: &'static str, apply: fn(&str) -> String) {
    env.add_filter(name, move |value: &Value| Ok(apply(&text_of(name, value)?)));
}

/// A text with a full stop, unless it ends with a mark of its own.
fn sentence(text: &Value) -> Result<Value, Error> {
    let written = text_of("sentence", text)?;
    Ok(match is_sentence(&written) {
        true if !text.is_safe() => text.clone(),
        // Every result needs a typed filter.
        is_sentence => Value::from([&*written, if is_sentence { "" } else { "." }].concat()),
    })
}

fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', ';'])
}

/// Those of some texts that are not none, as sentences with a space between them.
fn sentences(texts: &Value) -> Result<String, Error> {
    let mut sentences = String::with_capacity(256);
    for text in texts.try_iter()?.filter(|text| !text.is_none()) {
        if !sentences.is_empty() {
            sentences.push(' ');
        }
        let text = text_of("sentences", &text)?;
        sentences.extend([&*text, if is_sentence(&text) { "" } else { "." }]);
    }
    Ok(sentences)
}

/// ASCII words with one `-`, `.`, `_` or `/` between them, or a `:` once. Sites read markup in others, such as
/// `:x:` or `_x_`.
fn is_heading_id(anchor: &str) -> bool {
    let mut words = anchor.split(['-', '.', '_', '/', ':']);
    anchor.matches(':').count() <= 1
        && words
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// The waits before the retries of an error's `retry`, in milliseconds and without jitter. Of many, the
/// first ones and the longest.
fn waits_of(retry: &Value) -> Result<Vec<u64>, Error> {
    let number = |name: &str| u64::try_from(retry.get_attr(name)?);
    let after = retry.get_attr("after_ms")?;
    let after = if after.is_none() { 0 } else { u64::try_from(after)? };
    let backoff = Backoff {
        initial: number("initial_ms")?,
        max: number("max_delay_ms")?,
        factor: number("factor")?,
        retries: number("retries")?,
    };
    Ok(backoff.waits_from(after))
}

/// The items with a text between them. The engine's own filter would mark the result as safe if the items
/// are, even if the text between them is not.
fn join(items: &Value, between: &str) -> Result<Value, Error> {
    let is_harmless = |c: u8| c.is_ascii_alphabetic() || b" ,/".contains(&c);
    let mut is_safe = between.bytes().all(is_harmless);
    let mut joined = String::new();
    for (index, item) in items.try_iter()?.enumerate() {
        if index > 0 {
            joined += between;
        }
        is_safe &= item.is_integer();
        match item.as_str() {
            Some(text) => joined += text,
            None => write!(joined, "{item}")?,
        }
    }
    Ok(if is_safe { Value::from_safe_string(joined) } else { Value::from(joined) })
}

/// When each retry is sent: the sums of the waits, with the last one as 1000.
fn timeline(waits: &Value) -> Result<Vec<u128>, Error> {
    let mut sum = 0;
    let waits = waits.try_iter()?.map(u64::try_from);
    let moments: Result<Vec<u128>, Error> = waits
        .map(|wait| {
            sum += u128::from(wait?);
            Ok(sum)
        })
        .collect();
    // Without any wait, all are sent at once.
    Ok(moments?.into_iter().map(|moment| moment * 1000 / sum.max(1)).collect())
}
