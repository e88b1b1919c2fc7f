//! Lists and maps of objects → tables. They may be nested, as in `{"errors": {"not_found": {…}}}`.

use serde_json::{Map, Value as Json};

use super::columns::Given;
use super::source::Source;
use super::table::{Cell, Place, Row, Table};
use super::{Surface, tables};
use crate::error::Error;

/// How deep lists are looked for.
const MAX_DEPTH: usize = 6;

/// The heading of the keys of a map.
const KEY: &str = "key";

/// The errors of JSON or YAML.
///
/// # Errors
/// If there are none.
pub(super) fn surface(source: &Source, data: &Json, given: &[Given]) -> Result<Surface, Error> {
    let mut found = Vec::new();
    find(data, "", MAX_DEPTH, &mut found);
    tables::surface(source, found, Vec::new(), given)
}

/// Adds every list and map of objects as a table.
fn find(data: &Json, path: &str, depth: usize, found: &mut Vec<Table>) {
    if depth == 0 {
        return;
    }
    match data {
        Json::Array(items) => {
            let objects = items
                .iter()
                .enumerate()
                .filter_map(|(at, item)| Some((format!("{path}[{at}]"), None, item.as_object()?)));
            let objects: Vec<Object> = objects.collect();
            found.extend(table(path, &objects));
            for (path, _, object) in objects {
                find_within(object, &path, depth, found);
            }
        }
        Json::Object(members) => {
            let objects = members.iter().filter_map(|(key, value)| {
                Some((joined(path, key), Some(key.as_str()), value.as_object()?))
            });
            let objects: Vec<_> = objects.collect();
            if objects.len() > 1 && objects.len() == members.len() {
                found.extend(table(path, &objects));
            } else if members.len() > 1 && are_meanings(path, members) {
                found.push(texts(path, members));
            }
            find_within(members, path, depth, found);
        }
        _ => {}
    }
}

fn find_within(object: &Map<String, Json>, path: &str, depth: usize, found: &mut Vec<Table>) {
    for (key, value) in object {
        find(value, &joined(path, key), depth - 1, found);
    }
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

type Object<'d> = (String, Option<&'d str>, &'d Map<String, Json>);

/// Objects as rows. Their headings are the keys in the order in which they are met. An object with a list of
/// objects is a group of errors, not an error.
fn table(path: &str, objects: &[Object]) -> Option<Table> {
    let is_group = |object: &Map<String, Json>| {
        let is_list = |value: &Json| value.as_array()?.first()?.as_object().map(|_| ());
        object.values().any(|value| is_list(value).is_some())
    };
    let objects: Vec<&Object> = objects.iter().filter(|(_, _, object)| !is_group(object)).collect();
    let mut headings: Vec<String> = Vec::new();
    let has_keys = objects.iter().any(|(_, key, _)| key.is_some());
    headings.extend(has_keys.then(|| KEY.to_owned()));
    for (_, _, object) in &objects {
        for (key, value) in *object {
            let is_leaf = !matches!(value, Json::Object(_));
            if is_leaf && headings.len() < 100 && !headings.contains(key) {
                headings.push(key.clone());
            }
        }
    }
    let rows = objects.iter().map(|(path, key, object)| {
        let cell = |heading: &String| match (key, object.get(heading)) {
            (Some(key), None) if heading == KEY => Cell::plain((*key).to_owned()),
            (_, value) => value.map(cell).unwrap_or_default(),
        };
        Row { place: Place::Path(path.clone()), cells: headings.iter().map(cell).collect() }
    });
    let rows: Vec<Row> = rows.collect();
    let place = Place::Path(path.to_owned());
    (!rows.is_empty()).then_some(Table { title: None, status: None, place, headings, rows })
}

/// Whether a map of texts has codes as keys: many such maps are something else.
fn are_meanings(path: &str, members: &Map<String, Json>) -> bool {
    let is_code = |key: &&String| {
        key.contains(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
    };
    let codes = members.keys().filter(is_code).count();
    members.values().all(Json::is_string)
        && (codes * 2 > members.len() || path.to_lowercase().contains("error"))
}

/// A map of codes and meanings.
fn texts(path: &str, members: &Map<String, Json>) -> Table {
    let row = |(key, value): (&String, &Json)| Row {
        place: Place::Path(joined(path, key)),
        cells: vec![Cell::plain(key.clone()), cell(value)],
    };
    Table {
        title: None,
        status: None,
        place: Place::Path(path.to_owned()),
        headings: vec![KEY.to_owned(), "meaning".to_owned()],
        rows: members.iter().map(row).collect(),
    }
}

fn cell(value: &Json) -> Cell {
    match value {
        Json::Null | Json::Object(_) => Cell::default(),
        Json::String(text) => Cell { text: text.clone(), is_text: true, links: Vec::new() },
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| cell(item).text).collect();
            Cell::plain(items.join("\n"))
        }
        other => Cell::plain(other.to_string()),
    }
}
