//! Whether a response with a status below 400 may hold an error. Most traffic holds none, so this looks at
//! bodies without allocating, and says yes if in doubt.

use memchr::memmem::{self, Finder};

use super::recording::{Body, all_members, text};
use crate::catalog::Catalog;
use crate::catalog::body::{Shape, Step};
use crate::reading::{Content, surfaces};

/// What bodies of errors have.
pub(super) struct Glance {
    /// The starts of keys, one of which each error has. `None` if a surface has no such key.
    keys: Option<Vec<Finder<'static>>>,
    /// Top-level members: `error`, `errors`, `data`, then those that surfaces require.
    names: Vec<String>,
    /// For each surface, which of these it requires.
    required: Vec<Vec<usize>>,
}

const REPORTED: [&str; 3] = ["error", "errors", "data"];

impl Glance {
    pub(super) fn of(catalogs: &[Catalog]) -> Self {
        let mut names: Vec<String> = REPORTED.map(str::to_owned).to_vec();
        let mut keys = Some(vec!["error".to_owned()]);
        let mut required = Vec::new();
        // Below 400, only an error with a code is one.
        let with_code = surfaces(catalogs)
            .filter_map(|(_, surface)| Some((surface.shape.body.as_ref()?, surface.shape.code()?)));
        for (body, code) in with_code {
            let key = code.path.iter().rev().find_map(|step| match step {
                Step::Member(key) => Some(key).filter(|key| key.bytes().all(is_plain)),
                Step::Element => None,
            });
            match (&mut keys, key) {
                (Some(keys), Some(key)) => keys.push(key.clone()),
                _ => keys = None,
            }
            let members: &[_] = match &body.root {
                Shape::Object(members) => members,
                _ => &[],
            };
            let own = members.iter().filter(|member| !member.optional && !is_null(&member.shape));
            let own = own.map(|member| {
                names.iter().position(|name| *name == member.key).unwrap_or_else(|| {
                    names.push(member.key.clone());
                    names.len() - 1
                })
            });
            required.push(own.collect());
        }
        let finders = |mut keys: Vec<String>| {
            keys.sort();
            keys.dedup();
            let starts = keys.iter().map(|key| Finder::new(&format!("\"{key}")).into_owned());
            starts.collect()
        };
        Self { keys: keys.map(finders), names, required }
    }

    /// Whether a body may hold an error.
    pub(super) fn may_be_error(&self, body: &Body) -> bool {
        match body {
            Body::NotRecorded => false,
            Body::Json(json) => self.has_key(json.as_bytes()) && self.may_be_json(json),
            Body::Text(json) => self.has_key(json.as_bytes()) && self.may_be_text(&text(json)),
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

    fn may_be_text(&self, text: &str) -> bool {
        let start = text.trim_ascii_start();
        !start.starts_with('{') || self.may_be_json(start)
    }

    /// Whether JSON has what an error has at its top.
    fn may_be_json(&self, json: &str) -> bool {
        if !json.starts_with('{') {
            return true;
        }
        let mut found = vec![None; self.names.len()];
        if all_members(json, &self.names, &mut found).is_err() {
            return true;
        }
        let says = |index: usize| found.get(index).copied().flatten();
        let is_error = |json: &str| !matches!(json, "false" | "0" | "\"\"" | "{}" | "[]");
        says(0).is_some_and(is_error)
            || says(1).is_some_and(is_error)
            || says(2).is_some_and(|data| data.contains("\"errors"))
            || self.required.iter().any(|own| own.iter().all(|&index| says(index).is_some()))
    }
}

/// Whether letters are escaped, so that a key may look otherwise: `\u0041` to `\u007a`.
fn escapes_letters(body: &[u8]) -> bool {
    let is_letter = |at| matches!(body.get(at + 4), Some(b'4'..=b'7'));
    memmem::find_iter(body, "\\u00").any(is_letter)
}

/// Whether a key has no other form in JSON, but for escaped letters.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'/')
}

/// Whether a member that has to be there holds null.
fn is_null(shape: &Shape) -> bool {
    matches!(shape, Shape::Literal(serde_json::Value::Null))
}
