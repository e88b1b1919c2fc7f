//! Which column of a table is which field of an error. One list of words serves all formats.

use heck::ToSnakeCase;

use super::Surface;
use super::cells;
use super::table::Table;
use crate::error::Error;

/// A field of an error that a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Code,
    Status,
    Fix,
    Retryable,
    See,
    Name,
    Meaning,
    Doc,
}

/// A column that was named by hand: `--column fix="Was tun"`.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub field: Field,
    pub heading: String,
}

impl Field {
    /// Every field, in the order in which columns are given to them.
    pub(crate) const ALL: [Self; 8] = [
        Self::Code,
        Self::Status,
        Self::Fix,
        Self::Retryable,
        Self::See,
        Self::Name,
        Self::Meaning,
        Self::Doc,
    ];

    /// Its name in a catalog.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Status => "status",
            Self::Fix => "fix",
            Self::Retryable => "retryable",
            Self::See => "see",
            Self::Name => "name",
            Self::Meaning => "meaning",
            Self::Doc => "doc",
        }
    }

    /// The headings that it goes by, the most certain first.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Code => &[
                "code",
                "error code",
                "err code",
                "errcode",
                "api code",
                "internal code",
                "string code",
                "sqlstate",
                "error number",
                "error no",
                "error id",
                "error key",
                "error type",
                "error",
                "errors",
                "id",
                "key",
                "identifier",
                "slug",
                "type",
                "symbol",
                "number",
                "reason",
                "exception",
                "error name",
                "name",
                "value",
            ],
            Self::Status => &[
                "status",
                "http status",
                "http status code",
                "http code",
                "http",
                "status code",
                "http response code",
                "http response status",
                "response code",
                "response status",
                "http error code",
                "http error",
                "httpstatus",
                "httpcode",
                "statuscode",
            ],
            Self::Fix => &[
                "fix",
                "resolution",
                "resolutions",
                "solution",
                "solutions",
                "possible solution",
                "possible solutions",
                "how to fix",
                "how to fix it",
                "how to resolve",
                "action",
                "actions",
                "recommended action",
                "suggested action",
                "user action",
                "client action",
                "what to do",
                "remedy",
                "remediation",
                "mitigation",
                "troubleshooting",
                "workaround",
                "next step",
                "next steps",
                "advice",
                "suggestion",
                "recommendation",
                "how to handle",
                "handling",
                "corrective action",
            ],
            Self::Retryable => &[
                "retryable",
                "retry",
                "retriable",
                "can retry",
                "should retry",
                "is retryable",
                "retry allowed",
                "safe to retry",
                "retry safe",
                "transient",
                "can be retried",
                "retries",
            ],
            Self::See => &[
                "see",
                "url",
                "link",
                "links",
                "doc url",
                "docs url",
                "documentation url",
                "docs",
                "more info",
                "help url",
                "reference",
                "documentation",
                "see also",
            ],
            Self::Name => &[
                "name",
                "error name",
                "constant",
                "constant name",
                "symbol",
                "symbolic name",
                "enum",
                "slug",
                "identifier",
                "label",
                "key",
                "condition name",
            ],
            Self::Meaning => &[
                "meaning",
                "summary",
                "title",
                "message",
                "error message",
                "msg",
                "text",
                "error text",
                "short description",
                "overview",
                "what happened",
                "description",
                "error description",
                "desc",
                "definition",
                "explanation",
                "details",
                "detail",
                "what it means",
                "cause",
                "causes",
                "reason",
                "when",
                "info",
                "comment",
                "notes",
            ],
            Self::Doc => &[
                "doc",
                "description",
                "long description",
                "explanation",
                "details",
                "detail",
                "notes",
                "note",
                "remarks",
                "comment",
                "comments",
                "cause",
                "causes",
                "possible cause",
                "possible causes",
                "additional information",
            ],
        }
    }
}

/// A line of a cell that says which field it is, as `Solution: …`, and the rest of the line.
pub(super) fn labeled(line: &str) -> Option<(Field, &str)> {
    let (label, rest) = line.split_once(':')?;
    let label = normal(label.trim_matches(['*', ' ']));
    let mut fields = [Field::Fix, Field::Doc].into_iter();
    let field = fields.find(|field| field.words().contains(&label.as_str()))?;
    Some((field, rest.trim_matches(['*', ' '])))
}

/// The columns of a table, by field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns(Vec<(Field, usize)>);

impl Columns {
    /// Finds out which column is which.
    pub(super) fn of(table: &Table, given: &[Given]) -> Self {
        let headings: Vec<String> = table.headings.iter().map(|text| normal(text)).collect();
        let mut columns = Self(Vec::new());
        for Given { field, heading } in given {
            let at = headings.iter().position(|one| *one == normal(heading));
            columns.0.extend(at.map(|at| (*field, at)));
        }
        for field in Field::ALL {
            if columns.get(field).is_none()
                && let Some(at) = columns.find(field, table, &headings)
            {
                columns.0.push((field, at));
            }
        }
        columns
    }

    pub(super) fn get(&self, field: Field) -> Option<usize> {
        self.0.iter().find(|(one, _)| *one == field).map(|(_, at)| *at)
    }

    /// The columns that aren't a field.
    pub(super) fn others<'t>(&self, table: &'t Table) -> Vec<&'t str> {
        let is_free = |at: &usize| self.0.iter().all(|(_, taken)| taken != at);
        let all = table.headings.iter().enumerate();
        all.filter(|(at, text)| is_free(at) && !text.is_empty())
            .map(|(_, text)| text.as_str())
            .collect()
    }

    /// The column of a field that no other field has.
    fn find(&self, field: Field, table: &Table, headings: &[String]) -> Option<usize> {
        let fits = |at: &usize| {
            self.0.iter().all(|(_, taken)| taken != at)
                && match field {
                    Field::Code => is_code(table, *at, headings),
                    Field::Status => {
                        is_partly(table, *at, |text| !cells::statuses(text).is_empty())
                    }
                    Field::Retryable => {
                        is_partly(table, *at, |text| cells::retryable(text).is_some())
                    }
                    Field::See => is_mostly(table, *at, |text| text.contains("://")),
                    _ => true,
                }
        };
        let by = |is_it: &dyn Fn(&str, &str) -> bool| {
            field.words().iter().find_map(|word| {
                let found = headings.iter().enumerate().filter(|(_, text)| is_it(text, word));
                found.map(|(at, _)| at).find(fits)
            })
        };
        let of_statuses = || {
            let is_code = |text: &&String| Field::Code.words().contains(&text.as_str());
            let all = headings.iter().enumerate().filter(|(_, text)| is_code(text));
            let is_status = |text: &str| cells::begins_with_status(text);
            all.map(|(at, _)| at).find(|at| fits(at) && is_mostly(table, *at, is_status))
        };
        if field == Field::Status
            && let Some(at) = by(&|text, word| text == word).or_else(of_statuses)
        {
            return Some(at);
        }
        by(&|text, word| text == word).or_else(|| {
            by(&|text, word| {
                text.strip_suffix(word).is_some_and(|rest| rest.ends_with(' '))
                    || text.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '))
            })
        })
    }
}

/// A heading in lower case, with single spaces between its words and without what is in brackets.
fn normal(heading: &str) -> String {
    let end = heading.find('(').filter(|at| *at > 0).unwrap_or(heading.len());
    let words = heading.get(..end).unwrap_or_default().to_snake_case().replace('_', " ");
    if words.is_empty() { heading.trim().to_lowercase() } else { words }
}

/// Whether a column holds codes, and no HTTP statuses or sentences.
fn is_code(table: &Table, at: usize, headings: &[String]) -> bool {
    let is_short = |text: &str| text.split_whitespace().count() <= 2 && text.len() <= 100;
    let is_status = |text: &str| cells::begins_with_status(text);
    let is_certain = headings.get(at).is_some_and(|text| text.ends_with("code"));
    (is_certain || is_mostly(table, at, is_short)) && !is_mostly(table, at, is_status)
}

/// Whether a predicate holds for four of five cells with content.
fn is_mostly(table: &Table, at: usize, holds: impl Fn(&str) -> bool) -> bool {
    let (held, all) = held(table, at, holds);
    all > 0 && held * 5 >= all * 4
}

/// Whether a predicate holds for a quarter of the cells with content.
fn is_partly(table: &Table, at: usize, holds: impl Fn(&str) -> bool) -> bool {
    let (held, all) = held(table, at, holds);
    all > 0 && held * 4 >= all
}

/// For how many of the first cells with content a predicate holds, and how many there are.
fn held(table: &Table, at: usize, holds: impl Fn(&str) -> bool) -> (usize, usize) {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(at));
    let cells = cells.map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    cells.take(2000).fold((0, 0), |(held, all), text| (held + usize::from(holds(text)), all + 1))
}

/// Refuses a column that was named by hand and is in no table.
pub(super) fn check_given(given: &[Given], surfaces: &[Surface]) -> Result<(), Error> {
    for Given { field, heading } in given {
        let taken = format!("{} ← ", field.name());
        let is_taken = |surface: &Surface| surface.taken.iter().any(|one| one.starts_with(&taken));
        if !surfaces.iter().any(is_taken) {
            return Err(Error::usage(
                format!("no table has the column `{heading}`, which `--column` names"),
                "write a heading as it is in the document",
            ));
        }
    }
    Ok(())
}
