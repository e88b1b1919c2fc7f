//! A document: its bytes as text, and which kind it is. The content decides, not the name.

use std::fs;
use std::path::Path;

use crate::diagnostic::Excerpt;
use crate::document::file;
use crate::error::Error;

/// As for catalogs: more than this could not be loaded.
const MAX_MIB: u64 = 40;

/// A document that was read.
pub(super) struct Source {
    /// Its path as it was named.
    pub path: String,
    /// Its text, without a byte order mark and with `\n` alone as line breaks.
    pub text: String,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    Yaml,
    Markdown,
    /// A table with a character between its cells.
    Delimited(u8),
}

impl Source {
    /// Reads a file that is UTF-8.
    ///
    /// # Errors
    /// If it can't be read, is too large, empty, or not text.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let name = path.display().to_string();
        if let Some(mib) = fs::metadata(path).ok().map(|metadata| metadata.len() >> 20)
            && mib >= MAX_MIB
        {
            return Err(Error::usage(
                format!("`{name}` has {mib} MiB; less than {MAX_MIB} are read"),
                "split it, and import the part that lists the errors",
            ));
        }
        let bytes = file::read(path)?;
        let text = text(&name, &bytes)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text = if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text.to_owned()
        };
        if text.trim().is_empty() {
            let help = "name a file that lists errors";
            return Err(Error::usage(format!("`{name}` is empty"), help));
        }
        Ok(Self { path: name, text })
    }

    /// What the text is.
    pub(super) fn kind(&self) -> Kind {
        let text = self.text.trim_start();
        if text.starts_with('{') || text.starts_with('[') && starts_json_list(text) {
            return Kind::Json;
        }
        if has_table(&self.text) {
            return Kind::Markdown;
        }
        let extension = Path::new(&self.path).extension().and_then(|end| end.to_str());
        let extension = extension.unwrap_or_default().to_ascii_lowercase();
        if matches!(extension.as_str(), "md" | "mdx" | "markdown") {
            return Kind::Markdown;
        }
        let is_yaml = matches!(extension.as_str(), "yaml" | "yml");
        match delimiter(&self.text) {
            Some(delimiter) if !is_yaml && !looks_like_yaml(&self.text) => {
                Kind::Delimited(delimiter)
            }
            _ if is_yaml || looks_like_yaml(&self.text) => Kind::Yaml,
            _ if matches!(extension.as_str(), "csv" | "tsv") => Kind::Delimited(b','),
            _ => Kind::Markdown,
        }
    }

    /// The error about a part of the text that can't be read.
    pub(super) fn broken(&self, at: usize, message: String, help: &str) -> Error {
        let at = at.min(self.text.len());
        let (path, text) = (self.path.clone(), self.text.clone());
        Error::excerpt(Excerpt::new(message, path, text, at..at, help.to_owned()))
    }

    /// The same, by line and column from 1 on.
    pub(super) fn broken_at(
        &self,
        line: usize,
        column: usize,
        message: String,
        help: &str,
    ) -> Error {
        let lines = self.text.split_inclusive('\n').take(line.saturating_sub(1));
        let start: usize = lines.map(str::len).sum();
        let rest = self.text.get(start..).unwrap_or_default();
        let before = rest.char_indices().nth(column.saturating_sub(1));
        self.broken(start + before.map_or(0, |(at, _)| at), message, help)
    }
}

/// The error that a document has no errors.
pub(super) fn no_errors(file: &Path, left: &[String]) -> Error {
    let left = if left.is_empty() {
        "it is read from tables, from lists of objects, and from OpenAPI 3".to_owned()
    } else {
        format!("not read: {}", left.join("; "))
    };
    Error::usage(format!("no errors were found in `{}`", file.display()), left)
}

/// Bytes as text.
fn text<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Error> {
    let refuse = |what: &str, help: &str| Error::usage(format!("`{name}` is {what}"), help);
    let start = bytes.get(..bytes.len().min(8000)).unwrap_or_default();
    let zeros = start.split(|byte| *byte == 0).count() - 1;
    match start {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            return Err(refuse("UTF-16, not UTF-8", "save the file as UTF-8"));
        }
        [b'P', b'K', 3, 4, ..] => {
            let help = "if it is a spreadsheet, save the sheet with the errors as CSV";
            return Err(refuse("a ZIP archive or a spreadsheet, not text", help));
        }
        [b'%', b'P', b'D', b'F', ..] => {
            return Err(refuse("a PDF, not text", "copy its table into a CSV or Markdown file"));
        }
        _ if zeros * 4 > start.len() => {
            return Err(refuse("UTF-16 or not text", "save the file as UTF-8"));
        }
        _ if zeros > 0 => return Err(refuse("not a text file", "name a text file")),
        _ => {}
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = valid.split(|byte| *byte == b'\n').count();
        let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        Error::usage(
            format!("`{name}` is not UTF-8: line {line} has the byte {byte:#04x}"),
            format!("save it as UTF-8; if it is Latin-1: iconv -f latin1 -t utf-8 {name} > new"),
        )
    })
}

/// Whether a text that begins with `[` can be JSON. Markdown may begin with a link.
fn starts_json_list(text: &str) -> bool {
    let rest = text.get(1..).unwrap_or_default().trim_start();
    rest.is_empty()
        || rest.starts_with(['{', '[', '"', ']', '-', 't', 'f', 'n'])
        || rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a line has the dashes below the headings of a table in Markdown.
fn has_table(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim().trim_start_matches(['>', ' ']);
        line.contains('|')
            && line.contains("--")
            && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
    })
}

/// Whether the first line with content is a key, an item or a marker of YAML.
fn looks_like_yaml(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#') && !line.starts_with("---")
    });
    let Some(line) = lines.next().map(str::trim_end) else { return false };
    let is_key = |line: &str| {
        line.split_once(':').is_some_and(|(key, rest)| {
            !key.contains([',', ';', '\t', '|'])
                && !key.trim().contains(' ')
                && (rest.is_empty() || rest.starts_with(' '))
        })
    };
    // An item of a Markdown list has no key.
    is_key(line.strip_prefix("- ").unwrap_or(line)) || line == "-"
}

/// The character that divides the first lines into the most cells, if it is in each of them.
fn delimiter(text: &str) -> Option<u8> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(2).collect();
    let count = |line: &&str, delimiter: u8| {
        let mut is_quoted = false;
        let bytes = line.bytes().filter(|byte| {
            is_quoted ^= *byte == b'"';
            *byte == delimiter && !is_quoted
        });
        bytes.count()
    };
    let first = lines.first()?;
    let found = b"\t;,|".map(|delimiter| (count(first, delimiter), delimiter));
    found
        .into_iter()
        .max_by_key(|(count, _)| *count)
        .filter(|(count, _)| *count > 0)
        .map(|one| one.1)
}
