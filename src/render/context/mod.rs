//! What templates see, and what `catalog.json` holds: the catalog with everything worked out. The names of
//! these fields are stable (version 1).

mod anchors;
mod places;
mod resolve;
mod sample;
mod shape;
mod value;

use serde::ser::{Serialize, Serializer};
use serde_json::Value as Json;

use crate::catalog::{self as model, text};
use crate::render::record::{Described, Record, records};
use anchors::Anchors;

pub(crate) use value::Context;

/// Every record that templates see, the catalog first, for their docs.
pub(crate) fn records() -> Vec<Record> {
    let mut records = Vec::new();
    Catalog::describe(&mut records);
    records
}

/// An error as templates see it.
#[cfg(feature = "cli")]
pub(crate) fn error<'c>(
    catalog: &'c model::Catalog,
    surface: &'c model::Surface,
    entry: &'c model::Entry,
) -> impl Serialize {
    resolve::entry(catalog, &Anchors::of(surface), entry)
}

/// A retired code as templates see it.
#[cfg(feature = "cli")]
pub(crate) fn retired<'c>(
    surface: &'c model::Surface,
    retired: &'c model::Retired,
) -> impl Serialize {
    resolve::retired(&Anchors::of(surface), retired)
}

records! {
    /// The whole catalog.
    #[derive(Debug)]
    pub(crate) struct Catalog<'c> {
        /// The version of this structure.
        errcat: u32,
        /// Whose errors they are.
        product: &'c str,
        /// The version of the catalog, and of packages made from it.
        version: &'c str,
        /// The heading of a page.
        title: &'c str,
        /// The first paragraph of a page.
        intro: Option<&'c str>,
        /// The URL of the docs page.
        docs: Option<&'c str>,
        /// Whom to ask.
        contact: Option<Contact<'c>>,
        /// SPDX expression.
        license: Option<&'c str>,
        /// When to retry what the catalog does not list, if it says so.
        retry: Option<Strategy>,
        /// Groups of errors.
        tags: Vec<Tag<'c>>,
        /// The default name of packages: the product's words and `errors`, joined by `-`.
        package: String,
        /// The APIs.
        surfaces: Vec<Surface<'c>>,
    }

    /// Whom to ask about errors.
    #[derive(Debug)]
    struct Contact<'c> {
        /// A person or team.
        name: Option<&'c str>,
        /// A page.
        url: Option<&'c str>,
        /// An address.
        email: Option<&'c str>,
    }

    /// The retry strategy. Times are in milliseconds.
    #[derive(Debug)]
    struct Strategy {
        /// Numbers, and `4xx` or `5xx`.
        statuses: Vec<Json>,
        /// The classes that are not retried, but for some statuses.
        permanent: Vec<Permanent>,
        /// The wait before the first retry.
        initial_ms: u64,
        /// The longest wait.
        max_ms: u64,
        /// What a wait is multiplied by to get the next.
        factor: u64,
        /// How many there are at most.
        retries: u64,
        /// The waits before each retry, without jitter; at most 20 are listed.
        waits_ms: Vec<u64>,
    }

    /// A class of statuses that is not retried.
    #[derive(Debug)]
    struct Permanent {
        /// `4xx` or `5xx`.
        statuses: String,
        /// Those of the class that are retried.
        except: Vec<u16>,
    }

    /// A group of errors.
    #[derive(Debug)]
    struct Tag<'c> {
        /// What errors name it by.
        name: &'c str,
        /// What its errors have in common.
        meaning: &'c str,
    }

    /// One API with one body shape.
    #[derive(Debug)]
    struct Surface<'c> {
        /// Its name in identifiers and paths: small letters, digits and `_`.
        id: &'c str,
        /// The heading of its section.
        title: &'c str,
        /// The first paragraph of its section.
        intro: Option<&'c str>,
        /// Base URLs.
        servers: Vec<&'c str>,
        /// What tells its errors apart: `code` or `status`.
        keyed_by: &'static str,
        /// How its error responses look.
        shape: Shape<'c>,
        /// Every error, in the order of the catalog.
        errors: Errors<'c>,
        /// Whether one of its errors has the verdict `backoff`.
        has_backoff: bool,
        /// The groups that its errors are in, in the order of the catalog's.
        groups: Vec<Group<'c>>,
        /// Codes that may never be used again.
        retired: Vec<Retired<'c>>,
    }

    /// A group of errors on one surface.
    #[derive(Debug)]
    struct Group<'c> {
        /// The name of its tag.
        name: &'c str,
        /// What its errors have in common.
        meaning: &'c str,
        /// The names of its errors.
        errors: Vec<String>,
    }

    /// How the error responses of a surface look.
    #[derive(Debug)]
    struct Shape<'c> {
        /// A clause that the sample completes.
        intro: Option<&'c str>,
        /// The `Content-Type` of its responses.
        media_type: &'c str,
        /// A body with every member.
        sample: Json,
        /// The place of the code; none on a surface that is keyed by status.
        code: Option<Place<'c>>,
        /// Where a body may name its status; the first that holds one counts.
        statuses: Vec<Place<'c>>,
        /// The values given per occurrence, in the order of the body.
        placeholders: Vec<Placeholder<'c>>,
        /// Where those values can be read, in the order of the body; the first of each counts.
        places: Vec<Place<'c>>,
        /// What fills the body, each once: `code`, `status`, `meaning`, `fix`, `docs_url` or `param`.
        filled_by: Vec<&'static str>,
        /// The body itself, which is an object.
        body: Content<'c>,
    }

    /// A place in a body where a value can be read.
    #[derive(Debug)]
    struct Place<'c> {
        /// The name of the placeholder; none for the code and the status.
        param: Option<&'c str>,
        /// `text`, `integer`, `boolean` or `any`.
        r#type: &'static str,
        /// The way down the body: keys, and 0 for the first element of a list.
        path: Vec<Json>,
        /// Literal text before the value.
        prefix: &'c str,
        /// Literal text after the value.
        suffix: &'c str,
    }

    /// A value that is given each time an error occurs.
    #[derive(Debug)]
    struct Placeholder<'c> {
        /// As the catalog writes it, without `<` and `>`.
        name: &'c str,
        /// `text`, `integer`, `boolean` or `any`.
        r#type: &'static str,
        /// It may be absent.
        optional: bool,
    }

    /// A member of an object.
    #[derive(Debug)]
    struct Member<'c> {
        /// Any text.
        key: &'c str,
        /// It may be absent or null.
        optional: bool,
        /// What it holds.
        value: Content<'c>,
    }

    /// A value at one place of a body.
    #[derive(Debug, Default)]
    struct Content<'c> {
        /// `text`, `integer`, `number`, `boolean`, `null`, `any`, `object` or `list`.
        r#type: &'static str,
        /// A sender leaves it out if nothing fills it.
        may_be_absent: bool,
        /// Of an object: its members, in the order of the catalog.
        members: Option<Vec<Member<'c>>>,
        /// Of an object: whether a member `code`, which the shape does not have, may name the status.
        code_names_status: bool,
        /// Of a list: what each element is.
        of: Option<Box<Content<'c>>>,
        /// What fills the value whole: `code`, `status`, `meaning`, `fix`, `docs_url` or `param`; none
        /// if it is literal, or text with several parts.
        filled_by: Option<&'static str>,
        /// Whether the code is in it, alone or with literal text around it.
        holds_code: bool,
        /// The name of the placeholder, if `filled_by` is `param`.
        param: Option<&'c str>,
        /// The number of the placeholder among the shape's, from 0, if `filled_by` is `param`.
        param_number: Option<u32>,
        /// Literal data.
        literal: Option<&'c Json>,
        /// Text with something filled in.
        parts: Option<Vec<TextPart<'c>>>,
    }

    /// A part of a text: literal, or filled in.
    #[derive(Debug, Default)]
    struct TextPart<'c> {
        /// Literal text.
        text: Option<&'c str>,
        /// As in a member's value; none for literal text.
        filled_by: Option<&'static str>,
        /// `text` or `integer`: what it is filled with; none for literal text.
        r#type: Option<&'static str>,
        /// The name of the placeholder, if `filled_by` is `param`.
        param: Option<&'c str>,
        /// The number of the placeholder among the shape's, from 0, if `filled_by` is `param`.
        param_number: Option<u32>,
    }

    /// One error.
    #[derive(Debug)]
    struct Entry<'c> {
        /// The code in the body: text, an integer, or none on a surface that is keyed by status.
        code: Option<Json>,
        /// The name in identifiers; unique in its surface.
        name: String,
        /// The anchor in the docs; unique in the catalog.
        anchor: String,
        /// Other anchors that lead there: of the code, and of each status where those tell errors apart.
        aliases: Vec<String>,
        /// Where the docs page tells of it.
        docs_url: Option<String>,
        /// The status a server sends unless told another.
        status: u16,
        /// Every status it is sent with.
        statuses: Vec<u16>,
        /// What went wrong.
        meaning: &'c str,
        /// What to do about it.
        fix: &'c str,
        /// Whether the same request may succeed later.
        retryable: bool,
        /// `never`, `backoff` or `after`.
        verdict: &'static str,
        /// The numbers of the verdict; none for `never`.
        retry: Option<Retry>,
        /// What placeholders of the body hold for this error.
        params: Vec<Param<'c>>,
        /// What a server must give to send it, in the order of the body: the placeholders that every
        /// body needs, and those that `params` names.
        arguments: Vec<Placeholder<'c>>,
        /// The names of its groups.
        tags: Vec<&'c str>,
        /// The paragraphs of a longer text.
        doc: Vec<&'c str>,
        /// The version it is there from.
        since: Option<&'c str>,
        /// That, and why, no server should send it any more.
        deprecated: Option<Deprecation<'c>>,
        /// The anchor of the error that is to be used instead; null if none is, or has that name.
        use_anchor: Option<String>,
        /// A response body.
        body: Json,
        /// Those of its other statuses, where the body says the status.
        other_bodies: Vec<OtherBody>,
    }

    /// A body of an error with another of its statuses.
    #[derive(Debug)]
    struct OtherBody {
        /// The status.
        status: u16,
        /// The body that says it.
        body: Json,
    }

    /// Retry advice in numbers. Times are in milliseconds.
    #[derive(Debug)]
    struct Retry {
        /// The least wait, if the verdict is `after`.
        after_ms: Option<u64>,
        /// The wait before the first retry.
        initial_ms: u64,
        /// The longest wait, unless `after_ms` or the server asks for more.
        max_ms: u64,
        /// What a wait is multiplied by to get the next.
        factor: u64,
        /// How many there are at most.
        retries: u64,
    }

    /// What a placeholder holds for one error.
    #[derive(Debug)]
    struct Param<'c> {
        /// The placeholder's.
        name: &'c str,
        /// What it holds.
        meaning: &'c str,
        /// A value of it, of its type.
        example: Option<&'c Json>,
    }

    /// About an error that is on its way out.
    #[derive(Debug)]
    struct Deprecation<'c> {
        /// A version.
        since: Option<&'c str>,
        /// The code to use instead.
        r#use: Option<&'c str>,
        /// A text about it.
        note: Option<&'c str>,
    }

    /// A code that may never be used again.
    #[derive(Debug)]
    struct Retired<'c> {
        /// Text, or an integer.
        code: Json,
        /// The anchor in the docs; unique in the catalog.
        anchor: String,
        /// The code to use instead.
        r#use: Option<&'c str>,
        /// The anchor of the error that is to be used instead; none as in an error.
        use_anchor: Option<String>,
        /// A text about it.
        note: Option<&'c str>,
    }
}

/// The errors of a surface. Each is worked out when its turn comes, because all of them at once would take
/// as much memory as the outputs.
#[derive(Debug)]
struct Errors<'c> {
    catalog: &'c model::Catalog,
    surface: &'c model::Surface,
    anchors: Anchors<'c>,
}

impl Described for Errors<'_> {
    fn describe(records: &mut Vec<Record>) -> String {
        Vec::<Entry>::describe(records)
    }
}

impl Serialize for Errors<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let errors = self.surface.errors.iter();
        serializer.collect_seq(errors.map(|one| resolve::entry(self.catalog, &self.anchors, one)))
    }
}
