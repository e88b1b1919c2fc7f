//! Reads a body as the generated packages do, and says how it differs from a surface's shape.

use bumpalo::Bump;

use super::from_body;
use super::parse::{parse, text};
use super::reader::{self, Mismatch, Place, read_with};
use super::shape::{Kind, Node};
use super::value::{Value, Values};
use crate::catalog::Shape;
use crate::catalog::body::{Param, ParamType};
use crate::text::json::Json;
use crate::text::words::joined;

/// What a body contains, read by a surface's shape.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// What is found outside the list of errors.
    pub outer: Found,
    /// One for each error in the list of errors, with what is around the list.
    pub errors: Vec<Found>,
    /// How the body differs from the shape. `None` if it matches.
    pub mismatch: Option<String>,
    /// In how many places it differs.
    pub mismatches: usize,
    /// The first of these places.
    pub differences: Vec<Difference>,
    /// Whether it is a page or a text, as proxies send.
    pub is_foreign: bool,
    /// A body that isn't JSON, as one safe line.
    pub text: Option<String>,
}

/// What is found about one error.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// The code, as text.
    pub code: Option<String>,
    /// The status that it names itself.
    pub status: Option<u16>,
    /// The first status that the body names, in it or around it.
    pub named_status: Option<u16>,
    /// Placeholders and lists, and their values.
    pub values: Vec<(String, Json)>,
}

/// How a body differs from its shape in one place.
#[derive(Clone, Debug)]
pub(crate) struct Difference {
    /// A JSON pointer (RFC 6901). For a missing member, the place where it should be.
    pub pointer: String,
    /// The same place as a path, such as `errors[0].code`; empty for the whole body.
    place: String,
    /// What follows the place in a sentence, such as "is missing".
    pub what: String,
}

/// How many differences a sentence lists before it counts the rest.
const MAX_TOLD: usize = 3;
/// How many differences are listed at all.
const MAX_DIFFERENCES: usize = 20;

/// Reads any body by the shape that it should have.
pub(crate) fn read(shape: &Shape, has_integer_codes: bool, body: &[u8]) -> Read {
    let Some(own) = &shape.body else { return Read::default() };
    let absent: Vec<&str> = shape.absent.iter().map(|text| text.value.as_str()).collect();
    let arena = Bump::new();
    let node = from_body::shape(&arena, own, &absent, has_integer_codes);
    let mut differences = Vec::new();
    let mut mismatches = 0;
    let json = text(body);
    let params = own.params();
    let mut values: Values = params.iter().map(|_| None).collect();
    let read = read_with(&node, &json, &mut values, &mut |place, node, mismatch| {
        mismatches += 1;
        if mismatches <= MAX_DIFFERENCES {
            let (pointer, what) = (pointer(place), words(node, mismatch));
            differences.push(Difference { pointer, place: place.to_string(), what });
        }
    });
    let reader::Read { code, status, before, errors, matches, text } = read;
    let after = reader::Found { code, status, params: values };
    let errors = errors.into_iter().map(|found| {
        let status = found.status;
        Found { status, ..Found::of(&params, [&before, &found, &after]) }
    });
    let broken = if matches { None } else { broken(&json, body) };
    Read {
        errors: errors.collect(),
        outer: Found::of(&params, [&before, &after]),
        mismatches,
        is_foreign: broken.is_some()
            && !is_compressed(body)
            && !body.trim_ascii_start().starts_with(b"{"),
        mismatch: (!matches).then(|| {
            broken.unwrap_or_else(|| clause(&differences, mismatches, MAX_TOLD, |one| &one.place))
        }),
        text,
        differences,
    }
}

/// The place of a value as a JSON pointer.
fn pointer(place: &Place) -> String {
    match place {
        Place::Body => String::new(),
        Place::Member(object, key) => {
            format!("{}/{}", pointer(object), key.replace('~', "~0").replace('/', "~1"))
        }
        Place::Element(array, index) => format!("{}/{index}", pointer(array)),
    }
}

impl Found {
    /// What is found in some parts of a body. The first that has a value counts.
    fn of<const PARTS: usize>(params: &[Param], parts: [&reader::Found; PARTS]) -> Self {
        let value = |index: usize| parts.iter().find_map(|part| part.params.get(index)?.as_ref());
        let values = params.iter().enumerate().filter_map(|(index, param)| {
            Some((param.name.to_owned(), json(param.kind, value(index)?)?))
        });
        let named_status = parts.iter().find_map(|part| part.status);
        Self {
            code: parts.iter().find_map(|part| part.code.as_ref()).map(Value::to_string),
            status: named_status,
            named_status,
            values: values.collect(),
        }
    }
}

/// A value as JSON: a wait in milliseconds, and items as objects.
fn json(kind: ParamType, value: &Value) -> Option<Json> {
    Some(match (kind, value) {
        (_, Value::Text(text)) => Json::from(text.as_ref()),
        (_, Value::Integer(integer)) => Json::from(*integer),
        (_, Value::Number(number)) => Json::from(*number),
        (_, Value::Boolean(boolean)) => Json::from(*boolean),
        (_, Value::Json(json)) => serde_json::from_str(json).ok()?,
        (_, Value::Wait(wait)) => Json::from(u64::try_from(wait.as_millis()).ok()?),
        (ParamType::List(list), Value::List(elements)) => {
            let params = list.params();
            let is_single = list.single().is_some();
            let element = |values: &Values| {
                let mut named = params.iter().zip(values).filter_map(|(param, value)| {
                    Some((param.name.to_owned(), json(param.kind, value.as_ref()?)?))
                });
                if is_single {
                    named.next().map(|(_, value)| value)
                } else {
                    Some(Json::Object(named.collect()))
                }
            };
            elements.iter().filter_map(element).collect()
        }
        (ParamType::Value(_), Value::List(_)) => return None,
    })
}

/// What a body is instead of JSON. `None` if it is JSON.
fn broken(json: &str, body: &[u8]) -> Option<String> {
    if parse(json).is_some() {
        return None;
    }
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let error = serde_json::from_slice::<Json>(body).err()?;
    let text = body.trim_ascii_start();
    Some(if text.is_empty() {
        "it is empty".to_owned()
    } else if is_compressed(body) {
        "it is compressed, which `curl --compressed` undoes".to_owned()
    } else if text.starts_with(b"<") {
        "it is HTML or XML, not JSON".to_owned()
    } else if text.starts_with(b"{") {
        format!("it is broken JSON ({error})")
    } else {
        "it is not JSON".to_owned()
    })
}

/// Whether a body starts like gzip (RFC 1952) or Zstandard (RFC 8878) data.
pub(crate) fn is_compressed(body: &[u8]) -> bool {
    body.starts_with(b"\x1f\x8b") || body.starts_with(b"\x28\xb5\x2f\xfd")
}

/// Describes one difference.
fn words(node: &Node, mismatch: Mismatch) -> String {
    let expected = match node {
        Node::Object(_) => "an object",
        Node::List(_) | Node::Errors(_) | Node::Fixed(_) | Node::AnyList => "a list",
        Node::Slot(_, Kind::Integer) => "an integer",
        Node::Slot(_, Kind::Number) => "a number",
        Node::Slot(_, Kind::Boolean) => "true or false",
        Node::Slot(_, Kind::Digits) => "a text of three digits",
        Node::Slot(_, Kind::Seconds) => "a number of seconds",
        Node::Slot(_, Kind::Milliseconds) => "a number of milliseconds",
        Node::Slot(..) | Node::Text(_) | Node::Literal(_) => "text",
    };
    match (mismatch, node) {
        (Mismatch::Missing, _) => MISSING.to_owned(),
        (Mismatch::Literal, Node::Literal(json)) => format!("is not `{json}`"),
        (Mismatch::Type | Mismatch::Literal, _) => format!("is not {expected}"),
        (Mismatch::Words, _) => "has other words".to_owned(),
    }
}

const MISSING: &str = "is missing";

impl Difference {
    pub(crate) fn is_missing(&self) -> bool {
        self.what == MISSING
    }
}

/// Joins at most `most` of `count` differences into a clause, with the place of each.
pub(crate) fn clause(
    differences: &[Difference],
    count: usize,
    most: usize,
    place: impl Fn(&Difference) -> &str,
) -> String {
    let told = differences.get(..most).unwrap_or(differences);
    let place = |one: &Difference| match place(one) {
        "" => "the body".to_owned(),
        place => format!("`{place}`"),
    };
    let mut words: Vec<String> = if told.len() > 1 && told.iter().all(Difference::is_missing) {
        let places: Vec<String> = told.iter().map(place).collect();
        vec![format!("{} are missing", joined(&places, " and "))]
    } else {
        told.iter().map(|one| format!("{} {}", place(one), one.what)).collect()
    };
    let more = count - told.len();
    if more > 0 {
        words.push(format!("{more} more"));
    }
    if words.is_empty() { "it is broken".to_owned() } else { joined(&words, " and ") }
}
