//! Errors: which are there, under which codes and names.

use std::collections::{BTreeMap, BTreeSet};

use super::found::{Change, Found, Place};
use super::matched::{Matched, Pair, at, code, identifier, name, quoted, titled};
use super::{ChangeRule, Class};
use crate::catalog::{Code, Entry, Retired, Surface, text};
use crate::text::ident::{self, Case, in_case};
use crate::text::spans::code_span;
use crate::yaml::written;

const ERROR_REMOVED: ChangeRule = ChangeRule {
    name: "error-removed",
    class: Class::Breaking,
    what: "an error that is gone",
    why: "Code that names it doesn't compile, and links to it lead nowhere.",
    fields: &["surface.errors", "surface.include"],
};
const ERROR_RENAMED: ChangeRule = ChangeRule {
    name: "error-renamed",
    class: Class::Breaking,
    what: "an error that another one replaces, as its code under `retired` says",
    why: "Code that names the old one doesn't compile, and clients that compare its code never see it again.",
    fields: &["surface.errors", "surface.retired", "retired_code.use"],
};
const ERROR_ADDED: ChangeRule = ChangeRule {
    name: "error-added",
    class: Class::Additive,
    what: "a new error",
    why: "Clients must accept errors that they don't know, and the packages do. Clients that other generators \
          make from an `enum` in OpenAPI may refuse it: the option `codes: open` avoids that.",
    fields: &["surface.errors", "surface.include"],
};
const CODE_CHANGED: ChangeRule = ChangeRule {
    name: "code-changed",
    class: Class::Breaking,
    what: "another `code` for the same error",
    why: "Clients that compare the code no longer recognize the error.",
    fields: &["error.code"],
};
const CODE_REUSED: ChangeRule = ChangeRule {
    name: "code-reused",
    class: Class::Breaking,
    what: "a retired code that an error has again",
    why: "Old clients take it for what it meant before.",
    fields: &["error.code", "surface.retired", "retired_code.code"],
};
const NAME_CHANGED: ChangeRule = ChangeRule {
    name: "name-changed",
    class: Class::Breaking,
    what: "another name for the same error, by its `name` or because it had none",
    why: "The name is in types, functions and links.",
    fields: &["error.name"],
};
const ERROR_DEPRECATED: ChangeRule = ChangeRule {
    name: "error-deprecated",
    class: Class::Additive,
    what: "an error that is deprecated now",
    why: "Code that names it gets a warning, and goes on working.",
    fields: &["error.deprecated"],
};
const ERROR_RESTORED: ChangeRule = ChangeRule {
    name: "error-restored",
    class: Class::Additive,
    what: "an error that is no longer deprecated",
    why: "Clients may get it again, and they know it.",
    fields: &["error.deprecated"],
};

pub(super) const RULES: &[&ChangeRule] = &[
    &ERROR_REMOVED,
    &ERROR_RENAMED,
    &ERROR_ADDED,
    &CODE_CHANGED,
    &CODE_REUSED,
    &NAME_CHANGED,
    &ERROR_DEPRECATED,
    &ERROR_RESTORED,
];

pub(super) fn compare(pair: Pair, matched: &Matched, found: &mut Found) {
    let Pair { old, new, .. } = pair;
    let mut replacing = BTreeSet::new();
    let retired: BTreeMap<&Code, &Retired> =
        new.retired.iter().map(|retired| (&retired.code.value, retired)).collect();
    for entry in old.errors.iter().filter(|entry| matched.removed.contains(&name(entry))) {
        let retired = code(entry).and_then(|code| retired.get(code).copied());
        let use_instead = retired.and_then(|retired| text(retired.instead.as_ref()));
        replacing.extend(use_instead.map(str::to_owned));
        found.push(removed(pair, entry, retired));
    }
    for (before, after) in &matched.pairs {
        renamed(pair, before, after, found);
        deprecated(before, after, found);
    }
    let was_retired: BTreeSet<&Code> = old.retired.iter().map(|one| &one.code.value).collect();
    let is_added = |entry: &&Entry| matched.added.contains(&name(entry));
    for entry in new.errors.iter().filter(is_added) {
        let change = match code(entry).filter(|code| was_retired.contains(code)) {
            Some(code) => {
                let message = format!("{} was retired, and is a code again", quoted(code));
                Change::new(&CODE_REUSED, Place::New(at(entry)), message)
                    .help("give the error a code that was never sent")
            }
            // The change of the error that it replaces names it.
            None if replacing.contains(&name(entry)) => continue,
            None => {
                let meaning = text(entry.meaning.as_ref()).unwrap_or_default();
                let message = format!("{} is new: {meaning}", titled(entry));
                Change::new(&ERROR_ADDED, Place::New(at(entry)), message)
            }
        };
        found.push(change.of(entry));
    }
}

fn removed(pair: Pair, entry: &Entry, retired: Option<&Retired>) -> Change {
    let mut names = public_names(pair.old, entry);
    // A retired code keeps its link.
    if retired.is_none() {
        names.push(format!("`#{}`", pair.old.anchor(&name(entry))));
    }
    let gone = format!("gone with it: {}", names.join(", "));
    let replacement = retired.and_then(|retired| text(retired.instead.as_ref()));
    if let Some(replacement) = replacement {
        let message = format!("{} is replaced by {}", titled(entry), code_span(replacement));
        return Change::new(&ERROR_RENAMED, Place::Old(at(entry)), message).note(gone).of(entry);
    }
    let message =
        format!("{} is {}", titled(entry), if retired.is_some() { "retired" } else { "gone" });
    let change = Change::new(&ERROR_REMOVED, Place::Old(at(entry)), message).note(gone).of(entry);
    match code(entry) {
        Some(code) if retired.is_none() => change.help(format!(
            "keep it as `deprecated`; or add it to `retired`, so that its link stays and its code is never used again: \
             {}",
            code_span(&format!("- {{code: {}, use: …}}", in_flow(code)))
        )),
        _ => change,
    }
}

fn renamed(pair: Pair, before: &Entry, after: &Entry, found: &mut Found) {
    let (old, new) = (name(before), name(after));
    let change = if identifier(before) != identifier(after) {
        let mut names = public_names(pair.old, before);
        names.push(format!("`#{}`", pair.old.anchor(&old)));
        let message = format!("the name of {} was {}", titled(after), code_span(&old));
        Change::new(&NAME_CHANGED, Place::New(at(after)), message)
            .note(format!("gone: {}", names.join(", ")))
            .help(format!("keep the name: `name: {old}`"))
    } else if code(before) != code(after) {
        let code = |entry| code(entry).map_or_else(|| "none".to_owned(), quoted);
        let (before, after_code) = (code(before), code(after));
        let message = format!("the code of {} was {before}, and is {after_code}", code_span(&new));
        Change::new(&CODE_CHANGED, Place::New(at(after)), message)
    } else if old != new {
        let message = format!("the name of {} was {}", titled(after), code_span(&old));
        Change::new(&NAME_CHANGED, Place::New(at(after)), message)
            .note(format!("gone: `#{}`", pair.old.anchor(&old)))
    } else {
        return;
    };
    found.push(change.of(before));
}

fn deprecated(before: &Entry, after: &Entry, found: &mut Found) {
    match (&before.deprecated, &after.deprecated) {
        (None, Some(deprecation)) => {
            let instead = text(deprecation.instead.as_ref());
            let instead = instead.map(|name| format!(": use {}", code_span(name)));
            let message = format!("{} is deprecated{}", titled(after), instead.unwrap_or_default());
            found.push(Change::new(&ERROR_DEPRECATED, Place::New(at(after)), message).of(after));
        }
        (Some(_), None) => {
            let message = format!("{} is no longer deprecated", titled(after));
            found.push(Change::new(&ERROR_RESTORED, Place::New(at(after)), message).of(after));
        }
        _ => {}
    }
}

/// What is named after an error in Rust. The other packages have the same names in their own cases.
fn public_names(surface: &Surface, entry: &Entry) -> Vec<String> {
    let name = name(entry);
    let kind = if surface.key() == Some(crate::catalog::Key::Code) { "Code" } else { "ErrorName" };
    let variant = in_case(&name, Case::Pascal).unwrap_or_default();
    let function = ident::rust(&in_case(&name, Case::Snake).unwrap_or_default());
    vec![format!("`{kind}::{variant}`"), format!("`{function}()`")]
}

/// A code as YAML within `{…}`.
fn in_flow(code: &Code) -> String {
    match code {
        Code::Text(code) => written::in_flow(code),
        Code::Integer(code) => code.to_string(),
    }
}
