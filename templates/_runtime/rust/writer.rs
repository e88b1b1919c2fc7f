//! Writes response bodies by their shape.

use core::fmt::{self, Write};
use core::iter::once;

use super::alloc::string::String;
use super::display::{milliseconds, Seconds};
use super::number::Plain;
use super::parse::{parse, Json};
use super::shape::{Kind, Node, Part, Shape, Slot};
use super::value::{Value, Values};

/// What fills a body.
pub(crate) struct Fill<'v> {
    pub code: Option<Value<'v>>,
    pub status: Option<Value<'v>>,
    pub meaning: Option<Value<'v>>,
    pub fix: Option<Value<'v>>,
    pub docs_url: Option<Value<'v>>,
    pub params: Values<'v>,
}

/// Writes a body as JSON. Each of `errors` fills an element of the list of errors, and `outer` fills
/// what is around that list.
pub(crate) fn write(shape: &Shape<'_>, outer: &Fill<'_>, errors: &[Fill<'_>]) -> String {
    let mut out = String::new();
    let writer = Writer {
        fill: outer,
        params: &outer.params,
        errors,
    };
    let _ = writer.node(&mut out, &shape.body, false);
    out
}

/// Writes the nodes that the same values fill.
#[derive(Clone, Copy)]
struct Writer<'w, 'v> {
    fill: &'w Fill<'v>,
    /// The values of the occurrence, or of an element of a list.
    params: &'w [Option<Value<'v>>],
    errors: &'w [Fill<'v>],
}

impl<'w, 'v> Writer<'w, 'v> {
    /// Writes one node. Returns false, and writes nothing, if `optional` says that it, or something
    /// around it, may be absent, and it has no value. An object has none if a member that it requires
    /// has none, or if it would be empty.
    fn node(self, out: &mut String, node: &Node<'_>, optional: bool) -> bool {
        let start = out.len();
        let is_filled = match node {
            Node::Object(members) => {
                let mut has_required = true;
                out.push('{');
                for member in *members {
                    let before = out.len();
                    let comma = if before > start + 1 { "," } else { "" };
                    let _ = write!(out, "{comma}{}:", Quoted(member.key));
                    if !self.node(out, &member.node, optional || member.optional) {
                        out.truncate(before);
                        has_required &= member.optional;
                    }
                }
                let is_filled = has_required && (out.len() > start + 1 || members.is_empty());
                out.push('}');
                is_filled
            }
            Node::List(list) => {
                let elements = match self.params.get(list.param) {
                    Some(Some(Value::List(elements))) => Some(elements),
                    _ => None,
                };
                let writers = elements.into_iter().flatten();
                // An element is sent because a server gave it, so nothing around it matters.
                let _ = Self::array(
                    out,
                    &list.element,
                    false,
                    writers.map(|params| Self { params, ..self }),
                );
                elements.is_some()
            }
            Node::Errors(element) => {
                let writers = self.errors.iter().map(|fill| Self {
                    fill,
                    params: &fill.params,
                    ..self
                });
                Self::array(out, element, optional, writers)
            }
            Node::Fixed(element) => Self::array(out, element, optional, once(self)),
            Node::Slot(slot, kind) => {
                let value = self.value(*slot);
                let is_filled = value.is_some();
                let _ = match value {
                    Some(value) => write!(out, "{}", Whole(value, *kind)),
                    None => out.write_str("null"),
                };
                is_filled
            }
            Node::Text(parts) => {
                let mut text = String::new();
                let mut is_filled = true;
                for part in *parts {
                    let value = match part {
                        Part::Literal(literal) => {
                            text.push_str(literal);
                            continue;
                        }
                        Part::Slot(slot, _) => self.value(*slot),
                    };
                    is_filled &= value.is_some();
                    let _ = value.map(|value| write!(text, "{value}"));
                }
                let _ = write!(out, "{}", Quoted(&text));
                is_filled
            }
            Node::Literal(json) => {
                out.push_str(json);
                true
            }
            Node::AnyList => {
                out.push_str("[]");
                true
            }
        };
        if optional && !is_filled {
            out.truncate(start);
            return false;
        }
        true
    }

    /// Writes an array with an element by each writer. Returns false if an element has no value.
    fn array(
        out: &mut String,
        element: &Node<'_>,
        optional: bool,
        writers: impl Iterator<Item = Self>,
    ) -> bool {
        let mut is_filled = true;
        out.push('[');
        let start = out.len();
        for writer in writers {
            if out.len() > start {
                out.push(',');
            }
            is_filled &= writer.node(out, element, optional);
        }
        out.push(']');
        is_filled
    }

    /// What fills a slot. Null is nothing, and so is a number that JSON can't hold.
    fn value(self, slot: Slot) -> Option<&'w Value<'v>> {
        let value = match slot {
            Slot::Code | Slot::CodeCopy => self.fill.code.as_ref(),
            Slot::Status => self.fill.status.as_ref(),
            Slot::Meaning => self.fill.meaning.as_ref(),
            Slot::Fix => self.fill.fix.as_ref(),
            Slot::DocsUrl => self.fill.docs_url.as_ref(),
            Slot::Param(index) => self.params.get(index).and_then(Option::as_ref),
        };
        value.filter(|value| match value {
            Value::Json(json) => json != "null",
            Value::Number(number) => number.is_finite(),
            _ => true,
        })
    }
}

/// Displays a value as JSON of the type that its place declares.
struct Whole<'w, 'v>(&'w Value<'v>, Kind);

impl fmt::Display for Whole<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, self.1) {
            (Value::Text(text), _) => write!(f, "{}", Quoted(text)),
            (Value::Integer(integer), Kind::Digits) => write!(f, "\"{integer}\""),
            (Value::Wait(wait), Kind::Seconds) => write!(f, "{}", Seconds(*wait)),
            (Value::Wait(wait), _) => write!(f, "{}", milliseconds(*wait)),
            (Value::Json(json), _) => f.write_str(json),
            (value, _) => write!(f, "{value}"),
        }
    }
}

/// Displays a value as a part of a text.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Integer(integer) => write!(f, "{integer}"),
            Self::Number(number) => write!(f, "{}", Plain(*number)),
            Self::Boolean(boolean) => write!(f, "{boolean}"),
            Self::Json(text) => match parse(text) {
                Some(Json::Text(text)) => f.write_str(&text.read()),
                _ => f.write_str(text),
            },
            Self::Wait(_) | Self::List(_) => Ok(()),
        }
    }
}

/// Displays text as a JSON string (RFC 8259, section 7). Escapes line separators too, because a
/// body may end up in a script.
pub(super) struct Quoted<'t>(pub &'t str);

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
