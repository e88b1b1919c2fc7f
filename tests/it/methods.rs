//! The methods of a generated `ApiError`: a placeholder's method never hides one that every error has.

use std::collections::BTreeSet;

use syn::{ImplItem, Item, Meta, Type};

use crate::{Repo, root};

/// Errors of each kind, without a placeholder.
const BARE: &str = "\
errcat: 1
product: Bare
version: 1.0.0
title: Errors
surfaces:
  - id: texts
    title: By a text
    shape: {body: {error: <code>}}
    errors:
      - {code: broken, status: 400, meaning: Broken, fix: Repair it., retryable: false}
  - id: numbers
    title: By a number
    shape: {body: {error: <code>}}
    errors:
      - {code: 7, name: broken, status: 400, meaning: Broken, fix: Repair it., retryable: false}
  - id: statuses
    title: By the status
    shape: {body: {error: <meaning>}}
    errors:
      - {status: 400, meaning: Broken, fix: Repair it., retryable: false}
  - id: optional
    title: By an optional code
    shape: {body: {error?: <code>}}
    errors:
      - {code: broken, status: 400, meaning: Broken, fix: Repair it., retryable: false}
      - {status: 404, meaning: Gone, fix: Look elsewhere., retryable: false}
  - id: several
    title: Several at once
    shape: {body: {errors: [{error: <code>}]}}
    errors:
      - {code: broken, status: 400, meaning: Broken, fix: Repair it., retryable: false}
";

/// Methods that only some kinds of errors have. `getter` in templates/_rust/types.rs.j2 keeps them free.
const OF_SOME: &[&str] = &["errors", "join", "name"];

/// The stable methods of traits.
const OF_TRAITS: &[(&str, &[&str])] = &[
    ("CatalogError", &["code_text", "entry", "params", "retry_advice", "retry_after", "status"]),
    ("Clone", &["clone", "clone_from"]),
    ("Debug", &["fmt"]),
    ("Display", &["fmt"]),
    ("Error", &["cause", "description", "source"]),
    ("IntoResponse", &["into_response"]),
    ("PartialEq", &["eq", "ne"]),
    ("Sealed", &[]),
];

/// Those of the traits in `core` and `alloc` that a type like this has automatically.
const OF_EVERY_TYPE: &[&str] = &[
    "borrow",
    "borrow_mut",
    "clone_into",
    "from",
    "into",
    "to_owned",
    "to_string",
    "try_from",
    "try_into",
    "type_id",
];

/// Those that the error may get.
const PLANNED: &[&str] = &["docs", "fix", "meaning"];

/// Every method of an `ApiError` that has no placeholder.
pub(crate) fn taken() -> BTreeSet<String> {
    let repo = Repo::new().file("errors.yaml", BARE);
    repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "rust", "--out-root", "."]);
    let mut methods: BTreeSet<String> = OF_EVERY_TYPE.iter().map(|&name| name.into()).collect();
    let mut of_trait = |name: &str| {
        let found = OF_TRAITS.iter().find(|(own, _)| *own == name);
        let (_, own) = found.unwrap_or_else(|| panic!("list the methods of {name}"));
        methods.extend(own.iter().map(|&name| name.into()));
    };
    let mut inherent = Vec::new();
    for surface in ["texts", "numbers", "statuses", "optional", "several"] {
        let file = syn::parse_file(&repo.read(&format!("rust/src/{surface}.rs"))).unwrap();
        for item in file.items {
            match item {
                Item::Struct(item) if item.ident == "ApiError" => {
                    let derives = item.attrs.iter().filter(|one| one.path().is_ident("derive"));
                    for derive in derives {
                        let Meta::List(list) = &derive.meta else { panic!("an odd derive") };
                        for name in list.tokens.to_string().split(',') {
                            of_trait(name.trim());
                        }
                    }
                }
                Item::Impl(item) if is_error(&item.self_ty) => match item.trait_ {
                    Some((_, path, _)) => {
                        of_trait(&path.segments.last().unwrap().ident.to_string());
                    }
                    None => inherent.extend(item.items),
                },
                _ => {}
            }
        }
    }
    methods.extend(inherent.into_iter().map(|item| match item {
        ImplItem::Fn(method) => method.sig.ident.to_string(),
        _ => panic!("an item that is not a method"),
    }));
    methods
}

fn is_error(of: &Type) -> bool {
    matches!(of, Type::Path(path) if path.path.is_ident("ApiError"))
}

#[test]
fn every_method_of_an_error_is_known_to_be_taken() {
    let source = std::fs::read_to_string(root().join("src/text/ident.rs")).unwrap();
    let (_, list) = source.split_once("const RUST_METHODS: &[&str] = &[").unwrap();
    let (list, _) = list.split_once("];").unwrap();
    let listed = list.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix("\","));
    let mut methods = taken();
    methods.extend(PLANNED.iter().map(|&name| name.into()));
    for name in OF_SOME {
        assert!(methods.remove(*name), "{name}");
    }
    assert_eq!(listed.map(str::to_owned).collect::<BTreeSet<_>>(), methods);
}
