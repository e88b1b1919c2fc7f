//! What git, editors and formatters do to a file is not drift: line ends, a byte order mark, the final
//! newline, the layout of JSON.

use std::fs;

use crate::{Repo, SMALL, files_below, root};

/// Every target of a rich catalog, generated, with what `change` makes of each file.
fn changed(change: impl Fn(&str, &str) -> String) -> Repo {
    let catalog = fs::read(root().join("tests/it/catalogs/features.yaml")).unwrap();
    let repo = Repo::new().file("errors.yaml", catalog);
    repo.ok(&["generate", "-q", "--catalog", "errors.yaml"]);
    for file in files_below(&repo.path("generated")) {
        let file = format!("generated/{file}");
        repo.put(&file, change(&file, &repo.read(&file)));
    }
    repo
}

/// Checks that the outputs are up to date, and that a run writes none of them.
fn assert_up_to_date(repo: &Repo, name: &str) {
    let content = || {
        let files = files_below(&repo.path("generated"));
        files.into_iter().map(|file| repo.read(&format!("generated/{file}"))).collect::<Vec<_>>()
    };
    let before = content();
    let ran = repo.run(&["generate", "--check", "--catalog", "errors.yaml"]);
    assert_eq!(ran.status, 0, "{name}: {ran}");
    let ran = repo.ok(&["generate", "--catalog", "errors.yaml"]);
    assert!(!ran.stderr.contains("wrote generated"), "{name}: {ran}");
    assert!(content() == before, "{name}: a file was rewritten");
}

#[test]
fn what_an_editor_does_to_the_ends_of_a_file_is_not_drift() {
    type Change = fn(&str) -> String;
    let changes: [(&str, Change); 4] = [
        ("CRLF", |text| text.replace('\n', "\r\n")),
        ("a byte order mark", |text| format!("\u{feff}{text}")),
        ("no final newline", |text| text.trim_end_matches('\n').to_owned()),
        ("trailing space trimmed, and another newline", |text| {
            let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
            lines.join("\n") + "\n\n"
        }),
    ];
    for (name, change) in changes {
        assert_up_to_date(&changed(|_, text| change(text)), name);
    }
}

#[test]
fn json_that_was_laid_out_again_is_not_drift() {
    let is_json =
        |file: &str| file.rsplit_once('.').is_some_and(|(_, extension)| extension == "json");
    for indent in [&b"\t"[..], b"    "] {
        let repo = changed(|file, text| {
            if !is_json(file) {
                return text.to_owned();
            }
            let mut out = Vec::new();
            let formatter = serde_json::ser::PrettyFormatter::with_indent(indent);
            let mut writer = serde_json::Serializer::with_formatter(&mut out, formatter);
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            serde::Serialize::serialize(&value, &mut writer).unwrap();
            String::from_utf8(out).unwrap()
        });
        assert_up_to_date(&repo, "JSON");
        // A value that changed is drift, and all that is shown.
        let catalog = repo.read("errors.yaml").replacen("fix: ", "fix: \"Other\" #", 1);
        repo.put("errors.yaml", catalog);
        let check = ["generate", "--check", "--catalog", "errors.yaml", "--target", "json"];
        let said = repo.run(&check).stdout;
        assert!(said.lines().filter(|line| line.starts_with('-')).count() < 6, "{said}");
        // A file that is written has errcat's own layout again.
        repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "json"]);
        assert!(!repo.read("generated/json/catalog.json").contains("\n\t"));
    }
}

#[test]
fn a_clone_with_other_line_ends_is_up_to_date() {
    let repo = Repo::new().file("errors.yaml", SMALL).file(
        "errcat.yaml",
        "errcat: 1\ntemplates: templates\noutputs:\n  - {catalog: errors.yaml, target: own, out: own}\n  \
         - {catalog: errors.yaml, target: json, out: docs}\n  - {catalog: errors.yaml, target: markdown, out: docs}\n",
    );
    repo.put(
        "templates/own/page.md.j2",
        "# {{ catalog.title | md_text }}\n\n{% for x in [1] %}\nx\n{% endfor %}\n",
    );
    repo.put("templates/own/logo.svg", "<svg>\n</svg>\n");
    repo.ok(&["generate"]);
    repo.git(&["init", "--quiet"]);
    repo.git(&["add", "--all"]);
    repo.git(&["commit", "--quiet", "--message", "all"]);
    repo.git(&["-c", "core.autocrlf=true", "clone", "--quiet", ".", "clone"]);
    assert!(repo.read("clone/docs/errors.md").contains("\r\n"));
    let run = |arguments: &[&str]| {
        let mut command = repo.command(arguments);
        crate::Ran::from(command.current_dir(repo.path("clone")).output().unwrap())
    };
    let ran = run(&["generate", "--check"]);
    assert_eq!(ran.status, 0, "{ran}");
    // Only what changed is shown.
    repo.put("clone/errors.yaml", repo.read("clone/errors.yaml").replace("MEANING", "Other"));
    let said = run(&["generate", "--check"]).stdout;
    let removed: Vec<&str> = said.lines().filter(|line| line.starts_with("- ")).collect();
    assert!(!removed.is_empty() && removed.iter().all(|line| line.contains("MEANING")), "{said}");
    assert_eq!(run(&["generate"]).status, 0);
    assert_eq!(run(&["generate", "--check"]).status, 0);
}

#[test]
fn ejected_templates_survive_other_line_ends() {
    let repo = Repo::new();
    repo.ok(&["templates", "eject", "markdown"]);
    for file in files_below(&repo.path("templates")) {
        let file = format!("templates/{file}");
        repo.put(&file, format!("\u{feff}{}", repo.read(&file).replace('\n', "\r\n")));
    }
    repo.put("errors.yaml", SMALL);
    repo.put(
        "errcat.yaml",
        "{errcat: 1, templates: templates, outputs: [{catalog: errors.yaml, target: markdown, out: a}]}",
    );
    repo.ok(&["templates", "eject", "markdown"]);
    repo.ok(&["generate"]);
    repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "markdown", "--out-root", "b"]);
    assert_eq!(repo.read("a/errors.md"), repo.read("b/markdown/errors.md"));
}

#[test]
fn force_writes_every_byte_again() {
    let repo = changed(|_, text| text.replace('\n', "\r\n"));
    repo.ok(&["generate", "--catalog", "errors.yaml", "--force"]);
    for file in files_below(&repo.path("generated")) {
        let is_manifest = file.contains(".errcat-files");
        assert!(is_manifest || !repo.read(&format!("generated/{file}")).contains('\r'), "{file}");
    }
}
