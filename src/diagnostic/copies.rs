//! Parts of files that are read again at other places: errors that a surface includes from another.

use std::ops::Range;

use super::{Diagnostic, Place, Report};
use crate::sorted::{SortedMap, SortedSet};
use crate::yaml::{Node, NodeId};

/// Parts that were read again, each with numbers of its own, so that a diagnostic tells which reading it
/// is about.
#[derive(Clone, Debug)]
pub(crate) struct Copies {
    /// In the order of their numbers.
    list: Vec<Copy>,
    next: NodeId,
}

#[derive(Clone, Debug)]
struct Copy {
    numbers: Range<NodeId>,
    /// The first number of the original.
    original: NodeId,
    /// The place that asks for it.
    by: NodeId,
}

/// What a diagnostic about a copy says at the place of the original.
const LABEL: &str = "here, in what is included";

impl Copies {
    /// No copies yet. Their numbers begin with `first`.
    pub(crate) fn from(first: NodeId) -> Self {
        Self { list: Vec::new(), next: first }
    }

    /// A copy of a part, for the place that asks for it.
    pub(crate) fn copy<'t>(&mut self, node: &Node<'t>, by: NodeId) -> Node<'t> {
        let copy = node.renumbered(self.next);
        self.next = copy.end;
        self.list.push(Copy { numbers: copy.at..copy.end, original: node.at, by });
        copy
    }

    /// Makes the diagnostics about copies point to where they are asked for, and to the originals. Drops
    /// those that are reported about the original too, whether or not its file allows them. Copies of one
    /// original share a diagnostic.
    pub(crate) fn settle<'r>(&self, reports: impl IntoIterator<Item = &'r mut Report>) {
        if self.list.is_empty() {
            return;
        }
        let mut reports: Vec<&mut Report> = reports.into_iter().collect();
        let lists: Vec<Vec<Diagnostic>> =
            reports.iter_mut().map(|report| std::mem::take(&mut report.list)).collect();
        let places = lists.iter().flatten().map(|one| (one.rule.name, one.place));
        let known: SortedSet<(&str, Place)> = places.collect();
        for (index, list) in lists.into_iter().enumerate() {
            let mut settled: Vec<Diagnostic> = Vec::with_capacity(list.len());
            let mut first: SortedMap<(&str, NodeId), usize> = SortedMap::new();
            for mut diagnostic in list {
                for (place, _) in &mut diagnostic.also {
                    if let Place::Scalar(at) = place {
                        *at = self.source(*at);
                    }
                }
                let Some((original, by)) = self.original(diagnostic.place) else {
                    settled.push(diagnostic);
                    continue;
                };
                let is_known = known.contains(&(diagnostic.rule.name, Place::Scalar(original)))
                    || reports.iter().any(|report| report.rejects(original));
                if is_known {
                    continue;
                }
                let same = first.entry((diagnostic.rule.name, original)).or_insert(settled.len());
                if let Some(same) = settled.get_mut(*same) {
                    same.also.push((Place::Scalar(by), "it is included here too".to_owned()));
                    continue;
                }
                diagnostic.place = Place::Scalar(by);
                diagnostic.part = None;
                diagnostic.also.insert(0, (Place::Scalar(original), LABEL.to_owned()));
                settled.push(diagnostic);
            }
            if let Some(report) = reports.get_mut(index) {
                report.list = settled;
            }
        }
    }

    /// The original of a scalar in a copy; any other scalar itself.
    pub(crate) fn source(&self, at: NodeId) -> NodeId {
        self.original(Place::Scalar(at)).map_or(at, |(original, _)| original)
    }

    /// The original of a place in a copy, and the place that asks for the copy.
    fn original(&self, place: Place) -> Option<(NodeId, NodeId)> {
        let Place::Scalar(at) = place else { return None };
        let after = self.list.partition_point(|copy| copy.numbers.start <= at);
        let copy = self.list.get(after.checked_sub(1)?)?;
        let is_within = copy.numbers.contains(&at);
        is_within.then(|| (at.moved(copy.numbers.start, copy.original), copy.by))
    }
}
