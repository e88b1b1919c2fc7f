//! Texts as YAML: without quotes where every parser reads the same text, else in double quotes.

/// How long a line may be.
const WIDTH: usize = 100;

/// A text as a value on the line of its key.
pub(super) fn inline(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

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
    let value = inline(text);
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

/// Whether every parser of YAML reads a text without quotes as this text.
fn is_plain(text: &str) -> bool {
    // What other parsers may read as null, as true or false, or as a number.
    const WORDS: &[&str] =
        &["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"];
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic())
        || text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(' ')
        || is_placeholder(text);
    let is_safe =
        |c: char| !c.is_control() && (c.is_ascii() || c.is_alphabetic() || "’‘“”–—…×→".contains(c));
    starts_well
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && text.chars().all(is_safe)
}

fn is_placeholder(text: &str) -> bool {
    let inner = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    inner.is_some_and(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

/// A text in double quotes.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            '\n' => quoted += "\\n",
            '\t' => quoted += "\\t",
            c if needs_escape(c) => quoted += &format!("\\U{:08X}", c as u32),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// Whether a character can't be seen, or is not allowed in YAML.
fn needs_escape(c: char) -> bool {
    crate::text::chars::is_unprintable(c) || crate::text::chars::is_odd_space(c)
}
