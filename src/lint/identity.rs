//! Rules about what an error is told apart by: its code, its status, its name. Never looks at
//! texts.

use std::collections::BTreeMap;

use super::Check;
use crate::catalog::{Code, Entry, Surface};
use crate::diagnostic::{Diagnostic, Rule};
use crate::text::ident::{self, Case};
use crate::yaml::NodeId;

pub(super) const EMPTY_CATALOG: Check = Check {
    rule: Rule {
        name: "empty-catalog",
        what: "a catalog without a surface",
        why: "every output would be empty, and replace one that is not",
        fix: "add a surface, with its body and its errors",
        bad: "surfaces: []",
        good: "surfaces:\n  - id: api\n    title: API errors\n    shape: {body: {error: <code>}}\n    errors: […]",
    },
    run: |catalog, rule, report| {
        if let (true, Some(at)) = (catalog.surfaces.is_empty(), catalog.surfaces_at) {
            let help = "add a surface, as in `- {id: api, title: API errors, shape: …, errors: …}`";
            report.push(Diagnostic::new(rule, at, "the catalog has no surface", help));
        }
    },
};

pub(super) const DUPLICATE_SURFACE: Check = Check {
    rule: Rule {
        name: "duplicate-surface",
        what: "two surfaces with the same id",
        why: "their modules, types and links would be the same",
        fix: "give each surface an id of its own",
        bad: "- {id: api, …}\n- {id: api, …}",
        good: "- {id: api, …}\n- {id: admin_api, …}",
    },
    run: |catalog, rule, report| {
        let mut first = BTreeMap::new();
        for id in catalog.surfaces.iter().map(|surface| &surface.id) {
            let Some(name) = ident::in_case(&id.value, Case::Pascal) else { continue };
            // `AnyXCode` and `isXCode` of one surface must not be the `AnyX` and `IsX` of another.
            let names = ["", "Any", "Is"].map(|prefix| format!("{prefix}{name}"));
            let taken = names.iter().find_map(|name| first.get(name)).copied();
            if let Some(earlier) = taken.filter(|_| id.at.is_somewhere()) {
                let message = format!("the id `{}` clashes with another one", id.value);
                let help = "give this surface an id of its own, in its letters and not only in \
                            its `_`, an `any_` or an `is_`";
                report.push(
                    Diagnostic::new(rule, id.at, message, help).also(earlier, "the other one"),
                );
            }
            for name in names {
                first.entry(name).or_insert(id.at);
            }
        }
    },
};

pub(super) const DUPLICATE_CODE: Check = Check {
    rule: Rule {
        name: "duplicate-code",
        what: "two errors of one surface with the same code",
        why: "a client recognises an error by its code alone, so it reads the second as the first",
        fix: "rename one of the two, or merge them",
        bad: "- {code: not_found, …}\n- {code: not_found, …}",
        good: "- {code: not_found, …}\n- {code: key_not_found, …}",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let mut first = BTreeMap::new();
            for code in surface.errors.iter().filter_map(|entry| entry.code.as_ref()) {
                let earlier = *first.entry(&code.value).or_insert(code.at);
                if earlier != code.at {
                    let message = format!("the code `{}` is listed twice", code.value);
                    report.push(
                        Diagnostic::new(
                            rule,
                            code.at,
                            message,
                            "rename one of the two, or merge them",
                        )
                        .also(earlier, "first listed here"),
                    );
                }
            }
        }
    },
};

pub(super) const DUPLICATE_STATUS: Check = Check {
    rule: Rule {
        name: "duplicate-status",
        what: "a status that is listed twice, in one error or on a surface without codes",
        why: "the status is all that tells its errors apart, so a client reads the second as the first",
        fix: "merge the two errors, or add `<code>` to the surface's body",
        bad: "- {status: 404, …}\n- {status: 404, …}",
        good: "- {status: 404, …}",
    },
    run: |catalog, rule, report| {
        for entry in
            catalog.surfaces.iter().filter(|s| s.is_keyed_by_code()).flat_map(|s| &s.errors)
        {
            for (index, status) in entry.statuses.iter().enumerate() {
                let others = entry.statuses.iter().take(index);
                if let Some(first) = others.into_iter().find(|other| other.value == status.value) {
                    let message = format!("the status {} is listed twice", status.value);
                    report.push(
                        Diagnostic::new(rule, status.at, message, "remove one of the two")
                            .also(first.at, "first listed here"),
                    );
                }
            }
        }
        // Where most errors have a code, the body is what is wrong.
        let surfaces = catalog.surfaces.iter().filter(|surface| is_keyed_by_status(surface));
        for surface in surfaces.filter(|surface| !lacks_code_in_body(surface)) {
            let mut first = BTreeMap::new();
            for status in surface.errors.iter().flat_map(|entry| &entry.statuses) {
                let earlier = *first.entry(status.value).or_insert(status.at);
                if earlier != status.at {
                    let message = format!("the status {} is listed twice", status.value);
                    let help = "merge the two errors, or add `<code>` to the surface's body";
                    report.push(
                        Diagnostic::new(rule, status.at, message, help)
                            .also(earlier, "first listed here"),
                    );
                }
            }
        }
    },
};

pub(super) const MISSING_STATUS: Check = Check {
    rule: Rule {
        name: "missing-status",
        what: "an error with an empty list of statuses",
        why: "a server could not send it",
        fix: "write the status that a server sends",
        bad: "status: []",
        good: "status: 409",
    },
    run: |catalog, rule, report| {
        for entry in catalog.entries() {
            // A broken or missing status has a stand-in; only an empty list leaves none.
            if entry.statuses.is_empty() {
                let help = "write a status, as in `status: 409`";
                let message = "this error has no HTTP status";
                report.push(Diagnostic::new(rule, entry.range.start, message, help));
            }
        }
    },
};

pub(super) const UNEXPECTED_CODE: Check = Check {
    rule: Rule {
        name: "unexpected-code",
        what: "a code on a surface whose body has no `<code>`",
        why: "it would never be on the wire, and no client could see it",
        fix: "remove the code, or add `<code>` to the body",
        bad: "body: {message: <message>}\nerrors: [{code: not_found, …}]",
        good: "body: {error: <code>, message: <message>}\nerrors: [{code: not_found, …}]",
    },
    run: |catalog, rule, report| {
        for surface in catalog.surfaces.iter().filter(|surface| is_keyed_by_status(surface)) {
            let codes: Vec<NodeId> =
                surface.errors.iter().filter_map(|entry| Some(entry.code.as_ref()?.at)).collect();
            if lacks_code_in_body(surface) {
                // One mistake gives one finding.
                let message = format!(
                    "the body has no `<code>`, but {} of {} errors have a code",
                    codes.len(),
                    surface.errors.len()
                );
                let help =
                    "write `<code>` where the code stands in the body, as in `error: <code>`";
                report.push(Diagnostic::new(rule, surface.shape.body.at, message, help));
                continue;
            }
            for at in codes {
                let message = "this error has a code, but the body of its surface has no `<code>`";
                let help = "remove the code (a `name` can stay), or add `<code>` to the body";
                report.push(
                    Diagnostic::new(rule, at, message, help)
                        .also(surface.shape.body.at, "the body"),
                );
            }
        }
    },
};

pub(super) const MISSING_CODE: Check = Check {
    rule: Rule {
        name: "missing-code",
        what: "an error without a code on a surface whose body has `<code>`",
        why: "a server could not fill the body in, and no client could recognise the error",
        fix: "give the error its `code`",
        bad: "body: {error: <code>}\nerrors: [{status: 404, …}]",
        good: "body: {error: <code>}\nerrors: [{code: not_found, status: 404, …}]",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let Some(spot) = surface.shape.body.code() else { continue };
            let without: Vec<_> =
                surface.errors.iter().filter(|entry| entry.code.is_none()).collect();
            if without.len() > 1 && without.len() == surface.errors.len() {
                let message = "the body has `<code>`, but no error of the surface has a code";
                let help = "give each error its `code`, or write another placeholder here";
                report.push(Diagnostic::new(rule, spot.at, message, help));
                continue;
            }
            for entry in without {
                let message = "this error has no code, but the body of its surface has `<code>`";
                report.push(
                    Diagnostic::new(rule, entry.range.start, message, "add a line `code: …`")
                        .also(spot.at, "here it is needed"),
                );
            }
        }
    },
};

pub(super) const MIXED_CODES: Check = Check {
    rule: Rule {
        name: "mixed-codes",
        what: "codes that are text and codes that are integers on one surface",
        why: "the code is one member of the body, and has one type in every language",
        fix: "make all codes of the surface text, or all integers",
        bad: "- {code: not_found, …}\n- {code: 1002, …}",
        good: "- {code: not_found, …}\n- {code: closed, …}",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let codes = surface.errors.iter().filter_map(|entry| entry.code.as_ref());
            let codes = codes.filter(|code| code.at.is_somewhere());
            let (integers, texts): (Vec<_>, Vec<_>) =
                codes.partition(|code| code.value.is_integer());
            // Where both are as many, the first one decides.
            let first_is_text =
                texts.first().map(|code| code.at) < integers.first().map(|code| code.at);
            let texts_are_few =
                texts.len() < integers.len() || texts.len() == integers.len() && !first_is_text;
            let (few, many) = if texts_are_few { (texts, integers) } else { (integers, texts) };
            let (Some(other), Some(first)) = (few.first(), many.first()) else { continue };
            let kind = |code: &Code| if code.is_integer() { "an integer" } else { "text" };
            let message = format!(
                "this code is {}, but others of the surface are {}",
                kind(&other.value),
                if first.value.is_integer() { "integers" } else { "text" }
            );
            let help = if other.value.is_integer() {
                "put it in quotes, and start it with a letter"
            } else {
                "write an integer, without quotes"
            };
            report
                .push(Diagnostic::new(rule, other.at, message, help).also(first.at, "one of them"));
        }
    },
};

pub(super) const MISSING_NAME: Check = Check {
    rule: Rule {
        name: "missing-name",
        what: "an error that nothing gives a name to",
        why: "identifiers and links to the docs are made of it, and a number is none",
        fix: "give the error a `name`",
        bad: "status: [502, 503]",
        good: "status: [502, 503]\nname: upstream_down",
    },
    run: |catalog, rule, report| {
        for (surface, entry) in catalog
            .surfaces
            .iter()
            .flat_map(|surface| surface.errors.iter().map(move |entry| (surface, entry)))
        {
            if entry.name.is_some() || entry.statuses.is_empty() {
                continue;
            }
            let message = match (&entry.code, entry.statuses.as_slice()) {
                // An integer among texts is mixed-codes' finding.
                (Some(code), _) if code.value.is_integer() && !has_text_codes(surface) => {
                    format!("the code {} has no name", code.value)
                }
                (None, [_, _, ..]) => "an error of several statuses has no name".to_owned(),
                (None, [status]) if entry.name().is_none() => {
                    format!("the status {} has no registered phrase to name it by", status.value)
                }
                _ => continue,
            };
            let help = "add a line such as `name: upstream_down`";
            report.push(Diagnostic::new(rule, entry.name_at(), message, help));
        }
    },
};

pub(super) const COLLIDING_NAME: Check = Check {
    rule: Rule {
        name: "colliding-name",
        what: "two errors of one surface whose names differ only in case or punctuation",
        why: "they would become the same identifier in the generated code",
        fix: "give one of the two another `name`; its code stays as it is",
        bad: "code: plan.limit   # beside plan_limit",
        good: "code: plan.limit\nname: plan_limit_reached",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let mut first: BTreeMap<String, (String, NodeId)> = BTreeMap::new();
            for entry in &surface.errors {
                let Some(name) = entry.name() else { continue };
                let Some(ident) = ident::in_case(&name, Case::Pascal) else { continue };
                let at = entry.name_at();
                let Some((earlier, earlier_at)) = first.get(&ident) else {
                    first.insert(ident, (name, at));
                    continue;
                };
                // Equal codes are duplicate-code's, and equal statuses duplicate-status's finding.
                let is_reported = *earlier == name && entry.name.is_none();
                if !is_reported {
                    let message = format!("`{name}` and `{earlier}` both become `{ident}`");
                    let help = "give one of them another `name`, which leaves its code as it is";
                    report.push(
                        Diagnostic::new(rule, at, message, help).also(*earlier_at, "the other one"),
                    );
                }
            }
        }
    },
};

pub(super) const TAKEN_NAME: Check = Check {
    rule: Rule {
        name: "taken-name",
        what: "a name that is the code of another error of its surface",
        why: "a link to the docs is made of either, and would lead to two errors",
        fix: "give the error a name that is no code of another",
        bad: "- {code: gone, name: expired, …}\n- {code: lost, name: gone, …}",
        good: "- {code: gone, name: expired, …}\n- {code: lost, …}",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let codes =
                surface.errors.iter().filter_map(|entry| Some((entry, entry.code.as_ref()?)));
            let codes: BTreeMap<String, (&Entry, NodeId)> =
                codes.map(|(entry, code)| (code.value.to_string(), (entry, code.at))).collect();
            for entry in &surface.errors {
                let Some(name) = &entry.name else { continue };
                let Some((other, at)) = codes.get(&name.value) else { continue };
                // One without a name of its own is colliding-name's finding.
                if std::ptr::eq(*other, entry) || other.name.is_none() {
                    continue;
                }
                let message = format!("the name `{}` is the code of another error", name.value);
                let help = "give this error a name that is no code of another";
                report.push(Diagnostic::new(rule, name.at, message, help).also(*at, "the code"));
            }
        }
    },
};

pub(super) const RESERVED_ID: Check = Check {
    rule: Rule {
        name: "reserved-id",
        what: "a surface id that an output needs for itself",
        why: "its module would take the place of one that every generated package has",
        fix: "use another id",
        bad: "id: type",
        good: "id: type_api",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            if ident::is_reserved_module(&surface.id.value) {
                let message = format!("the id `{}` is reserved", surface.id.value);
                let help = format!("use another id, such as `{}_api`", surface.id.value);
                report.push(Diagnostic::new(rule, surface.id.at, message, help));
            }
        }
    },
};

fn has_text_codes(surface: &Surface) -> bool {
    let codes = surface.errors.iter().filter_map(|entry| entry.code.as_ref());
    codes.into_iter().any(|code| !code.value.is_integer())
}

/// Whether the body, rather than its errors, is what has to change: most of them have a code.
fn lacks_code_in_body(surface: &Surface) -> bool {
    let codes = surface.errors.iter().filter(|entry| entry.code.is_some()).count();
    codes * 2 > surface.errors.len()
}

/// Without those whose body is broken: that was reported.
fn is_keyed_by_status(surface: &Surface) -> bool {
    !surface.is_keyed_by_code() && surface.shape.body.at.is_somewhere()
}
