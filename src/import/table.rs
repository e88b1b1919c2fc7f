//! A table as documents have it: headings, and rows of cells. Lists of objects are tables too.

/// A table of a document.
#[derive(Debug)]
pub(super) struct Table {
    /// The heading above it.
    pub title: Option<String>,
    /// The HTTP status that the heading above it names.
    pub status: Option<u16>,
    pub place: Place,
    pub headings: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Debug)]
pub(super) struct Row {
    pub place: Place,
    pub cells: Vec<Cell>,
}

/// Where something is in a document.
#[derive(Clone, Debug)]
pub(super) enum Place {
    Line(usize),
    /// Such as `errors[3]`.
    Path(String),
}

impl Place {
    /// The place with the path of the document.
    pub(super) fn of(&self, path: &str) -> String {
        match self {
            Self::Line(line) => format!("{path}:{line}"),
            Self::Path(within) if within.is_empty() => path.to_owned(),
            Self::Path(within) => format!("{path} {within}"),
        }
    }
}

/// What a cell holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// Its text; several paragraphs have line breaks between them.
    pub text: String,
    /// Whether digits in it are a text, as in `"404"` of JSON.
    pub is_text: bool,
    /// The URLs that it links to.
    pub links: Vec<String>,
}

impl Cell {
    pub(super) fn plain(text: String) -> Self {
        Self { text, ..Self::default() }
    }
}
