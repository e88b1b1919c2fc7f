//! Turns names into Python identifiers that clash with nothing where they are used.

use super::ident::plain;

/// A Python identifier (the Python Language Reference, section 2.3). Avoids `__debug__` too, which
/// can't be assigned to.
pub(crate) fn ident(name: &str) -> String {
    with_joint(plain(name), |ident| is_in(KEYWORDS, ident))
}

/// The name of a function in a module: hides no built-in function, and nothing that generated modules
/// have.
pub(crate) fn function(name: &str) -> String {
    with_joint(ident(name), |ident| is_in(BUILT_IN, ident) || is_in(GLOBALS, ident))
}

/// The name of a value of an error, as an argument and an attribute: hides nothing that every error
/// has.
pub(crate) fn attribute(name: &str) -> String {
    let is_taken = |ident: &str| ident.starts_with("is_") || is_in(ATTRIBUTES, ident);
    with_joint(ident(name), is_taken)
}

fn with_joint(ident: String, is_taken: impl Fn(&str) -> bool) -> String {
    if is_taken(&ident) { ident + "_" } else { ident }
}

/// Whether a name is in a list, which is sorted.
fn is_in(names: &[&str], name: &str) -> bool {
    names.binary_search(&name).is_ok()
}

/// Keywords (the Python Language Reference, section 2.3.1), without the soft ones, which are valid
/// identifiers, and with `__debug__`.
const KEYWORDS: &[&str] = &[
    "False",
    "None",
    "True",
    "__debug__",
    "and",
    "as",
    "assert",
    "async",
    "await",
    "break",
    "class",
    "continue",
    "def",
    "del",
    "elif",
    "else",
    "except",
    "finally",
    "for",
    "from",
    "global",
    "if",
    "import",
    "in",
    "is",
    "lambda",
    "nonlocal",
    "not",
    "or",
    "pass",
    "raise",
    "return",
    "try",
    "while",
    "with",
    "yield",
];

/// The built-in functions and types.
const BUILT_IN: &[&str] = &[
    "abs",
    "aiter",
    "all",
    "anext",
    "any",
    "ascii",
    "bin",
    "bool",
    "breakpoint",
    "bytearray",
    "bytes",
    "callable",
    "chr",
    "classmethod",
    "compile",
    "complex",
    "copyright",
    "credits",
    "delattr",
    "dict",
    "dir",
    "divmod",
    "enumerate",
    "eval",
    "exec",
    "exit",
    "filter",
    "float",
    "format",
    "frozenset",
    "getattr",
    "globals",
    "hasattr",
    "hash",
    "help",
    "hex",
    "id",
    "input",
    "int",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "license",
    "list",
    "locals",
    "map",
    "max",
    "memoryview",
    "min",
    "next",
    "object",
    "oct",
    "open",
    "ord",
    "pow",
    "print",
    "property",
    "quit",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "setattr",
    "slice",
    "sorted",
    "staticmethod",
    "str",
    "sum",
    "super",
    "tuple",
    "type",
    "vars",
    "zip",
];

/// What generated modules import or define, in lower case.
const GLOBALS: &[&str] = &[
    "annotations",
    "asyncio",
    "cached_property",
    "cast",
    "dataclass_transform",
    "enum",
    "json",
    "math",
    "new_error",
    "next_delay",
    "os",
    "overload",
    "parse_retry_after",
    "re",
    "retry",
    "retry_advice_for_status",
    "retrying",
    "retrying_async",
    "runtime",
    "time",
    "typing",
];

/// The attributes of every error, those of its base classes, and what its class and the functions that
/// make errors use.
const ATTRIBUTES: &[&str] = &[
    "add_note",
    "args",
    "body",
    "bool",
    "cast",
    "code",
    "code_text",
    "detect",
    "detect_response",
    "entry",
    "errors",
    "float",
    "from_openai",
    "from_response",
    "gave_up",
    "headers",
    "int",
    "join",
    "matches",
    "mro",
    "name",
    "new_error",
    "next_delay",
    "object",
    "params",
    "property",
    "raise_for",
    "read",
    "read_event",
    "response",
    "retry_advice",
    "retry_after_s",
    "retryable",
    "runtime",
    "self",
    "status",
    "str",
    "text",
    "with_traceback",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_sorted() {
        for names in [KEYWORDS, BUILT_IN, GLOBALS, ATTRIBUTES] {
            assert!(names.is_sorted(), "{names:?}");
        }
    }

    #[test]
    fn names_hide_nothing() {
        for (name, as_function, as_attribute) in [
            ("alias_taken", "alias_taken", "alias_taken"),
            ("type", "type_", "type"),
            ("open", "open_", "open"),
            ("status", "status", "status_"),
            ("is_new", "is_new", "is_new_"),
            ("retrying", "retrying_", "retrying"),
            ("class", "class_", "class_"),
        ] {
            assert_eq!(
                (function(name), attribute(name)),
                (as_function.into(), as_attribute.into())
            );
        }
    }
}
