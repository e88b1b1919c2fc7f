//! `errcat templates` gives people what they need for a target of their own: copies of templates that
//! produce the same output, the context that templates see, and a true reference.

use std::fs;

use serde_json::{Value, json};

use crate::{Repo, SMALL, files_below, root};

/// A repo that generates every built-in target.
fn repo() -> Repo {
    let features = fs::read(root().join("tests/it/catalogs/features.yaml")).unwrap();
    Repo::new().file("features.yaml", features).file("errcat.yaml", config(""))
}

fn config(line: &str) -> String {
    let mut config = format!("errcat: 1\n{line}outputs:\n");
    for target in targets() {
        config += &format!("  - {{catalog: features.yaml, target: {target}, out: out/{target}}}\n");
    }
    config
}

fn targets() -> Vec<String> {
    let folders = fs::read_dir(root().join("templates")).unwrap();
    let names = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap());
    let mut targets: Vec<String> = names.filter(|name| !name.starts_with('_')).collect();
    targets.sort();
    assert!(targets.len() >= 7, "{targets:?}");
    targets
}

#[test]
fn help_shows_how_to_start() {
    let repo = Repo::new();
    for arguments in [&["templates", "--help"][..], &["templates", "eject", "--help"]] {
        insta::assert_snapshot!(arguments.join(" "), repo.ok(arguments));
    }
}

#[test]
fn every_target_is_listed_with_its_options_and_uses() {
    let repo = Repo::new();
    let list = repo.ok(&["templates", "list"]).stdout;
    for target in targets() {
        let is_listed =
            |line: &str| line.starts_with(&format!("{target} ")) && line.contains(" (built-in)  ");
        assert!(list.lines().any(is_listed), "{target}: {list}");
    }
    assert!(list.contains("  option name: the name of the crate"), "{list}");

    let repo = repo
        .file("errors.yaml", SMALL)
        .file("mine/codes/x.txt.j2", "x\n")
        .file("mine/codes/_target.yaml", "about: Codes\noptions: {a: {about: An a, choices: [b, c]}, d: {about: A d}}")
        .file("mine/json/x.json.j2", "1\n")
        .file("deep/er/x", "")
        .file(
            "errcat.yaml",
            "{errcat: 1, templates: mine, outputs: [{catalog: errors.yaml, target: codes, out: made}, \
             {catalog: errors.yaml, target: codes, out: again}]}",
        );
    let list = repo.ok(&["templates", "list"]).stdout;
    let (_, own) = list.split_once("codes ").unwrap();
    let (own, others) = own.split_once("html ").unwrap();
    // It replaces the built-in one, and has no description.
    assert!(others.contains("\njson               (mine/json)\n"), "{others}");
    let own: Vec<&str> = own.lines().map(str::trim).collect();
    assert_eq!(
        own,
        [
            "(mine/codes)  Codes",
            "option a: An a (b or c)",
            "option d: A d (any text)",
            "makes made from errors.yaml",
            "makes again from errors.yaml",
        ]
    );
    let mut below = repo.command(&["templates", "list"]);
    let below = crate::Ran::from(below.current_dir(repo.path("deep/er")).output().unwrap());
    assert!(below.stdout.contains("(../../mine/codes)"), "{}", below.stdout);
}

#[test]
fn ejected_templates_produce_the_same_output() {
    let repo = repo();
    repo.ok(&["generate"]);
    let names: Vec<String> = files_below(&root().join("templates"));
    for target in targets() {
        let ran = repo.ok(&["templates", "eject", &target]);
        assert_eq!(ran.stdout, "");
        assert!(ran.stderr.ends_with("next: add the line `templates: templates` to errcat.yaml\n"));
        assert_eq!(repo.read("errcat.yaml"), config(""), "it changed errcat.yaml");
        repo.put("errcat.yaml", config("templates: templates\n"));
        let check = repo.run(&["generate", "--check"]);
        assert_eq!(check.status, 0, "{target}: {}{}", check.stdout, check.stderr);
        let ejected = files_below(&repo.path("templates"));
        let own = names.iter().filter(|name| name.starts_with(&format!("{target}/")));
        for name in own {
            assert!(ejected.contains(name), "{target}: no {name}");
        }
        for name in &ejected {
            if name == "_python/runtime.py" {
                // The build script makes it.
                assert!(repo.read(&format!("templates/{name}")).contains("\nclass CatalogError("));
                continue;
            }
            let built_in = fs::read_to_string(root().join("templates").join(name)).unwrap();
            assert_eq!(repo.read(&format!("templates/{name}")), built_in, "{name}");
        }
        // Only the target's own templates, and the parts that it uses.
        let folders = ejected.iter().map(|name| name.split('/').next().unwrap());
        assert!(folders.clone().all(|folder| folder.starts_with('_') || folder == target));
        assert!(!folders.clone().any(|folder| folder == "_explain"), "{ejected:?}");
        let is_json = target == "json";
        assert!(!is_json || folders.clone().all(|folder| folder == "json"), "{ejected:?}");
        fs::remove_dir_all(repo.path("templates")).unwrap();
        repo.put("errcat.yaml", config(""));
    }
    // From then on the ejected templates count.
    repo.put("errcat.yaml", config("templates: templates\n"));
    let ran = repo.ok(&["templates", "eject"]);
    assert!(!ran.stderr.contains("next:"), "{}", ran.stderr);
    repo.ok(&["generate", "--check"]);
    for part in ["_rust/lints.rs.j2", "openapi/errors.openapi.yaml.j2"] {
        let changed = repo.read(&format!("templates/{part}")) + "# changed\n";
        repo.put(&format!("templates/{part}"), changed);
        assert_eq!(repo.run(&["generate", "--check"]).status, 1, "{part}");
    }
}

#[test]
fn a_template_that_differs_is_kept_and_named() {
    let repo = repo().file("errcat.yaml", config("templates: own/deep\n"));
    // The folder in errcat.yaml doesn't exist yet.
    let ran = repo.ok(&["templates", "eject", "markdown", "json"]);
    assert!(ran.stderr.contains("wrote own/deep/json/catalog.json.j2\n"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("next:"), "{}", ran.stderr);
    assert_eq!(repo.ok(&["templates", "eject", "json"]).stderr, "");

    repo.put("own/deep/json/catalog.json.j2", "mine\n");
    fs::remove_file(repo.path("own/deep/markdown/errors.md.j2")).unwrap();
    let ran = repo.run(&["templates", "eject", "markdown", "json"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("`own/deep/json/catalog.json.j2` differs"), "{}", ran.stderr);
    assert!(ran.stderr.contains("--force"), "{}", ran.stderr);
    assert!(!repo.path("own/deep/markdown/errors.md.j2").exists(), "it wrote something");
    assert_eq!(repo.read("own/deep/json/catalog.json.j2"), "mine\n");
    let ran = repo.ok(&["templates", "eject", "--force", "json"]);
    assert_eq!(ran.stderr, "wrote own/deep/json/catalog.json.j2\n");
    repo.ok(&["templates", "eject", "json"]);
}

/// Files of both in one folder would be a third target.
#[test]
fn a_target_of_ones_own_is_not_mixed_with_the_built_in_one() {
    let repo = repo().file("templates/markdown/other.md.j2", "# x\n");
    let ran = repo.run(&["templates", "eject", "markdown"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("`templates/markdown` is a target of your own"), "{}", ran.stderr);
    assert_eq!(files_below(&repo.path("templates")), ["markdown/other.md.j2"]);
    repo.ok(&["templates", "eject", "json"]);
}

#[test]
fn ejecting_works_without_a_config_but_not_with_a_broken_one() {
    let repo = Repo::new();
    let ran = repo.run(&["templates", "eject", "markdwon"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("did you mean `markdown`?"), "{}", ran.stderr);
    repo.ok(&["templates", "eject", "json"]);
    assert!(repo.path("templates/json/catalog.json.j2").exists());
    for text in ["errcat: [", "{errcat: 1, outputs: [], templates: [x]}"] {
        repo.put("errcat.yaml", text);
        assert_eq!(repo.run(&["templates", "eject", "json"]).status, 1, "{text}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_leads_no_copy_out_of_the_folder() {
    let repo = Repo::new().file("elsewhere/mine", "mine").file("templates/x", "");
    std::os::unix::fs::symlink("../elsewhere", repo.path("templates/json")).unwrap();
    let ran = repo.run(&["templates", "eject", "json", "--force"]);
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("`templates/json` is a symbolic link"), "{}", ran.stderr);
    assert_eq!(files_below(&repo.path("elsewhere")), ["mine"]);
}

/// A template that prints everything it sees prints the same as the command.
#[test]
fn the_context_is_what_templates_see() {
    let all = "{{ {\"catalog\": catalog, \"surface\": surface, \"error\": error, \"options\": options} | json_pretty }}\n";
    let output =
        json!({"catalog": "features.yaml", "target": "all", "out": "out", "options": {"a": "b"}});
    let other = json!({"catalog": "features.yaml", "target": "json", "out": "out"});
    let config = json!({"errcat": 1, "templates": "own", "outputs": [output, other]});
    let repo = repo()
        .file("own/all/once.json.j2", all)
        .file("own/all/[surface].json.j2", all)
        .file("own/all/[surface]/[error].json.j2", all)
        .file("own/all/_target.yaml", "about: All\noptions: {a: {about: An a}}\n")
        .file("errcat.yaml", config.to_string());
    repo.ok(&["generate"]);
    let context = |arguments: &[&str]| repo.ok(&[&["templates", "context"], arguments].concat());
    assert_eq!(context(&[]).stdout, repo.read("out/once.json"));
    for surface in ["payments", "ledger", "gateway"] {
        let made = repo.read(&format!("out/{surface}.json"));
        assert_eq!(context(&["--surface", surface]).stdout, made);
    }
    let of_error = ["--surface", "ledger", "--error", "busy"];
    assert_eq!(context(&of_error).stdout, repo.read("out/ledger/busy.json"));
    let parsed = |ran: crate::Ran| serde_json::from_str::<Value>(&ran.stdout).unwrap();
    let made: Value = serde_json::from_str(&repo.read("out/catalog.json")).unwrap();
    let of_json = parsed(context(&["--target", "json"]));
    assert_eq!(of_json, json!({"catalog": made, "surface": null, "error": null, "options": {}}));
    assert_eq!(parsed(context(&["--catalog", "features.yaml"])), of_json);

    for (arguments, message) in [
        (&["--surface", "payment"][..], "did you mean `payments`?"),
        (&["--surface", "ledger", "--error", "bsy"], "did you mean `busy`?"),
        (&["--target", "jsn"], "did you mean `json`?"),
        (&["--catalog", "absent.yaml"], "cannot read `absent.yaml`"),
    ] {
        let ran = repo.run(&[&["templates", "context"], arguments].concat());
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
    repo.put("features.yaml", SMALL.replace("status: 400", "status: 600"));
    assert_eq!(repo.run(&["templates", "context"]).status, 1);
    repo.put("errcat.yaml", "{errcat: 1, outputs: []}");
    assert!(repo.run(&["templates", "context"]).stderr.contains("[empty-outputs]"));
}

fn page() -> String {
    errcat::template_reference().unwrap()
}

#[test]
fn the_reference_is_in_the_docs_and_in_the_command() {
    let page = page();
    assert_eq!(Repo::new().ok(&["templates", "docs"]).stdout, page);
    // Such as `<!-- filters -->`.
    let is_gap = |line: &str| line.starts_with("<!-- ") && line.split(' ').count() == 3;
    assert!(!page.lines().any(is_gap), "a list was not filled in");
    for link in page.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        let is_there = match link.strip_prefix('#') {
            Some(anchor) => page.lines().any(|line| {
                let heading = line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
                line.starts_with("##") && heading == anchor
            }),
            None => link.starts_with("https://") || root().join("docs").join(link).exists(),
        };
        assert!(is_there, "the page links to {link}");
    }
    for line in page.lines().filter(|line| !line.starts_with('|')) {
        assert!(line.chars().count() <= 120, "too long: {line}");
    }
    crate::assert_committed("docs/templates.md", &page, "templates");
}

/// The rows of a record's table on the page: the field, its type, and what it is.
fn fields(page: &str, record: &str) -> Vec<[String; 3]> {
    let (_, section) = page.split_once(&format!("\n### {record}\n")).unwrap();
    let rows = section.lines().skip_while(|line| !line.starts_with("| ---")).skip(1);
    let rows = rows.take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [name, holds, is] = cells.as_slice() else { panic!("{row}") };
        [name.trim_matches('`').to_owned(), (*holds).to_owned(), (*is).to_owned()]
    })
    .collect()
}

/// Compares names, order and types with the context of a catalog that uses every feature.
#[test]
fn what_the_reference_says_about_fields_is_true() {
    let context = repo().ok(&["templates", "context"]).stdout;
    let context: Value = serde_json::from_str(&context).unwrap();
    let page = page();
    let mut seen = std::collections::BTreeSet::new();
    check(&page, "[Catalog](#catalog)", &context["catalog"], &mut seen);
    let records = page.split("\n### ").filter(|section| section.contains("\n| field |")).count();
    assert_eq!(seen.len(), records, "{seen:?}");
}

fn check(page: &str, holds: &str, value: &Value, seen: &mut std::collections::BTreeSet<String>) {
    let (holds, may_be_none) =
        holds.strip_suffix(", or none").map_or((holds, false), |holds| (holds, true));
    if value.is_null() {
        assert!(may_be_none || holds == "value", "{holds} is none");
    } else if let Some(items) = holds.strip_prefix("list of ") {
        for item in value.as_array().unwrap() {
            check(page, items.trim_end_matches('s'), item, seen);
        }
    } else if let Some(link) = holds.strip_prefix('[') {
        let record = link.split(']').next().unwrap();
        let fields = fields(page, record);
        let members = value.as_object().unwrap();
        assert!(members.keys().eq(fields.iter().map(|[name, ..]| name)), "{record}: {value}");
        for [name, holds, is] in &fields {
            assert!(is.len() > 6 && is.ends_with('.'), "{record}.{name} has no sentence: {is}");
            check(page, holds, &members[name], seen);
        }
        seen.insert(record.to_owned());
    } else {
        let is_so = match holds {
            "text" => value.is_string(),
            "number" => value.is_u64(),
            "true or false" => value.is_boolean(),
            "text or number" => value.is_string() || value.is_u64() || value.is_i64(),
            "object" => value.is_object(),
            "value" => true,
            _ => panic!("{holds} is nothing"),
        };
        assert!(is_so, "{value} is no {holds}");
    }
}

/// The first target that a reader of the page writes.
#[test]
fn the_example_of_the_reference_works() {
    let page = page();
    let block = |language: &str, index: usize| {
        let start = format!("\n```{language}\n");
        let (text, _) = page.split(&start).nth(index + 1).unwrap().split_once("\n```\n").unwrap();
        text.to_owned() + "\n"
    };
    let repo = Repo::new()
        .file("errors.yaml", SMALL.replace("MEANING", "The request is broken"))
        .file("errcat.yaml", block("yaml", 0))
        .file("templates/codes/_target.yaml", block("yaml", 1))
        .file("templates/codes/[surface].md.j2", block("jinja", 0));
    repo.ok(&["generate"]);
    assert_eq!(repo.read("generated/codes/api.md"), block("md", 0));
    repo.put("errcat.yaml", block("yaml", 0).replace(", options: {greeting: Hello}", ""));
    repo.ok(&["generate"]);
    assert!(!repo.read("generated/codes/api.md").contains("Hello"));
    repo.put("errcat.yaml", block("yaml", 0).replace("Hello", "Bye"));
    assert_eq!(repo.run(&["generate"]).status, 1);
}

/// Python packages have files such as `__init__.py`.
#[test]
fn a_name_with_one_underscore_is_a_part_and_with_two_an_output() {
    let repo = Repo::new()
        .file("errors.yaml", SMALL)
        .file("own/py/__init__.py.j2", "\"\"\"{{ catalog.title | py_doc }}\"\"\"\n")
        .file("own/py/_part.py.j2", "x")
        .file("own/py/_parts/__x__.py", "x")
        .file("own/py/__tests__/x.py", "x\n")
        .file(
            "errcat.yaml",
            "{errcat: 1, templates: own, outputs: [{catalog: errors.yaml, target: py, out: out}]}",
        );
    repo.ok(&["generate"]);
    assert_eq!(files_below(&repo.path("out")), [".errcat-files", "__init__.py", "__tests__/x.py"]);
    assert_eq!(
        repo.read("out/__init__.py"),
        "# Code generated by errcat from errors.yaml. DO NOT EDIT.\n\n\"\"\"Errors\"\"\"\n"
    );
}

#[test]
fn a_template_for_each_error_sees_it_and_makes_a_file_that_every_system_can_have() {
    let catalog = SMALL.lines().take(9).map(|line| line.to_owned() + "\n").collect::<String>();
    let errors = [("auth.token:expired/x", 401), ("aux", 404), ("gone", 410)];
    let errors = errors.map(|(code, status)| {
        format!("      - {{code: {code}, status: {status}, meaning: It is {status}, fix: f, retryable: false}}\n")
    });
    let repo = Repo::new()
        .file("errors.yaml", catalog + &errors.concat())
        .file("own/pages/[surface]/[error].md.j2", "# {{ error.name | md_code }} of {{ surface.id | md_text }}\n")
        .file("errcat.yaml", "{errcat: 1, templates: own, outputs: [{catalog: errors.yaml, target: pages, out: out}]}");
    repo.ok(&["generate"]);
    let made = [".errcat-files", "api/_aux.md", "api/auth.token-expired-x.md", "api/gone.md"];
    assert_eq!(files_below(&repo.path("out")), made);
    assert!(repo.read("out/api/gone.md").starts_with("# `gone` of api\n"));

    repo.put("own/pages/api/GONE.md.j2", "# Gone\n");
    let ran = repo.run(&["generate"]);
    assert_eq!(ran.status, 2);
    let message =
        "error: the target `pages` makes two files that some systems take for one: `api/gone.md`";
    assert!(ran.stderr.starts_with(message), "{}", ran.stderr);
    assert_eq!(files_below(&repo.path("out")), made);
}

#[test]
fn a_template_that_prints_nothing_makes_no_file() {
    let output = |wanted: bool| {
        format!(
            "{{errcat: 1, templates: own, outputs: [{{catalog: errors.yaml, target: x, out: out, options: {{more: {wanted}}}}}]}}"
        )
    };
    let repo = Repo::new()
        .file("errors.yaml", SMALL)
        .file("own/x/a.txt.j2", "a\n")
        .file("own/x/b.txt.j2", "{# more #}\n{% if options.more %}\nb\n{% endif %}\n\n")
        .file(
            "own/x/_target.yaml",
            "about: X\noptions: {more: {about: two files, choices: [true, false]}}\n",
        )
        .file("errcat.yaml", output(true));
    repo.ok(&["generate"]);
    assert_eq!(files_below(&repo.path("out")), [".errcat-files", "a.txt", "b.txt"]);
    repo.put("errcat.yaml", output(false));
    repo.ok(&["generate"]);
    assert_eq!(files_below(&repo.path("out")), [".errcat-files", "a.txt"]);
}

#[test]
fn a_part_is_included_as_it_is_in_a_file_of_any_language() {
    let style = "a::after { content: \"{{ x }}</b>\" }\n";
    let repo = Repo::new()
        .file("errors.yaml", SMALL)
        .file("own/x/_style.css", style)
        .file("own/x/a.html.j2", "<style>{% include \"x/_style.css\" %}</style>\n")
        .file(
            "errcat.yaml",
            "{errcat: 1, templates: own, outputs: [{catalog: errors.yaml, target: x, out: out}]}",
        );
    repo.ok(&["generate"]);
    assert!(repo.read("out/a.html").ends_with(&format!("<style>{style}</style>\n")));
}
