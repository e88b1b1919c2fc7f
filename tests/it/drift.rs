//! What `--check` says: each file that is out of date with the number of its lines that differ, and one
//! difference; with `--diff`, all of them.

use std::fs;

use crate::{Repo, SMALL};

const CONFIG: &str = "errcat: 1
outputs:
  - {catalog: errors.yaml, target: markdown, out: docs}
  - {catalog: errors.yaml, target: json, out: json}
";

fn generated() -> Repo {
    let repo = Repo::new().file("errors.yaml", SMALL).file("errcat.yaml", CONFIG);
    repo.ok(&["generate", "-q"]);
    repo
}

#[test]
fn one_word_is_not_a_hundred_lines() {
    let repo = generated();
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    insta::assert_snapshot!("one word", repo.run(&["generate", "--check"]));
    insta::assert_snapshot!("one word, whole", repo.run(&["generate", "--check", "--diff"]));
    let alone = repo.run(&["generate", "--diff"]);
    assert_eq!(alone.to_string(), repo.run(&["generate", "--check", "--diff"]).to_string());
}

#[test]
fn a_file_that_was_replaced_is_cut_short() {
    let repo = generated();
    let text = format!("{}\u{1b}[31m{}\n", "line\n".repeat(5000), "x".repeat(1 << 20));
    repo.put("docs/errors.md", text);
    let said = repo.run(&["generate", "--check"]).stdout;
    assert!(said.lines().count() < 30 && said.len() < 5000, "{said}");
    assert!(said.starts_with("differs: docs/errors.md (5001 lines)\n"), "{said}");
    assert!(repo.run(&["generate", "--check", "--diff"]).stdout.lines().count() > 5000);
    repo.put("docs/errors.md", "\u{1b}[31m");
    assert!(!repo.run(&["generate", "--check"]).stdout.contains('\u{1b}'));
    repo.put("docs/errors.md", "\u{85}\u{202e}");
    for format in ["json", "github"] {
        let said = repo.run(&["generate", "--check", "--diff", "--format", format]).stdout;
        assert!(!said.contains(['\u{85}', '\u{202e}']), "{format}: {said:?}");
    }
}

#[test]
fn a_file_that_is_not_text_is_only_named() {
    let repo = generated();
    repo.put("docs/errors.md", b"\xff\xfe#\0 \0A\0");
    let ran = repo.run(&["generate", "--check", "--diff"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, "differs: docs/errors.md (not text)\n"));
    for format in ["json", "github"] {
        let said = repo.run(&["generate", "--check", "--format", format]).stdout;
        assert!(said.contains("docs/errors.md"), "{said}");
    }
}

#[test]
fn tools_get_the_number_of_lines_too() {
    let repo = generated();
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    fs::remove_file(repo.path("json/catalog.json")).unwrap();
    for format in ["json", "github"] {
        for diff in [&[][..], &["--diff"]] {
            let arguments = [&["generate", "--check", "--format", format], diff].concat();
            let name = format!("{format}{}", diff.concat());
            insta::assert_snapshot!(name, repo.run(&arguments));
        }
    }
}

#[test]
fn success_is_one_line_and_silent_if_asked() {
    let repo = generated();
    let said = |arguments: &[&str]| {
        let ran = repo.ok(arguments);
        assert_eq!(ran.stdout, "", "{arguments:?}");
        ran.stderr
    };
    for format in ["text", "json", "github"] {
        let format = ["--format", format];
        let check = [&["generate", "--check"], &format[..]].concat();
        assert_eq!(said(&check), "4 files are up to date\n");
        assert_eq!(said(&[&check[..], &["-q"]].concat()), "");
        let lint = [&["lint"], &format[..]].concat();
        assert_eq!(said(&lint), "1 catalog, 1 error: no problems\n");
        assert_eq!(said(&[&lint[..], &["--quiet"]].concat()), "");
    }
    repo.put("other.yaml", SMALL.replace("retryable: false}\n", "retryable: false}\n      - {code: b, status: 401, meaning: C, fix: D., retryable: false}\n"));
    let all = "2 catalogs, 3 errors: no problems\n";
    assert_eq!(said(&["lint", "errors.yaml", "other.yaml"]), all);
    assert_eq!(said(&["lint", "errors.yaml", "--catalog", "other.yaml"]), all);
    assert_eq!(said(&["generate"]), "4 files are up to date\n");
    assert_eq!(said(&["generate", "--target", "json"]), "3 files are up to date\n");
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    assert_eq!(
        said(&["generate", "--target", "json"]),
        "wrote json/catalog.json\nwrote 1 of 3 files\n"
    );
    assert_eq!(said(&["generate"]), "wrote docs/errors.md\nwrote 1 of 4 files\n");
    repo.put(
        "json/.errcat-files",
        "json catalog.d.ts\njson catalog.json\njson catalog.schema.json\njson old.json\n",
    );
    repo.put("json/old.json", "{}");
    assert_eq!(
        said(&["generate"]),
        "removed json/old.json\nremoved 1 file; 4 files are up to date\n"
    );
    repo.put("errors.yaml", SMALL);
    assert_eq!(said(&["generate", "-q"]), "");
}

/// A hook that fixes files stops the commit that lacks them.
#[test]
fn a_run_that_changes_files_can_fail() {
    let repo = Repo::new().file("errors.yaml", SMALL).file("errcat.yaml", CONFIG);
    let arguments = ["generate", "--fail-on-change"];
    for change in ["first", "changed", "removed"] {
        match change {
            "changed" => repo.put("errors.yaml", SMALL.replace("MEANING", "Other")),
            "removed" => {
                let manifest = repo.read("json/.errcat-files") + "json old.json\n";
                repo.put("json/.errcat-files", manifest);
                repo.put("json/old.json", "{}");
            }
            _ => {}
        }
        let ran = repo.run(&arguments);
        assert_eq!(ran.status, 1, "{change}: {ran}");
        let help = "help: add these changes to the commit, and commit again\n";
        assert!(ran.stderr.ends_with(help), "{change}: {ran}");
        assert_eq!(repo.ok(&arguments).stderr, "4 files are up to date\n");
    }
}
