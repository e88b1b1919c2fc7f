//! Filters for CSV: fields that every reader takes as one text, and that no spreadsheet runs.

use super::{Apply, Filter, Lang, data};
use crate::text::chars;

pub(super) const CSV_STR: Filter = Filter {
    name: "csv_str",
    langs: &[Lang::Csv],
    about: "a field, quotes included; what a spreadsheet could take for a formula gets a `'` in front",
    example: r#"'Say "hi", now'"#,
    apply: Apply::Text(field),
};

pub(super) const CSV_TEXT: Filter = Filter {
    name: "csv_text",
    langs: &[Lang::Csv],
    about: "a field with the text as a page shows it, without the backticks of code spans, on one line",
    example: r#""=A1 + `b`""#,
    apply: Apply::Text(|text| field(&data::on_one_line(text))),
};

/// A field in quotes (RFC 4180, section 2), with a `'` before each character that could start a formula
/// (OWASP, "CSV Injection"). A spreadsheet may split lines at other characters than the comma, and then a
/// cell starts within a field too, so the characters after these count as well.
fn field(text: &str) -> String {
    let mut field = String::from("\"");
    let mut is_start = true;
    for c in text.chars() {
        if is_start && FORMULA.contains(&c) {
            field.push('\'');
        }
        is_start = SEPARATORS.contains(&c)
            || is_start && (c == '"' || c.is_whitespace() || chars::is_unprintable(c));
        field.push(c);
        if c == '"' {
            field.push('"');
        }
    }
    field + "\""
}

/// What a formula starts with. Some spreadsheets read the wide forms as the others.
const FORMULA: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Where a spreadsheet may start a new cell.
const SEPARATORS: &[char] = &[',', ';', '|', '\t', '\r', '\n'];
