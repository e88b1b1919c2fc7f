//! Links to errors on the docs page that break although the error is still there.

use std::collections::BTreeMap;

use super::found::{Change, Found, Place};
use super::matched::{Matched, Pair, at, name, titled};
use super::{ChangeRule, Class};
use crate::catalog::{Entry, Surface};
use crate::render::context::Anchors;

const LINK_LOST: ChangeRule = ChangeRule {
    name: "link-lost",
    class: Class::Breaking,
    what: "a link to an error that leads nowhere, or to another error",
    why: "Published links must last: they are in logs, tickets and other pages.",
    fields: &["error.code", "error.name", "error.status"],
};

pub(super) const RULES: &[&ChangeRule] = &[&LINK_LOST];

/// Looks at the errors that kept their codes and names. For the others, another change says it.
pub(super) fn compare(pair: Pair, matched: &Matched, found: &mut Found) {
    let after = owners(pair.new);
    let anchors = Anchors::of(pair.old);
    for (old, new) in &matched.pairs {
        let own = name(new);
        if name(old) != own
            || old.code.given().map(|code| &code.value) != new.code.given().map(|code| &code.value)
        {
            continue;
        }
        let statuses =
            |entry: &Entry| -> Vec<u16> { entry.statuses.iter().map(|one| one.value).collect() };
        for anchor in anchors.aliases(pair.old, old, &own) {
            let owner = after.get(&anchor);
            // Another rule reports a status that is gone.
            if owner.is_some_and(|owner| *owner == own)
                || owner.is_none() && statuses(old) != statuses(new)
            {
                continue;
            }
            let now = owner.map_or_else(
                || "leads nowhere now".to_owned(),
                |owner| format!("leads to `{owner}` now"),
            );
            let message = format!("the link `#{anchor}` to {} {now}", titled(old));
            found.push(Change::new(&LINK_LOST, Place::New(at(new)), message).of(new));
        }
    }
}

/// The name of the error that each anchor leads to. Retired codes have anchors too.
fn owners(surface: &Surface) -> BTreeMap<String, String> {
    let anchors = Anchors::of(surface);
    let mut owners = BTreeMap::new();
    for entry in &surface.errors {
        let own = name(entry);
        let all = anchors.aliases(surface, entry, &own).into_iter().chain([surface.anchor(&own)]);
        owners.extend(all.map(|anchor| (anchor, own.clone())));
    }
    for (index, retired) in surface.retired.iter().enumerate() {
        owners.extend(
            anchors
                .of_retired(surface, index)
                .map(|anchor| (anchor, retired.code.value.to_string())),
        );
    }
    owners
}
