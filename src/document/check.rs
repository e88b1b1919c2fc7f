//! The check of a tree against a table of fields. It reports everything that doesn't match, with a
//! suggestion.

use std::cell::LazyCell;
use std::fmt::Arguments;

use super::rules::{DUPLICATE_FIELD, PLAIN_DATA, UNKNOWN_FIELD};
use super::schema::{Field, Kind, Mapping};
use super::source::{self, Suspect, Suspicion};
use super::{meant, text, values};
use crate::diagnostic::{Diagnostic, Report};
use crate::sorted::SortedMap;
use crate::text::{chars, words};
use crate::yaml::{Node, NodeId, Value};

/// Checks a whole tree, and reports everything that doesn't match. Returns the values that only the
/// `source` can judge.
pub(super) fn check(
    root: &Node,
    source: &str,
    table: &'static Mapping,
    report: &mut Report,
) -> Vec<Suspect> {
    text::check_characters(root, report);
    let mut checker = Checker {
        table,
        report,
        has_odd_number: source::has_odd_number(source),
        cut_lines: source::cut_lines(source),
        suspects: Vec::new(),
    };
    if let Value::Mapping(members) = &root.value {
        checker.fields(root, members, table);
    }
    checker.suspects
}

/// The most unknown fields of one mapping that get a suggestion.
pub(super) const MAX_MEANT: usize = 100;

struct Checker<'r, 't> {
    /// The table of the whole file.
    table: &'static Mapping,
    report: &'r mut Report,
    /// Whether some number in the file may be written in an odd way.
    has_odd_number: bool,
    /// What is before each `#` that may cut off a text.
    cut_lines: Vec<&'t str>,
    suspects: Vec<Suspect>,
}

impl Checker<'_, '_> {
    /// `name` is what messages call the node. It is formatted only for a diagnostic.
    fn check(&mut self, node: &Node, name: Arguments, kind: &'static Kind) {
        match (kind, &node.value) {
            (Kind::Form(form), Value::Text(value)) => {
                self.suspect_boolean(value, node.at);
                let wrong = values::wrong_form(value, node.at, form, kind);
                let is_right = wrong.is_none();
                self.report.extend(wrong);
                if is_right && form.is_free() {
                    self.suspect_line(value, node.at);
                    if source::is_number(value) {
                        self.suspects.push(Suspect { at: node.at, why: Suspicion::Digits });
                    }
                }
            }
            (Kind::Text, Value::Text(value)) => {
                self.suspect_boolean(value, node.at);
                self.suspect_line(value, node.at);
                if let Some(problem) = text::wrong_line(value, node.at) {
                    self.report.reject(problem);
                }
            }
            (Kind::Paragraphs, Value::Text(value)) => {
                self.suspect_cut(value, node.at);
            }
            (Kind::Integer(range), Value::Integer(value)) => {
                self.suspect_number(*value, node.at, false);
                self.report.extend(values::out_of_range(*value, node.at, name, range));
            }
            (Kind::List(item), Value::List(items)) => {
                for value in items {
                    self.check(value, format_args!("an item of {name}"), item);
                }
            }
            (Kind::Named(form, value_kind), Value::Mapping(members)) => {
                for (key, at, value) in keys(members, self.report) {
                    let wrong = values::wrong_form(key, at, form, &Kind::Data);
                    // A name and a value that are both of another kind are one mistake.
                    if wrong.is_none() || value_kind.accepts(&value.value) {
                        self.check(value, format_args!("`{key}`"), value_kind);
                    }
                    self.report.extend(wrong);
                }
            }
            (Kind::Mapping(mapping), Value::Mapping(members)) => {
                self.fields(node, members, mapping);
            }
            (Kind::OneOf(kinds), value) => match kinds.iter().find(|kind| kind.accepts(value)) {
                Some(Kind::Form(form)) if !kind.holds(value) => {
                    let Value::Text(text) = value else { return };
                    self.report.extend(values::wrong_form(text, node.at, form, kind));
                }
                Some(Kind::Integer(range)) => {
                    let Value::Integer(value) = *value else { return };
                    let is_text = |kind: &Kind| matches!(kind, Kind::Form(form) if form.is_free());
                    self.suspect_number(value, node.at, kinds.iter().any(is_text));
                    self.report.extend(values::out_of_range(value, node.at, name, range));
                }
                Some(kind) => self.check(node, name, kind),
                None => self.wrong_type(node, name, kind, false),
            },
            (kind, value) if kind.accepts(value) => {}
            _ => self.wrong_type(node, name, kind, false),
        }
    }

    fn suspect_cut(&mut self, text: &str, at: NodeId) {
        let is_last = |line: &&str| line.ends_with(text);
        if !text.is_empty() && self.cut_lines.iter().any(is_last) {
            self.suspects.push(Suspect { at, why: Suspicion::Cut });
        }
    }

    fn suspect_number(&mut self, value: i64, at: NodeId, may_be_text: bool) {
        if self.has_odd_number {
            self.suspects.push(Suspect { at, why: Suspicion::Number { value, may_be_text } });
        }
    }

    fn suspect_boolean(&mut self, text: &str, at: NodeId) {
        if source::is_boolean(text) {
            self.suspects.push(Suspect { at, why: Suspicion::Boolean });
        }
    }

    /// A line of text that may not be what its author meant.
    fn suspect_line(&mut self, text: &str, at: NodeId) {
        self.suspect_cut(text, at);
        if chars::in_typographic_quotes(text).is_some() {
            self.suspects.push(Suspect { at, why: Suspicion::Typographic });
        }
    }

    fn wrong_type(&mut self, node: &Node, name: Arguments, kind: &Kind, required: bool) {
        if matches!(node.value, Value::Null) {
            // It may be a comment, or a text that begins with a `#`.
            let why = Suspicion::Empty { name: name.to_string(), what: kind.what(), required };
            self.suspects.push(Suspect { at: node.at, why });
        } else {
            self.report.push(values::wrong_type(node, name, kind));
        }
    }

    fn fields(&mut self, node: &Node, members: &[(Node, Node)], mapping: &'static Mapping) {
        let field = |name: &str| mapping.fields.iter().find(|field| field.name == name);
        let given = members.iter().filter_map(|(key, _)| Some(field(key_text(key)?)?.name));
        let given: Vec<&'static str> = given.collect();
        let has = |name: &str| given.contains(&name);
        // Only suggestions need them.
        let free = LazyCell::new(|| {
            let names = mapping.fields.iter().map(|field| field.name);
            names.filter(|name| !has(name)).collect::<Vec<&'static str>>()
        });
        let mut unknown = Vec::new();
        for (name, at, value) in keys(members, self.report) {
            match field(name) {
                Some(field) if !field.kind.accepts(&value.value) => {
                    if let Some(other) = meant::longer_name(field, value, mapping, &free) {
                        self.report.push(values::other_name(value, field, other));
                        continue;
                    }
                    let is_required = field.is_required(has);
                    self.wrong_type(value, format_args!("`{name}`"), &field.kind, is_required);
                }
                Some(Field { kind, .. }) => self.check(value, format_args!("`{name}`"), kind),
                None => unknown.push((name, at, value)),
            }
        }
        let meant = |(name, _, value): &(&str, NodeId, &Node)| {
            meant::field_meant(name, value, &free).or_else(|| within(mapping, name))
        };
        let meant: Vec<Option<&str>> = unknown.iter().take(MAX_MEANT).map(meant).collect();
        let is_meant = |name: &str| meant.contains(&Some(name));
        let missing: Vec<&Field> = mapping
            .fields
            .iter()
            .filter(|field| !has(field.name) && !is_meant(field.name))
            .filter(|field| field.is_required(|name| has(name) || is_meant(name)))
            .collect();
        let required = mapping.fields.iter().filter(|field| field.is_required(has)).count();
        let others: Vec<_> =
            unknown.iter().zip(&meant).filter(|(_, meant)| meant.is_none()).collect();
        if std::ptr::eq(mapping, self.table) && missing.len() * 2 >= required && !others.is_empty()
        {
            self.report.push(values::another_file(node.at, mapping, &missing, &unknown));
            return;
        }
        // One field too many and another that is missing are one mistake.
        let instead = match others.as_slice() {
            [((name, at, _), _)] if !missing.is_empty() => Some((*name, *at)),
            _ => None,
        };
        if let Some((name, at)) = instead {
            self.report.push(values::other_field(name, at, mapping, &missing));
        } else if !missing.is_empty() {
            self.report.push(values::missing_fields(node.at, mapping, &missing));
        }
        for (name, at, value) in unknown {
            if self.report.is_full(&UNKNOWN_FIELD) {
                self.report.count(&UNKNOWN_FIELD);
            } else if instead.is_none_or(|(_, other)| other != at) {
                let elsewhere = self.owner(name);
                self.report.push(values::unknown_field(name, at, value, mapping, &free, elsewhere));
            }
        }
    }

    /// The mapping of this file that has a field of this name.
    fn owner(&self, name: &str) -> Option<&'static Mapping> {
        self.table.fields.iter().find_map(|field| owner(&field.kind, name))
    }
}

/// The required field of a mapping that has a field of this name somewhere below.
fn within(mapping: &'static Mapping, name: &str) -> Option<&'static str> {
    let mut required = mapping.fields.iter().filter(|field| field.suggested);
    required.find(|field| owner(&field.kind, name).is_some()).map(|field| field.name)
}

/// Whether a mapping, or one within it, has a field of this name.
pub(super) fn has_field(mapping: &'static Mapping, name: &str) -> bool {
    let mut owners = Vec::new();
    mapping.fields.iter().for_each(|field| owners_in(&field.kind, name, &mut owners));
    !owners.is_empty() || mapping.fields.iter().any(|field| field.name == name)
}

/// The mapping within a kind that has a field of this name, if there is only one.
fn owner(kind: &'static Kind, name: &str) -> Option<&'static Mapping> {
    let mut owners = Vec::new();
    owners_in(kind, name, &mut owners);
    owners.first().copied().filter(|_| owners.len() == 1)
}

fn owners_in(kind: &'static Kind, name: &str, found: &mut Vec<&'static Mapping>) {
    match kind {
        Kind::Mapping(mapping) => {
            found.extend(mapping.fields.iter().any(|field| field.name == name).then_some(*mapping));
            mapping.fields.iter().for_each(|field| owners_in(&field.kind, name, found));
        }
        Kind::List(kind) | Kind::Named(_, kind) => owners_in(kind, name, found),
        Kind::OneOf(kinds) => kinds.iter().for_each(|kind| owners_in(kind, name, found)),
        _ => {}
    }
}

fn key_text<'n>(key: &'n Node) -> Option<&'n str> {
    match &key.value {
        Value::Text(name) => Some(name),
        _ => None,
    }
}

/// The members of a mapping, each with the place of its key. It reports and leaves out keys that are
/// not text and keys that were given before.
pub(crate) fn keys<'n, 't>(
    members: &'n [(Node<'t>, Node<'t>)],
    report: &mut Report,
) -> Vec<(&'n str, NodeId, &'n Node<'t>)> {
    if are_different(members) {
        let named = |(key, value)| Some((key_text(key)?, key.at, value));
        return members.iter().map(|(key, value)| (key, value)).filter_map(named).collect();
    }
    let mut first: SortedMap<&str, NodeId> = SortedMap::new();
    let mut found = Vec::with_capacity(members.len());
    let mut rest = members;
    while let [(key, value), others @ ..] = rest {
        rest = others;
        let Some(name) = key_text(key) else {
            report.push(values::wrong_type(key, format_args!("a key"), &Kind::Text));
            continue;
        };
        if name == "<<" {
            report.push(Diagnostic::of(&PLAIN_DATA, key.at, "this is a YAML merge key"));
            continue;
        }
        let earlier = *first.entry(name).or_insert(key.at);
        if earlier == key.at {
            found.push((name, key.at, value));
            continue;
        }
        // Several in a row are one mistake, such as a `-` that is missing before an item.
        let is_repeated =
            |(key, _): &&(Node, Node)| key_text(key).is_some_and(|name| first.contains_key(name));
        let more = others.iter().take_while(is_repeated).count();
        let is_item = more > 0 && members.first().is_some_and(|(key, _)| key.at == earlier);
        let (skipped, others) =
            others.split_at_checked(if is_item { others.len() } else { more }).unwrap_or_default();
        let end = skipped.last().map_or(value.end, |(_, value)| value.end);
        report.reject_part(duplicates(name, key.at, earlier, more, is_item), key.at..end);
        rest = others;
    }
    found
}

/// Whether the keys of a mapping are different texts, so that nothing is to be reported. `false` also for a
/// long mapping, because each key is compared with all before it.
fn are_different(members: &[(Node, Node)]) -> bool {
    let is_new = |(index, (key, _)): (usize, &(Node, Node))| {
        let Some(name) = key_text(key) else { return false };
        let mut before = members.iter().take(index);
        name != "<<" && !before.any(|(key, _)| key_text(key) == Some(name))
    };
    members.len() <= 20 && members.iter().enumerate().all(is_new)
}

/// The diagnostic about keys that are given twice in one mapping: this one and as many `more` after it.
fn duplicates(name: &str, at: NodeId, first: NodeId, more: usize, is_item: bool) -> Diagnostic {
    if is_item {
        let message = format!("a second `{name}` begins here: a `-` may be missing before it");
        let help = format!("write `- {name}: …` if a new item of the list begins here");
        return Diagnostic::new(&DUPLICATE_FIELD, at, message, help)
            .also(first, "first given here");
    }
    if more == 0 {
        return duplicate(name, at, first);
    }
    let message =
        format!("`{name}` and {} after it are given twice", words::counted(more, "field"));
    Diagnostic::of(&DUPLICATE_FIELD, at, message).also(first, "first given here")
}

/// The diagnostic about a key that is given twice in one mapping.
pub(crate) fn duplicate(name: &str, at: NodeId, first: NodeId) -> Diagnostic {
    let message = format!("`{name}` is given twice");
    Diagnostic::of(&DUPLICATE_FIELD, at, message).also(first, "first given here")
}
