//! One mistake, one finding, at its place: a clean catalog with one thing wrong at a time.

use std::fs;

use crate::{Repo, root};

/// What is replaced in the catalog, by what, and the finding: line, column and rule.
#[rustfmt::skip]
const MISTAKES: &[(&str, &str, &str)] = &[
    ("retryable: false", "retryable: \"false\"", "33:20 wrong-type"),
    ("retryable: false", "retryable: yes", "33:20 wrong-type"),
    ("retryable: false", "retryable: 1", "33:20 wrong-type"),
    ("status: 400", "status: \"400\"", "30:17 wrong-type"),
    ("status: 400", "status: 400.0", "30:17 wrong-type"),
    ("status: 400", "status: 600", "30:17 status-range"),
    ("status: 400", "status: -400", "30:17 status-range"),
    ("status: 400", "status: 99999999999999999999", "30:17 wrong-type"),
    ("status: 400", "status: [[400]]", "30:19 wrong-type"),
    ("[500, 503]", "[500, 500]", "46:23 duplicate-status"),
    ("status: 400", "status: {code: 400}", "30:18 wrong-type"),
    ("code: broken", "code: ~", "29:15 wrong-type"),
    ("code: broken", "code: [broken]", "29:16 wrong-type"),
    ("code: broken", "code: true", "29:15 wrong-type"),
    ("code: broken", "code: it broke", "29:15 malformed-code"),
    ("code: broken", "code: 1broken", "29:15 malformed-code"),
    ("code: broken", "code: \"\"", "29:15 malformed-code"),
    ("code: old", "code: Broken", "45:15 colliding-name"),
    ("code: old", "code: ancient", "45:15 retired-code"),
    ("code: broken", "code: brökën", "29:15 malformed-code"),
    ("      - code: broken\n        status", "      - status", "29:9 missing-code"),
    ("        meaning: It broke\n", "", "29:9 missing-field"),
    ("meaning: It is old", "meaning: It broke", "47:18 same-meaning"),
    ("meaning: It broke", "meaning: It broke: badly", "31:26 yaml-syntax"),
    ("meaning: It broke", "meaning: 42", "31:18 wrong-type"),
    ("meaning: It broke", "meaning: |\n          It broke\n          badly", "31:18 line-break"),
    ("meaning: It broke", "meaning: `x` broke", "31:18 yaml-syntax"),
    ("meaning: It broke", "meaning: @x broke", "31:18 yaml-syntax"),
    ("meaning: It broke", "meaning: %x broke", "31:18 yaml-syntax"),
    ("fix: Mend it.", "fix: Ask #help", "32:14 cut-text"),
    ("fix: Mend it.", "fixx: Mend it.", "32:9 unknown-field"),
    ("{after: 1h}", "{afer: 1h}", "39:17 unknown-field"),
    ("{after: 1h}", "{after: 60}", "39:24 wrong-type"),
    ("{after: 1h}", "{after: 0s}", "39:24 malformed-duration"),
    ("{after: 1h}", "{after: 1w}", "39:24 malformed-duration"),
    ("{after: 1h}", "{after: 800d}", "39:24 wait-range"),
    ("initial: 1s", "initial: 2h", "11:12 wait-range"),
    ("initial: 1s", "initial: 1m", "11:12 initial-exceeds-max"),
    ("retries: 6", "retries: -6", "13:12 number-range"),
    ("retries: 6", "retries: six", "13:12 wrong-type"),
    ("retries: 6", "retries: 6\n  factor: 0", "14:11 number-range"),
    ("retries: 6", "retries: 6\n  factor: 1.5", "14:11 wrong-type"),
    ("5xx]", "6xx]", "10:19 status-range"),
    ("[429, 5xx]", "[429, 503, 5xx]", "10:19 overlapping-statuses"),
    ("[429, 5xx]", "[429, 429, 5xx]", "10:19 overlapping-statuses"),
    ("retry:\n  statuses: [429, 5xx]\n  initial: 1s\n  max: 30s\n  retries: 6\n", "", "33:20 missing-retry"),
    ("retryable: false", "retryable: false\n        retry: {retries: 1}", "34:26 useless-retry"),
    ("retryable: false", "retryable: true", "33:20 retryable-disagrees"),
    ("tags: [quota]", "tags: [qouta]", "40:16 unknown-tag"),
    ("tags: [quota]", "tags: quota", "40:15 wrong-type"),
    ("  quota: A", "  Quota Plan: A", "15:3 malformed-id"),
    ("          detail: Which", "          detial: Which", "42:11 unknown-param"),
    ("          detail: Which limit.", "          code: Which limit.", "42:11 unknown-param"),
    ("example: 7", "example: seven", "43:48 example-disagrees"),
    ("{meaning: How many., example: 7}", "{example: 7}", "43:19 missing-field"),
    ("since: 1.0.0", "since: soon", "44:16 malformed-version"),
    ("use: broken, note: Gone", "use: brokn, note: Gone", "50:41 unknown-replacement"),
    ("use: broken, note: Gone", "use: old, note: Gone", "50:41 unknown-replacement"),
    ("deprecated: {since: 1.0.0, use: broken, note: Gone.}", "deprecated: true", "50:21 wrong-type"),
    ("use: broken, note: Long", "use: nothing, note: Long", "52:30 unknown-replacement"),
    ("{code: ancient, use", "{use", "52:10 missing-field"),
    ("id: api", "id: API", "17:9 malformed-id"),
    ("id: api", "id: my-api", "17:9 malformed-id"),
    ("id: api", "id: self", "17:9 reserved-id"),
    ("id: api", "id: lib", "17:9 reserved-id"),
    ("id: proxy", "id: api", "53:9 duplicate-surface"),
    ("id: api", "id: on", "17:9 ambiguous-yaml"),
    ("title: Proxy errors", "title: API errors", "54:12 same-title"),
    ("title: Errors", "title: \"\"", "4:8 empty-text"),
    ("title: Errors\n", "", "1:1 missing-field"),
    ("version: 1.0.0", "version: 1.0", "3:10 wrong-type"),
    ("version: 1.0.0", "version: v1.0.0", "3:10 malformed-version"),
    ("version: 1.0.0", "version: 1", "3:10 wrong-type"),
    ("errcat: 1", "errcat: 2", "1:9 format-version"),
    ("errcat: 1", "errcat: \"1\"", "1:9 wrong-type"),
    ("errcat: 1\n", "", "1:1 missing-field"),
    ("docs: https://", "docs: ftp://", "6:7 malformed-address"),
    ("docs: https://docs.small.dev/errors", "docs: /errors", "6:7 malformed-address"),
    ("[https://api.small.dev]", "[api.small.dev]", "20:15 malformed-address"),
    ("[https://api.small.dev]", "https://api.small.dev", "20:14 wrong-type"),
    ("us@small.dev", "us at small", "7:52 malformed-address"),
    ("email:", "mail:", "7:45 unknown-field"),
    ("The API answers like", "The API answers like:", "22:34 yaml-syntax"),
    ("detail?: <detail>", "detail?: <code>", "25:18 code-placeholder"),
    ("        error: <code>", "        error?: <code>", "24:17 code-placeholder"),
    ("error: <code>", "error: <message>", "24:9 unexpected-code"),
    ("<limit:integer>", "<limit:int>", "26:17 malformed-placeholder"),
    ("error: <code>", "error: <code:text>", "24:16 malformed-placeholder"),
    ("detail?: <detail>", "detail?: <detail", "25:18 malformed-placeholder"),
    ("detail?: <detail>", "detail?: <>", "25:18 malformed-placeholder"),
    ("detail?: <detail>", "detail?: [<a>, <b>]", "25:19 array-shape"),
    ("      body:\n        error: <code>\n        detail?: <detail>\n        limit?: <limit:integer>\n", "      body: <code>\n", "23:13 wrong-type"),
    ("      body:\n        error: <code>\n        detail?: <detail>\n        limit?: <limit:integer>\n", "", "22:7 missing-field"),
    ("detail?: <detail>", "detail?: <detail>\n        detail: x", "26:9 duplicate-field"),
    ("{error: broken, detail: what}", "{error: broken, detial: what}", "27:32 example-disagrees"),
    ("{error: broken, detail: what}", "{error: broken, limit: what}", "27:39 example-disagrees"),
    ("{error: broken, detail: what}", "{error: brokn, detail: what}", "27:17 unknown-example"),
    ("{error: broken, detail: what}", "{detail: what}", "27:17 example-disagrees"),
    ("    shape:\n      intro", "    shape:\n      media_type: json\n      intro", "22:19 malformed-media-type"),
    ("      - status: 404", "      - code: nope\n        status: 404", "58:15 unexpected-code"),
    ("        name: down\n", "", "62:18 missing-name"),
    ("status: 404", "status: 499", "58:17 missing-name"),
    ("fix: Mend it.", "fix: Mend it.\n        allow: [nope]", "33:17 unknown-rule"),
    ("fix: Mend it.", "fix: Mend it.\n        allow: [same-meaning]", "33:17 unused-allow"),
    ("fix: Mend it.", "fix: Mend it.\n        allow: same-meaning", "33:16 wrong-type"),
    ("fix: Mend it.", "fix: Mend it.\n        fix: Again.", "33:9 duplicate-field"),
    ("meaning: It broke", "meaning: \"It \\u202e broke\"", "31:18 control-character"),
    ("meaning: It broke", "meaning: \"It \\a broke\"", "31:18 control-character"),
    ("meaning: It broke", "meaning: \" It broke\"", "31:18 outer-space"),
    ("surfaces:\n  - id: api", "surfaces:\n    id: api", "53:3 yaml-syntax"),
    ("    errors:\n      - code: broken", "    errors:\n        code: broken", "34:7 yaml-syntax"),
    ("      - code: old", "      - just text\n      - code: old", "45:9 wrong-type"),
    ("        status: 400", "\t status: 400", "30:1 yaml-syntax"),
    ("        status: 400", "       status: 400", "30:8 yaml-syntax"),
    ("        meaning: It broke", "          meaning: It broke", "31:18 yaml-syntax"),
    ("license: MIT", "license: [MIT]", "8:11 wrong-type"),
    ("tags:\n  quota: A limit of the plan", "tags: [quota]", "14:8 wrong-type"),
    ("since: 1.0.0\n", "doc: [a]\n        since: 1.0.0\n", "44:15 wrong-type"),
    ("code: old", "code: 42", "45:15 mixed-codes"),
    ("code: broken", "code: 17", "29:15 mixed-codes"),
];

#[test]
fn one_mistake_gives_one_finding() {
    let base = fs::read_to_string(root().join("tests/it/mistakes/base.yaml")).unwrap();
    let repo = Repo::new().file("errors.yaml", &base);
    repo.ok(&["lint", "errors.yaml"]);
    for (from, to, want) in MISTAKES {
        assert!(base.contains(from), "{from} is not in the catalog");
        repo.put("errors.yaml", base.replacen(from, to, 1));
        let ran = repo.run(&["lint", "errors.yaml", "--format", "json"]);
        let found: Vec<String> = ran
            .stdout
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
            .filter(|line| line["rule"].is_string())
            .map(|one| {
                format!("{}:{} {}", one["line"], one["column"], one["rule"].as_str().unwrap())
            })
            .collect();
        assert_eq!(found, [*want], "{from:?} replaced by {to:?}\n{}", ran.stdout);
    }
}
