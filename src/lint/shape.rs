//! Rules about bodies and what fills them. Never reads a response.

use super::Check;
use crate::catalog::body::{Filler, Part, Shape};
use crate::diagnostic::{Diagnostic, Rule};
use crate::suggest;

pub(super) const UNKNOWN_PARAM: Check = Check {
    rule: Rule {
        name: "unknown-param",
        what: "a param for a placeholder that the body does not have",
        why: "there is no place in the response where it could stand",
        mend: "name a placeholder of the body",
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

pub(super) const MISSING_DOCS: Check = Check {
    rule: Rule {
        name: "missing-docs",
        what: "a body with `<docs_url>` in a catalog without `docs`",
        why: "there is no URL to fill it with",
        mend: "say where the docs page is published",
        bad: "body: {error: <code>, more: <docs_url>}",
        good: "docs: https://docs.example.com/errors",
    },
    run: |catalog, rule, report| {
        for surface in catalog.surfaces.iter().filter(|_| catalog.docs.is_none()) {
            let mut members: Vec<_> = surface.shape.body.members.iter().collect();
            while let Some(member) = members.pop() {
                let mut shape = &member.shape;
                while let Shape::List(item) = shape {
                    shape = item;
                }
                let needs_docs = match shape {
                    Shape::Object(inner) => {
                        members.extend(inner);
                        false
                    }
                    Shape::Slot(filler, _) => *filler == Filler::DocsUrl,
                    Shape::Text(parts) => {
                        parts.iter().any(|part| matches!(part, Part::Slot(Filler::DocsUrl)))
                    }
                    _ => false,
                };
                if needs_docs {
                    let message = "`<docs_url>` needs the URL of the docs page";
                    let help =
                        "add a line such as `docs: https://docs.example.com/errors` at the top";
                    report.push(Diagnostic::new(rule, member.at, message, help));
                }
            }
        }
    },
};
