//! The values of an error: what placeholders of the body hold each time it occurs.

use super::body::{
    self, PLACEHOLDER_TYPE, ParamType, Part, Placeholder, Type, WAIT_PLACEHOLDER, template,
};
use super::data::to_json;
use super::{Entry, Spanned, Text, example};
use crate::diagnostic::{Diagnostic, Report, Rule};
use crate::sorted::SortedSet;
use crate::text::json::Json;
use crate::yaml::{self, Node};

pub(crate) const VALUE_TYPE: Rule = Rule {
    name: "value-type",
    what: "a value of an error that is not of its placeholder's type",
    why: "clients would not read it",
    fix: "write a value of the type that the body gives the placeholder",
    bad: "body: {error: <code>, limit: <limit:integer>}\nvalues: {limit: ten}",
    good: "body: {error: <code>, limit: <limit:integer>}\nvalues: {limit: 10}",
};

/// What a placeholder of the body holds for one error.
#[derive(Debug)]
pub(crate) struct Value {
    /// The name of the placeholder.
    pub name: Text,
    pub content: Content,
}

/// What an error sends for a placeholder.
#[derive(Debug)]
pub(crate) enum Content {
    Data(Json),
    /// A text with something filled in.
    Text(Vec<Part>),
}

impl Value {
    /// Reads the value of a placeholder; `None` if it is broken. What isn't text, or is for a placeholder of
    /// any type, is data.
    pub(super) fn load(
        name: Text,
        node: &Node,
        params: &[body::Param],
        report: &mut Report,
    ) -> Option<Self> {
        let param = params.iter().find(|param| param.name == name.value);
        let kind = match param.map(|param| param.kind) {
            Some(ParamType::Value(kind)) => Some(kind),
            // A rule of the lint reports a list, and a placeholder that the body doesn't have.
            Some(ParamType::List(_)) | None => None,
        };
        let content = match (kind, &node.value) {
            (Some(Type::Text) | None, yaml::Value::Text(text)) => {
                content(template(text, node.at, report)?, node, report)?
            }
            (kind, _) => {
                if let Some(what) = kind.and_then(|kind| example::unlike(node, kind)) {
                    let (name, read) = (&name.value, node.value.kind());
                    let message = format!("`<{name}>` holds {what}, but YAML reads this as {read}");
                    let help = format!("write {what}");
                    report.push(Diagnostic::new(&VALUE_TYPE, node.at, message, help));
                    return None;
                }
                Content::Data(to_json(node, report))
            }
        };
        Some(Self { name, content })
    }

    /// The parts of a text with something filled in.
    pub(crate) fn parts(&self) -> &[Part] {
        match &self.content {
            Content::Text(parts) => parts,
            Content::Data(_) => &[],
        }
    }

    /// The placeholders that a server fills, each with its type if it says one.
    pub(crate) fn params(&self) -> impl Iterator<Item = (&Text, Option<Type>)> {
        self.parts().iter().filter_map(|part| match part {
            Part::Placeholder(Placeholder::Param(name), kind) => Some((name, *kind)),
            _ => None,
        })
    }
}

/// A text with placeholders, or without.
fn content(parts: Vec<Part>, node: &Node, report: &mut Report) -> Option<Content> {
    let is_wait = |part: &Part| matches!(part, Part::Placeholder(_, Some(Type::Wait(_))));
    if parts.iter().any(is_wait) {
        let message = "a wait is a number, and can't be part of a text";
        report.push(Diagnostic::of(&WAIT_PLACEHOLDER, node.at, message));
        return None;
    }
    Some(match <[Part; 1]>::try_from(parts) {
        Ok([Part::Literal(text)]) => Content::Data(Json::String(text)),
        Ok(one) => Content::Text(one.into()),
        Err(parts) if parts.is_empty() => Content::Data(Json::from("")),
        Err(parts) => Content::Text(parts),
    })
}

/// The placeholders within values, each once, in their order. One that the body has too is the body's.
pub(crate) fn arguments<'e>(values: &'e [Value], body: &[body::Param<'e>]) -> Vec<body::Param<'e>> {
    let mut found: Vec<body::Param> = Vec::new();
    for (Spanned { value: name, at }, _) in values.iter().flat_map(Value::params) {
        if found.iter().any(|param| param.name == name) {
            continue;
        }
        let of_body = body.iter().find(|param| param.name == name);
        found.push(of_body.copied().unwrap_or_else(|| {
            let mut types = values.iter().flat_map(Value::params);
            let kind = types.find_map(|(other, kind)| kind.filter(|_| other.value == *name));
            let kind = ParamType::Value(kind.unwrap_or(Type::Text));
            body::Param { name, at: *at, kind, optional: false }
        }));
    }
    found
}

/// The placeholders that an error says something about: in `params`, in `values`, or within a value.
pub(crate) fn named(entry: &Entry) -> SortedSet<&str> {
    let described = entry.params.iter().map(|param| &param.name);
    let valued = entry.values.iter().map(|value| &value.name);
    let within = entry.values.iter().flat_map(Value::params).map(|(name, _)| name);
    described.chain(valued).chain(within).map(|name| name.value.as_str()).collect()
}

/// Reports placeholders within values that have another type elsewhere.
pub(super) fn check_types(values: &[Value], body: &[body::Param], report: &mut Report) {
    let arguments = arguments(values, body);
    for (name, kind) in values.iter().flat_map(Value::params) {
        let argument = arguments.iter().find(|argument| argument.name == name.value);
        let other = argument.and_then(body::Param::value_type);
        let (Some(kind), Some(other)) = (kind, other) else { continue };
        if kind != other {
            let (name, at) = (&name.value, name.at);
            let (kind, other) = (kind.name(), other.name());
            let message = format!("`<{name}>` is `{other}` elsewhere, but `{kind}` here");
            let problem = Diagnostic::of(&PLACEHOLDER_TYPE, at, message);
            report.push(problem.about(format!("<{name}:")));
        }
    }
}
