//! `outputs` in errcat.yaml: several targets in one item, and what is wrong with an item.

use errcat::Generator;

use crate::{Repo, SMALL, diagnostics, files_below};

/// A repo with a catalog, and an errcat.yaml with these outputs.
fn repo(outputs: &[&str]) -> Repo {
    let items: Vec<String> = outputs.iter().map(|output| format!("  - {{{output}}}\n")).collect();
    let config = format!("errcat: 1\noutputs:\n{}", items.concat());
    Repo::new().file("errors.yaml", SMALL).file("errcat.yaml", config)
}

#[test]
fn several_targets_are_what_an_output_of_each_is() {
    let name = "options: {name: small-errors}";
    let list = repo(&[
        &format!("catalog: errors.yaml, targets: [rust, typescript], out: made, {name}"),
        "catalog: errors.yaml, targets: [markdown], out: made/docs",
    ]);
    let each = repo(&[
        &format!("catalog: errors.yaml, target: rust, out: made/rust, {name}"),
        &format!("catalog: errors.yaml, target: typescript, out: made/typescript, {name}"),
        "catalog: errors.yaml, target: markdown, out: made/docs/markdown",
    ]);
    for repo in [&list, &each] {
        repo.ok(&["generate"]);
        repo.ok(&["generate", "--check"]);
    }
    let files = files_below(&list.path("made"));
    assert_eq!(files, files_below(&each.path("made")));
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        let file = format!("made/{file}");
        assert_eq!(list.read(&file), each.read(&file), "{file}");
    }
    assert!(list.read("made/rust/Cargo.toml").contains("name = \"small-errors\""));
    // Flags, commands and the library see an output for each target.
    let said = list.ok(&["generate", "--target", "markdown"]).stderr;
    assert_eq!(said, "1 file is up to date\n");
    list.ok(&["generate", "--out-root", "moved"]);
    assert!(list.path("moved/markdown/errors.md").exists());
    let listed = list.ok(&["templates", "list"]).stdout;
    assert!(listed.contains("makes made/typescript from errors.yaml"), "{listed}");
    let generator = Generator::from_config(list.path("errcat.yaml")).unwrap();
    assert_eq!(generator.only(&["markdown"]).unwrap().check().unwrap(), []);
}

#[test]
fn one_mistake_in_targets_gives_one_diagnostic() {
    let two = "targets: [rust, json], options";
    for (output, rule, column, help) in [
        ("targets: [rust, markdwn]", "unknown-target", 44, "did you mean `markdown`?"),
        ("target: 'rust, json'", "unknown-target", 36, "did you mean `targets: [rust, json]`?"),
        ("targets: [json, rust, json]", "duplicate-target", 50, "remove one of the two"),
        (
            "target: json, targets: [rust]",
            "duplicate-target",
            52,
            "put every target into `targets`",
        ),
        ("targets: []", "empty-outputs", 28, "list targets, as in `targets: [rust, markdown]`"),
        ("targets: rust", "wrong-type", 37, "write `[rust]`"),
        ("target: [rust, json]", "wrong-type", 37, "did you mean `targets`?"),
        ("targts: [rust, json]", "unknown-field", 28, "did you mean `targets`?"),
        // An option is for all targets.
        (
            &format!("{two}: {{name: x}}"),
            "unknown-option",
            61,
            "list `rust` as an output of its own",
        ),
        (&format!("{two}: {{nmae: x}}"), "unknown-option", 61, "did you mean `name`?"),
        (
            "targets: [typescript, rust], options: {name: '@a/b'}",
            "option-value",
            73,
            "write it as in `acme-errors`",
        ),
    ] {
        let repo = repo(&[&format!("catalog: errors.yaml, {output}, out: made")]);
        let error = repo.generate().unwrap_err();
        let [one] = &diagnostics(&error)[..] else { panic!("{output}: {error}") };
        assert_eq!(
            (one["rule"].as_str(), one["column"].as_u64()),
            (Some(rule), Some(column)),
            "{error}"
        );
        assert!(one["help"].as_str().unwrap().contains(help), "{error}");
        assert!(!repo.path("made").exists());
    }
}

#[test]
fn two_outputs_of_one_file_are_refused_however_they_are_written() {
    let repo = repo(&[
        "catalog: errors.yaml, targets: [json], out: made",
        "catalog: errors.yaml, target: json, out: ./made/json",
    ]);
    let ran = repo.run(&["generate"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("both are `json` of `errors.yaml`"), "{ran}");
}
