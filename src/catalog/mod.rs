//! The model: what a catalog says, field by field, each value with its place in the file. Made by
//! [`load`].
//!
//! A field is `None` if it is missing or broken, and a list holds only what is well-formed: rules look
//! at what is there. Where a rule has to know that something is broken, so as not to report the same
//! mistake again at another place, the model says so.

pub(crate) mod body;
mod code;
mod data;
pub(crate) mod doc;
mod example;
pub(crate) mod find;
pub(crate) mod forms;
pub(crate) mod include;
mod load;
mod operation;
pub(crate) mod retry;
mod schema;
mod slips;
pub(crate) mod status;
pub(crate) mod values;

use std::ops::Range;
use std::sync::Arc;

use body::{Body, CodePlace};
pub(crate) use code::Code;
pub(crate) use include::Set;
pub(crate) use operation::Operation;
use retry::{Override, Strategy};
pub(crate) use schema::CATALOG as CATALOG_FIELDS;
use values::Value;

use crate::diagnostic::Rule;
pub(crate) use crate::document::Optional;
use crate::sorted::SortedSet;
use crate::text::json::Json;
use crate::yaml::NodeId;
pub(crate) use crate::yaml::Spanned;

/// The rules that loading a catalog reports.
pub(crate) const RULES: &[&Rule] = &[
    &body::ARRAY_SHAPE,
    &body::BODY_NAME,
    &body::CODE_PLACEHOLDER,
    &body::DEEP_BODY,
    &body::MALFORMED_PLACEHOLDER,
    &body::PLACEHOLDER_TYPE,
    &body::WAIT_PLACEHOLDER,
    &example::EXAMPLE_DISAGREES,
    &forms::FORMAT_VERSION,
    &include::INCLUDE_CIRCLE,
    &include::MALFORMED_INCLUDE,
    &include::REPEATED_INCLUDE,
    &include::UNKNOWN_INCLUDE,
    &include::UNKNOWN_SHAPE,
    &forms::MALFORMED_ADDRESS,
    &forms::MALFORMED_CODE,
    &forms::MALFORMED_DURATION,
    &forms::MALFORMED_ID,
    &forms::MALFORMED_MEDIA_TYPE,
    &forms::MALFORMED_NAME,
    &forms::MALFORMED_VERSION,
    &forms::NUMBER_RANGE,
    &forms::STATUS_RANGE,
    &forms::UNLINKABLE_URL,
    &forms::WAIT_RANGE,
    &operation::MALFORMED_OPERATION,
    &values::VALUE_TYPE,
];

/// One line of text, in which only code spans and URLs are formatted.
pub(crate) type Text = Spanned<String>;

/// A text that templates see without a copy of it, because they look at it often.
pub(crate) type SharedText = Spanned<Arc<str>>;

/// Every error of one product.
#[derive(Debug)]
pub(crate) struct Catalog {
    /// From its first scalar to the one after its last.
    pub range: Range<NodeId>,
    pub product: Option<Text>,
    /// The semantic version of the catalog, and so of the generated crate and package.
    pub version: Option<Text>,
    pub title: Option<Text>,
    pub intro: Option<Text>,
    /// The URL of the published docs page.
    pub docs: Optional<Text>,
    pub contact: Option<Contact>,
    /// SPDX expression.
    pub license: Option<Text>,
    pub retry: Optional<Strategy>,
    /// `None` if one of their names is broken: an error may mean that one.
    pub tags: Option<Vec<Tag>>,
    pub surfaces: Vec<Surface>,
    /// The number of errors that its file lists.
    pub own_errors: usize,
    /// The place of `surfaces: []`.
    pub no_surfaces: Option<NodeId>,
    /// The author's own data, an object.
    pub meta: Json,
    /// `None` if it is broken: it may mean any rule.
    pub allow: Option<Vec<Text>>,
}

impl Catalog {
    /// Every error of every surface.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.surfaces.iter().flat_map(|surface| &surface.errors)
    }

    /// The URL of an error's docs, if the catalog says where they are published.
    pub(crate) fn docs_url(&self, anchor: &str) -> Option<String> {
        self.docs.given().map(|docs| [docs.value.as_str(), "#", anchor].concat())
    }
}

/// Who to ask about the API.
#[derive(Debug)]
pub(crate) struct Contact {
    pub name: Option<Text>,
    pub url: Option<Text>,
    pub email: Option<Text>,
}

/// A group of errors, declared once.
#[derive(Debug)]
pub(crate) struct Tag {
    pub name: Text,
    pub meaning: Option<Text>,
}

/// One API with one body shape.
#[derive(Debug)]
pub(crate) struct Surface {
    /// From its first scalar to the one after its last.
    pub range: Range<NodeId>,
    pub id: Option<Text>,
    pub title: Option<Text>,
    pub intro: Option<Text>,
    /// Base URLs.
    pub servers: Vec<Text>,
    pub shape: Shape,
    /// The statuses of errors that have none of their own.
    pub statuses: Optional<Spanned<Vec<Spanned<u16>>>>,
    /// Its own errors, then those that it includes.
    pub errors: Vec<Entry>,
    /// Whether `errors` has items, and all of them are among these.
    pub has_all_errors: bool,
    /// The place of `errors: []`.
    pub no_errors: Option<NodeId>,
    pub retired: Vec<Retired>,
    /// Whether all items of `retired` are among these.
    pub has_all_retired: bool,
    pub operations: Vec<Operation>,
    /// The author's own data, an object.
    pub meta: Json,
    /// `None` if it is broken: it may mean any rule.
    pub allow: Option<Vec<Text>>,
    /// Whether it has no shape, so that it is only there for others to include.
    pub is_pool: bool,
}

/// What tells the errors of a surface apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// The code in the body.
    Code,
    /// The HTTP status.
    Status,
    /// The code if the body has one, else the HTTP status.
    CodeOrStatus,
}

impl Key {
    fn of(body: &Body) -> Self {
        match &body.code {
            Some(code) if code.optional => Self::CodeOrStatus,
            Some(_) => Self::Code,
            None => Self::Status,
        }
    }

    /// The word for it in templates.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Status => "status",
            Self::CodeOrStatus => "code_or_status",
        }
    }
}

impl Surface {
    /// What tells its errors apart; `None` if the body is broken.
    pub(crate) fn key(&self) -> Option<Key> {
        self.shape.body.as_ref().map(Key::of)
    }

    /// Whether the HTTP status tells this error apart from the others.
    pub(crate) fn is_told_by_status(&self, entry: &Entry) -> bool {
        self.shape.body.as_ref().is_some_and(|body| is_told_by_status(body, entry.code.is_absent()))
    }

    /// The statuses below 400 that its errors come with, in ascending order.
    pub(crate) fn low_statuses(&self) -> SortedSet<u16> {
        let own = self.statuses.given().map(|statuses| &statuses.value);
        let all = self.errors.iter().map(|entry| &entry.statuses).chain(own).flatten();
        all.map(|status| status.value).filter(|status| *status < 400).collect()
    }

    /// The codes of its errors.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &Spanned<Code>> {
        self.errors.iter().filter_map(|entry| entry.code.given())
    }

    /// The names that its retired codes had.
    pub(crate) fn retired_names(&self) -> SortedSet<Arc<str>> {
        self.retired.iter().filter_map(|retired| retired.code.value.name()).collect()
    }

    /// The anchor of an error in the docs.
    pub(crate) fn anchor(&self, name: &str) -> String {
        [required(text(self.id.as_ref())), "-", name].concat()
    }

    /// The names of all errors; `None` if one has no name, because its code or name is missing or
    /// broken. Another place may mean that one.
    pub(crate) fn names(&self) -> Option<Vec<&str>> {
        let is_known = |entry: &Entry| {
            let is_broken = matches!(entry.own_name, Optional::Broken);
            let is_keyed = entry.code.given().is_some() || self.is_told_by_status(entry);
            !is_broken && is_keyed && entry.name.is_some()
        };
        let is_mixed =
            self.has_integer_codes() && self.codes().any(|code| !code.value.is_integer());
        let all_known = self.has_all_errors && !is_mixed && self.errors.iter().all(is_known);
        let names = self.errors.iter().filter_map(Entry::name);
        all_known.then(|| names.collect())
    }

    /// Whether the codes are integers. A surface has either integers or texts.
    pub(crate) fn has_integer_codes(&self) -> bool {
        self.codes().any(|code| code.value.is_integer())
    }
}

/// Whether the HTTP status tells an error with such a body apart from the others.
fn is_told_by_status(body: &Body, has_no_code: bool) -> bool {
    match Key::of(body) {
        Key::Code => false,
        Key::Status => true,
        Key::CodeOrStatus => has_no_code,
    }
}

/// How the error responses of a surface look.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// A clause that the sample completes, such as "The API returns errors like".
    pub intro: Option<Text>,
    /// `None` also if only a part of it is broken.
    pub body: Option<Body>,
    /// A response body to show instead of one made from `body`.
    pub example: Option<Spanned<Json>>,
    pub media_type: Option<Text>,
    /// Texts that mean that an optional member is absent.
    pub absent: Vec<Text>,
}

impl Shape {
    /// The place of the code in the body; `None` on a surface that is keyed by status.
    pub(crate) fn code(&self) -> Option<&CodePlace> {
        self.body.as_ref()?.code.as_ref()
    }
}

/// One error of a surface. What few errors have is boxed.
#[derive(Debug)]
pub(crate) struct Entry {
    /// From its first scalar to the one after its last.
    pub range: Range<NodeId>,
    /// Whether it is an error of another surface.
    pub is_included: bool,
    pub code: Optional<Spanned<Code>>,
    /// The field `name`.
    pub own_name: Optional<SharedText>,
    /// What anchors and identifiers are made of: [`default_name`], unless it has a name of its own.
    pub name: Option<SharedText>,
    /// Its own, else those of its surface. A server sends the first by default. Empty also if one of
    /// them is broken.
    pub statuses: Vec<Spanned<u16>>,
    /// Whether it has no statuses of its own. The statuses of a surface don't tell which error it is.
    pub inherits_status: bool,
    /// The place of `status: []`.
    pub no_status: Option<NodeId>,
    pub meaning: Option<SharedText>,
    pub fix: Optional<SharedText>,
    pub retryable: Optional<Spanned<bool>>,
    pub retry: Option<Box<Override>>,
    pub params: Vec<Param>,
    pub values: Vec<Value>,
    /// Whether none of its values is broken.
    pub has_all_values: bool,
    pub tags: Vec<Text>,
    /// A longer text. [`doc::parse`] takes it apart.
    pub doc: Option<Text>,
    /// URLs of pages about it.
    pub see: Vec<Text>,
    pub since: Option<Text>,
    pub deprecated: Option<Box<Deprecation>>,
    /// The author's own data, an object.
    pub meta: Json,
    /// `None` if it is broken: it may mean any rule.
    pub allow: Option<Vec<Text>>,
}

impl Entry {
    /// What the error is called. Only one with a problem may have no name.
    pub(crate) fn name(&self) -> Option<&str> {
        text(self.name.as_ref())
    }

    /// What a placeholder of the body holds each time the error occurs, if the catalog says it.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|value| value.name.value == name)
    }

    /// Whether the error is retryable; false if it doesn't say.
    pub(crate) fn is_retryable(&self) -> bool {
        self.retryable.given().is_some_and(|retryable| retryable.value)
    }
}

/// The name of an error that has none of its own, and where it comes from: what the code becomes, else the
/// reason phrase of the only status (RFC 9110, section 15) in snake case.
fn default_name(code: &Optional<Spanned<Code>>, statuses: &[Spanned<u16>]) -> Option<SharedText> {
    match (code, statuses) {
        (Optional::Given(code), _) => Some(Spanned { value: code.value.name()?, at: code.at }),
        (Optional::Absent, [status]) => {
            Some(Spanned { value: status::name(status.value)?.into(), at: status.at })
        }
        _ => None,
    }
}

/// What a placeholder means for one error.
#[derive(Debug)]
pub(crate) struct Param {
    pub name: Text,
    pub meaning: Option<Text>,
    pub example: Option<Json>,
}

/// Details of a deprecated error.
#[derive(Debug)]
pub(crate) struct Deprecation {
    pub since: Option<Text>,
    /// The name of the error to use instead.
    pub instead: Option<Text>,
    pub note: Option<Text>,
}

/// A code that was once sent and must never be used again.
#[derive(Debug)]
pub(crate) struct Retired {
    pub code: Spanned<Code>,
    /// The name of the error that replaced it.
    pub instead: Option<Text>,
    pub note: Option<Text>,
}

/// The text of a field, if it has one.
pub(crate) fn text<T: AsRef<str>>(field: Option<&Spanned<T>>) -> Option<&str> {
    field.map(|text| text.value.as_ref())
}

/// A field that the format requires. A catalog without problems has every required field.
pub(crate) fn required<T: Default>(field: Option<T>) -> T {
    field.unwrap_or_default()
}
