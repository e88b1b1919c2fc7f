//! The operations of a surface: each a method and a path, and the errors that it returns.

use super::Text;
use crate::diagnostic::Rule;
use crate::document::schema::Form;
use crate::text::chars;

pub(crate) const MALFORMED_OPERATION: Rule = Rule {
    name: "malformed-operation",
    what: "an operation that is not a method and a path",
    why: "the docs show it, and tools look it up in other descriptions of the API",
    fix: "write a method in capitals, a space, and a path that begins with `/`",
    bad: "operations: {post /keys: [key_limit]}",
    good: "operations: {POST /keys: [key_limit]}",
};

/// The methods of an OpenAPI path item.
const METHODS: &[&str] = &["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

pub(super) const OPERATION: Form = Form {
    rule: &MALFORMED_OPERATION,
    what: "an operation",
    pattern: "^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE) /[^\\s?#]*$",
    example: "POST /keys",
    holds: |text| flaw(text).is_none(),
    within: None,
    flaw: Some(flaw),
    meant: Some(meant),
};

/// One operation, and the errors that it returns.
#[derive(Debug)]
pub(crate) struct Operation {
    /// A method, a space, and a path with names in braces.
    pub name: Text,
    /// The names of its errors.
    pub errors: Vec<Text>,
}

impl Operation {
    /// Whether a text is a method and a path.
    #[cfg(feature = "cli")]
    pub(crate) fn is_name(text: &str) -> bool {
        flaw(text).is_none()
    }

    pub(crate) fn method(&self) -> &str {
        self.name.value.split_once(' ').map_or("", |(method, _)| method)
    }

    pub(crate) fn path(&self) -> &str {
        self.name.value.split_once(' ').map_or("", |(_, path)| path)
    }

    /// The operation without the names in braces. Requests can't tell two apart that are the same then.
    pub(crate) fn without_names(&self) -> String {
        without_names(&self.name.value)
    }
}

fn without_names(operation: &str) -> String {
    let mut is_name = false;
    let is_kept = |c: &char| {
        is_name = *c == '{' || is_name && *c != '}';
        !is_name
    };
    operation.chars().filter(is_kept).collect()
}

/// Why a text is not an operation.
fn flaw(text: &str) -> Option<String> {
    let Some((method, path)) = text.split_once(' ') else {
        let lacks = if text.starts_with('/') { "method" } else { "path" };
        return Some(format!("it has no {lacks}"));
    };
    let capitals = method.to_ascii_uppercase();
    if !METHODS.contains(&capitals.as_str()) {
        return Some(format!("it must begin with one of {}", METHODS.join(", ")));
    }
    if method != capitals {
        return Some(format!("the method `{method}` is not in capitals"));
    }
    if !path.starts_with('/') {
        return Some("its path doesn't begin with `/`".to_owned());
    }
    let cannot_be = |&c: &char| {
        c.is_whitespace()
            || matches!(c, '?' | '#')
            || chars::is_odd_space(c)
            || chars::is_control(c)
    };
    if let Some(c) = path.chars().find(cannot_be) {
        return Some(match c {
            '?' => "its path has a query".to_owned(),
            '#' => "its path has a fragment".to_owned(),
            ' ' => "its path contains a space".to_owned(),
            c => format!("its path contains {}", chars::named(c)),
        });
    }
    (!has_whole_braces(path)).then(|| "the braces of its path don't enclose names".to_owned())
}

/// Whether each `{` of a path is followed by a name and a `}`.
fn has_whole_braces(path: &str) -> bool {
    let mut parts = path.split('{');
    let is_outside = |part: &str| !part.contains('}');
    let is_name = |part: &str| {
        part.split_once('}').is_some_and(|(name, rest)| !name.is_empty() && is_outside(rest))
    };
    parts.next().is_some_and(is_outside) && parts.all(is_name)
}

/// A method and a path in another spelling: `post keys`, `POST: /keys`, `GET https://example.com/keys?all`.
fn meant(text: &str) -> Option<String> {
    let (method, rest) = text.split_once([' ', ':'])?;
    let rest = rest.trim_matches([' ', ':']);
    let path = match rest.split_once("://") {
        Some((_, address)) => address.split_once('/').map_or("", |(_, path)| path),
        None => rest.trim_start_matches('/'),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    Some(format!("{} /{path}", method.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_may_hold_names_in_braces() {
        for text in ["GET /", "POST /v1/{name=projects/*}:cancel", "PATCH /a/{b}.{c}", "TRACE /ü"]
        {
            assert_eq!(flaw(text), None, "{text}");
        }
        for text in
            ["GET /{", "GET /}", "GET /{}", "GET /{a{b}}", "GET /a}b{", "GET /\u{feff}", "GET"]
        {
            assert!(flaw(text).is_some(), "{text}");
        }
    }

    #[test]
    fn other_spellings_are_recognized() {
        for text in [
            "post /keys",
            "POST keys",
            "POST  /keys",
            "POST: /keys",
            "Post https://api.example.com/keys",
            "POST /keys?dry_run",
        ] {
            assert_eq!(meant(text).as_deref(), Some("POST /keys"), "{text}");
        }
    }

    #[test]
    fn names_in_braces_tell_no_operations_apart() {
        assert_eq!(without_names("GET /a/{b}/c"), without_names("GET /a/{id}/c"));
        assert_ne!(without_names("GET /a/{b}/c"), without_names("GET /a/b/c"));
    }
}
