//! Codes that were retired.

use std::collections::BTreeSet;

use super::found::{Change, Found, Place};
use super::matched::{Pair, quoted};
use super::{ChangeRule, Class};
use crate::catalog::{Code, Surface};

const RETIRED_REMOVED: ChangeRule = ChangeRule {
    name: "retired-removed",
    class: Class::Breaking,
    what: "a code that is gone from `retired`",
    why: "Links to it lead nowhere, and another error may get its code.",
    fields: &["surface.retired", "retired_code.code"],
};
const CODE_RETIRED: ChangeRule = ChangeRule {
    name: "code-retired",
    class: Class::Editorial,
    what: "a retired code that the catalog never had as an error",
    why: "Only the docs show it.",
    fields: &["surface.retired", "retired_code.code"],
};

pub(super) const RULES: &[&ChangeRule] = &[&RETIRED_REMOVED, &CODE_RETIRED];

pub(super) fn compare(pair: Pair, found: &mut Found) {
    let Pair { old, new, .. } = pair;
    let known = |surface: &Surface| -> BTreeSet<Code> {
        let errors = surface.codes().map(|code| code.value.clone());
        errors.chain(surface.retired.iter().map(|one| one.code.value.clone())).collect()
    };
    let (before, after) = (known(old), known(new));
    // A code that an error has again is a change of that error.
    for gone in old.retired.iter().filter(|one| !after.contains(&one.code.value)) {
        let message = format!("the retired code {} is gone", quoted(&gone.code.value));
        let change = Change::new(&RETIRED_REMOVED, Place::Old(gone.code.at), message);
        found.push(change.help("list it under `retired` again"));
    }
    for added in new.retired.iter().filter(|one| !before.contains(&one.code.value)) {
        let message = format!("{} is a retired code", quoted(&added.code.value));
        found.push(Change::new(&CODE_RETIRED, Place::New(added.code.at), message));
    }
}
