//! The library as programs call it. What Cargo makes of it in a build script is tried with the
//! examples, by `tests/examples`.

use std::fs;

use errcat::{Change, Drift, Error, Generator, Target};

use crate::{Repo, files_below};

fn repo() -> (Repo, std::path::PathBuf) {
    let repo = Repo::new().file("errors.yaml", crate::SMALL);
    let catalog = repo.path("errors.yaml");
    (repo, catalog)
}

/// What a build script that failed shows, as Cargo shows it.
fn shown(error: &Error) -> String {
    format!("Error: {error:?}")
}

#[test]
fn targets_are_made_in_one_folder_whatever_comes_first() {
    let (repo, catalog) = repo();
    let module = || Target::new("rust-module").option("features", ["json", "serde"]);
    for generator in [
        Generator::new(&catalog).out_dir(repo.path("a")).target(module()).target("json"),
        Generator::new(&catalog).target(module()).target("json").out_dir(repo.path("b")),
    ] {
        let changes = generator.generate().unwrap();
        assert_eq!(changes.len(), 4, "{changes:?}");
        assert_eq!(generator.generate().unwrap(), []);
        assert_eq!(generator.check().unwrap(), []);
    }
    assert_eq!(files_below(&repo.path("a")), files_below(&repo.path("b")));
    assert!(repo.read("a/errors.rs").contains("impl serde::Serialize"));
}

#[test]
fn one_target_of_a_config_can_be_made_alone() {
    let config = "errcat: 1\noutputs:\n- {catalog: errors.yaml, target: json, out: a}\n\
                  - {catalog: errors.yaml, target: markdown, out: b}\n";
    let (repo, _) = repo();
    let repo = repo.file("errcat.yaml", config);
    let generator = || Generator::from_config(repo.path("errcat.yaml")).unwrap();
    let changes = generator().only(&["markdown"]).unwrap().generate().unwrap();
    assert_eq!(changes, [Change::Wrote(repo.path("b/errors.md"))]);
    assert_eq!(changes[0].to_string(), format!("wrote {}", repo.path("b/errors.md").display()));
    fs::write(repo.path("b/errors.md"), "").unwrap();
    let drift = generator().only(&["markdown"]).unwrap().check().unwrap();
    assert_eq!(drift[0].to_string(), format!("differs: {}", repo.path("b/errors.md").display()));
    generator().only(&["markdown"]).unwrap().generate().unwrap();
    let missing = ["a/catalog.d.ts", "a/catalog.json", "a/catalog.schema.json"]
        .map(|file| Drift::Missing(repo.path(file)));
    assert_eq!(generator().check().unwrap(), missing);
    let unknown = generator().only(&["markdwon"]).unwrap_err().to_string();
    assert!(unknown.contains("did you mean `markdown`?"), "{unknown}");
}

#[test]
fn a_mistake_in_the_call_says_what_to_write() {
    let (repo, catalog) = repo();
    let new = || Generator::new(&catalog).out_dir(repo.path("x"));
    let option = |name: &str, value: bool| Target::new("markdown").option(name, value);
    for (generator, message, help) in [
        (new(), "no target is named", ".target(\"rust-module\")"),
        (new().target("rust-modul"), "no target `rust-modul`", "did you mean `rust-module`?"),
        (new().target(option("frontmater", true)), "`frontmater`", "did you mean `frontmatter`?"),
        (
            new().target(Target::new("openapi").option("codes", "opne")),
            "`codes` has no choice `opne`",
            "did you mean `open`?",
        ),
        (
            new().target(Target::new("markdown").option("frontmatter", "yes")),
            "must be true or false",
            "write `true` or `false`",
        ),
        (
            new().target(Target::new("rust-module").option("features", "jsno htpt1")),
            "`features` must be a list",
            "did you mean `[json, http1]`?",
        ),
        (
            new().target(Target::new("rust-module").option("features", ["json", "sdt"])),
            "`features` has no choice `sdt`",
            "did you mean `std`?",
        ),
        (
            new().target(Target::new("rust-module").option("features", ["std", "std"])),
            "`std` is listed twice",
            "remove one of the two",
        ),
        (
            new().target(Target::new("rust").option("name", "My Crate!")),
            "`My Crate!` is not the name of a crate",
            "`acme-errors`",
        ),
        (
            new().target(Target::new("typescript").option("name", "@Acme/errors")),
            "`@Acme/errors` is not the name of an npm package",
            "`@acme/errors`",
        ),
        (new().target("json").target("json"), "json", "folder"),
    ] {
        let error = generator.generate().unwrap_err();
        assert!(error.diagnostics().is_none());
        let shown = shown(&error);
        assert!(shown.contains(message) && shown.contains(help), "{shown}");
        assert!(generator.check().is_err());
        assert!(!repo.path("x").exists(), "it wrote something");
    }
}

/// Cargo shows the `Debug` of an error, so that is the message for a person.
#[test]
fn a_catalog_with_problems_fails_with_its_lines() {
    let (repo, catalog) = repo();
    fs::write(&catalog, crate::SMALL.replace("status: 400", "status: 4000")).unwrap();
    let error = Generator::new(&catalog).target("json").out_dir(repo.path("x")).generate();
    let error = error.unwrap_err();
    let [file] = error.diagnostics().unwrap() else { panic!() };
    let problem = file.iter().next().unwrap();
    assert_eq!(problem.rule().name, "status-range");
    insta::with_settings!({filters => vec![(repo.path("").to_str().unwrap(), "[REPO]/")]}, {
        insta::assert_snapshot!("a build script that failed", shown(&error));
    });
    assert!(!repo.path("x").exists());
}

/// Your own templates, and what the outputs are made from.
#[test]
fn templates_are_inputs_too() {
    let (repo, catalog) = repo();
    let repo = repo.file("own/codes/codes.txt.j2", "{{ catalog.product | text }}\n");
    let generator = Generator::new(&catalog)
        .templates(repo.path("own"))
        .target("codes")
        .out_dir(repo.path("x"))
        .depfile(repo.path("x.d"));
    assert_eq!(generator.inputs(), [catalog.clone(), repo.path("own")]);
    // It describes no options, so it has none.
    let option = Target::new("codes").option("a", "b");
    let asked = Generator::new(&catalog).templates(repo.path("own")).target(option);
    let error = asked.out_dir(repo.path("x")).generate().unwrap_err().to_string();
    assert!(error.contains("no option `a`"), "{error}");
    assert!(error.contains("`_target.yaml`: see `errcat templates docs`"), "{error}");
    generator.generate().unwrap();
    assert!(repo.read("x/codes.txt").ends_with("\nSmall\n"));
    for path in [catalog, repo.path("own/codes/codes.txt.j2")] {
        assert!(repo.read("x.d").contains(path.to_str().unwrap()));
    }
}

/// A build script, anyhow and eyre print "Error: " and a chain of causes.
#[test]
fn an_error_reads_well_after_the_word_and_in_a_chain() {
    let (repo, catalog) = repo();
    let fails = |text: &str| {
        fs::write(&catalog, text).unwrap();
        Generator::new(&catalog).target("json").out_dir(repo.path("x")).generate().unwrap_err()
    };
    let absent = Generator::new(repo.path("erors.yaml")).target("json").generate().unwrap_err();
    for error in [absent, fails("a: ["), fails(&crate::SMALL.replace("400", "4000"))] {
        let shown = shown(&error);
        assert!(!shown.starts_with("Error: error"), "{shown}");
        let mut chain = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(one) = cause {
            chain += &format!(": {one}");
            cause = one.source();
        }
        assert_eq!(chain.matches("No such file").count(), shown.matches("No such file").count());
        for line in chain.lines().filter(|line| line.len() > 20) {
            assert_eq!(chain.matches(line).count(), 1, "{chain}");
        }
    }
}
