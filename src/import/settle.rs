//! Turns the errors of a document into errors of a catalog: each code once, all of one type, with a name
//! and a meaning.

use std::collections::{BTreeMap, btree_map};

use super::{Entry, Surface, names};
use crate::catalog::{Code, status};

/// Settles the errors of a surface, and notes what was left out or made.
pub(super) fn settle(surface: &mut Surface) {
    same_type(surface);
    each_once(surface);
    meanings(surface);
    let made = names::give(&mut surface.entries);
    if made > 0 {
        surface.made.push(format!("name of {made}"));
    }
}

/// Codes are texts if some of them are. But a few texts among numbers aren't codes.
fn same_type(surface: &mut Surface) {
    let count = |is_it: fn(&Code) -> bool| {
        let codes = surface.entries.iter().filter_map(|entry| entry.code.as_ref());
        codes.filter(|code| is_it(code)).count()
    };
    let integers = count(Code::is_integer);
    let texts = count(|code| !code.is_integer());
    if texts == 0 || integers == 0 {
        return;
    }
    if integers >= texts * 10 {
        let (kept, others): (Vec<Entry>, Vec<Entry>) = std::mem::take(&mut surface.entries)
            .into_iter()
            .partition(|entry| entry.code.as_ref().is_some_and(Code::is_integer));
        surface.entries = kept;
        let why = "not a number, as the other codes are";
        surface.left.extend(others.into_iter().map(|entry| format!("{} ({why})", entry.place)));
        return;
    }
    for entry in &mut surface.entries {
        if let Some(Code::Integer(number)) = entry.code {
            entry.code = Some(Code::Text(number.to_string().into()));
        }
    }
    surface.made.push(format!("codes as texts ({integers} are numbers in the source)"));
}

/// The first error with a code, or without one with a status, counts.
fn each_once(surface: &mut Surface) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut left = Vec::new();
    surface.entries.retain(|entry| {
        let key = match (&entry.code, entry.statuses.as_slice()) {
            (Some(code), _) => format!("`{code}`"),
            (None, statuses) => format!("status {statuses:?}").replace(['[', ']'], ""),
        };
        match seen.entry(key) {
            btree_map::Entry::Vacant(free) => {
                free.insert(entry.place.clone());
                true
            }
            btree_map::Entry::Occupied(first) => {
                let (key, first) = (first.key(), first.get());
                left.push(format!("{} ({key} again, first at {first})", entry.place));
                false
            }
        }
    });
    surface.left.extend(left);
}

/// An error without a meaning gets the words of its code, or the phrase of its status.
fn meanings(surface: &mut Surface) {
    let (mut made, all) = (0, surface.entries.len());
    for entry in surface.entries.iter_mut().filter(|entry| entry.meaning.is_none()) {
        made += 1;
        entry.meaning = Some(match (&entry.code, entry.statuses.as_slice()) {
            (Some(_), _) if entry.name.is_some() => {
                spelled(entry.name.as_deref().unwrap_or_default())
            }
            (Some(Code::Text(code)), _) if code.contains(char::is_alphabetic) => spelled(code),
            (Some(Code::Text(code)), _) => format!("Error {code}"),
            (Some(Code::Integer(code)), _) => format!("Error {code}"),
            (None, [code, ..]) => status::reason(*code).unwrap_or("Error").to_owned(),
            (None, []) => "Error".to_owned(),
        });
    }
    if made > 0 {
        surface.made.push(format!("meaning of {made} of {all}, from the code"));
    }
}

/// The words of a code: `channel_not_found` → `Channel not found`.
fn spelled(code: &str) -> String {
    let words = code.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.flat_map(humps).collect::<Vec<_>>().join(" ");
    let mut rest = words.chars();
    match rest.next() {
        Some(first) => first.to_uppercase().chain(rest).collect(),
        None => format!("Error {code}"),
    }
}

/// The words of `NotFound`, in lower case.
fn humps(word: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut was_lower = false;
    for c in word.chars() {
        if c.is_uppercase() && was_lower || words.is_empty() {
            words.push(String::new());
        }
        was_lower = c.is_lowercase();
        if let Some(last) = words.last_mut() {
            last.extend(c.to_lowercase());
        }
    }
    words
}

/// How many of the errors lack something, such as `fix of 3`.
pub(super) fn missing(entries: &[Entry]) -> Vec<String> {
    let lacking = |lacks: fn(&Entry) -> bool| entries.iter().filter(|entry| lacks(entry)).count();
    let of = |name: &str, count: usize| match count {
        0 => None,
        count if count == entries.len() => Some(format!("{name} of all")),
        count => Some(format!("{name} of {count}")),
    };
    let missing = [
        of("status", lacking(|entry| entry.statuses.is_empty())),
        of("fix", lacking(|entry| entry.fix.is_none())),
        of("retryable", lacking(|entry| entry.retryable.is_none())),
    ];
    missing.into_iter().flatten().collect()
}
