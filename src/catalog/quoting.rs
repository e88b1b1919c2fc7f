//! Checks how values are written, which the YAML parser does not tell: values without quotes that
//! another parser reads as something else, and texts that a `#` cuts off.

use super::{Catalog, Code};
use crate::diagnostic::{Diagnostic, Report, Rule, VALUE};
use crate::yaml::{self, NodeId};

pub(crate) const AMBIGUOUS_YAML: Rule = Rule {
    name: "ambiguous-yaml",
    what: "a code, name or id without quotes that YAML 1.1 parsers read as true or false",
    why: "another tool that reads the catalog would see `true` or `false` instead",
    fix: "put it in quotes",
    bad: "code: no",
    good: "code: \"no\"",
};
pub(crate) const CUT_TEXT: Rule = Rule {
    name: "cut-text",
    what: "a text without quotes that contains a `#`",
    why: "in YAML a `#` after a space starts a comment, so the rest of the text is lost",
    fix: "put the text in quotes; if it is a comment, write a space after the `#`",
    bad: "fix: Join #support",
    good: "fix: \"Join #support\"",
};

/// Reports values that are misleading without quotes.
pub(super) fn check(text: &str, catalog: &Catalog, report: &mut Report) {
    for (at, source) in sources(text, ambiguous(catalog)) {
        if !source.starts_with(['"', '\'', '|', '>']) {
            let message = "YAML 1.1 parsers read this as true or false";
            let help = format!("put it in quotes: \"{VALUE}\"");
            report.push(Diagnostic::new(&AMBIGUOUS_YAML, at, message, help));
        }
    }
    for (at, source) in sources(text, maybe_cut(text, catalog)) {
        if is_cut(source) {
            let message = "this text ends at the `#`, which starts a comment in YAML";
            report.push(Diagnostic::of(&CUT_TEXT, at, message));
        }
    }
}

/// Codes, names and ids that are booleans in YAML 1.1: <https://yaml.org/type/bool.html>.
fn ambiguous(catalog: &Catalog) -> Vec<NodeId> {
    let is_boolean = |text: &str| {
        let is_cased = text == text.to_lowercase()
            || text == text.to_uppercase()
            || text.get(1..).is_some_and(|rest| rest == rest.to_lowercase());
        let lower = text.to_lowercase();
        is_cased && ["y", "yes", "n", "no", "on", "off"].contains(&lower.as_str())
    };
    let mut found = Vec::new();
    for surface in &catalog.surfaces {
        let names = surface.errors.iter().filter_map(|entry| entry.name.given());
        let names = names.chain(&surface.id).filter(|name| is_boolean(&name.value));
        found.extend(names.map(|name| name.at));
        let retired = surface.retired.iter().map(|retired| &retired.code);
        found.extend(surface.codes().chain(retired).filter_map(|code| match &code.value {
            Code::Text(text) if is_boolean(text) => Some(code.at),
            _ => None,
        }));
    }
    found
}

/// Texts that a line has right before such a `#`.
fn maybe_cut(text: &str, catalog: &Catalog) -> Vec<NodeId> {
    let mut found = Vec::new();
    for line in text.lines().filter(|line| line.contains('#') && is_cut(line)).take(MAX_LINES) {
        let before = line.split(" #").next().unwrap_or_default().trim_end();
        let texts = catalog.texts().filter(|text| !text.value.is_empty());
        found.extend(texts.filter(|text| before.ends_with(&text.value)).map(|text| text.at));
    }
    found
}

/// Each such line is compared with every text. Nobody makes the same mistake more often.
const MAX_LINES: usize = 100;

/// Whether a line (or the rest of it from a value on) has a `#` after a space, outside of quotes and
/// without a space behind it.
fn is_cut(source: &str) -> bool {
    let Some((before, comment)) = source.split_once(" #") else { return false };
    !before.starts_with(['"', '\'', '|', '>'])
        && comment.starts_with(|c: char| !c.is_whitespace() && c != '#')
}

/// The rest of the line from each wanted scalar on.
fn sources(text: &str, mut wanted: Vec<NodeId>) -> Vec<(NodeId, &str)> {
    wanted.sort_unstable();
    wanted.dedup();
    let places = yaml::locate(text, &wanted);
    let mut lines = text.lines().enumerate();
    let mut current = (0, "");
    let source = |span: yaml::Span| {
        while current.0 < span.line {
            let Some((index, line)) = lines.next() else { break };
            current = (index + 1, line);
        }
        let start = current.1.char_indices().nth(span.column - 1).map_or(0, |(start, _)| start);
        current.1.get(start..).unwrap_or_default()
    };
    let sources: Vec<&str> = places.into_iter().map(source).collect();
    wanted.into_iter().zip(sources).collect()
}
