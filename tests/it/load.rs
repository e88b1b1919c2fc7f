//! Broken files: the problems of each fixture, with their places, as a person sees them.

use std::fs;

use crate::{Repo, root};

#[test]
fn broken_files_are_explained_at_their_place() {
    insta::glob!("load/*.yaml", |path| {
        let source = fs::read(path).unwrap();
        let repo = Repo::new().file("broken.yaml", &source);
        let ran = repo.run(&["lint", "broken.yaml", "--max", "1000"]);
        assert_eq!(ran.status, 1, "{path:?} was accepted");
        assert!(!repo.path("generated").exists());
        insta::with_settings!({description => String::from_utf8_lossy(&source), omit_expression => true}, {
            insta::assert_snapshot!(ran);
        });
    });
}

#[test]
fn clean_catalogs_have_no_problems() {
    for catalog in [
        "catalog/tensorloop.yaml",
        "tests/it/catalogs/bare.yaml",
        "tests/it/catalogs/corners.yaml",
        "tests/it/catalogs/features.yaml",
        "tests/it/catalogs/odd-but-legal.yaml",
    ] {
        let path = root().join(catalog);
        let ran = Repo::new().run(&["lint", path.to_str().unwrap()]);
        assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{catalog}");
        assert!(ran.stderr.ends_with(": no problems\n"), "{ran}");
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let unix = fs::read_to_string(root().join("tests/it/catalogs/features.yaml")).unwrap();
    let windows = format!("\u{feff}{}", unix.replace('\n', "\r\n"));
    let made = |text: &str| {
        let repo = Repo::new().file("errors.yaml", text);
        repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "json", "--out-root", "out"]);
        repo.read("out/json/catalog.json")
    };
    assert_eq!(made(&unix), made(&windows));
}
