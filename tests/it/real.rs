//! Catalogs of public APIs say what these APIs send, without bending it.

use std::fs;

use crate::{Repo, files_below, root};

#[test]
fn catalogs_of_public_apis_have_no_problems() {
    let folder = root().join("tests/it/real");
    let mut catalogs = files_below(&folder);
    catalogs.retain(|file| file != "README.md");
    assert!(catalogs.len() >= 23, "{catalogs:?}");
    for file in &catalogs {
        let repo = Repo::new().file(file, fs::read_to_string(folder.join(file)).unwrap());
        repo.lint(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
}
