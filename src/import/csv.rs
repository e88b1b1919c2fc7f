//! CSV, TSV and their kin → a table.

use super::source::Source;
use super::table::{Cell, Place, Row, Table};
use crate::error::Error;

/// How many lines a title above the headings may have.
const MAX_TITLE: usize = 10;

/// Reads a table with this character between its cells.
///
/// # Errors
/// If a quote is not closed.
pub(super) fn table(source: &Source, delimiter: u8) -> Result<Table, Error> {
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(delimiter).flexible(true).has_headers(false);
    let mut reader = builder.from_reader(source.text.as_bytes());
    let mut rows = Vec::new();
    let mut last = 0;
    // The text is UTF-8 and records may have any length, so that each can be read.
    for record in reader.records().flatten() {
        let Some(position) = record.position() else { continue };
        last = usize::try_from(position.byte()).unwrap_or(last);
        // Its position is before the blank lines above it.
        let blank = source.text.bytes().skip(last).take_while(|byte| *byte == b'\n').count();
        let line = usize::try_from(position.line()).unwrap_or_default() + blank;
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            let cells = record.iter().map(|cell| Cell::plain(cell.to_owned())).collect();
            rows.push(Row { place: Place::Line(line), cells });
        }
    }
    closed(source, last)?;
    // A sheet may have a title, which has fewer cells than the headings.
    let wide = |row: &Row| row.cells.iter().filter(|cell| !cell.text.trim().is_empty()).count() > 1;
    let first = rows.iter().take(MAX_TITLE).position(wide).unwrap_or_default();
    rows.drain(..first);
    let headings = if rows.is_empty() { None } else { Some(rows.remove(0)) };
    let headings = headings.map(|row| row.cells).unwrap_or_default();
    Ok(Table {
        title: None,
        status: None,
        place: Place::Path(String::new()),
        headings: headings.into_iter().map(|cell| cell.text.trim().to_owned()).collect(),
        rows,
    })
}

/// Refuses a quote that is not closed, in the last record: it takes all that follows as one cell.
fn closed(source: &Source, last: usize) -> Result<(), Error> {
    let record = source.text.get(last..).unwrap_or_default().trim();
    let is_odd = record.matches('"').count() % 2 == 1;
    if !is_odd || !record.contains('\n') {
        return Ok(());
    }
    let quote = source.text.get(last..).and_then(|text| text.find('"')).unwrap_or_default();
    let help = "close it; a quote within is `\"\"`";
    Err(source.broken(last + quote, "this quote is not closed".to_owned(), help))
}
