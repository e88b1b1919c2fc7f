//! What templates see, and what `catalog.json` holds: the catalog with everything resolved. These
//! names are a promise to every template and reader (version 1). Never formats, never escapes.

mod anchors;
mod resolve;
mod sample;
mod shape;

use serde::ser::{Serialize, Serializer};
use serde_json::Value as Json;

use crate::catalog::{self as model, Text};
use crate::records::records;
use anchors::Anchors;

pub(crate) use resolve::build;

fn text(text: Option<&Text>) -> Option<&str> {
    text.map(|text| text.value.as_str())
}

records! {
    /// The whole catalog.
    #[derive(Debug)]
    pub(crate) struct Catalog<'c> {
        /// The version of this structure.
        errcat: u32,
        product: &'c str,
        version: &'c str,
        title: &'c str,
        intro: Option<&'c str>,
        /// The URL of the docs page.
        docs: Option<&'c str>,
        contact: Option<Contact<'c>>,
        /// SPDX expression.
        license: Option<&'c str>,
        retry: Option<Strategy>,
        /// Groups of errors.
        tags: Vec<Tag<'c>>,
        surfaces: Vec<Surface<'c>>,
    }

    #[derive(Debug)]
    struct Contact<'c> {
        name: Option<&'c str>,
        url: Option<&'c str>,
        email: Option<&'c str>,
    }

    /// The retry strategy. Times are in milliseconds.
    #[derive(Debug)]
    struct Strategy {
        /// Numbers, and `4xx` or `5xx`.
        statuses: Vec<Json>,
        /// The classes that are not retried, but for some statuses.
        permanent: Vec<Permanent>,
        initial_ms: u64,
        max_ms: u64,
        factor: u64,
        retries: u64,
        /// The waits before each retry, without jitter; at most 20 are listed.
        waits_ms: Vec<u64>,
    }

    #[derive(Debug)]
    struct Permanent {
        statuses: String,
        except: Vec<u16>,
    }

    #[derive(Debug)]
    struct Tag<'c> {
        name: &'c str,
        meaning: &'c str,
    }

    /// One API with one body shape.
    #[derive(Debug)]
    struct Surface<'c> {
        id: &'c str,
        title: &'c str,
        intro: Option<&'c str>,
        /// Base URLs.
        servers: Vec<&'c str>,
        /// What tells its errors apart: `code` or `status`.
        keyed_by: &'static str,
        shape: Shape<'c>,
        errors: Errors<'c>,
        retired: Vec<Retired<'c>>,
    }

    /// How the error responses of a surface look.
    #[derive(Debug)]
    struct Shape<'c> {
        /// A clause that the sample completes.
        intro: Option<&'c str>,
        media_type: &'c str,
        /// A body with every member.
        sample: Json,
        /// Where the code stands; null on a surface that is keyed by status.
        code: Option<CodePlace<'c>>,
        /// The values given per occurrence.
        placeholders: Vec<Placeholder<'c>>,
        /// The body itself first, then each object in it.
        objects: Vec<Object<'c>>,
    }

    #[derive(Debug)]
    struct CodePlace<'c> {
        /// `text` or `integer`.
        r#type: &'static str,
        /// The way down the body: keys, and 0 for the first element of a list.
        path: Vec<Json>,
        /// Literal text before the code.
        prefix: &'c str,
        /// Literal text after the code.
        suffix: &'c str,
    }

    #[derive(Debug)]
    struct Placeholder<'c> {
        name: &'c str,
        /// `text`, `integer`, `boolean` or `any`.
        r#type: &'static str,
        optional: bool,
    }

    /// An object in a body.
    #[derive(Debug)]
    struct Object<'c> {
        /// The keys that lead to it, with a space between; empty for the body itself.
        name: String,
        members: Vec<Member<'c>>,
    }

    #[derive(Debug)]
    struct Member<'c> {
        key: &'c str,
        /// It may be absent or null.
        optional: bool,
        value: Content<'c>,
    }

    /// What a member holds.
    #[derive(Debug, Default)]
    struct Content<'c> {
        /// `text`, `integer`, `number`, `boolean`, `null`, `any`, `object` or `list`.
        r#type: &'static str,
        /// Of an object: its name among the shape's objects.
        object: Option<String>,
        /// Of a list: what each element is.
        of: Option<Box<Content<'c>>>,
        /// What fills the value whole: `code`, `status`, `meaning`, `fix`, `docs_url` or `param`; null
        /// if it is literal, or text with several parts.
        filled_by: Option<&'static str>,
        /// The name of the placeholder, if `filled_by` is `param`.
        param: Option<&'c str>,
        /// Literal data.
        literal: Option<&'c Json>,
        /// Text with something filled in.
        parts: Option<Vec<TextPart<'c>>>,
    }

    #[derive(Debug)]
    struct TextPart<'c> {
        text: Option<&'c str>,
        /// As in a member's value; null for literal text.
        filled_by: Option<&'static str>,
        param: Option<&'c str>,
    }

    /// One error.
    #[derive(Debug)]
    struct Entry<'c> {
        /// The code in the body: text, an integer, or null on a surface that is keyed by status.
        code: Option<Json>,
        /// The name in identifiers; unique in its surface.
        name: String,
        /// The anchor in the docs; unique in the catalog.
        anchor: String,
        /// Other anchors that lead there: of the code, and of each status where those tell errors apart.
        aliases: Vec<String>,
        docs_url: Option<String>,
        /// The status a server sends unless told another.
        status: u16,
        /// Every status it is sent with.
        statuses: Vec<u16>,
        meaning: &'c str,
        fix: &'c str,
        retryable: bool,
        /// `never`, `backoff` or `after`.
        verdict: &'static str,
        /// The numbers of the verdict; null for `never`.
        retry: Option<Retry>,
        params: Vec<Param<'c>>,
        tags: Vec<&'c str>,
        /// Paragraphs.
        doc: Vec<&'c str>,
        since: Option<&'c str>,
        deprecated: Option<Deprecation<'c>>,
        /// The anchor of the error that is to be used instead; null if none is, or has that name.
        use_anchor: Option<String>,
        /// A response body.
        body: Json,
        /// Those of its other statuses, where the body says the status.
        other_bodies: Vec<OtherBody>,
    }

    #[derive(Debug)]
    struct OtherBody {
        status: u16,
        body: Json,
    }

    /// Retry advice in numbers. Times are in milliseconds.
    #[derive(Debug)]
    struct Retry {
        after_ms: Option<u64>,
        initial_ms: u64,
        max_ms: u64,
        factor: u64,
        retries: u64,
    }

    #[derive(Debug)]
    struct Param<'c> {
        name: &'c str,
        meaning: &'c str,
        example: Option<&'c Json>,
    }

    #[derive(Debug)]
    struct Deprecation<'c> {
        since: Option<&'c str>,
        r#use: Option<&'c str>,
        note: Option<&'c str>,
    }

    /// A code that may never be used again.
    #[derive(Debug)]
    struct Retired<'c> {
        code: Json,
        anchor: String,
        r#use: Option<&'c str>,
        /// As in an error.
        use_anchor: Option<String>,
        note: Option<&'c str>,
    }
}

/// The errors of a surface, each resolved when its turn comes: all of them at once take as much
/// memory as the outputs.
#[derive(Debug)]
struct Errors<'c> {
    catalog: &'c model::Catalog,
    surface: &'c model::Surface,
    anchors: Anchors<'c>,
}

impl Serialize for Errors<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let errors = self.surface.errors.iter();
        serializer.collect_seq(errors.map(|one| resolve::entry(self.catalog, &self.anchors, one)))
    }
}
