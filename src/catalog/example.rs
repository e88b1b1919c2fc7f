//! Checks the samples in a catalog against the body.

use super::body::{Body, Member, Param, ParamType, Placeholder, Shape, Type};
use super::data::to_json;
use crate::diagnostic::{Diagnostic, Report, Rule};
use crate::document::Members;
use crate::text::json::Json;
use crate::text::suggest;
use crate::yaml::{Node, Value};

pub(crate) const EXAMPLE_DISAGREES: Rule = Rule {
    name: "example-disagrees",
    what: "a sample that doesn't match the body",
    why: "readers copy it from the docs, and clients are tested with it",
    fix: "give the sample the members of the body, each with a value of its type",
    bad: "body: {error: <code>, retry_in?: <retry_in:integer>}\nexample: {error: busy, retry_in: soon}",
    good: "body: {error: <code>, retry_in?: <retry_in:integer>}\nexample: {error: busy, retry_in: 30}",
};

/// Checks the example of a shape.
pub(super) fn check(example: &Node, body: &Body, report: &mut Report) {
    shape(example, &body.root, report);
}

/// Checks the example of a param.
pub(super) fn check_param(param: &Param, example: &Node, report: &mut Report) {
    match param.kind {
        ParamType::Value(kind) => typed(example, kind, report),
        ParamType::List(list) => {
            // The placeholder that is the whole element may have the name of the list.
            if let Some((name, kind)) = list.single()
                && name.value == param.name
            {
                return typed(example, kind, report);
            }
            let message = "a list has no example of its own";
            let names: Vec<String> =
                list.params().iter().map(|param| format!("`{}`", param.name)).collect();
            let help = format!("give examples of what its elements hold: {}", names.join(", "));
            report.push(Diagnostic::new(&EXAMPLE_DISAGREES, example.at, message, help));
        }
    }
}

fn object(node: &Node, members: &[Member], report: &mut Report) {
    if !matches!(node.value, Value::Mapping(_)) {
        return wrong(node, "an object", report);
    }
    let given = Members::of(node);
    for (name, at, value) in given.entries() {
        match members.iter().find(|member| member.key == name) {
            Some(member) if member.optional && matches!(value.value, Value::Null) => {}
            Some(member) => shape(value, &member.shape, report),
            None => {
                let message = format!("the body has no member `{name}` here");
                let names = members.iter().map(|member| member.key.as_str());
                let help = suggest::help(name, names);
                report.push(Diagnostic::new(&EXAMPLE_DISAGREES, at, message, help));
            }
        }
    }
    for member in members.iter().filter(|member| !member.optional) {
        if given.get(&member.key).is_none() {
            let message = format!("the sample has no member `{}`", member.key);
            let help = "add it; or add a `?` to the key in `body` if it may be absent";
            report.push(
                Diagnostic::new(&EXAMPLE_DISAGREES, node.at, message, help)
                    .also(member.at, "the body has it"),
            );
        }
    }
}

fn shape(node: &Node, shape: &Shape, report: &mut Report) {
    match shape {
        Shape::Object(members) => object(node, members, report),
        Shape::List(list) => match &node.value {
            Value::List(items) => items.iter().for_each(|one| self::shape(one, &list.of, report)),
            _ => wrong(node, "a list", report),
        },
        Shape::Placeholder(Placeholder::Code(_), _) => {
            if !matches!(node.value, Value::Text(_) | Value::Integer(_)) {
                wrong(node, "a code", report);
            }
        }
        Shape::Placeholder(Placeholder::Status, Type::Text) => {
            let is_status =
                |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
            if !matches!(&node.value, Value::Text(text) if is_status(text)) {
                wrong(node, "a text of three digits, in quotes", report);
            }
        }
        Shape::Placeholder(_, kind) => typed(node, *kind, report),
        Shape::Text(_) => typed(node, Type::Text, report),
        Shape::Literal(Json::Array(_)) => {
            if !matches!(node.value, Value::List(_)) {
                wrong(node, "a list", report);
            }
        }
        Shape::Literal(json) => {
            if to_json(node, &mut Report::default()) != *json {
                wrong(node, &format!("`{json}`, as the body says"), report);
            }
        }
    }
}

fn typed(node: &Node, kind: Type, report: &mut Report) {
    if let Some(what) = unlike(node, kind) {
        wrong(node, what, report);
    }
}

/// What a value must be, if it is not of a placeholder's type.
pub(super) fn unlike(node: &Node, kind: Type) -> Option<&'static str> {
    let (matches, what) = match kind {
        Type::Text => (matches!(node.value, Value::Text(_)), "text"),
        Type::Integer => (matches!(node.value, Value::Integer(_)), "an integer"),
        Type::Number => (matches!(node.value, Value::Integer(_) | Value::Float(_)), "a number"),
        Type::Wait(_) => {
            let is_wait = match node.value {
                Value::Integer(wait) => wait >= 0,
                Value::Float(wait) => wait >= 0.0,
                _ => false,
            };
            (is_wait, "a number of at least 0")
        }
        Type::Boolean => (matches!(node.value, Value::Boolean(_)), "`true` or `false`"),
        Type::Any => (true, "anything"),
    };
    (!matches).then_some(what)
}

fn wrong(node: &Node, what: &str, report: &mut Report) {
    let message = format!("this must be {what}, but YAML reads it as {}", node.value.kind());
    let help = format!("write {what} here, or change what `body` says");
    report.push(Diagnostic::new(&EXAMPLE_DISAGREES, node.at, message, help));
}
