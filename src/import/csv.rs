//! CSV, TSV and their kin → a table. Quoting is that of RFC 4180.

use super::source::Source;
use super::table::{Cell, Place, Row, Table};
use crate::error::Error;

/// How many lines a title above the headings may have.
const MAX_TITLE: usize = 10;

/// Reads a table whose cells are divided by a character.
///
/// # Errors
/// If a quote is not closed.
pub(super) fn table(source: &Source, delimiter: u8) -> Result<Table, Error> {
    let mut reader = Reader { rest: &source.text, at: 0, line: 1, delimiter };
    let mut rows = Vec::new();
    while let Some((line, cells)) = reader.record(source)? {
        let is_blank = cells.iter().all(|cell| cell.trim().is_empty());
        if !is_blank {
            let cells = cells.into_iter().map(Cell::plain).collect();
            rows.push(Row { place: Place::Line(line), cells });
        }
    }
    // A sheet may have a title, which has fewer cells than the headings.
    let wide = |row: &Row| row.cells.iter().filter(|cell| !cell.text.trim().is_empty()).count() > 1;
    let first = rows.iter().take(MAX_TITLE).position(wide).unwrap_or_default();
    rows.drain(..first);
    let headings = if rows.is_empty() { None } else { Some(rows.remove(0)) };
    let headings = headings.map(|row| row.cells).unwrap_or_default();
    Ok(Table {
        title: None,
        status: None,
        place: Place::Line(1),
        headings: headings.into_iter().map(|cell| cell.text.trim().to_owned()).collect(),
        rows,
    })
}

struct Reader<'t> {
    rest: &'t str,
    /// The byte at which the rest begins.
    at: usize,
    line: usize,
    delimiter: u8,
}

impl Reader<'_> {
    /// The next record, and its line.
    fn record(&mut self, source: &Source) -> Result<Option<(usize, Vec<String>)>, Error> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let line = self.line;
        let mut cells = Vec::new();
        loop {
            let (cell, end) = self.cell(source)?;
            cells.push(cell);
            if end != Some(self.delimiter) {
                return Ok(Some((line, cells)));
            }
        }
    }

    /// The next cell, and the byte that ends it.
    fn cell(&mut self, source: &Source) -> Result<(String, Option<u8>), Error> {
        let mut cell = String::new();
        if self.rest.starts_with('"') {
            let opened = self.at;
            self.skip(1);
            loop {
                let Some(quote) = self.rest.find('"') else {
                    let message = "this quote is not closed".to_owned();
                    return Err(source.broken(
                        opened,
                        message,
                        "close it; a quote within is `\"\"`",
                    ));
                };
                cell += self.rest.get(..quote).unwrap_or_default();
                self.skip(quote + 1);
                if !self.rest.starts_with('"') {
                    break;
                }
                cell.push('"');
                self.skip(1);
            }
        }
        let delimiter = self.delimiter;
        let end = self.rest.bytes().position(|byte| byte == delimiter || byte == b'\n');
        let length = end.unwrap_or(self.rest.len());
        cell += self.rest.get(..length).unwrap_or_default();
        let found = self.rest.as_bytes().get(length).copied();
        self.skip(length + usize::from(found.is_some()));
        Ok((cell, found))
    }

    fn skip(&mut self, bytes: usize) {
        let (read, rest) = self.rest.split_at(bytes);
        self.line += read.bytes().filter(|byte| *byte == b'\n').count();
        self.at += bytes;
        self.rest = rest;
    }
}
