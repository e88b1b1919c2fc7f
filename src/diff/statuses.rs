//! The HTTP statuses of errors.

use super::found::{Change, Found, Place};
use super::matched::{Matched, Pair, code_or_name};
use super::{ChangeRule, Class};
use crate::catalog::{Optional, Spanned};
use crate::text::words::{counted, joined};
use crate::yaml::NodeId;

const STATUS_REMOVED: ChangeRule = ChangeRule {
    name: "status-removed",
    class: Class::Breaking,
    what: "a status that an error no longer has",
    why: "Clients that look at the status treat the error in another way.",
    fields: &["error.status", "surface.status"],
};
const STATUS_ADDED: ChangeRule = ChangeRule {
    name: "status-added",
    class: Class::Additive,
    what: "another status that an error may have",
    why: "The statuses that it had before stay.",
    fields: &["error.status", "surface.status"],
};
const FIRST_STATUS_CHANGED: ChangeRule = ChangeRule {
    name: "first-status-changed",
    class: Class::Breaking,
    what: "another first status of an error",
    why: "A server sends the first one by default.",
    fields: &["error.status", "surface.status"],
};

pub(super) const RULES: &[&ChangeRule] = &[&STATUS_REMOVED, &STATUS_ADDED, &FIRST_STATUS_CHANGED];

pub(super) fn compare(pair: Pair, matched: &Matched, found: &mut Found) {
    let (old, new) = (&pair.old.statuses, &pair.new.statuses);
    let own = |statuses: &Optional<Spanned<Vec<Spanned<u16>>>>| {
        statuses
            .given()
            .map(|given| given.value.iter().map(|status| status.value).collect::<Vec<u16>>())
    };
    let (before, after) = (own(old), own(new));
    let at = new.given().map_or(pair.new.range.start, |statuses| statuses.at);
    let mut inherits = 0;
    for (old, new) in &matched.pairs {
        // One change of the API explains the changes of its errors.
        if old.inherits_status && new.inherits_status && before != after {
            inherits += 1;
            continue;
        }
        let values = |statuses: &[Spanned<u16>]| -> Vec<u16> {
            statuses.iter().map(|one| one.value).collect()
        };
        let at = new.statuses.first().map_or(new.range.start, |status| status.at);
        let (before, after) = (values(&old.statuses), values(&new.statuses));
        if let Some(change) = change(&code_or_name(new), &before, &after, at) {
            found.push(change.of(new));
        }
    }
    // Clients look for errors in successes with these statuses, whatever errors there are.
    let kept = |statuses: Option<Vec<u16>>| -> Vec<u16> {
        statuses.into_iter().flatten().filter(|status| inherits > 0 || *status < 400).collect()
    };
    let who = if inherits == 0 { "the API".to_owned() } else { counted(inherits, "error") };
    found.push_all(change(&who, &kept(before), &kept(after), at));
}

fn change(who: &str, before: &[u16], after: &[u16], at: NodeId) -> Option<Change> {
    let without = |all: &[u16], others: &[u16]| -> Vec<u16> {
        all.iter().copied().filter(|status| !others.contains(status)).collect()
    };
    let (gone, added) = (without(before, after), without(after, before));
    let list = |statuses: &[u16]| {
        let statuses: Vec<String> = statuses.iter().map(u16::to_string).collect();
        joined(&statuses, " or ")
    };
    let (rule, message) = if !gone.is_empty() && added.is_empty() {
        (&STATUS_REMOVED, format!("{who} no longer comes with status {}", list(&gone)))
    } else if !gone.is_empty() {
        (
            &STATUS_REMOVED,
            format!("the status of {who} was {}, and is {}", list(before), list(after)),
        )
    } else if before.first() != after.first() && !before.is_empty() {
        let (Some(before), Some(after)) = (before.first(), after.first()) else { return None };
        (
            &FIRST_STATUS_CHANGED,
            format!("servers send {who} with status {after} by default; it was {before}"),
        )
    } else if !added.is_empty() {
        (&STATUS_ADDED, format!("{who} may also come with status {}", list(&added)))
    } else {
        return None;
    };
    Some(Change::new(rule, Place::New(at), message))
}
