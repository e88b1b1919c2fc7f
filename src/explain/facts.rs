//! Facts about a question and about a response, for templates and for programs. docs/commands.md lists
//! them.

use std::time::Duration;

use super::advice::Advice;
use crate::catalog::body::Step;
use crate::reading::Response;
use crate::reading::runtime::{http_time, parse_retry_after};
use crate::render::record::records;
use crate::text::json::Json;

records! {
    /// What was asked, and what came of it.
    #[derive(Debug, Default)]
    pub(super) struct Question {
        /// `found`, `unknown`, `not_an_error` or `malformed`.
        pub outcome: &'static str,
        /// The name in question; null if a response is.
        pub query: Option<String>,
        /// What that names: `error`, `status`, `group`, `api` or `page`; `all` for the list of all errors.
        pub query_kind: Option<&'static str>,
        /// The name of that group.
        pub group: Option<String>,
        /// Similar names, if nothing has that name.
        pub nearest: Vec<String>,
        /// The status of the response, or the one in question.
        pub status: Option<u16>,
        /// The titles of the APIs with errors that come with this status, if it is below 400.
        pub low_in: Vec<String>,
        /// Whether the response is an event stream.
        pub is_stream: bool,
        /// Whether the response is empty.
        pub is_empty: bool,
        /// How long the response asks to wait, in milliseconds.
        pub retry_after_ms: Option<u64>,
        /// The path of an error in a response that is not an error to HTTP, and that no API describes.
        pub reported_at: Option<String>,
        /// The code of that error.
        pub reported_code: Option<String>,
        /// Whether only one of the errors found is meant, and nothing says for sure which one.
        pub is_guess: bool,
        /// Why the first one fits best, if one does: `status`, `shape` or `values`.
        pub fits_by: Option<&'static str>,
        /// The advice that is right whichever error it is: not to retry if that is right for one of them, else
        /// the longest waits.
        pub advice: Option<Advice>,
    }

    /// Facts about a response, as one API sees it.
    #[derive(Clone, Debug, Default)]
    pub(super) struct Facts {
        /// What identifies the error: `code`, `status` or `status_alone`; or why nothing does:
        /// `unknown_code`, `unknown_status`, `no_status` or `nothing`.
        pub by: &'static str,
        /// The status of the response, or else the one that the body names.
        pub status: Option<u16>,
        /// How the body differs from the API's shape.
        pub mismatch: Option<String>,
        /// Whether the body is a page or a text, as proxies send.
        pub is_foreign: bool,
        /// What the body says, if it isn't JSON.
        pub text: Option<String>,
        /// The path of the code in a body.
        pub code_at: Option<String>,
        /// An unknown code.
        pub code: Option<String>,
        /// Codes and names that are similar to it.
        pub nearest: Vec<String>,
        /// What the body holds for the placeholders of the shape.
        pub values: Vec<Said>,
        /// The names of those values that the catalog also gives to this error.
        pub same_values: Vec<String>,
        /// How many errors the list in the body has; 0 if bodies hold one error.
        pub errors: u32,
        /// What the packages of this API do about the response, with all errors in it.
        pub advice: Advice,
    }

    /// A value in the body.
    #[derive(Clone, Debug)]
    pub(super) struct Said {
        /// The name of its placeholder.
        pub name: String,
        /// Its path in the body.
        pub place: String,
        /// The value, as packages read it: a wait in milliseconds.
        pub value: Json,
        /// Whether it is a wait.
        pub is_wait: bool,
        /// What is at its path, as it is in the body.
        pub raw: Json,
        /// What the catalog says about it.
        pub meaning: Option<String>,
    }
}

/// How long a response asks to wait, in milliseconds.
pub(super) fn retry_after(response: &Response, now: Duration) -> Option<u64> {
    let clock = response.header("date").and_then(http_time).unwrap_or(now);
    let wait = parse_retry_after(
        response.header("retry-after-ms"),
        response.header("retry-after"),
        clock,
    )?;
    u64::try_from(wait.as_millis()).ok()
}

/// A path in a body, such as `errors[0].code`. `index` is the place in the list of errors.
pub(super) fn written(path: &[Step], index: usize) -> String {
    let mut written = String::new();
    for step in path {
        match step {
            Step::Member(key) if written.is_empty() => written += key,
            Step::Member(key) => written += &format!(".{key}"),
            Step::Element => written += &format!("[{index}]"),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Facts, Question};
    use crate::render::described::Described as _;

    #[test]
    fn the_page_about_commands_has_every_field() {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
        let page = fs::read_to_string(page).unwrap();
        let mut records = Vec::new();
        Question::describe(&mut records);
        Facts::describe(&mut records);
        assert_eq!(records.len(), 4);
        for field in records.iter().flat_map(|record| &record.fields) {
            let row = format!("| `{}` | {} |", field.name, field.about);
            assert!(page.contains(&row), "docs/commands.md lacks {row}");
        }
    }
}
