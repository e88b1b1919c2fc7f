//! Where changes are in the files.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::found::Place;
use super::{Diff, Side};
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
        Self {
            old: diff.old.as_ref().map(|side| spots(side, old)).unwrap_or_default(),
            new: spots(&diff.new, new),
        }
    }

    pub(super) fn get(&self, place: Place) -> Option<&Spot<'d>> {
        match place {
            Place::Old(at) => self.old.get(&at),
            Place::New(at) => self.new.get(&at),
        }
    }
}

/// The spot of each of these scalars of a catalog. Those of an included error are in the file that has it.
fn spots(Side { sources, copies, .. }: &Side, wanted: Vec<NodeId>) -> BTreeMap<NodeId, Spot<'_>> {
    let mut by_file: BTreeMap<usize, Vec<(NodeId, NodeId)>> = BTreeMap::new();
    for at in wanted {
        let source = copies.source(at);
        by_file.entry(sources.file_of(source)).or_default().push((source, at));
    }
    let mut spots = BTreeMap::new();
    for (file, mut wanted) in by_file {
        let Some(source) = sources.get(file) else { continue };
        wanted.sort_unstable();
        let mut places: Vec<NodeId> = wanted.iter().map(|(place, _)| *place).collect();
        places.dedup();
        let lines: Rc<[&str]> = source.text.lines().collect();
        let spans = locate(&source.text, source.first, &places);
        let spans: BTreeMap<NodeId, Span> = places.into_iter().zip(spans).collect();
        for (place, at) in wanted {
            if let Some(span) = spans.get(&place) {
                let lines = Rc::clone(&lines);
                spots.insert(at, Spot { path: &source.path, lines, span: *span });
            }
        }
    }
    spots
}
