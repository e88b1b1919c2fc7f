//! A body → the errors in it, as a surface's generated packages see them.

use super::runtime::{Difference, Found, read};
use crate::catalog::body::Body;
use crate::catalog::retry::{RetryAdvice, advice, fallback};
use crate::catalog::{Catalog, Entry, Key, Surface};
use crate::text::json::Json;

/// A body, read by the shape of a surface.
#[derive(Debug)]
pub(crate) struct Recognized {
    /// How the body differs from the shape. `None` if it matches.
    pub mismatch: Option<String>,
    /// In how many places it differs.
    pub mismatches: usize,
    /// The first of these places.
    pub differences: Vec<Difference>,
    /// If it matches: in how many places it has to hold a constant, which few other bodies hold.
    pub literals: usize,
    /// Whether it is a page or a text, as proxies send.
    pub is_foreign: bool,
    /// A body that isn't JSON, as one safe line.
    pub text: Option<String>,
    /// The error that counts.
    pub main: Occurrence,
    /// The errors of a list, in its order.
    pub errors: Vec<Occurrence>,
    /// Whether a response with this status and body is an error.
    pub is_error: bool,
    /// The retry advice of all errors together. `None` if nothing in the catalog says it.
    pub advice: Option<RetryAdvice>,
    /// The wait that the body asks for, in milliseconds.
    pub wait: Option<u64>,
    /// Whether the response or the body has a status. Otherwise an event gets the status of its code.
    pub says_status: bool,
}

/// One error in a body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Occurrence {
    /// The code as text, known or not.
    pub code: Option<String>,
    pub status: Option<u16>,
    /// The position of the error in the surface.
    pub entry: Option<usize>,
    /// Placeholders and lists, and their values.
    pub values: Vec<(String, Json)>,
}

/// Reads a body. `status` is that of the response, and `None` for an event in a stream.
pub(crate) fn recognize(
    catalog: &Catalog,
    surface: &Surface,
    status: Option<u16>,
    body: &[u8],
) -> Recognized {
    let read = read(&surface.shape, surface.has_integer_codes(), body);
    let sent = |found: &Found| found.status.or(status).or(read.outer.status);
    let is_known = |found: &&Found| surface.entry(found.code.as_deref(), sent(found)).is_some();
    let chosen = read.errors.iter().find(is_known).or(read.errors.first());
    let main = chosen.unwrap_or(&read.outer);
    let entry = match chosen {
        Some(found) => surface.entry(found.code.as_deref(), sent(found)),
        None => surface.entry(main.code.as_deref(), status.or(main.named_status)),
    };
    let known = entry.and_then(|entry| surface.errors.get(entry));
    let own_status = || Some(known?.statuses.first()?.value);
    let said_status = status.or(main.named_status);
    let status_of_all = said_status.or_else(own_status);
    let main = Occurrence {
        code: main.code.clone(),
        status: status_of_all,
        entry,
        values: main.values.clone(),
    };
    let errors: Vec<Occurrence> = read
        .errors
        .iter()
        .map(|found| {
            let status = found.status.or(status_of_all);
            let code = found.code.clone();
            let entry = surface.entry(code.as_deref(), status);
            Occurrence { code, status, entry, values: found.values.clone() }
        })
        .collect();
    let advised = if errors.is_empty() { std::slice::from_ref(&main) } else { &errors };
    let advised = advised.iter().map(|one| match one.entry.and_then(|it| surface.errors.get(it)) {
        Some(entry) => advice(catalog, entry, one.status),
        None => fallback(catalog, one.status),
    });
    let own = surface.shape.body.as_ref().filter(|_| read.mismatch.is_none());
    let literals = own.map_or(0, Body::literals);
    Recognized {
        is_error: match status {
            Some(..400) => read.mismatch.is_none() && surface.tells_from_success(&main),
            _ => true,
        },
        advice: advised.flatten().reduce(RetryAdvice::and),
        wait: surface.wait(&main),
        says_status: said_status.is_some(),
        mismatch: read.mismatch,
        mismatches: read.mismatches,
        differences: read.differences,
        literals,
        is_foreign: read.is_foreign,
        text: read.text,
        main,
        errors,
    }
}

impl Surface {
    /// The error with a code, or else the one that its status identifies.
    fn entry(&self, code: Option<&str>, status: Option<u16>) -> Option<usize> {
        let by_status = || {
            let has_status =
                |entry: &Entry| entry.statuses.iter().any(|one| Some(one.value) == status);
            let is_told = |entry: &Entry| self.is_told_by_status(entry) && has_status(entry);
            self.errors.iter().position(is_told)
        };
        match (self.key()?, code) {
            (Key::Status, _) | (Key::CodeOrStatus, None) => by_status(),
            (_, Some(code)) => self.error(code),
            (Key::Code, None) => None,
        }
    }

    /// The error with a code.
    pub(crate) fn error(&self, code: &str) -> Option<usize> {
        self.errors
            .iter()
            .position(|entry| entry.code.given().is_some_and(|own| own.value.is_text(code)))
    }

    /// Whether a matching body is an error whatever its HTTP status.
    fn tells_from_success(&self, main: &Occurrence) -> bool {
        let has_literal = self.shape.body.as_ref().is_some_and(Body::has_literal);
        main.code.as_ref().is_some_and(|code| has_literal || self.error(code).is_some())
    }

    /// The wait among the values of an error, in milliseconds.
    fn wait(&self, main: &Occurrence) -> Option<u64> {
        let wait = self.shape.body.as_ref()?.wait()?;
        let (_, value) = main.values.iter().find(|(name, _)| name == wait.name)?;
        value.as_number()?.as_u64()
    }
}

impl RetryAdvice {
    /// The advice for two errors at once: never if one says so, otherwise the longer wait.
    pub(crate) fn and(self, other: Self) -> Self {
        let waits = |advice: Self| match advice {
            Self::Never => None,
            Self::Backoff(backoff) => Some((backoff.initial, backoff.max)),
            Self::After(after, backoff) => Some((after.max(backoff.initial), backoff.max)),
        };
        match (waits(self), waits(other)) {
            (None, _) | (_, None) => Self::Never,
            (Some(own), Some(others)) if others > own => other,
            _ => self,
        }
    }
}
