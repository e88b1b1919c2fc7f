//! Which files errcat takes for its own, and what it does to them: manifests that say anything,
//! left-overs, folders with two names, modes; and that `--check` changes nothing.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::process::Command;

use crate::in_the_way::{CONFIG, generated, repo, run, tree};
use crate::{Ran, Repo, SMALL, files_below};

#[test]
fn what_a_killed_run_left_is_removed_wherever_it_wrote() {
    let repo = generated();
    // It was to write `gone/x`, which nobody wants any more.
    repo.put("out/.errcat-files", repo.read("out/.errcat-files") + "own gone/x\n");
    for folder in ["out", "out/sub", "out/gone"] {
        repo.put(&format!("{folder}/.errcat-tmp-4711"), "half");
    }
    repo.ok(&["generate"]);
    let made =
        [".errcat-files", "catalog.d.ts", "catalog.json", "catalog.schema.json", "sub/api.md"];
    assert_eq!(files_below(&repo.path("out")), made);
    assert!(!repo.path("out/gone").exists(), "its empty folder stayed");
}

#[test]
fn a_manifest_may_say_anything() {
    let repo = generated();
    let manifest = repo.read("out/.errcat-files");
    let absolute = repo.path("elsewhere/precious");
    let hostile = format!(
        "own ../elsewhere/precious\njson {}\nown sub/../../elsewhere/precious\njson ..\njson .\n\
         json \nown sub\njson .errcat-files\njson sub/.errcat-files\nown C:\\precious\n\
         <<<<<<< HEAD\n=======\n>>>>>>> branch\n||||||| base\nrubbish\n",
        absolute.display()
    );
    repo.put("out/sub/.errcat-files", "mine");
    let conflict = "<<<<<<< HEAD\n=======\n>>>>>>> branch\n".into();
    for text in
        [hostile.into_bytes(), conflict, b"\xff\xfe json catalog.json\n\0\0".to_vec(), Vec::new()]
    {
        repo.put("out/.errcat-files", [&text[..], manifest.as_bytes()].concat());
        if !text.is_empty() {
            let ran = repo.run(&["generate", "--check"]);
            assert_eq!(ran.status, 1, "{}", ran.stderr);
            assert!(ran.stdout.contains("--- out/.errcat-files\n"), "{}", ran.stdout);
        }
        assert_eq!(repo.ok(&["generate"]).stderr, "4 files are up to date\n");
        assert_eq!(repo.read("out/.errcat-files"), manifest);
        assert_eq!(repo.read("elsewhere/precious"), "mine");
        assert_eq!(repo.read("out/sub/.errcat-files"), "mine");
        repo.ok(&["generate", "--check"]);
    }
}

#[test]
fn an_edited_file_is_shown_then_made_again_or_removed() {
    let repo = generated();
    repo.put("out/.errcat-files", repo.read("out/.errcat-files") + "own old.md\n");
    repo.put("out/old.md", "edited");
    repo.put("out/catalog.json", "edited");
    let ran = repo.run(&["generate", "--check"]);
    assert!(ran.stdout.contains("left over: out/old.md\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("-edited"), "{}", ran.stdout);
    let said = "wrote out/catalog.json\nremoved out/old.md\nwrote 1 of 4 files, removed 1\n";
    assert_eq!(repo.ok(&["generate"]).stderr, said);
}

#[test]
fn what_took_the_place_of_a_left_over_is_kept() {
    let repo = generated();
    let manifest = repo.read("out/.errcat-files");
    repo.put("out/.errcat-files", manifest.clone() + "own a\nown b\nown c/precious\nown d/x\n");
    repo.put("out/a/mine", "mine");
    symlink("../elsewhere/precious", repo.path("out/b")).unwrap();
    symlink("../elsewhere", repo.path("out/c")).unwrap();
    repo.put("out/d", "mine");
    repo.put("elsewhere/.errcat-tmp-4711", "mine");
    assert_eq!(repo.ok(&["generate"]).stderr, "4 files are up to date\n");
    assert_eq!(repo.read("elsewhere/precious"), "mine");
    assert_eq!(repo.read("elsewhere/.errcat-tmp-4711"), "mine", "it cleaned up behind a link");
    assert_eq!(repo.read("out/a/mine") + &repo.read("out/b") + &repo.read("out/d"), "mineminemine");
    assert_eq!(repo.read("out/.errcat-files"), manifest);
}

#[test]
fn one_folder_with_two_names_is_one_folder() {
    for spelling in ["./out", "out/", "x/../out", "same/out", "../ABOVE/out"] {
        let repo = repo().file("x/y", "");
        let above = repo.0.path().file_name().unwrap().to_str().unwrap();
        let spelling = spelling.replace("ABOVE", above);
        symlink(".", repo.path("same")).unwrap();
        let config = CONFIG.replace("own, out: out", &format!("own, out: {spelling}"));
        repo.put("errcat.yaml", config);
        for _ in 0..2 {
            let ran = run(&repo, &["generate"]);
            assert_eq!(ran.status, 0, "{spelling}: {}", ran.stderr);
            assert_eq!(
                repo.read("out/.errcat-files"),
                "# made for ../errcat.yaml: json own\n\
                 json catalog.d.ts\njson catalog.json\njson catalog.schema.json\nown sub/api.md\n"
            );
        }
        assert_eq!(run(&repo, &["generate", "--check"]).status, 0, "{spelling}");
    }
}

#[test]
fn outputs_that_would_overwrite_each_other_are_refused() {
    for (name, files, outs, message) in [
        ("nested folders", ["sub/x.md", "x.md"], ["out", "out/sub"], "both make `out/sub/x.md`"),
        (
            "case",
            ["x.md", "X.md"],
            ["out", "out"],
            "makes `out/X.md`, which are one file on many systems",
        ),
        ("file and folder", ["x.md", "x.md/y.md"], ["out", "out"], "make the file `out/x.md`"),
    ] {
        let repo = Repo::new().file("errors.yaml", SMALL);
        let mut config = "errcat: 1\ntemplates: templates\noutputs:\n".to_owned();
        for (target, (file, out)) in ["a", "b"].iter().zip(files.iter().zip(outs)) {
            repo.put(&format!("templates/{target}/{file}"), "x");
            config += &format!("  - {{catalog: errors.yaml, target: {target}, out: {out}}}\n");
        }
        repo.put("errcat.yaml", config);
        let ran = run(&repo, &["generate"]);
        assert_eq!(ran.status, 2, "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(message), "{name}: {}", ran.stderr);
        assert!(!repo.path("out").exists(), "{name}");
    }
}

#[test]
fn two_configs_may_share_a_folder_for_different_targets() {
    let repo = generated();
    repo.put(
        "other/errcat.yaml",
        "{errcat: 1, outputs: [{catalog: ../errors.yaml, target: markdown, out: ../out}]}",
    );
    let other = || {
        let mut command = repo.command(&["generate"]);
        Ran::from(command.current_dir(repo.path("other")).output().unwrap())
    };
    assert_eq!(other().stderr, "wrote ../out/errors.md\nwrote 1 file\n");
    assert_eq!(repo.ok(&["generate"]).stderr, "4 files are up to date\n");
    assert_eq!(other().stderr, "1 file is up to date\n");
    // Only a config in a folder above is named.
    let manifest = "# made for ../errcat.yaml: json own\njson catalog.d.ts\njson catalog.json\njson catalog.schema.json\nmarkdown errors.md\nown sub/api.md\n";
    assert_eq!(repo.read("out/.errcat-files"), manifest);
}

#[test]
fn a_replaced_file_keeps_its_mode_and_leaves_its_other_names() {
    let repo = generated();
    let file = repo.path("out/catalog.json");
    let old = repo.read("out/catalog.json");
    fs::hard_link(&file, repo.path("elsewhere/twin")).unwrap();
    for mode in [0o444, 0o600, 0o755] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        repo.put("errors.yaml", SMALL.replace("MEANING", &format!("Mode {mode}")));
        repo.ok(&["generate"]);
        assert_eq!(file.metadata().unwrap().mode() & 0o7777, mode);
        assert_eq!(repo.read("elsewhere/twin"), old, "another name of the file changed");
    }
    fs::remove_dir_all(repo.path("out")).unwrap();
    let script = "umask 027; exec \"$0\" generate";
    let binary = env!("CARGO_BIN_EXE_errcat");
    let mut shell = Command::new("sh");
    shell.args(["-c", script, binary]).current_dir(repo.0.path());
    assert!(shell.output().unwrap().status.success());
    assert_eq!(file.metadata().unwrap().mode() & 0o7777, 0o640);
}

#[test]
fn check_changes_nothing_at_all() {
    let repo = generated();
    let before = tree(repo.0.path());
    assert_eq!(repo.run(&["generate", "--check"]).status, 0);
    assert_eq!(tree(repo.0.path()), before);
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    repo.put("out/.errcat-files", repo.read("out/.errcat-files") + "own old.md\n");
    for file in ["out/old.md", "out/.errcat-tmp-4711", "out/sub/mine"] {
        repo.put(file, "x");
    }
    fs::remove_file(repo.path("out/sub/api.md")).unwrap();
    let before = tree(repo.0.path());
    assert_eq!(repo.run(&["generate", "--check"]).status, 1);
    assert_eq!(tree(repo.0.path()), before);
    fs::remove_dir_all(repo.path("out")).unwrap();
    let before = tree(repo.0.path());
    assert_eq!(repo.run(&["generate", "--check"]).status, 1);
    assert_eq!(tree(repo.0.path()), before);
}
