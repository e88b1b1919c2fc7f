//! The rules that `errcat verify --source` checks. `allow` takes the name of one of them.

use crate::diagnostic::Rule;

pub(crate) const UNDOCUMENTED_CODE: Rule = Rule {
    name: "undocumented-code",
    what: "a code in the source that the catalog doesn't have",
    why: "clients get a code that no docs explain",
    fix: "add the code to the catalog",
    bad: "errors: [{code: not_found, status: 404}]",
    good: "errors: [{code: not_found, status: 404}, {code: gone, status: 410}]",
};
pub(crate) const UNUSED_CODE: Rule = Rule {
    name: "unused-code",
    what: "a code of the catalog that is nowhere in the source",
    why: "the docs explain an error that nobody can get",
    fix: "correct the code, remove the error, or move its code to `retired` if it was ever sent",
    bad: "errors: [{code: not_fuond, status: 404}]",
    good: "errors: [{code: not_found, status: 404}]",
};

pub(crate) const RULES: &[&Rule] = &[&UNDOCUMENTED_CODE, &UNUSED_CODE];
