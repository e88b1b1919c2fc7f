//! The fields of errcat.yaml, and the rules about their values.

use super::option::OPTION_VALUE;
use super::requirement::{self, Requirement};
use super::target::{OPTION_NAME, UNKNOWN_OPTION, UNKNOWN_TARGET};
use crate::diagnostic::Rule;
use crate::document::schema::{Field, Form, Kind, Mapping, Need, Range};
use crate::text::chars;

pub(crate) const CONFIG_FORMAT: Rule = Rule {
    name: "config-format",
    what: "a config of a format version that this errcat doesn't read",
    why: "its fields may mean something else",
    fix: "write `errcat: 1`, or use an errcat that reads the newer format",
    bad: "errcat: 2",
    good: "errcat: 1",
};
pub(crate) const DUPLICATE_TARGET: Rule = Rule {
    name: "duplicate-target",
    what: "an output that lists a target twice, or has both `target` and `targets`",
    why: "each target of an output is made once, in one folder",
    fix: "remove one of the two",
    bad: "targets: [json, markdown, json]",
    good: "targets: [json, markdown]",
};
pub(crate) const EMPTY_OUTPUTS: Rule = Rule {
    name: "empty-outputs",
    what: "an errcat.yaml, or an output in it, that asks for nothing",
    why: "errcat would write and check nothing, and report success",
    fix: "list what to make",
    bad: "outputs: []",
    good: "outputs: [{catalog: errors.yaml, target: json, out: generated/json}]",
};
pub(crate) const MALFORMED_REQUIREMENT: Rule = Rule {
    name: "malformed-requirement",
    what: "a `requires` that doesn't name versions",
    why: "errcat compares its own version with it before it generates anything",
    fix: "write versions as Cargo does",
    bad: "requires: newest",
    good: "requires: \">=0.2, <0.3\"",
};
pub(crate) const MALFORMED_PATH: Rule = Rule {
    name: "malformed-path",
    what: "a path that is empty, can't be shown, or means something else on another system",
    why: "errcat takes a path literally, so this one would lead somewhere else",
    fix: "write a path relative to errcat.yaml",
    bad: "out: generated\\rust",
    good: "out: generated/rust",
};
pub(crate) const MALFORMED_PATTERN: Rule = Rule {
    name: "malformed-pattern",
    what: "a glob or a regular expression in `sources` that can't be read",
    why: "`errcat verify --source` finds files and codes with it",
    fix: "write a regular expression with a group `(?<code>…)`, in single quotes",
    bad: "code: 'ErrorCode = \"([a-z_]+)\"'",
    good: "code: 'ErrorCode = \"(?<code>[a-z_]+)\"'",
};
pub(crate) const EMPTY_SOURCE: Rule = Rule {
    name: "empty-source",
    what: "an item of `sources` that finds no file, no code or no surface",
    why: "`errcat verify --source` would check nothing, and report success",
    fix: "correct it: globs are relative to the folder of errcat.yaml",
    bad: "sources: [{catalog: errors.yaml, files: scr}]",
    good: "sources: [{catalog: errors.yaml, files: src}]",
};
pub(crate) const MISSING_PATH: Rule = Rule {
    name: "missing-path",
    what: "a path in errcat.yaml that leads to nothing",
    why: "errcat reads the catalog or the templates from there",
    fix: "correct the path: it is relative to the folder of errcat.yaml",
    bad: "catalog: erors.yaml",
    good: "catalog: errors.yaml",
};
pub(crate) const SHARED_ONLY: Rule = Rule {
    name: "shared-only",
    what: "an output of a catalog in which every surface lacks a `shape`",
    why: "such surfaces exist only for others to include, and have no outputs of their own",
    fix: "remove the output, or give a surface of the catalog a `shape`",
    bad: "outputs: [{catalog: common.yaml, target: json, out: generated/json}]",
    good: "outputs: [{catalog: errors.yaml, target: json, out: generated/json}]",
};
/// The rules about errcat.yaml.
pub(crate) const RULES: &[&Rule] = &[
    &CONFIG_FORMAT,
    &DUPLICATE_TARGET,
    &EMPTY_OUTPUTS,
    &EMPTY_SOURCE,
    &MALFORMED_PATH,
    &MALFORMED_PATTERN,
    &MALFORMED_REQUIREMENT,
    &MISSING_PATH,
    &OPTION_VALUE,
    &SHARED_ONLY,
    &UNKNOWN_OPTION,
    &UNKNOWN_TARGET,
];

const FORMAT: Range = Range { rule: &CONFIG_FORMAT, what: "format version", min: 1, max: 1 };

const REQUIREMENT: Form = Form {
    rule: &MALFORMED_REQUIREMENT,
    what: "a requirement on errcat's version",
    pattern: "^.+$",
    example: ">=0.2, <0.3",
    holds: |text| Requirement::parse(text).is_some(),
    within: None,
    flaw: Some(requirement::flaw),
    meant: None,
};

/// Paths are printed, and appear in the header of generated files.
pub(super) const PATH: Form = Form {
    rule: &MALFORMED_PATH,
    what: "a path",
    pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ufffe\\uffff]+$",
    example: "generated/rust",
    holds: |text| !text.is_empty() && !text.contains(chars::is_unprintable),
    within: None,
    flaw: None,
    meant: None,
};

const GLOB: Form =
    Form { rule: &MALFORMED_PATTERN, what: "a glob", example: "src/**/*.ts", ..PATH };

const CODE_PATTERN: Form = Form {
    rule: &MALFORMED_PATTERN,
    what: "a regular expression with a group `code`",
    pattern: "\\(\\?P?<code>",
    example: "ErrorCode = \"(?<code>[a-z_]+)\"",
    holds: |text| text.contains("(?<code>") || text.contains("(?P<code>"),
    within: None,
    flaw: Some(|_| Some("it lacks a group `(?<code>…)`".to_owned())),
    meant: None,
};

pub(crate) const CONFIG: Mapping = Mapping {
    name: "config",
    what: "a config",
    fields: &[
        Field::required(
            "errcat",
            Kind::Integer(&FORMAT),
            "the version of the config format, which is 1",
        ),
        Field::optional(
            "requires",
            Kind::Form(&REQUIREMENT),
            "the versions of errcat that may generate here",
        ),
        Field::optional(
            "templates",
            Kind::Form(&PATH),
            "a folder of templates that come before the built-in ones",
        ),
        Field::optional(
            "outputs",
            Kind::List(&Kind::Mapping(&OUTPUT)),
            "what to make, as in `[{catalog: errors.yaml, target: json, out: generated}]`",
        )
        .needed(Need::Without("sources")),
        Field::optional(
            "sources",
            Kind::List(&Kind::Mapping(&SOURCE)),
            "where the source uses the codes, for `errcat verify --source`",
        ),
    ],
};

/// What an option may be. Its target decides which of these it takes.
const VALUE: Kind = Kind::OneOf(&[Kind::Paragraphs, Kind::Boolean, Kind::List(&Kind::Paragraphs)]);

const OUTPUT: Mapping = Mapping {
    name: "output",
    what: "an output",
    fields: &[
        Field::required("catalog", Kind::Form(&PATH), "the catalog's file"),
        Field::optional("target", Kind::Text, "what to make, such as `rust`")
            .needed(Need::Without("targets")),
        Field::optional(
            "targets",
            Kind::List(&Kind::Text),
            "what to make, such as `[rust, markdown]`, each in a folder of its name in `out`",
        ),
        Field::required("out", Kind::Form(&PATH), "the folder to make it in"),
        Field::optional("options", Kind::Named(&OPTION_NAME, &VALUE), "the target's options"),
    ],
};

const SOURCE: Mapping = Mapping {
    name: "source",
    what: "a source",
    fields: &[
        Field::required(
            "catalog",
            Kind::Form(&PATH),
            "the file of the catalog that lists the codes",
        ),
        Field::optional(
            "surface",
            Kind::Text,
            "the surface that lists them; if you leave it out, any surface of the catalog",
        ),
        Field::required(
            "files",
            Kind::OneOf(&[Kind::Form(&GLOB), Kind::List(&Kind::Form(&GLOB))]),
            "the source files: globs as in .gitignore, such as `src/**/*.go`; `!` leaves files out",
        ),
        Field::optional(
            "code",
            Kind::Form(&CODE_PATTERN),
            "a regular expression that finds each code in the source, as its group `code`",
        ),
    ],
};
