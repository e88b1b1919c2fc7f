//! The changes while two catalogs are compared.

use super::ChangeRule;
use crate::catalog::{Entry, Surface, text};
use crate::yaml::NodeId;

/// One change.
pub(super) struct Change {
    pub rule: &'static ChangeRule,
    /// The API that it is about.
    pub surface: Option<String>,
    /// The name of the error that it is about.
    pub error: Option<String>,
    /// What changed, as a sentence without a full stop.
    pub message: String,
    pub place: Place,
    /// Where the new catalog could have it, if it is in the old one.
    pub near: NodeId,
    /// What it means for code, as sentences.
    pub notes: Vec<String>,
    pub help: Option<String>,
}

/// Where a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// What is gone is in the old catalog only.
    Old(NodeId),
    New(NodeId),
}

impl Change {
    pub(super) fn new(rule: &'static ChangeRule, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule,
            surface: None,
            error: None,
            message: message.into(),
            place,
            near: NodeId::FIRST,
            notes: Vec::new(),
            help: None,
        }
    }

    /// A change of an error.
    pub(super) fn of(mut self, entry: &Entry) -> Self {
        self.error = entry.name().map(str::to_owned);
        self
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The changes so far.
#[derive(Default)]
pub(super) struct Found {
    pub changes: Vec<Change>,
    surface: Option<String>,
    near: Option<NodeId>,
}

impl Found {
    /// Says which API the next changes are about; `None` for the catalog.
    pub(super) fn enter(&mut self, surface: Option<&Surface>) {
        self.surface = surface.and_then(|surface| text(surface.id.as_ref()).map(str::to_owned));
        self.near = surface.map(|surface| surface.range.start);
    }

    pub(super) fn push(&mut self, mut change: Change) {
        if change.surface.is_none() {
            change.surface.clone_from(&self.surface);
        }
        change.near = self.near.unwrap_or(NodeId::FIRST);
        self.changes.push(change);
    }

    pub(super) fn push_all(&mut self, changes: impl IntoIterator<Item = Change>) {
        changes.into_iter().for_each(|change| self.push(change));
    }
}
