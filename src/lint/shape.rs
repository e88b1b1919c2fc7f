//! Rules about bodies and what fills them. Never reads a response.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::Check;
use crate::catalog::body::{Filler, Member, Part, Shape};
use crate::diagnostic::{Diagnostic, Rule};
use crate::text::ident::{self, Case};
use crate::text::suggest;

pub(super) const UNKNOWN_PARAM: Check = Check {
    rule: Rule {
        name: "unknown-param",
        what: "a param for a placeholder that the body does not have",
        why: "there is no place in the response where it could stand",
        fix: "name a placeholder of the body",
        bad: "body: {error: <code>, detail?: <detail>}\nparams: {detial: Which key.}",
        good: "body: {error: <code>, detail?: <detail>}\nparams: {detail: Which key.}",
    },
    run: |catalog, rule, report| {
        for surface in
            catalog.surfaces.iter().filter(|surface| surface.shape.body.at.is_somewhere())
        {
            let names: Vec<&str> =
                surface.shape.body.occurrences().iter().map(|occurrence| occurrence.name).collect();
            for param in surface.errors.iter().flat_map(|entry| &entry.params) {
                let name = param.name.value.as_str();
                if names.contains(&name) {
                    continue;
                }
                let message = format!("the body has no placeholder `<{name}>`");
                let help = if names.is_empty() {
                    "the body has no placeholder of its own: remove the param".to_owned()
                } else {
                    suggest::help(name, names.iter().copied())
                };
                report.push(
                    Diagnostic::new(rule, param.name.at, message, help)
                        .also(surface.shape.body.at, "the body"),
                );
            }
        }
    },
};

pub(super) const UNKNOWN_EXAMPLE: Check = Check {
    rule: Rule {
        name: "unknown-example",
        what: "an example of a shape whose code is that of no error",
        why: "readers of the docs would look for it in vain",
        fix: "use the code of one of the surface's errors",
        bad: "example: {error: not_fuond}",
        good: "example: {error: not_found}",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let (Some(example), Some(spot)) = (&surface.shape.example, surface.shape.body.code())
            else {
                continue;
            };
            let codes = || surface.errors.iter().filter_map(|entry| entry.code.as_ref());
            let Some(code) = spot.find(&example.value) else { continue };
            if surface.has_broken_names() || codes().any(|known| known.value.to_json() == code) {
                continue;
            }
            let code = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
            let names: Vec<String> = codes().map(|known| known.value.to_string()).collect();
            let help = suggest::help_or(
                &code,
                names.iter().map(String::as_str),
                "use the code of one of the surface's errors",
            );
            let message = format!("the example has the code `{code}`, which no error has");
            report.push(Diagnostic::new(rule, example.at, message, help));
        }
    },
};

pub(super) const MISSING_DOCS: Check = Check {
    rule: Rule {
        name: "missing-docs",
        what: "a body with `<docs_url>` in a catalog without `docs`",
        why: "there is no URL to fill it with",
        fix: "say where the docs page is published",
        bad: "body: {error: <code>, more: <docs_url>}",
        good: "docs: https://docs.example.com/errors",
    },
    run: |catalog, rule, report| {
        for surface in catalog.surfaces.iter().filter(|_| catalog.docs.is_none()) {
            objects(&surface.shape.body.members, &mut |members| {
                for member in members.iter().filter(|member| needs_docs(&member.shape)) {
                    let message = "`<docs_url>` needs the URL of the docs page";
                    let help =
                        "add a line such as `docs: https://docs.example.com/errors` at the top";
                    report.push(Diagnostic::new(rule, member.at, message, help));
                }
            });
        }
    },
};

fn needs_docs(shape: &Shape) -> bool {
    match shape {
        Shape::List(item) => needs_docs(item),
        Shape::Slot(filler, _) => *filler == Filler::DocsUrl,
        Shape::Text(parts) => parts.iter().any(|part| matches!(part, Part::Slot(Filler::DocsUrl))),
        Shape::Object(_) | Shape::Literal(_) => false,
    }
}

pub(super) const COLLIDING_PLACEHOLDER: Check = Check {
    rule: Rule {
        name: "colliding-placeholder",
        what: "two placeholders of a body that differ only in case or punctuation",
        why: "they would become the same argument in the generated code",
        fix: "rename one of the two: a placeholder need not be called as its key is",
        bad: "body: {error: <code>, retryIn: <retryIn>, retry_in: <retry_in>}",
        good: "body: {error: <code>, retryIn: <retry_in_ms>, retry_in: <retry_in>}",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let body = &surface.shape.body;
            let names = body.occurrences();
            let mut first: BTreeMap<Option<String>, &str> = BTreeMap::new();
            for name in names.iter().map(|occurrence| occurrence.name) {
                let ident = ident::in_case(name, Case::Snake);
                let other = *first.entry(ident).or_insert(name);
                if other != name {
                    let message = format!("the placeholders `{name}` and `{other}` clash");
                    let help = format!("rename one of the two, as in `<{name}_2>`");
                    report.push(Diagnostic::new(rule, body.at, message, help));
                }
            }
        }
    },
};

pub(super) const RESERVED_KEY: Check = Check {
    rule: Rule {
        name: "reserved-key",
        what: "a key of a body or a sample that is empty, `__proto__`, `$ref` or longer than 200 characters",
        why: "nothing can be called by no name, JavaScript makes the second a prototype, OpenAPI tools open the third as a file, and YAML ends the last in the middle",
        fix: "leave it out of the body: readers ignore members that they do not know",
        bad: "body: {error: <code>, $ref: <link>}",
        good: "body: {error: <code>}",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            objects(&surface.shape.body.members, &mut |members| {
                for member in members.iter().filter(|member| is_reserved(&member.key)) {
                    let help = "leave it out: readers ignore members that the body does not name";
                    report.push(Diagnostic::new(rule, member.at, reserved(&member.key), help));
                }
            });
            let shape = surface.shape.example.iter().map(|example| (&example.value, example.at));
            let params = surface.errors.iter().flat_map(|entry| &entry.params);
            let params = params.filter_map(|param| Some((param.example.as_ref()?, param.name.at)));
            for (example, at) in shape.chain(params) {
                if let Some(key) = reserved_in(example) {
                    let help = "show a sample without it";
                    report.push(Diagnostic::new(rule, at, reserved(key), help));
                }
            }
        }
    },
};

/// YAML's limit for a key is 1024, with its escapes.
const MAX_KEY: usize = 200;

fn is_reserved(key: &str) -> bool {
    ["", "__proto__", "$ref"].contains(&key) || key.chars().count() > MAX_KEY
}

fn reserved(key: &str) -> String {
    match key.char_indices().nth(MAX_KEY) {
        Some(_) => format!("this key is longer than {MAX_KEY} characters"),
        None => format!("the key `{key}` means something else to tools"),
    }
}

/// A reserved key in a sample, however deep.
fn reserved_in(sample: &Json) -> Option<&str> {
    match sample {
        Json::Object(members) => members.iter().find_map(|(key, value)| {
            if is_reserved(key) { Some(key.as_str()) } else { reserved_in(value) }
        }),
        Json::Array(items) => items.iter().find_map(reserved_in),
        _ => None,
    }
}

/// Calls a function with the members of every object of a body.
fn objects(members: &[Member], with: &mut dyn FnMut(&[Member])) {
    with(members);
    for member in members {
        let mut shape = &member.shape;
        while let Shape::List(item) = shape {
            shape = item;
        }
        if let Shape::Object(members) = shape {
            objects(members, with);
        }
    }
}
