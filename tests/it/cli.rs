//! The command as a person meets it: exit codes, streams, colors, help.

use std::process::Stdio;

use crate::{Ran, Repo, SMALL};

#[test]
fn help_shows_what_there_is() {
    let repo = Repo::new();
    for arguments in [&["--help"][..], &["generate", "--help"], &["lint", "--help"]] {
        insta::assert_snapshot!(arguments.join(" "), repo.ok(arguments));
    }
    assert_eq!(repo.ok(&["--version"]).stdout, format!("errcat {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn usage_errors_exit_with_two() {
    let repo = Repo::new().file("errors.yaml", SMALL);
    for arguments in [
        &["generate", "--no-such-flag"][..],
        &["explode"],
        &["generate", "--catalog", "absent.yaml"],
        &["generate", "--catalog", "errors.yaml", "--target", "rsut"],
        &["lint", "absent.yaml"],
    ] {
        let ran = repo.run(arguments);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.stderr.is_empty());
    }
    assert!(!repo.path("generated").exists());
    let ran = repo.run(&["generate", "--catalog", "errors.yaml", "--target", "jsn"]);
    assert!(ran.stderr.contains("did you mean `json`?"), "{}", ran.stderr);
}

#[test]
fn without_a_config_or_a_catalog_it_says_how_to_start() {
    let repo = Repo::new();
    insta::assert_snapshot!(repo.run(&["generate"]));
    assert_eq!(crate::files_below(&repo.path("")), [""; 0]);
}

#[test]
fn the_config_is_found_upwards_and_rules_its_folder() {
    let repo = Repo::new()
        .file("errors.yaml", SMALL)
        .file(
            "errcat.yaml",
            "{errcat: 1, outputs: [{catalog: errors.yaml, target: json, out: made}]}",
        )
        .file("deep/er/x", "");
    let ran =
        Ran::from(repo.command(&["generate"]).current_dir(repo.path("deep/er")).output().unwrap());
    assert_eq!(
        ran.to_string(),
        "exit: 0\n--- stderr\nwrote ../../made/catalog.d.ts\nwrote ../../made/catalog.json\n\
         wrote ../../made/catalog.schema.json\nwrote 3 files\n"
    );
    assert!(repo.path("made/catalog.json").exists());
}

#[test]
fn a_repo_says_which_errcat_may_generate_in_it() {
    let config = "errcat: 1\nrequires: \">=99\"\nnew_field: x\noutputs: []\n";
    insta::assert_snapshot!(Repo::new().file("errcat.yaml", config).run(&["generate"]));
}

#[test]
fn problems_stop_generate_before_anything_is_written() {
    let repo = Repo::new().file("errors.yaml", SMALL.replace("status: 400", "status: 40"));
    let ran = repo.run(&["generate", "--catalog", "errors.yaml"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("errors.yaml:10:32"), "{}", ran.stderr);
    assert!(!repo.path("generated").exists());
}

#[test]
fn lines_about_files_can_be_silenced_and_never_reach_a_pipe() {
    let repo = Repo::new().file("errors.yaml", SMALL);
    let arguments = ["generate", "--catalog", "errors.yaml", "--target", "json"];
    assert_eq!(
        repo.ok(&arguments).to_string(),
        "exit: 0\n--- stderr\nwrote generated/json/catalog.d.ts\nwrote generated/json/catalog.json\n\
         wrote generated/json/catalog.schema.json\nwrote 3 files\n"
    );
    std::fs::remove_dir_all(repo.path("generated")).unwrap();
    assert_eq!(repo.ok(&[&arguments[..], &["-q"]].concat()).to_string(), "exit: 0\n");
}

#[test]
fn a_pipe_gets_no_colors_unless_they_are_forced() {
    let repo = Repo::new().file("errors.yaml", SMALL.replace("status: 400", "status: 40"));
    let colored = |variables: &[(&str, &str)], flags: &[&str]| {
        let mut command = repo.command(&[&["lint", "errors.yaml"], flags].concat());
        let output = command.envs(variables.iter().copied()).output().unwrap();
        Ran::from(output).stdout.contains('\u{1b}')
    };
    assert!(!colored(&[], &[]));
    assert!(!colored(&[("NO_COLOR", "1")], &[]));
    for name in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
        assert!(colored(&[(name, "1")], &[]), "{name}");
        assert!(!colored(&[(name, "1")], &["--color", "never"]), "{name}");
    }
    assert!(!colored(&[("FORCE_COLOR", "0")], &[]));
    assert!(colored(&[], &["--color", "always"]));
    assert!(colored(&[("NO_COLOR", "1")], &["--color=always"]));
    assert!(!colored(&[], &["--color", "auto"]));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut catalog = SMALL.to_owned();
    for i in 0..90 {
        catalog += &format!("      - {{code: c{i}, status: 400, meaning: m{i}, fix: f}}\n");
    }
    let repo = Repo::new().file("errors.yaml", catalog);
    let mut child = repo
        .command(&["lint", "errors.yaml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_ne!(output.status.code(), None, "killed by a signal");
}

#[test]
fn init_starts_an_empty_repo() {
    let repo = Repo::new();
    insta::assert_snapshot!("init", repo.ok(&["init"]));
    let clean = "exit: 0\n--- stderr\n1 catalog, 3 errors: no problems\n";
    assert_eq!(repo.ok(&["lint"]).to_string(), clean);
    repo.ok(&["generate"]);
    repo.ok(&["generate", "--check"]);
    let before = repo.read("errors.yaml");
    insta::assert_snapshot!("init again", repo.run(&["init"]));
    std::fs::remove_file(repo.path("errors.yaml")).unwrap();
    repo.put("errcat.yaml", "mine");
    assert_eq!(repo.run(&["init"]).status, 2, "errcat.yaml would be overwritten");
    assert!(!repo.path("errors.yaml").exists(), "half of it was written");
    repo.put("errors.yaml", before);
}

#[test]
fn shells_complete_commands_and_flags() {
    let repo = Repo::new();
    repo.put("errcat.bash", repo.ok(&["completions", "bash"]).stdout);
    let complete = |words: &str, count: usize| {
        let script = format!(
            "source errcat.bash; COMP_WORDS=({words}); COMP_CWORD={count}; \
             _errcat errcat \"${{COMP_WORDS[{count}]}}\" \"${{COMP_WORDS[{count}-1]}}\"; echo ${{COMPREPLY[@]}}"
        );
        let mut bash = std::process::Command::new("bash");
        let output = bash.args(["-c", &script]).current_dir(repo.path("")).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(complete("errcat gen", 1), "generate\n");
    assert_eq!(complete("errcat generate --dep", 2), "--depfile\n");
    assert_eq!(complete("errcat explain --format ''", 3), "text json markdown\n");
    for (shell, mark) in [
        ("zsh", "#compdef errcat"),
        ("fish", "complete -c errcat"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        assert!(repo.ok(&["completions", shell]).stdout.contains(mark), "{shell}");
    }
    assert_eq!(repo.run(&["completions", "basic"]).status, 2);
}

#[test]
fn differences_are_annotations_or_json_if_that_is_asked_for() {
    let repo = Repo::new().file("errors.yaml", SMALL).file(
        "errcat.yaml",
        "{errcat: 1, outputs: [{catalog: errors.yaml, target: json, out: a}, {catalog: errors.yaml, target: markdown, out: \"b,c\"}]}",
    );
    repo.ok(&["generate"]);
    let check = |format: &str| repo.run(&["generate", "--check", "--format", format]);
    assert_eq!(check("github").to_string(), "exit: 0\n--- stderr\n4 files are up to date\n");
    let page = repo.read("b,c/errors.md");
    repo.put("b,c/errors.md", page.replace("Mend it.", "Other."));
    std::fs::remove_file(repo.path("a/catalog.json")).unwrap();
    insta::assert_snapshot!("drift on GitHub", check("github"));
    insta::assert_snapshot!("drift as JSON", check("json"));
    // Findings come first, at their line of the catalog.
    repo.put("errors.yaml", SMALL.replace("status: 400", "status: 40"));
    insta::assert_snapshot!("findings on GitHub", check("github"));
    // GitHub counts paths from the top of the repo, wherever the step runs.
    std::fs::create_dir(repo.path("b,c/below")).unwrap();
    for (folder, top, file) in [
        ("", ".", "errors.yaml"),
        ("b,c/below", ".", "errors.yaml"),
        ("b,c/below", "b,c", "../../errors.yaml"),
    ] {
        let mut command = repo.command(&["lint", "--format", "github"]);
        let top = repo.path(top).canonicalize().unwrap();
        command.current_dir(repo.path(folder)).env("GITHUB_WORKSPACE", top);
        let said = crate::Ran::from(command.output().unwrap()).stdout;
        assert!(said.starts_with(&format!("::error file={file},line=")), "{folder}: {said}");
    }
    // Runners may name the checkout by a link to it, and the catalog may be a link out of the repo.
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        let outside = Repo::new().file("linked.yaml", repo.read("errors.yaml"));
        symlink(repo.path("."), outside.path("link")).unwrap();
        symlink(outside.path("linked.yaml"), repo.path("linked.yaml")).unwrap();
        let real = repo.path("").canonicalize().unwrap();
        for top in [outside.path("link"), real.clone()] {
            for folder in [outside.path("link"), real.clone()] {
                for file in ["errors.yaml", "linked.yaml"] {
                    let named = folder.join(file);
                    let mut command = repo.command(&["lint", "--format", "github", "--catalog"]);
                    command.arg(&named).current_dir(&folder).env("GITHUB_WORKSPACE", &top);
                    let said = crate::Ran::from(command.output().unwrap()).stdout;
                    let wanted = format!("::error file={file},line=");
                    assert!(
                        said.starts_with(&wanted),
                        "{} {}: {said}",
                        top.display(),
                        named.display()
                    );
                }
            }
        }
    }
    let ran = repo.run(&["generate", "--format", "json"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
    assert!(ran.stdout.starts_with("{\"rule\":\"status-range\""), "{ran}");
}
