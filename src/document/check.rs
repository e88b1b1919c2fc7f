//! The check of a tree against a table of fields. It reports everything that doesn't match, with a
//! suggestion.

use std::collections::BTreeMap;
use std::fmt::Arguments;

use super::schema::{Field, Form, Kind, Mapping};
use crate::diagnostic::{Diagnostic, Report, Rule, VALUE};
use crate::text::suggest;
use crate::yaml::{Node, NodeId, Value};

pub(crate) const YAML_SYNTAX: Rule = Rule {
    name: "yaml-syntax",
    what: "text that is not valid YAML",
    why: "nothing after this place can be read",
    fix: "put texts that contain `: ` or ` #` in quotes, and check the indentation",
    bad: "meaning: Not found: no such key",
    good: "meaning: \"Not found: no such key\"",
};
pub(crate) const PLAIN_DATA: Rule = Rule {
    name: "plain-data",
    what: "a YAML tag, anchor, alias or merge key",
    why: "the file must be readable for people and tools that know only YAML's plain data",
    fix: "write the value out where it is needed",
    bad: "fix: &again Sign in again.",
    good: "fix: Sign in again.",
};
pub(crate) const UNKNOWN_FIELD: Rule = Rule {
    name: "unknown-field",
    what: "a field that doesn't exist here",
    why: "otherwise a typo would silently drop this value",
    fix: "correct its spelling, or remove it",
    bad: "meening: No such key",
    good: "meaning: No such key",
};
pub(crate) const DUPLICATE_FIELD: Rule = Rule {
    name: "duplicate-field",
    what: "a field that is given twice in one mapping",
    why: "some YAML parsers keep the first one, others the second",
    fix: "remove one of the two",
    bad: "fix: Sign in.\nfix: Sign in again.",
    good: "fix: Sign in again.",
};
pub(crate) const MISSING_FIELD: Rule = Rule {
    name: "missing-field",
    what: "a required field that is missing",
    why: "the outputs need it, and no default would be right",
    fix: "add the field",
    bad: "- code: not_found\n  status: 404",
    good: "- code: not_found\n  status: 404\n  meaning: No such key\n  fix: Check the spelling.\n  retryable: false",
};
pub(crate) const WRONG_TYPE: Rule = Rule {
    name: "wrong-type",
    what: "a value of the wrong YAML type",
    why: "the outputs rely on the type, and YAML guesses the type of a value without quotes",
    fix: "write a value of the right type; put text in quotes where YAML would read something else",
    bad: "retryable: no",
    good: "retryable: false",
};

/// The rules of this check. Forms and ranges bring their own.
pub(crate) const RULES: &[&Rule] =
    &[&YAML_SYNTAX, &PLAIN_DATA, &UNKNOWN_FIELD, &DUPLICATE_FIELD, &MISSING_FIELD, &WRONG_TYPE];

/// Checks a whole tree, and reports everything that doesn't match.
///
/// `name` is what messages call the node. It is formatted only for a diagnostic.
pub(crate) fn check(node: &Node, name: Arguments, kind: &Kind, report: &mut Report) {
    match (kind, &node.value) {
        (Kind::Form(form), Value::Text(text)) => check_form(text, node.at, form, report),
        (Kind::Integer(range), Value::Integer(value)) if !range.contains(*value) => {
            let (message, help) = if range.min == range.max {
                let (what, min) = (range.what, range.min);
                (
                    format!("unsupported {what} {value}; this errcat reads version {min}"),
                    range.rule.fix.into(),
                )
            } else {
                let help = format!("use a number from {} to {}", range.min, range.max);
                (format!("{name} must be {}, not {value}", range.what), help)
            };
            report.push(Diagnostic::new(range.rule, node.at, message, help));
        }
        (Kind::List(item), Value::List(items)) => {
            for value in items {
                check(value, format_args!("an item of {name}"), item, report);
            }
        }
        (Kind::Named(form, value_kind), Value::Mapping(members)) => {
            for (key, at, value) in keys(members, report) {
                check_form(key, at, form, report);
                check(value, format_args!("`{key}`"), value_kind, report);
            }
        }
        (Kind::Mapping(mapping), Value::Mapping(members)) => {
            check_fields(node.at, members, mapping, report);
        }
        (Kind::OneOf(kinds), value) => {
            let kind = kinds.iter().find(|kind| kind.accepts(value));
            match kind {
                Some(kind) => check(node, name, kind, report),
                None => wrong_type(node, name, &Kind::OneOf(kinds), report),
            }
        }
        (kind, value) if kind.accepts(value) => {}
        _ => wrong_type(node, name, kind, report),
    }
}

fn check_fields(at: NodeId, members: &[(Node, Node)], mapping: &Mapping, report: &mut Report) {
    let names = || mapping.fields.iter().map(|field| field.name);
    let mut given: Vec<&str> = Vec::new();
    let mut meant: Vec<&str> = Vec::new();
    for (name, at, value) in keys(members, report) {
        if let Some(field) = mapping.fields.iter().find(|field| field.name == name) {
            given.push(name);
            match value.value {
                Value::Null if field.required && !field.kind.accepts(&Value::Null) => {
                    let help = format!("write {} after the colon", field.kind.what());
                    report.push(mistyped(value, format_args!("`{name}`"), &field.kind, help));
                }
                _ => check(value, format_args!("`{name}`"), &field.kind, report),
            }
        } else if report.is_full() {
            report.count();
        } else {
            meant.extend(suggest::nearest(name, names()));
            let message = format!("{} has no field `{name}`", mapping.what);
            let help = suggest::help(name, names());
            report.push(Diagnostic::new(&UNKNOWN_FIELD, at, message, help));
        }
    }
    let required = mapping.fields.iter().filter(|field| field.required);
    // A misspelt field is one mistake: its own name is unknown, but the field isn't missing.
    for field in required.filter(|one| !given.contains(&one.name) && !meant.contains(&one.name)) {
        let Field { name, kind, about, .. } = field;
        let message = format!("{} needs the field `{name}`", mapping.what);
        let help = format!("add a line `{name}: …` with {}: {about}", kind.what());
        report.push(Diagnostic::new(&MISSING_FIELD, at, message, help));
    }
}

fn check_form(text: &str, at: NodeId, form: &Form, report: &mut Report) {
    let form = form.within.filter(|wider| !(wider.holds)(text)).unwrap_or(form);
    if (form.holds)(text) {
        return;
    }
    let message = match text {
        "" => format!("an empty text is not {}", form.what),
        text => format!("`{text}` is not {}", form.what),
    };
    let help = match respelled(text, form) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => explained(form),
    };
    report.push(Diagnostic::new(form.rule, at, message, help));
}

/// A text with the usual slips undone (capitals, spaces, hyphens), if it has the form then.
fn respelled(text: &str, form: &Form) -> Option<String> {
    let joined = |separator| text.split_whitespace().collect::<Vec<_>>().join(separator);
    let snake = joined("_").to_lowercase().replace('-', "_");
    [joined("_"), snake, joined("")].into_iter().find(|meant| (form.holds)(meant))
}

fn explained(form: &Form) -> String {
    format!("{}, for example `{}`", form.rule.fix, form.example)
}

/// The members of a mapping, each with the place of its key. It reports and leaves out keys that are
/// not text and keys that were given before.
pub(crate) fn keys<'n, 't>(
    members: &'n [(Node<'t>, Node<'t>)],
    report: &mut Report,
) -> Vec<(&'n str, NodeId, &'n Node<'t>)> {
    let mut first: BTreeMap<&str, NodeId> = BTreeMap::new();
    let mut found = Vec::with_capacity(members.len());
    for (key, value) in members {
        let Value::Text(name) = &key.value else {
            wrong_type(key, format_args!("a key"), &Kind::Text, report);
            continue;
        };
        if name == "<<" {
            report.push(Diagnostic::of(&PLAIN_DATA, key.at, "this is a YAML merge key"));
            continue;
        }
        let earlier = *first.entry(name).or_insert(key.at);
        if earlier == key.at {
            found.push((name.as_ref(), key.at, value));
        } else {
            report.push(duplicate(name, key.at, earlier));
        }
    }
    found
}

/// The diagnostic about a key that is given twice in one mapping.
pub(crate) fn duplicate(name: &str, at: NodeId, first: NodeId) -> Diagnostic {
    let message = format!("`{name}` is given twice");
    Diagnostic::of(&DUPLICATE_FIELD, at, message).also(first, "first given here")
}

fn wrong_type(node: &Node, name: Arguments, kind: &Kind, report: &mut Report) {
    let help = match &node.value {
        Value::Null => "give it a value, or remove the line".to_owned(),
        Value::Boolean(value) => in_quotes(kind, &value.to_string()),
        Value::Integer(value) => in_quotes(kind, &value.to_string()),
        Value::Float(value) => in_quotes(kind, &value.to_string()),
        Value::Text(text) if is_integer_of(kind, text) => {
            format!("write it without quotes: {text}")
        }
        Value::Text(text) if kind.accepts(&Value::Boolean(true)) => boolean_help(text),
        _ => format!("write {}", kind.what()),
    };
    report.push(mistyped(node, name, kind, help));
}

fn mistyped(node: &Node, name: Arguments, kind: &Kind, help: String) -> Diagnostic {
    let (wanted, given) = (kind.what(), node.value.kind());
    let message = format!("{name} must be {wanted}, but YAML reads this as {given}");
    Diagnostic::new(&WRONG_TYPE, node.at, message, help)
}

/// Whether a text would be of this kind without its quotes.
fn is_integer_of(kind: &Kind, text: &str) -> bool {
    text.parse()
        .is_ok_and(|value: i64| value.to_string() == text && kind.holds(&Value::Integer(value)))
}

/// What to do about a value that is probably meant as text.
fn in_quotes(kind: &Kind, value: &str) -> String {
    let kinds = if let Kind::OneOf(kinds) = kind { kinds } else { std::slice::from_ref(kind) };
    for kind in kinds {
        match kind {
            Kind::Text => return format!("put it in quotes: \"{VALUE}\""),
            Kind::Form(form) if (form.holds)(value) => {
                return format!("put it in quotes: \"{VALUE}\"");
            }
            Kind::Form(form) => return explained(form.within.unwrap_or(form)),
            _ => {}
        }
    }
    format!("write {}", kind.what())
}

fn boolean_help(text: &str) -> String {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "true" => "write `true`, without quotes".to_owned(),
        "no" | "n" | "off" | "false" => "write `false`, without quotes".to_owned(),
        _ => "write `true` or `false`".to_owned(),
    }
}
