//! Errors that a surface has from other surfaces, of its own file or of another catalog.

mod files;
mod links;
mod set;
mod storage;

#[cfg(feature = "cli")]
pub(crate) use files::is_catalog;
pub(crate) use files::{paths, top};
pub(super) use links::{Documents, Place};
pub(crate) use set::Set;
#[cfg(feature = "cli")]
pub(crate) use storage::{Real, Storage};

use crate::diagnostic::Rule;

pub(crate) const INCLUDE_CIRCLE: Rule = Rule {
    name: "include-circle",
    what: "surfaces that include one another",
    why: "the errors of each would depend on those of the others",
    fix: "move what both need to a surface without a `shape`, and include that one",
    bad: "- {id: a, include: [b]}\n- {id: b, include: [a]}",
    good: "- {id: common, errors: […]}\n- {id: a, include: [common], …}\n- {id: b, include: [common], …}",
};
pub(crate) const MALFORMED_INCLUDE: Rule = Rule {
    name: "malformed-include",
    what: "an `include` that is neither the id of a surface nor a path, `#` and an id",
    why: "it doesn't say which errors to include",
    fix: "write the id of a surface, or a path to a catalog, `#` and the id of one of its surfaces",
    bad: "include: [../platform/errors.yaml]",
    good: "include: [../platform/errors.yaml#common]",
};
pub(crate) const REPEATED_INCLUDE: Rule = Rule {
    name: "repeated-include",
    what: "a surface that another one includes twice",
    why: "one of them was probably meant to be another surface",
    fix: "remove one of the two",
    bad: "include: [common, common]",
    good: "include: [common]",
};
pub(crate) const UNKNOWN_INCLUDE: Rule = Rule {
    name: "unknown-include",
    what: "an `include` that names no surface of this file, or of a catalog in the repository",
    why: "the errors that the surface needs would be missing from every output",
    fix: "write the id of a surface; if another catalog has it, put the path from this file and a `#` before it",
    bad: "include: [comon]",
    good: "include: [common]",
};
pub(crate) const UNKNOWN_SHAPE: Rule = Rule {
    name: "unknown-shape",
    what: "a `like` that doesn't name another surface with a `body`, or that has a `body`, `media_type` or \
           `absent` next to it",
    why: "it isn't clear what the responses look like",
    fix: "name a surface of this file that has a `body`; next to `like`, write only `intro` and `example`",
    bad: "shape: {like: pubic}",
    good: "shape: {like: public}",
};
