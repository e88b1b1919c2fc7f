//! Errors that a surface has from other surfaces, of its own file or of another catalog.

mod files;
mod links;
mod set;

pub(crate) use files::{paths, top};
pub(super) use links::{Documents, Place};
pub(crate) use set::Set;

use crate::diagnostic::Rule;

pub(crate) const INCLUDE_CIRCLE: Rule = Rule {
    name: "include-circle",
    what: "surfaces that include one another",
    why: "each would have the errors of the other before its own",
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
    why: "its errors would still be there once, so the other one is probably a slip",
    fix: "remove one of the two",
    bad: "include: [common, common]",
    good: "include: [common]",
};
pub(crate) const UNKNOWN_INCLUDE: Rule = Rule {
    name: "unknown-include",
    what: "an `include` that leads to no surface: a file that doesn't exist, isn't a catalog or is outside \
           of the repository, or an id that the catalog doesn't have",
    why: "the errors that the surface needs would be missing from every output",
    fix: "name a surface of this file, or one of a catalog in the same repository",
    bad: "include: [comon]",
    good: "include: [common]",
};
pub(crate) const UNKNOWN_SHAPE: Rule = Rule {
    name: "unknown-shape",
    what: "a `like` that names no other surface with a `body` of its own, or has more beside it than `intro` \
           and `example`",
    why: "it doesn't say how the responses look",
    fix: "name a surface of this file that has a `body`; only `intro` and `example` go beside it",
    bad: "shape: {like: pubic}",
    good: "shape: {like: public}",
};
