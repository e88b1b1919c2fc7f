//! Rules about errors that come and go, and the names that point from one to another. Never looks
//! at versions of a catalog other than this one.

use std::collections::BTreeMap;

use super::Check;
use crate::catalog::{Code, Entry, Surface, Text};
use crate::diagnostic::{Diagnostic, Rule};
use crate::text::suggest;
use crate::yaml::NodeId;

pub(super) const RETIRED_CODE: Check = Check {
    rule: Rule {
        name: "retired-code",
        what: "a retired code that is used again, or retired twice",
        why: "clients that still know it by its old meaning would act on that",
        fix: "give the error a code that was never used",
        bad: "errors: [{code: gone, …}]\nretired: [{code: gone}]",
        good: "errors: [{code: gone_again, …}]\nretired: [{code: gone}]",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let mut retired = BTreeMap::new();
            for code in surface.retired.iter().map(|retired| &retired.code) {
                let first = *retired.entry(&code.value).or_insert(code.at);
                if first != code.at {
                    let message = format!("the code `{}` is retired twice", code.value);
                    let finding = Diagnostic::new(rule, code.at, message, "remove one of the two");
                    report.push(finding.also(first, "first retired here"));
                }
            }
            for entry in &surface.errors {
                for (what, code, at) in identities(surface, entry) {
                    let Some(retired_at) = retired.get(&code) else { continue };
                    let message = format!("the {what} `{code}` is retired");
                    let help = format!("give this error a {what} that was never used");
                    report.push(
                        Diagnostic::new(rule, at, message, help).also(*retired_at, "retired here"),
                    );
                }
            }
        }
    },
};

/// What an error is known by, each as it would stand among the retired codes: all of these are
/// anchors of the docs.
fn identities(surface: &Surface, entry: &Entry) -> Vec<(&'static str, Code, NodeId)> {
    let code = entry.code.as_ref().map(|code| ("code", code.value.clone(), code.at));
    let name = entry.name().map(|name| ("name", Code::Text(name), entry.name_at()));
    let name = name.filter(|(_, name, _)| code.as_ref().is_none_or(|(_, code, _)| code != name));
    let mut identities: Vec<_> = code.into_iter().chain(name).collect();
    if !surface.is_keyed_by_code() {
        let statuses = entry.statuses.iter();
        identities
            .extend(statuses.map(|one| ("status", Code::Integer(i64::from(one.value)), one.at)));
    }
    identities
}

pub(super) const UNKNOWN_REPLACEMENT: Check = Check {
    rule: Rule {
        name: "unknown-replacement",
        what: "a `use` that names no other error of its surface",
        why: "the docs and the deprecation notes of the packages would point to nothing",
        fix: "name an error of the same surface, as its `name` or code",
        bad: "deprecated: {use: not_fuond}",
        good: "deprecated: {use: not_found}",
    },
    run: |catalog, rule, report| {
        for surface in &catalog.surfaces {
            let names: Vec<String> = surface.errors.iter().filter_map(Entry::name).collect();
            for entry in &surface.errors {
                let instead = entry.deprecated.as_ref().and_then(|one| one.instead.as_ref());
                if let Some(text) =
                    instead.filter(|text| entry.name().as_ref() == Some(&text.value))
                {
                    let message = format!("`{}` is to be replaced by itself", text.value);
                    let help = "name the error that is sent instead, or remove `use`";
                    report.push(Diagnostic::new(rule, text.at, message, help));
                }
            }
            if surface.has_broken_names() {
                continue;
            }
            for text in replacements(surface) {
                let name = text.value.as_str();
                if names.iter().any(|known| known == name) {
                    continue;
                }
                let message =
                    format!("no error of the surface `{}` has the name `{name}`", surface.id.value);
                let help = suggest::help_or(
                    name,
                    names.iter().map(String::as_str),
                    "name an error of this surface, or tell what to do in `note`",
                );
                report.push(Diagnostic::new(rule, text.at, message, help));
            }
        }
    },
};

/// Every `use` of a surface.
fn replacements(surface: &Surface) -> impl Iterator<Item = &Text> {
    let deprecated = surface.errors.iter().filter_map(|entry| entry.deprecated.as_ref());
    let retired = surface.retired.iter().filter_map(|retired| retired.instead.as_ref());
    deprecated.filter_map(|deprecated| deprecated.instead.as_ref()).chain(retired)
}

pub(super) const UNKNOWN_TAG: Check = Check {
    rule: Rule {
        name: "unknown-tag",
        what: "a tag that the catalog does not declare",
        why: "a misspelt tag would leave its error out of the group in silence",
        fix: "declare it in `tags` at the top of the catalog, or correct its spelling",
        bad: "tags: {quota: A limit of the plan}\nsurfaces: [… {tags: [qouta]} …]",
        good: "tags: {quota: A limit of the plan}\nsurfaces: [… {tags: [quota]} …]",
    },
    run: |catalog, rule, report| {
        if catalog.tags.iter().any(|tag| !tag.name.at.is_somewhere()) {
            return;
        }
        let names: Vec<&str> = catalog.tags.iter().map(|tag| tag.name.value.as_str()).collect();
        for tag in catalog.entries().flat_map(|entry| &entry.tags) {
            let name = tag.value.as_str();
            if !names.contains(&name) {
                let message = format!("the catalog declares no tag `{name}`");
                let help = suggest::help_or(
                    name,
                    names.iter().copied(),
                    format!("declare it at the top: `tags: {{{name}: what the group means}}`"),
                );
                report.push(Diagnostic::new(rule, tag.at, message, help));
            }
        }
    },
};

pub(super) const DUPLICATE_TAG: Check = Check {
    rule: Rule {
        name: "duplicate-tag",
        what: "a tag that one error has twice",
        why: "one of the two was meant to be another tag",
        fix: "remove one of the two",
        bad: "tags: [quota, quota]",
        good: "tags: [quota]",
    },
    run: |catalog, rule, report| {
        for entry in catalog.entries() {
            for (index, tag) in entry.tags.iter().enumerate() {
                let earlier = entry.tags.iter().take(index).find(|other| other.value == tag.value);
                if let Some(first) = earlier {
                    let message = format!("the tag `{}` is listed twice", tag.value);
                    report.push(
                        Diagnostic::new(rule, tag.at, message, "remove one of the two")
                            .also(first.at, "first listed here"),
                    );
                }
            }
        }
    },
};
