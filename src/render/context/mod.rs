//! What templates see and `catalog.json` contains: the catalog with everything resolved. The names of the
//! fields are stable (version 1).

mod advice;
mod anchors;
mod arguments;
mod body;
mod entry;
mod errors;
mod operations;
mod pattern;
mod place;
mod resolve;
mod sample;
mod shape;
mod value;
mod words;

use std::sync::Arc;

use crate::catalog::{self as model, Spanned, Text, text};
#[cfg(feature = "cli")]
use crate::render::described::{Described as _, Record};
use crate::render::record::{lazy_record, records};
use crate::text::json::Json;
use body::{Code, Content, Item, Member, Placeholder, Shape, TextPart};
use entry::Entry;
use errors::Errors;

pub(crate) use anchors::Anchors;
pub(crate) use arguments::params as arguments;
#[cfg(feature = "cli")]
pub(crate) use operations::OperationNames;
#[cfg(feature = "cli")]
pub(crate) use place::first as place_of;
#[cfg(feature = "cli")]
pub(crate) use resolve::package;
#[cfg(feature = "cli")]
pub(crate) use value::item;
pub(crate) use value::{Context, errors_of};

/// The version of the structure of `catalog.json`.
const VERSION: u32 = 1;

/// Every record that templates see, for the docs. The catalog comes first.
#[cfg(feature = "cli")]
pub(crate) fn records() -> Vec<Record> {
    let mut records = Vec::new();
    Catalog::describe(&mut records);
    records
}

records! {
    /// The whole catalog.
    #[derive(Debug)]
    pub(crate) struct Catalog<'c> {
        /// The JSON Schema of this structure: a file that the target `json` writes next to `catalog.json`.
        #[key = "$schema"]
        schema: &'static str,
        /// The version of this structure.
        #[holds = Type::Version(VERSION)]
        errcat: u32,
        /// The name of the product.
        product: &'c str,
        /// The version of the catalog, and of packages generated from it.
        version: &'c str,
        /// The heading of the docs page.
        title: &'c str,
        /// The first paragraph of the docs page.
        intro: Option<&'c str>,
        /// The URL of the docs page.
        docs: Option<&'c str>,
        /// Who to ask about errors.
        contact: Option<Contact<'c>>,
        /// The license, as an SPDX expression.
        license: Option<&'c str>,
        /// How to retry errors that the catalog doesn't list; none if it doesn't say.
        retry: Option<Strategy>,
        /// The groups of errors.
        tags: Vec<Tag<'c>>,
        /// The default name of packages: the product's words and `errors`, joined by `-`.
        package: String,
        /// The APIs.
        surfaces: Vec<Surface<'c>>,
        /// The author's own data: an object, by default an empty one.
        #[holds = Type::Object]
        meta: &'c Json,
    }

    /// Who to ask about errors.
    #[derive(Debug)]
    struct Contact<'c> {
        /// The name of a person or team.
        name: Option<&'c str>,
        /// The URL of a page.
        url: Option<&'c str>,
        /// An email address.
        email: Option<&'c str>,
    }

    /// How to retry errors that the catalog doesn't list. Times are in milliseconds.
    #[derive(Debug)]
    struct Strategy {
        /// The statuses to retry: numbers, and the classes `4xx` or `5xx`.
        #[holds = Type::Scalar]
        statuses: Vec<Json>,
        /// The classes of statuses that aren't retried, with their exceptions.
        permanent: Vec<Permanent>,
        /// The wait before the first retry.
        initial_ms: u64,
        /// The longest wait.
        max_delay_ms: u64,
        /// What each wait is multiplied by to get the next.
        factor: u64,
        /// The maximum number of retries.
        retries: u64,
        /// The wait before each retry, without jitter. At most 20 are listed.
        waits_ms: Vec<u64>,
        /// All of this as sentences, without a table of waits.
        text: String,
    }

    /// A class of statuses that isn't retried.
    #[derive(Debug)]
    struct Permanent {
        /// `4xx` or `5xx`.
        #[holds = Type::OneOf(&["4xx", "5xx"])]
        statuses: String,
        /// The statuses of the class that are retried after all.
        except: Vec<u16>,
    }

    /// A group of errors.
    #[derive(Debug)]
    struct Tag<'c> {
        /// The name that errors refer to.
        name: &'c str,
        /// What its errors have in common.
        meaning: &'c str,
    }

    /// One API with one body shape.
    #[derive(Debug)]
    struct Surface<'c> {
        /// The name in identifiers and paths: lower-case letters, digits and `_`.
        id: &'c str,
        /// The heading of its section.
        title: &'c str,
        /// The first paragraph of its section.
        intro: Option<&'c str>,
        /// The base URLs.
        servers: Vec<&'c str>,
        /// What identifies its errors: `code`, `status`, or `code_or_status` if some errors have a
        /// code and others don't.
        #[holds = Type::OneOf(&["code", "status", "code_or_status"])]
        keyed_by: &'static str,
        /// The HTTP statuses below 400 that its errors come with, in ascending order.
        low_statuses: Vec<u16>,
        /// The shape of its error responses.
        shape: Shape<'c>,
        /// Paragraphs on how to tell its errors apart, if neither a code nor the status alone is enough.
        notes: Vec<String>,
        /// Every error, in the order of the catalog.
        errors: Errors,
        /// Whether any of its errors has a fix.
        has_fixes: bool,
        /// Whether anything says what to retry: one of its errors, or the catalog's strategy.
        has_advice: bool,
        /// The groups that its errors belong to, in the order of the catalog's tags.
        groups: Vec<Group<'c>>,
        /// The codes that must never be used again.
        retired: Vec<Retired<'c>>,
        /// Which errors its operations return.
        operations: Vec<Operation<'c>>,
        /// The author's own data: an object, by default an empty one.
        #[holds = Type::Object]
        meta: &'c Json,
    }

    /// An operation of an API.
    #[derive(Debug)]
    struct Operation<'c> {
        /// The name in identifiers, such as `get_keys_by_id`. With the surface's id before it, unique in the
        /// catalog.
        name: String,
        /// The HTTP method, in capitals.
        method: &'c str,
        /// The path, with names in braces.
        path: &'c str,
        /// The names of the errors that it returns. Each is an anchor after the surface's id and a `-`.
        errors: Vec<&'c str>,
    }

    /// A group of errors of one surface.
    #[derive(Debug)]
    struct Group<'c> {
        /// The name of its tag.
        name: &'c str,
        /// What its errors have in common.
        meaning: &'c str,
        /// The names of its errors.
        errors: Vec<String>,
    }

    /// A paragraph or a list.
    #[derive(Debug)]
    struct Block {
        /// The text of a paragraph; none for a list.
        text: Option<String>,
        /// The items of a list; none for a paragraph.
        items: Option<Vec<String>>,
        /// Whether the items are numbered.
        ordered: bool,
    }

    /// A sample body of an error with another of its statuses.
    #[derive(Debug)]
    struct OtherBody {
        /// The HTTP status.
        status: u16,
        /// The body with that status.
        body: Json,
    }

    /// Retry advice in numbers. Times are in milliseconds.
    #[derive(Debug)]
    struct Retry {
        /// The shortest wait, if the advice is `after`.
        after_ms: Option<u64>,
        /// The wait before the first retry.
        initial_ms: u64,
        /// The longest wait, unless `after_ms` or the server asks for more.
        max_delay_ms: u64,
        /// What each wait is multiplied by to get the next.
        factor: u64,
        /// The maximum number of retries.
        retries: u64,
    }

    /// What a placeholder of the body holds each time one error occurs.
    #[derive(Debug)]
    struct Value<'c> {
        /// The name of the placeholder.
        name: &'c str,
        /// The index in the shape's `placeholders`, from 0.
        param_number: u32,
        /// The type of the placeholder.
        #[holds = Type::OneOf(body::SINGLE_TYPES)]
        r#type: &'static str,
        /// The value; none for a text with something filled in.
        literal: Option<&'c Json>,
        /// The parts of text with something filled in. `param` is the name of one of `arguments`.
        parts: Option<Vec<TextPart<'c>>>,
    }

    /// What a placeholder means for one error.
    #[derive(Debug)]
    struct Param<'c> {
        /// The name of the placeholder or list.
        name: &'c str,
        /// Where it is in the body: keys with `.` between them, and `[]` for the elements of a list.
        place: String,
        /// Whether it is one of several values in the text there.
        is_part: bool,
        /// What it holds.
        meaning: &'c str,
        /// An example value, of the placeholder's type.
        example: Option<&'c Json>,
    }

    /// Details of a deprecated error.
    #[derive(Debug)]
    struct Deprecation<'c> {
        /// The version that deprecated it.
        since: Option<&'c str>,
        /// The name of the error to use instead.
        r#use: Option<&'c str>,
        /// A note about it.
        note: Option<&'c str>,
    }

    /// A code that must never be used again.
    #[derive(Debug)]
    struct Retired<'c> {
        /// The code: text or an integer.
        #[holds = Type::Scalar]
        code: Json,
        /// The anchor in the docs. Unique in the catalog.
        anchor: String,
        /// Other anchors that lead to it.
        aliases: Vec<String>,
        /// The name of the error to use instead.
        r#use: Option<&'c str>,
        /// The anchor of the error to use instead; none if no error has that name.
        use_anchor: Option<String>,
        /// A note about it.
        note: Option<&'c str>,
    }
}

lazy_record! {
    /// One error.
    Entry<'c> {
        /// The code in the body: text or an integer; none for an error that its status tells apart.
        #[holds = Type::Scalar]
        code: Option<&'c model::Code>,
        /// The name in identifiers. Unique in its surface.
        name: Arc<str>,
        /// The anchor in the docs. Unique in the catalog.
        anchor: String,
        /// Other anchors that lead to it: its code, and each of its statuses if those tell it apart.
        aliases: Vec<String>,
        /// The URL of its section on the docs page.
        docs_url: Option<String>,
        /// The HTTP status that a server sends by default.
        status: u16,
        /// Every HTTP status that it can have.
        statuses: &'c [Spanned<u16>],
        /// Whether the statuses are those of its surface. Then they don't tell which error it is.
        inherits_status: bool,
        /// What went wrong.
        meaning: Arc<str>,
        /// What to do about it.
        fix: Option<&'c Arc<str>>,
        /// Whether the same request may succeed later; none if the catalog doesn't say.
        retryable: Option<bool>,
        /// The retry advice: `never`, `backoff` or `after`; or `by_status` if the catalog doesn't say whether
        /// the error is retryable. Then the status of each response decides, as for errors that the catalog
        /// doesn't list.
        #[holds = Type::OneOf(&["never", "backoff", "after", "by_status"])]
        retry_advice: &'static str,
        /// The retry advice as plain sentences; none if nothing in the catalog says it.
        retry_text: Option<Arc<str>>,
        /// The numbers of the advice; none for `never`, and for `by_status` unless one of the statuses is
        /// retried.
        retry: Option<Retry>,
        /// The statuses that clients retry; none if nothing in the catalog says it.
        retried_statuses: Option<Vec<u16>>,
        /// Whether to retry, in a few words that don't begin a sentence, such as `retry after 1 hour`; none if nothing
        /// in the catalog says it.
        retry_summary: Option<String>,
        /// Whether the catalog's strategy alone would give other advice for one of its statuses.
        is_exception: bool,
        /// The seconds in the header `Retry-After` that a server sends with `body`; none without the header.
        retry_after: Option<u64>,
        /// What placeholders mean for this error.
        params: Vec<Param<'c>>,
        /// The values that a server must give to send it, in the order of the body: the placeholders that
        /// every body needs, those in `params`, and those that are sent only together with them. The
        /// placeholders within a value of `values` replace the one that has this value.
        arguments: Vec<Placeholder<'c>>,
        /// What placeholders of the body hold each time it occurs, in the order of the body. A server sends
        /// them in optional members too.
        values: Vec<Value<'c>>,
        /// The names of its groups.
        tags: &'c [Text],
        /// The paragraphs and lists of a longer description.
        doc: Vec<Block>,
        /// The URLs of pages that say more about it.
        see: &'c [Text],
        /// The version that introduced it.
        since: Option<&'c str>,
        /// Deprecation details; none if it isn't deprecated.
        deprecated: Option<Deprecation<'c>>,
        /// The anchor of the error to use instead; none if no error has that name.
        use_anchor: Option<String>,
        /// The operations that return it, such as `POST /keys`.
        operations: Vec<&'c str>,
        /// The author's own data: an object, by default an empty one.
        #[holds = Type::Object]
        meta: &'c Json,
        /// A sample response body.
        body: Json,
        /// Sample bodies for its other statuses, if they differ from `body`.
        other_bodies: Vec<OtherBody>,
    }
}
