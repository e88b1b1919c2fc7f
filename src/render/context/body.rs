//! What templates see of the bodies of a surface's error responses.

use crate::render::record::records;
use crate::text::json::Json;

/// The types of a single value.
pub(super) const SINGLE_TYPES: &[&str] = &["text", "integer", "number", "boolean", "any", "wait"];

/// What fills a value, or a part of a text.
const FILLERS: &[&str] = &["code", "status", "meaning", "fix", "docs_url", "param"];

records! {
    /// The shape of a surface's error responses.
    #[derive(Debug)]
    pub(super) struct Shape<'c> {
        /// A clause that the sample completes.
        pub(super) intro: Option<&'c str>,
        /// The `Content-Type` of the responses.
        pub(super) media_type: &'c str,
        /// A sample body with every member.
        pub(super) sample: Json,
        /// The code that clients read; none on a surface keyed by status.
        pub(super) code: Option<Code<'c>>,
        /// The keys on the path of the list of errors; none if a body holds one error.
        pub(super) errors_path: Option<Vec<&'c str>>,
        /// Whether every body holds a literal that tells it from a success, such as `ok: false`.
        pub(super) has_literal: bool,
        /// What the sample doesn't show, as sentences: how long lists can be, and what a wait is for.
        pub(super) about: Option<String>,
        /// Where the wait is in the body, like the `place` of a param.
        pub(super) wait_place: Option<String>,
        /// That a body may ask for a longer wait, as a sentence; none if it can't.
        pub(super) wait_text: Option<String>,
        /// Texts that mean that an optional member is absent.
        pub(super) absent: Vec<&'c str>,
        /// The values that differ each time an error occurs, in the order of the body: placeholders and
        /// lists. The values of a list's elements belong to its item, unless the elements are errors.
        pub(super) placeholders: Vec<Placeholder<'c>>,
        /// The items of the lists of objects in `placeholders`, and of the lists within those, in the order
        /// of the body.
        pub(super) items: Vec<Item<'c>>,
        /// What fills the body, without duplicates: `code`, `status`, `meaning`, `fix`, `docs_url` or `param`.
        #[holds = Type::OneOf(FILLERS)]
        pub(super) filled_by: Vec<&'static str>,
        /// The body itself: an object or a list.
        pub(super) body: Content<'c>,
    }

    /// The code that clients read.
    #[derive(Debug)]
    pub(super) struct Code<'c> {
        /// Its type: `text` or `integer`.
        #[holds = Type::OneOf(&["text", "integer"])]
        pub(super) r#type: &'static str,
        /// Whether an error may have none.
        pub(super) optional: bool,
        /// Whether each code is also the name of its error.
        pub(super) are_names: bool,
        /// The path in the body: keys, and 0 for the elements of the list of errors.
        #[holds = Type::Scalar]
        pub(super) path: Vec<Json>,
        /// The literal text before it.
        pub(super) prefix: &'c str,
        /// The literal text after it.
        pub(super) suffix: &'c str,
        /// If there is literal text: a regular expression for the whole text.
        pub(super) pattern: Option<String>,
    }

    /// A value that differs each time an error occurs.
    #[derive(Debug)]
    pub(super) struct Placeholder<'c> {
        /// The name in the catalog, without `<` and `>`, or the name of the list.
        pub(super) name: &'c str,
        /// The type of the value: `text`, `integer`, `number`, `boolean`, `any`, `wait` or `list`.
        #[holds = Type::OneOf(&["text", "integer", "number", "boolean", "any", "wait", "list"])]
        pub(super) r#type: &'static str,
        /// The unit of a `wait` in the body: `s` or `ms`.
        #[holds = Type::OneOf(&["s", "ms"])]
        pub(super) unit: Option<&'static str>,
        /// Whether it may be absent.
        pub(super) optional: bool,
        /// What each element of a `list` is.
        pub(super) item: Option<Item<'c>>,
    }

    /// What each element of a list is.
    #[derive(Debug)]
    pub(super) struct Item<'c> {
        /// The name of the list.
        pub(super) name: &'c str,
        /// `object`, or the type of the list's single values.
        #[holds = Type::OneOf(&["object", "text", "integer", "number", "boolean", "any", "wait"])]
        pub(super) r#type: &'static str,
        /// The name of the placeholder that is the whole element; none for an object.
        pub(super) param: Option<&'c str>,
        /// The values in an object, in the order of the body.
        pub(super) placeholders: Vec<Placeholder<'c>>,
    }

    /// A member of an object.
    #[derive(Debug)]
    pub(super) struct Member<'c> {
        /// The key, which can be any text.
        pub(super) key: &'c str,
        /// Whether it may be absent or null.
        pub(super) optional: bool,
        /// The value.
        pub(super) value: Content<'c>,
    }

    /// A value at one place in a body.
    #[derive(Debug, Default)]
    pub(super) struct Content<'c> {
        /// The type: `text`, `integer`, `number`, `boolean`, `null`, `any`, `wait`, `object` or `list`.
        #[holds = Type::OneOf(&[
            "text", "integer", "number", "boolean", "null", "any", "wait", "object", "list",
        ])]
        pub(super) r#type: &'static str,
        /// The unit of a `wait`: `s` or `ms`.
        #[holds = Type::OneOf(&["s", "ms"])]
        pub(super) unit: Option<&'static str>,
        /// Whether a sender leaves it out if nothing fills it.
        pub(super) may_be_absent: bool,
        /// For an object: its members, in the order of the catalog.
        pub(super) members: Option<Vec<Member<'c>>>,
        /// For a list: what each element is; none for a literal `[]`, which stands for any list.
        pub(super) of: Option<Box<Content<'c>>>,
        /// For a list: whether each element is an error.
        pub(super) is_errors: bool,
        /// What fills the whole value: `code`, `status`, `meaning`, `fix`, `docs_url` or `param`; none
        /// for a literal and for text in parts.
        #[holds = Type::OneOf(FILLERS)]
        pub(super) filled_by: Option<&'static str>,
        /// Whether it contains the code, alone or with literal text around it.
        pub(super) holds_code: bool,
        /// Whether it contains the code that clients read.
        pub(super) is_read_code: bool,
        /// The name of the placeholder or list, if `filled_by` is `param`.
        pub(super) param: Option<&'c str>,
        /// Its index, from 0, if `filled_by` is `param`: in the `placeholders` of the list's item for what
        /// an item holds, otherwise in those of the shape.
        pub(super) param_number: Option<u32>,
        /// The literal value.
        pub(super) literal: Option<&'c Json>,
        /// The parts of text with something filled in.
        pub(super) parts: Option<Vec<TextPart<'c>>>,
        /// For text that must have a form: a regular expression for it. Text with several parts filled in
        /// has none.
        pub(super) pattern: Option<String>,
    }

    /// A part of a text: literal or filled in.
    #[derive(Debug, Default)]
    pub(super) struct TextPart<'c> {
        /// The literal text.
        pub(super) text: Option<&'c str>,
        /// What fills the part, as in a member's value; none for literal text.
        #[holds = Type::OneOf(FILLERS)]
        pub(super) filled_by: Option<&'static str>,
        /// The type of what fills it, as in a member's value; none for literal text.
        #[holds = Type::OneOf(SINGLE_TYPES)]
        pub(super) r#type: Option<&'static str>,
        /// The name of the placeholder, if `filled_by` is `param`.
        pub(super) param: Option<&'c str>,
        /// Its index, as in a member's value.
        pub(super) param_number: Option<u32>,
    }
}
