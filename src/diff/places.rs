//! Where changes are in the files.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Diff;
use super::found::Place;
use crate::diagnostic::Sources;
use crate::yaml::{NodeId, Span, locate};

/// The places of all changes, of where the new catalog could have what is gone, and of the version.
pub(super) struct Places<'d> {
    old: BTreeMap<NodeId, Spot<'d>>,
    new: BTreeMap<NodeId, Spot<'d>>,
}

/// A place in a file.
#[derive(Clone)]
pub(super) struct Spot<'d> {
    pub path: &'d str,
    /// The lines of the file.
    pub lines: Rc<[&'d str]>,
    pub span: Span,
}

impl<'d> Places<'d> {
    pub(super) fn of(diff: &'d Diff) -> Self {
        let (mut old, mut new) = (Vec::new(), vec![diff.due.at]);
        for change in &diff.changes {
            new.push(change.near);
            match change.place {
                Place::Old(at) => old.push(at),
                Place::New(at) => new.push(at),
            }
        }
        let sources = diff.old.as_ref().map(|old| &*old.sources);
        Self {
            old: sources.map(|sources| spots(sources, old)).unwrap_or_default(),
            new: spots(&diff.new.sources, new),
        }
    }

    pub(super) fn get(&self, place: Place) -> Option<&Spot<'d>> {
        match place {
            Place::Old(at) => self.old.get(&at),
            Place::New(at) => self.new.get(&at),
        }
    }
}

fn spots(sources: &Sources, wanted: Vec<NodeId>) -> BTreeMap<NodeId, Spot<'_>> {
    let mut by_file: BTreeMap<usize, Vec<NodeId>> = BTreeMap::new();
    for at in wanted {
        by_file.entry(sources.file_of(at)).or_default().push(at);
    }
    let mut spots = BTreeMap::new();
    for (file, mut wanted) in by_file {
        let Some(source) = sources.get(file) else { continue };
        wanted.sort_unstable();
        wanted.dedup();
        let lines: Rc<[&str]> = source.text.lines().collect();
        let spans = locate(&source.text, source.first, &wanted);
        for (at, span) in wanted.into_iter().zip(spans) {
            spots.insert(at, Spot { path: &source.path, lines: Rc::clone(&lines), span });
        }
    }
    spots
}
