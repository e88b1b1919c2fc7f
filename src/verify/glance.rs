//! What a look at a body shows before it is parsed: whether a response below 400 may hold an error, and which
//! surfaces it can be of. Most traffic holds no error, so this doesn't allocate. If in doubt, it says yes.

use std::sync::Arc;

use memchr::memmem::{self, Finder};

use super::recording::{Body, all_members, text};
use crate::catalog::body::{Body as OwnBody, Placeholder, Shape, Step, Type};
use crate::catalog::{Catalog, Surface};
use crate::reading::{Content, Place, surfaces};
use crate::text::json::Json;

/// What bodies of errors have at their top.
pub(super) struct Glance {
    /// The starts of keys. Each error below 400 has one of them. `None` if a surface has no such key.
    keys: Option<Vec<Finder<'static>>>,
    /// The names of top-level members: those of `REPORTED`, then those that surfaces require.
    names: Vec<String>,
    outlines: Vec<Outline>,
}

const REPORTED: [&str; 3] = ["error", "errors", "data"];

/// The top of a surface's shape.
struct Outline {
    place: Place,
    has_code: bool,
    /// The members that it requires, by the positions of their names. `None` if a body is a list.
    members: Option<Vec<(usize, Top)>>,
}

/// What a member is.
#[derive(Clone, Copy)]
enum Top {
    Object,
    List,
    Text,
    Number,
    Boolean,
}

impl Glance {
    pub(super) fn of(catalogs: &[Arc<Catalog>]) -> Self {
        let mut names: Vec<String> = REPORTED.map(str::to_owned).to_vec();
        let with_body = surfaces(catalogs)
            .filter_map(|(place, one)| Some((place, one, one.shape.body.as_ref()?)));
        let outline = |(place, surface, body): (Place, &Surface, &OwnBody)| Outline {
            place,
            has_code: body.code.is_some(),
            members: match &body.root {
                Shape::Object(members) => {
                    let required = members.iter().filter(|member| !member.optional);
                    let tops = required.filter_map(|member| {
                        let top = Top::of(&member.shape, surface.has_integer_codes())?;
                        let known = names.iter().position(|name| *name == member.key);
                        Some((known.unwrap_or_else(|| add(&mut names, &member.key)), top))
                    });
                    Some(tops.collect())
                }
                _ => None,
            },
        };
        let outlines = with_body.map(outline).collect();
        Self { keys: keys(catalogs), names, outlines }
    }

    /// Whether a body below 400 may hold an error.
    pub(super) fn may_be_error(&self, body: &Body) -> bool {
        match body {
            Body::NotRecorded => false,
            Body::Json(json) => self.has_key(json.as_bytes()) && self.may_be_json(json),
            Body::Text(json) => self.has_key(json.as_bytes()) && self.may_be_json(&text(json)),
            Body::Base64(_) => true,
            Body::Saved(response) => match &response.content {
                Content::Body(body) => self.has_key(body),
                Content::Events(events) => events.iter().any(|one| self.has_key(one.as_bytes())),
            },
        }
    }

    fn has_key(&self, body: &[u8]) -> bool {
        let mut keys = self.keys.iter().flatten();
        self.keys.is_none() || keys.any(|key| key.find(body).is_some()) || escapes_letters(body)
    }

    /// Whether a body has what an error has at its top.
    fn may_be_json(&self, body: &str) -> bool {
        let Some(found) = self.members(body) else { return true };
        let says = |index: usize| found.get(index).copied().flatten();
        let is_error = |json: &str| !matches!(json, "false" | "0" | "\"\"" | "{}" | "[]");
        says(0).is_some_and(is_error)
            || says(1).is_some_and(is_error)
            || says(2).is_some_and(|data| data.contains("\"errors"))
            || self.outlines.iter().any(|outline| outline.has_code && outline.fits(&found))
    }

    /// The surfaces that a body can be of, and those whose shape it can't have.
    pub(super) fn split(&self, places: &[Place], body: &[u8]) -> (Vec<Place>, Vec<Place>) {
        let found = str::from_utf8(body).ok().and_then(|body| self.members(body));
        let Some(found) = found else { return (places.to_vec(), Vec::new()) };
        let fits = |place: &Place| {
            let mut own = self.outlines.iter().filter(|outline| outline.place == *place);
            own.all(|outline| outline.fits(&found))
        };
        places.iter().partition(|place| fits(place))
    }

    /// The top-level members of an object. `None` if the body isn't one.
    fn members<'b>(&self, body: &'b str) -> Option<Vec<Option<&'b str>>> {
        let body = body.trim_ascii_start();
        let mut found = vec![None; self.names.len()];
        all_members(body, &self.names, &mut found).is_ok().then_some(found)
    }
}

impl Outline {
    /// Whether an object with these members can have the shape.
    fn fits(&self, found: &[Option<&str>]) -> bool {
        let is_there = |(name, top): &(usize, Top)| {
            found.get(*name).copied().flatten().is_some_and(|json| top.is(json))
        };
        self.members.as_ref().is_some_and(|members| members.iter().all(is_there))
    }
}

impl Top {
    /// What a member of a shape has to be. `None` if it may be null or anything.
    fn of(shape: &Shape, has_integer_codes: bool) -> Option<Self> {
        Some(match shape {
            Shape::Object(_) | Shape::Literal(Json::Object(_)) => Self::Object,
            Shape::List(_) | Shape::Literal(Json::Array(_)) => Self::List,
            Shape::Text(_) | Shape::Literal(Json::String(_)) => Self::Text,
            Shape::Literal(Json::Null) => return None,
            Shape::Literal(Json::Bool(_)) => Self::Boolean,
            Shape::Literal(Json::Number(_)) => Self::Number,
            Shape::Placeholder(Placeholder::Code(_), _) if has_integer_codes => Self::Number,
            Shape::Placeholder(_, kind) => match kind {
                Type::Text => Self::Text,
                Type::Integer | Type::Number | Type::Wait(_) => Self::Number,
                Type::Boolean => Self::Boolean,
                Type::Any => return None,
            },
        })
    }

    /// Whether JSON is of this kind.
    fn is(self, json: &str) -> bool {
        matches!(
            (self, json.as_bytes().first()),
            (Self::Object, Some(b'{'))
                | (Self::List, Some(b'['))
                | (Self::Text, Some(b'"'))
                | (Self::Number, Some(b'-' | b'0'..=b'9'))
                | (Self::Boolean, Some(b't' | b'f'))
        )
    }
}

/// Adds a name. Returns its position.
fn add(names: &mut Vec<String>, name: &str) -> usize {
    names.push(name.to_owned());
    names.len() - 1
}

/// The starts of keys that errors below 400 have: the key of the code, because without a code they aren't
/// errors, or `error`.
fn keys(catalogs: &[Arc<Catalog>]) -> Option<Vec<Finder<'static>>> {
    let mut keys = vec!["error"];
    for (_, surface) in surfaces(catalogs) {
        let Some(code) = surface.shape.code() else { continue };
        let key = code.path.iter().rev().find_map(|step| match step {
            Step::Member(key) => Some(key.as_str()),
            Step::Element => None,
        });
        keys.push(key.filter(|key| key.bytes().all(is_plain))?);
    }
    keys.sort_unstable();
    keys.dedup();
    Some(keys.iter().map(|key| Finder::new(&format!("\"{key}")).into_owned()).collect())
}

/// Whether letters are escaped, so that a key may look otherwise: `\u0041` to `\u007a`.
fn escapes_letters(body: &[u8]) -> bool {
    let is_letter = |at| matches!(body.get(at + 4), Some(b'4'..=b'7'));
    memmem::find_iter(body, "\\u00").any(is_letter)
}

/// Whether a key has only one form in JSON, apart from escaped letters.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'/')
}
