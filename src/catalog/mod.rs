//! The model: what a catalog says, field by field, each value with its place in the file. Plain
//! data, made by [`load`]. Never renders, never judges.

pub(crate) mod body;
mod data;
mod example;
pub(crate) mod forms;
mod load;
mod quoting;
pub(crate) mod retry;
mod schema;
pub(crate) mod status;

use std::ops::Range;

use body::Body;
pub(crate) use load::load;
use retry::{Override, Strategy};
pub(crate) use schema::{CATALOG as CATALOG_FIELDS, USUAL as USUAL_FIELD};

use crate::diagnostic::Rule;
use crate::yaml::NodeId;

/// The rules that loading a catalog reports.
pub(crate) const RULES: &[&Rule] = &[
    &body::ARRAY_SHAPE,
    &body::CODE_PLACEHOLDER,
    &body::MALFORMED_PLACEHOLDER,
    &body::PLACEHOLDER_TYPE,
    &example::EXAMPLE_DISAGREES,
    &forms::FORMAT_VERSION,
    &forms::MALFORMED_ADDRESS,
    &forms::MALFORMED_CODE,
    &forms::MALFORMED_DURATION,
    &forms::MALFORMED_ID,
    &forms::MALFORMED_MEDIA_TYPE,
    &forms::MALFORMED_VERSION,
    &forms::NUMBER_RANGE,
    &forms::STATUS_RANGE,
    &forms::WAIT_RANGE,
    &quoting::AMBIGUOUS_YAML,
    &quoting::CUT_TEXT,
];

/// A value and where it stands in the file.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    pub value: T,
    pub at: NodeId,
}

impl<T> Spanned<T> {
    /// A value that stands in for one that is missing or broken, which was reported.
    pub(crate) fn nowhere(value: T) -> Self {
        Self { value, at: NodeId::NOWHERE }
    }
}

/// Text of the catalog: one line, in which only code spans mean something.
pub(crate) type Text = Spanned<String>;

/// Every error of one product.
#[derive(Debug)]
pub(crate) struct Catalog {
    pub product: Text,
    /// Semantic version of the catalog, and so of the generated crate and package.
    pub version: Text,
    pub title: Text,
    pub intro: Option<Text>,
    /// Base URL of the published docs page.
    pub docs: Option<Text>,
    pub contact: Option<Contact>,
    /// SPDX expression.
    pub license: Option<Text>,
    pub retry: Option<Strategy>,
    pub tags: Vec<Tag>,
    pub surfaces: Vec<Surface>,
    /// Where an empty list of surfaces stands.
    pub surfaces_at: Option<NodeId>,
}

impl Catalog {
    /// Every error of every surface.
    pub(crate) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.surfaces.iter().flat_map(|surface| &surface.errors)
    }

    /// Every one-line text of a self.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Text> {
        let top = [Some(&self.product), Some(&self.title), self.intro.as_ref()];
        let top =
            top.into_iter().flatten().chain([&self.docs, &self.license].into_iter().flatten());
        let contact =
            self.contact.iter().flat_map(|contact| [&contact.name, &contact.url, &contact.email]);
        let tags = self.tags.iter().map(|tag| &tag.meaning);
        let surfaces = self.surfaces.iter().flat_map(|surface| {
            let own = [Some(&surface.title), surface.intro.as_ref(), surface.shape.intro.as_ref()];
            let entries = surface.errors.iter().flat_map(|entry| {
                let deprecated = entry.deprecated.iter();
                let notes = deprecated.flat_map(|deprecated| [&deprecated.since, &deprecated.note]);
                [&entry.meaning, &entry.fix]
                    .into_iter()
                    .chain(entry.params.iter().map(|param| &param.meaning))
                    .chain(&entry.doc)
                    .chain(entry.since.as_ref())
                    .chain(notes.flatten())
            });
            let retired = surface.retired.iter().filter_map(|retired| retired.note.as_ref());
            own.into_iter().flatten().chain(&surface.servers).chain(entries).chain(retired)
        });
        top.chain(contact.flatten()).chain(tags).chain(surfaces)
    }

    /// Where the docs of an error are published, if the catalog says where its docs are.
    pub(crate) fn docs_url(&self, anchor: &str) -> Option<String> {
        self.docs.as_ref().map(|docs| format!("{}#{anchor}", docs.value))
    }
}

/// Whom to ask about the API.
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
    pub meaning: Text,
}

/// One API with one body shape.
#[derive(Debug)]
pub(crate) struct Surface {
    /// From its first scalar to the one after its last.
    pub range: Range<NodeId>,
    pub id: Text,
    pub title: Text,
    pub intro: Option<Text>,
    /// Base URLs.
    pub servers: Vec<Text>,
    pub shape: Shape,
    pub errors: Vec<Entry>,
    pub retired: Vec<Retired>,
    pub allow: Vec<Text>,
}

impl Surface {
    /// Whether errors are told apart by the code in the body, rather than by the HTTP status.
    pub(crate) fn is_keyed_by_code(&self) -> bool {
        self.shape.body.code().is_some()
    }

    /// The anchor of an error in the docs: the one place that makes one.
    pub(crate) fn anchor(&self, name: &str) -> String {
        format!("{}-{name}", self.id.value)
    }

    /// Whether what an error is called can't be told, because its code or name is missing or
    /// broken: then no other place can be blamed for naming nothing.
    pub(crate) fn has_broken_names(&self) -> bool {
        let codes = || self.errors.iter().filter_map(|entry| entry.code.as_ref());
        let is_mixed = codes().any(|code| code.value.is_integer())
            && codes().any(|code| !code.value.is_integer());
        is_mixed
            || self.errors.iter().any(|entry| {
                let code = entry.code.as_ref().is_some_and(|code| !code.at.is_somewhere());
                let name = entry.name.as_ref().is_some_and(|name| !name.at.is_somewhere());
                code || name || entry.code.is_none() && self.is_keyed_by_code()
            })
    }

    /// Whether the codes are integers. All of a surface are of one kind.
    pub(crate) fn has_integer_codes(&self) -> bool {
        self.errors.iter().any(|entry| matches!(&entry.code, Some(code) if code.value.is_integer()))
    }
}

/// How the error responses of a surface look.
#[derive(Debug)]
pub(crate) struct Shape {
    /// A clause that the sample completes, such as "The API returns errors like".
    pub intro: Option<Text>,
    pub body: Body,
    /// A response body to show instead of one made from `body`.
    pub example: Option<Spanned<serde_json::Value>>,
    pub media_type: Option<Text>,
}

/// One error of a surface.
#[derive(Debug)]
pub(crate) struct Entry {
    /// From its first scalar to the one after its last.
    pub range: Range<NodeId>,
    pub code: Option<Spanned<Code>>,
    pub name: Option<Text>,
    /// At least one; a server sends the first unless told another.
    pub statuses: Vec<Spanned<u16>>,
    pub meaning: Text,
    pub fix: Text,
    pub retryable: Spanned<bool>,
    pub retry: Option<Override>,
    pub params: Vec<Param>,
    pub tags: Vec<Text>,
    /// Paragraphs of a longer text.
    pub doc: Vec<Text>,
    pub since: Option<Text>,
    pub deprecated: Option<Deprecation>,
    pub allow: Vec<Text>,
}

impl Entry {
    /// What stands in the docs' anchors and in identifiers: the name, else the code, else the
    /// reason phrase of the status (RFC 9110, section 15) in snake case.
    pub(crate) fn name(&self) -> Option<String> {
        if let Some(name) = &self.name {
            return Some(name.value.clone());
        }
        match (&self.code, self.statuses.as_slice()) {
            (Some(code), _) => Some(code.value.to_string()),
            (None, [status]) => status::name(status.value),
            (None, _) => None,
        }
    }

    /// Where a finding about the name points.
    pub(crate) fn name_at(&self) -> NodeId {
        let code = self.code.as_ref().map(|code| code.at);
        let status = self.statuses.first().map(|status| status.at);
        self.name.as_ref().map(|name| name.at).or(code).or(status).unwrap_or(self.range.start)
    }
}

/// A code, as it stands in response bodies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Code {
    Text(String),
    Integer(i64),
}

impl Code {
    pub(crate) fn is_integer(&self) -> bool {
        matches!(self, Self::Integer(_))
    }

    /// The code as a response body holds it.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Text(code) => code.as_str().into(),
            Self::Integer(code) => (*code).into(),
        }
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(code) => f.write_str(code),
            Self::Integer(code) => write!(f, "{code}"),
        }
    }
}

/// What a placeholder of the body holds for one error.
#[derive(Debug)]
pub(crate) struct Param {
    pub name: Text,
    pub meaning: Text,
    pub example: Option<serde_json::Value>,
}

/// Since when an error is no longer sent, and what replaces it.
#[derive(Debug)]
pub(crate) struct Deprecation {
    pub since: Option<Text>,
    /// The name of the error to use instead.
    pub instead: Option<Text>,
    pub note: Option<Text>,
}

/// A code that was once sent and may never be used again.
#[derive(Debug)]
pub(crate) struct Retired {
    pub code: Spanned<Code>,
    /// The name of the error that replaced it.
    pub instead: Option<Text>,
    pub note: Option<Text>,
}
