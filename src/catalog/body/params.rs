//! The params of a body: the values that differ each time an error occurs.

use super::{Body, List, Part, Placeholder, Role, Shape, Type};
use crate::catalog::{Spanned, Text};
use crate::yaml::NodeId;

/// A value that a server gives each time an error occurs: a placeholder, or a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param<'b> {
    pub name: &'b str,
    /// Its first place.
    pub at: NodeId,
    pub kind: ParamType<'b>,
    /// It may be absent, wherever it is.
    pub optional: bool,
}

/// What the value of a param is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ParamType<'b> {
    Value(Type),
    List(&'b List),
}

impl Param<'_> {
    pub(crate) fn is_wait(&self) -> bool {
        matches!(self.kind, ParamType::Value(Type::Wait(_)))
    }

    /// The type of its value, unless it is a list.
    pub(crate) fn value_type(&self) -> Option<Type> {
        match self.kind {
            ParamType::Value(kind) => Some(kind),
            ParamType::List(_) => None,
        }
    }

    /// The word for its type in templates.
    pub(crate) fn type_name(&self) -> &'static str {
        match self.kind {
            ParamType::Value(kind) => kind.name(),
            ParamType::List(_) => "list",
        }
    }
}

impl Body {
    /// Its params, in the order of the body. The params of a list's elements belong to the list, except in
    /// the list of errors.
    pub(crate) fn params(&self) -> Vec<Param<'_>> {
        of_shape(&self.root)
    }

    /// Its lists that are params, at any depth, in the order of the body.
    pub(crate) fn lists(&self) -> Vec<&List> {
        let mut found = Vec::new();
        lists(&self.root, &mut found);
        found
    }

    /// Every param, including those of lists' elements.
    pub(crate) fn all_params(&self) -> Vec<Param<'_>> {
        let elements = self.lists().into_iter().flat_map(List::params);
        self.params().into_iter().chain(elements).collect()
    }
}

impl List {
    /// The params of each element.
    pub(crate) fn params(&self) -> Vec<Param<'_>> {
        of_shape(&self.of)
    }
}

fn of_shape(shape: &Shape) -> Vec<Param<'_>> {
    let mut found = Found::default();
    found.shape(shape, false);
    let Found { params, untyped: _ } = found;
    params
}

fn lists<'b>(shape: &'b Shape, found: &mut Vec<&'b List>) {
    match shape {
        Shape::Object(members) => members.iter().for_each(|one| lists(&one.shape, found)),
        Shape::List(list) => {
            if list.role == Role::Param {
                found.push(list);
            }
            lists(&list.of, found);
        }
        Shape::Placeholder(..) | Shape::Text(_) | Shape::Literal(_) => {}
    }
}

/// The params met so far.
#[derive(Default)]
struct Found<'b> {
    params: Vec<Param<'b>>,
    /// The names of those without a type so far: within a text, a value of any type is written as text.
    untyped: Vec<&'b str>,
}

impl<'b> Found<'b> {
    fn shape(&mut self, shape: &'b Shape, optional: bool) {
        match shape {
            Shape::Object(members) => {
                for member in members {
                    self.shape(&member.shape, optional || member.optional);
                }
            }
            Shape::List(list) if list.role == Role::Param => self.params.push(Param {
                name: &list.name,
                at: list.at,
                kind: ParamType::List(list),
                optional,
            }),
            Shape::List(list) => self.shape(&list.of, optional),
            Shape::Placeholder(Placeholder::Param(name), kind) => {
                self.placeholder(name, Some(*kind), optional);
            }
            Shape::Text(parts) => {
                for part in parts {
                    if let Part::Placeholder(Placeholder::Param(name), kind) = part {
                        self.placeholder(name, *kind, optional);
                    }
                }
            }
            Shape::Placeholder(..) | Shape::Literal(_) => {}
        }
    }

    fn placeholder(
        &mut self,
        Spanned { value: name, at }: &'b Text,
        kind: Option<Type>,
        optional: bool,
    ) {
        // A list with this name is reported.
        let is_known =
            |known: &&mut Param| known.name == name && matches!(known.kind, ParamType::Value(_));
        let Some(known) = self.params.iter_mut().find(is_known) else {
            if kind.is_none() {
                self.untyped.push(name);
            }
            let kind = ParamType::Value(kind.unwrap_or(Type::Text));
            self.params.push(Param { name, at: *at, kind, optional });
            return;
        };
        known.optional &= optional;
        let (Some(kind), Some(index)) = (kind, self.untyped.iter().position(|one| one == name))
        else {
            return;
        };
        known.kind = ParamType::Value(kind);
        self.untyped.remove(index);
    }
}
