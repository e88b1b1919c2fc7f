//! The members of response bodies.

use std::collections::{BTreeMap, BTreeSet};

use super::arguments::{self, OfBody, Signatures};
use super::found::{Change, Found, Place};
use super::matched::{Matched, Pair};
use super::slots::{self, Kind, Slot};
use super::{ChangeRule, Class};
use crate::catalog::body::Body;
use crate::text::spans::code_span;

const MEMBER_REMOVED: ChangeRule = ChangeRule {
    name: "member-removed",
    class: Class::Breaking,
    what: "a member of the body that is gone",
    why: "Clients that read it get nothing, and its functions are gone.",
    fields: &["shape.body", "shape.like"],
};
const MEMBER_MOVED: ChangeRule = ChangeRule {
    name: "member-moved",
    class: Class::Breaking,
    what: "a member of the body that has another key, or is at another place",
    why: "Clients look for it where it was.",
    fields: &["shape.body", "shape.like"],
};
const MEMBER_CHANGED: ChangeRule = ChangeRule {
    name: "member-changed",
    class: Class::Breaking,
    what: "a member of the body that holds something else: another type, placeholder or constant",
    why: "Clients take it for what it was before.",
    fields: &["shape.body", "shape.like"],
};
const MEMBER_OPTIONAL: ChangeRule = ChangeRule {
    name: "member-optional",
    class: Class::Breaking,
    what: "a member of the body that may now be absent",
    why: "Clients rely on it.",
    fields: &["shape.body", "shape.like"],
};
const MEMBER_NEEDED: ChangeRule = ChangeRule {
    name: "member-needed",
    class: Class::Breaking,
    what: "a member of an optional object that can no longer be left out",
    why: "A server that gives another member of the object must give this one too.",
    fields: &["shape.body", "shape.like"],
};
const MEMBER_REQUIRED: ChangeRule = ChangeRule {
    name: "member-required",
    class: Class::Additive,
    what: "a member of the body that is always there now",
    why: "Clients read it as before. If servers must give a value for it, `arguments-changed` says so.",
    fields: &["shape.body", "shape.like"],
};
const MEMBER_ADDED: ChangeRule = ChangeRule {
    name: "member-added",
    class: Class::Additive,
    what: "a new member of the body",
    why: "Clients ignore members that they don't know. If servers must give a value for it, `arguments-changed` says so.",
    fields: &["shape.body", "shape.like"],
};
const LIST_RENAMED: ChangeRule = ChangeRule {
    name: "list-renamed",
    class: Class::Breaking,
    what: "a list of the body with another name, because a list with the same key came or went",
    why: "The name is in the types of its elements and in functions.",
    fields: &["shape.body", "shape.like"],
};
const MEMBERS_REORDERED: ChangeRule = ChangeRule {
    name: "members-reordered",
    class: Class::Editorial,
    what: "members of the body in another order",
    why: "The order of members has no meaning in JSON (RFC 8259, section 1). If arguments change places with them, \
          `arguments-changed` says so.",
    fields: &["shape.body", "shape.like"],
};

pub(super) const RULES: &[&ChangeRule] = &[
    &MEMBER_REMOVED,
    &MEMBER_MOVED,
    &MEMBER_CHANGED,
    &MEMBER_OPTIONAL,
    &MEMBER_NEEDED,
    &MEMBER_REQUIRED,
    &MEMBER_ADDED,
    &LIST_RENAMED,
    &MEMBERS_REORDERED,
];

/// Returns the names of the errors with other arguments of their own.
pub(super) fn compare(pair: Pair, matched: &Matched, found: &mut Found) -> BTreeSet<String> {
    let (Some(old), Some(new)) = (&pair.old.shape.body, &pair.new.shape.body) else {
        return BTreeSet::new();
    };
    let mut changes = of_bodies(old, new);
    let signatures = Signatures::of(pair, matched, old, new);
    arguments::explain(&signatures, new, &mut changes);
    found.push_all(changes.into_iter().map(|change| change.change));
    found.push_all(signatures.own_changes());
    signatures.own_names()
}

/// Compares two bodies, place by place.
fn of_bodies(old: &Body, new: &Body) -> Vec<OfBody> {
    let (before, after) = (slots::of(old), slots::of(new));
    let places = |slots: &[Slot]| -> BTreeMap<String, usize> {
        slots.iter().enumerate().map(|(index, slot)| (slot.path.clone(), index)).collect()
    };
    let (old_places, new_places) = (places(&before), places(&after));
    let mut moves = Moves::new(&before, &after, &old_places, &new_places);
    let mut changes = Vec::new();
    // The last place that a change says everything about.
    let mut done: Option<&Slot> = None;
    for slot in &before {
        if done.is_some_and(|done| done.holds(&slot.path)) {
            continue;
        }
        let other = new_places.get(&slot.path).and_then(|index| after.get(*index));
        let (change, is_whole) = match other {
            Some(other) => of_slots(slot, other),
            None => (Some(moves.gone(slot)), true),
        };
        if is_whole {
            done = Some(slot);
        }
        changes.extend(change);
    }
    done = None;
    for slot in &after {
        if done.is_some_and(|done| done.holds(&slot.path)) {
            continue;
        }
        match old_places.get(&slot.path).and_then(|index| before.get(*index)) {
            // Another change says that this is something else.
            Some(other) if other.content != slot.content => done = Some(slot),
            Some(_) => {}
            None => {
                done = Some(slot);
                if !moves.explain(slot) {
                    let message = format!("the body has a new member, {}", code_span(&slot.path));
                    let rule = unless_needed(&MEMBER_ADDED, slot);
                    changes.push(of_slot(rule, Place::New(slot.at), message, slot));
                }
            }
        }
    }
    let order =
        |slots: &[Slot]| -> Vec<String> { slots.iter().map(|slot| slot.path.clone()).collect() };
    if changes.is_empty() && order(&before) != order(&after) {
        let message = "the members of the body have another order";
        changes.push(OfBody {
            change: Change::new(&MEMBERS_REORDERED, Place::New(new.at), message),
            params: BTreeSet::new(),
        });
    }
    changes
}

/// Compares what two bodies have at one place. Also returns whether the change says everything about what is within it.
fn of_slots(old: &Slot, new: &Slot) -> (Option<OfBody>, bool) {
    let path = new.title();
    if old.content != new.content {
        let message = format!("{path} was {}, and is {}", shown(old), shown(new));
        return (Some(of_slot(&MEMBER_CHANGED, Place::New(new.at), message, new)), true);
    }
    if let (Kind::List(old), Kind::List(list)) = (&old.kind, &new.kind)
        && old.name != list.name
    {
        let message =
            format!("the list {path} is called `{}` now; it was `{}`", list.name, old.name);
        return (Some(of_slot(&LIST_RENAMED, Place::New(new.at), message, new)), false);
    }
    let change = match (old.optional, new.optional) {
        (false, true) => {
            let message = format!("{path} may now be absent");
            of_slot(&MEMBER_OPTIONAL, Place::New(new.at), message, new)
        }
        (true, false) => {
            let message = format!("{path} is always there now");
            of_slot(unless_needed(&MEMBER_REQUIRED, new), Place::New(new.at), message, new)
        }
        _ => return (None, false),
    };
    (Some(change), false)
}

/// What is at a place, in words.
fn shown(slot: &Slot) -> String {
    match slot.kind {
        Kind::Object | Kind::List(_) => slot.content.clone(),
        Kind::Filled | Kind::Literal => code_span(&slot.content),
    }
}

fn of_slot(rule: &'static ChangeRule, place: Place, message: String, slot: &Slot) -> OfBody {
    let params = slot.params.iter().map(|name| (*name).to_owned()).collect();
    OfBody { change: Change::new(rule, place, message), params }
}

/// The rule for a new or required member.
fn unless_needed(rule: &'static ChangeRule, slot: &Slot) -> &'static ChangeRule {
    let is_needed = !slot.optional && slot.outer && !slot.params.is_empty();
    if is_needed { &MEMBER_NEEDED } else { rule }
}

/// Finds where the members went that are not at their places.
struct Moves<'s, 'b> {
    /// The new places, by what is there.
    by_content: BTreeMap<&'s str, Vec<&'s Slot<'b>>>,
    /// The old paths that are gone, by what they are in.
    gone_from: BTreeMap<&'s str, usize>,
    /// The new places that a move leads to.
    explained: BTreeSet<&'s str>,
}

impl<'s, 'b> Moves<'s, 'b> {
    fn new(
        before: &'s [Slot<'b>],
        after: &'s [Slot<'b>],
        old: &BTreeMap<String, usize>,
        new: &BTreeMap<String, usize>,
    ) -> Self {
        let mut moves = Self {
            by_content: BTreeMap::new(),
            gone_from: BTreeMap::new(),
            explained: BTreeSet::new(),
        };
        for slot in after.iter().filter(|slot| !old.contains_key(&slot.path)) {
            moves.by_content.entry(&slot.content).or_default().push(slot);
        }
        for slot in before.iter().filter(|slot| !new.contains_key(&slot.path)) {
            *moves.gone_from.entry(slot.parent()).or_default() += 1;
        }
        moves
    }

    /// The change that a place is gone, or the member at it moved.
    fn gone(&mut self, slot: &Slot) -> OfBody {
        let is_alone = self.gone_from.get(slot.parent()) == Some(&1);
        let candidates = self.by_content.get(slot.content.as_str());
        let to = candidates.into_iter().flatten().copied().find(|other| {
            let is_free = !self.explained.contains(other.path.as_str());
            // Placeholders are unique. Anything else counts as the same only under another key.
            let is_same =
                matches!(slot.kind, Kind::Filled) || is_alone && other.parent() == slot.parent();
            is_free && is_same
        });
        let path = slot.title();
        let Some(to) = to else {
            let message = format!("{path} is gone from the body");
            return of_slot(&MEMBER_REMOVED, Place::Old(slot.at), message, slot);
        };
        self.explained.insert(&to.path);
        let message = format!("{path} is now {}", code_span(&to.path));
        of_slot(&MEMBER_MOVED, Place::New(to.at), message, slot)
    }

    /// Whether a move says why something is at a new place, or within it.
    fn explain(&self, slot: &Slot) -> bool {
        self.explained.iter().any(|path| *path == slot.path || slot.holds(path))
    }
}
