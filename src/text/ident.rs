//! Turns names into identifiers of each language that follow its case and avoid its keywords.

use super::python_names;
use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// How the words of a name are joined.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Case {
    Snake,
    ScreamingSnake,
    Camel,
    Pascal,
    Kebab,
}

/// The words of a text, joined in a case. The result has only ASCII letters, digits and the
/// separator. `None` if the text has no ASCII letter or digit.
pub(crate) fn in_case(text: &str, case: Case) -> Option<String> {
    // Most names are in snake case, and each is converted many times.
    if is_snake(text) { Some(of_snake(text, case)) } else { of_words(text, case) }
}

/// A name in snake case, in another case.
fn of_snake(name: &str, case: Case) -> String {
    match case {
        Case::Snake => name.to_owned(),
        Case::ScreamingSnake => name.to_ascii_uppercase(),
        Case::Kebab => name.replace('_', "-"),
        Case::Camel => capitalized(name, false),
        Case::Pascal => capitalized(name, true),
    }
}

/// The words of a name in snake case as one, each with a capital letter. `starts_word` tells whether the
/// first has one too.
fn capitalized(name: &str, mut starts_word: bool) -> String {
    let mut words = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'_' => {}
            byte if starts_word => words.push(char::from(byte.to_ascii_uppercase())),
            byte => words.push(char::from(byte)),
        }
        starts_word = byte == b'_';
    }
    words
}

fn of_words(text: &str, case: Case) -> Option<String> {
    let words: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let name = match case {
        Case::Snake => words.to_snake_case(),
        Case::ScreamingSnake => words.to_shouty_snake_case(),
        Case::Camel => words.to_lower_camel_case(),
        Case::Pascal => words.to_pascal_case(),
        Case::Kebab => words.to_kebab_case(),
    };
    (!name.is_empty()).then_some(name)
}

/// Whether a text has only lower-case words of ASCII letters and digits, with one `_` between them.
fn is_snake(text: &str) -> bool {
    let mut starts_word = true;
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => starts_word = false,
            b'_' if !starts_word => starts_word = true,
            _ => return false,
        }
    }
    !starts_word
}

/// A Rust identifier (the Rust Reference, "Identifiers" and "Keywords").
pub(crate) fn rust(name: &str) -> String {
    let ident = plain(name);
    match ident.as_str() {
        // Keywords without a raw form, and `ALL`, which would hide the list of all codes.
        "_" | "self" | "Self" | "super" | "crate" | "ALL" => ident + "_",
        keyword if RUST_KEYWORDS.contains(&keyword) => format!("r#{keyword}"),
        _ => ident,
    }
}

/// The name of the method that returns a value of a Rust error. `name` is the value's name in snake
/// case. The result clashes with no setter and no other method of the error.
pub(crate) fn rust_getter(name: &str) -> String {
    let like_a_setter = if name.starts_with("with_") { "_" } else { "" };
    free_method(&rust(name)) + like_a_setter
}

/// The name of the method that sets a value of a Rust error. Clashes with no other method either.
pub(crate) fn rust_setter(name: &str) -> String {
    free_method(&format!("with_{}", plain(name)))
}

fn free_method(name: &str) -> String {
    let is_taken = RUST_METHODS.contains(&name);
    if is_taken { format!("{name}_") } else { name.to_owned() }
}

/// An identifier that is free in a JavaScript or TypeScript module (ECMA-262, section 12.7.2).
pub(crate) fn typescript(name: &str) -> String {
    let ident = plain(name);
    if TYPESCRIPT_KEYWORDS.contains(&ident.as_str()) { ident + "_" } else { ident }
}

/// Whether an object literal can have a property of this name without quotes. `__proto__` sets the
/// prototype, with or without quotes.
pub(crate) fn is_property(name: &str) -> bool {
    is_plain(name) && name != "__proto__"
}

/// Whether every object of JavaScript has a member of this name: ECMA-262, section 20.1.3.
pub(crate) fn is_inherited(name: &str) -> bool {
    matches!(
        name,
        "constructor"
            | "hasOwnProperty"
            | "isPrototypeOf"
            | "propertyIsEnumerable"
            | "toLocaleString"
            | "toString"
            | "valueOf"
            | "__proto__"
            | "__defineGetter__"
            | "__defineSetter__"
            | "__lookupGetter__"
            | "__lookupSetter__"
    )
}

/// Whether generated packages can't use this name for the module of a surface.
pub(crate) fn is_reserved_module(name: &str) -> bool {
    rust(name) != name || python_names::ident(name) != name || RESERVED_MODULES.contains(&name)
}

/// Names that clash with something a surface's module could replace. In a generated crate, these
/// are `src/lib.rs`, `src/runtime/`, the crate `std`, which `lib.rs` declares, and `src/main.rs`,
/// which Cargo would build as a program. On the page, an error `strategy` of a surface `retry`
/// would share its anchor with the section about retrying.
const RESERVED_MODULES: &[&str] = &["lib", "main", "retry", "runtime", "std"];

/// Replaces everything but ASCII letters, digits and `_`. The result isn't empty and doesn't start
/// with a digit.
pub(super) fn plain(name: &str) -> String {
    if is_plain(name) {
        return name.to_owned();
    }
    let start = if name.starts_with(|c: char| !c.is_ascii_digit()) { "" } else { "_" };
    let rest = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    start.chars().chain(rest).collect()
}

/// Whether a name has only such characters, and no digit first.
fn is_plain(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    name.starts_with(|c: char| !c.is_ascii_digit()) && name.bytes().all(is_part)
}

/// The strict and reserved keywords of all editions (the Rust Reference, "Keywords"), except the
/// four without a raw form.
const RUST_KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// The methods that a generated `ApiError` has for any catalog: its own, those of its traits and of
/// the traits that every type has, and three that it may get later.
const RUST_METHODS: &[&str] = &[
    // Its own.
    "body",
    "caused_by",
    "check",
    "code",
    "code_text",
    "detect",
    "detect_response",
    "entry",
    "from_response",
    "headers",
    "matches",
    "new",
    "read",
    "read_event",
    "retry_advice",
    "retry_after",
    "retryable",
    "status",
    "text",
    "to_response",
    "with_retry_after",
    "with_status",
    // Methods that it may get later.
    "docs",
    "fix",
    "meaning",
    // Clone, PartialEq, Debug and Display, Error, axum's IntoResponse, CatalogError.
    "clone",
    "clone_from",
    "eq",
    "ne",
    "fmt",
    "cause",
    "description",
    "source",
    "into_response",
    "params",
    // ToString, ToOwned, From and Into, TryFrom and TryInto, Borrow and BorrowMut, Any.
    "to_string",
    "clone_into",
    "to_owned",
    "from",
    "into",
    "try_from",
    "try_into",
    "borrow",
    "borrow_mut",
    "type_id",
];

/// Keywords and reserved words (ECMA-262, section 12.7.2), including those of strict mode, and
/// names that a module must not shadow.
const TYPESCRIPT_KEYWORDS: &[&str] = &[
    "any",
    "arguments",
    "as",
    "async",
    "await",
    "boolean",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "constructor",
    "continue",
    "debugger",
    "declare",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "get",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "module",
    "never",
    "new",
    "null",
    "number",
    "object",
    "of",
    "package",
    "private",
    "protected",
    "public",
    "require",
    "return",
    "set",
    "static",
    "string",
    "super",
    "switch",
    "symbol",
    "this",
    "throw",
    "true",
    "try",
    "type",
    "typeof",
    "undefined",
    "unknown",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use proptest::{prop_assert, prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn keywords_and_odd_names_become_identifiers() {
        for (name, rust_name, typescript_name, python_name) in [
            ("type", "r#type", "type_", "type"),
            ("self", "self_", "self", "self"),
            ("Self", "Self_", "Self", "Self"),
            ("ALL", "ALL_", "ALL", "ALL"),
            ("lambda", "lambda", "lambda", "lambda_"),
            ("a.b-c:d/e", "a_b_c_d_e", "a_b_c_d_e", "a_b_c_d_e"),
            ("1st", "_1st", "_1st", "_1st"),
            ("", "__", "_", "_"),
            ("_", "__", "_", "_"),
        ] {
            assert_eq!(rust(name), rust_name);
            assert_eq!(typescript(name), typescript_name);
            assert_eq!(python_names::ident(name), python_name);
        }
    }

    #[test]
    fn methods_of_an_error_hide_none_of_its_others() {
        for (name, getter, setter) in [
            ("detail", "detail", "with_detail"),
            ("type", "r#type", "with_type"),
            ("self", "self_", "with_self"),
            ("clone", "clone_", "with_clone"),
            ("status", "status_", "with_status_"),
            ("with_x", "with_x_", "with_with_x"),
            ("with_status", "with_status__", "with_with_status"),
        ] {
            assert_eq!((rust_getter(name), rust_setter(name)), (getter.into(), setter.into()));
        }
    }

    #[test]
    fn a_module_takes_no_name_that_the_crate_needs() {
        for name in ["lib", "main", "retry", "runtime", "std", "type", "self", "lambda"] {
            assert!(is_reserved_module(name), "{name}");
        }
        // A module may be named like a primitive type, a dependency or a module of the runtime.
        for name in ["api", "body", "core", "http", "serde", "str", "u16", "unknown"] {
            assert!(!is_reserved_module(name), "{name}");
        }
    }

    #[test]
    fn a_module_takes_no_file_that_a_target_has_beside_it() {
        let mut neighbors = BTreeSet::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")];
        while let Some(folder) = folders.pop() {
            let mut names = BTreeSet::new();
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                names.insert(entry.file_name().into_string().unwrap());
                folders.extend(entry.file_type().unwrap().is_dir().then(|| entry.path()));
            }
            let Some(extension) = names.iter().find_map(|name| name.strip_prefix("[surface]"))
            else {
                continue;
            };
            let stems = names.iter().filter_map(|name| name.strip_suffix(extension));
            // No id of a surface starts with `_`.
            let stems = stems.filter(|name| *name != "[surface]" && !name.starts_with('_'));
            neighbors.extend(stems.map(str::to_owned));
        }
        assert!(neighbors.contains("lib"), "{neighbors:?}");
        for name in neighbors {
            assert!(is_reserved_module(&name), "{name}");
        }
    }

    #[test]
    fn names_in_snake_case_become_what_heck_makes_of_them() {
        use Case::{Camel, Kebab, Pascal, ScreamingSnake, Snake};
        proptest!(|(name in "[a-z0-9]{1,4}(_[a-z0-9]{1,4}){0,3}")| {
            prop_assert!(is_snake(&name));
            for case in [Snake, ScreamingSnake, Camel, Pascal, Kebab] {
                prop_assert_eq!(Some(of_snake(&name, case)), of_words(&name, case));
            }
        });
        for name in ["", "_", "a_", "_a", "a__b", "aB", "a-b", "é"] {
            assert!(!is_snake(name), "{name}");
        }
    }

    #[test]
    fn a_plain_name_is_an_identifier_as_it_is() {
        proptest!(|(name in "[0-9a-zA-Z_é-]{0,4}")| {
            let long: String =
                name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
            let is_whole = !long.is_empty() && !long.starts_with(|c: char| c.is_ascii_digit());
            prop_assert_eq!(plain(&name), if is_whole { long } else { format!("_{long}") });
        });
    }

    #[test]
    fn case_conversion_yields_ascii_alone() {
        assert_eq!(
            in_case("auth.token.expired", Case::Pascal).as_deref(),
            Some("AuthTokenExpired")
        );
        assert_eq!(in_case("Größe Ω x", Case::Kebab).as_deref(), Some("gr-e-x"));
        assert_eq!(in_case("错误", Case::Snake), None);
    }
}
