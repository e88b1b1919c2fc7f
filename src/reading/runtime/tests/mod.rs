//! Tests of the runtime. They live here so that they never end up in generated packages.

mod nearest;
mod parsing;
mod reading;
mod retrying;
mod writing;

use super::shape::{Kind, Member, Node, Slot};

const fn member(key: &'static str, node: Node<'static>) -> Member<'static> {
    Member { key, optional: false, node }
}

const fn optional(key: &'static str, node: Node<'static>) -> Member<'static> {
    Member { key, optional: true, node }
}

const fn param(index: usize, kind: Kind) -> Node<'static> {
    Node::Slot(Slot::Param(index), kind)
}
