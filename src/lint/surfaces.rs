//! Rules about a catalog's surfaces: their ids and titles.

use super::{Check, repeats};
use crate::diagnostic::{Diagnostic, Rule};
use crate::sorted::SortedMap;
use crate::text::files;
use crate::text::ident::{self, Case};

pub(super) const CHECKS: &[&Check] =
    &[&DUPLICATE_SURFACE, &EMPTY_CATALOG, &EMPTY_SURFACE, &RESERVED_ID, &SAME_TITLE];

const DUPLICATE_SURFACE: Check = Check {
    rule: Rule {
        name: "duplicate-surface",
        what: "two surfaces with the same id, or with ids that differ only in `_`, `any_` or `is_`",
        why: "their modules, types and links would have the same names",
        fix: "choose an id with other letters; `_`, `any_` and `is_` don't count",
        bad: "- {id: api, …}\n- {id: api, …}",
        good: "- {id: api, …}\n- {id: admin_api, …}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        let mut first = SortedMap::new();
        for id in catalog.surfaces.iter().filter_map(|surface| surface.id.as_ref()) {
            let Some(name) = ident::in_case(&id.value, Case::Pascal) else { continue };
            // The surface `x` has the types `AnyX` and `IsX`, which a surface `any_x` must not take.
            let names = ["", "Any", "Is"].map(|prefix| format!("{prefix}{name}"));
            if let Some(&other) = names.iter().find_map(|name| first.get(name)) {
                let message = format!("the id `{}` clashes with another one", id.value);
                report.push(Diagnostic::of(rule, id.at, message).also(other, "the other one"));
            }
            for name in names {
                first.entry(name).or_insert(id.at);
            }
        }
    },
};

const EMPTY_CATALOG: Check = Check {
    rule: Rule {
        name: "empty-catalog",
        what: "a catalog without surfaces",
        why: "every output would be empty",
        fix: "add a surface, with its body and its errors",
        bad: "surfaces: []",
        good: "surfaces:\n  - id: api\n    title: API errors\n    shape: {body: {error: <code>}}\n    errors: […]",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        if let Some(at) = catalog.no_surfaces {
            let help = "add a surface, as in `- {id: api, title: API errors, shape: …, errors: …}`";
            report.push(Diagnostic::new(rule, at, "the catalog has no surfaces", help));
        }
    },
};

const EMPTY_SURFACE: Check = Check {
    rule: Rule {
        name: "empty-surface",
        what: "a surface without errors",
        why: "its types and its section of the docs would be empty",
        fix: "add an error, or leave the surface out until it has one",
        bad: "errors: []",
        good: "errors:\n  - {code: not_found, status: 404, meaning: No such key, fix: Check the spelling., retryable: false}",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        for at in catalog.surfaces.iter().filter_map(|surface| surface.no_errors) {
            report.push(Diagnostic::of(rule, at, "the surface has no errors"));
        }
    },
};

const RESERVED_ID: Check = Check {
    rule: Rule {
        name: "reserved-id",
        what: "a surface id that can't be the name of a module and its file",
        why: "each surface becomes a module of the generated packages, in a file of its own",
        fix: "choose another id",
        bad: "id: type",
        good: "id: type_api",
    },
    can_be_allowed: false,
    run: |catalog, rule, report| {
        let ids = catalog.surfaces.iter().filter_map(|surface| surface.id.as_ref());
        for id in ids {
            let message = if files::is_device(&id.value) {
                format!("Windows can't have a file named `{}`: it is a device", id.value)
            } else if ident::is_reserved_module(&id.value) {
                format!("the generated packages need the name `{}` for themselves", id.value)
            } else {
                continue;
            };
            let help = format!("choose another id, such as `{}_api`", id.value);
            report.push(Diagnostic::new(rule, id.at, message, help));
        }
    },
};

const SAME_TITLE: Check = Check {
    rule: Rule {
        name: "same-title",
        what: "two surfaces with the same title",
        why: "readers could not tell their sections in the docs apart",
        fix: "say in the title which API it is",
        bad: "- {id: api, title: Errors, …}\n- {id: admin, title: Errors, …}",
        good: "- {id: api, title: API errors, …}\n- {id: admin, title: Admin API errors, …}",
    },
    can_be_allowed: true,
    run: |catalog, rule, report| {
        let titles = catalog.surfaces.iter().filter_map(|surface| surface.title.as_ref());
        // The rule empty-text reports empty ones.
        for (title, first) in repeats(titles.filter(|title| !title.value.trim().is_empty())) {
            let message = "another surface has the same title";
            report.push(Diagnostic::of(rule, title.at, message).also(first.at, "the other one"));
        }
    },
};
