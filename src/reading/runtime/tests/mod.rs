//! Tests of the runtime. They live here so that they never end up in generated packages.

mod nearest;
mod parsing;
mod reading;
mod retrying;
mod writing;

use super::reader::{self, Found, Read};
use super::shape::{Kind, Member, Node, Shape, Slot};
use super::value::Values;

/// Reads a body that has this many values. Returns also what is outside the list of errors, or after it.
fn read<'b>(shape: &Shape<'_>, params: usize, body: &'b str) -> (Read<'b>, Found<'b>) {
    let mut params: Values<'_> = vec![None; params];
    let mut read = reader::read(shape, body, &mut params);
    let found = Found { code: read.code.take(), status: read.status, params };
    (read, found)
}

const fn member(key: &'static str, node: Node<'static>) -> Member<'static> {
    Member { key, optional: false, node }
}

const fn optional(key: &'static str, node: Node<'static>) -> Member<'static> {
    Member { key, optional: true, node }
}

const fn param(index: usize, kind: Kind) -> Node<'static> {
    Node::Slot(Slot::Param(index), kind)
}
