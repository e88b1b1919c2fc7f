//! `errcat explain` answers names, statuses, real responses and broken ones, for people and for
//! programs.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use serde_json::Value as Json;

use crate::{Ran, Repo, SMALL, root};

/// A repo with a typical catalog, and the one that uses every feature.
fn repo() -> Repo {
    let copy = |path: &str| fs::read(root().join(path)).unwrap();
    Repo::new()
        .file("tensorloop.yaml", copy("catalog/tensorloop.yaml"))
        .file("features.yaml", copy("tests/it/catalogs/features.yaml"))
}

impl Repo {
    /// Asks about a response.
    fn explain(&self, catalog: &str, format: &str, response: &[u8]) -> Ran {
        self.ask(&["explain", "--catalog", catalog, "--format", format, "-"], response)
    }

    pub(crate) fn ask(&self, arguments: &[&str], response: &[u8]) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(response).unwrap();
        Ran::from(child.wait_with_output().unwrap())
    }

    /// The answer about a response as JSON. It must agree with the exit code.
    fn answer(&self, catalog: &str, response: impl AsRef<[u8]>) -> Json {
        let ran = self.explain(catalog, "json", response.as_ref());
        let answer: Json = serde_json::from_str(&ran.stdout).unwrap();
        let is_known = answer["outcome"] == "found" || answer["outcome"] == "not_an_error";
        assert_eq!(ran.status, i32::from(!is_known), "{ran}");
        assert_eq!(ran.stderr, "");
        answer
    }
}

/// Answers that between them use every line of the templates. The repo's errcat.yaml names the
/// catalogs with all features.
pub(crate) fn every_kind_of_answer(repo: &Repo) -> impl Iterator<Item = Ran> {
    let responses: [&[u8]; 22] = [
        b"HTTP/1.1 404 x\n\n{\"message\":\"m\"}",
        b"HTTP/1.1 410 x\n\n{\"m\":1}",
        b"HTTP/1.1 404 x\n\n<html>Nothing here</html>",
        b"HTTP/1.1 424 x\n\n{\"code\":5}",
        b"HTTP/1.1 428 x\n\n{\"text\":\"high\"}",
        br#"{"x":1}"#,
        br#"{"ok":false,"status":"409","error":"limit_exceeded","help":"h","budget":"5 EUR","retry_after":7}"#,
        b"HTTP/1.1 200 x\n\n{\"error\":{\"code\":\"once\"}}",
        b"HTTP/1.1 418 x\n\n<html>A teapot</html>",
        br#"{"message":"no status"}"#,
        b"HTTP/1.1 200 x\n\n",
        br#"[{"message":"m","errorCode":"INVALID_FIELD"},{"message":"m","errorCode":"a"},{"message":"m","errorCode":"b"},{"message":"m","errorCode":"c"},{"message":"m","errorCode":"d"},{"message":"m","errorCode":"e"}]"#,
        b"malformed",
        b"HTTP/1.1 418 x\n\n<html>",
        b"HTTP/1.1 418 x\n\n{\"message\":\"m\"}",
        b"HTTP/1.1 502 x\nretry-after: 300\n\n<html>",
        br#"{"type":"https://docs.acme.dev/errors#payments-auth.token.expire","title":"x","status":429,"help":"a See b"}"#,
        b"HTTP/1.1 424 x\n\n<html>",
        b"HTTP/1.1 200 x\n\n{\"errors\":[{\"message\":\"m\",\"extensions\":{\"code\":\"quota.exceded\"}}]}",
        b"HTTP/1.1 200 x\n\n{\"errors\":[{\"message\":\"m\",\"extensions\":{\"code\":\"quota.exceeded\"}}]}",
        b"HTTP/1.1 200 x\n\n{\"errors\":[{\"message\":\"m\"}]}",
        b"HTTP/1.1 400 x\nretry-after: 300\n\n{\"type\":\"https://docs.acme.dev/errors#payments-quota.exceeded\",\"title\":\"x\",\"status\":\"x\",\"retry_in\":60}",
    ];
    let names = [
        &["explain"][..],
        &["explain", "quota.exceded"],
        &["explain", "auth.cookie"],
        &["explain", "auth"],
        &["explain", "once"],
        &["explain", "200"],
    ];
    let of_responses = responses.into_iter().map(|response| repo.ask(&["explain", "-"], response));
    of_responses.chain(names.into_iter().map(|arguments| repo.ask(arguments, b"")))
}

/// The essence of an answer: its outcome, and for each error how it was found, on which surface,
/// and its name.
fn gist(answer: &Json) -> (&str, Vec<(&str, &str, &str)>) {
    let found = answer["found"].as_array().unwrap().iter().map(|one| {
        let [error, retired] = ["error", "retired"].map(|kind| &one[kind]);
        let name = error["name"].as_str().or(retired["code"].as_str());
        let by = one["reading"]["by"].as_str().unwrap_or("name");
        (by, one["surface"].as_str().unwrap_or("-"), name.unwrap_or("-"))
    });
    (answer["outcome"].as_str().unwrap(), found.collect())
}

#[test]
fn what_steers_a_terminal_is_never_printed() {
    let repo = repo();
    for body in
        ["{\"error\":\"\u{85}x\u{202e}\"}", "{\"error\":{\"code\":\"\u{202e}\"}}", "\u{202e}"]
    {
        for format in ["json", "markdown", "text"] {
            let ran = repo.explain("tensorloop.yaml", format, body.as_bytes());
            assert!(!ran.to_string().contains(['\u{85}', '\u{202e}']), "{format} {body:?}\n{ran}");
        }
    }
}

#[test]
fn a_person_reads_what_it_means_and_what_to_do() {
    let repo = repo();
    for (catalog, name) in [
        ("tensorloop.yaml", "rate_limited"),
        ("tensorloop.yaml", "429"),
        ("tensorloop.yaml", "418"),
        ("tensorloop.yaml", "503"),
        ("tensorloop.yaml", "204"),
        ("tensorloop.yaml", "plan_limit_modle"),
        ("tensorloop.yaml", "nonsense"),
        ("features.yaml", "quota.exceeded"),
        ("features.yaml", "auth.cookie"),
        ("features.yaml", "type"),
    ] {
        let ran = repo.run(&["explain", "--catalog", catalog, name]);
        insta::assert_snapshot!(format!("explain {name}"), ran);
    }
    insta::assert_snapshot!("explain", repo.ok(&["explain", "--catalog", "features.yaml"]));
}

#[test]
fn a_person_who_pastes_a_response_learns_which_error_it_is_and_why() {
    let repo = repo();
    let cases: [(&str, &str, &[u8]); 10] = [
        ("by code", "tensorloop.yaml", br#"{"error":"plan_limit_model","detail":"gpt-4o"}"#),
        (
            "a longer wait",
            "tensorloop.yaml",
            b"HTTP/2 429\r\nretry-after: 7200\r\n\r\n{\"error\":\"rate_limited\"}",
        ),
        ("another status", "tensorloop.yaml", b"HTTP/1.1 500 x\n\n{\"error\":\"not_found\"}"),
        ("unknown code", "tensorloop.yaml", br#"{"error":"plan_limit_modle"}"#),
        ("no status", "tensorloop.yaml", br#"{"error":{"message":"Down"}}"#),
        ("HTML", "tensorloop.yaml", b"HTTP/1.1 504 Gateway Timeout\r\n\r\n<html></html>"),
        ("malformed", "tensorloop.yaml", b"Internal Server Error"),
        ("nothing", "tensorloop.yaml", b"\n"),
        (
            "values",
            "features.yaml",
            br#"{"type":"https://docs.acme.dev/errors#payments-quota.exceeded","title":"x","status":429,"detail":null,"retry_in":60,"help":"a See b"}"#,
        ),
        (
            "retired",
            "features.yaml",
            br#"{"type":"https://docs.acme.dev/errors#payments-auth.cookie","title":"x","status":401,"help":"See x"}"#,
        ),
    ];
    for (about, catalog, response) in cases {
        insta::assert_snapshot!(
            format!("response {about}"),
            repo.explain(catalog, "text", response)
        );
    }
}

/// Many errors share the status of their surface, so it says nothing about them.
#[test]
fn a_status_finds_only_errors_that_have_it_themselves() {
    let repo = repo();
    let found = |query: &str| {
        let ran = repo.run(&["explain", "--catalog", "features.yaml", "--format", "json", query]);
        let answer: Json = serde_json::from_str(&ran.stdout).unwrap();
        let found = answer["found"].as_array().unwrap().iter();
        let names = found.map(|one| one["error"]["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<String>>()
    };
    assert_eq!(found("400"), ["type", "INVALID_FIELD"]);
    assert_eq!(found("403"), ["code_2fa_required"]);
    assert_eq!(found("502"), ["upstream", "closed"]);
    assert_eq!(found("200"), [""; 0]);
    let said = repo.ok(&["explain", "--catalog", "features.yaml", "200"]);
    assert!(
        said.stdout.starts_with("HTTP 200 is not an error by itself, but errors of Chat"),
        "{said}"
    );
}

#[test]
fn a_code_is_found_as_it_is_and_by_its_name() {
    let repo = repo();
    for (query, said) in [
        ("SHELF TAKEN", "`SHELF TAKEN` `shelf_taken` (Library)"),
        ("shelf_taken", "`SHELF TAKEN` `shelf_taken` (Library)"),
        ("ShelfTaken", "`SHELF TAKEN` `shelf_taken` (Library)"),
        ("#library-shelf_taken", "`SHELF TAKEN` `shelf_taken` (Library)"),
        ("23505", "`23505` `code_23505` (Library)"),
        ("code_23505", "`23505` `code_23505` (Library)"),
        ("library-23505", "`23505` `code_23505` (Library)"),
        ("2FA_REQUIRED", "`2FA_REQUIRED` `code_2fa_required` (Library)"),
        ("Shelf taken!", "`Shelf taken!` (Library)\n\nRetired"),
    ] {
        let ran = repo.ok(&["explain", "--catalog", "features.yaml", query]);
        assert!(ran.stdout.starts_with(said), "{query}: {ran}");
    }
}

#[test]
fn a_name_is_found_in_every_form_that_people_may_have() {
    let repo = repo();
    let ask = |catalog: &str, name: &str| {
        let ran = repo.run(&["explain", "--catalog", catalog, "--format", "json", name]);
        let answer: Json = serde_json::from_str(&ran.stdout).unwrap();
        let found = answer["found"].as_array().unwrap().iter();
        let name = |one: &Json| {
            format!(
                "{}/{}",
                one["surface"].as_str().unwrap(),
                one["error"]["name"].as_str().unwrap()
            )
        };
        found.map(name).collect::<Vec<_>>()
    };
    for name in [
        "plan_limit_keys",
        "management-plan_limit_keys",
        "management/plan_limit_keys",
        "#management-plan_limit_keys",
        "https://docs.tensorloop.tech/errors#management-plan_limit_keys",
        "PlanLimitKeys",
        "PLAN_LIMIT_KEYS",
        "planLimitKeys",
        " plan_limit_keys\n",
    ] {
        assert_eq!(ask("tensorloop.yaml", name), ["management/plan_limit_keys"], "{name:?}");
    }
    assert_eq!(
        ask("tensorloop.yaml", "not_found"),
        ["management/not_found", "inference/not_found"]
    );
    assert_eq!(ask("tensorloop.yaml", "503"), ["inference/upstream_down"]);
    assert_eq!(ask("tensorloop.yaml", "#inference-503"), ["inference/upstream_down"]);
    // A number that is a code, then one that is a status. A code, then its name.
    assert_eq!(ask("features.yaml", "1001"), ["ledger/unbalanced"]);
    assert_eq!(ask("features.yaml", "422"), ["ledger/unbalanced", "orders/invalid_order"]);
    assert_eq!(ask("features.yaml", "auth.token.type"), ["payments/token_type"]);
    assert_eq!(ask("features.yaml", "token_type"), ["payments/token_type"]);
}

/// The manifest says what each one is. (LiteLLM sends only errors of the surface `inference`.)
#[test]
fn every_real_response_is_what_its_status_says() {
    let repo = repo();
    let folder = root().join("tests/conformance/captures");
    let manifest: Vec<Json> =
        serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    for wanted in &manifest {
        let file = wanted["file"].as_str().unwrap();
        let answer = repo.answer("tensorloop.yaml", fs::read(folder.join(file)).unwrap());
        assert_eq!(answer["status"], wanted["status"], "{file}");
        let (outcome, found) = gist(&answer);
        let name = wanted["name"].as_str().or(wanted["event"].as_str());
        let is_of_the_shape = ["error", "stream", "chunked stream"].map(Json::from);
        let wanted = match name {
            Some(name) if is_of_the_shape.contains(&wanted["shape"]) => ("found", "status", name),
            Some(name) => ("found", "status_alone", name),
            None if wanted["status"].as_u64() < Some(400) => ("not_an_error", "-", "-"),
            None => ("unknown", "unknown_status", "-"),
        };
        let (by, _, name) = found
            .into_iter()
            .find(|(_, surface, _)| *surface != "management")
            .unwrap_or(("-", "-", "-"));
        assert_eq!((outcome, by, name), wanted, "{file}");
    }
}

#[test]
fn a_response_is_read_in_every_form_that_people_save() {
    let repo = repo();
    let body = r#"{"error":"rate_limited"}"#;
    let by_code = ("found", vec![("code", "management", "rate_limited")]);
    for saved in [
        body.to_owned(),
        format!("\u{feff}\n  {body}\n"),
        format!("HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\n\r\n{body}"),
        format!("HTTP/2 429 \ncontent-type: application/json\n\n{body}\n"),
        // A proxy, an interim response, and a redirect that curl followed.
        format!(
            "HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 429 x\r\n\r\n{body}"
        ),
        format!("HTTP/1.1 302 Found\r\nlocation: /\r\n\r\nHTTP/2 429\r\n\r\n{body}"),
        // Chunks with their frames, then the header although the frames are gone.
        format!(
            "HTTP/1.1 429 x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}\r\n13;x=y\r\n{}\r\n0\r\n\r\n",
            body.get(..5).unwrap(),
            body.get(5..).unwrap()
        ),
        format!("HTTP/1.1 429 x\r\nTRANSFER-ENCODING: gzip, Chunked\r\n\r\n{body}"),
    ] {
        assert_eq!(gist(&repo.answer("tensorloop.yaml", &saved)), by_code, "{saved}");
    }
    let event = r#"{"error":{"message":"Down","code":"503"}}"#;
    let in_stream = ("found", vec![("status", "inference", "upstream_down")]);
    for saved in [
        format!("data: {event}"),
        format!("data:{event}\r\n\r\n"),
        format!("event: error\ndata: {event}\n\n"),
        format!(": ping\n\ndata: {{\"choices\":[]}}\n\ndata: {event}\n\ndata: [DONE]\n\n"),
        format!("data: {{\"choices\":[]}}\ndata: {event}\n"),
        format!(
            "HTTP/1.1 200 OK\ncontent-type: text/event-stream\n\ndata: {{\"error\":\ndata: {}\n\n",
            event.get(9..).unwrap()
        ),
    ] {
        assert_eq!(gist(&repo.answer("tensorloop.yaml", &saved)), in_stream, "{saved}");
    }
}

/// Its events say nothing, but its status does.
#[test]
fn a_stream_with_an_error_status_is_an_error() {
    let repo = repo();
    let expected = (
        "found",
        vec![
            ("status_alone", "inference", "too_many_requests"),
            ("status_alone", "management", "rate_limited"),
        ],
    );
    for events in ["data: oops\n\n", "data: {\"choices\":[]}\n\n", ": ping\n\n"] {
        let saved = format!("HTTP/1.1 429 x\ncontent-type: text/event-stream\n\n{events}");
        assert_eq!(gist(&repo.answer("tensorloop.yaml", &saved)), expected, "{events}");
        assert_eq!(repo.explain("tensorloop.yaml", "text", saved.as_bytes()).status, 0);
        let unlisted = repo.answer("tensorloop.yaml", saved.replace("429", "418"));
        assert_eq!(gist(&unlisted), ("unknown", vec![("unknown_status", "-", "-")]), "{events}");
    }
}

#[test]
fn the_best_reading_wins() {
    let repo = repo();
    let problem = |code: &str, status: &str| {
        format!(
            r#"{{"type":"https://docs.acme.dev/errors#payments-{code}","title":"x","status":{status},"help":"a See b"}}"#
        )
    };
    for (response, expected) in [
        (problem("quota.exceeded", "402"), ("found", vec![("code", "payments", "quota.exceeded")])),
        // A body of another shape is still found by its code.
        (problem("quota.exceeded", "\"x\""), ("found", vec![("code", "payments", "quota.exceeded")])),
        (problem("auth.cookie", "401"), ("found", vec![("code", "payments", "auth.cookie")])),
        (problem("auth.toke.expired", "401"), ("unknown", vec![("unknown_code", "payments", "-")])),
        (
            r#"{"ok":false,"version":2,"errors":[{"code":1002,"message":"m","fatal":true,"source":{"unit":"ledger/x"}}]}"#.to_owned(),
            ("found", vec![("code", "ledger", "self")]),
        ),
        (
            r#"{"ok":false,"version":2,"errors":[{"code":"1002","message":"m"}]}"#.to_owned(),
            ("found", vec![("code", "ledger", "self")]),
        ),
        (r#"{"message":"m"}"#.to_owned(), ("unknown", vec![("no_status", "gateway", "-")])),
        ("HTTP/1.1 502 x\n\n{\"message\":\"m\"}".to_owned(), ("found", vec![("status", "gateway", "upstream")])),
        // With status 200 only a code makes it an error.
        (format!("HTTP/1.1 200 OK\n\n{}", problem("type", "400")), ("found", vec![("code", "payments", "type")])),
        ("HTTP/1.1 200 OK\n\n{\"message\":\"m\"}".to_owned(), ("not_an_error", vec![])),
        ("HTTP/1.1 500 x\n\nx".to_owned(), ("unknown", vec![("unknown_status", "-", "-")])),
    ] {
        let answer = repo.answer("features.yaml", &response);
        assert_eq!(gist(&answer), expected, "{response}");
    }
}

/// A body, and how it differs from the surface's as the reader of the packages sees it.
#[test]
fn a_body_differs_where_packages_say_so() {
    let catalog = "\
errcat: 1
product: Small
version: 1.0.0
title: Errors
retry: {statuses: [5xx], initial: 1s, max: 30s, retries: 3}
surfaces:
  - id: api
    title: API
    shape:
      body: {type: error, error: <code>, text: <text>, any: <p:any>, n?: <n:integer>, items: [{m: <m>, at?: 'at <at>!'}]}
    errors:
      - {code: broken, status: 503, meaning: Broken, fix: Repair it., retryable: false}
";
    let repo = Repo::new().file("errors.yaml", catalog);
    let right = r#"{"type":"error","error":"broken","text":"t","any":1,"items":[{"m":"m"}]}"#;
    for (from, to, mismatch) in [
        ("", "", None),
        (r#""type":"error""#, r#""type":5"#, Some("`type` is not `\"error\"`")),
        (r#""type":"error""#, r#""type":"other""#, Some("`type` is not `\"error\"`")),
        (r#"[{"m":"m"}]"#, "[]", None),
        (r#"[{"m":"m"}]"#, r#"[{"m":"m"},{}]"#, Some("`items[1].m` is missing")),
        (r#""any":1"#, r#""any":null"#, None),
        (r#""any":1,"#, "", Some("`any` is missing")),
        (r#""t""#, r#""None""#, None),
        (r#"{"m":"m"}"#, r#"{"m":5}"#, Some("`items[0].m` is not text")),
        (r#"{"m":"m"}"#, r#"{"m":"m","at":"to 5!"}"#, Some("`items[0].at` has other words")),
        (
            r#""t","any":1,"items":[{"m":"m"}]"#,
            r#"5,"n":"x","items":{}"#,
            Some("`text` is not text, `any` is missing, `n` is not an integer and 1 more"),
        ),
        // A lone surrogate is read as U+FFFD.
        (r#""m":"m"#, r#""m":"\ud800"#, None),
    ] {
        let answer = repo.answer("errors.yaml", right.replacen(from, to, 1));
        assert_eq!(gist(&answer), ("found", vec![("code", "api", "broken")]), "{to}");
        let said = answer["found"][0]["reading"]["mismatch"].as_str();
        assert_eq!(said.is_some(), mismatch.is_some(), "{to}: {said:?}");
        assert!(
            said.unwrap_or_default().starts_with(mismatch.unwrap_or_default()),
            "{to}: {said:?}"
        );
    }
    // Packages don't recognize these errors by status alone, so the strategy decides.
    let page = repo.answer("errors.yaml", "HTTP/1.1 503 x\n\n<html>");
    assert_eq!(gist(&page), ("found", vec![("status_alone", "api", "broken")]));
    assert_eq!(page["found"][0]["reading"]["advice"]["retryable"], true);
    assert_eq!(page["is_guess"], true);
}

#[test]
fn the_schedule_keeps_what_the_error_and_the_server_ask_for() {
    let repo = repo();
    let waits = |catalog: &str, response: &str| {
        let answer = repo.answer(catalog, response);
        let reading = &answer["found"][0]["reading"];
        (
            answer["retry_after_ms"].as_u64(),
            reading["advice"]["retryable"].as_bool().unwrap(),
            reading["advice"]["waits_ms"].to_string(),
        )
    };
    let inference = |head: &str| format!("HTTP/1.1 {head}\n\n{{\"error\":{{\"message\":\"m\"}}}}");
    let all = "[1000,2000,4000,8000,16000,30000]".to_owned();
    let tensorloop = |response: &str| waits("tensorloop.yaml", response);
    assert_eq!(tensorloop(&inference("429 x")), (None, true, all.clone()));
    assert_eq!(
        tensorloop(&inference("429 x\nRetry-After: 20.5")),
        (Some(20500), true, "[20500,2000,4000,8000,16000,30000]".to_owned())
    );
    // A date is compared with the server's own clock, not with the local one.
    let date = "Date: Mon, 23 Nov 2026 04:10:00 GMT\nRetry-After: Mon, 23 Nov 2026 04:10:07 GMT";
    assert_eq!(tensorloop(&inference(&format!("503 x\n{date}"))).0, Some(7000));
    assert_eq!(tensorloop(&inference("429 x\nretry-after: soon")), (None, true, all.clone()));
    assert_eq!(tensorloop(&inference("500 x")), (None, true, "[1000]".to_owned()));
    assert_eq!(
        tensorloop(&inference("401 x\nRetry-After: 5")),
        (Some(5000), false, "[]".to_owned())
    );
    let hour = "[3600000,3600000,3600000,3600000,3600000,3600000]".to_owned();
    assert_eq!(tensorloop(r#"{"error":"rate_limited"}"#), (None, true, hour));
    // The retry strategy decides about statuses that the catalog doesn't list.
    assert_eq!(tensorloop("HTTP/1.1 504 x\n\n"), (None, true, all));
    assert_eq!(tensorloop("HTTP/1.1 418 x\n\n"), (None, false, "[]".to_owned()));
}

#[test]
fn nothing_in_a_response_acts_on_a_terminal_or_a_page() {
    let repo = repo();
    let evil = "\\u001b[31m\\u0007</code>`<script>alert(1)</script>`{{ 1 }}\\u009b2J";
    let body = format!(r#"{{"error":"plan_limit_model","detail":"{evil}"}}"#);
    for body in [body, format!(r#"{{"error":"{evil}"}}"#)] {
        let text = repo.explain("tensorloop.yaml", "text", body.as_bytes()).stdout;
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
        assert!(text.contains("<script>alert(1)</script>"), "{text}");
        let page = repo.explain("tensorloop.yaml", "markdown", body.as_bytes()).stdout;
        assert!(!page.contains("<script") && !page.contains("{{"), "{page}");
    }
    let name = repo.run(&["explain", "--catalog", "tensorloop.yaml", "\u{1b}[31mx"]);
    assert!(!name.to_string().contains('\u{1b}'), "{name}");
}

#[test]
fn colors_change_no_word_and_code_keeps_its_backticks() {
    let repo = repo();
    let arguments = ["explain", "--catalog", "features.yaml", "auth.token.type"];
    let plain = repo.ok(&arguments).stdout;
    let output = repo.command(&arguments).env("CLICOLOR_FORCE", "1").output().unwrap();
    let colored = Ran::from(output).stdout;
    assert_ne!(plain, colored);
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain);
    assert!(plain.contains("`Authorization: Bearer <token>`"), "{plain}");
    assert!(plain.lines().all(|line| line.chars().count() <= 80 || line.starts_with("    ")));
}

#[test]
fn odd_input_gets_an_answer() {
    let repo = repo();
    let deep = "[".repeat(100_000);
    for response in [
        &b"\xff\xfe\x00"[..],
        b"\x1f\x8b\x08\x00",
        b"HTTP/",
        b"HTTP/1.1",
        b"HTTP/1.1 99999\n\n",
        b"HTTP/1.1 429",
        b"data:",
        b"data: \n\n",
        b":",
        b"null",
        b"[]",
        b"\"text\"",
        b"HTTP/1.1 429 x\ntransfer-encoding: chunked\n\nffffffffffffffff\r\nx",
        deep.as_bytes(),
    ] {
        for format in ["text", "json", "markdown"] {
            let ran = repo.explain("tensorloop.yaml", format, response);
            assert!([0, 1].contains(&ran.status) && ran.stderr.is_empty(), "{response:?}: {ran}");
            assert!(!ran.stdout.is_empty());
        }
    }
    let packed = repo.explain("tensorloop.yaml", "text", b"HTTP/1.1 429 x\n\n\x1f\x8b\x08\x00");
    assert!(packed.stdout.contains("--compressed"), "{packed}");
}

#[test]
fn every_catalog_of_the_config_is_searched() {
    let repo = repo().file(
        "errcat.yaml",
        "errcat: 1\noutputs:\n  - {catalog: tensorloop.yaml, target: json, out: a}\n  - {catalog: features.yaml, target: json, out: b}\n",
    );
    let ran = repo.ok(&["explain", "404"]);
    for text in ["TensorLoop", "Acme Pay", "Unknown model ID", "No such route"] {
        assert!(ran.stdout.contains(text), "{text}: {ran}");
    }
    assert_eq!(repo.run(&["explain", "unbalanced"]).status, 0);
    assert_eq!(repo.run(&["explain", "plan_limit_rpm"]).status, 0);
    assert_eq!(Repo::new().run(&["explain", "404"]).status, 2);
}

#[test]
fn a_broken_catalog_is_reported_and_explains_nothing() {
    let repo = Repo::new().file("errors.yaml", crate::SMALL.replace("status: 400", "status: 40"));
    let ran = repo.run(&["explain", "--catalog", "errors.yaml", "broken"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("errors.yaml:10:32"), "{ran}");
}

#[test]
fn a_problem_that_may_be_allowed_keeps_nobody_from_an_answer() {
    let entry = |code: &str| {
        format!(
            "      - {{code: {code}, status: 404, meaning: M {code}, fix: F., retryable: false}}\n"
        )
    };
    let catalog = |codes: &[&str]| {
        let entries: String = codes.iter().map(|code| entry(code)).collect();
        format!(
            "errcat: 1\nproduct: A\nversion: 1.0.0\ntitle: A\nsurfaces:\n  - id: a\n    title: A\n    \
             shape: {{body: {{error: <code>}}}}\n    errors:\n{entries}"
        )
    };
    let repo = Repo::new()
        .file("near.yaml", catalog(&["expired_token", "expired_tokn"]))
        .file("twice.yaml", catalog(&["expired_token", "expired_tokn", "expired_tokn"]));
    let ask = |file: &str| repo.ask(&["explain", "--catalog", file, "expired_tokn"], b"");
    let lint = |file: &str| repo.ask(&["lint", file], b"");
    assert_eq!(lint("near.yaml").status, 1);
    let ran = ask("near.yaml");
    assert_eq!(ran.status, 0, "{ran}");
    assert!(ran.stdout.contains("M expired_tokn"), "{ran}");
    // If an output could be broken, everything is reported.
    let (ran, lint) = (ask("twice.yaml"), lint("twice.yaml"));
    assert_eq!((ran.status, lint.status), (1, 1), "{ran}");
    for rule in ["duplicate-code", "near-code"] {
        assert!(lint.stdout.contains(rule) && ran.stderr.contains(rule), "{rule}: {ran}");
    }
}

#[test]
fn a_code_can_be_a_negative_number() {
    let catalog = SMALL.replace("code: broken", "code: -32601, name: missing");
    let repo = Repo::new().file("errors.yaml", catalog);
    for arguments in
        [&["-32601", "--catalog", "errors.yaml"][..], &["--catalog", "errors.yaml", "--", "-32601"]]
    {
        let ran = repo.ok(&[&["explain"], arguments].concat());
        assert!(ran.stdout.contains("MEANING"), "{ran}");
    }
}

#[test]
fn a_group_a_problem_type_and_a_url_are_found() {
    let repo = repo();
    for (query, codes) in [
        ("auth", &["auth.token.expired", "auth.token.type"][..]),
        ("group.auth", &["auth.token.expired", "auth.token.type"]),
        ("https://docs.acme.dev/errors#group.auth", &["auth.token.expired", "auth.token.type"]),
        ("https://docs.acme.dev/errors#payments-quota.exceeded", &["quota.exceeded"]),
        ("https://acme.dev/problems/quota.exceeded/?x=1", &["quota.exceeded"]),
        ("ledger", &["1001", "1002", "2001"]),
        ("1002", &["1002"]),
    ] {
        let ran = repo.ok(&["explain", "--catalog", "features.yaml", "--format", "json", query]);
        let answer: Json = serde_json::from_str(&ran.stdout).unwrap();
        let found = answer["found"].as_array().unwrap().iter();
        let found: Vec<String> = found
            .map(|one| one["error"]["code"].to_string().trim_matches('"').to_owned())
            .collect();
        assert_eq!(found, codes, "{query}");
    }
    for page in ["https://docs.acme.dev/errors", "http://localhost:8000/errors/index.html"] {
        let ran = repo.ok(&["explain", "--catalog", "features.yaml", page]);
        let all = repo.ok(&["explain", "--catalog", "features.yaml"]);
        assert_eq!(ran.stdout, all.stdout, "{page}");
    }
    for unknown in ["https://acme.dev/", "https://docs.acme.dev/errors#nothing"] {
        let ran = repo.run(&["explain", "--catalog", "features.yaml", unknown]);
        assert_eq!(ran.status, 1, "{ran}");
    }
}

/// A body whose `type` alone has text around the code.
#[test]
fn a_problem_type_without_a_fragment_is_found() {
    let catalog = SMALL.replace("<code>", "\"urn:acme:<code>:1\"");
    let repo = Repo::new().file("errors.yaml", catalog);
    let ran = repo.ok(&["explain", "--catalog", "errors.yaml", "urn:acme:broken:1"]);
    assert!(ran.stdout.contains("`broken`") || ran.stdout.contains("broken (Api)"), "{ran}");
}

/// Packages read only what the shape has, under the names of its placeholders.
#[test]
fn values_are_shown_as_they_are_in_the_body() {
    let catalog = fs::read_to_string(root().join("tests/it/real/github.yaml")).unwrap();
    let repo = Repo::new().file("github.yaml", catalog);
    let errors = r#"[{"resource":"Issue","code":"missing_field","extra":1},"text"]"#;
    let response = format!("HTTP/2 422\n\n{{\"message\":\"m\",\"errors\":{errors}}}");
    let text = repo.explain("github.yaml", "text", response.as_bytes()).stdout;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(&format!("- `errors`: `{errors}`")), "{text}");
}

#[test]
fn values_are_printed_as_json() {
    let body = r#"{"ok":false,"version":2,"errors":[{"code":1001,"message":"m","fatal":true,"context":{"a":["b",null]},"source":{"unit":"ledger/x"}}]}"#;
    let ran = repo().explain("features.yaml", "text", body.as_bytes());
    assert!(
        ran.stdout.contains(r#"{"a":["b",null]}"#) && ran.stdout.contains(".fatal`: `true`"),
        "{ran}"
    );
}

#[test]
fn many_candidates_are_listed_with_a_reason_and_the_advice_that_holds_for_all() {
    let error =
        "      - {code: broken, status: 400, meaning: MEANING, fix: Mend it., retryable: false}\n";
    let six: String = (0..6)
        .map(|i| error.replace("broken", &format!("b{i}")).replace("MEANING", &format!("m{i}")))
        .collect();
    let repo = Repo::new().file("errors.yaml", SMALL.replace(error, &six));
    let ran = repo.explain("errors.yaml", "text", b"HTTP/1.1 400 x\n\n<html>");
    let said = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "6 errors here have the status 400, and the response doesn't tell which one it is",
        "it is HTML or XML, not JSON",
        "None of them fits better than the others",
        "Now, whichever it is (without a code in `error`, the packages go by the status): Do not retry",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

/// A list of errors may have some that no API knows. Fuzzing found that a table of them failed.
#[test]
fn unknown_errors_of_a_list_have_a_row_unless_it_is_a_guess() {
    let bodies = fs::read(root().join("tests/conformance/bodies.yaml")).unwrap();
    let repo = Repo::new().file("errors.yaml", bodies);
    let ask = |body: &str| {
        let response = format!("HTTP/1.1 503 x\n\n{body}");
        repo.explain("errors.yaml", "markdown", response.as_bytes())
    };
    let unlike = r#"{"errors":[{"message":"1","extensions":{"code":"new"}},{"other":"2"}]}"#;
    let ran = ask(unlike);
    assert!(ran.stdout.starts_with("11 errors here have the status 503"), "{ran}");
    assert!(!ran.stdout.contains("Several errors, some without a code"), "{ran}");

    let code = |code: &str| format!(r#"{{"message":"m","extensions":{{"code":"{code}"}}}}"#);
    let codes = ["UNAUTHENTICATED", "new", "newer", "newest", "old", "older"].map(code);
    let ran = ask(&format!("{{\"errors\":[{}]}}", codes.join(",")));
    assert!(
        ran.stdout.contains("| `UNAUTHENTICATED` | 401 | do not retry | Unauthenticated |"),
        "{ran}"
    );
    assert!(ran.stdout.contains("| `newest` | 503 | | Not in this catalog |"), "{ran}");
}

/// What HTTP calls a success may still report an error.
#[test]
fn an_error_in_a_response_with_status_200_gets_an_answer() {
    let repo = repo();
    let ask = |body: &str| {
        let response = format!("HTTP/1.1 200 OK\n\n{body}");
        let said = repo.explain("features.yaml", "text", response.as_bytes());
        (said.status, said.stdout.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let graphql = |code: &str| {
        format!(r#"{{"errors":[{{"message":"m","extensions":{{"code":"{code}"}}}}]}}"#)
    };
    let (status, said) = ask(&graphql("quota.exceeded"));
    assert!(status == 0 && said.contains("The plan's quota is used up"), "{said}");
    assert!(said.contains("`errors[0].extensions.code` in the body reports one"), "{said}");
    let (status, said) = ask(&graphql("quota.exceded"));
    assert!(status == 1 && said.contains("Did you mean `quota.exceeded`?"), "{said}");
    let (status, said) = ask(r#"[{"jsonrpc":"2.0","id":1,"error":{"code":1002,"message":"m"}}]"#);
    assert!(status == 0 && said.contains("The ledger is closed"), "{said}");
    let (status, said) = ask(r#"{"data":1}"#);
    assert!(status == 0 && said.contains("HTTP 200 is not an error."), "{said}");
    // A batch whose elements a surface describes.
    let element = r#"{"ok":false,"version":2,"errors":[{"code":1002,"message":"m","fatal":true,"source":{"unit":"ledger/x"}}]}"#;
    let (status, said) = ask(&format!("[{element}]"));
    assert!(
        status == 0
            && said.contains("The ledger is closed")
            && said.contains("`errors[0].code` holds this code"),
        "{said}"
    );
}

/// A body with several errors, a wait in the body, and an error in a success.
const SHAPES: &str = "\
errcat: 1
product: Small
version: 1.0.0
title: Errors
retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 3}
surfaces:
  - id: registry
    title: Registry
    shape: {body: {errors: [{code: <code>, status?: <status:text>, detail?: <detail>}]}}
    errors:
      - {code: NAME_UNKNOWN, status: 404, meaning: No such name, fix: Check it., retryable: false}
      - {code: BUSY, status: 503, meaning: Too busy, fix: Wait., retryable: true}
      - {code: SLOW, status: 429, meaning: Too fast, fix: Wait., retryable: true, retry: {after: 1m}}
  - id: chat
    title: Chat
    shape: {body: {ok: false, error: <code>, retry_after?: <wait:s>}}
    errors:
      - {code: no_channel, status: 200, meaning: No such channel, fix: Check it., retryable: false}
      - {code: rate_limited, status: 429, meaning: Too many messages, fix: Wait., retryable: true}
";

#[test]
fn every_error_of_a_body_is_explained_and_the_known_one_counts() {
    let repo = Repo::new().file("errors.yaml", SHAPES);
    let several = |codes: &[&str]| {
        let errors: Vec<String> =
            codes.iter().map(|code| format!(r#"{{"code":"{code}","detail":"d"}}"#)).collect();
        repo.answer(
            "errors.yaml",
            format!("HTTP/1.1 503 x\n\n{{\"errors\":[{}]}}", errors.join(",")),
        )
    };
    let answer = several(&["NEW", "BUSY", "SLOW"]);
    assert_eq!(
        gist(&answer),
        (
            "found",
            vec![
                ("code", "registry", "BUSY"),
                ("unknown_code", "registry", "-"),
                ("code", "registry", "SLOW")
            ]
        )
    );
    let reading = &answer["found"][2]["reading"];
    assert_eq!(reading["code_at"], "errors[2].code");
    // The longest wait of all.
    assert_eq!(reading["advice"]["waits_ms"][0], 60000);
    assert_eq!(answer["advice"], reading["advice"]);
    assert_eq!(answer["is_guess"], false);
    // One that can't be retried decides for all.
    let reading = &several(&["BUSY", "NAME_UNKNOWN"])["found"][0]["reading"];
    let retryable = &reading["advice"]["retryable"];
    assert_eq!((retryable, &reading["errors"]), (&false.into(), &2.into()));
    // The same error twice is one.
    let twice = several(&["BUSY", "BUSY"]);
    assert_eq!(twice["found"].as_array().unwrap().len(), 1);
    assert_eq!(twice["found"][0]["reading"]["values"].as_array().unwrap().len(), 2);
    assert_eq!(several(&[])["found"][0]["error"]["name"], "BUSY");
}

#[test]
fn a_wait_in_the_body_counts_and_so_does_an_error_in_a_success() {
    let repo = Repo::new().file("errors.yaml", SHAPES);
    let ask = |head: &str, body: &str| repo.answer("errors.yaml", format!("{head}\n\n{body}"));
    let limited = r#"{"ok":false,"error":"rate_limited","retry_after":64.57}"#;
    for (header, asked) in
        [("x-a: b", 64570), ("retry-after: 30", 64570), ("retry-after: 90", 90000)]
    {
        let answer = ask(&format!("HTTP/1.1 429 x\n{header}"), limited);
        assert_eq!(answer["retry_after_ms"], asked, "{header}");
        assert_eq!(answer["found"][0]["reading"]["advice"]["waits_ms"][0], asked);
    }
    let ok = "HTTP/1.1 200 OK";
    let gone = ask(ok, r#"{"ok":false,"error":"no_channel"}"#);
    assert_eq!(gist(&gone), ("found", vec![("code", "chat", "no_channel")]));
    // The literal shows that this is an error, even with a new code.
    let new = ask(ok, r#"{"ok":false,"error":"brand_new"}"#);
    assert_eq!(gist(&new), ("unknown", vec![("unknown_code", "chat", "-")]));
    for body in [r#"{"ok":true,"channel":"C1"}"#, "{}", "<html>"] {
        assert_ne!(gist(&ask(ok, body)).0, "found", "{body}");
    }
}

/// A problem type that each error gives itself, another place for the code, and two values that differ.
const PROBLEMS: &str = "\
errcat: 1
product: Acme
version: 1.0.0
title: Errors
docs: https://docs.acme.dev/api/errors/
retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 3}
tags: {money: About money}
surfaces:
  - id: billing
    title: Billing API
    shape: {body: {type: <type>, code: <code>, title: <meaning>, plan?: <plan>}}
    errors:
      - code: out_of_credit
        status: 403
        meaning: No credit is left
        fix: Buy some.
        retryable: false
        tags: [money]
        see: [https://acme.dev/help/credit]
        values: {type: https://acme.dev/probs/no-credit}
      - code: No such plan
        status: 403
        meaning: The plan is gone
        fix: Pick another.
        retryable: false
        values: {type: 'tag:acme.dev,2026:no-plan'}
  - id: rpc
    title: RPC
    shape: {body: {error: {code: <code>, message: <message>, type: 'urn:acme:rpc:<code>'}}}
    errors:
      - {code: -32601, status: 404, meaning: No such method, fix: Check it., retryable: false}
      - {code: -32000, status: 403, meaning: Not now, fix: Wait., retryable: true, allow: [retryable-disagrees]}
";

#[test]
fn what_people_hold_is_found() {
    let repo = Repo::new().file("errors.yaml", PROBLEMS);
    let ask = |query: &[&str]| {
        let arguments =
            [&["explain", "--catalog", "errors.yaml", "--format", "json"], query].concat();
        let answer: Json = serde_json::from_str(&repo.run(&arguments).stdout).unwrap();
        let found = answer["found"].as_array().unwrap().iter();
        let codes = found.map(|one| one["error"]["code"].to_string().replace('"', ""));
        let kind = answer["query_kind"].as_str().unwrap_or("-").to_owned();
        (kind, codes.collect::<Vec<String>>().join(", "))
    };
    let all = "out_of_credit, No such plan, -32601, -32000";
    for (query, kind, codes) in [
        // Problem types.
        (&["https://acme.dev/probs/no-credit"][..], "error", "out_of_credit"),
        (&["https://acme.dev/probs/no-credit/"], "error", "out_of_credit"),
        (&["urn:acme:rpc:-32601"], "error", "-32601"),
        (&["tag:acme.dev,2026:no-plan"], "error", "No such plan"),
        // Docs URLs, as they are and as they look elsewhere.
        (&["https://docs.acme.dev/api/errors/#billing-out_of_credit"], "error", "out_of_credit"),
        (
            &["http://localhost:3000/api/errors.html#billing-out%5Fof%5Fcredit"],
            "error",
            "out_of_credit",
        ),
        (&["docs.acme.dev/api/errors#rpc--32601"], "error", "-32601"),
        (&["https://docs.acme.dev/api/errors/#group.money"], "group", "out_of_credit"),
        (&["https://docs.acme.dev/api/errors"], "page", all),
        (&["HTTPS://DOCS.ACME.DEV/api/errors/index.html?lang=en"], "page", all),
        (&["https://docs.acme.dev/api/errors/rpc"], "api", "-32601, -32000"),
        (&["https://acme.dev/help/credit"], "error", "out_of_credit"),
        (&["https://elsewhere.dev/codes/out_of_credit"], "error", "out_of_credit"),
        (&["https://docs.acme.dev/"], "-", ""),
        (&["https://docs.acme.dev/api/errors#retry-strategy"], "-", ""),
        // Groups and APIs.
        (&["money"], "group", "out_of_credit"),
        (&["Money"], "group", "out_of_credit"),
        (&["Billing API"], "api", "out_of_credit, No such plan"),
        (&["billing"], "api", "out_of_credit, No such plan"),
        // Codes.
        (&["-32601"], "error", "-32601"),
        (&["--", "-32601"], "error", "-32601"),
        (&["No such plan"], "error", "No such plan"),
        (&["No", "such", "plan"], "error", "No such plan"),
        (&["no-such-plan"], "error", "No such plan"),
        (&["OutOfCredit"], "error", "out_of_credit"),
        // Statuses.
        (&["404"], "status", "-32601"),
        (&["HTTP/1.1", "404", "Not", "Found"], "status", "-32601"),
        (&["HTTP 403"], "status", "out_of_credit, No such plan, -32000"),
        (&["404 things"], "status", "-32601"),
        (&["404 2 things"], "-", ""),
    ] {
        assert_eq!(ask(query), (kind.to_owned(), codes.to_owned()), "{query:?}");
    }
}

#[test]
fn an_answer_has_the_docs_url_and_the_pages_about_the_error() {
    let repo = Repo::new().file("errors.yaml", PROBLEMS);
    let ran = repo.ok(&["explain", "--catalog", "errors.yaml", "out_of_credit"]);
    for line in [
        "`out_of_credit` (Billing API)",
        "Docs: https://docs.acme.dev/api/errors/#billing-out_of_credit",
        "- https://acme.dev/help/credit",
    ] {
        assert!(ran.stdout.lines().any(|own| own == line), "{line}: {ran}");
    }
    let unknown = repo.run(&["explain", "--catalog", "errors.yaml", "#rpc--3260"]);
    assert!(unknown.stdout.contains("Did you mean `rpc--32601`?"), "{unknown}");
    for (typo, meant) in
        [("mony", "money"), ("OutOfCredt", "out_of_credit"), ("bilings", "billing")]
    {
        let unknown = repo.run(&["explain", "--catalog", "errors.yaml", typo]);
        assert!(unknown.stdout.contains(&format!("Did you mean `{meant}`?")), "{unknown}");
    }
}

/// Of several errors, one may fit better: by the status alone, by the shape of the body, or by its values.
#[test]
fn the_error_that_fits_best_comes_first_with_the_reason() {
    let features = fs::read_to_string(root().join("tests/it/catalogs/features.yaml")).unwrap();
    let repo = repo().file("problems.yaml", PROBLEMS).file("twice.yaml", features);
    let values = r#"{"type":"tag:acme.dev,2026:no-plan","title":"t","plan":"p"}"#;
    for (catalog, response, by, first, said) in [
        (
            "tensorloop.yaml",
            "HTTP/1.1 429 x\n\n<html>".to_owned(),
            Some("status"),
            "too_many_requests",
            "`too_many_requests` fits best: the packages for Inference API errors go by the status alone.",
        ),
        (
            "problems.yaml",
            format!("HTTP/1.1 403 x\n\n{values}"),
            Some("values"),
            "no_such_plan",
            "`No such plan` fits best: the body holds what this error sends as `type`.",
        ),
        (
            "problems.yaml",
            "HTTP/1.1 403 x\n\n{\"error\":{\"message\":\"m\",\"type\":\"t\"}}".to_owned(),
            Some("shape"),
            "code_minus_32000",
            "`-32000` fits best: the body is most like those of RPC.",
        ),
        (
            "problems.yaml",
            "HTTP/1.1 403 x\n\n<html>".to_owned(),
            None,
            "out_of_credit",
            "None of them fits better than the others.",
        ),
    ] {
        let answer = repo.answer(catalog, &response);
        assert_eq!(answer["is_guess"], true, "{response}");
        assert_eq!(answer["fits_by"].as_str(), by, "{response}");
        assert_eq!(answer["found"][0]["error"]["name"], first, "{response}");
        let text = repo.explain(catalog, "text", response.as_bytes()).stdout;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(said), "{said}: {text}");
    }
}

/// Each catalog has its own retry strategy.
#[test]
fn candidates_with_different_advice_have_each_its_own() {
    let repo = Repo::new()
        .file("a.yaml", SHAPES.replace("Small", "One").replace("429, 5xx", "429").replace(
                "busy, fix: Wait., retryable: true", "busy, fix: Wait., retryable: false"))
        .file("b.yaml", SHAPES.replace("Small", "Two"))
        .file(
            "errcat.yaml",
            "errcat: 1\noutputs:\n  - {catalog: a.yaml, target: json, out: a}\n  - {catalog: b.yaml, target: json, out: b}\n",
        );
    let ask = |response: &[u8]| {
        let ran = repo.ask(&["explain", "-"], response).stdout;
        ran.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let said = ask(b"HTTP/1.1 503 x\n\n<html>");
    for words in [
        "`BUSY` (One: Registry)",
        "Now: it depends on which it is. - `BUSY` (One: Registry): Do not retry. - `BUSY` (Two: Registry): Wait 1 second, then",
        "If you can't tell: Do not retry.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let said = ask(b"HTTP/1.1 500 x\n\n<html>");
    assert!(
        said.contains(
            "- One: Do not retry. The catalog doesn't say that it would help. - Two: Wait 1 second"
        ),
        "{said}"
    );
    // The body has the code, and both catalogs have the error.
    let said = ask(b"HTTP/1.1 429 x\n\n{\"ok\":false,\"error\":\"rate_limited\"}");
    for words in [
        "The response fits 2 errors here, and doesn't tell which API sent it.",
        "Now, whichever it is: Wait 1 second, then send the same request again.",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_response_that_many_apis_may_have_sent_gets_an_answer() {
    let surface = |index: usize| {
        format!(
            "  - id: api{index}\n    title: API {index}\n    shape: {{body: {{error: <code>, m: <m>}}}}\n    errors:\n      - {{code: busy, status: 503, meaning: Busy, fix: Wait., retryable: true}}\n"
        )
    };
    let head = SHAPES.split_once("  - id:").unwrap().0;
    let repo = Repo::new()
        .file("errors.yaml", (0..30).map(surface).fold(head.to_owned(), |all, one| all + &one));
    for (response, said) in [
        (
            r#"{"error":"bussy","m":"m"}"#,
            "The body matches API 0, API 1, API 2 and 27 others, but no error there has the code `bussy`: the server may be newer than this catalog. Did you mean `busy`?",
        ),
        (r#"{"error":"busy","m":"m"}"#, "And 20 more, which `errcat explain busy` lists."),
        ("nonsense", "The catalog doesn't describe such a response: it is not JSON."),
        ("nonsense", "API 4: { \"error\": \"busy\", \"m\": \"...\" } And 25 more."),
        (r#"{"x":1}"#, "`error` and `m` are missing"),
    ] {
        let ran = repo.explain("errors.yaml", "text", response.as_bytes());
        let text = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(said), "{said}: {ran}");
    }
}

#[test]
fn the_list_of_all_errors_is_by_api_and_fits_80_columns() {
    let folder = root().join("tests/it/real");
    let catalogs = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
    let catalogs: Vec<_> =
        catalogs.filter(|file| file.extension().is_some_and(|end| end == "yaml")).collect();
    assert!(catalogs.len() > 20);
    for catalog in catalogs {
        let source = fs::read_to_string(&catalog).unwrap();
        let ran =
            Repo::new().file("errors.yaml", source).ok(&["explain", "--catalog", "errors.yaml"]);
        let long = ran.stdout.lines().find(|line| line.chars().count() > 80);
        assert_eq!(long, None, "{}", catalog.display());
    }
    let repo = repo().file(
        "errcat.yaml",
        "errcat: 1\noutputs:\n  - {catalog: tensorloop.yaml, target: json, out: a}\n  - {catalog: features.yaml, target: json, out: b}\n",
    );
    let ran = repo.ok(&["explain"]);
    let headings = [
        "Acme Pay: Payments",
        "TensorLoop: Management API codes",
        "TensorLoop: Inference API errors",
    ];
    let lines: Vec<&str> = ran.stdout.lines().collect();
    let at = headings.map(|heading| lines.iter().position(|line| *line == heading));
    assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{at:?}: {ran}");
}

/// A body may hold any number of errors that the catalog doesn't list. Their codes are named, and their API once.
#[test]
fn many_unknown_codes_of_one_body_are_listed_together() {
    let repo = Repo::new().file(
        "c.yaml",
        "errcat: 1\nproduct: A\nversion: 1.0.0\ntitle: Errors\nsurfaces:\n  - id: api\n    title: Orders\n    \
         shape: {body: {errors: [{code: <code>, title: <meaning>}]}}\n    errors:\n      \
         - {code: gone, status: 410, meaning: It is gone, fix: Stop., retryable: false}\n",
    );
    let answer = |codes: &[&str]| {
        let errors: Vec<Json> =
            codes.iter().map(|code| serde_json::json!({"code": code, "title": "x"})).collect();
        let body = serde_json::json!({"errors": errors}).to_string();
        repo.explain("c.yaml", "text", body.as_bytes()).stdout.replace('\n', " ")
    };
    let unlisted = "The body matches Orders, but no error there has";
    for (codes, words) in [
        (&["a1"][..], "the code `a1`:"),
        (&["a1", "b2"], "one of the codes `a1` or `b2`:"),
        (&["a1", "b2", "a1", "c3"], "one of the codes `a1`, `b2` or `c3`:"),
        (&["a1", "b2", "c3", "d4", "e5"], "one of the codes `a1`, `b2`, `c3` and 2 others:"),
    ] {
        let answer = answer(codes);
        assert!(answer.starts_with(&format!("{unlisted} {words}")), "{answer}");
    }
    let answer = answer(&["gone", "a1"]);
    assert!(answer.starts_with("`gone` (Orders)"), "{answer}");
    assert!(answer.contains(&format!("{unlisted} the code `a1`:")), "{answer}");
}
