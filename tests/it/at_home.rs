//! Repos that are not set up as errcat expects: what it says about each, and what to do.

use crate::{Ran, Repo, SMALL, files_below};

const CONFIG: &str = "{errcat: 1, outputs: [{catalog: errors.yaml, target: json, out: made}]}";

/// Every command that looks for a config.
const COMMANDS: &[&[&str]] = &[
    &["generate"],
    &["generate", "--check"],
    &["lint"],
    &["explain"],
    &["templates", "list"],
    &["templates", "eject"],
    &["templates", "context"],
];

/// What a command returns and prints in a folder of a repo.
fn run_in(repo: &Repo, folder: &str, arguments: &[&str]) -> Ran {
    std::fs::create_dir_all(repo.path(folder)).unwrap();
    Ran::from(repo.command(arguments).current_dir(repo.path(folder)).output().unwrap())
}

#[test]
fn a_config_of_another_name_is_named_by_every_command() {
    for name in ["errcat.yml", ".errcat.yaml", "errcat.json", "ercat.yaml"] {
        let repo = Repo::new().file("errors.yaml", SMALL).file(name, CONFIG);
        for arguments in COMMANDS {
            let ran = repo.run(arguments);
            assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{arguments:?}");
            let help = format!("rename `{name}` to `errcat.yaml`, or add `--config {name}`");
            assert!(ran.stderr.contains(&help), "{ran}");
            let help = format!("rename `../{name}` to `../errcat.yaml`");
            let ran = run_in(&repo, "below", arguments);
            assert!(ran.stderr.contains(&help), "{ran}");
        }
        let ran = repo.run(&["init"]);
        assert_eq!(ran.status, 2);
        let help =
            format!("rename `{name}` to `errcat.yaml`, or move it away; nothing was written");
        assert!(ran.stderr.contains(&help), "{ran}");
        let mut files = [name, "errors.yaml"];
        files.sort_unstable();
        assert_eq!(files_below(repo.0.path()), files);
    }
}

/// The config above would write to other folders.
#[test]
fn a_config_of_another_name_is_named_below_another_config() {
    let repo = Repo::new().file("errors.yaml", SMALL).file("errcat.yaml", CONFIG);
    let repo = repo.file("service/errcat.yml", CONFIG).file("other/ercat.yaml", "x");
    for folder in ["service", "service/src"] {
        let ran = run_in(&repo, folder, &["generate"]);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("errcat.yml` to `"), "{ran}");
    }
    // Next to a config, or with a typo, it may be anything.
    repo.put("errcat.yml", "x");
    for folder in [".", "other"] {
        assert_eq!(run_in(&repo, folder, &["generate"]).status, 0);
    }
}

#[test]
fn every_command_reads_the_config_that_a_flag_names() {
    let repo = Repo::new().file("api/errors.yaml", SMALL);
    let repo = repo.file("errcat.yaml", "broken").file("api/public.yaml", CONFIG);
    let config = ["--config", "api/public.yaml"];
    for arguments in COMMANDS {
        if *arguments == ["generate", "--check"] {
            repo.put("api/made/catalog.json", "{}");
            let ran = repo.run(&[arguments, &config[..]].concat());
            let fix = "run `errcat generate --config api/public.yaml`";
            assert!(ran.status == 1 && ran.stderr.contains(fix), "{ran}");
            continue;
        }
        let ran = repo.ok(&[arguments, &config[..]].concat());
        match arguments {
            ["generate"] => assert!(repo.path("api/made/catalog.json").exists()),
            ["templates", "list"] => assert!(ran.stdout.contains("makes api/made from"), "{ran}"),
            ["templates", "eject"] => {
                assert!(repo.path("api/templates/json").exists());
                assert!(
                    ran.stderr.ends_with("`templates: templates` to api/public.yaml\n"),
                    "{ran}"
                );
            }
            _ => {}
        }
    }
    for arguments in [
        &["generate", "--catalog", "api/errors.yaml"][..],
        &["lint", "api/errors.yaml"],
        &["lint", "--catalog", "api/errors.yaml"],
        &["explain", "--catalog", "api/errors.yaml"],
        &["templates", "context", "--catalog", "api/errors.yaml"],
    ] {
        let ran = repo.run(&[arguments, &config[..]].concat());
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains("cannot be used with '"), "{ran}");
    }
    let ran = repo.run(&["lint", "--config", "api/pulbic.yaml"]);
    assert!(ran.status == 2 && ran.stderr.contains("did you mean `api/public.yaml`?"), "{ran}");
}

#[test]
fn catalogs_elsewhere_in_the_repo_are_named() {
    let repo = Repo::new().file(".git", "").file("services/api/errors.yaml", SMALL);
    let commands: [&[&str]; 5] = [
        &["generate"],
        &["generate", "--check"],
        &["lint"],
        &["explain"],
        &["templates", "context"],
    ];
    for (folder, catalog, place) in [
        (".", "services/api/errors.yaml", ""),
        ("services/api/src", "../errors.yaml", " in `..`"),
        ("services/web", "../api/errors.yaml", " in `..`"),
    ] {
        for arguments in commands {
            let ran = run_in(&repo, folder, arguments);
            assert_eq!(ran.status, 2);
            let help = format!(
                "this repo has the catalog `{catalog}`: add `--catalog {catalog}`, or run \
                 `errcat init`{place}\n"
            );
            assert!(ran.stderr.contains(&help), "{ran}");
        }
        assert_eq!(run_in(&repo, folder, &["lint", "--catalog", catalog]).status, 0);
    }
    for name in ["b", "c", "d"] {
        repo.put(&format!("{name}.yaml"), SMALL);
    }
    // A file that a tool put there is not a catalog of the repo.
    repo.put("node_modules/x/errors.yaml", SMALL);
    let ran = repo.run(&["lint"]);
    let help = "this repo has the catalogs `b.yaml`, `c.yaml`, `d.yaml` and 1 more: name one, as in \
                `--catalog b.yaml`, or run `errcat init`\n";
    assert!(ran.stderr.contains(help), "{ran}");
    // A catalog may have a name that configs have elsewhere.
    repo.put("errcat.yml", SMALL);
    let ran = repo.run(&["lint"]);
    assert!(ran.stderr.contains("there is no `errcat.yaml`"), "{ran}");
}

#[test]
fn a_catalog_that_moved_is_found_by_its_name() {
    let repo = Repo::new().file(".git", "").file("services/api/errors.yaml", SMALL);
    let help = "did you mean `services/api/errors.yaml`?";
    for arguments in [
        &["lint", "errors.yaml"][..],
        &["lint", "--catalog", "errors.yaml"],
        &["generate", "--catalog", "old/errors.yaml"],
        &["explain", "--catalog", "./errors.yaml"],
    ] {
        let ran = repo.run(arguments);
        assert!(ran.status == 2 && ran.stderr.contains(help), "{ran}");
    }
    let ran = run_in(&repo, "services/web", &["lint", "errors.yaml"]);
    assert!(ran.stderr.contains("did you mean `../api/errors.yaml`?"), "{ran}");
    repo.put("errcat.yaml", CONFIG);
    let ran = repo.run(&["generate"]);
    assert!(ran.status == 1 && ran.stderr.contains(help), "{ran}");
    // errcat can't know which of two is meant. The config itself never is.
    repo.put("services/web/errors.yaml", SMALL);
    let ran = repo.run(&["generate"]);
    assert!(ran.status == 1 && !ran.stderr.contains("did you mean"), "{ran}");
}

#[test]
fn a_config_that_asks_for_nothing_is_told_what_to_write() {
    let list = "outputs: [{catalog: api/errors.yaml, target: json, out: generated}]";
    let repo = Repo::new().file("api/errors.yaml", SMALL);
    for (config, rule) in [
        ("errcat: 1\noutputs: []\n", "empty-outputs"),
        ("errcat: 1\n", "missing-field"),
        ("errcat: 1\noutputs:\n", "wrong-type"),
        ("", "missing-field"),
    ] {
        repo.put("errcat.yaml", config);
        for arguments in [&["generate"][..], &["generate", "--check"], &["lint"], &["explain"]] {
            let ran = repo.run(arguments);
            let said = ran.stdout + &ran.stderr;
            assert!(ran.status == 1 && said.contains(&format!("error[{rule}]")), "{said}");
            assert_eq!(said.contains(list), rule == "empty-outputs", "{said}");
        }
        let ran = repo.run(&["init"]);
        let help = "nothing was written; it has problems: correct what `errcat lint` shows, or delete \
                    it and run `errcat init` again";
        assert!(ran.status == 2 && ran.stderr.contains(help), "{ran}");
        assert_eq!(repo.read("errcat.yaml"), config);
        // To correct it, people need the names of the targets.
        let ran = repo.ok(&["templates", "list"]);
        assert!(ran.stdout.contains("rust-module") && ran.stderr.contains("has problems"), "{ran}");
    }
    repo.put("errcat.yaml", format!("errcat: 1\n{list}\n"));
    repo.ok(&["generate"]);
}

#[test]
fn init_says_what_is_around_its_folder() {
    let repo = Repo::new().file(".git", "").file("services/api/errors.yaml", SMALL);
    let said = run_in(&repo, "services/web", &["init"]).stderr;
    let note = "note: this repo also has the catalog `../api/errors.yaml`; `errcat init` in `..` makes \
                one errcat.yaml for all\n";
    assert!(said.ends_with(note), "{said}");
    std::fs::remove_dir_all(repo.path("services/web")).unwrap();
    assert!(!repo.ok(&["init"]).stderr.contains("note: "));
    let said = run_in(&repo, "services/web", &["init"]).stderr;
    let note =
        "note: here, errcat reads this errcat.yaml instead of `../../errcat.yaml` from now on\n";
    assert!(said.ends_with(note), "{said}");
    // Some frameworks have an errors.yaml of their own.
    let ran = Repo::new().file("errors.yaml", "en: {}\n").run(&["init"]);
    assert!(ran.status == 2 && ran.stderr.contains("it isn't the catalog of an API"), "{ran}");
}

const TWO: &str = "{errcat: 1, outputs: [{catalog: errors.yaml, target: json, out: docs}, \
                   {catalog: errors.yaml, target: markdown, out: docs}]}";

/// The notes that `generate` and `--check` print about what is left in a folder. They print the same.
fn notes(repo: &Repo) -> Vec<String> {
    let notes = |ran: Ran| {
        let lines = ran.stderr.lines().filter_map(|line| line.strip_prefix("note: "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let checked = notes(repo.run(&["generate", "--check"]));
    assert_eq!(notes(repo.ok(&["generate"])), checked);
    assert_eq!(notes(repo.ok(&["generate", "--check"])), checked, "it is not said once only");
    assert_eq!(repo.ok(&["generate", "--check", "-q"]).stderr, "");
    checked
}

fn note(folder: &str, files: &str) -> String {
    format!("`{folder}` still has {files}, but `errcat.yaml` no longer asks for that")
}

#[test]
fn what_an_output_left_behind_is_named() {
    let made = || {
        let repo = Repo::new().file("errors.yaml", SMALL).file("errcat.yaml", TWO);
        repo.ok(&["generate"]);
        assert_eq!(notes(&repo), [""; 0]);
        repo
    };
    // All moved, one moved, one removed.
    let json_and_markdown = "4 files of `json` and `markdown`";
    for (from, to, left) in [
        ("out: docs", "out: site/docs", json_and_markdown),
        ("target: markdown, out: docs", "target: markdown, out: site", "1 file of `markdown`"),
        ("{catalog: errors.yaml, target: json, out: docs}, ", "", "3 files of `json`"),
    ] {
        let repo = made();
        repo.put("errcat.yaml", TWO.replace(from, to));
        assert_eq!(notes(&repo), [note("docs", left)]);
        let ran = repo.ok(&["generate", "--check", "--format", "github"]);
        let warning = "::warning file=docs/.errcat-files,title=left-over::`docs` still has ";
        assert!(ran.stdout.starts_with(warning), "{ran}");
        // A fresh clone has the same files.
        let clone = Repo::new();
        for file in files_below(repo.0.path()) {
            clone.put(&file, repo.read(&file));
        }
        assert_eq!(notes(&clone), [note("docs", left)]);
        for file in ["catalog.d.ts", "catalog.json", "catalog.schema.json", "errors.md"] {
            let _ = std::fs::remove_file(repo.path("docs").join(file));
        }
        repo.ok(&["generate"]);
        assert_eq!(notes(&repo), [""; 0]);
    }
    // The folder moved with its files, and then to another depth.
    for to in ["pages", "site/docs"] {
        let repo = made();
        std::fs::create_dir_all(repo.path("site")).unwrap();
        std::fs::rename(repo.path("docs"), repo.path(to)).unwrap();
        repo.put("errcat.yaml", TWO.replace("out: docs", &format!("out: {to}")));
        assert_eq!(notes(&repo), [""; 0]);
        repo.put("errcat.yaml", TWO);
        assert_eq!(notes(&repo), [note(to, json_and_markdown)]);
    }
}

/// Not every folder that errcat wrote to is an output of this config.
#[test]
fn what_others_asked_for_is_not_left_behind() {
    let repo = Repo::new().file("errors.yaml", SMALL).file("errcat.yaml", TWO);
    let repo = repo.file("other.yaml", TWO.replace("out: docs", "out: other"));
    let repo = repo.file("below/errcat.yaml", TWO.replace("errors.yaml", "../errors.yaml"));
    repo.ok(&["generate", "--config", "other.yaml"]);
    repo.ok(&["generate", "--config", "below/errcat.yaml"]);
    repo.ok(&["generate", "--catalog", "errors.yaml", "--target", "json"]);
    repo.ok(&["generate", "--out-root", "elsewhere"]);
    let module = errcat::Generator::new(repo.path("errors.yaml")).target("json");
    module.out_dir(repo.path("src")).generate().unwrap();
    repo.ok(&["generate", "--target", "json"]);
    assert_eq!(notes(&repo), [""; 0]);
    // Two configs may share a folder.
    repo.put(
        "errcat.yaml",
        "{errcat: 1, outputs: [{catalog: errors.yaml, target: html, out: other}]}",
    );
    assert_eq!(notes(&repo), [note("docs", "4 files of `json` and `markdown`")]);
    let manifest = repo.read("other/.errcat-files");
    let made = "# made for ../errcat.yaml: html\n# made for ../other.yaml: json markdown\n";
    assert!(manifest.starts_with(made), "{manifest}");
}

#[test]
fn configs_elsewhere_in_the_repo_are_named() {
    let repo = Repo::new().file(".git", "").file("api/errors.yaml", SMALL);
    let repo = repo.file("api/errcat.yaml", CONFIG);
    for (folder, config) in [(".", "api/errcat.yaml"), ("web", "../api/errcat.yaml")] {
        let ran = run_in(&repo, folder, &["generate"]);
        let help = format!(
            "this repo has the config `{config}`: add `--config {config}`, or change to its folder\n"
        );
        assert!(ran.status == 2 && ran.stderr.contains(&help), "{ran}");
        assert_eq!(run_in(&repo, folder, &["generate", "--config", config]).status, 0);
    }
    let said = repo.ok(&["init"]).stderr;
    assert!(
        said.ends_with("note: in its own folder, errcat still reads `api/errcat.yaml`\n"),
        "{said}"
    );
}
