//! Turns the body of a surface into a shape for the runtime.

use bumpalo::Bump;

use super::body::{Kind, Member, Node, Part, Slot};
use crate::catalog::body::{self, Body, Placeholder, Shape, Type};

/// The shape of a body. Its slices live in the arena.
pub(super) fn of<'s>(arena: &'s Bump, body: &'s Body, has_integer_codes: bool) -> Node<'s> {
    let names = body.params().into_iter().map(|param| param.name).collect();
    Tree { arena, has_integer_codes, names }.node(&body.root)
}

struct Tree<'s> {
    arena: &'s Bump,
    has_integer_codes: bool,
    /// The names of the params, by number.
    names: Vec<&'s str>,
}

impl<'s> Tree<'s> {
    fn object(&self, members: &'s [body::Member]) -> Node<'s> {
        let nodes: Vec<Member> = members
            .iter()
            .map(|member| Member {
                key: &member.key,
                optional: member.optional,
                node: self.node(&member.shape),
            })
            .collect();
        Node::Object(self.arena.alloc_slice_fill_iter(nodes))
    }

    fn node(&self, shape: &'s Shape) -> Node<'s> {
        match shape {
            Shape::Object(members) => self.object(members),
            Shape::List(list) => Node::Array(self.arena.alloc(self.node(&list.of))),
            Shape::Placeholder(Placeholder::Code(_), _) if self.has_integer_codes => {
                Node::Slot(Slot::Code, Kind::Integer)
            }
            Shape::Placeholder(placeholder, kind) => {
                Node::Slot(self.slot(placeholder), kind_of(*kind))
            }
            Shape::Text(parts) => {
                let parts: Vec<Part> = parts.iter().map(|part| self.part(part)).collect();
                Node::Text(self.arena.alloc_slice_fill_iter(parts))
            }
            // Readers accept any value here, so the literal doesn't matter.
            Shape::Literal(_) => Node::Literal(""),
        }
    }

    fn part(&self, part: &'s body::Part) -> Part<'s> {
        match part {
            body::Part::Literal(text) => Part::Literal(text),
            body::Part::Placeholder(placeholder, _) => Part::Slot(self.slot(placeholder)),
        }
    }

    fn slot(&self, placeholder: &Placeholder) -> Slot {
        match placeholder {
            Placeholder::Code(_) => Slot::Code,
            Placeholder::Status => Slot::Status,
            Placeholder::Meaning => Slot::Meaning,
            Placeholder::Fix => Slot::Fix,
            Placeholder::DocsUrl => Slot::DocsUrl,
            Placeholder::Param(name) => {
                let number = self.names.iter().position(|one| *one == name.value);
                Slot::Param(number.unwrap_or(usize::MAX))
            }
        }
    }
}

fn kind_of(kind: Type) -> Kind {
    match kind {
        Type::Text => Kind::Text,
        Type::Integer => Kind::Integer,
        Type::Boolean => Kind::Boolean,
        Type::Any | Type::Number | Type::Wait(_) => Kind::Any,
    }
}
