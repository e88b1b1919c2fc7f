//! Names for the errors that need one: where two codes become the same name, or a code becomes none.

use std::collections::BTreeSet;

use super::Entry;
use crate::catalog::{forms, status};
use crate::text::ident::{Case, in_case};

/// How many words of a meaning a name has.
const MAX_WORDS: usize = 6;

/// Gives names where they are needed, and returns how many it made. Names that a document has are kept if
/// identifiers can have them.
pub(super) fn give(entries: &mut [Entry]) -> usize {
    for entry in entries.iter_mut() {
        let own = default(entry);
        entry.name = entry
            .name
            .take()
            .and_then(|name| valid(&name))
            .filter(|name| own.as_ref() != Some(name));
    }
    // A code keeps its own name; those that were given come after.
    let codes: BTreeSet<String> =
        entries.iter().filter_map(|entry| Some(entry.code.as_ref()?.to_string())).collect();
    let mut taken = BTreeSet::new();
    let mut made = 0;
    for (at, entry) in entries.iter_mut().enumerate() {
        let code = entry.code.as_ref().map(ToString::to_string).unwrap_or_default();
        let own = default(entry);
        let given = entry.name.clone().or_else(|| own.clone());
        made += usize::from(given.is_none());
        let wanted =
            given.or_else(|| of_meaning(entry)).unwrap_or_else(|| format!("error_{}", at + 1));
        let is_free = |name: &String| name == &code || !codes.contains(name);
        let numbered = (2..).map(|number: u32| format!("{wanted}_{number}"));
        let mut all = std::iter::once(wanted.clone()).chain(numbered).filter(is_free);
        let name = all.find(|name| {
            let ident = in_case(name, Case::Pascal).unwrap_or_default();
            taken.insert(ident)
        });
        entry.name = name.filter(|name| own.as_ref() != Some(name));
    }
    made
}

/// The name that errcat makes of a code or a status.
pub(super) fn default(entry: &Entry) -> Option<String> {
    match (&entry.code, entry.statuses.as_slice()) {
        (Some(code), _) => code.name().map(|name| name.to_string()),
        (None, [status]) => status::name(*status),
        _ => None,
    }
}

/// A text as a name.
fn valid(text: &str) -> Option<String> {
    if (forms::NAME.holds)(text) {
        return Some(text.to_owned());
    }
    in_case(text, Case::Snake).filter(|name| (forms::NAME.holds)(name))
}

/// A name made of the first words of a meaning.
fn of_meaning(entry: &Entry) -> Option<String> {
    let words = in_case(entry.meaning.as_ref()?, Case::Snake)?;
    let words: Vec<&str> = words.split('_').take(MAX_WORDS).collect();
    Some(words.join("_")).filter(|name| (forms::NAME.holds)(name))
}
