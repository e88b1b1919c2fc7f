//! The tables of a document → its errors. If there are several, it takes those with the same columns, and the
//! columns with the most rows.

use super::cells;
use super::columns::{self, Columns, Field, Given};
use super::source::Source;
use super::table::{Cell, Row, Table};
use super::{Entry, Surface};
use crate::catalog::{forms, status};
use crate::error::Error;
use crate::text::words;

/// As many as fit into a catalog.
const MAX_ERRORS: usize = 100_000;

/// A table with errors.
struct Listing {
    table: Table,
    columns: Columns,
    /// What tells its errors apart: the headings of the codes and of the meanings.
    key: (Option<String>, Option<String>),
}

/// The errors in the tables of a document. `left` is what could not be read of it.
///
/// # Errors
/// If no table has any, or there are too many.
pub(super) fn surface(
    source: &Source,
    tables: Vec<Table>,
    left: Vec<String>,
    given: &[Given],
) -> Result<Surface, Error> {
    let mut surface = Surface { left, ..Surface::default() };
    let (mut listings, mut others): (Vec<Listing>, Vec<Table>) = (Vec::new(), Vec::new());
    let mut seen: Vec<String> = Vec::new();
    for table in tables {
        seen.push(shown(&table.headings));
        match listing(table, given) {
            Ok(listing) => listings.push(listing),
            Err(table) => others.push(table),
        }
    }
    let Some(key) = most_errors(&listings) else {
        return Err(no_columns(source, &seen, &surface.left));
    };
    let (chosen, rest): (Vec<_>, Vec<_>) = listings.into_iter().partition(|one| one.key == key);
    let rows: usize = chosen.iter().map(|one| one.table.rows.len()).sum();
    if rows > MAX_ERRORS {
        return Err(Error::usage(
            format!("`{}` lists {rows} errors; at most {MAX_ERRORS} are read", source.path),
            "split it, and import the part with the codes that a client may get",
        ));
    }
    surface.source = described(source, &chosen);
    if let [Listing { table, .. }] = chosen.as_slice() {
        surface.title.clone_from(&table.title);
    }
    let rest = rest.into_iter().map(|one| one.table).chain(others);
    let names: Vec<String> =
        rest.filter(|table| !table.rows.is_empty()).map(|one| named(source, &one)).collect();
    surface.left.extend(all("table", &names));
    surface.left.extend(all("column", &unused_columns(&chosen)));
    for listing in &chosen {
        taken(listing, &mut surface.taken);
        for row in &listing.table.rows {
            match entry(listing, row, source, &mut surface.left) {
                Ok(entry) => surface.entries.push(entry),
                Err(why) => surface.left.push(format!("{} ({why})", row.place.of(&source.path))),
            }
        }
    }
    Ok(surface)
}

/// Several things of one kind, as `the tables "A" and "B"`.
fn all(noun: &str, names: &[String]) -> Option<String> {
    let noun = if names.len() == 1 { noun.to_owned() } else { format!("{noun}s") };
    (!names.is_empty()).then(|| format!("the {noun} {}", words::joined(names, " and ")))
}

/// A table as a list of errors, if a column tells them apart.
fn listing(table: Table, given: &[Given]) -> Result<Listing, Table> {
    let columns = Columns::of(&table, given);
    let heading = |field| columns.get(field).and_then(|at| table.headings.get(at)).cloned();
    // Codes, or statuses with a text about each.
    let of_statuses = || heading(Field::Status).filter(|_| columns.get(Field::Meaning).is_some());
    let is_listing = heading(Field::Code).or_else(of_statuses).is_some();
    let key = (heading(Field::Code), heading(Field::Meaning));
    if is_listing { Ok(Listing { table, columns, key }) } else { Err(table) }
}

/// The headings of the tables that together list the most errors. Codes come before statuses alone.
fn most_errors(listings: &[Listing]) -> Option<(Option<String>, Option<String>)> {
    let mut best: Option<(bool, usize, &Listing)> = None;
    for listing in listings {
        let same = listings.iter().filter(|one| one.key == listing.key);
        let rows = same.map(|one| one.table.rows.len()).sum();
        let rank = (listing.key.0.is_some(), rows);
        if best.is_none_or(|(has_code, most, _)| rank > (has_code, most)) {
            best = Some((rank.0, rank.1, listing));
        }
    }
    best.map(|(_, _, listing)| listing.key.clone())
}

/// One row as an error, or why it isn't one.
fn entry(
    listing: &Listing,
    row: &Row,
    source: &Source,
    left: &mut Vec<String>,
) -> Result<Entry, &'static str> {
    let cell = |field| listing.columns.get(field).and_then(|at| row.cells.get(at));
    let text = |field| cell(field).and_then(|cell: &Cell| cells::line(&cell.text));
    let mut entry = Entry { place: row.place.of(&source.path), ..Entry::default() };
    if listing.columns.get(Field::Code).is_some() {
        let cell = cell(Field::Code).ok_or("no code")?;
        if cells::line(&cell.text).is_none() {
            return Err("no code");
        }
        let code = cells::code(cell).ok_or("not a code")?;
        if ["ok", "success"].contains(&code.to_string().to_lowercase().as_str()) {
            return Err("not an error");
        }
        entry.code = Some(code);
    }
    if let Some(text) = text(Field::Status) {
        entry.statuses = cells::statuses(&text);
        if entry.statuses.is_empty() && entry.code.is_some() {
            left.push(format!("{} (the status `{text}`)", entry.place));
        }
    }
    if entry.statuses.is_empty() {
        entry.statuses.extend(listing.table.status.filter(|status| cells::is_status(*status)));
    }
    let about = cell(Field::Meaning).map(|cell| cell.text.as_str()).unwrap_or_default();
    texts(about, &mut entry);
    if entry.code.is_none() {
        if entry.statuses.is_empty() {
            return Err("no status of its own");
        }
        entry.statuses.retain(|status| *status >= 400);
        let status = entry.statuses.first().copied().ok_or("not the status of an error")?;
        // What follows the status, as in `401 - Invalid Authentication`, is shorter than the text about it.
        let title = text(Field::Status).filter(|_| entry.statuses.len() == 1);
        let title = title.as_deref().and_then(cells::leading_status).map(|(_, rest)| rest);
        let is_phrase = |title: &String| status::reason(status) == Some(title);
        let has_text = entry.meaning.is_some();
        let title = title.and_then(cells::line).filter(|title| !has_text || !is_phrase(title));
        if let Some(title) = title {
            let longer = entry.meaning.take().filter(|longer| *longer != title);
            entry.doc = entry.doc.or(longer);
            entry.meaning = Some(title);
        }
    }
    entry.name = text(Field::Name);
    entry.fix = cell(Field::Fix).and_then(|cell| cells::joined(&cell.text)).or(entry.fix);
    if let Some(text) = text(Field::Retryable) {
        entry.retryable = cells::retryable(&text);
        if entry.retryable.is_none() {
            left.push(format!("{} (whether to retry: `{text}`)", entry.place));
        }
    }
    if let Some(cell) = cell(Field::Doc) {
        entry.doc = cells::paragraphs(&cell.text);
    }
    entry.see = cell(Field::See).map(urls).unwrap_or_default();
    Ok(entry)
}

/// Reads the text about an error. Its lines may say what they are, as `Cause: …` and `Solution: …` do.
fn texts(text: &str, entry: &mut Entry) {
    let mut meaning: Vec<&str> = Vec::new();
    for line in text.lines() {
        match columns::labeled(line) {
            Some((Field::Fix, rest)) if entry.fix.is_none() => entry.fix = cells::line(rest),
            Some((Field::Doc, rest)) if meaning.is_empty() => meaning.push(rest),
            _ => meaning.push(line),
        }
    }
    entry.meaning = cells::joined(&meaning.join("\n"));
}

/// The URLs of a cell, as text or as links.
fn urls(cell: &Cell) -> Vec<String> {
    let words = cell.text.split_whitespace().map(str::to_owned);
    let mut urls: Vec<String> = Vec::new();
    for url in cell.links.iter().cloned().chain(words) {
        if (forms::LINK.holds)(&url) && !urls.contains(&url) {
            urls.push(url);
        }
    }
    urls
}

/// Adds which column became which field.
fn taken(listing: &Listing, taken: &mut Vec<String>) {
    for field in Field::ALL {
        let heading = listing.columns.get(field).and_then(|at| listing.table.headings.get(at));
        let line = heading.map(|heading| format!("{} ← {heading}", field.name()));
        taken.extend(line.filter(|line| !taken.contains(line)));
    }
    if listing.columns.get(Field::Status).is_none() && listing.table.status.is_some() {
        let line = "status ← the headings".to_owned();
        if !taken.contains(&line) {
            taken.push(line);
        }
    }
}

/// The columns of the chosen tables that aren't a field.
fn unused_columns(chosen: &[Listing]) -> Vec<String> {
    let mut unused: Vec<String> = Vec::new();
    for listing in chosen {
        for heading in listing.columns.others(&listing.table) {
            let name = format!("\"{heading}\"");
            if !unused.contains(&name) {
                unused.push(name);
            }
        }
    }
    unused
}

/// A table by its heading, or by its place.
fn named(source: &Source, table: &Table) -> String {
    match &table.title {
        Some(title) => format!("\"{title}\""),
        None => format!("at {}", table.place.of(&source.path)),
    }
}

/// What the errors were read from.
fn described(source: &Source, chosen: &[Listing]) -> String {
    match chosen {
        [Listing { table, .. }] => match &table.title {
            Some(title) => format!("the table \"{title}\" ({})", table.place.of(&source.path)),
            None => table.place.of(&source.path),
        },
        tables => format!("{} tables of {}", tables.len(), source.path),
    }
}

fn shown(headings: &[String]) -> String {
    headings.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ")
}

/// The error that no table has a column for codes.
fn no_columns(source: &Source, seen: &[String], left: &[String]) -> Error {
    let message = format!("no table of codes was found in `{}`", source.path);
    let columns: Vec<&String> =
        seen.iter().filter(|headings| !headings.is_empty()).take(5).collect();
    let help = match columns.as_slice() {
        [] if !left.is_empty() => format!("not read: {}", left.join(", ")),
        [] => "it is read from tables of CSV, TSV and Markdown, from lists of objects in JSON and YAML, \
               and from OpenAPI 3"
            .to_owned(),
        found => {
            let found: Vec<&str> = found.iter().map(|text| text.as_str()).collect();
            format!(
                "name the column with the codes: `--column code=\"…\"`; its columns are {}",
                found.join("; or ")
            )
        }
    };
    Error::usage(message, help)
}
