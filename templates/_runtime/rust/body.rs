//! The shape of response bodies, and how to write them.

use core::fmt::{self, Write};

use super::alloc::string::String;

/// A node of a body's shape.
pub(crate) enum Node<'s> {
    /// An object. It may have other members too.
    Object(&'s [Member<'s>]),
    /// An array whose elements have the same shape. Only the first element is read or written.
    Array(&'s Self),
    /// A value to fill in.
    Slot(Slot, Kind),
    /// A text with values to fill in.
    Text(&'s [Part<'s>]),
    /// A constant, as JSON.
    Literal(&'s str),
}

/// A member of an object.
pub(crate) struct Member<'s> {
    pub key: &'s str,
    /// Whether the member may be absent or null.
    pub optional: bool,
    pub node: Node<'s>,
}

/// What fills a node.
#[derive(Clone, Copy)]
pub(crate) enum Slot {
    Code,
    Status,
    Meaning,
    Fix,
    DocsUrl,
    /// A value of this occurrence, by its index.
    Param(usize),
    /// A value that may name the status. Never written.
    Hint,
}

/// The type of a value.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Integer,
    Boolean,
    /// Any JSON value.
    Any,
}

/// A part of a text.
pub(crate) enum Part<'s> {
    Literal(&'s str),
    Slot(Slot),
}

/// A value to write.
pub(crate) enum Filled<'v> {
    Text(&'v str),
    Integer(i64),
    Boolean(bool),
    /// JSON, as text.
    Json(&'v str),
}

/// Writes a body as JSON. `fill` returns `None` for a missing value.
pub(crate) fn write<'v>(shape: &Node<'_>, fill: &dyn Fn(Slot) -> Option<Filled<'v>>) -> String {
    let mut out = String::new();
    let _ = node(&mut out, shape, false, fill);
    out
}

/// Writes one node. Returns false, and writes nothing, if `optional` says that it, or something
/// around it, may be absent, and it has no value. An object has none if a member that it requires
/// has none, or if it would be empty.
fn node<'v>(
    out: &mut String,
    node: &Node<'_>,
    optional: bool,
    fill: &dyn Fn(Slot) -> Option<Filled<'v>>,
) -> bool {
    let start = out.len();
    let is_filled = match node {
        Node::Object(members) => {
            let mut has_required = true;
            out.push('{');
            for member in *members {
                let before = out.len();
                let comma = if before > start + 1 { "," } else { "" };
                let _ = write!(out, "{comma}{}:", Quoted(member.key));
                if !self::node(out, &member.node, optional || member.optional, fill) {
                    out.truncate(before);
                    has_required &= member.optional;
                }
            }
            let is_filled = has_required && (out.len() > start + 1 || members.is_empty());
            out.push('}');
            is_filled
        }
        Node::Array(element) => {
            out.push('[');
            let is_filled = self::node(out, element, optional, fill);
            out.push(']');
            is_filled
        }
        Node::Slot(slot, _) => {
            let value = fill(*slot).filter(|value| !matches!(value, Filled::Json("null")));
            let is_filled = value.is_some();
            let _ = match value {
                Some(Filled::Text(text)) => write!(out, "{}", Quoted(text)),
                Some(Filled::Integer(integer)) => write!(out, "{integer}"),
                Some(Filled::Boolean(boolean)) => write!(out, "{boolean}"),
                Some(Filled::Json(json)) => out.write_str(json),
                None => out.write_str("null"),
            };
            is_filled
        }
        Node::Text(parts) => {
            let mut text = String::new();
            let mut is_filled = true;
            for part in *parts {
                let _ = match part {
                    Part::Literal(literal) => text.write_str(literal),
                    Part::Slot(slot) => match fill(*slot) {
                        Some(Filled::Text(value)) => text.write_str(value),
                        Some(Filled::Json(value)) => match serde_json::from_str::<String>(value) {
                            Ok(value) => text.write_str(&value),
                            Err(_) => text.write_str(value),
                        },
                        Some(Filled::Integer(value)) => write!(text, "{value}"),
                        Some(Filled::Boolean(value)) => write!(text, "{value}"),
                        None => {
                            is_filled = false;
                            Ok(())
                        }
                    },
                };
            }
            let _ = write!(out, "{}", Quoted(&text));
            is_filled
        }
        Node::Literal(json) => {
            out.push_str(json);
            true
        }
    };
    if optional && !is_filled {
        out.truncate(start);
        return false;
    }
    true
}

/// Displays text as a JSON string (RFC 8259, section 7). Escapes line separators too, because a
/// body may end up in a script.
struct Quoted<'t>(&'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_escaped =
            |c| c < ' ' || matches!(c, '"' | '\\' | '\u{7f}' | '\u{2028}' | '\u{2029}');
        f.write_char('"')?;
        let mut rest = self.0;
        while let Some(at) = rest.find(is_escaped) {
            let (plain, escaped) = rest.split_at(at);
            f.write_str(plain)?;
            let mut chars = escaped.chars();
            match chars.next() {
                Some('"') => f.write_str("\\\"")?,
                Some('\\') => f.write_str("\\\\")?,
                Some('\n') => f.write_str("\\n")?,
                Some('\r') => f.write_str("\\r")?,
                Some('\t') => f.write_str("\\t")?,
                Some(c) => write!(f, "\\u{:04x}", u32::from(c))?,
                None => {}
            }
            rest = chars.as_str();
        }
        f.write_str(rest)?;
        f.write_char('"')
    }
}
