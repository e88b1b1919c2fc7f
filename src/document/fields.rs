//! Access to a tree by the table it was checked against. What the check reported reads as `None`.

use super::Members;
use super::check::MAX_MEANT;
use super::meant::{field_meant, longer_name};
use super::schema::{Kind, Mapping};
use crate::yaml::{Node, Spanned, Value};

/// The fields of a mapping.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'n, 't> {
    members: Members<'n, 't>,
    table: &'static Mapping,
}

impl<'n, 't> Fields<'n, 't> {
    pub(crate) fn new(members: Members<'n, 't>, table: &'static Mapping) -> Self {
        Self { members, table }
    }

    /// The value of a field; `None` if it is missing or broken.
    pub(crate) fn get(self, name: &str) -> Option<Typed<'n, 't>> {
        let node = self.members.get(name)?;
        let field = self.table.fields.iter().find(|field| field.name == name)?;
        Typed::new(node, &field.kind)
    }

    /// A field for which rules tell "missing" from "broken".
    pub(crate) fn optional<T>(
        self,
        name: &str,
        read: impl FnOnce(Typed<'n, 't>) -> Option<T>,
    ) -> Optional<T> {
        match self.get(name).and_then(read) {
            Some(value) => Optional::Given(value),
            None if self.members.get(name).is_some() || self.is_misspelled(name) => {
                Optional::Broken
            }
            None => Optional::Absent,
        }
    }

    /// Whether another member probably stands for this field.
    fn is_misspelled(self, name: &str) -> bool {
        let field = |name: &str| self.table.fields.iter().find(|field| field.name == name);
        let is_right = |(name, value): (&str, &Node)| {
            field(name).is_some_and(|field| field.kind.accepts(&value.value))
        };
        // The common case, and a fast one.
        if self.members.iter().all(is_right) {
            return false;
        }
        let names = || self.table.fields.iter().map(|field| field.name);
        let is_shortened = self.table.fields.iter().any(|field| {
            let value = self.members.get(field.name);
            let meant = value.and_then(|value| longer_name(field, value, self.table, &[name]));
            meant.is_some()
        });
        if is_shortened {
            return true;
        }
        let unknown = self.members.iter().filter(|(key, _)| !names().any(|name| name == *key));
        let unknown: Vec<_> = unknown.take(MAX_MEANT).collect();
        if unknown.is_empty() {
            return false;
        }
        let free: Vec<&str> = names().filter(|name| self.members.get(name).is_none()).collect();
        // If a member is unlike any field, it may be the field that editors write first.
        let is_first = self.table.fields.iter().any(|field| field.name == name && field.suggested);
        unknown.into_iter().any(|(key, value)| {
            field_meant(key, value, &free).map_or(is_first, |meant| meant == name)
        })
    }

    pub(crate) fn text<T: for<'a> From<&'a str>>(self, name: &str) -> Option<Spanned<T>> {
        self.get(name)?.text()
    }

    pub(crate) fn integer<T: TryFrom<i64>>(self, name: &str) -> Option<Spanned<T>> {
        self.get(name)?.integer()
    }

    pub(crate) fn fields(self, name: &str) -> Option<Self> {
        self.get(name)?.fields()
    }

    /// The well-formed items of a list.
    pub(crate) fn items(self, name: &str) -> impl Iterator<Item = Typed<'n, 't>> {
        self.get(name).into_iter().flat_map(Typed::items).flatten()
    }

    pub(crate) fn texts(self, name: &str) -> Vec<Spanned<String>> {
        self.items(name).filter_map(Typed::text).collect()
    }
}

/// A value that is of the kind its field asks for.
#[derive(Clone, Copy)]
pub(crate) struct Typed<'n, 't> {
    pub node: &'n Node<'t>,
    /// Not a choice between kinds, but the chosen one.
    kind: &'static Kind,
}

impl<'n, 't> Typed<'n, 't> {
    /// A value, if it is of a kind.
    pub(crate) fn new(node: &'n Node<'t>, kind: &'static Kind) -> Option<Self> {
        match kind {
            Kind::OneOf(kinds) => kinds.iter().find_map(|kind| Self::new(node, kind)),
            kind => kind.holds(&node.value).then_some(Self { node, kind }),
        }
    }

    pub(crate) fn text<T: for<'a> From<&'a str>>(self) -> Option<Spanned<T>> {
        match &self.node.value {
            Value::Text(text) => Some(self.spanned(text.as_ref().into())),
            _ => None,
        }
    }

    pub(crate) fn integer<T: TryFrom<i64>>(self) -> Option<Spanned<T>> {
        match self.node.value {
            Value::Integer(value) => Some(self.spanned(T::try_from(value).ok()?)),
            _ => None,
        }
    }

    pub(crate) fn boolean(self) -> Option<Spanned<bool>> {
        match self.node.value {
            Value::Boolean(value) => Some(self.spanned(value)),
            _ => None,
        }
    }

    /// A mapping with known fields.
    pub(crate) fn fields(self) -> Option<Fields<'n, 't>> {
        match self.kind {
            Kind::Mapping(table) => Some(Fields::new(Members::of(self.node), table)),
            _ => None,
        }
    }

    /// The items of a list: `None` for each broken one. A value that is not a list counts as its only
    /// item.
    pub(crate) fn items(self) -> Vec<Option<Self>> {
        match (self.kind, &self.node.value) {
            (Kind::List(kind), Value::List(items)) => {
                items.iter().map(|item| Self::new(item, kind)).collect()
            }
            _ => vec![Some(self)],
        }
    }

    /// The members of a mapping with the author's own names: `None` for each name that is broken, and
    /// for each value.
    pub(crate) fn named(self) -> Vec<Option<(Spanned<String>, Option<Self>)>> {
        let Kind::Named(form, kind) = self.kind else { return Vec::new() };
        let members = Members::of(self.node).entries().map(|(name, at, value)| {
            let name = Spanned { value: name.to_owned(), at };
            (form.holds)(&name.value).then(|| (name, Self::new(value, kind)))
        });
        members.collect()
    }

    fn spanned<T>(self, value: T) -> Spanned<T> {
        Spanned { value, at: self.node.at }
    }
}

/// An optional field. A rule that asks for an absent field must not ask for a broken one, which was
/// reported.
#[derive(Debug)]
pub(crate) enum Optional<T> {
    Absent,
    Broken,
    Given(T),
}

impl<T> Optional<T> {
    pub(crate) fn given(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Broken => None,
        }
    }

    pub(crate) fn into_given(self) -> Option<T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Broken => None,
        }
    }

    pub(crate) fn is_broken(&self) -> bool {
        matches!(self, Self::Broken)
    }

    pub(crate) fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Its value, or the default where it is absent.
    pub(crate) fn or<'a>(&'a self, default: Option<&'a T>) -> Option<&'a T> {
        if self.is_absent() { default } else { self.given() }
    }
}
