//! Errors: which are there, under which codes and names.

use std::collections::{BTreeMap, BTreeSet};

use super::found::{Change, Found, Place};
use super::surfaces::Pair;
use super::{ChangeRule, Class, links};
use crate::catalog::{Code, Entry, Optional, Retired, Surface, text};
use crate::text::ident::{self, Case, in_case};
use crate::text::spans::code_span;
use crate::yaml::{NodeId, written};

const ERROR_REMOVED: ChangeRule = ChangeRule {
    name: "error-removed",
    class: Class::Breaking,
    what: "an error that is gone",
    why: "Code that names it does not compile, and links to it lead nowhere.",
    fields: &["surface.errors", "surface.include"],
};
const ERROR_RENAMED: ChangeRule = ChangeRule {
    name: "error-renamed",
    class: Class::Breaking,
    what: "an error that another one replaces, as its code under `retired` says",
    why: "Code that names the old one does not compile, and clients that compare its code never see it again.",
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

/// The errors of an API that are in both catalogs, and those that are in one.
pub(super) struct Matched<'c> {
    /// The old and the new one, in the order of the old catalog.
    pub pairs: Vec<(&'c Entry, &'c Entry)>,
    /// The names of those that are gone.
    pub removed: BTreeSet<String>,
    /// The names of those that are new.
    pub added: BTreeSet<String>,
}

/// Matches errors by their names, the others by their codes, or their statuses if they have none, and the rest by
/// their names in another spelling.
fn matched<'c>(old: &'c Surface, new: &'c Surface) -> Matched<'c> {
    let ways: [fn(&Entry) -> Option<String>; 4] = [
        |entry| Some(name(entry)),
        |entry| code(entry).map(Code::to_string),
        |entry| {
            let status = entry.statuses.first().filter(|_| code(entry).is_none());
            status.map(|status| status.value.to_string())
        },
        identifier,
    ];
    let mut partners: Vec<Option<&Entry>> = vec![None; old.errors.len()];
    let mut free: BTreeMap<String, &Entry> =
        new.errors.iter().map(|one| (name(one), one)).collect();
    for key in ways {
        let keyed = free.values().filter_map(|entry| Some((key(entry)?, *entry)));
        let keyed: BTreeMap<String, &Entry> = keyed.collect();
        let unmatched =
            old.errors.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none());
        for (entry, partner) in unmatched {
            let other = key(entry).and_then(|key| keyed.get(&key).copied());
            *partner = other.filter(|other| free.remove(&name(other)).is_some());
        }
    }
    let mut matched =
        Matched { pairs: Vec::new(), removed: BTreeSet::new(), added: free.into_keys().collect() };
    for (entry, partner) in old.errors.iter().zip(partners) {
        match partner {
            Some(partner) => matched.pairs.push((entry, partner)),
            None => {
                matched.removed.insert(name(entry));
            }
        }
    }
    matched
}

pub(super) fn compare<'c>(pair: Pair<'c>, found: &mut Found) -> Matched<'c> {
    let Pair { old, new, .. } = pair;
    let matched = matched(old, new);
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
    links::compare(pair, &matched, found);
    matched
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

/// The name of an error in code, but for its case.
fn identifier(entry: &Entry) -> Option<String> {
    in_case(&name(entry), Case::Snake)
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

/// The code or name of an error, and its statuses.
pub(super) fn titled(entry: &Entry) -> String {
    let statuses = entry.statuses.iter().map(|status| status.value.to_string());
    let statuses = statuses.collect::<Vec<_>>().join(", ");
    format!("{} ({statuses})", code_or_name(entry))
}

/// The code of an error, or else its name.
pub(super) fn code_or_name(entry: &Entry) -> String {
    code(entry).map_or_else(|| code_span(&name(entry)), quoted)
}

/// The place to show for an error: its code, or else what it begins with.
pub(super) fn at(entry: &Entry) -> NodeId {
    match (&entry.code, &entry.name) {
        (Optional::Given(code), _) => code.at,
        (_, Optional::Given(name)) => name.at,
        _ => entry.statuses.first().map_or(entry.range.start, |status| status.at),
    }
}

/// The name of an error. One without problems has one.
pub(super) fn name(entry: &Entry) -> String {
    entry.name().map(|name| name.value).unwrap_or_default()
}

fn code(entry: &Entry) -> Option<&Code> {
    Some(&entry.code.given()?.value)
}

pub(super) fn quoted(code: &Code) -> String {
    code_span(&code.to_string())
}

/// A code as YAML within `{…}`.
fn in_flow(code: &Code) -> String {
    match code {
        Code::Text(code) => written::in_flow(code),
        Code::Integer(code) => code.to_string(),
    }
}
