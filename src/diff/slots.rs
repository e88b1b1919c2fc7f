//! The places of a body, one after another, so that two bodies can be compared place by place.

use std::collections::BTreeSet;

use crate::catalog::body::{Body, List, Part, Placeholder, Shape, Type};
use crate::text::spans::code_span;
use crate::yaml::NodeId;

/// A place of a body.
pub(super) struct Slot<'b> {
    /// Keys with `.` between them, and `[]` for the elements of a list; empty for the whole body.
    pub path: String,
    /// The place in the file.
    pub at: NodeId,
    /// Whether the member itself may be absent.
    pub optional: bool,
    /// Whether what it is in may be absent, up to the next list.
    pub outer: bool,
    /// What is there, as the catalog writes it: `<detail>`, `an object`, `"text"`.
    pub content: String,
    pub kind: Kind<'b>,
    /// The params that are there or within.
    pub params: BTreeSet<&'b str>,
}

/// What is at a place.
pub(super) enum Kind<'b> {
    Object,
    List(&'b List),
    /// A placeholder, alone or in a text.
    Filled,
    Literal,
}

impl Slot<'_> {
    /// Whether a path leads to something within this place.
    pub(super) fn holds(&self, path: &str) -> bool {
        let rest = path.strip_prefix(&self.path);
        rest.is_some_and(|rest| {
            rest.starts_with(['.', '[']) || self.path.is_empty() && !rest.is_empty()
        })
    }

    /// The path for people.
    pub(super) fn title(&self) -> String {
        if self.path.is_empty() { "the body".to_owned() } else { code_span(&self.path) }
    }

    /// The path of what this place is in.
    pub(super) fn parent(&self) -> &str {
        let end = self.path.rfind(['.', '[']).unwrap_or_default();
        self.path.get(..end).unwrap_or_default()
    }
}

/// The places of a body, outer ones first.
pub(super) fn of(body: &Body) -> Vec<Slot<'_>> {
    let mut slots = Vec::new();
    add(&body.root, String::new(), body.at, Presence::default(), &mut slots);
    slots
}

/// Whether something may be absent.
#[derive(Clone, Copy, Default)]
struct Presence {
    /// The member itself.
    optional: bool,
    /// What it is in, up to the next list.
    outer: bool,
}

fn add<'b>(
    shape: &'b Shape,
    path: String,
    at: NodeId,
    presence: Presence,
    slots: &mut Vec<Slot<'b>>,
) {
    let (content, kind) = match shape {
        Shape::Object(_) => ("an object".to_owned(), Kind::Object),
        Shape::List(list) => ("a list".to_owned(), Kind::List(list)),
        Shape::Placeholder(placeholder, kind) => (written(placeholder, Some(*kind)), Kind::Filled),
        Shape::Text(parts) => (parts.iter().map(part).collect(), Kind::Filled),
        Shape::Literal(json) => (json.to_string(), Kind::Literal),
    };
    let Presence { optional, outer } = presence;
    let index = slots.len();
    let slot = Slot { path, at, optional, outer, content, kind, params: params(shape) };
    let path = slot.path.clone();
    slots.push(slot);
    match shape {
        Shape::Object(members) => {
            for member in members {
                let is_plain = !member.key.is_empty() && !member.key.contains(['.', '[', '"']);
                let key = if is_plain { member.key.clone() } else { format!("{:?}", member.key) };
                let path = if path.is_empty() { key } else { format!("{path}.{key}") };
                let presence = Presence { optional: member.optional, outer: outer || optional };
                add(&member.shape, path, member.at, presence, slots);
            }
        }
        Shape::List(list) => add(&list.of, path + "[]", list.at, Presence::default(), slots),
        Shape::Placeholder(..) | Shape::Text(_) | Shape::Literal(_) => {}
    }
    let within = slots.get(index + 1..).unwrap_or_default();
    let within: Vec<&str> = within.iter().flat_map(|slot| slot.params.iter().copied()).collect();
    if let Some(slot) = slots.get_mut(index) {
        slot.params.extend(within);
    }
}

/// The params that are directly at a place.
fn params(shape: &Shape) -> BTreeSet<&str> {
    match shape {
        Shape::List(list) => BTreeSet::from([list.name.as_str()]),
        Shape::Placeholder(placeholder, _) => placeholder.param().into_iter().collect(),
        Shape::Text(parts) => {
            parts.iter().filter_map(Part::placeholder).filter_map(Placeholder::param).collect()
        }
        Shape::Object(_) | Shape::Literal(_) => BTreeSet::new(),
    }
}

/// A part of a text, as the catalog writes it.
pub(super) fn part(part: &Part) -> String {
    match part {
        Part::Literal(text) => text.replace('<', "<<"),
        Part::Placeholder(placeholder, kind) => written(placeholder, *kind),
    }
}

fn written(placeholder: &Placeholder, kind: Option<Type>) -> String {
    let name = name(placeholder);
    match (placeholder, kind) {
        (Placeholder::Status, Some(Type::Text)) => "<status:text>".to_owned(),
        (Placeholder::Param(_), Some(kind)) if kind != Type::Text => {
            format!("<{name}:{}>", kind.unit().unwrap_or_else(|| kind.name()))
        }
        _ => format!("<{name}>"),
    }
}

fn name(placeholder: &Placeholder) -> &str {
    match placeholder {
        Placeholder::Code(_) => "code",
        Placeholder::Status => "status",
        Placeholder::Meaning => "meaning",
        Placeholder::Fix => "fix",
        Placeholder::DocsUrl => "docs_url",
        Placeholder::Param(name) => &name.value,
    }
}
