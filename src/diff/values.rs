//! What an error sends for placeholders each time it occurs.

use std::collections::BTreeSet;

use super::arguments::ARGUMENTS_CHANGED;
use super::found::{Change, Found, Place};
use super::matched::{Matched, Pair, code_or_name};
use super::slots;
use super::{ChangeRule, Class};
use crate::catalog::Entry;
use crate::catalog::body::Body;
use crate::catalog::values::{Content, Value};
use crate::render::context;
use crate::text::spans::code_span;

const VALUE_CHANGED: ChangeRule = ChangeRule {
    name: "value-changed",
    class: Class::Breaking,
    what: "another value that an error always sends, or one that it no longer sends, if it is a word, a number or data",
    why: "Clients may compare it, as they compare a code. A text of several words is for people: `text-changed`.",
    fields: &["error.values"],
};
const VALUE_ADDED: ChangeRule = ChangeRule {
    name: "value-added",
    class: Class::Additive,
    what: "a value that an error now always sends",
    why: "The body has a member for it already. If servers give other arguments for it, `arguments-changed` says so.",
    fields: &["error.values"],
};

pub(super) const RULES: &[&ChangeRule] = &[&VALUE_CHANGED, &VALUE_ADDED];

pub(super) fn compare(pair: Pair, matched: &Matched, found: &mut Found) {
    let body = pair.old.shape.body.as_ref();
    let params: BTreeSet<&str> =
        body.into_iter().flat_map(Body::params).map(|param| param.name).collect();
    for (old, new) in &matched.pairs {
        for value in &old.values {
            compare_value(value, new, found);
        }
        let needed = context::arguments(pair.old, old);
        for value in new.values.iter().filter(|value| old.value(&value.name.value).is_none()) {
            let own = value.name.value.as_str();
            let (who, name) = (code_or_name(new), code_span(own));
            let message = format!("{who} always sends {name} now: {}", code_span(&written(value)));
            let could_be_given =
                params.contains(own) && needed.iter().all(|param| param.name != own);
            let place = Place::New(value.name.at);
            let change = if could_be_given {
                Change::new(&ARGUMENTS_CHANGED, place, message).note(format!(
                    "servers can no longer give {name} for it: in TypeScript and Python, calls that do fail the type check"
                ))
            } else {
                Change::new(&VALUE_ADDED, place, message)
            };
            found.push(change.of(new));
        }
    }
}

fn compare_value(old: &Value, entry: &Entry, found: &mut Found) {
    let (who, name) = (code_or_name(entry), code_span(&old.name.value));
    let before = code_span(&written(old));
    let change = match entry.value(&old.name.value) {
        Some(new) if is_for_people(old) || written(new) == written(old) => return,
        Some(new) => {
            let after = code_span(&written(new));
            let message = format!("{name} of {who} was {before}, and is {after}");
            Change::new(&VALUE_CHANGED, Place::New(new.name.at), message)
        }
        None => {
            let message = format!("{who} no longer always sends {before} as {name}");
            Change::new(&VALUE_CHANGED, Place::Old(old.name.at), message)
        }
    };
    found.push(change.of(entry));
}

/// Whether a value is a text of several words.
pub(super) fn is_for_people(value: &Value) -> bool {
    match &value.content {
        Content::Data(json) => json.as_str().is_some_and(|text| text.contains(char::is_whitespace)),
        Content::Text(_) => written(value).contains(char::is_whitespace),
    }
}

/// A value as the catalog writes it.
pub(super) fn written(value: &Value) -> String {
    match &value.content {
        Content::Data(json) => json.as_str().map_or_else(|| json.to_string(), str::to_owned),
        Content::Text(parts) => parts.iter().map(slots::part).collect(),
    }
}
