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
fn a_config_of_another_name_is_told_by_every_command() {
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
fn a_config_of_another_name_is_told_below_another_config() {
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
