//! Tables of fields: what a mapping may hold, told once for the reader, "did you mean", the JSON
//! Schema and the docs; the check of a tree against them, and access to what passed it. Never
//! knows which tables there are.

use std::fmt::Arguments;

use crate::diagnostic::{Diagnostic, Report, Rule, VALUE};
use crate::text::suggest;
use crate::yaml::{Node, NodeId, Value};

/// A mapping with known fields.
#[derive(Debug)]
pub(crate) struct Mapping {
    /// What it is, with its article: "an error".
    pub what: &'static str,
    pub fields: &'static [Field],
}

/// One field of a mapping.
#[derive(Debug)]
pub(crate) struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    /// One sentence for docs and editors.
    pub about: &'static str,
}

/// What a value may be.
#[derive(Debug)]
pub(crate) enum Kind {
    Text,
    /// Text of a form.
    Form(&'static Form),
    Integer(&'static Range),
    Boolean,
    /// The name of a rule that can be allowed, which a rule of its own checks.
    Rule,
    List(&'static Kind),
    /// The first of these that has the value's YAML type.
    OneOf(&'static [Kind]),
    /// A mapping of the author's own names.
    Named(&'static Form, &'static Kind),
    Mapping(&'static Mapping),
    /// A mapping of any names and plain data, with an example.
    Object(&'static str),
    /// Any plain data.
    Data,
}

/// A form that a text must have.
#[derive(Debug)]
pub(crate) struct Form {
    pub rule: &'static Rule,
    /// What it is, with its article: "a duration".
    pub what: &'static str,
    /// The form as a regular expression (ECMA-262), for the schema.
    pub pattern: &'static str,
    pub example: &'static str,
    pub holds: fn(&str) -> bool,
    /// A wider form, whose rule says more about a text that has not even that.
    pub within: Option<&'static Form>,
}

/// Bounds of an integer, both included.
#[derive(Debug)]
pub(crate) struct Range {
    pub rule: &'static Rule,
    pub what: &'static str,
    pub min: i64,
    pub max: i64,
}

pub(crate) const YAML_SYNTAX: Rule = Rule {
    name: "yaml-syntax",
    what: "text that is no YAML of plain data",
    why: "nothing after this place can be read",
    fix: "put texts with `: ` or ` #` in them in quotes, and check the indentation",
    bad: "meaning: Not found: no such key",
    good: "meaning: \"Not found: no such key\"",
};
pub(crate) const PLAIN_DATA: Rule = Rule {
    name: "plain-data",
    what: "a YAML tag, anchor, alias or merge key",
    why: "a catalog is read by people and tools that know no more of YAML than its plain data",
    fix: "write the value out where it is needed",
    bad: "fix: &again Sign in again.",
    good: "fix: Sign in again.",
};
pub(crate) const UNKNOWN_FIELD: Rule = Rule {
    name: "unknown-field",
    what: "a field that this mapping does not have",
    why: "a misspelt optional field would be ignored in silence, and what it says be lost",
    fix: "correct its spelling, or remove it",
    bad: "meening: No such key",
    good: "meaning: No such key",
};
pub(crate) const DUPLICATE_FIELD: Rule = Rule {
    name: "duplicate-field",
    what: "a field that is given twice in one mapping",
    why: "YAML parsers differ in which of the two they keep",
    fix: "remove one of the two",
    bad: "fix: Sign in.\nfix: Sign in again.",
    good: "fix: Sign in again.",
};
pub(crate) const MISSING_FIELD: Rule = Rule {
    name: "missing-field",
    what: "a required field that is not there",
    why: "every output needs it, and no default would be true",
    fix: "add the field",
    bad: "- code: not_found\n  status: 404",
    good: "- code: not_found\n  status: 404\n  meaning: No such key\n  fix: Check the spelling.\n  retryable: false",
};
pub(crate) const WRONG_TYPE: Rule = Rule {
    name: "wrong-type",
    what: "a value of another YAML type than the field holds",
    why: "YAML decides the type of an unquoted value by its look, and parsers differ in that",
    fix: "write a value of the type that the field holds, text in quotes where YAML would read it as something else",
    bad: "retryable: no",
    good: "retryable: false",
};

/// The rules that this check reports by itself; forms and ranges bring their own.
pub(crate) const RULES: &[&Rule] =
    &[&YAML_SYNTAX, &PLAIN_DATA, &UNKNOWN_FIELD, &DUPLICATE_FIELD, &MISSING_FIELD, &WRONG_TYPE];

/// Checks a whole tree, and reports everything that does not fit.
///
/// `name` is what messages call the node; it is spelled out only for a finding, of which most of a
/// tree has none.
pub(crate) fn check(node: &Node, name: Arguments, kind: &Kind, report: &mut Report) {
    match (kind, &node.value) {
        (Kind::Data, _)
        | (Kind::Object(_), Value::Mapping(_))
        | (Kind::Text | Kind::Rule, Value::Text(_))
        | (Kind::Boolean, Value::Boolean(_)) => {}
        (Kind::Form(form), Value::Text(text)) => {
            let form = form.within.filter(|wider| !(wider.holds)(text)).unwrap_or(form);
            if !(form.holds)(text) {
                report.push(Diagnostic::new(
                    form.rule,
                    node.at,
                    format!("{name} must be {}, not `{text}`", form.what),
                    format!("{}, as in `{}`", form.rule.fix, form.example),
                ));
            }
        }
        (Kind::Integer(range), Value::Integer(value)) => {
            if !(range.min..=range.max).contains(value) {
                report.push(Diagnostic::new(
                    range.rule,
                    node.at,
                    format!("{name} must be {}, not {value}", range.what),
                    if range.min == range.max {
                        range.rule.fix.to_owned()
                    } else {
                        format!("use a number from {} to {}", range.min, range.max)
                    },
                ));
            }
        }
        (Kind::List(item), Value::List(items)) => {
            for value in items {
                check(value, format_args!("an item of {name}"), item, report);
            }
        }
        (Kind::Named(form, value_kind), Value::Mapping(members)) => {
            named(members, name, form, value_kind, report);
        }
        (Kind::Mapping(mapping), Value::Mapping(members)) => {
            known(node.at, members, mapping, report);
        }
        (Kind::OneOf(kinds), value) => match kinds.iter().find(|kind| kind.accepts(value)) {
            Some(kind) => check(node, name, kind, report),
            None => wrong_type(node, name, kind, report),
        },
        _ => wrong_type(node, name, kind, report),
    }
}

impl Kind {
    /// Whether a value has the YAML type of this kind.
    fn accepts(&self, value: &Value) -> bool {
        match self {
            Self::Text | Self::Form(_) | Self::Rule => matches!(value, Value::Text(_)),
            Self::Integer(_) => matches!(value, Value::Integer(_)),
            Self::Boolean => matches!(value, Value::Boolean(_)),
            Self::List(_) => matches!(value, Value::List(_)),
            Self::Named(..) | Self::Mapping(_) | Self::Object(_) => {
                matches!(value, Value::Mapping(_))
            }
            Self::OneOf(kinds) => kinds.iter().any(|kind| kind.accepts(value)),
            Self::Data => true,
        }
    }

    /// What a person calls a value of this kind.
    fn what(&self) -> String {
        match self {
            Self::Text => "text".to_owned(),
            Self::Form(form) => form.what.to_owned(),
            Self::Integer(range) => range.what.to_owned(),
            Self::Boolean => "`true` or `false`".to_owned(),
            Self::Rule => "the name of a rule".to_owned(),
            Self::List(item) => format!("a list, each item {}", item.what()),
            Self::Named(form, _) => format!("a mapping whose names are each {}", form.what),
            Self::Mapping(mapping) => {
                let names: Vec<_> =
                    mapping.fields.iter().map(|field| format!("`{}`", field.name)).collect();
                format!("a mapping with {}", names.join(", "))
            }
            Self::OneOf([one, Self::List(item)]) if item.what() == one.what() => {
                format!("{}, or a list of such", one.what())
            }
            Self::OneOf(kinds) => kinds.iter().map(Self::what).collect::<Vec<_>>().join(", or "),
            Self::Object(example) => format!("a mapping such as `{example}`"),
            Self::Data => "any data".to_owned(),
        }
    }
}

fn known(at: NodeId, members: &[(Node, Node)], mapping: &Mapping, report: &mut Report) {
    let names = || mapping.fields.iter().map(|field| field.name);
    let mut given: Vec<(&Field, NodeId)> = Vec::new();
    let mut meant = Vec::new();
    for (key, value) in members {
        let Some(name) = key_text(key, report) else { continue };
        let Some(field) = mapping.fields.iter().find(|field| field.name == name) else {
            if report.is_full() {
                report.count();
                continue;
            }
            meant.extend(suggest::nearest(name, names()));
            report.push(Diagnostic::new(
                &UNKNOWN_FIELD,
                key.at,
                format!("{} has no field `{name}`", mapping.what),
                suggest::help(name, names()),
            ));
            continue;
        };
        if let Some((_, first)) = given.iter().find(|(other, _)| other.name == name) {
            duplicate(name, key.at, *first, report);
            continue;
        }
        given.push((field, key.at));
        check(value, format_args!("`{name}`"), &field.kind, report);
    }
    for field in mapping.fields.iter().filter(|field| field.required) {
        // A misspelt field is one mistake, not an unknown and a missing one.
        let is_there = given.iter().any(|(other, _)| other.name == field.name);
        if !is_there && !meant.contains(&field.name) {
            report.push(Diagnostic::new(
                &MISSING_FIELD,
                at,
                format!("{} needs the field `{}`", mapping.what, field.name),
                format!(
                    "add a line `{}: …` with {}: {}",
                    field.name,
                    field.kind.what(),
                    field.about
                ),
            ));
        }
    }
}

fn named(members: &[(Node, Node)], name: Arguments, form: &Form, kind: &Kind, report: &mut Report) {
    let mut given: Vec<(&str, NodeId)> = Vec::new();
    for (key, value) in members {
        let Some(text) = key_text(key, report) else { continue };
        if let Some((_, first)) = given.iter().find(|(other, _)| *other == text) {
            duplicate(text, key.at, *first, report);
            continue;
        }
        given.push((text, key.at));
        check(key, format_args!("a name in {name}"), &Kind::Text, report);
        if !(form.holds)(text) {
            report.push(Diagnostic::new(
                form.rule,
                key.at,
                format!("a name in {name} must be {}, not `{text}`", form.what),
                format!("{}, as in `{}`", form.rule.fix, form.example),
            ));
        }
        check(value, format_args!("`{text}`"), kind, report);
    }
}

/// The text of a key. YAML allows anything as a key, a catalog only text.
pub(crate) fn key_text<'n>(key: &'n Node, report: &mut Report) -> Option<&'n str> {
    match &key.value {
        Value::Text(name) if name == "<<" => {
            let help = "write the members out where they are needed";
            report.push(Diagnostic::new(&PLAIN_DATA, key.at, "this is a YAML merge key", help));
            return None;
        }
        Value::Text(name) => return Some(name),
        _ => {}
    }
    wrong_type(key, format_args!("the name of a field"), &Kind::Text, report);
    None
}

/// The finding about a name that stands twice in one mapping.
pub(crate) fn duplicate(name: &str, at: NodeId, first: NodeId, report: &mut Report) {
    let finding = Diagnostic::new(
        &DUPLICATE_FIELD,
        at,
        format!("`{name}` is given twice"),
        "remove one of the two",
    );
    report.push(finding.also(first, "first given here"));
}

fn wrong_type(node: &Node, name: Arguments, kind: &Kind, report: &mut Report) {
    let help = match &node.value {
        Value::Null => "give it a value, or remove the line".to_owned(),
        Value::Boolean(value) => in_quotes(kind, &value.to_string()),
        Value::Integer(value) => in_quotes(kind, &value.to_string()),
        Value::Float(value) => in_quotes(kind, &value.to_string()),
        Value::Text(text) if text.parse::<i64>().is_ok() && kind.accepts(&Value::Integer(0)) => {
            format!("write it without quotes: {text}")
        }
        Value::Text(text) if kind.accepts(&Value::Boolean(true)) => boolean_help(text),
        _ => format!("write {}", kind.what()),
    };
    let message =
        format!("{name} must be {}, but YAML reads this as {}", kind.what(), node.value.kind());
    report.push(Diagnostic::new(&WRONG_TYPE, node.at, message, help));
}

/// What to do about a value that was meant as text, if it was.
fn in_quotes(kind: &Kind, value: &str) -> String {
    let kinds = if let Kind::OneOf(kinds) = kind { kinds } else { std::slice::from_ref(kind) };
    for kind in kinds {
        match kind {
            Kind::Text => return format!("put it in quotes: \"{VALUE}\""),
            Kind::Form(form) if (form.holds)(value) => {
                return format!("put it in quotes: \"{VALUE}\"");
            }
            Kind::Form(form) => {
                let form = form.within.unwrap_or(form);
                return format!("{}, as in `{}`", form.rule.fix, form.example);
            }
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
