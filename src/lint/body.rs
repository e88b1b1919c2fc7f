//! Rules about bodies, and about what fills them.

use super::{Check, values};
use crate::catalog::body::{List, ParamType, Part, Placeholder, Shape};
use crate::diagnostic::{Diagnostic, Rule};
use crate::sorted::{SortedSet, repeats_by};
use crate::text::ident::{self, Case};
use crate::text::json::Json;
use crate::text::suggest;

pub(super) const CHECKS: &[&Check] = &[
    &COLLIDING_PLACEHOLDER,
    &MISSING_DOCS,
    &MISSPELLED_PLACEHOLDER,
    &RESERVED_PLACEHOLDER,
    &UNKNOWN_EXAMPLE,
];

const COLLIDING_PLACEHOLDER: Check = Check {
    rule: Rule {
        name: "colliding-placeholder",
        what: "two placeholders of a body that differ only in case or punctuation",
        why: "both would become the same argument in the generated code",
        fix: "rename one of them: a placeholder doesn't need the name of its key",
        bad: "body: {error: <code>, retryIn: <retryIn>, retry_in: <retry_in>}",
        good: "body: {error: <code>, retryIn: <retry_in_ms>, retry_in: <retry_in>}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let Some(body) = &surface.shape.body else { continue };
            let own = body.params();
            let of_lists = body.lists().into_iter().map(List::params);
            let of_entries = surface.errors.iter().filter(|entry| !entry.values.is_empty());
            let of_entries = of_entries.map(|entry| {
                own.iter().copied().chain(values::new_arguments(entry, &own)).collect()
            });
            let ident = |name| ident::in_case(name, Case::Snake);
            let mut reported = SortedSet::new();
            for params in [own.clone()].into_iter().chain(of_lists).chain(of_entries) {
                for (param, first) in repeats_by(&params, |param| Some(ident(param.name))) {
                    if !reported.insert(param.name) {
                        continue;
                    }
                    let message = format!("`<{}>` clashes with `<{}>`", param.name, first.name);
                    let help = format!("rename one of them, as in `<{}_2>`", param.name);
                    let problem = Diagnostic::new(rule, param.at, message, help);
                    let problem = problem.about(format!("<{}", param.name));
                    report.push(problem.also(first.at, "the other one"));
                }
            }
        }
    },
};

const MISSING_DOCS: Check = Check {
    rule: Rule {
        name: "missing-docs",
        what: "a `<docs_url>` in a body or value, but no `docs` in the catalog",
        why: "there is no URL to fill in",
        fix: "add a line such as `docs: https://docs.example.com/errors` at the top",
        bad: "body: {error: <code>, more: <docs_url>}",
        good: "docs: https://docs.example.com/errors",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        if !catalog.docs.is_absent() {
            return;
        }
        let mut missing = |at| {
            let message = "`<docs_url>` needs the URL of the docs page";
            report.push(Diagnostic::of(rule, at, message));
        };
        for body in catalog.surfaces.iter().filter_map(|surface| surface.shape.body.as_ref()) {
            body.each_member(&mut |member| {
                if has_docs_url(&member.shape) {
                    missing(member.at);
                }
            });
        }
        for value in catalog.entries().flat_map(|entry| &entry.values) {
            if value.parts().iter().any(is_docs_url) {
                missing(value.name.at);
            }
        }
    },
};

fn has_docs_url(shape: &Shape) -> bool {
    match shape {
        Shape::List(list) => has_docs_url(&list.of),
        Shape::Placeholder(placeholder, _) => *placeholder == Placeholder::DocsUrl,
        Shape::Text(parts) => parts.iter().any(is_docs_url),
        Shape::Object(_) | Shape::Literal(_) => false,
    }
}

fn is_docs_url(part: &Part) -> bool {
    matches!(part, Part::Placeholder(Placeholder::DocsUrl, _))
}

const MISSPELLED_PLACEHOLDER: Check = Check {
    rule: Rule {
        name: "misspelled-placeholder",
        what: "a placeholder that is one letter away from a built-in one, and that no error describes",
        why: "servers would have to give its value each time, although errcat knows it",
        fix: "correct its spelling, or describe it in the `params` of an error",
        bad: "body: {error: <code>, message: <meanign>}",
        good: "body: {error: <code>, message: <meaning>}",
    },
    can_be_allowed: true,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let Some(body) = &surface.shape.body else { continue };
            let described = surface.errors.iter().flat_map(|entry| &entry.params);
            let described: SortedSet<&str> =
                described.map(|param| param.name.value.as_str()).collect();
            let mut named_like_keys = SortedSet::new();
            body.each_member(&mut |member| {
                if let Shape::Placeholder(placeholder, _) = &member.shape
                    && placeholder.param() == Some(&member.key)
                {
                    named_like_keys.insert(member.key.clone());
                }
            });
            let own = body.all_params();
            let of_values =
                surface.errors.iter().flat_map(|entry| values::new_arguments(entry, &own));
            for param in own.iter().copied().chain(of_values) {
                // Its author took the name of the key, as errcat does for lists.
                let is_list = matches!(param.kind, ParamType::List(_));
                if is_list || named_like_keys.contains(param.name) {
                    continue;
                }
                // Shorter ones are too near to other words: `<mode>` to `<code>`.
                let mut built_in = ["status", "meaning", "docs_url"].into_iter();
                let Some(meant) = built_in.find(|name| is_misspelled(param.name, name)) else {
                    continue;
                };
                if !described.contains(param.name) {
                    let message = format!("no error says what `<{}>` is", param.name);
                    let help = format!("did you mean `<{meant}>`?");
                    let problem = Diagnostic::new(rule, param.at, message, help);
                    report.push(problem.about(format!("<{}", param.name)));
                }
            }
        }
    },
};

/// Whether a name is another one in another case, or with one slip of the keyboard.
fn is_misspelled(name: &str, meant: &str) -> bool {
    let snake = ident::in_case(name, Case::Snake).unwrap_or_default();
    snake == meant && name != format!("{meant}_") || suggest::is_slip(&snake, meant)
}

const RESERVED_PLACEHOLDER: Check = Check {
    rule: Rule {
        name: "reserved-placeholder",
        what: "a placeholder with the name of a member that every JavaScript object has",
        why: "where no value is given, JavaScript would send the object's own member instead",
        fix: "rename it: a placeholder doesn't need the name of its key",
        bad: "body: {error: <code>, constructor?: <constructor>}",
        good: "body: {error: <code>, constructor?: <builder>}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let Some(body) = &surface.shape.body else { continue };
            let own = body.all_params();
            let of_values =
                surface.errors.iter().flat_map(|entry| values::new_arguments(entry, &own));
            for param in own.iter().copied().chain(of_values) {
                if ident::is_inherited(param.name) {
                    let message = format!("every JavaScript object has a member `{}`", param.name);
                    let problem = Diagnostic::of(rule, param.at, message);
                    report.push(problem.about(format!("<{}", param.name)));
                }
            }
        }
    },
};

const UNKNOWN_EXAMPLE: Check = Check {
    rule: Rule {
        name: "unknown-example",
        what: "an example of a shape with a code that no error has",
        why: "readers of the docs would look for an error that doesn't exist",
        fix: "use the code of one of the surface's errors",
        bad: "example: {error: not_fuond}",
        good: "example: {error: not_found}",
    },
    can_be_allowed: true,
    run: |catalog, rule, report| {
        for surface in catalog.surfaces.iter().filter(|surface| surface.names().is_some()) {
            let (Some(example), Some(place)) = (&surface.shape.example, surface.shape.code())
            else {
                continue;
            };
            let code = place.find(&example.value);
            let is_none = |code: &Json| place.optional && code.is_null();
            let Some(code) = code.filter(|code| !is_none(code)) else { continue };
            if surface.codes().any(|known| known.value.to_json() == code) {
                continue;
            }
            let code = code.as_str().map_or_else(|| code.to_string(), str::to_owned);
            let codes: Vec<String> = surface.codes().map(|known| known.value.to_string()).collect();
            let help = suggest::help_or(&code, codes.iter().map(String::as_str), rule.fix);
            let message = format!("the example has the code `{code}`, which no error has");
            report.push(Diagnostic::new(rule, example.at, message, help));
        }
    },
};
