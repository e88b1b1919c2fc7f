//! Keys between `{` and `}` that no colon follows. Most of them are the rest of a text with a comma.

use super::check;
use super::schema::Mapping;
use crate::diagnostic::{Diagnostic, Report, Rule};
use crate::text::chars;
use crate::yaml::{self, Node, NodeId, Value};

pub(crate) const LONE_KEY: Rule = Rule {
    name: "lone-key",
    what: "a key between `{` and `}` without a colon after it",
    why: "after a comma in a text, YAML reads the rest as such a key",
    fix: "put a text that contains a comma or a brace in quotes; after a key, write a colon and a value",
    bad: "retired: [{code: no_keys, note: Too short, too vague}]",
    good: "retired: [{code: no_keys, note: \"Too short, too vague\"}]",
};

pub(crate) const RULES: &[&Rule] = &[&LONE_KEY];

/// A key with a null value. `end` comes after that value, or after the last of several such keys in a row.
struct Key<'n> {
    name: &'n str,
    at: NodeId,
    end: NodeId,
}

/// Reports the lone keys of a file. Nothing else is reported about such a key.
pub(super) fn check(
    root: &Node,
    text: &str,
    first: NodeId,
    table: &'static Mapping,
    report: &mut Report,
) {
    let mut keys = Vec::new();
    collect(root, &mut keys);
    if keys.is_empty() {
        return;
    }
    let wanted: Vec<NodeId> = keys.iter().map(|key| key.at).collect();
    for (key, source) in keys.into_iter().zip(yaml::sources(text, first, &wanted)) {
        let after = source.strip_prefix(key.name).map(str::trim_start);
        if after.is_some_and(|after| after.starts_with([',', '}']))
            && let Some(problem) = problem(&key, table)
        {
            report.reject_part(problem, key.at..key.end);
        }
    }
}

/// Adds the keys of a tree that have no value, in the order of the file.
fn collect<'n>(node: &'n Node, keys: &mut Vec<Key<'n>>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| collect(item, keys)),
        Value::Mapping(members) => {
            let mut is_after_lone = false;
            for (key, value) in members {
                if let (Value::Text(name), Value::Null) = (&key.value, &value.value) {
                    match keys.last_mut().filter(|_| is_after_lone) {
                        // The rest of the same text, after another comma.
                        Some(first) => first.end = value.end,
                        None => keys.push(Key { name, at: key.at, end: value.end }),
                    }
                }
                is_after_lone = matches!(value.value, Value::Null);
                collect(value, keys);
            }
        }
        _ => {}
    }
}

/// What is wrong with a lone key. If it begins with the name of a field, the check of fields says what is
/// missing.
fn problem(key: &Key, table: &'static Mapping) -> Option<Diagnostic> {
    let name = key.name;
    let (word, rest) = name.split_at(name.find([' ', ':', '=']).unwrap_or(name.len()));
    let space = rest.strip_prefix(':').and_then(|rest| rest.chars().next());
    if let Some(c) = space.filter(|&c| chars::is_odd_space(c)) {
        let message = format!("{} is after the colon", chars::named(c));
        let help = "use a space of the keyboard instead";
        return Some(Diagnostic::new(&LONE_KEY, key.at, message, help));
    }
    if !rest.is_empty() && check::has_field(table, word) {
        return None;
    }
    let message = format!("{} is a key without a value", super::values::shown(name));
    Some(Diagnostic::of(&LONE_KEY, key.at, message))
}
