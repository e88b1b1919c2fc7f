//! The document, and the references within it.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use serde_json::Value as Json;

/// How many references in a row are followed.
const MAX_STEPS: usize = 50;

/// How many schemas are looked at, at most. Schemas that refer to one another many times over would take
/// forever.
const MAX_SCHEMAS: usize = 3_000_000;

/// An OpenAPI document.
pub(super) struct Document<'d> {
    pub root: &'d Json,
    /// References to other files, which are not followed.
    outside: RefCell<BTreeSet<String>>,
    looked_at: Cell<usize>,
}

impl<'d> Document<'d> {
    pub(super) fn new(root: &'d Json) -> Self {
        Self { root, outside: RefCell::default(), looked_at: Cell::new(0) }
    }

    /// What a value refers to, or the value itself; null if there is nothing, or a circle.
    pub(super) fn resolve(&self, mut value: &'d Json) -> &'d Json {
        for _ in 0..MAX_STEPS {
            let Some(reference) = value.get("$ref").and_then(Json::as_str) else { return value };
            let Some(pointer) = reference.strip_prefix('#') else {
                self.outside.borrow_mut().insert(reference.to_owned());
                return &Json::Null;
            };
            let pointer = decoded(pointer);
            match self.root.pointer(&pointer) {
                Some(next) => value = next,
                None => return &Json::Null,
            }
        }
        &Json::Null
    }

    /// The named parts of the document of one kind, such as `schemas`.
    pub(super) fn components(&self, kind: &str) -> impl Iterator<Item = (&'d String, &'d Json)> {
        let parts = self.root.get("components").and_then(|parts| parts.get(kind)?.as_object());
        parts.into_iter().flatten()
    }

    /// Whether there were not too many schemas so far. Counts one more.
    pub(super) fn may_look(&self) -> bool {
        self.looked_at.set(self.looked_at.get() + 1);
        self.looked_at.get() <= MAX_SCHEMAS
    }

    /// The references to other files.
    pub(super) fn outside(&self) -> Vec<String> {
        self.outside.borrow().iter().cloned().collect()
    }
}

/// A fragment of a URL without percent-encoding.
fn decoded(fragment: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = fragment.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let byte = byte.filter(|_| *first == b'%');
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
