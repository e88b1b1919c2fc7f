//! Turns the body of a surface into a shape for the runtime.

use bumpalo::Bump;

use super::shape::{Holds, Kind, List, Member, Node, Part, Shape, Slot};
use crate::catalog::body::{self, Body, Param, ParamType, Placeholder, Role, Type, Unit};
use crate::text::json::Json;

/// The shape of a body. Its slices live in the arena.
pub(super) fn shape<'s>(
    arena: &'s Bump,
    body: &'s Body,
    absent: &'s [&'s str],
    has_integer_codes: bool,
) -> Shape<'s> {
    let params = body.params();
    let tree = Tree { arena, body, has_integer_codes, params: &params };
    Shape { body: tree.node(&body.root), absent }
}

struct Tree<'t, 's> {
    arena: &'s Bump,
    body: &'s Body,
    has_integer_codes: bool,
    /// The params of the body or of the element of a list, by number.
    params: &'t [Param<'s>],
}

impl<'s> Tree<'_, 's> {
    fn node(&self, shape: &'s body::Shape) -> Node<'s> {
        match shape {
            body::Shape::Object(members) => {
                let members = members.iter().map(|member| Member {
                    key: &member.key,
                    optional: member.optional,
                    node: self.node(&member.shape),
                });
                let members: Vec<Member> = members.collect();
                Node::Object(self.arena.alloc_slice_fill_iter(members))
            }
            body::Shape::List(list) => self.list(list),
            body::Shape::Placeholder(placeholder, kind) => {
                Node::Slot(self.slot(placeholder), self.kind(placeholder, *kind))
            }
            body::Shape::Text(parts) => {
                let parts: Vec<Part> = parts.iter().map(|part| self.part(part)).collect();
                Node::Text(self.arena.alloc_slice_fill_iter(parts))
            }
            body::Shape::Literal(Json::Array(_)) => Node::AnyList,
            body::Shape::Literal(json) => Node::Literal(self.arena.alloc_str(&json.to_string())),
        }
    }

    fn list(&self, list: &'s body::List) -> Node<'s> {
        match list.role {
            Role::Errors => Node::Errors(self.arena.alloc(self.node(&list.of))),
            Role::Fixed => Node::Fixed(self.arena.alloc(self.node(&list.of))),
            Role::Param => {
                let params = list.params();
                let within = Tree { params: &params, ..*self };
                Node::List(self.arena.alloc(List {
                    param: self.number(&list.name),
                    holds: match list.single() {
                        Some(_) => Holds::Values,
                        None => Holds::Items(params.len()),
                    },
                    element: within.node(&list.of),
                }))
            }
        }
    }

    fn part(&self, part: &'s body::Part) -> Part<'s> {
        match part {
            body::Part::Literal(text) => Part::Literal(text),
            body::Part::Placeholder(placeholder, _) => {
                let kind = match placeholder {
                    Placeholder::Status => Type::Integer,
                    Placeholder::Param(name) => self.param_type(&name.value),
                    _ => Type::Text,
                };
                Part::Slot(self.slot(placeholder), self.kind(placeholder, kind))
            }
        }
    }

    fn slot(&self, placeholder: &Placeholder) -> Slot {
        match placeholder {
            Placeholder::Code(_) if self.body.reads(placeholder) => Slot::Code,
            Placeholder::Code(_) => Slot::CodeCopy,
            Placeholder::Status => Slot::Status,
            Placeholder::Meaning => Slot::Meaning,
            Placeholder::Fix => Slot::Fix,
            Placeholder::DocsUrl => Slot::DocsUrl,
            Placeholder::Param(name) => Slot::Param(self.number(&name.value)),
        }
    }

    fn kind(&self, placeholder: &Placeholder, kind: Type) -> Kind {
        match (placeholder, kind) {
            (Placeholder::Code(_), _) if self.has_integer_codes => Kind::Integer,
            (Placeholder::Status, Type::Text) => Kind::Digits,
            (_, Type::Text) => Kind::Text,
            (_, Type::Integer) => Kind::Integer,
            (_, Type::Number) => Kind::Number,
            (_, Type::Boolean) => Kind::Boolean,
            (_, Type::Any) => Kind::Any,
            (_, Type::Wait(Unit::Seconds)) => Kind::Seconds,
            (_, Type::Wait(Unit::Milliseconds)) => Kind::Milliseconds,
        }
    }

    /// The type that a param has in all of its places.
    fn param_type(&self, name: &str) -> Type {
        let param = self.params.iter().find(|param| param.name == name);
        match param.map(|param| param.kind) {
            Some(ParamType::Value(kind)) => kind,
            _ => Type::Text,
        }
    }

    fn number(&self, name: &str) -> usize {
        self.params.iter().position(|param| param.name == name).unwrap_or(usize::MAX)
    }
}
