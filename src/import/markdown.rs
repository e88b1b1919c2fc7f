//! Markdown → its tables. Marks are removed; code spans and URLs stay, since catalogs have them too.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::cells;
use super::source::Source;
use super::table::{Cell, Place, Row, Table};
use crate::text::spans;

/// Every table of a text, and the places of those in HTML, which are not read.
pub(super) fn tables(source: &Source) -> (Vec<Table>, Vec<String>) {
    let text = source.text.as_str();
    let mut reader = Reader { text, lines: Lines { at: 0, line: 1 }, ..Reader::default() };
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        reader.event(event, range);
    }
    let html = reader.html.iter().map(|line| {
        format!(
            "{} (a table in HTML; make it one of CSV or Markdown)",
            Place::Line(*line).of(&source.path)
        )
    });
    let html = html.collect();
    (reader.tables, html)
}

#[derive(Default)]
struct Reader<'t> {
    text: &'t str,
    lines: Lines,
    tables: Vec<Table>,
    /// The lines of tables in HTML.
    html: Vec<usize>,
    /// The text of the last headings, by level, and the status that one of them names.
    headings: Vec<(usize, String)>,
    /// What is being read.
    cell: Option<Cell>,
    cells: Vec<Cell>,
    row: Range<usize>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.headings.retain(|(above, _)| *above < level as usize);
                self.cell = Some(Cell::default());
            }
            Event::End(TagEnd::Heading(level)) => {
                let text = self.cell.take().and_then(|cell| cells::line(&cell.text));
                // The anchor that some sites write after a heading.
                let text = text.map(|text| text.split(" {#").next().unwrap_or(&text).to_owned());
                self.headings.extend(text.map(|text| (level as usize, text)));
            }
            Event::Start(Tag::Table(_)) => {
                let line = self.lines.of(self.text, range.start);
                let status = self.headings.iter().rev().find_map(|(_, text)| status_in(text));
                self.tables.push(Table {
                    title: self.headings.last().map(|(_, text)| without_marks(text)),
                    status,
                    place: Place::Line(line),
                    headings: Vec::new(),
                    rows: Vec::new(),
                });
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => self.row = range,
            Event::Start(Tag::TableCell) => self.cell = Some(Cell::default()),
            Event::End(TagEnd::TableCell) => self.cells.extend(self.cell.take()),
            Event::End(TagEnd::TableHead) => {
                let headings = self.cells.drain(..).map(|cell| without_marks(cell.text.trim()));
                let headings = headings.collect();
                if let Some(table) = self.tables.last_mut() {
                    table.headings = headings;
                }
            }
            Event::End(TagEnd::TableRow) => self.end_row(),
            Event::Html(tag) if tag.trim_start().to_ascii_lowercase().starts_with("<table") => {
                let line = self.lines.of(self.text, range.start);
                self.html.push(line);
            }
            event => self.inline(event),
        }
    }

    fn end_row(&mut self) {
        let cells: Vec<Cell> = self.cells.drain(..).collect();
        let line = self.lines.of(self.text, self.row.start);
        let Some(table) = self.tables.last_mut() else { return };
        // A `|` in a code span divides cells in GitHub's Markdown; authors often don't know.
        let source = self.text.get(self.row.clone()).unwrap_or_default();
        let parts = cells_outside_code(source);
        let is_cut = source.matches('|').count() > table.headings.len() + 1;
        let cells = if is_cut && parts.len() == table.headings.len() {
            parts.iter().map(|part| inline(part)).collect()
        } else {
            cells
        };
        table.rows.push(Row { place: Place::Line(line), cells });
    }

    fn inline(&mut self, event: Event) {
        let Some(cell) = &mut self.cell else { return };
        match event {
            Event::Text(text) => cell.text += &text,
            Event::Code(code) => cell.text += &spans::code_span(&code),
            Event::SoftBreak => cell.text.push(' '),
            Event::HardBreak => cell.text.push('\n'),
            Event::InlineHtml(tag) | Event::Html(tag) => {
                let tag = tag.to_ascii_lowercase();
                let name = tag.trim_start_matches(['<', '/']);
                if ["br", "p", "li"].iter().any(|one| {
                    name.strip_prefix(one).is_some_and(|rest| rest.starts_with([' ', '/', '>']))
                }) {
                    cell.text.push('\n');
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => cell.links.push(dest_url.into_string()),
            _ => {}
        }
    }
}

/// The text of one cell.
fn inline(text: &str) -> Cell {
    let mut reader = Reader { cell: Some(Cell::default()), ..Reader::default() };
    for event in Parser::new(text) {
        reader.inline(event);
    }
    reader.cell.unwrap_or_default()
}

/// The cells of a row, if a `|` in a code span belongs to the span.
fn cells_outside_code(row: &str) -> Vec<String> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').unwrap_or(row);
    let mut cells = vec![String::new()];
    for piece in spans::pieces(row) {
        if let spans::Piece::Code(code) = piece {
            if let Some(cell) = cells.last_mut() {
                *cell += &spans::code_span(&code.replace("\\|", "|"));
            }
            continue;
        }
        let (spans::Piece::Plain(text) | spans::Piece::Url(text)) = piece else { continue };
        let mut is_escaped = false;
        for c in text.chars() {
            if c == '|' && !is_escaped {
                cells.push(String::new());
            } else if let Some(cell) = cells.last_mut() {
                cell.push(c);
            }
            is_escaped = c == '\\' && !is_escaped;
        }
    }
    cells
}

/// The status that a heading is about: `404 Not Found`, `HTTP 429`, `Status 400`.
fn status_in(heading: &str) -> Option<u16> {
    let lower = heading.to_lowercase();
    let words = ["http status code", "http status", "status code", "status", "error", "code"];
    let rest = words.iter().find_map(|word| lower.strip_prefix(word)).unwrap_or(&lower);
    let (status, _) = cells::leading_status(rest.trim_start_matches([' ', ':', '-']))?;
    (status >= 400).then_some(status)
}

/// A text without backticks.
fn without_marks(text: &str) -> String {
    text.replace('`', "")
}

/// Counts lines from one place of a text to the next.
#[derive(Default)]
struct Lines {
    at: usize,
    line: usize,
}

impl Lines {
    /// The line of a byte that is not before the last one asked for.
    fn of(&mut self, text: &str, at: usize) -> usize {
        let between = text.get(self.at..at).unwrap_or_default();
        self.line += between.bytes().filter(|byte| *byte == b'\n').count();
        self.at = self.at.max(at);
        self.line
    }
}
