//! Rules about what an error says of placeholders: their meaning and their values.

use super::{Check, codes};
use crate::catalog::body::{Body, Param, ParamType, Part, Placeholder, Type};
use crate::catalog::values::{Value, arguments};
use crate::catalog::{Entry, Surface, Text};
use crate::diagnostic::{Diagnostic, Rule};
use crate::sorted::SortedSet;
use crate::text::{suggest, words};

pub(super) const CHECKS: &[&Check] = &[&MISPLACED_VALUE, &UNKNOWN_PARAM, &UNKNOWN_VALUE];

/// The placeholders within the values of an error that the body doesn't have.
pub(super) fn new_arguments<'e>(entry: &'e Entry, body: &[Param<'e>]) -> Vec<Param<'e>> {
    let mut arguments = arguments(&entry.values, body);
    arguments.retain(|argument| body.iter().all(|param| param.name != argument.name));
    arguments
}

const BUILT_IN: &[&str] = &["code", "status", "meaning", "fix", "docs_url"];

const MISPLACED_VALUE: Check = Check {
    rule: Rule {
        name: "misplaced-value",
        what: "a value for a list, a wait, a built-in placeholder or one in `params`, or a value that names one",
        why: "errcat or the server fills those each time",
        fix: "remove the value, or give it to another placeholder",
        bad: "body: {error: <code>, fields: [<field>]}\nvalues: {field: name}",
        good: "body: {error: <code>, field: <field>}\nvalues: {field: name}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let Some(body) = &surface.shape.body else { continue };
            let params = Params::of(body);
            // If a placeholder became a list, that is one mistake.
            let mut lists = SortedSet::new();
            for entry in &surface.errors {
                let of_value = |value: &Value| {
                    let (message, help) = params.misplaced(entry, &value.name.value)?;
                    Some((value.name.value.clone(), value.name.at, message, help))
                };
                let own = entry.values.iter().filter_map(of_value);
                let within = entry.values.iter().flat_map(|value| {
                    let unfilled =
                        value.parts().iter().filter_map(|part| params.unfilled(entry, part));
                    unfilled.map(|(name, message, help)| (name, value.name.at, message, help))
                });
                for (name, at, message, help) in own.chain(within) {
                    if !params.is_of_list(&name) || lists.insert(name) {
                        report.push(Diagnostic::new(rule, at, message, help));
                    }
                }
            }
        }
    },
};

/// The params of a body, by where they are.
struct Params<'b> {
    /// Those that a server gives once for an error.
    own: Vec<Param<'b>>,
    /// Including those of lists' elements.
    all: Vec<Param<'b>>,
}

impl<'b> Params<'b> {
    fn of(body: &'b Body) -> Self {
        Self { own: body.params(), all: body.all_params() }
    }

    fn get(&self, name: &str) -> Option<&Param<'b>> {
        self.own.iter().find(|param| param.name == name)
    }

    /// Whether this is a list, or in one.
    fn is_of_list(&self, name: &str) -> bool {
        match self.get(name) {
            Some(param) => matches!(param.kind, ParamType::List(_)),
            None => self.all.iter().any(|param| param.name == name),
        }
    }

    /// Why an error can't have a value for a placeholder, and what to do.
    fn misplaced(&self, entry: &Entry, name: &str) -> Option<(String, String)> {
        let is_described = || entry.params.iter().any(|param| param.name.value == name);
        if BUILT_IN.contains(&name) {
            let message = format!("`<{name}>` is filled by errcat, so it has no value here");
            return Some((message, "remove it, or use a placeholder with another name".to_owned()));
        }
        if self.is_of_list(name) {
            let message = format!("`{name}` is a list or in one, which a server fills");
            return Some((message, format!("remove it, or describe `{name}` in `params`")));
        }
        match self.get(name)?.kind {
            ParamType::Value(Type::Wait(_)) => {
                let message = "`<wait>` is how long to wait before a retry".to_owned();
                Some((message, "write the time as `retry: {after: 30s}`".to_owned()))
            }
            ParamType::Value(_) if is_described() => {
                let message =
                    format!("`<{name}>` is described in `params`, but has a value as well");
                Some((
                    message,
                    "remove one of the two: `params` is for what a server gives".to_owned(),
                ))
            }
            ParamType::Value(_) | ParamType::List(_) => None,
        }
    }

    /// A placeholder in a value that can't be filled: its name, why, and what to do.
    fn unfilled(&self, entry: &Entry, part: &Part) -> Option<(String, String, String)> {
        let Part::Placeholder(placeholder, _) = part else { return None };
        let (name, message, help) = match placeholder {
            Placeholder::Code(_) if entry.code.is_absent() => (
                "code",
                "this error has no code to fill in for `<code>`".to_owned(),
                "write another placeholder, or text".to_owned(),
            ),
            Placeholder::Param(Text { value: name, .. }) if entry.value(name).is_some() => (
                name.as_str(),
                format!("`<{name}>` has a value of its own"),
                "write that value instead of the placeholder".to_owned(),
            ),
            Placeholder::Param(Text { value: name, .. }) if self.is_of_list(name) => (
                name.as_str(),
                format!("`{name}` is a list or in one, and this text is not"),
                format!("rename the placeholder, as in `<first_{name}>`"),
            ),
            _ => return None,
        };
        Some((name.to_owned(), message, help))
    }
}

const UNKNOWN_VALUE: Check = Check {
    rule: Rule {
        name: "unknown-value",
        what: "a value for a placeholder that the body doesn't have",
        why: "the response has no place for it",
        fix: "name a placeholder of the body",
        bad: "body: {error: <code>, type: <type>}\nvalues: {tpye: conflict}",
        good: "body: {error: <code>, type: <type>}\nvalues: {type: conflict}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let Some(body) = body_of(surface) else { continue };
            let params = Params::of(body);
            let names = surface.errors.iter().flat_map(|entry| &entry.values);
            let names = names.map(|value| &value.name);
            let unknown: Vec<&Text> = names
                .filter(|name| !BUILT_IN.contains(&name.value.as_str()))
                .filter(|name| params.all.iter().all(|param| param.name != name.value))
                .collect();
            let takes = |param: &&Param| matches!(param.kind, ParamType::Value(kind) if !matches!(kind, Type::Wait(_)));
            let known: Vec<&str> =
                params.own.iter().filter(takes).map(|param| param.name).collect();
            report.extend(unknown_names(rule, body, &unknown, &known, "value"));
        }
    },
};

const UNKNOWN_PARAM: Check = Check {
    rule: Rule {
        name: "unknown-param",
        what: "a param for a placeholder that neither the body nor a value has",
        why: "the response has no place for it",
        fix: "name a placeholder of the body, or of the error's `values`",
        bad: "body: {error: <code>, detail?: <detail>}\nparams: {detial: Which key.}",
        good: "body: {error: <code>, detail?: <detail>}\nparams: {detail: Which key.}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let Some(body) = body_of(surface) else { continue };
            let all = body.all_params();
            let mut of_values = SortedSet::new();
            let mut unknown = Vec::new();
            for entry in &surface.errors {
                // Nobody knows the placeholders of a broken value.
                if !entry.has_all_values {
                    continue;
                }
                let within = arguments(&entry.values, &all);
                let is_known =
                    |name: &str| all.iter().chain(&within).any(|param| param.name == name);
                let params = entry.params.iter().map(|param| &param.name);
                let before = unknown.len();
                unknown.extend(params.filter(|name| !is_known(&name.value)));
                if unknown.len() > before {
                    of_values.extend(within.iter().map(|param| param.name));
                }
            }
            let known = all.iter().map(|param| param.name);
            let known: Vec<&str> = known.chain(of_values).collect();
            report.extend(unknown_names(rule, body, &unknown, &known, "param"));
        }
    },
};

/// The body of a surface, unless it lacks a `<code>`.
fn body_of(surface: &Surface) -> Option<&Body> {
    surface.shape.body.as_ref().filter(|_| !codes::body_lacks_one(surface))
}

/// The diagnostics about names that no placeholder has: one for each that may be misspelled, and one for all
/// others, because something that the body lost is one mistake.
fn unknown_names(
    rule: &'static Rule,
    body: &Body,
    unknown: &[&Text],
    known: &[&str],
    what: &str,
) -> Vec<Diagnostic> {
    let mut seen = SortedSet::new();
    let unknown = unknown.iter().filter(|name| seen.insert(&name.value));
    let (misspelled, others): (Vec<&Text>, Vec<&Text>) =
        unknown.partition(|name| suggest::nearest(&name.value, known.iter().copied()).is_some());
    let no_placeholder = |names: &[&Text]| {
        let names: Vec<String> = names.iter().map(|name| format!("`<{}>`", name.value)).collect();
        format!("the body has no placeholder {}", words::joined(&names, " or "))
    };
    let about = |name: &Text, message: String, help: String| {
        Diagnostic::new(rule, name.at, message, help).also(body.at, "the body")
    };
    let misspelled = misspelled.into_iter().map(|name| {
        let help = suggest::help(&name.value, known.iter().copied());
        about(name, no_placeholder(&[name]), help)
    });
    let others = others.first().map(|first| {
        let name = &first.value;
        let help = format!("remove the {what}, or add a member to the body: `{name}?: <{name}>`");
        about(first, no_placeholder(&others), help)
    });
    misspelled.chain(others).collect()
}
