//! `errcat init --from`: what documents of real APIs become, that every result loads, and that broken, huge
//! and hostile documents end in a message with nothing written.

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Value as Json, json};

use crate::{Ran, Repo, fixture, root};

/// Imports a document, in a repo with nothing else.
fn import(name: &str, text: impl AsRef<[u8]>) -> (Repo, Ran) {
    let repo = Repo::new().file(name, text);
    let ran = repo.run(&["init", "--from", name]);
    (repo, ran)
}

/// The errors of an imported catalog.
fn errors(repo: &Repo) -> Vec<Json> {
    let catalog: Json = serde_yaml::from_str(&repo.read("errors.yaml")).unwrap();
    let surfaces = catalog["surfaces"].as_array().unwrap();
    surfaces.iter().flat_map(|surface| surface["errors"].as_array().unwrap().clone()).collect()
}

/// One field of each error.
fn field(repo: &Repo, name: &str) -> Vec<Json> {
    errors(repo).iter().map(|error| error[name].clone()).collect()
}

/// The message about a document that is refused, with nothing written.
fn refusal(name: &str, text: impl AsRef<[u8]>) -> String {
    let (repo, ran) = import(name, text);
    assert_eq!(ran.status, 2, "{name}: {ran}");
    assert!(!repo.path("errors.yaml").exists() && !repo.path("errcat.yaml").exists(), "{name}");
    ran.stderr
}

/// Excerpts of real documents, and documents like them. The snapshots show what a person gets, and what
/// `errcat lint` asks for next.
#[test]
fn documents_become_what_a_person_would_write() {
    let folder = root().join("tests/it/import");
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().flatten().collect();
    names.sort_by_key(fs::DirEntry::file_name);
    assert!(names.len() >= 14, "{names:?}");
    for entry in names {
        let name = entry.file_name().into_string().unwrap();
        let text = fs::read(entry.path()).unwrap();
        let (repo, ran) = match name.as_str() {
            "semicolon.csv" => {
                let repo = Repo::new().file(&name, &text);
                let columns = ["code=Nummer", "meaning=Bedeutung", "fix=Was tun"];
                let columns = columns.iter().flat_map(|column| ["--column", column]);
                let arguments: Vec<&str> =
                    ["init", "--from", &name].into_iter().chain(columns).collect();
                let ran = repo.run(&arguments);
                (repo, ran)
            }
            _ => import(&name, &text),
        };
        assert_eq!(ran.status, 0, "{name}: {ran}");
        let lint = repo.run(&["lint", "--max", "1"]);
        let is_whole = lint.status == 0;
        assert_eq!(repo.run(&["generate", "-q"]).status, i32::from(!is_whole), "{name}");
        let shown = format!("{}\n{}\n{lint}", ran.stderr, repo.read("errors.yaml"));
        insta::assert_snapshot!(format!("import of {name}"), shown);
    }
}

#[test]
fn what_cannot_be_read_is_reported_and_nothing_is_written() {
    let utf16: Vec<u8> =
        b"\xff\xfe".iter().copied().chain("code,fix\na,b\n".bytes().flat_map(|b| [b, 0])).collect();
    for (name, text, said) in [
        ("a.csv", &b""[..], "`a.csv` is empty"),
        ("a.csv", b" \n\n", "`a.csv` is empty"),
        ("a.csv", b"code,meaning\nx,caf\xe9\n", "line 2 has the byte 0xe9"),
        ("a.csv", &utf16, "UTF-16"),
        ("a.csv", b"code\0,meaning\nx,y\n", "not a text file"),
        ("a.xlsx", b"PK\x03\x04\x14\0\x06\0", "save the sheet with the errors as CSV"),
        ("a.pdf", b"%PDF-1.7\n", "a PDF"),
        ("a.csv", b"code,meaning\n\"a,b\nc,d\n", "this quote is not closed\n --> a.csv:2:1"),
        (
            "a.json",
            b"{\"errors\": [\n  {\"code\": }\n]}",
            "this is not JSON: expected value\n --> a.json:2:12",
        ),
        ("a.json", b"[{\"code\": \"a\"}] x", "trailing characters"),
        ("a.yaml", b"errors:\n  - code: a\n   x: y\n", " --> a.yaml:3:4"),
        ("a.yaml", b"a: *b\n", "a.yaml:1:4"),
        ("a.md", b"# Errors\n\nThere are some.\n", "no table of codes was found"),
        (
            "a.md",
            b"# A\n\n<table>\n<tr><td>code</td></tr></table>\n",
            "not read: a.md:3 (a table in HTML; make it one of CSV or Markdown)",
        ),
        ("a.csv", b"Nummer,Text\n1,Eins\n", "its columns are \"Nummer\", \"Text\""),
        ("a.csv", b"code,meaning\n", "no errors were found in `a.csv`"),
        (
            "a.csv",
            b"code,meaning\n\n,x\n\n\n-,\"y\nz\"\n,\"5\"\" tall\"\n",
            "not read: a.csv:3 (no code); a.csv:6 (no code); a.csv:8 (no code)",
        ),
        ("a.json", b"{\"swagger\": \"2.0\"}", "npx swagger2openapi"),
        ("a.yaml", b"openapi: 4.0.0\npaths: {}\n", "its version is `4.0.0`"),
        ("a.yaml", b"openapi: 3.1.0\npaths: {}\n", "no errors were found"),
        ("a.json", b"[]", "no table of codes was found"),
        (
            "a.json",
            br#"{"name": "x", "scripts": {"build": "tsc -p .", "test": "node --test"}}"#,
            "no table of codes",
        ),
        ("a.md", b"---\ntitle: Errors\n---\n\n- `a`: b\n", "no table of codes was found"),
        ("a.json", b"\"text\"", "no table of codes was found"),
    ] {
        let message = refusal(name, text);
        assert!(message.contains(said), "{name}: {:?}\n{message}", String::from_utf8_lossy(text));
    }
    let repo = Repo::new().file("errors/x", "");
    for (from, said) in [("errors", "directory"), ("none.csv", "cannot read `none.csv`")] {
        let ran = repo.run(&["init", "--from", from]);
        assert_eq!((ran.status, ran.stderr.contains(said)), (2, true), "{ran}");
        assert!(!repo.path("errors.yaml").exists());
    }
}

#[test]
fn nothing_is_overwritten() {
    let table = "code,status,meaning\na,400,A\n";
    for (file, text) in [
        ("errors.yaml", "mine\n"),
        ("errors.yaml", crate::SMALL),
        ("services/x/errors.yaml", crate::SMALL),
        ("errcat.yaml", "errcat: 1\noutputs: []\n"),
        ("errcat.yml", "mine\n"),
    ] {
        let repo = Repo::new().file("a.csv", table).file(file, text);
        let ran = repo.run(&["init", "--from", "a.csv"]);
        assert_eq!(ran.status, 2, "{file}: {ran}");
        assert!(ran.stderr.contains(file) && ran.stderr.contains("nothing was written"), "{ran}");
        assert_eq!(repo.read(file), text);
        let files = crate::files_below(&repo.path(""));
        assert_eq!(files.len(), 2, "{files:?}");
    }
}

/// Every column of every kind of table, under other headings.
#[test]
fn columns_go_by_many_names() {
    for (headings, row) in [
        ("code,status,meaning,fix,retryable", "a,404,M,F,yes"),
        ("Error Code;HTTP Status;Description;Resolution;Retry", "a;404 Not Found;M;F;Y"),
        ("errorCode\thttpStatus\tmessage\tsolution\tisRetryable", "`a`\t`404`\tM\tF\ttrue"),
        ("ID,HTTP,Title,Action,Can retry?", "\"a\",HTTP 404,M,F,✓"),
        ("Status,Code,What it means,How to fix,Retriable", "404,a,M,F,Yes"),
        ("Code,Type,Message,Recommended action,Safe to retry", "404,a,M,F,yes (once)"),
        (
            "Square error code,HTTP status code(s),Error message,Next steps,Retry?",
            "a,404,M,F,always",
        ),
    ] {
        let (repo, ran) = import("a.csv", format!("{headings}\n{row}\n"));
        assert_eq!(ran.status, 0, "{headings}: {ran}");
        let error = &errors(&repo)[0];
        let all =
            ["code", "status", "meaning", "fix", "retryable"].map(|name| error[name].to_string());
        assert_eq!(all, ["\"a\"", "404", "\"M\"", "\"F\"", "true"], "{headings}: {ran}");
        repo.ok(&["lint"]);
        repo.ok(&["generate"]);
    }
}

#[test]
fn cells_are_read_as_people_write_them() {
    let (repo, ran) = import(
        "a.csv",
        "code,status,retry\na,\"400, 422\",no\nb,401 Unauthorized,never\nc,4xx,maybe\nd,999,✗\n\
         e,Too Many Requests,\"Yes, after a second\"\nf,500-599,n/a\ng,HTTP 503/504,Do not retry\n",
    );
    assert_eq!(ran.status, 0, "{ran}");
    let statuses = field(&repo, "status").iter().map(Json::to_string).collect::<Vec<_>>();
    assert_eq!(statuses, ["[400,422]", "401", "null", "null", "429", "null", "[503,504]"]);
    let retryable = field(&repo, "retryable").iter().map(Json::to_string).collect::<Vec<_>>();
    assert_eq!(retryable, ["false", "false", "null", "false", "true", "null", "false"]);
    assert!(ran.stderr.contains("missing: status of 3, fix of all, retryable of 2\n"), "{ran}");
    assert!(ran.stderr.contains("meaning of 7 of 7, from the code"), "{ran}");
}

#[test]
fn cells_of_markdown_lose_their_marks() {
    let (repo, ran) = import(
        "a.md",
        "| Code | Status | Message |\n|:---|---:|:-:|\n\
         | `a_b` | **404** | See [the docs](https://x.dev/a) &amp; *more*<br/>of `this|that` |\n\
         | ~~c~~ | 400 | &lt;b&gt; ![i](x.png) \\| <b>bold</b> ``a`b`` |\n\
         | d |\n",
    );
    assert_eq!(ran.status, 0, "{ran}");
    assert_eq!(field(&repo, "code"), ["a_b", "~~c~~", "d"]);
    let meanings = field(&repo, "meaning");
    assert_eq!(meanings[0], "See the docs & more of `this|that`");
    assert_eq!(meanings[1], "<b> i | bold ``a`b``");
}

#[test]
fn codes_keep_their_type_and_get_names_where_they_clash() {
    let (repo, _) = import("a.csv", "code,status\n10,400\n-20,401\n0,402\n");
    assert_eq!(field(&repo, "code"), [10, -20, 0]);
    let (repo, ran) = import("a.csv", "code,status\n010,400\n20,401\n");
    assert_eq!(field(&repo, "code"), ["010", "20"]);
    assert!(ran.stderr.contains("codes as texts (1 are numbers in the source)"), "{ran}");
    let (repo, _) =
        import("a.json", r#"[{"code": "10", "status": 400}, {"code": "20", "status": 401}]"#);
    assert_eq!(field(&repo, "code"), ["10", "20"]);
    let (repo, _) = import("a.json", r#"{"10": {"status": 400}, "20": {"status": 401}}"#);
    assert_eq!(field(&repo, "code"), [10, 20]);
    let numbers = "code,status\n1,400\n2,400\n3,400\n4,400\n5,400\n6,400\n7,400\n8,400\n9,400\n\
                   10,400\nreserved,400\n1000-1999,400\n";
    let (repo, ran) = import("a.csv", numbers);
    assert_eq!(field(&repo, "code").len(), 10);
    assert!(ran.stderr.contains("a.csv:12 (not a number"), "{ran}");
    assert!(ran.stderr.contains("a.csv:13 (not a code)"), "{ran}");

    let (repo, ran) = import(
        "a.csv",
        "code,status,meaning\na.b,400,A\na_b,401,B\nA-B,402,C\na.b,403,D\n错误,404,Not here\n",
    );
    assert_eq!(field(&repo, "code"), ["a.b", "a_b", "A-B", "错误"]);
    let names = field(&repo, "name").iter().map(Json::to_string).collect::<Vec<_>>();
    assert_eq!(names, ["null", "\"a_b_2\"", "\"A-B_3\"", "\"not_here\""], "{ran}");
    assert!(ran.stderr.contains("a.csv:5 (`a.b` again, first at a.csv:2)"), "{ran}");
    repo.ok(&["lint"]);
}

/// YAML 1.1 reads `y` and `no` as true and false.
#[test]
fn names_and_ids_are_texts_to_every_parser() {
    let example = json!({"error": {"code": "y"}});
    let content = json!({"application/json": {"example": example}});
    let responses = json!({"429": {"description": "Slow", "content": content}});
    let paths = json!({"/pets": {"get": {"responses": responses}}});
    let info = json!({"title": "Pets", "version": "1.0.0"});
    let document = json!({"openapi": "3.1.0", "info": info, "paths": paths}).to_string();
    let repo = Repo::new().file("y.json", document).file("no.csv", "code,status\na,400\n");
    repo.ok(&["init", "--from", "y.json", "no.csv"]);
    let catalog = repo.read("errors.yaml");
    for line in ["  - id: \"y\"", "  - id: \"no\"", "      GET /pets: [\"y\"]"] {
        assert!(catalog.lines().any(|one| one == line), "{line}\n{catalog}");
    }
    repo.ok(&["lint", "--rule", "ambiguous-yaml"]);
}

#[test]
fn several_documents_are_several_surfaces() {
    let repo = Repo::new()
        .file("billing.csv", "code,status\na,400\n")
        .file("type.json", r#"{"b": {"status": 404, "fix": "F"}, "c": {"status": 409}}"#);
    let ran = repo.ok(&["init", "--from", "billing.csv", "type.json"]);
    let catalog = repo.read("errors.yaml");
    assert!(
        catalog.contains("  - id: billing\n") && catalog.contains("  - id: type_api\n"),
        "{ran}{catalog}"
    );
    assert_eq!(repo.run(&["lint", "--rule", "missing-fix", "-q"]).status, 1);
}

#[test]
fn a_shape_can_be_chosen() {
    for shape in ["problem", "openai", "google", "jsonapi"] {
        let repo = Repo::new().file("a.csv", "code,status,meaning\nnot_found,404,No such thing\n");
        let ran = repo.ok(&["init", "--from", "a.csv", "--shape", shape]);
        assert!(!ran.stderr.contains("the body of a response"), "{ran}");
        repo.ok(&["lint"]);
        repo.ok(&["generate"]);
    }
    let ran = Repo::new().run(&["init", "--column", "fix=x"]);
    assert_eq!(ran.status, 2, "{ran}");
    for (column, said) in [
        ("color=x", "`color` is none of code, status, fix"),
        ("fix", "write a field, `=` and a heading"),
        ("fix=Was", "no table has the column `Was`"),
    ] {
        let repo = Repo::new().file("a.csv", "code,status\na,400\n");
        let ran = repo.run(&["init", "--from", "a.csv", "--column", column]);
        assert!(ran.status == 2 && ran.stderr.contains(said), "{ran}");
    }
}

/// Fuzzing found that the search for a free name never ended.
#[test]
fn members_that_begin_with_a_digit_have_placeholders() {
    let schema = "{type: object, properties: {code: {type: string}, '403': {type: string}, '404': {type: string}}}";
    let document = format!(
        "openapi: 3.0.3\ninfo: {{title: A, version: 1.0.0}}\npaths:\n  /a:\n    get:\n      responses:\n        \
         '400': {{description: Bad, content: {{application/json: {{schema: {schema}}}}}}}\n"
    );
    let (repo, ran) = import("api.yaml", document);
    assert_eq!(ran.status, 0, "{ran}");
    let written = repo.read("errors.yaml");
    for member in ["'403?': <value>", "'404?': <value_value>"] {
        assert!(
            written.contains(member) || written.contains(&member.replace('\'', "\"")),
            "{written}"
        );
    }
}

#[test]
fn circles_of_references_end() {
    let (repo, ran) = import(
        "a.json",
        r##"{"openapi": "3.1.0", "info": {"title": "X", "version": "1"}, "paths": {"/a": {"get": {"responses": {
            "400": {"$ref": "#/components/responses/A"}, "404": {"$ref": "#/components/responses/B"},
            "409": {"description": "D", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}},
            "410": {"$ref": "other.yaml#/x"}}}}},
          "components": {"responses": {"A": {"$ref": "#/components/responses/A"},
              "B": {"$ref": "#/components/responses/A"}},
            "schemas": {"S": {"type": "object", "properties": {"code": {"type": "string"}, "a": {"$ref": "#/components/schemas/S"},
              "b": {"type": "array", "items": {"$ref": "#/components/schemas/T"}}, "c": {"allOf": [{"$ref": "#/components/schemas/S"}]},
              "d": {"oneOf": [{"$ref": "#/components/schemas/S"}, {"$ref": "#/components/schemas/U"}]}}},
              "T": {"allOf": [{"$ref": "#/components/schemas/T"}, {"$ref": "#/components/schemas/S"}]},
              "U": {"$ref": "#/components/schemas/U"}}}}"##,
    );
    assert_eq!(ran.status, 0, "{ran}");
    assert!(ran.stderr.contains("references to other files: other.yaml#/x"), "{ran}");
    repo.ok(&["lint", "--max", "1"]);

    // Thirty levels, each with two references to the next.
    let schemas = (0..30).map(|at| {
        let next = format!("#/components/schemas/S{}", at + 1);
        format!(r#""S{at}": {{"properties": {{"a": {{"$ref": "{next}"}}, "b": {{"$ref": "{next}"}}, "c{at}": {{"type": "string"}}}}}}"#)
    });
    let schemas = schemas.collect::<Vec<_>>().join(",\n");
    let text = format!(
        r##"{{"openapi": "3.0.0", "paths": {{"/a": {{"get": {{"responses": {{"400": {{"description": "D",
          "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/S0"}}}}}}}}}}}}}}}},
          "components": {{"schemas": {{{schemas}}}}}}}"##
    );
    let start = Instant::now();
    let (_, ran) = import("a.json", text);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(ran.status, 0, "{}", ran.stderr);
}

#[test]
fn large_documents_end_soon() {
    let row = "code_of_an_error,404,\"A meaning, with a comma\"\n";
    for (text, said) in [
        (format!("code,status,meaning\n{}", row.repeat((41 << 20) / row.len())), "has 41 MiB"),
        (
            format!("code,meaning\n{}", "a,b\n".repeat(1_000_000)),
            "lists 1000000 errors; at most 100000",
        ),
        (
            format!("| code | b |\n|--|--|\n{}", "| a | b |\n".repeat(300_000)),
            "lists 300000 errors",
        ),
        (format!("[{}1]", "[".repeat(200_000)), "recursion limit"),
        (format!("a: {}", "[".repeat(200_000)), "brackets are nested"),
        (format!("code,meaning\n\"{}", "a,b\n".repeat(1_000_000)), "this quote is not closed"),
        ("a".repeat(30 << 20), "no table of codes"),
        (format!("{}\n", "|".repeat(10 << 20)), "no table of codes"),
    ] {
        let start = Instant::now();
        let message = refusal("a", &text);
        assert!(
            message.contains(said),
            "{said}: {}",
            message.chars().take(500).collect::<String>()
        );
        assert!(start.elapsed() < Duration::from_secs(60), "{said}: {:?}", start.elapsed());
    }
}

/// Quotes a cell as RFC 4180 says.
fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[test]
fn hostile_texts_stay_texts() {
    let texts: Vec<String> = fixture::accepted().into_iter().chain(fixture::refused()).collect();
    assert!(texts.len() > 50, "{}", texts.len());
    let rows = texts.iter().enumerate().map(|(at, text)| {
        let text = cell(text);
        format!("{text},e{at},4{:02},{text},{text},yes,{text}\n", at % 18)
    });
    let table = "name,code,status,meaning,fix,retry,notes\n".to_owned() + &rows.collect::<String>();
    let (repo, ran) = import("a.csv", &table);
    assert_eq!(ran.status, 0, "{ran}");
    assert_eq!(errors(&repo).len(), texts.len());
    let lint = repo.run(&["lint", "--format", "json"]);
    let rules: BTreeSet<&str> = lint
        .stdout
        .lines()
        .filter_map(|line| line.split("\"rule\":\"").nth(1)?.split('"').next())
        .collect();
    assert!(
        rules.iter().all(|rule| ["missing-fix", "doc-markup"].contains(rule)),
        "{rules:?} {lint}"
    );

    let rows = texts.iter().map(|text| format!("{},400\n", cell(text)));
    let rows = rows.collect::<Vec<_>>().concat();
    let (repo, ran) = import("a.csv", format!("code,status\n{rows}"));
    assert_eq!(ran.status, 0, "{ran}");
    repo.ok(&["lint"]);
    assert!(!ran.stderr.contains('\u{1b}') && !ran.stderr.contains('\u{202e}'), "{ran}");
}

/// A text as it comes out: on one line, with single spaces.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a cell with this text counts as empty.
fn is_nothing(text: &str) -> bool {
    ["na", "n/a", "none", "null", "tbd", "todo"].contains(&text.to_lowercase().as_str())
}

/// What random changes insert.
const PIECES: &[&str] = &[
    "", "\"", "'", "|", "\n", "{", "}", "[", "]", ":", ": ", ",", "<", "<code>", "`", "\u{202e}",
    "\u{0}", "#", "null", "404", "-1", "code", "status", "\\", "?", "$ref", "true", "错误", " ",
    "const", "enum", "/",
];

proptest! {
    #![proptest_config(Config { failure_persistence: None, ..Config::with_cases(60) })]

    /// A document with random changes is refused, or becomes a catalog that loads.
    #[test]
    fn random_changes_to_documents_never_break_errcat(
        which in any::<usize>(),
        changes in proptest::collection::vec((any::<usize>(), 0usize..30, 0usize..PIECES.len()), 1..6),
    ) {
        let files = crate::files_below(&root().join("tests/it/import"));
        let name = &files[which % files.len()];
        let mut text = fs::read_to_string(root().join("tests/it/import").join(name)).unwrap();
        for (at, length, piece) in changes {
            let mut start = at % (text.len() + 1);
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            let mut end = (start + length).min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.replace_range(start..end.max(start), PIECES[piece]);
        }
        let (repo, ran) = import(name, &text);
        prop_assert!([0, 2].contains(&ran.status) && !ran.stderr.contains("panicked"), "{}\n{}", text, ran);
        if ran.status == 0 {
            let lint = repo.run(&["lint", "--format", "json"]);
            for rule in lint.stdout.lines().filter_map(|line| line.split("\"rule\":\"").nth(1)) {
                let rule = rule.split('"').next().unwrap();
                let known = ["missing-fix", "missing-retryable", "missing-status"];
                prop_assert!(known.contains(&rule), "{}\n{}\n{}", rule, lint.stdout, repo.read("errors.yaml"));
            }
        }
    }

    /// What goes in comes out, in CSV and in JSON, and the result has no problems except about what is missing.
    #[test]
    fn tables_come_out_as_they_went_in(
        rows in proptest::collection::vec(
            ("[a-z][a-zA-Z0-9_.:/-]{0,20}( [A-Z]{1,3}[!?#:]?)?", 400u16..600, "[ -~]{0,80}", "[a-zé\"' :#,;&*!|>%@`{}\\[\\]-]{3,200}", any::<bool>()),
            1..20,
        )
    ) {
        let rows: Vec<_> = rows.into_iter().filter({
            let mut seen = BTreeSet::new();
            move |row| !is_nothing(&row.0) && seen.insert(row.0.clone())
        }).collect();
        if rows.is_empty() {
            return Ok(());
        }
        let csv = rows.iter().map(|(code, status, meaning, fix, retry)| {
            format!("{},{status},{},{},{retry}\n", cell(code), cell(meaning), cell(fix))
        });
        let csv = "code,status,meaning,fix,retryable\n".to_owned() + &csv.collect::<String>();
        let json = rows.iter().map(|(code, status, meaning, fix, retry)| serde_json::json!({
            "code": code, "status": status, "meaning": meaning, "fix": fix, "retryable": retry,
        }));
        let json = Json::Array(json.collect()).to_string();
        for (name, text) in [("a.csv", csv), ("a.json", json)] {
            let (repo, ran) = import(name, &text);
            prop_assert_eq!(ran.status, 0, "{}\n{}", text, ran.stderr);
            let out = errors(&repo);
            prop_assert_eq!(out.len(), rows.len());
            for (error, (code, status, meaning, fix, retry)) in out.iter().zip(&rows) {
                prop_assert_eq!(&error["code"], code);
                prop_assert_eq!(&error["status"], status);
                prop_assert_eq!(&error["retryable"], retry);
                let says_something = |text: &str| line(text).chars().any(char::is_alphanumeric);
                for (name, text) in [("meaning", meaning), ("fix", fix)] {
                    if says_something(text) && !is_nothing(&line(text)) {
                        prop_assert_eq!(&error[name], &line(text));
                    }
                }
            }
            let lint = repo.run(&["lint", "--format", "json"]);
            for rule in lint.stdout.lines().filter_map(|line| line.split("\"rule\":\"").nth(1)) {
                prop_assert!(rule.starts_with("missing-fix\""), "{}\n{}", lint.stdout, repo.read("errors.yaml"));
            }
        }
    }
}
