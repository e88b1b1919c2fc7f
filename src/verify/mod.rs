//! Recordings of traffic → how they differ from the catalogs.

mod address;
mod facts;
mod finding;
mod glance;
mod judge;
mod memory;
mod recording;
mod redact;
mod report;
#[cfg(test)]
mod tests;
mod words;

use std::io::{self, Read};
use std::sync::Arc;

use address::{Servers, address};
use glance::Glance;
use judge::Judged;
use memory::Memory;
use recording::{Exchange, Record, text};

use crate::catalog::{Catalog, Surface};
use crate::error::Error;
use crate::reading::{Content, Place, Response, surface, surfaces};
use crate::text::suggest;
use crate::text::words::joined;

pub(crate) use facts::Facts;
pub(crate) use finding::{Finding, Kind};
pub(crate) use recording::{Kind as FileKind, Position};
pub(crate) use report::{Report, Source};

/// Compares responses with catalogs.
pub(crate) struct Verifier {
    catalogs: Vec<Arc<Catalog>>,
    servers: Servers,
    glance: Glance,
    /// The surfaces that were asked about.
    wanted: Vec<Place>,
    /// Whether to keep bodies, redacted.
    shows_bodies: bool,
    /// The bodies that were judged, unless each response is looked at.
    memory: Option<Memory>,
    report: Report,
}

/// One response, and what it is.
pub(crate) struct Seen<'s> {
    pub findings: &'s [Finding],
    pub source: &'s mut dyn FnMut() -> Source,
}

/// How many errors of a surface were seen.
pub(crate) struct Coverage {
    pub place: Place,
    pub errors: usize,
    /// The names of those that were never seen as the catalog says.
    pub never: Vec<String>,
}

impl Verifier {
    /// `ids` names the surfaces to look at. If it is empty, all are.
    pub(crate) fn new(
        catalogs: Vec<Arc<Catalog>>,
        ids: &[String],
        shows_bodies: bool,
    ) -> Result<Self, Error> {
        let id = |surface: &Surface| surface.id.as_ref().map(|id| id.value.clone());
        let all: Vec<(Place, Option<String>)> =
            surfaces(&catalogs).map(|(place, surface)| (place, id(surface))).collect();
        let known = || all.iter().filter_map(|(_, id)| id.as_deref());
        if let Some(unknown) = ids.iter().find(|id| !known().any(|known| known == *id)) {
            let list: Vec<String> = known().map(|id| format!("`{id}`")).collect();
            let list = format!("the surfaces are {}", joined(&list, " and "));
            let help = suggest::help_or(unknown, known(), list);
            return Err(Error::usage(format!("there is no surface `{unknown}`"), help));
        }
        let is_wanted =
            |id: &Option<String>| ids.is_empty() || id.as_ref().is_some_and(|id| ids.contains(id));
        let wanted = all.iter().filter(|(_, id)| is_wanted(id)).map(|(place, _)| *place);
        Ok(Self {
            wanted: wanted.collect(),
            servers: Servers::of(&catalogs),
            glance: Glance::of(&catalogs),
            catalogs,
            shows_bodies,
            memory: Some(Memory::default()),
            report: Report::default(),
        })
    }

    /// Looks at each response, even if another had the same body.
    pub(crate) fn forget(&mut self) {
        self.memory = None;
    }

    /// Reads a recording, and calls `each` with every response in it.
    pub(crate) fn read(
        &mut self,
        name: &str,
        file: impl Read,
        each: &mut dyn FnMut(&Self, &mut Seen),
    ) -> io::Result<FileKind> {
        recording::read(file, &mut |position, record| self.take(name, position, record, each))
    }

    fn take(
        &mut self,
        name: &str,
        position: Position,
        record: Record,
        each: &mut dyn FnMut(&Self, &mut Seen),
    ) {
        let (method, url) = match record {
            Record::Exchange(Exchange { method, url, .. }) => (method, url),
            _ => (None, None),
        };
        let Judged { findings, response } = self.judge(record);
        let is_problem = findings.iter().any(|finding| finding.kind.is_problem());
        let shows_body = self.shows_bodies && is_problem;
        let mut source = || Source {
            file: name.to_owned(),
            position,
            method: method.and_then(|method| Some(redact::code(&text(method))?.to_owned())),
            url: url.map(|url| redact::url(&text(url))),
            members: response.as_ref().map(members).unwrap_or_default(),
            body: response.as_ref().filter(|_| shows_body).map(shown),
        };
        if findings.iter().any(|finding| finding.kind == Kind::OtherAddress)
            && let Some(address) = url.and_then(|url| address(&text(url)))
        {
            self.report.add_host(&address);
        }
        self.report.add(&findings, &mut source);
        each(self, &mut Seen { findings: &findings, source: &mut source });
    }

    pub(crate) fn report(&self) -> &Report {
        &self.report
    }

    fn is_wanted(&self, place: Place) -> bool {
        self.wanted.contains(&place)
    }

    /// What was seen of each surface that was asked about. Deprecated errors need not be seen.
    pub(crate) fn coverage(&self) -> Vec<Coverage> {
        let wanted = surfaces(&self.catalogs).filter(|(place, _)| self.is_wanted(*place));
        let coverage = wanted.map(|(place, surface)| {
            let errors = surface.errors.iter().enumerate();
            let errors = errors.filter(|(_, entry)| entry.deprecated.is_none());
            let never =
                errors.clone().filter(|(index, _)| !self.report.seen.contains(&(place, *index)));
            let never = never.filter_map(|(_, entry)| entry.name().map(str::to_owned));
            Coverage { place, errors: errors.count(), never: never.collect() }
        });
        coverage.collect()
    }

    /// The id of a surface.
    pub(crate) fn id(&self, place: Place) -> &str {
        self.surface(place).and_then(|surface| surface.id.as_ref()).map_or("", |id| &id.value)
    }

    fn surface(&self, place: Place) -> Option<&Surface> {
        surface(&self.catalogs, place)
    }
}

/// The body of a response, redacted. Of an event stream, all events.
fn shown(response: &Response) -> String {
    match &response.content {
        Content::Body(body) => redact::body(body),
        Content::Events(events) => redact::body(events.join("\n").as_bytes()),
    }
}

/// The first members of a body that look like names.
fn members(response: &Response) -> Vec<String> {
    let Content::Body(body) = &response.content else { return Vec::new() };
    let json: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let keys = json.as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    keys.filter_map(redact::code).take(MAX_MEMBERS).map(str::to_owned).collect()
}

const MAX_MEMBERS: usize = 8;
