//! The places of a body, one after another, so that two bodies can be compared place by place.

use crate::catalog::body::{Body, List, Member, Part, Placeholder, Shape, Type};
use crate::yaml::NodeId;

/// A place of a body.
pub(super) struct Slot<'b> {
    /// Keys with `.` between them, and `[]` for the elements of a list.
    pub path: String,
    /// The place in the file.
    pub at: NodeId,
    /// Whether the member itself may be absent.
    pub optional: bool,
    /// What is there, as the catalog writes it: `<detail>`, `an object`, `"text"`.
    pub content: String,
    pub kind: Kind<'b>,
}

/// What is at a place.
pub(super) enum Kind<'b> {
    Object,
    List(&'b List),
    /// A placeholder, alone or in a text, by its name: `detail`, `code`.
    Filled(Vec<&'b str>),
    Literal,
}

impl Slot<'_> {
    /// Whether a path leads to something within this place.
    pub(super) fn holds(&self, path: &str) -> bool {
        path.strip_prefix(&self.path).is_some_and(|rest| rest.starts_with(['.', '[']))
    }

    /// The path of what this place is in.
    pub(super) fn parent(&self) -> &str {
        let end = self.path.rfind('.').unwrap_or_default();
        self.path.get(..end).unwrap_or_default()
    }
}

/// The places of a body, outer ones first.
pub(super) fn of(body: &Body) -> Vec<Slot<'_>> {
    let mut slots = Vec::new();
    match &body.root {
        Shape::Object(members) => add_members(members, "", &mut slots),
        root => add(root, String::new(), body.at, false, &mut slots),
    }
    slots
}

fn add_members<'b>(members: &'b [Member], path: &str, slots: &mut Vec<Slot<'b>>) {
    for member in members {
        // A key may hold a dot. It is rare enough to be read as two.
        let path =
            if path.is_empty() { member.key.clone() } else { format!("{path}.{}", member.key) };
        add(&member.shape, path, member.at, member.optional, slots);
    }
}

fn add<'b>(shape: &'b Shape, path: String, at: NodeId, optional: bool, slots: &mut Vec<Slot<'b>>) {
    let (content, kind) = match shape {
        Shape::Object(_) => ("an object".to_owned(), Kind::Object),
        Shape::List(list) => ("a list".to_owned(), Kind::List(list)),
        Shape::Placeholder(placeholder, kind) => {
            (written(placeholder, Some(*kind)), Kind::Filled(vec![name(placeholder)]))
        }
        Shape::Text(parts) => (
            parts.iter().map(part).collect(),
            Kind::Filled(parts.iter().filter_map(Part::placeholder).map(name).collect()),
        ),
        Shape::Literal(json) => (json.to_string(), Kind::Literal),
    };
    slots.push(Slot { path: path.clone(), at, optional, content, kind });
    match shape {
        Shape::Object(members) => add_members(members, &path, slots),
        Shape::List(list) => add(&list.of, path + "[]", list.at, false, slots),
        Shape::Placeholder(..) | Shape::Text(_) | Shape::Literal(_) => {}
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
