//! A catalog that lost its file. No version can announce that, so `errcat diff` reports it and still succeeds.

use std::path::Path;

use super::Side;
use super::found::{Change, Place};
use super::surfaces::SURFACE_REMOVED;
use crate::catalog::text;
use crate::diagnostic::{Annotation, escaped, json_line};
use crate::render::escape::markdown_text;
use crate::text::words::joined;
use crate::yaml::NodeId;

/// A catalog that there was.
pub(crate) struct Gone {
    /// The path that it had.
    path: String,
    /// What messages call the revision that has it.
    since: String,
    /// The ids of its APIs.
    surfaces: Vec<String>,
}

impl Gone {
    /// `None` if it had no API, but only errors for others to include.
    pub(crate) fn new(path: String, since: String, old: &Side) -> Option<Self> {
        let ids = old.catalog.surfaces.iter().filter_map(|surface| text(surface.id.as_ref()));
        let surfaces: Vec<String> = ids.map(|id| format!("`{id}`")).collect();
        (!surfaces.is_empty()).then_some(Self { path, since, surfaces })
    }

    fn message(&self) -> String {
        let Self { path, since, surfaces } = self;
        let apis = if surfaces.len() == 1 { "API" } else { "APIs" };
        format!(
            "{path} is gone since {since}, and with it the {apis} {}",
            joined(surfaces, " and ")
        )
    }

    pub(crate) fn to_text(&self) -> String {
        format!(
            "{}[{}]: {}\n",
            SURFACE_REMOVED.class.name(),
            SURFACE_REMOVED.name,
            escaped(&self.message())
        )
    }

    /// A change as any other, without a place.
    pub(crate) fn to_json(&self) -> String {
        let change = Change::new(&SURFACE_REMOVED, Place::Old(NodeId::FIRST), self.message());
        json_line(&change.to_json(Some(&format!("{} at {}", self.path, self.since)), None))
    }

    pub(crate) fn to_github(&self) -> String {
        let title = format!("{}: {}", SURFACE_REMOVED.class.name(), SURFACE_REMOVED.name);
        let message = format!("{}\n{}", self.message(), SURFACE_REMOVED.why);
        let path = Path::new(&self.path);
        let (title, message) = (title.as_str(), message.as_str());
        Annotation { level: "warning", path, line: None, columns: None, title, message }.to_string()
    }

    pub(crate) fn to_markdown(&self) -> String {
        format!("**{}.**\n", markdown_text(&self.message()))
    }
}
