//! Which errors a surface has from others: its `include`, and those of the surfaces that it includes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::files::{Files, Refusal};
use super::{INCLUDE_CIRCLE, REPEATED_INCLUDE, UNKNOWN_INCLUDE, UNKNOWN_SHAPE};
use crate::catalog::forms::INCLUDE;
use crate::diagnostic::{Copies, Diagnostic, Report};
use crate::document::{Document, Members};
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

/// What a surface has from another one. The nodes are copies: their diagnostics are about the surface that
/// includes them.
pub(crate) struct Included<'t> {
    pub statuses: Option<Node<'t>>,
    pub errors: Vec<Node<'t>>,
    pub retired: Vec<Node<'t>>,
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
    pub(crate) fn included(&self, place: Place) -> Vec<Included<'t>> {
        let copies = &mut *self.copies.borrow_mut();
        let reached = self.reached(place);
        let included = reached.into_iter().map(|Reached { place, by }| {
            let members = self.surface(place);
            let mut copy_all = |list: &[Node<'t>]| {
                list.iter().map(|node| copies.copy(node, by)).collect::<Vec<_>>()
            };
            Included {
                errors: copy_all(members.list("errors")),
                retired: copy_all(members.list("retired")),
                statuses: members.get("status").map(|node| copies.copy(node, by)),
            }
        });
        included.collect()
    }

    /// The `tags` of the other catalogs that the surfaces of a file include errors from.
    pub(crate) fn tags_for(&self, file: usize) -> Vec<Node<'t>> {
        let surfaces = 0..self.surfaces(file).len();
        let reached = surfaces.flat_map(|index| self.reached((file, index)));
        let mut others: BTreeMap<usize, NodeId> = BTreeMap::new();
        for Reached { place: (other, _), by } in reached.filter(|one| one.place.0 != file) {
            others.entry(other).or_insert(by);
        }
        let copies = &mut *self.copies.borrow_mut();
        let tags = others.into_iter().filter_map(|(other, by)| {
            Some(copies.copy(self.list.get(other)?.fields().get("tags")?, by))
        });
        tags.collect()
    }

    /// Reports what is wrong with the `include` of a surface.
    pub(crate) fn check(&self, place: Place, report: &mut Report) {
        let mut first: BTreeMap<Place, NodeId> = BTreeMap::new();
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

    /// The members of the shape that `like` names, which is that of another surface of the file.
    pub(crate) fn like<'d>(
        &'d self,
        file: usize,
        like: &Spanned<String>,
        report: &mut Report,
    ) -> Option<Members<'d, 't>> {
        let shape_of = |surface: &'d Node<'t>| {
            Members::of(surface).mapping("shape").filter(|shape| shape.get("body").is_some())
        };
        let surfaces = self.surfaces(file);
        let id = &like.value;
        let Some(named) = surfaces.iter().find(|surface| id_of(surface) == Some(id)) else {
            let known = surfaces.iter().filter(|surface| shape_of(surface).is_some());
            let message = format!("this catalog has no surface `{id}`");
            let help = suggest::help(id, known.filter_map(id_of));
            report.push(Diagnostic::new(&UNKNOWN_SHAPE, like.at, message, help));
            return None;
        };
        let found = shape_of(named);
        if found.is_none() {
            let message = format!("the surface `{id}` has no `body` of its own");
            let problem = Diagnostic::of(&UNKNOWN_SHAPE, like.at, message);
            report.push(problem.also(named.at, "this surface"));
        }
        found
    }

    /// Every surface that a surface has errors from, but for itself.
    fn reached(&self, place: Place) -> Vec<Reached> {
        let mut seen = BTreeSet::from([place]);
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
        seen: &mut BTreeSet<Place>,
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
        let mut seen = BTreeSet::new();
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

    /// The surface that an item leads to; `None` if the item is not of the form.
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

/// The id of a surface.
fn id_of<'n>(surface: &'n Node) -> Option<&'n str> {
    match &Members::of(surface).get("id")?.value {
        Value::Text(id) => Some(id),
        _ => None,
    }
}
