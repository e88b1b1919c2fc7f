//! What a repo is made of: the files that its tools look for.

use std::fs;
use std::path::Path;

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;
use toml::Table;

/// A repo, by its folder.
pub(super) struct Repo<'f>(pub &'f Path);

impl Repo<'_> {
    pub(super) fn has(&self, path: &str) -> bool {
        self.0.join(path).exists()
    }

    /// A text file, if it exists and can be read.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.0.join(path)).ok()
    }

    /// A TOML file, if it exists and can be read.
    pub(super) fn toml(&self, path: &str) -> Option<Table> {
        self.text(path)?.parse().ok()
    }

    /// A YAML file, if it exists and can be read.
    pub(super) fn yaml(&self, path: &str) -> Option<Yaml> {
        serde_yaml::from_slice(&fs::read(self.0.join(path)).ok()?).ok()
    }

    /// JSON with comments and commas after the last item, as TypeScript reads it, if it can be read.
    pub(super) fn json_with_comments(&self, path: &str) -> Option<Json> {
        let text = fs::read_to_string(self.0.join(path)).ok()?;
        serde_json::from_str(&plain_json(&text)).ok()
    }

    /// The manifest of an npm package, if there is one.
    pub(super) fn npm(&self) -> Option<Json> {
        serde_json::from_slice(&fs::read(self.0.join("package.json")).ok()?).ok()
    }
}

/// JSON without comments, and without commas before a closing bracket.
fn plain_json(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text.trim_start_matches('\u{feff}');
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' => string_length(rest),
            '/' if rest.starts_with("//") => {
                rest = rest.find('\n').and_then(|end| rest.get(end..)).unwrap_or_default();
                continue;
            }
            '/' if rest.starts_with("/*") => {
                let end = rest.find("*/").map(|end| end + 2);
                rest = end.and_then(|end| rest.get(end..)).unwrap_or_default();
                continue;
            }
            ']' | '}' => {
                let kept = plain.trim_end();
                plain.truncate(kept.strip_suffix(',').unwrap_or(kept).len());
                1
            }
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        plain += token;
        rest = after;
    }
    plain
}

/// The length of the string that a text starts with, in bytes.
fn string_length(text: &str) -> usize {
    let mut is_escaped = true; // The quote that opens it.
    for (at, c) in text.char_indices() {
        match c {
            '"' if !is_escaped => return at + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}
