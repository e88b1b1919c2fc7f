//! Diagnostics as JSON for tools. With one object a line, the diagnostics of several files can follow one
//! another.

use serde_json::{Map, Value as Json, json};

use super::Diagnostics;
use super::file::{Mark, Placed};
use super::text::is_steering;

impl Diagnostics {
    /// The problems as JSON, one object a line.
    ///
    /// A problem has `rule`, `message`, `path`, `line`, `column`, `end_column`, `why`, `help` and `also`
    /// (other places, each with a `message` and its own `path`). Lines and columns count from 1, columns in
    /// characters. The last line has `path`, the numbers `problems` and `not_shown`, and in `rules` the number
    /// of problems of each rule.
    #[must_use]
    pub fn to_json(&self) -> String {
        let selection = self.for_programs();
        let mut out = String::new();
        for placed in self.placed(&selection.shown) {
            out += &to_line(&problem(&placed));
        }
        let rules = selection.rules.iter().map(|one| (one.rule.to_owned(), one.found.into()));
        let rules: Map<String, Json> = rules.collect();
        // The last line.
        out + &to_line(&json!({
            "path": self.path(),
            "problems": self.count(),
            "not_shown": selection.not_shown(),
            "rules": rules,
        }))
    }
}

/// One problem. These names are stable. `end_column` is the column after the last one.
fn problem(placed: &Placed) -> Json {
    let Placed { diagnostic, own, also, help } = placed;
    let at = own.span;
    let also = also.iter().map(|Mark { path, span, label, .. }| {
        json!({
            "message": label,
            "path": path,
            "line": span.line,
            "column": span.column,
            "end_column": span.column + span.length,
        })
    });
    json!({
        "rule": diagnostic.rule.name,
        "message": diagnostic.message,
        "path": own.path,
        "line": at.line,
        "column": at.column,
        "end_column": at.column + at.length,
        "why": diagnostic.rule.why,
        "help": help,
        "also": also.collect::<Vec<_>>(),
    })
}

/// JSON on a line of its own.
pub(crate) fn to_line(json: &Json) -> String {
    escaped(&json.to_string()) + "\n"
}

/// JSON without characters that steer a terminal, as escapes.
pub(crate) fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        // All of these lie in the basic plane, and in strings. Line breaks are between values.
        if is_steering(c) && c != '\n' {
            out += &format!("\\u{:04x}", c as u32);
        } else {
            out.push(c);
        }
    }
    out
}
