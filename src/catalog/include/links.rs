//! Which errors a surface has from others: its `include`, and those of the surfaces that it includes.

use std::cell::RefCell;

use super::files::{Files, Refusal};
use super::{INCLUDE_CIRCLE, REPEATED_INCLUDE, UNKNOWN_INCLUDE, UNKNOWN_SHAPE};
use crate::catalog::forms::{ID, INCLUDE};
use crate::diagnostic::{Copies, Diagnostic, Report};
use crate::document::{Document, Members};
use crate::sorted::{SortedMap, SortedSet};
use crate::text::suggest;
use crate::yaml::{Node, NodeId, Spanned, Value};

/// A surface: the index of its file, and its own in the list of surfaces there.
pub(crate) type Place = (usize, usize);

/// The documents that were read together, and the copies that were made of their parts.
pub(crate) struct Documents<'t> {
    pub(super) list: Vec<Document<'t>>,
    pub(super) files: &'t Files,
    pub(super) copies: RefCell<Copies>,
}

/// What a surface has from others.
pub(crate) struct Included<'t> {
    /// The surfaces that it reaches, each once. They are copies, so that their diagnostics are about the
    /// surface that includes them.
    pub surfaces: Vec<Node<'t>>,
    /// Whether every `include` on the way leads to a surface.
    pub is_whole: bool,
}

/// A surface that another one reaches, and the item of its own `include` that leads there.
struct Reached {
    place: Place,
    by: NodeId,
}

impl<'t> Documents<'t> {
    pub(crate) fn get(&self, file: usize) -> Option<&Document<'t>> {
        self.list.get(file)
    }

    /// What a surface has from others, in the order of its `include`. Each comes once, however often it is
    /// reached.
    pub(crate) fn included(&self, place: Place) -> Included<'t> {
        let reached = self.reached(place);
        let places = reached.iter().map(|one| one.place).chain([place]);
        let mut items = places.flat_map(|place| self.items(place).map(move |item| (place.0, item)));
        let is_whole = items.all(|(file, item)| matches!(self.target(file, item), Some(Ok(_))));
        let copy = |one: Reached| {
            let (file, index) = one.place;
            Some(self.copy(self.surfaces(file).get(index)?, one.by))
        };
        Included { surfaces: reached.into_iter().filter_map(copy).collect(), is_whole }
    }

    /// A copy of a part, for the place that asks for it.
    pub(crate) fn copy(&self, node: &Node<'t>, by: NodeId) -> Node<'t> {
        self.copies.borrow_mut().copy(node, by)
    }

    /// The other files that the surfaces of a file include errors from, and the place that asks for each.
    pub(crate) fn others(&self, file: usize) -> SortedMap<usize, NodeId> {
        let surfaces = 0..self.surfaces(file).len();
        let reached = surfaces.flat_map(|index| self.reached((file, index)));
        let mut others = SortedMap::new();
        for Reached { place: (other, _), by } in reached.filter(|one| one.place.0 != file) {
            others.entry(other).or_insert(by);
        }
        others
    }

    /// Reports what is wrong with the `include` of a surface.
    pub(crate) fn check(&self, place: Place, report: &mut Report) {
        let mut first: SortedMap<Place, NodeId> = SortedMap::new();
        for item in self.items(place) {
            let target = match self.target(place.0, item) {
                Some(Ok(target)) => target,
                Some(Err(Refusal { message, help })) => {
                    report.push(Diagnostic::new(&UNKNOWN_INCLUDE, item.at, message, help));
                    continue;
                }
                None => continue,
            };
            if let Some(first) = first.get(&target) {
                let problem = Diagnostic::of(&REPEATED_INCLUDE, item.at, "this is included twice");
                report.push(problem.also(*first, "first included here"));
                continue;
            }
            first.insert(target, item.at);
            if target == place {
                let problem = Diagnostic::new(
                    &INCLUDE_CIRCLE,
                    item.at,
                    "a surface can't include itself",
                    "remove it",
                );
                report.push(problem);
            } else if let Some(back) = self.way_back(place, target) {
                let message = "this leads back to the surface that includes it";
                let problem = Diagnostic::of(&INCLUDE_CIRCLE, item.at, message);
                report.push(problem.also(back, "here"));
            }
        }
    }

    /// The surface of a file that `like` names.
    pub(crate) fn like(
        &self,
        file: usize,
        like: &Spanned<String>,
        report: &mut Report,
    ) -> Option<&Node<'t>> {
        let surfaces = self.surfaces(file);
        let id = &like.value;
        let found = surfaces.iter().find(|surface| id_of(surface) == Some(id));
        if found.is_none() && have_ids(surfaces) {
            let message = format!("this catalog has no surface `{id}`");
            let help = suggest::help(id, surfaces.iter().filter_map(id_of));
            report.push(Diagnostic::new(&UNKNOWN_SHAPE, like.at, message, help));
        }
        found
    }

    /// Every other surface that a surface has errors from.
    fn reached(&self, place: Place) -> Vec<Reached> {
        let mut seen = SortedSet::from([place]);
        let mut reached = Vec::new();
        for item in self.items(place) {
            if let Some(Ok(target)) = self.target(place.0, item) {
                self.reach(target, item.at, &mut seen, &mut reached);
            }
        }
        reached
    }

    fn reach(
        &self,
        place: Place,
        by: NodeId,
        seen: &mut SortedSet<Place>,
        reached: &mut Vec<Reached>,
    ) {
        let mut next = vec![place];
        while let Some(place) = next.pop() {
            if !seen.insert(place) {
                continue;
            }
            reached.push(Reached { place, by });
            let targets = self.items(place).filter_map(|item| self.target(place.0, item)?.ok());
            let targets: Vec<Place> = targets.collect();
            next.extend(targets.into_iter().rev());
        }
    }

    /// The item that closes a circle from a surface over `through`. `None` also if another surface on the
    /// way comes first: a circle is reported once.
    fn way_back(&self, from: Place, through: Place) -> Option<NodeId> {
        let mut seen = SortedSet::new();
        let mut next = vec![through];
        while let Some(place) = next.pop() {
            if place < from || !seen.insert(place) {
                continue;
            }
            for item in self.items(place) {
                match self.target(place.0, item) {
                    Some(Ok(target)) if target == from => return Some(item.at),
                    Some(Ok(target)) => next.push(target),
                    _ => {}
                }
            }
        }
        None
    }

    /// The surface that an item leads to; `None` if another diagnostic says why it leads to none.
    fn target(&self, file: usize, item: &Node) -> Option<Result<Place, Refusal>> {
        let Value::Text(text) = &item.value else { return None };
        if !(INCLUDE.holds)(text) {
            return None;
        }
        let (path, id) = match text.split_once('#') {
            Some((path, id)) => (Some(path), id),
            None => (None, text.as_ref()),
        };
        let other = match path.map(|path| self.files.follow(file, path)) {
            Some(Ok(other)) => other,
            Some(Err(refusal)) => return Some(Err(refusal)),
            None => file,
        };
        let surfaces = self.surfaces(other);
        let found = surfaces.iter().position(|surface| id_of(surface) == Some(id));
        if found.is_none() && !have_ids(surfaces) {
            return None;
        }
        Some(found.map(|index| (other, index)).ok_or_else(|| {
            let known = surfaces.iter().filter_map(id_of);
            let message = match path {
                Some(path) => format!("`{path}` has no surface `{id}`"),
                None => format!("this catalog has no surface `{id}`"),
            };
            Refusal { message, help: suggest::help(id, known) }
        }))
    }

    fn items(&self, place: Place) -> impl Iterator<Item = &Node<'t>> {
        self.surface(place).list("include").iter()
    }

    fn surface(&self, (file, index): Place) -> Members<'_, 't> {
        self.surfaces(file).get(index).map_or(Members::EMPTY, Members::of)
    }

    fn surfaces(&self, file: usize) -> &[Node<'t>] {
        self.list.get(file).map_or(&[], |document| document.fields().list("surfaces"))
    }
}

/// Whether no id of these surfaces is broken. A reference may mean that one.
fn have_ids(surfaces: &[Node]) -> bool {
    surfaces.iter().all(|surface| id_of(surface).is_some_and(ID.holds))
}

/// The id of a surface.
fn id_of<'n>(surface: &'n Node) -> Option<&'n str> {
    match &Members::of(surface).get("id")?.value {
        Value::Text(id) => Some(id),
        _ => None,
    }
}
