//! Keys, and texts of any length as their values, as YAML that people like to read.

use crate::yaml::written::{is_plain, on_a_line, quoted};

/// How long a line may be.
const WIDTH: usize = 100;

/// A text as a key.
pub(super) fn key(text: &str) -> String {
    let name = text.strip_suffix('?').unwrap_or(text);
    let is_word = |c: char| c.is_ascii_alphanumeric() || "_-.$@".contains(c);
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if starts && name.chars().all(is_word) && is_plain(name) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// The lines of `key: text`. A long text is folded.
pub(super) fn field(key: &str, text: &str, indent: usize) -> Vec<String> {
    let pad = " ".repeat(indent);
    let value = on_a_line(text);
    let can_fold = text.contains(' ') && !text.contains("  ") && !text.contains(['\n', '\t']);
    if indent + key.len() + 2 + value.chars().count() <= WIDTH || !can_fold {
        return vec![format!("{pad}{key}: {value}")];
    }
    let mut lines = vec![format!("{pad}{key}: >-")];
    let mut line = String::new();
    for word in text.split(' ') {
        let width = line.chars().count() + 1 + word.chars().count();
        if !line.is_empty() && indent + 2 + width > WIDTH {
            lines.push(format!("{pad}  {line}"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    lines.push(format!("{pad}  {line}"));
    lines
}

/// Paragraphs as a block.
pub(super) fn block(key: &str, text: &str, indent: usize) -> Vec<String> {
    let pad = " ".repeat(indent);
    let line = |line: &str| if line.is_empty() { String::new() } else { format!("{pad}  {line}") };
    let lines = text.lines().map(line);
    std::iter::once(format!("{pad}{key}: |")).chain(lines).collect()
}
