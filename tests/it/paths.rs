//! Paths that lead to nothing, or that only a shell or another system understands: each is refused where
//! it is written, with what to write instead.

use crate::{Ran, Repo, SMALL, files_below};

fn config(catalog: &str, out: &str) -> String {
    format!("errcat: 1\noutputs:\n  - {{catalog: '{catalog}', target: json, out: '{out}'}}\n")
}

#[test]
fn a_misspelled_path_in_errcat_yaml_is_a_problem_at_its_line() {
    for (file, written, meant) in [
        ("errors.yaml", "erors.yaml", Some("errors.yaml")),
        ("errors.yaml", "errors.yml", Some("errors.yaml")),
        ("errors.yaml", "Errors.yaml", Some("errors.yaml")),
        (
            "services/billing/errors.yaml",
            "servcies/biling/errors.yaml",
            Some("services/billing/errors.yaml"),
        ),
        ("errors.yaml", "something/else.yaml", None),
        ("bad.yaml", "nope.yaml", None),
        ("x/errors.yaml", "x", None),
    ] {
        let repo = Repo::new().file(file, SMALL).file("errcat.yaml", config(written, "out"));
        for command in ["generate", "lint", "explain"] {
            let ran = repo.run(&[command]);
            let said = ran.stdout + &ran.stderr;
            assert_eq!(ran.status, 1, "{written}: {said}");
            assert!(said.contains("errcat.yaml:3:15"), "{said}");
            let help = meant
                .map_or("correct the path".to_owned(), |meant| format!("did you mean `{meant}`?"));
            assert!(said.contains(&help), "{said}");
        }
        assert!(!repo.path("out").exists());
    }
    // The targets that are asked for need no other catalog.
    let repo = Repo::new().file("errors.yaml", SMALL).file(
        "errcat.yaml",
        "{errcat: 1, outputs: [{catalog: a.yaml, target: rust, out: a}, {catalog: errors.yaml, target: json, out: b}]}",
    );
    repo.ok(&["generate", "--target", "json"]);
    repo.put(
        "errcat.yaml",
        "{errcat: 1, templates: tmplates, outputs: [{catalog: errors.yaml, target: own, out: b}]}",
    );
    repo.put("templates/own/x.txt", "x");
    let ran = repo.run(&["generate"]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("did you mean `templates`?"), "{}", ran.stderr);
    assert_eq!(ran.stderr.matches("error[").count(), 1, "{}", ran.stderr);
}

#[test]
fn a_misspelled_path_in_a_flag_has_a_suggestion() {
    let repo = Repo::new().file("errors.yaml", SMALL);
    for arguments in [
        &["generate", "--catalog", "erors.yaml"][..],
        &["lint", "--catalog", "erors.yaml"],
        &["lint", "erors.yaml"],
        &["explain", "--catalog", "erors.yaml"],
        &["templates", "context", "--catalog", "./erors.yaml"],
    ] {
        let ran = repo.run(arguments);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("errors.yaml`?"), "{}", ran.stderr);
    }
}

#[test]
fn what_errcat_does_not_expand_is_refused() {
    for (path, message) in [
        ("generated\\json", "write `generated/json`"),
        ("~/json", "errcat doesn't expand `~` in a path"),
        ("$HOME/json", "errcat doesn't expand `$HOME` in a path"),
        ("${HOME}/json", "errcat doesn't expand `${HOME}` in a path"),
        ("%APPDATA%/json", "errcat doesn't expand `%APPDATA%` in a path"),
        ("docs/*", "errcat doesn't expand `*` in a path"),
        ("https://acme.dev/x.yaml", "is a URL"),
        ("C:/json", "has a drive"),
        ("docs/aux/json", "Windows takes this name for a device"),
        ("docs /json", "can't end with a dot or a space"),
    ] {
        for (catalog, out) in [("errors.yaml", path), (path, "out")] {
            let repo =
                Repo::new().file("errors.yaml", SMALL).file("errcat.yaml", config(catalog, out));
            let ran = repo.run(&["generate"]);
            assert_eq!(ran.status, 1, "{path}: {}", ran.stderr);
            assert!(ran.stderr.contains("error[malformed-path]"), "{}", ran.stderr);
            assert!(ran.stderr.contains(message), "{}", ran.stderr);
            assert_eq!(files_below(repo.0.path()), ["errcat.yaml", "errors.yaml"]);
        }
        if cfg!(windows) || message.contains("Windows") || message.contains("dot") {
            continue;
        }
        let repo = Repo::new().file("errors.yaml", SMALL);
        for arguments in [
            &["generate", "--catalog", path][..],
            &["generate", "--catalog", "errors.yaml", "--out-root", path],
            &["generate", "--catalog", "errors.yaml", "--depfile", path],
            &["lint", path],
            &["explain", "--catalog", path],
        ] {
            let ran = repo.run(arguments);
            assert_eq!(ran.status, 2, "{arguments:?}");
            assert!(ran.stderr.contains(message), "{}", ran.stderr);
            assert_eq!(files_below(repo.0.path()), ["errors.yaml"]);
        }
    }
    // A file may have any name.
    #[cfg(unix)]
    {
        let odd = "a\\b $HOME *.yaml";
        let repo = Repo::new().file(odd, SMALL).file("errcat.yaml", config(odd, "out"));
        repo.ok(&["generate"]);
        repo.ok(&["lint", odd]);
    }
}

#[test]
fn a_folder_without_a_config_is_told_what_works() {
    for arguments in [&["lint"][..], &["generate"], &["explain"]] {
        let repo = Repo::new().file("errors.yaml", SMALL);
        let ran = repo.run(arguments);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("`--catalog errors.yaml`"), "{}", ran.stderr);
        repo.ok(&[arguments, &["--catalog", "errors.yaml"]].concat());
    }
}

#[test]
fn a_target_that_no_output_has_can_be_added() {
    let repo =
        Repo::new().file("errors.yaml", SMALL).file("errcat.yaml", config("errors.yaml", "x"));
    let ran = repo.run(&["generate", "--target", "rust-module"]);
    assert_eq!(ran.status, 2);
    let line = "- {catalog: errors.yaml, target: rust-module, out: generated/rust-module}";
    assert!(ran.stderr.contains(line), "{}", ran.stderr);
    repo.put("errcat.yaml", repo.read("errcat.yaml") + "  " + line + "\n");
    repo.ok(&["generate", "--target", "rust-module"]);
    let ran = repo.run(&["generate", "--target", "rust-modul"]);
    assert!(ran.stderr.contains("did you mean `rust-module`?"), "{}", ran.stderr);
}

#[test]
fn outputs_in_one_folder_are_told_apart_by_their_catalogs() {
    let repo = Repo::new().file("a.yaml", SMALL).file("b.yaml", SMALL);
    for (second, message) in [
        (
            "b.yaml, target: typescript-module",
            "`typescript-module` of `a.yaml` and `typescript-module` of `b.yaml` both make `src/errors.ts`",
        ),
        (
            "a.yaml, target: typescript-module",
            "two outputs make `src/errors.ts`: both are `typescript-module` of `a.yaml`",
        ),
    ] {
        repo.put("errcat.yaml", format!("errcat: 1\noutputs:\n  - {{catalog: a.yaml, target: typescript-module, out: src}}\n  - {{catalog: {second}, out: src}}\n"));
        let ran = repo.run(&["generate"]);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
}

#[test]
fn the_header_does_not_depend_on_the_working_folder() {
    let repo = Repo::new().file("errors.yaml", SMALL).file("a/b/x", "");
    let made = |folder: &str, catalog: &str| {
        let mut command =
            repo.command(&["generate", "--target", "rust-module", "--catalog", catalog]);
        let ran = Ran::from(command.current_dir(repo.path(folder)).output().unwrap());
        assert_eq!(ran.status, 0, "{ran}");
        repo.read(&format!("{folder}/generated/rust-module/errors.rs"))
    };
    let absolute = repo.path("errors.yaml");
    let first = made(".", "errors.yaml");
    assert!(first.starts_with("// Code generated by errcat from errors.yaml."), "{first}");
    assert_eq!(made("a/b", "../../errors.yaml"), first);
    assert_eq!(made("a", absolute.to_str().unwrap()), first);
}
