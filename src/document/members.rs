//! Access to the members of any mapping.

use crate::yaml::{Node, NodeId, Value};

/// The members of a mapping. Those whose key is not text are left out.
#[derive(Clone, Copy)]
pub(crate) struct Members<'n, 't>(&'n [(Node<'t>, Node<'t>)]);

impl<'n, 't> Members<'n, 't> {
    pub(crate) const EMPTY: Self = Self(&[]);

    /// Empty if the node is not a mapping.
    pub(crate) fn of(node: &'n Node<'t>) -> Self {
        match &node.value {
            Value::Mapping(members) => Self(members),
            _ => Self::EMPTY,
        }
    }

    pub(crate) fn get(self, name: &str) -> Option<&'n Node<'t>> {
        self.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = (&'n str, &'n Node<'t>)> {
        self.entries().map(|(key, _, value)| (key, value))
    }

    /// The same, with the place of each key.
    pub(crate) fn entries(self) -> impl Iterator<Item = (&'n str, NodeId, &'n Node<'t>)> {
        self.0.iter().filter_map(|(key, value)| match &key.value {
            Value::Text(name) => Some((name.as_ref(), key.at, value)),
            _ => None,
        })
    }

    pub(crate) fn mapping(self, name: &str) -> Option<Self> {
        let node = self.get(name)?;
        matches!(node.value, Value::Mapping(_)).then(|| Self::of(node))
    }

    pub(crate) fn list(self, name: &str) -> &'n [Node<'t>] {
        match self.get(name).map(|node| &node.value) {
            Some(Value::List(items)) => items,
            _ => &[],
        }
    }
}
