//! The rules about YAML, and about the fields and types that a table declares.

use crate::diagnostic::Rule;

pub(crate) const YAML_SYNTAX: Rule = Rule {
    name: "yaml-syntax",
    what: "text that is not valid YAML",
    why: "errcat can't read anything after this place",
    fix: "put texts that contain `: ` or ` #` in quotes, and check the indentation",
    bad: "meaning: Not found: no such key",
    good: "meaning: \"Not found: no such key\"",
};
pub(crate) const PLAIN_DATA: Rule = Rule {
    name: "plain-data",
    what: "a YAML tag, anchor, alias or merge key",
    why: "people and tools that know only YAML's plain data must be able to read the file",
    fix: "write the value out where it is needed",
    bad: "fix: &again Sign in again.",
    good: "fix: Sign in again.",
};
pub(crate) const UNKNOWN_FIELD: Rule = Rule {
    name: "unknown-field",
    what: "a field that doesn't exist here",
    why: "otherwise a typo would silently drop this value",
    fix: "correct its spelling, or remove it",
    bad: "meening: No such key",
    good: "meaning: No such key",
};
pub(crate) const DUPLICATE_FIELD: Rule = Rule {
    name: "duplicate-field",
    what: "a field that is given twice in one mapping",
    why: "some YAML parsers keep the first one, others the second",
    fix: "remove one of the two",
    bad: "fix: Sign in.\nfix: Sign in again.",
    good: "fix: Sign in again.",
};
pub(crate) const MISSING_FIELD: Rule = Rule {
    name: "missing-field",
    what: "a required field that is missing",
    why: "the outputs need it, and no default would be right",
    fix: "add the field",
    bad: "- code: not_found\n  status: 404",
    good: "- code: not_found\n  status: 404\n  meaning: No such key\n  fix: Check the spelling.\n  retryable: false",
};
pub(crate) const WRONG_TYPE: Rule = Rule {
    name: "wrong-type",
    what: "a value of the wrong type",
    why: "the outputs need a value of this type",
    fix: "write a value of the right type; put text in quotes where YAML would read something else",
    bad: "retryable: no",
    good: "retryable: false",
};

pub(crate) const RULES: &[&Rule] =
    &[&YAML_SYNTAX, &PLAIN_DATA, &UNKNOWN_FIELD, &DUPLICATE_FIELD, &MISSING_FIELD, &WRONG_TYPE];
