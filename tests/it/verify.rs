//! `errcat verify`: what recorded responses are, in each format, and what is printed of them.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use serde_json::{Value as Json, json};

use crate::{Ran, Repo, assert_committed, root};

const CATALOG: &str = include_str!("verify/api.yaml");

/// A response: where it came from, its status and body, and its kinds with the surface.
type Case = (&'static str, &'static str, u16, &'static str, &'static str);

const CASES: &[Case] = &[
    (
        "a success",
        "/v1/keys",
        200,
        r#"{"keys":[{"error":{"code":"no_key"}}],"error":null}"#,
        "not-an-error",
    ),
    ("a redirect", "/v1/keys", 302, "", "not-an-error"),
    ("a page", "/v1/keys", 200, "<html>\"error\"</html>", "not-an-error"),
    (
        "documented",
        "/v1/keys",
        404,
        r#"{"error":{"code":"no_key","message":"m","more":1}}"#,
        "documented keys",
    ),
    (
        "its second status",
        "/v1/keys",
        422,
        r#"{"error":{"code":"key_taken","message":"m"}}"#,
        "documented keys",
    ),
    (
        "deprecated",
        "/v1/keys",
        403,
        r#"{"error":{"code":"old_plan","message":"m"}}"#,
        "deprecated keys",
    ),
    ("retired", "/v1/keys", 404, r#"{"error":{"code":"gone_key","message":"m"}}"#, "retired keys"),
    (
        "unknown code",
        "/v1/keys",
        400,
        r#"{"error":{"code":"no_alias","message":"m"}}"#,
        "undocumented-code keys",
    ),
    (
        "wrong status",
        "/v1/keys",
        400,
        r#"{"error":{"code":"no_key","message":"m"}}"#,
        "wrong-status keys",
    ),
    ("no message", "/v1/keys", 404, r#"{"error":{"code":"no_key"}}"#, "wrong-shape keys"),
    (
        "both wrong",
        "/v1/keys",
        400,
        r#"{"error":{"code":"no_key","message":1}}"#,
        "wrong-status wrong-shape keys",
    ),
    ("a proxy's page", "/v1/keys", 429, "<h1>Too many</h1>", "wrong-shape keys"),
    ("another status", "/v1/keys", 504, "<h1>Timeout</h1>", "undocumented-status keys"),
    ("nothing", "/v1/keys", 429, "", "wrong-shape keys"),
    (
        "in a success",
        "/v1/keys",
        200,
        r#"{"error":{"code":"no_key","message":"m"}}"#,
        "error-in-200 keys",
    ),
    (
        "of no shape",
        "/v1/keys",
        200,
        r#"{"errors":[{"message":"m"}],"data":null}"#,
        "error-in-200 keys",
    ),
    ("a longer server", "/v1/chat/x", 401, r#"{"error":{"text":"m"}}"#, "documented chat"),
    ("by status", "/v1/chat", 402, r#"{"error":{"text":"m"}}"#, "undocumented-status chat"),
    ("other members", "/v1/chat", 500, r#"{"detail":"m"}"#, "wrong-shape chat"),
    (
        "not the path",
        "/v1/chats",
        404,
        r#"{"error":{"code":"no_key","message":"m"}}"#,
        "documented keys",
    ),
    ("a stream", "/v1/chat", 200, "data: {\"choices\":[]}\n\ndata: [DONE]\n\n", "not-an-error"),
    (
        "an error in a stream",
        "/v1/chat",
        200,
        "data: {\"choices\":[]}\n\ndata: {\"error\":{\"text\":\"m\"}}\n\n",
        "error-in-200 chat",
    ),
    ("another path", "/v2/keys", 404, "<h1>Not found</h1>", "other-address"),
];

fn repo() -> Repo {
    Repo::new().file("errors.yaml", CATALOG)
}

/// Runs `verify`, and returns what it prints.
fn verify(repo: &Repo, arguments: &[&str]) -> Ran {
    repo.run(&[&["verify", "--catalog", "errors.yaml"], arguments].concat())
}

/// The lines of JSON: findings or responses, and the summary.
fn lines(repo: &Repo, arguments: &[&str]) -> (Vec<Json>, Json) {
    let ran = verify(repo, &[arguments, &["--format", "json"]].concat());
    let lines = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap());
    let mut lines: Vec<Json> = lines.collect();
    let summary = lines.pop().unwrap_or_else(|| panic!("{ran}"));
    (lines, summary)
}

/// The kinds of a response, and its surface.
fn kinds(response: &Json) -> String {
    let own = [&response["kind"]];
    let kinds = own.into_iter().chain(response["also"].as_array().unwrap());
    let mut kinds: Vec<&str> = kinds.map(|kind| kind.as_str().unwrap()).collect();
    if !["not-an-error", "other-address"].contains(&kinds[0]) {
        kinds.push(response["surface"].as_str().unwrap_or_default());
    }
    kinds.join(" ")
}

fn url(path: &str) -> String {
    format!("https://api.acme.dev{path}?key=sk-abcd1234")
}

fn ndjson() -> String {
    let line = |(name, path, status, body, _): &Case| {
        let body = serde_json::from_str(body).unwrap_or_else(|_| json!(body));
        json!({"status": status, "url": url(path), "body": body, "name": name, "headers": {"x": 1}})
    };
    CASES.iter().fold(String::new(), |all, case| all + &line(case).to_string() + "\n")
}

fn har() -> String {
    let entry = |(_, path, status, body, _): &Case| {
        json!({
            "request": {"method": "GET", "url": url(path), "headers": []},
            "response": {"status": status, "content": {"text": body, "mimeType": "x"}},
        })
    };
    let entries: Vec<Json> = CASES.iter().map(entry).collect();
    format!("{:#}", json!({"log": {"version": "1.2", "pages": [{}], "entries": entries}}))
}

#[test]
fn each_kind_is_recognized_in_lines_and_in_har() {
    let repo = repo().file("a.ndjson", ndjson()).file("b.har", har());
    for file in ["a.ndjson", "b.har"] {
        let (responses, summary) = lines(&repo, &["--each", file]);
        assert_eq!(responses.len(), CASES.len());
        for (response, (name, _, status, _, wanted)) in responses.iter().zip(CASES) {
            assert_eq!(kinds(response), *wanted, "{file}, {name}: {response:#}");
            let told = response["status"].as_u64();
            assert!(told.is_none_or(|told| told == u64::from(*status)), "{response:#}");
        }
        assert_eq!(summary["responses"], CASES.len());
    }
}

/// Without an address, the shape identifies the surface.
#[test]
fn each_kind_is_recognized_in_saved_responses() {
    let kept = |(_, path, ..): &&Case| *path != "/v2/keys";
    for (name, _, status, body, wanted) in CASES.iter().filter(kept) {
        let text = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        let (responses, _) = lines(&repo().file("a.http", text), &["--each", "a.http"]);
        let found = kinds(&responses[0]);
        // An HTML page, and an error of no shape, may be of any surface.
        let is_foreign =
            (!body.starts_with('{') || *name == "of no shape") && wanted.contains("keys");
        let wanted = if is_foreign { wanted.split(' ').next().unwrap() } else { wanted };
        assert!(found.starts_with(wanted), "{name}: {found}, not {wanted}");
    }
}

#[test]
fn one_file_may_hold_several_saved_responses() {
    let [one, two] = [r#"{"error":{"code":"no_key","message":"m"}}"#, "<p>no</p>"];
    let text = format!(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n{one}HTTP/2 502 \r\n\
         content-length: {}\r\n\r\n{two}HTTP/1.1 503 X\r\n\r\nHTTP/2 200 \r\n\r\n{{}}\n",
        two.len(),
    );
    let (responses, _) = lines(&repo().file("a", text), &["--each", "a"]);
    let statuses: Vec<&Json> = responses.iter().map(|one| &one["status"]).collect();
    assert_eq!(statuses, [404, 502, 503, 200]);
    assert_eq!(responses[3]["entry"], 4);
}

/// The surface with more constants counts, even if another one knows the code.
#[test]
fn constants_tell_surfaces_apart() {
    let body = json!({"ok": false, "error": {"code": "key_taken", "message": "m"}});
    let line = |status: u16, body: &Json| format!("{}\n", json!({"status": status, "body": body}));
    let known = json!({"ok": false, "error": {"code": "no_hook", "message": "m"}});
    let repo = repo().file("a", line(200, &body) + &line(200, &known) + &line(400, &known));
    let (responses, _) = lines(&repo, &["--each", "a"]);
    let found: Vec<String> = responses.iter().map(kinds).collect();
    assert_eq!(found, ["undocumented-code hooks", "documented hooks", "wrong-status hooks"]);
}

#[test]
fn an_event_stream_alone_is_one_response() {
    let stream = ": hello\n\nevent: error\ndata: {\"error\":{\"text\":\"m\"}}\n\n";
    let repo = repo().file("a.txt", stream).file("b.txt", "data: x\n");
    let (responses, summary) = lines(&repo, &["--each", "a.txt", "b.txt"]);
    assert_eq!(kinds(&responses[0]), "error-in-200 chat");
    assert_eq!((responses.len(), &summary["files"]), (1, &json!(1)));
}

#[test]
fn bodies_that_were_not_recorded_are_counted() {
    let entry = |content: Json| json!({"response": {"status": 404, "content": content}});
    let entries = json!([
        entry(json!({"size": 12})),
        entry(json!({"size": -1, "_file": "a.bin"})),
        entry(json!({"size": 0})),
        entry(json!({"encoding": "base64", "text": "H4sIAAAAAAAAAw=="})),
        entry(json!({"encoding": "base64", "text": "eyJlcnJvciI6eyJjb2RlIjoibm9fa2V5IiwibWVzc2FnZSI6Im0ifX0="})),
        {"response": {"status": 0}},
        {"request": {}},
        {"response": {"status": 304}},
    ]);
    let har = json!({"log": {"entries": entries}}).to_string();
    let lines_of =
        "{\"status\":404}\n{\"status\":\"404\",\"body\":null}\n{\"status\":404.0,\"body\":\"\"}\n";
    let head = "HTTP/1.1 404 Not Found\nContent-Length: 12\n\n";
    let repo = repo().file("a.har", har).file("b", lines_of).file("c", head);
    let (responses, _) = lines(&repo, &["--each", "a.har", "b", "c"]);
    let found: Vec<&str> = responses.iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(
        found,
        [
            "without-body",
            "without-body",
            "wrong-shape",
            "without-body",
            "documented",
            "no-response",
            "no-response",
            "not-an-error",
            "without-body",
            "without-body",
            "wrong-shape",
            "without-body",
        ],
    );
}

#[test]
fn what_cannot_be_read_is_reported_and_the_rest_counts() {
    let good = r#"{"status":404,"body":{"error":{"code":"no_key","message":"m"}}}"#;
    let deep = format!("{{\"status\":404,\"body\":{}{}}}", "[".repeat(9000), "]".repeat(9000));
    let lines_of = format!(
        "{{\"status\n\n{good}\nnonsense\n{{}}\n{{\"status\":7}}\n{deep}\n{good}\n{{\"status\":404,"
    );
    let entry = json!({"response": {"status": 404, "content": {"text": "{}"}}});
    let cut = format!(
        "{{\"log\":{{\"a\":[1,\"]\"],\"entries\":[{entry},{{\"response\":[]}},{entry},{{\"re"
    );
    let cut_body = "HTTP/1.1 404 X\r\nContent-Length: 99\r\n\r\n{\"error\":{\"co";
    let mut latin =
        b"{\"status\":404,\"body\":{\"error\":{\"code\":\"no_key\",\"message\":\"\xe9\"}}}"
            .to_vec();
    latin.insert(0, b'\n');
    let repo = repo()
        .file("a", lines_of)
        .file("b", cut)
        .file("c", cut_body)
        .file("d", latin)
        .file("e", "HTTP/1.1 nothing\n\n");
    let found = |file: &str| {
        let (responses, _) = lines(&repo, &["--each", file]);
        let kinds = responses.iter().map(|one| {
            let line = one["line"].as_u64().or(one["entry"].as_u64()).unwrap_or_default();
            (line, one["kind"].as_str().unwrap().to_owned())
        });
        kinds.map(|(line, kind)| format!("{line} {kind}")).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(
        found("a"),
        "1 unreadable, 3 documented, 4 unreadable, 5 unreadable, 6 unreadable, 7 wrong-shape, \
         8 documented, 9 unreadable"
    );
    assert_eq!(found("b"), "1 wrong-shape, 2 unreadable, 3 wrong-shape, 4 unreadable");
    assert_eq!(found("c"), "0 unreadable");
    assert_eq!(found("d"), "2 documented");
    assert_eq!(found("e"), "0 unreadable");
}

#[test]
fn files_that_are_no_recordings_are_named_and_skipped() {
    let repo = repo()
        .file("r/a.ndjson", ndjson())
        .file("r/b/c.har", har())
        .file("r/d.bin", [0, 159, 146, 150, 0, 1, 2])
        .file("r/e.json", "{\n  \"name\": \"x\",\n  \"status\": 404\n}\n")
        .file("r/f.txt", [0xff, 0xfe, b'{', 0])
        .file("r/g.yaml", "data: x\n")
        .file("r/h.gz", [0x1f, 0x8b, 8, 0])
        .file("r/i", "")
        .file("r/.hidden", "{\"status\":599}\n");
    let ran = verify(&repo, &["r"]);
    assert_eq!(ran.status, 1, "{ran}");
    insta::assert_snapshot!(ran.stderr);
    let (_, summary) = lines(&repo, &["r"]);
    assert_eq!(summary["files"], 2);
    repo.put("r/j.har", "{\"log\":{\"entries\":[]}}");
    for empty in ["r/d.bin", "r/i", "r/e.json", "r/j.har"] {
        let ran = verify(&repo, &[empty]);
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{ran}");
        assert!(ran.stderr.contains("there is no recorded response"), "{ran}");
    }
    assert_eq!(verify(&repo, &["absent"]).status, 2);
}

#[test]
fn groups_are_printed_for_people_programs_and_github() {
    let repo = repo().file("r/a.ndjson", ndjson()).file("r/b.har", har());
    insta::assert_snapshot!("text", verify(&repo, &["r"]));
    insta::assert_snapshot!("github", verify(&repo, &["r/a.ndjson", "--format", "github"]));
    insta::assert_snapshot!("json", verify(&repo, &["r/a.ndjson", "--format", "json"]));
    insta::assert_snapshot!("each", verify(&repo, &["r/a.ndjson", "--each"]));
}

#[test]
fn one_surface_can_be_looked_at() {
    let repo = repo().file("a", ndjson()).file("b", "HTTP/1.1 504 X\n\n<p>\n");
    let (responses, summary) = lines(&repo, &["--each", "--surface", "chat", "a", "b"]);
    assert_eq!(responses.last().unwrap()["surface"], "chat");
    for response in responses {
        let kind = response["kind"].as_str().unwrap();
        let is_apart = ["not-an-error", "other-address", "other-surface"].contains(&kind);
        assert!(
            is_apart || response["surface"] == "chat" || response["surface"].is_null(),
            "{response}"
        );
    }
    assert_eq!(summary["coverage"].as_array().unwrap().len(), 1);
    let ran = verify(&repo, &["--surface", "chta", "a"]);
    assert!(ran.status == 2 && ran.stderr.contains("did you mean `chat`?"), "{ran}");
}

#[test]
fn too_little_coverage_fails() {
    let body = json!({"error": {"code": "no_key", "message": "m"}});
    let repo = repo().file("a", json!({"status": 404, "body": body}).to_string());
    // Three errors of this surface are not deprecated.
    for (wanted, status) in [("33%", 0), ("33", 0), ("34%", 1), ("100%", 1), ("101%", 2), ("x", 2)]
    {
        let ran = verify(&repo, &["--surface", "keys", "--coverage", wanted, "a"]);
        assert_eq!(ran.status, status, "{wanted}: {ran}");
    }
    let ran = verify(&repo, &["--surface", "keys", "--coverage", "80%", "a"]);
    assert!(ran.stdout.contains("keys: seen 1 of 3 errors; never: key_taken, too_fast"), "{ran}");
}

/// After pasting what the help says, no problem is left.
#[test]
fn what_the_help_says_to_paste_is_enough() {
    let pasted = CASES.iter().filter(|(_, _, status, ..)| *status != 504).filter_map(|case| {
        let (_, path, status, body, _) = case;
        let body = serde_json::from_str(body).unwrap_or_else(|_| json!(body));
        let line = json!({"status": status, "url": url(path), "body": body}).to_string();
        let repo = repo().file("a", line);
        let (findings, _) = lines(&repo, &["a"]);
        let finding = findings.first()?;
        let paste = finding["paste"].as_str()?;
        let catalog = if paste.starts_with("- ") {
            let start = format!("  - id: {}\n", finding["surface"].as_str().unwrap());
            let (before, after) = CATALOG.split_once(&start).unwrap();
            let (head, errors) = after.split_once("    errors:\n").unwrap();
            format!("{before}{start}{head}    errors:\n      {paste}\n{errors}")
        } else {
            let code = finding["code"].as_str().unwrap();
            CATALOG.lines().fold(String::new(), |all, line| {
                let is_own = line.contains(&format!("code: {code}, status: "));
                let own = line.replace("status: 404", paste).replace("status: [409, 422]", paste);
                all + if is_own { &own } else { line } + "\n"
            })
        };
        let repo = Repo::new().file("errors.yaml", &catalog).file("a", repo.read("a"));
        repo.lint("errors.yaml").unwrap_or_else(|error| panic!("{error}\n{catalog}"));
        let (after, _) = lines(&repo, &["a"]);
        let kind = &finding["kind"];
        assert!(after.iter().all(|one| one["kind"] != *kind), "{kind}: {after:?}\n{catalog}");
        Some(kind.as_str().unwrap().to_owned())
    });
    let mut kinds: Vec<String> = pasted.collect();
    kinds.sort();
    kinds.dedup();
    assert_eq!(kinds, ["error-in-200", "undocumented-code", "undocumented-status", "wrong-status"]);
}

/// Nothing from a response or a request is printed, except codes and the parts of a path that aren't secret.
#[test]
fn secrets_are_never_printed() {
    let secret = "s3cr3tS3cr3tS3cr3tS3cr3tS3cr3t99";
    let message =
        format!("Key sk-{secret} is wrong, Bearer {secret}, hash {}", "9f86d081".repeat(8));
    let url = format!("https://me:{secret}@api.acme.dev/v1/{secret}/x?token={secret}#{secret}");
    let bodies = [
        json!({"error": {"code": message, "message": message}}),
        json!({"error": {"code": format!("sk-{secret}"), "message": 1, "password": "hunter2 hunter2"}}),
        json!({"error": message, "token": "hunter2", secret: 1}),
        json!({secret: message}),
        json!(format!("<p>{message}, cookie=hunter2</p>")),
        json!(format!("data: {}\n\n", json!({"error": {"text": message, "code": message}}))),
        json!({"errors": [{"message": message, "code": message}]}),
    ];
    let mut entries = Vec::new();
    let mut text = String::new();
    for (body, status) in bodies.iter().flat_map(|body| [(body, 404), (body, 200), (body, 418)]) {
        let headers = json!([{"name": "authorization", "value": format!("Bearer {secret}")}]);
        let line = json!({"status": status, "url": url, "method": secret, "headers": headers, "body": body});
        writeln!(text, "{line}").unwrap();
        let content = match body {
            Json::String(text) => text.clone(),
            body => body.to_string(),
        };
        entries.push(json!({
            "request": {"method": "GET", "url": url, "headers": headers, "postData": {"text": secret}},
            "response": {"status": status, "headers": headers, "content": {"text": content}},
        }));
    }
    writeln!(text, "{{\"status\":404,\"body\":{secret}").unwrap();
    let repo = repo().file("a", text).file("b", json!({"log": {"entries": entries}}).to_string());
    for format in ["text", "json", "github"] {
        for flags in [&[][..], &["--each"], &["--show-bodies"], &["--each", "--show-bodies"]] {
            let ran = verify(&repo, &[&["--format", format, "a", "b"], flags].concat());
            assert_eq!(ran.status, 1);
            for word in ["s3cr3t", "9f86d081", "hunter2", "me:"] {
                let text = ran.to_string();
                let line = text.lines().find(|line| line.to_lowercase().contains(word));
                assert_eq!(line, None, "{format} {flags:?}");
            }
            let shows = flags.contains(&"--show-bodies");
            assert_eq!(ran.stdout.contains("is wrong"), shows && (format != "github"), "{ran}");
        }
    }
}

#[test]
fn what_steers_a_terminal_is_never_printed() {
    let url = "https://api.acme.dev/v1/\u{85}keys/\u{202e}";
    let body = json!({"error": {"code": "no_key\u{202e}", "message": "\u{85}", "\u{202e}": 1}});
    let line = json!({"status": 400, "method": "GET", "url": url, "body": body});
    let repo = repo().file("a", line.to_string());
    for format in ["text", "json", "github"] {
        for flags in [&["--show-bodies"][..], &["--each", "--show-bodies"]] {
            let ran = verify(&repo, &[&["--format", format, "a"], flags].concat());
            assert!(!ran.to_string().contains(['\u{85}', '\u{202e}']), "{format} {flags:?}\n{ran}");
        }
    }
}

#[test]
fn standard_input_is_read_and_groups_are_bounded() {
    let repo = repo();
    let mut command =
        repo.command(&["verify", "--catalog", "errors.yaml", "-", "--format", "json"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    for number in 0..3000 {
        let body = json!({"error": {"code": format!("code_{number}"), "message": "m"}});
        writeln!(input, "{}", json!({"status": 400, "body": body})).unwrap();
    }
    writeln!(input, "{{\"status\":200,\"body\":\"{}\"}}", "x".repeat(17 << 20)).unwrap();
    drop(input);
    let ran = Ran::from(child.wait_with_output().unwrap());
    let summary: Json = serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap();
    assert_eq!((&summary["groups"], &summary["ungrouped"]), (&json!(1000), &json!(2001)));
    assert_eq!(summary["kinds"]["undocumented-code"], 3000);
    assert_eq!(summary["kinds"]["unreadable"], 1);
}

/// The versions of the proxy that were asked, with what came back: a response for each request.
const VERSIONS: [&str; 3] = ["1.72.6", "1.80.11", "1.100.5"];

#[test]
fn the_page_about_the_proxy_is_what_verify_says() {
    let run = |version: &str| {
        let repo = Repo::new();
        let file = root().join(format!("tests/it/verify/litellm-{version}.ndjson"));
        let catalog = root().join("catalog/tensorloop.yaml");
        let [file, catalog] = [file, catalog].map(|path| path.to_str().unwrap().to_owned());
        let ran = repo.run(&["verify", "--catalog", &catalog, "--format", "json", &file]);
        let lines = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap());
        lines.collect::<Vec<Json>>()
    };
    let runs = VERSIONS.map(run);
    let kinds = [
        ("not an error", "not-an-error"),
        ("as the page says", "documented"),
        ("a status that the page doesn't have", "undocumented-status"),
        ("a status of the page, with another body", "wrong-shape"),
        ("an error in a stream that began with 200", "error-in-200"),
    ];
    let row = |name: &str, counts: [u64; 3]| {
        let [first, second, third] = counts;
        let sum = first + second + third;
        format!("| {name} | {first} | {second} | {third} | {sum} |\n")
    };
    let summaries = runs.each_ref().map(|run| run.last().unwrap());
    let mut table = String::new();
    let mut told = [0; 3];
    for (name, kind) in kinds {
        let counts = summaries.map(|summary| summary["kinds"][kind].as_u64().unwrap());
        told = std::array::from_fn(|index| told[index] + counts[index]);
        table += &row(name, counts);
    }
    assert_eq!(told, summaries.map(|summary| summary["responses"].as_u64().unwrap()));
    table += &row("all responses", told);
    let mut groups: Vec<&str> = Vec::new();
    for group in runs.iter().flatten().filter_map(|line| line["message"].as_str()) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    let count = |group: &str, run: &[Json]| {
        let own = run.iter().find(|line| line["message"] == group);
        own.map_or(0, |own| own["count"].as_u64().unwrap())
    };
    let mut rows: Vec<(u64, String)> = Vec::new();
    for group in groups {
        let counts = runs.each_ref().map(|run| count(group, run));
        rows.push((counts.iter().sum(), row(group, counts)));
    }
    rows.sort_by_key(|(sum, _)| std::cmp::Reverse(*sum));
    let findings: String = rows.into_iter().map(|(_, row)| row).collect();
    let page = fs::read_to_string(root().join("tests/it/verify/litellm.md")).unwrap();
    let page = page.replace("KINDS\n", &table).replace("FINDINGS\n", &findings);
    assert_committed("docs/litellm.md", &page, "verify");
}

/// A body that fits another surface by its form alone is still one of the surface that was asked about.
#[test]
fn another_surface_counts_if_it_has_the_error() {
    let line = |status: u16, body: Json| format!("{}\n", json!({"status": status, "body": body}));
    let text = line(500, json!({"error": {"code": "odd", "message": "m"}}))
        + &line(404, json!({"error": {"code": "no_key", "message": "m"}}));
    let repo = repo().file("a", text);
    let (responses, _) = lines(&repo, &["--each", "--surface", "chat", "a"]);
    assert_eq!(kinds(&responses[0]), "wrong-shape chat");
    assert_eq!(kinds(&responses[1]), "other-surface ");
    let (responses, _) = lines(&repo, &["--each", "a"]);
    assert_eq!(kinds(&responses[0]), "undocumented-code keys");
}

#[test]
fn every_difference_is_reported() {
    let catalog = CATALOG.replace(
        "message: <message>, hint?: <hint>",
        "a: <a>, b: <b:integer>, c: {d: <d>, e: [{f: <f>}]}, g/h: <g>",
    );
    assert_ne!(catalog, CATALOG);
    let error = json!({"code": "no_key", "b": "x", "c": {"e": [{"f": "y"}, {"f": 1}, {}]}});
    let line = json!({"status": 404, "url": "https://api.acme.dev/v1", "body": {"error": error}});
    let repo = Repo::new().file("errors.yaml", catalog).file("a", line.to_string());
    let (findings, _) = lines(&repo, &["a"]);
    let differences = findings[0]["differences"].as_array().unwrap().iter();
    let pointers: Vec<&str> = differences.map(|one| one["pointer"].as_str().unwrap()).collect();
    let wanted =
        ["/error/a", "/error/b", "/error/c/d", "/error/c/e/1/f", "/error/c/e/2/f", "/error/g~1h"];
    assert_eq!(pointers, wanted);
    for pointer in wanted {
        assert!(verify(&repo, &["a"]).stdout.contains(&format!("`{pointer}`")));
    }
}

/// The example at the top of docs/verify.md is what errcat prints of such recordings.
#[test]
fn the_page_shows_a_real_run() {
    let page = fs::read_to_string(root().join("docs/verify.md")).unwrap();
    let (_, shown) = page.split_once("$ errcat verify recordings\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let openai = json!({"error": {"message": "m", "type": "t"}});
    let own = |code: &str| json!({"error": code});
    let documented = [
        (401, own("unauthorized")),
        (403, own("plan_limit_keys")),
        (502, own("litellm_failed")),
        (404, own("not_found")),
        (401, openai.clone()),
        (403, openai.clone()),
        (429, openai.clone()),
        (500, openai.clone()),
        (503, openai.clone()),
    ];
    let line = |status: u16, body: &Json| format!("{}\n", json!({"status": status, "body": body}));
    let success = |count: usize| line(200, &json!({"choices": []})).repeat(count);
    let mut text = success(11);
    text += &line(408, &openai).repeat(9);
    text += &line(400, &own("plan_limit_keys"));
    for (status, body) in documented.iter().cycle().take(112) {
        text += &line(*status, body);
    }
    text += &success(1341);
    let url = "https://litellm.tensorloop.tech/v1/embeddings?user=1";
    let entry = |status: u16, body: &str| {
        json!({
            "request": {"method": "POST", "url": url},
            "response": {"status": status, "content": {"text": body}},
        })
    };
    let mut entries = vec![entry(200, "{}"); 6];
    entries.push(entry(404, "{\"detail\": \"Not Found\"}"));
    let saved = "HTTP/2 400 \ncontent-type: application/json\n\n{\"error\": \"plan_limit_keys\"}";
    let catalog = fs::read_to_string(root().join("catalog/tensorloop.yaml")).unwrap();
    let repo = Repo::new()
        .file("errors.yaml", catalog)
        .file("recordings/timeouts.ndjson", text)
        .file("recordings/curl-02.http", saved)
        .file("recordings/checkout.har", json!({"log": {"entries": entries}}).to_string());
    assert_eq!(verify(&repo, &["recordings"]).stdout, shown);
}

/// Codes of the catalog are printed, whatever they look like.
#[test]
fn known_codes_may_be_any_text() {
    let catalog =
        CATALOG.replace("code: no_key", "code: No such key").replace("gone_key", "Key gone");
    let body = |code: &str| json!({"error": {"code": code, "message": "m"}});
    let line = |code: &str| json!({"status": 410, "body": body(code)}).to_string() + "\n";
    let text = line("No such key") + &line("Key gone") + &line("Your key is 12");
    let repo = Repo::new().file("errors.yaml", catalog).file("a", text);
    let (responses, _) = lines(&repo, &["--each", "a"]);
    let told = |name: &str| responses.iter().map(|one| one[name].clone()).collect::<Vec<_>>();
    assert_eq!(told("kind"), ["wrong-status", "retired", "undocumented-code"]);
    assert_eq!(told("code"), [json!("No such key"), json!("Key gone"), Json::Null]);
    let ran = verify(&repo, &["a"]);
    assert!(ran.stdout.contains("retired: `Key gone` (keys)"), "{ran}");
    assert!(ran.stdout.contains("wrong-status: `No such key` (keys)"), "{ran}");
    assert!(!ran.to_string().contains("Your key"), "{ran}");
}
