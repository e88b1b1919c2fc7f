//! What happens on disk: only what changed is written, each file whole, and nothing that errcat
//! did not write is lost.

use std::fs;
use std::time::{Duration, SystemTime};

use crate::{Repo, SMALL, files_below};

/// A repo with a catalog and two outputs, generated once.
fn generated() -> Repo {
    let repo = Repo::new().file("errors.yaml", SMALL).file(
        "errcat.yaml",
        "errcat: 1
outputs:
  - {catalog: errors.yaml, target: json, out: out}
  - {catalog: errors.yaml, target: markdown, out: out}
",
    );
    repo.ok(&["generate"]);
    repo
}

#[test]
fn an_unchanged_file_is_not_touched() {
    let repo = generated();
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for file in files_below(&repo.path("out")) {
        let file = fs::File::options().write(true).open(repo.path("out").join(file)).unwrap();
        file.set_modified(long_ago).unwrap();
    }
    let ran = repo.ok(&["generate"]);
    assert_eq!(ran.stderr, "4 files are up to date\n");
    for file in files_below(&repo.path("out")) {
        let modified = repo.path("out").join(&file).metadata().unwrap().modified().unwrap();
        assert_eq!(modified, long_ago, "{file} was touched");
    }
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    assert_eq!(
        repo.ok(&["generate"]).stderr,
        "wrote out/catalog.json\nwrote out/errors.md\nwrote 2 of 4 files\n"
    );
    assert!(repo.read("out/catalog.json").contains("Other"));
}

/// Whatever is in the folders before, even nothing.
#[test]
fn a_template_that_fails_leaves_the_folders_as_they_were() {
    let repo = Repo::new().file("errors.yaml", SMALL).file(
        "errcat.yaml",
        "errcat: 1
templates: t
outputs:
  - {catalog: errors.yaml, target: json, out: out/json}
  - {catalog: errors.yaml, target: own, out: out/own}
",
    );
    let page =
        "{% for error in catalog.surfaces[0].errors %}{{ error.meaning | md_text }}{% endfor %}\n";
    let fails = page.to_owned() + "{{ catalog.titel | md_text }}\n";
    repo.put("t/own/a.md.j2", page);
    for before in [&[][..], &["json/mine", "own/sub/mine"]] {
        for file in before {
            repo.put(&format!("out/{file}"), "mine");
        }
        repo.put("t/own/sub/b.md.j2", &fails);
        let ran = repo.run(&["generate"]);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("b.md.j2"), "{}", ran.stderr);
        assert_eq!(repo.path("out").exists(), !before.is_empty());
        assert!(before.is_empty() || files_below(&repo.path("out")) == before);
    }
    repo.put("t/own/sub/b.md.j2", page);
    repo.ok(&["generate"]);
    let contents = || {
        let files = files_below(&repo.path("out")).into_iter();
        files.map(|file| (repo.read(&format!("out/{file}")), file)).collect::<Vec<_>>()
    };
    let before = contents();
    assert!(before.iter().any(|(_, file)| file == "own/sub/b.md"));
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    repo.put("t/own/sub/b.md.j2", &fails);
    assert_eq!(repo.run(&["generate"]).status, 2);
    assert_eq!(contents(), before);
}

/// Files are compared and written in pieces of 64 kB.
#[test]
fn a_file_that_differs_anywhere_is_made_whole() {
    let repo = generated();
    let error = |number: u32| {
        format!(
            "      - {{code: e{number}, status: 400, meaning: {}, fix: Mend it., retryable: false}}\n",
            "It is é wrong ".repeat(5) + &number.to_string()
        )
    };
    let errors: String = (0..400).map(error).collect();
    repo.put(
        "errors.yaml",
        "errcat: 1\nproduct: Large\nversion: 1.0.0\ntitle: Errors\nsurfaces:\n  - id: api\n    \
         title: API\n    shape: {body: {error: <code>}}\n    errors:\n"
            .to_owned()
            + &errors,
    );
    repo.ok(&["generate"]);
    let whole = repo.read("out/errors.md");
    assert!(whole.len() > 2 * 64 * 1024, "{}", whole.len());
    for at in [0, 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, whole.len() - 2] {
        let at = (at..at + 4).find(|at| whole.is_char_boundary(*at)).unwrap();
        let (before, after) = whole.split_at(at);
        for edited in [before.to_owned(), format!("{before}x{after}"), format!("{whole}{after}")] {
            repo.put("out/errors.md", &edited);
            let is_drift = edited.trim_end() != whole.trim_end();
            assert_eq!(repo.run(&["generate", "--check"]).status, i32::from(is_drift), "{at}");
            repo.ok(&["generate"]);
            assert!(!is_drift || repo.read("out/errors.md") == whole, "{at}");
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (a, b) = (generated(), generated());
    for file in files_below(&a.path("out")) {
        assert_eq!(a.read(&format!("out/{file}")), b.read(&format!("out/{file}")), "{file}");
    }
}

#[test]
fn check_shows_the_drift_and_changes_nothing() {
    let repo = generated();
    let clean = "exit: 0\n--- stderr\n4 files are up to date\n";
    assert_eq!(repo.run(&["generate", "--check"]).to_string(), clean);
    assert_eq!(repo.run(&["generate", "--check", "-q"]).to_string(), "exit: 0\n");
    let edited = repo.read("out/errors.md").replace("Mend it", "Break it");
    repo.put("out/errors.md", &edited);
    fs::remove_file(repo.path("out/catalog.json")).unwrap();
    let manifest = repo.read("out/.errcat-files") + "json old/catalog.json\n";
    repo.put("out/.errcat-files", manifest);
    repo.put("out/old/catalog.json", "{}");
    let before = files_below(&repo.path("out"));
    insta::assert_snapshot!(repo.run(&["generate", "--check"]));
    assert_eq!(files_below(&repo.path("out")), before);
    assert_eq!(repo.read("out/errors.md"), edited);
    let ran = repo.ok(&["generate"]);
    assert_eq!(
        ran.stderr,
        "wrote out/catalog.json\nwrote out/errors.md\nremoved out/old/catalog.json\n\
         wrote 2 of 4 files, removed 1\n"
    );
    assert!(!repo.path("out/old").exists(), "the empty folder stayed");
    repo.ok(&["generate", "--check"]);
}

#[test]
fn files_of_targets_that_did_not_run_stay() {
    let repo = generated();
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    repo.ok(&["generate", "--target", "json"]);
    assert_eq!(
        repo.read("out/.errcat-files"),
        "# made for ../errcat.yaml: json markdown\n\
         json catalog.d.ts\njson catalog.json\njson catalog.schema.json\nmarkdown errors.md\n"
    );
    assert!(repo.read("out/errors.md").contains("MEANING"));
}

#[test]
fn a_file_of_somebody_else_is_kept() {
    let repo = Repo::new().file("errors.yaml", SMALL).file("out/json/catalog.json", "mine");
    let arguments =
        ["generate", "--catalog", "errors.yaml", "--target", "json", "--out-root", "out"];
    insta::assert_snapshot!(repo.run(&arguments));
    assert_eq!(repo.read("out/json/catalog.json"), "mine");
    assert_eq!(files_below(&repo.path("out")), ["json/catalog.json"]);
    repo.ok(&[&arguments[..], &["--force"]].concat());
    assert!(repo.read("out/json/catalog.json").contains("MEANING"));
}

#[test]
fn a_file_that_is_right_already_is_adopted() {
    let repo = generated();
    fs::remove_file(repo.path("out/.errcat-files")).unwrap();
    assert_eq!(repo.ok(&["generate"]).stderr, "4 files are up to date\n");
    assert_eq!(
        repo.read("out/.errcat-files"),
        "# made for ../errcat.yaml: json markdown\n\
         json catalog.d.ts\njson catalog.json\njson catalog.schema.json\nmarkdown errors.md\n"
    );
}

/// .gitignore and .dockerignore often leave out files with a dot.
#[test]
fn a_repo_without_its_manifest_is_up_to_date_and_can_be_made_again() {
    let repo = generated();
    let forget = || fs::remove_file(repo.path("out/.errcat-files")).unwrap();
    forget();
    let clean = "exit: 0\n--- stderr\n4 files are up to date\n";
    assert_eq!(repo.run(&["generate", "--check"]).to_string(), clean);
    assert!(!repo.path("out/.errcat-files").exists());
    // The header says that a file is errcat's. JSON has none.
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    let page = ["generate", "--target", "markdown"];
    assert_eq!(repo.ok(&page).stderr, "wrote out/errors.md\nwrote 1 file\n");
    forget();
    repo.put("errors.yaml", SMALL.replace("MEANING", "Another"));
    insta::assert_snapshot!("without a manifest", repo.run(&["generate"]));
    assert!(repo.read("out/catalog.json").contains("MEANING"));
    repo.ok(&["generate", "--force"]);
    repo.ok(&["generate", "--check"]);
}

#[test]
fn a_file_that_only_looks_generated_is_kept() {
    let repo = generated();
    let page = repo.read("out/errors.md");
    fs::remove_file(repo.path("out/.errcat-files")).unwrap();
    for mine in [
        "mine\n".to_owned(),
        page.replace("from errors.yaml", "from other.yaml"),
        format!("{}{page}", "mine\n".repeat(20)),
    ] {
        repo.put("out/errors.md", &mine);
        let ran = repo.run(&["generate"]);
        assert_eq!(ran.status, 2, "{mine}");
        assert_eq!(repo.read("out/errors.md"), mine);
    }
    // A manifest says what is errcat's, and this file is not in it.
    repo.put(
        "out/.errcat-files",
        "json catalog.d.ts\njson catalog.json\njson catalog.schema.json\n",
    );
    repo.put("out/errors.md", page.replace("MEANING", "mine"));
    assert_eq!(repo.run(&["generate"]).status, 2);
}

#[test]
fn one_foreign_file_stops_every_folder() {
    let repo = Repo::new().file("errors.yaml", SMALL).file("b/errors.md", "mine").file(
        "errcat.yaml",
        "errcat: 1
outputs:
  - {catalog: errors.yaml, target: json, out: a}
  - {catalog: errors.yaml, target: markdown, out: b}
",
    );
    assert_eq!(repo.run(&["generate"]).status, 2);
    assert!(!repo.path("a").exists(), "one folder was written though the other could not be");
}

#[test]
fn what_a_killed_run_left_is_finished_and_cleaned_up() {
    let repo = generated();
    let wanted = repo.read("out/catalog.json");
    // The manifest comes first, so a kill leaves listed files that are old, or not there yet.
    repo.put("out/.errcat-tmp-4711", "half");
    fs::remove_file(repo.path("out/catalog.json")).unwrap();
    repo.put("out/errors.md", "old");
    repo.ok(&["generate"]);
    assert_eq!(repo.read("out/catalog.json"), wanted);
    assert_eq!(
        files_below(&repo.path("out")),
        [".errcat-files", "catalog.d.ts", "catalog.json", "catalog.schema.json", "errors.md"]
    );
}

#[test]
fn two_targets_that_make_one_file_are_refused() {
    let repo = Repo::new().file("errors.yaml", SMALL).file("other.yaml", SMALL).file(
        "errcat.yaml",
        "errcat: 1
outputs:
  - {catalog: errors.yaml, target: json, out: out}
  - {catalog: other.yaml, target: json, out: out}
",
    );
    insta::assert_snapshot!(repo.run(&["generate"]));
    assert!(!repo.path("out").exists());
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let repo = Repo::new().file("errors.yaml", SMALL).file("precious", "mine");
    let arguments =
        ["generate", "--catalog", "errors.yaml", "--target", "json", "--out-root", "out"];
    fs::create_dir_all(repo.path("out/json")).unwrap();
    std::os::unix::fs::symlink(repo.path("precious"), repo.path("out/json/catalog.json")).unwrap();
    for force in [&[][..], &["--force"]] {
        let ran = repo.run(&[&arguments[..], force].concat());
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("symbolic link"), "{}", ran.stderr);
        assert_eq!(repo.read("precious"), "mine");
    }
}

#[test]
fn two_runs_at_once_end_as_one() {
    let repo = generated();
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    let mut runs: Vec<_> = (0..8).map(|_| repo.command(&["generate"]).spawn().unwrap()).collect();
    assert!(runs.iter_mut().all(|run| run.wait().unwrap().success()));
    repo.ok(&["generate", "--check"]);
    assert_eq!(
        files_below(&repo.path("out")),
        [".errcat-files", "catalog.d.ts", "catalog.json", "catalog.schema.json", "errors.md"]
    );
}

/// The manifest could not list such a file, so the next run would not know it as errcat's.
#[cfg(unix)]
#[test]
fn names_that_a_manifest_cannot_hold_are_refused() {
    for (target, file) in [("my own", "x.md.j2"), ("own", "a\nb.md.j2"), ("own", "a\\b.md.j2")] {
        let config = format!(
            "{{errcat: 1, templates: t, outputs: [{{catalog: errors.yaml, target: {target}, out: out}}]}}"
        );
        let repo = Repo::new()
            .file("errors.yaml", SMALL)
            .file("errcat.yaml", config)
            .file(&format!("t/{target}/{file}"), "# x\n");
        let ran = repo.run(&["generate"]);
        assert_eq!(ran.status, 2, "{target}/{file}: {}", ran.stderr);
        assert!(!repo.path("out").exists(), "{target}/{file}");
    }
}

#[test]
fn another_form_of_a_target_is_made_on_request() {
    let repo = Repo::new().file("errors.yaml", SMALL);
    repo.ok(&["generate", "--catalog", "errors.yaml"]);
    assert!(repo.path("generated/rust").exists() && !repo.path("generated/rust-module").exists());
    repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "rust-module"]);
    assert!(repo.path("generated/rust-module/errors.rs").exists());
}
