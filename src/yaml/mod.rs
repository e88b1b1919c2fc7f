//! YAML text → a tree that keeps what a diagnostic needs: the order of members, duplicate keys, and
//! the number of every scalar, from which [`locate`] finds its place. Nothing else uses the YAML
//! parser.

mod bytes;
#[cfg(feature = "cli")]
mod data;
mod failure;
mod lines;

mod place;
mod quotes;
mod simple;
mod slips;
mod spaces;
mod syntax;
mod tree;
#[cfg(feature = "cli")]
pub(crate) mod written;

use std::borrow::Cow;

#[cfg(feature = "cli")]
pub(crate) use data::data;
pub(crate) use failure::SyntaxError;
pub(crate) use place::{Span, locate, sources};
#[cfg(feature = "cli")]
pub(crate) use simple::both;
pub(crate) use syntax::foreign;

/// The number of a scalar, in reading order. A list or mapping has the number of its first scalar, an
/// empty one has the number of the scalar before it. Files that are read together each have their own
/// numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(u32);

impl NodeId {
    /// The first number of all.
    pub(crate) const FIRST: Self = Self(0);

    /// The number that is as far after `to` as this one is after `from`.
    pub(crate) fn moved(self, from: Self, to: Self) -> Self {
        Self(self.0.saturating_sub(from.0).saturating_add(to.0))
    }

    /// A number after those of all scalars of a text that starts with this one. A scalar has a byte or a
    /// separator.
    pub(crate) fn after(self, text: &str) -> Self {
        let most = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self(self.0.saturating_add(most).saturating_add(2))
    }
}

/// A value and its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    pub value: T,
    pub at: NodeId,
}

/// One value of a YAML file. A large file has millions of them, so they are small.
#[derive(Debug)]
pub(crate) struct Node<'t> {
    pub at: NodeId,
    /// The number after that of its last scalar.
    pub end: NodeId,
    pub value: Value<'t>,
}

impl Node<'_> {
    /// The same with numbers from `first` on.
    pub(crate) fn renumbered(&self, first: NodeId) -> Self {
        self.moved(self.at, first)
    }

    fn moved(&self, from: NodeId, to: NodeId) -> Self {
        let value = match &self.value {
            Value::Null => Value::Null,
            Value::Boolean(value) => Value::Boolean(*value),
            Value::Integer(value) => Value::Integer(*value),
            Value::Float(value) => Value::Float(*value),
            Value::Text(text) => Value::Text(text.clone()),
            Value::List(items) => {
                Value::List(items.iter().map(|item| item.moved(from, to)).collect())
            }
            Value::Mapping(members) => {
                let moved =
                    |(key, value): &(Self, Self)| (key.moved(from, to), value.moved(from, to));
                Value::Mapping(members.iter().map(moved).collect())
            }
        };
        Self { at: self.at.moved(from, to), end: self.end.moved(from, to), value }
    }
}

#[derive(Debug)]
pub(crate) enum Value<'t> {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(Cow<'t, str>),
    List(Box<[Node<'t>]>),
    Mapping(Box<[(Node<'t>, Node<'t>)]>),
}

impl Value<'_> {
    /// What messages call a value of this kind.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing (null)",
            Self::Boolean(_) => "true or false",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Mapping(_) => "a mapping",
        }
    }
}

/// A file's bytes as text, without a byte order mark.
///
/// # Errors
/// What the parser would report badly or not at all: bytes that are not UTF-8, characters that YAML
/// forbids or takes as line breaks, and nesting so deep that parsing would take minutes.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, SyntaxError> {
    bytes::text(bytes)
}

/// Parses one YAML document of plain data. Its first scalar gets the number `first`.
///
/// # Errors
/// The first thing in the text that is not YAML, or not plain data (a tag, an anchor, an alias).
pub(crate) fn parse(text: &str, first: NodeId) -> Result<Node<'_>, SyntaxError> {
    // The parser resolves anchors, aliases and some tags by itself. Replacing each with a tag that
    // it doesn't know makes it say where the first one is.
    let tagged = bytes::tagged(text);
    if let Some(Err(error)) = tagged.as_deref().map(|text| tree::parse(text, first)) {
        let message = error.to_string();
        if message.contains(tree::TAG) {
            return Err(syntax::plain_data(text, &message));
        }
    }
    let simple = match tagged {
        None => simple::parse(text, first),
        // An alias may be far from its anchor.
        Some(_) => None,
    };
    let root = simple.map_or_else(|| tree::parse(text, first), Ok).map_err(|error| {
        let message = error.to_string();
        if message.contains(tree::TAG) {
            return syntax::plain_data(text, &message);
        }
        syntax::error(text, &message).within(text)
    })?;
    let slip = spaces::before_key(&root, text, first);
    match slip.or_else(|| quotes::swallowing(&root, text, first)) {
        Some(error) => Err(error),
        None => Ok(root),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// [`locate`] reads places from the parser's messages; this fails if their wording changes.
    #[test]
    fn every_scalar_is_found_at_its_place() {
        let text = "a: 1\nb:\n  - x\n  - {c: \"d\", é: ~}\n'f': []\ng: |\n  h\n";
        parse(text, NodeId::FIRST).unwrap();
        let all: Vec<NodeId> = (0..11).map(NodeId).collect();
        let places: Vec<_> =
            locate(text, NodeId::FIRST, &all).into_iter().map(|s| (s.line, s.column)).collect();
        let want = [
            (1, 1),
            (1, 4),
            (2, 1),
            (3, 5),
            (4, 6),
            (4, 9),
            (4, 14),
            (4, 17),
            (5, 1),
            (6, 1),
            (6, 4),
        ];
        assert_eq!(places, want);
    }

    #[test]
    fn anchors_aliases_and_tags_are_refused_but_not_text_that_looks_like_them() {
        for text in [
            "a: &x 1",
            "a: *x",
            "a: !t 1",
            "a: !!str 1",
            "a: !<tag:yaml.org,2002:str> 1",
            "[&x 1]",
            "a: &x\n  b: 1",
            "? &x a\n: 1",
            "- *x",
            "a: !!map {}",
        ] {
            let error = parse(text, NodeId::FIRST).expect_err(text);
            assert!(error.is_yaml || text.contains('*'), "{text}: {error:?}");
        }
        for text in [
            "a: R&D &more",
            "a: '&x'",
            "a: \"*x\"",
            "a: b # &x",
            "# *x\na: 1",
            "a: |\n  &x",
            "a: b\n  &x c",
            "a: hey !ho",
            "a: 2 *x",
        ] {
            parse(text, NodeId::FIRST).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        }
        let error = parse("a: 1\nb: &x 2\nc: *x\n", NodeId::FIRST).unwrap_err();
        assert_eq!((error.place, error.message.as_str()), ((2, 4), "this is a YAML anchor"));
    }

    #[test]
    fn an_empty_collection_has_the_place_of_its_key() {
        let Value::Mapping(members) = parse("a: 1\nb: []\n", NodeId::FIRST).unwrap().value else {
            panic!()
        };
        assert_eq!(members[1].1.at, members[1].0.at);
    }
}
