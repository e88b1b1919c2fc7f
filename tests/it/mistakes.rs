//! One mistake in a clean catalog gives one diagnostic, where the mistake is.

use std::fs;

use serde_json::Value;

use crate::{Repo, diagnostics, root};

/// What is replaced in the catalog, the replacement, and the diagnostic: line, column and rule.
#[rustfmt::skip]
const MISTAKES: &[(&str, &str, &str)] = &[
    ("retryable: false", "retryable: \"false\"", "33:20 wrong-type"),
    ("retryable: false", "retryable: yes", "33:20 wrong-type"),
    ("retryable: false", "retryable: 1", "33:20 wrong-type"),
    ("status: 400", "status: \"400\"", "30:17 wrong-type"),
    ("status: 400", "status: 400.0", "30:17 wrong-type"),
    ("status: 400", "status: 600", "30:17 status-range"),
    ("status: 400", "status: 101", "30:17 status-range"),
    ("- status: 404", "- status: 303", "58:17 low-status"),
    ("title: API errors", "title: API errors\n    status: 100", "19:13 status-range"),
    ("title: API errors", "title: API errors\n    status: [400, 400]", "19:19 duplicate-status"),
    ("title: API errors", "title: API errors\n    status: []", "19:5 missing-status"),
    ("status: 400", "status: -400", "30:17 status-range"),
    ("status: 400", "status: 99999999999999999999", "30:17 wrong-type"),
    ("status: 400", "status: [[400]]", "30:19 wrong-type"),
    ("[500, 503]", "[500, 500]", "46:23 duplicate-status"),
    ("status: 400", "status: {code: 400}", "30:18 wrong-type"),
    ("status: 400", "status: []", "30:9 missing-status"),
    ("status: 400", "status: [400, 400.5]", "30:23 wrong-type"),
    ("        status: 400\n", "", "29:9 missing-status"),
    ("        retryable: true\n        retry: {after", "        retry: {after", "38:24 useless-retry"),
    ("      - status: 404\n", "      - name: lost\n", "58:9 missing-status"),
    ("status: [502, 504]", "status: [502, bad]", "62:23 wrong-type"),
    ("code: broken", "code: ~", "29:15 wrong-type"),
    ("code: broken", "code: [broken]", "29:16 wrong-type"),
    ("code: broken", "code: true", "29:15 wrong-type"),
    ("code: broken", "code: \"broken \"", "29:15 malformed-code"),
    ("code: broken", "code: |\n          broken", "29:15 malformed-code"),
    ("name: down", "name: it broke", "63:15 malformed-name"),
    ("name: down", "name: \"42501\"", "63:15 malformed-name"),
    ("code: broken", "code: \"\"", "29:15 malformed-code"),
    ("code: old", "code: Broken", "45:15 colliding-name"),
    ("code: old", "code: ancient", "45:15 retired-code"),
    ("code: broken", "code: 99999999999999999", "29:15 malformed-code"),
    ("code: broken\n", "code: 17.5\n        name: broken\n", "29:15 wrong-type"),
    ("        name: down\n", "        name: [down]\n", "63:16 wrong-type"),
    ("      - code: broken\n        status", "      - status", "29:9 missing-code"),
    ("        meaning: It broke\n", "", "29:9 missing-field"),
    ("        fix: Mend it.\n", "", "29:9 missing-fix"),
    ("        retryable: false\n", "", "29:9 missing-retryable"),
    ("        fix: Mend it.\n        retryable: false\n", "        fixable: false\n", "32:9 unknown-field"),
    ("product: ", "allow: [missing-fix]\nproduct: ", "2:9 unused-allow"),
    ("product: ", "allow: [missing-fx]\nproduct: ", "2:9 unknown-rule"),
    ("product: ", "allow: missing-fix\nproduct: ", "2:8 wrong-type"),
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
    ("[429, 5xx]", "5xx", "10:13 wrong-type"),
    ("[429, 5xx]", "[429, 503, 5xx]", "10:19 overlapping-statuses"),
    ("[429, 5xx]", "[429, 429, 5xx]", "10:19 overlapping-statuses"),
    ("  initial: 1s\n", "", "10:3 missing-field"),
    ("retry:\n  statuses: [429, 5xx]\n  initial: 1s\n  max: 30s\n  retries: 6\n", "", "33:20 missing-retry"),
    ("retryable: false", "retryable: false\n        retry: {retries: 1}", "34:26 useless-retry"),
    ("retryable: false", "retryable: true", "33:20 retryable-disagrees"),
    ("tags: [quota]", "tags: [qouta]", "40:16 unknown-tag"),
    ("tags: [quota]", "tags: quota", "40:15 wrong-type"),
    ("quota: A limit of the plan", "quota: 5", "15:10 wrong-type"),
    ("  quota: A", "  Quota Plan: A", "15:3 malformed-id"),
    ("          detail: Which", "          detial: Which", "42:11 unknown-param"),
    ("          detail: Which limit.", "          code: Which limit.", "42:11 unknown-param"),
    ("          detail: Which", "          a detail: Which", "42:11 malformed-id"),
    ("detail: Which limit.", "detail: 5", "42:19 wrong-type"),
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
    ("docs: https://docs.small.dev/errors", "docs: [https://docs.small.dev/errors]", "6:8 wrong-type"),
    ("[https://api.small.dev]", "[api.small.dev]", "20:15 malformed-address"),
    ("[https://api.small.dev]", "https://api.small.dev", "20:14 wrong-type"),
    ("us@small.dev", "us at small", "7:52 malformed-address"),
    ("email:", "mail:", "7:45 unknown-field"),
    ("The API answers like", "The API answers like:", "22:34 yaml-syntax"),
    ("detail?: <detail>", "detail?: <code>", "42:11 unknown-param"),
    ("error: <code>", "error: \"<code> <detail>\"", "24:17 code-placeholder"),
    ("detail?: <detail>", "detail?: [[<detail>]]", "25:20 array-shape"),
    ("limit?: <limit:integer>", "limit?: <wait:seconds>", "26:17 malformed-placeholder"),
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
    ("surfaces:\n  - id: api", "surfaces:\n    id: api", "17:5 yaml-syntax"),
    ("    errors:\n      - code: broken", "    errors:\n        code: broken", "34:7 yaml-syntax"),
    ("      - code: old", "      - just text\n      - code: old", "45:9 wrong-type"),
    ("        status: 400", "\t status: 400", "30:1 yaml-syntax"),
    ("        status: 400", "       status: 400", "30:8 yaml-syntax"),
    ("        meaning: It broke", "          meaning: It broke", "31:11 yaml-syntax"),
    ("license: MIT", "license: [MIT]", "8:11 wrong-type"),
    ("tags:\n  quota: A limit of the plan", "tags: [quota]", "14:8 wrong-type"),
    ("since: 1.0.0\n", "doc: [a]\n        since: 1.0.0\n", "44:15 wrong-type"),
    ("      - code: broken\n        status: 400\n        meaning: It broke\n        fix: Mend it.\n        retryable: false\n", "      - broken\n", "29:9 wrong-type"),
    ("code: old", "code: 42", "45:15 mixed-codes"),
    ("code: broken", "code: 17", "29:15 mixed-codes"),
];

/// The same, for slips in the YAML itself: odd spaces, quotes, colons, dashes, brackets, numbers.
#[rustfmt::skip]
const SLIPS: &[(&str, &str, &str)] = &[
    ("        meaning: It broke", "\u{a0}       meaning: It broke", "31:1 yaml-syntax"),
    ("        meaning: It broke", "       \u{a0}meaning: It broke", "31:8 yaml-syntax"),
    ("        meaning: It broke", "        \u{a0}meaning: It broke", "31:9 yaml-syntax"),
    ("        meaning: It broke", "      \u{a0}\u{a0}meaning: It broke", "31:7 yaml-syntax"),
    ("        meaning: It broke", "        meaning\u{a0}: It broke", "31:9 unknown-field"),
    ("        meaning: It broke", "        meaning:\u{a0}It broke", "31:17 yaml-syntax"),
    ("        meaning: It broke", "        meaning: \u{a0}It broke", "31:18 outer-space"),
    ("        meaning: It broke", "        meaning: It broke\u{a0}", "31:18 outer-space"),
    ("        status: 400", "        status:\u{a0}400", "30:16 yaml-syntax"),
    ("        status: 400", "        status: \u{a0}400", "30:17 wrong-type"),
    ("        status: 400", "        status: 400\u{a0}", "30:17 wrong-type"),
    ("        status: 400", "        status: 400\u{200b}", "30:17 wrong-type"),
    ("        retryable: false", "        retryable: false\u{a0}", "33:20 wrong-type"),
    ("- code: broken", "-\u{a0}code: broken", "29:8 yaml-syntax"),
    ("- code: broken", "- \u{a0}code: broken", "29:9 yaml-syntax"),
    ("code: broken", "code: broken\u{200b}", "29:15 malformed-code"),
    ("code: broken", "code: \u{200b}broken", "29:15 malformed-code"),
    ("meaning: It", "mea\u{200b}ning: It", "31:9 unknown-field"),
    ("meaning: It", "\u{200b}meaning: It", "31:9 yaml-syntax"),
    ("meaning: It", "\u{feff}meaning: It", "31:9 yaml-syntax"),
    ("meaning: It", "\u{3000}meaning: It", "31:9 yaml-syntax"),
    ("        status: 400", "\u{3000}\u{3000}\u{3000}\u{3000}status: 400", "30:1 yaml-syntax"),
    ("        status: 400", "\u{2003}\u{2003}\u{2003}\u{2003}status: 400", "30:1 yaml-syntax"),
    ("title: Errors", "\u{a0}title: Errors", "4:1 yaml-syntax"),
    ("title: Errors", "\u{a0}\u{a0}title: Errors", "4:1 yaml-syntax"),
    ("  initial: 1s", "\u{a0} initial: 1s", "11:1 yaml-syntax"),
    ("  initial: 1s", "\u{a0}\u{a0}initial: 1s", "11:1 yaml-syntax"),
    ("  initial: 1s", " \u{a0}initial: 1s", "11:2 yaml-syntax"),
    ("        status: 400", "\tstatus: 400", "30:1 yaml-syntax"),
    ("- code: broken", "-\tcode: broken", "29:8 yaml-syntax"),
    ("        status: 400", "        \tstatus: 400", "30:9 yaml-syntax"),
    ("  initial: 1s", "\tinitial: 1s", "11:1 yaml-syntax"),
    ("status: 400", "status 400", "30:9 yaml-syntax"),
    ("code: broken", "code broken", "29:9 yaml-syntax"),
    ("retryable: false", "retryable false", "33:9 yaml-syntax"),
    ("status: 400", "status:400", "30:9 yaml-syntax"),
    ("retryable: false", "retryable:false", "33:9 yaml-syntax"),
    ("code: broken", "code:broken", "29:9 yaml-syntax"),
    ("status: 400", "status= 400", "30:9 yaml-syntax"),
    ("status: 400", "status = 400", "30:9 yaml-syntax"),
    ("status: 400", "status=400", "30:9 yaml-syntax"),
    ("title: Errors", "title Errors", "4:1 yaml-syntax"),
    ("title: Errors", "title:Errors", "4:1 yaml-syntax"),
    ("initial: 1s", "initial 1s", "11:3 yaml-syntax"),
    ("initial: 1s", "initial:1s", "11:3 yaml-syntax"),
    ("retries: 6", "retries 6", "13:3 yaml-syntax"),
    ("retries: 6", "retries:6", "13:3 yaml-syntax"),
    ("  statuses: [429, 5xx]", "  statuses [429, 5xx]", "10:3 yaml-syntax"),
    ("retry:\n", "retry\n", "9:1 yaml-syntax"),
    ("    errors:\n      - code: broken", "    errors\n      - code: broken", "28:5 yaml-syntax"),
    ("      body:\n", "      body\n", "23:7 yaml-syntax"),
    ("errcat: 1", "errcat 1", "1:1 yaml-syntax"),
    ("errcat: 1", "errcat:1", "1:1 yaml-syntax"),
    ("{after: 1h}", "{after 1h}", "39:17 unknown-field"),
    ("{after: 1h}", "{after:1h}", "39:17 unknown-field"),
    ("{after: 1h}", "{after = 1h}", "39:17 unknown-field"),
    ("{meaning: How many., example: 7}", "{meaning How many., example: 7}", "43:19 unknown-field"),
    ("meaning: It broke", "meaning: #1 cause", "31:17 cut-text"),
    ("fix: Mend it.", "fix: # see docs", "32:13 cut-text"),
    ("fix: Mend it.", "fix:", "32:13 wrong-type"),
    ("meaning: It broke", "meaning: 'It isn't there'", "31:25 yaml-syntax"),
    ("meaning: It broke", "meaning: \"It said \"no\" to us\"", "31:27 yaml-syntax"),
    ("meaning: It broke", "meaning: \"Key\" is wrong", "31:22 yaml-syntax"),
    ("meaning: It broke", "meaning: 'Key' is wrong", "31:22 yaml-syntax"),
    ("meaning: It broke", "meaning: \"It broke", "31:18 yaml-syntax"),
    ("meaning: It broke", "meaning: 'It broke", "31:18 yaml-syntax"),
    ("fix: Mend it.", "fix: \"Mend it.", "32:14 yaml-syntax"),
    ("note: Gone.}", "note: \"Gone.}", "50:55 yaml-syntax"),
    ("{after: 1h}", "{after: \"1h}", "39:24 yaml-syntax"),
    ("[429, 5xx]", "[429, \"5xx]", "10:19 yaml-syntax"),
    ("[429, 5xx]", "[429, 5xx", "10:13 yaml-syntax"),
    ("{after: 1h}", "{after: 1h", "39:16 yaml-syntax"),
    ("[429, 5xx]", "429, 5xx]", "10:13 wrong-type"),
    ("[429, 5xx]", "[429 5xx]", "10:14 status-range"),
    ("{after: 1h}", "{after: 1h]", "39:26 yaml-syntax"),
    ("example: {error: broken, detail: what}", "example: {error: broken detail: what}", "27:37 yaml-syntax"),
    ("      - code: limited", "        code: limited", "34:9 duplicate-field"),
    ("      - code: limited", "      code: limited", "34:7 yaml-syntax"),
    ("      - code: limited", "      -code: limited", "34:7 yaml-syntax"),
    ("      - code: limited", "     - code: limited", "34:6 yaml-syntax"),
    ("      - code: limited", "       - code: limited", "34:8 yaml-syntax"),
    ("      - code: broken", "      code: broken", "29:7 yaml-syntax"),
    ("  - id: proxy", "    id: proxy", "53:5 duplicate-field"),
    ("  - id: proxy", "  id: proxy", "53:3 yaml-syntax"),
    ("        status: 400", "      status: 400", "30:7 yaml-syntax"),
    ("        status: 400", "         status: 400", "30:10 yaml-syntax"),
    ("        status: 400", "    status: 400", "30:5 yaml-syntax"),
    ("  initial: 1s", "initial: 1s", "11:1 yaml-syntax"),
    ("  initial: 1s", "   initial: 1s", "11:4 yaml-syntax"),
    ("  initial: 1s", " initial: 1s", "11:2 yaml-syntax"),
    ("    shape:", "   shape:", "21:4 yaml-syntax"),
    ("    shape:", "     shape:", "21:6 yaml-syntax"),
    ("title: Errors", " title: Errors", "4:2 yaml-syntax"),
    ("status: 400", "status: 0404", "30:17 wrong-type"),
    ("status: 400", "status: +404", "30:17 ambiguous-yaml"),
    ("status: 400", "status: 0x194", "30:17 ambiguous-yaml"),
    ("status: 400", "status: 0o624", "30:17 ambiguous-yaml"),
    ("status: 400", "status: 4_04", "30:17 wrong-type"),
    ("status: 400", "status: 404.0", "30:17 wrong-type"),
    ("status: 400", "status: \"404\"", "30:17 wrong-type"),
    ("status: 400", "status: '0404'", "30:17 wrong-type"),
    ("status: 400", "status: 4e2", "30:17 wrong-type"),
    ("status: 400", "status: 404 Not Found", "30:17 wrong-type"),
    ("status: 400", "status: HTTP 404", "30:17 wrong-type"),
    ("status: 400", "status: 4xx", "30:17 wrong-type"),
    ("status: 400", "status: not_found", "30:17 wrong-type"),
    ("[500, 503]", "500, 503", "46:17 wrong-type"),
    ("[500, 503]", "500 503", "46:17 wrong-type"),
    ("[500, 503]", "500/503", "46:17 wrong-type"),
    ("status: 400", "status: ~", "30:17 wrong-type"),
    ("status: 400", "status:", "30:16 wrong-type"),
    ("retries: 6", "retries: 06", "13:12 wrong-type"),
    ("retries: 6", "retries: \"6\"", "13:12 wrong-type"),
    ("meaning: It broke", "meaning: “It broke”", "31:18 typographic-quotes"),
    ("meaning: It broke", "meaning: “It broke: badly”", "31:27 yaml-syntax"),
    ("code: old", "code: “old”", "45:15 typographic-quotes"),
    ("status: 400", "status: “400”", "30:17 wrong-type"),
    ("retryable: false", "retryable: “false”", "33:20 wrong-type"),
    ("retryable: false", "retryable: no", "33:20 wrong-type"),
    ("version: 1.0.0", "version: “1.0.0”", "3:10 malformed-version"),
    ("meaning: It", "“meaning”: It", "31:9 unknown-field"),
    ("meaning: It broke", "meaning: It broke: ", "31:26 yaml-syntax"),
    ("meaning: It broke", "meaning: 'It broke'.", "31:27 yaml-syntax"),
    ("meaning: It broke", "meaning: [It broke]", "31:19 wrong-type"),
    ("meaning: It broke", "meaning: {It broke}", "31:19 lone-key"),
    ("meaning: It broke", "meaning: {name} broke", "31:18 yaml-syntax"),
    ("meaning: It broke", "meaning: [x] broke", "31:18 yaml-syntax"),
    ("meaning: It broke", "meaning: !x broke", "31:18 plain-data"),
    ("meaning: It broke", "meaning: *x* broke", "31:18 plain-data"),
    ("meaning: It broke", "meaning: &x broke", "31:18 plain-data"),
    ("meaning: It broke", "meaning: > It broke", "31:18 yaml-syntax"),
    ("meaning: It broke", "meaning: | It broke", "31:18 yaml-syntax"),
    ("meaning: It broke", "meaning: - It broke", "31:18 yaml-syntax"),
    ("meaning: It broke", "meaning: ? It broke", "31:18 yaml-syntax"),
    ("meaning: It broke", "meaning: , It broke", "31:18 yaml-syntax"),
    ("meaning: It broke", "meaning: } It broke", "31:18 yaml-syntax"),
    ("meaning: It broke", "meaning: \"a \\d b\"", "31:21 yaml-syntax"),
    ("meaning: It broke", "meaning: \"a \\\"", "31:18 yaml-syntax"),
    ("errcat: 1", "---\n---\nerrcat: 1", "2:1 yaml-syntax"),
    ("surfaces:", "---\nsurfaces:", "16:1 yaml-syntax"),
    ("tags:\n", "...\ntags:\n", "14:1 yaml-syntax"),
    ("        meaning: It broke\n", "<<<<<<< HEAD\n        meaning: It broke\n=======\n        meaning: It cracked\n>>>>>>> branch\n", "31:1 yaml-syntax"),
    ("        meaning: It broke\n", "<<<<<<< HEAD\n        meaning: It broke\n||||||| base\n        meaning: b\n=======\n        meaning: It cracked\n>>>>>>> branch\n", "31:1 yaml-syntax"),
    ("        meaning: It broke\n", "        meaning: It broke\n=======\n", "32:1 yaml-syntax"),
    ("        meaning: It broke\n", "        meaning: It broke\n>>>>>>> branch\n", "32:1 yaml-syntax"),
    ("errcat: 1", "<<<<<<< HEAD\nerrcat: 1", "1:1 yaml-syntax"),
    ("{after: 1h}", "{after: 1 hour}", "39:24 malformed-duration"),
    ("{after: 1h}", "{after: 0.5s}", "39:24 malformed-duration"),
    ("{after: 1h}", "{after: 500 ms}", "39:24 malformed-duration"),
    ("initial: 1s", "initial: 1 sec", "11:12 malformed-duration"),
    ("initial: 1s", "initial: 1", "11:12 wrong-type"),
    ("initial: 1s", "initial: 1.5", "11:12 wrong-type"),
    ("max: 30s", "max: 90 minutes", "12:8 malformed-duration"),
    ("max: 30s", "max: PT30S", "12:8 malformed-duration"),
    ("5xx]", "5XX]", "10:19 status-range"),
    ("5xx]", "5x]", "10:19 status-range"),
    ("5xx]", "500s]", "10:19 status-range"),
    ("[429, 5xx]", "[\"429\", 5xx]", "10:14 status-range"),
    ("[429, 5xx]", "429", "10:13 wrong-type"),
    ("error: <code>", "error: <cod>", "24:16 unexpected-code"),
    ("error: <code>", "error: \"x-<cod>\"", "24:19 unexpected-code"),
    ("detail?: <detail>", "detail?: \"see <detail\"", "25:23 malformed-placeholder"),
    ("detail?: <detail>", "detail?: \"see <> it\"", "25:23 malformed-placeholder"),
    ("detail?: <detail>", "detail?: \"see <my detail> it\"", "25:23 malformed-placeholder"),
    ("limit?: <limit:integer>", "limit?: <limit:intger>", "26:17 malformed-placeholder"),
    ("limit?: <limit:integer>", "limit?: <limit:int>", "26:17 malformed-placeholder"),
    ("limit?: <limit:integer>", "limit?: <limit: integer>", "26:23 yaml-syntax"),
    ("limit?: <limit:integer>", "limit?: <limit:numbr>", "26:17 malformed-placeholder"),
    ("limit?: <limit:integer>", "limit?: <limit:string>", "26:17 malformed-placeholder"),
    ("limit?: <limit:integer>", "limit?: <limit:bool>", "26:17 malformed-placeholder"),
    ("error: <code>", "error: <Code>", "24:16 unexpected-code"),
    ("error: <code>", "error: <CODE>", "24:16 unexpected-code"),
    ("error: <code>", "error: < code >", "24:16 malformed-placeholder"),
    ("error: <code>", "error: \"{code}\"", "24:9 unexpected-code"),
    ("error: <code>", "error: $code", "24:9 unexpected-code"),
    ("error: <code>", "error: {{code}}", "24:18 wrong-type"),
    ("error: <code>", "error: code", "24:9 unexpected-code"),
    ("status: 400\n", "", "30:17 yaml-syntax"),
    ("tags: [quota]", "tags: [Quota]", "40:16 unknown-tag"),
    ("tags: [quota]", "tags: [\"\"]", "40:16 empty-text"),
    ("fix: Mend it.", "fix: Mend it.\n        allow: [duplicate-code]", "33:17 unknown-rule"),
    ("fix: Mend it.", "fix: Mend it.\n        allow: [missing-status]", "33:17 unknown-rule"),
    ("code: old", "code: broken", "45:15 duplicate-code"),
    ("code: limited", "coed: limited", "34:9 unknown-field"),
    ("use: broken, note: Gone", "use: Broken, note: Gone", "50:41 unknown-replacement"),
    ("id: api", "id: Aux", "17:9 malformed-id"),
    ("id: api", "id: aux", "17:9 reserved-id"),
    ("body: {message: <message>}", "body: message", "56:13 wrong-type"),
    ("body: {message: <message>}", "media_type: application/xml\n      body: {message: <message>}", "56:19 malformed-media-type"),
    ("body: {message: <message>}", "media_type: application/json; charset=utf-8\n      body: {message: <message>}", "56:19 malformed-media-type"),
    ("body: {message: <message>}", "media_type: text/json\n      body: {message: <message>}", "56:19 malformed-media-type"),
    ("docs: https://docs", "docs: docs", "6:7 malformed-address"),
    ("docs: https://docs.small.dev/errors", "docs: https://docs.small.dev/errors#x", "6:7 malformed-address"),
    ("version: 1.0.0", "version: v1", "3:10 malformed-version"),
    ("retryable: false", "retryable: nope", "33:20 wrong-type"),
    ("retryable: false", "retriable: false", "33:9 unknown-field"),
    ("license: MIT", "licence: MIT", "8:1 unknown-field"),
    ("servers:", "server:", "20:5 unknown-field"),
    ("since: 1.0.0\n", "since: 1.0\n", "44:16 wrong-type"),
    ("example: {error: broken, detail: what}", "example: {error: brokn, detail: what}", "27:17 unknown-example"),
    ("example: {error: broken, detail: what}", "example: [broken]", "27:17 example-disagrees"),
    ("statuses: [429, 5xx]", "statuses: []", "10:3 retryable-disagrees"),
    ("statuses: [429, 5xx]", "statuses: [429, 5xx, 3xx]", "10:24 status-range"),
    ("  quota: A limit of the plan", "  quota: A limit of the plan\n  quota: B", "16:3 duplicate-field"),
    ("title: API errors", "title: API errors\n    titel: x", "19:5 unknown-field"),
    ("      - code: old\n        status: [500, 503]", "      - code: old\n        statuses: [500, 503]", "46:9 unknown-field"),
    ("surfaces:", "surface:", "16:1 unknown-field"),
    ("errcat: 1", "errcat: v1", "1:9 wrong-type"),
    ("errcat: 1", "errcat: 1.0", "1:9 wrong-type"),
    ("id: api", "id: con", "17:9 reserved-id"),
    ("id: api", "id: nul", "17:9 reserved-id"),
    ("id: api", "id: com1", "17:9 reserved-id"),
    ("id: api", "id: lpt9", "17:9 reserved-id"),
    ("errors:\n      - status: 404\n        meaning: No route\n        fix: Check the path.\n        retryable: false\n      - status: [502, 504]\n        name: down\n        meaning: Down\n        fix: Retry.\n        retryable: true\n", "errors: []\n", "57:5 empty-surface"),
    ("code: old", "code: \"???\"", "45:15 missing-name"),
    ("code: old", "code: broken!", "45:15 colliding-name"),
    ("code: old", "code: 0404", "45:15 ambiguous-yaml"),
    ("code: old", "code: 1_000", "45:15 ambiguous-yaml"),
    ("code: old", "code: old #1", "45:15 cut-text"),
    ("meaning: It is old", "meaning: It broke\n        allow: [same-meaningg]", "48:17 unknown-rule"),
    ("meaning: It is old", "meaning: It broke\n        alow: [same-meaning]", "48:9 unknown-field"),
    ("example: 7}", "example: \"a\\u0007\"}", "43:48 control-character"),
    ("detail: what}", "detail: \"\\u202e\"}", "27:40 control-character"),
    ("error: <code>", "error: \"\\u2066<code>\"", "24:16 control-character"),
    ("note: Gone.", "note: \"\\u009b\"", "50:55 control-character"),
    ("meaning: It broke", "meaning: ' '", "31:18 empty-text"),
    ("meaning: It broke", "meaning: \"It broke\\n\"", "31:18 line-break"),
    ("limit?: <limit:integer>", "limit?: <limit:integer>\n        state?: <statsu>", "27:17 misspelled-placeholder"),
    ("limit?: <limit:integer>", "limit?: <limit:integer>\n        more?: see <docsUrl>", "27:20 misspelled-placeholder"),
    ("meaning: It broke", "meaning: >\n        It broke", "32:9 yaml-syntax"),
    ("meaning: It broke", "meaning: |\n        It broke", "32:9 yaml-syntax"),
    ("meaning: It broke", "meaning: |", "31:18 empty-text"),
    ("meaning: It broke", "meaning: >-\n          It broke\n         badly", "33:10 yaml-syntax"),
    ("    errors:\n      - code: broken", "    errors: - code: broken", "28:13 yaml-syntax"),
    ("      - code: broken", "      - - code: broken", "29:7 yaml-syntax"),
    ("      - code: broken", "      -- code: broken", "29:7 yaml-syntax"),
    ("      - code: broken", "      * code: broken", "29:7 yaml-syntax"),
    ("      - code: broken", "      + code: broken", "29:7 yaml-syntax"),
    ("      - code: broken", "      – code: broken", "29:7 yaml-syntax"),
    ("      - code: broken", "      • code: broken", "29:7 yaml-syntax"),
    ("[429, 5xx]", "[429, 5xx]]", "10:23 yaml-syntax"),
    ("{after: 1h}", "{after: 1h}}", "39:27 yaml-syntax"),
    ("{after: 1h}", "{after: 1h},", "39:27 yaml-syntax"),
    ("status: 400", "status: 400,", "30:17 wrong-type"),
    ("retryable: false", "retryable: false,", "33:20 wrong-type"),
    ("code: broken", "code: 'broken\"", "29:15 yaml-syntax"),
    ("meaning: It broke", "meaning: \"It broke'", "31:18 yaml-syntax"),
    ("meaning: It broke", "meaning: \"It broke\",", "31:28 yaml-syntax"),
    ("meaning: It broke", "meaning: It broke #1", "31:18 cut-text"),
    ("meaning: It broke", "meaning:: It broke", "31:9 unknown-field"),
    ("meaning: It broke", "meaning=\"It broke\"", "31:9 yaml-syntax"),
    ("meaning: It broke", "meaning\n          It broke", "31:9 yaml-syntax"),
    ("meaning: It broke", "meaning -> It broke", "31:9 yaml-syntax"),
    ("surfaces:\n", "surfaces:\n  api:\n", "17:3 wrong-type"),
    ("    errors:\n      - code: broken\n        status: 400\n        meaning: It broke\n        fix: Mend it.\n        retryable: false\n", "    errors:\n      broken:\n        status: 400\n", "31:7 yaml-syntax"),
    ("tags: [quota]", "tags:\n        - quota\n       - auth", "42:8 yaml-syntax"),
    ("tags: [quota]", "tags:\n        quota", "41:9 yaml-syntax"),
    ("tags: [quota]", "tags: - quota", "40:15 yaml-syntax"),
    ("  quota: A limit of the plan", "  - quota: A limit of the plan", "15:5 wrong-type"),
    ("  quota: A limit of the plan", "  quota", "15:3 wrong-type"),
    ("retry: {after: 1h}", "retry: after: 1h", "39:21 yaml-syntax"),
    ("retry: {after: 1h}", "retry: {after: 1h, retries: 3", "39:16 yaml-syntax"),
    ("retry: {after: 1h}", "retry: {after=1h}", "39:17 unknown-field"),
    ("retry: {after: 1h}", "retry: (after: 1h)", "39:22 yaml-syntax"),
    ("retry: {after: 1h}", "retry: \"{after: 1h}\"", "39:16 wrong-type"),
    ("[500, 503]", "(500, 503)", "46:17 wrong-type"),
    ("[500, 503]", "{500, 503}", "46:18 wrong-type"),
    ("[500, 503]", "\"[500, 503]\"", "46:17 wrong-type"),
    ("[500, 503]", "\"500\", \"503\"", "46:22 yaml-syntax"),
    ("example: 7}", "example: 7}}", "43:50 yaml-syntax"),
    ("errcat: 1\n", "errcat: 1\nerrcat: 1\n", "2:1 duplicate-field"),
    ("errcat: 1\n", "\n\n   errcat: 1\n", "3:4 yaml-syntax"),
    ("errcat: 1\n", "//comment\nerrcat: 1\n", "1:1 yaml-syntax"),
    ("errcat: 1\n", "/* c */\nerrcat: 1\n", "1:1 yaml-syntax"),
    ("errcat: 1\n", "; c\nerrcat: 1\n", "1:1 yaml-syntax"),
    ("errcat: 1\n", "-- c\nerrcat: 1\n", "1:1 yaml-syntax"),
    ("        status: 400\n", "        // c\n        status: 400\n", "30:9 yaml-syntax"),
    ("        status: 400\n", "        status: 400 // c\n", "30:17 wrong-type"),
    ("version: 1.0.0", "version: 1.0.0,", "3:10 malformed-version"),
    ("version: 1.0.0", "version: 1,0,0", "3:10 malformed-version"),
    ("version: 1.0.0", "version: ^1.0.0", "3:10 malformed-version"),
    ("version: 1.0.0", "version: 01.0.0", "3:10 malformed-version"),
    ("version: 1.0.0", "version: latest", "3:10 malformed-version"),
    ("license: MIT", "license:MIT", "8:1 yaml-syntax"),
    ("code: broken", "Code: broken", "29:9 unknown-field"),
    ("meaning: It", "MEANING: It", "31:9 unknown-field"),
    ("code: broken", "code : : broken", "29:16 yaml-syntax"),
    ("code: broken", "error: broken", "29:9 unknown-field"),
    ("fix: Mend it.", "solution: Mend it.", "32:9 unknown-field"),
    ("status: 400", "http_status: 400", "30:9 unknown-field"),
    ("status: 400", "statuscode: 400", "30:9 unknown-field"),
    ("after: 1h", "after: 1 Hour", "39:24 malformed-duration"),
    ("after: 1h", "after: an hour", "39:24 malformed-duration"),
    ("after: 1h", "after: one hour", "39:24 malformed-duration"),
    ("after: 1h", "after: 1:00", "39:24 malformed-duration"),
    ("after: 1h", "after: 3600", "39:24 wrong-type"),
    ("after: 1h", "after: -1h", "39:24 malformed-duration"),
    ("id: api", "id: API v2", "17:9 malformed-id"),
    ("id: api", "id: 2api", "17:9 malformed-id"),
    ("id: api", "id: 2", "17:9 wrong-type"),
    ("code: broken", "code: null", "29:15 wrong-type"),
    ("code: broken", "code: 1e3", "29:15 wrong-type"),
    // Texts with a comma, and odd spaces, between braces.
    ("note: Long gone.}", "note: Long gone, really.}", "52:55 lone-key"),
    ("{name: Us, url", "{name: Us, and you, url", "7:21 lone-key"),
    ("{after: 1h}", "{after: 1h, or so}", "39:28 lone-key"),
    ("note: Long gone.}", "note: Long gone, really, for good.}", "52:55 lone-key"),
    ("meaning: How many.,", "meaning: How many, at most.,", "43:38 lone-key"),
    ("{message: <message>}", "{message: <message>, x}", "56:34 lone-key"),
    ("{message: <message>}", "{message:\u{a0}<message>}", "56:14 lone-key"),
    ("{name: Us,", "{name:\u{a0}Us,", "7:11 lone-key"),
    ("note: Long gone.}", "note: Long {gone}.}", "52:49 yaml-syntax"),
    // A quote too many, too few, or one that another text closes.
    ("title: Errors", "title: \"Errors\"\"", "4:15 yaml-syntax"),
    ("tags: [quota]", "tags: [quota]\"", "40:22 yaml-syntax"),
    ("note: Long gone.}", "note: Long gone.}\"", "52:55 yaml-syntax"),
    ("title: Errors\nintro: All of them.", "title: 'Errors\nintro: All of 'em.", "4:8 yaml-syntax"),
    ("title: Errors\nintro: All of them.", "title: \"Errors\nintro: All of \"them\".", "4:8 yaml-syntax"),
    ("meaning: It broke", "meaning: \"C:\\Users\"", "31:21 yaml-syntax"),
    ("meaning: It broke", "meaning: \"\\ud800\"", "31:19 yaml-syntax"),
    // Only the first line is indented in another way.
    ("  statuses: [429", "   statuses: [429", "10:4 yaml-syntax"),
    ("  - id: api", "   - id: api", "17:4 yaml-syntax"),
    ("      - code: broken", "       - code: broken", "29:8 yaml-syntax"),
    ("        since: 1.0.0", "        doc: |\n          a\n         b\n        since: 1.0.0", "46:10 yaml-syntax"),
    ("        since: 1.0.0", "\u{a0}       since: 1.0.0", "44:1 yaml-syntax"),
    ("    retired:", "\u{a0}   retired:", "51:1 yaml-syntax"),
    // A response that was pasted.
    ("        error: <code>", "        error: broken", "24:9 unexpected-code"),
    // Words and shapes of other lists of errors.
    ("meaning: It broke", "message: It broke", "31:9 unknown-field"),
    ("meaning: It broke", "description: It broke", "31:9 unknown-field"),
    ("fix: Mend it.", "resolution: Mend it.", "32:9 unknown-field"),
    ("        status: 400", "        http_status: 400", "30:9 unknown-field"),
    ("- code: broken", "- error_code: broken", "29:9 unknown-field"),
    ("        retryable: false", "        retry: false", "33:16 wrong-type"),
    ("title: API errors", "title: API errors\n    absent: [x]", "19:5 unknown-field"),
    ("      - {code: ancient, use", "      ancient: {use", "52:7 wrong-type"),
    // A text without its last quote, which goes on to the next one, and a comment that looks like a key.
    ("meaning: It broke", "meaning: \"It broke\n        since: 1.0.0\n        name: \"# it", "31:18 yaml-syntax"),
    ("        limit?: <limit", "        limit?:<limit:integer> # one: two\n        other?: <limit", "26:9 yaml-syntax"),
];

/// Files that are not catalogs.
#[rustfmt::skip]
const OTHER_FILES: &[(&str, &str)] = &[
    ("", "1:1 missing-field"),
    ("\n\n", "1:1 missing-field"),
    ("# nothing\n", "1:1 missing-field"),
    ("---\n", "1:1 missing-field"),
    ("---\n# nothing\n", "1:1 missing-field"),
    ("null\n", "1:1 missing-field"),
    ("- a\n- b\n", "1:1 wrong-type"),
    ("hello world\n", "1:1 wrong-type"),
    ("{\"name\": \"x\", \"version\": \"1.0.0\", \"scripts\": {\"a\": \"b\"}, \"dependencies\": {}}", "1:2 missing-field"),
    ("{\"name\": \"x\", \"version\": \"1.0.0\", // hi\n \"scripts\": {\"a\": \"b\"}, \"dependencies\": {}}", "1:1 yaml-syntax"),
    ("[package]\nname = \"x\"\nversion = \"1\"\n", "1:1 yaml-syntax"),
    ("<!DOCTYPE html>\n<html></html>\n", "1:1 wrong-type"),
    ("# Title\n\nSome text: here\n\n- list\n", "5:1 yaml-syntax"),
    ("openapi: 3.1.0\ninfo:\n  title: x\n  version: 1.0.0\npaths: {}\n", "1:1 missing-field"),
    ("errcat: 1\noutputs:\n  - catalog: a.yaml\n    target: rust\n    out: x\n", "1:1 missing-field"),
    ("errcat: 1\nproduct: x\nversion: 1.0.0\ntitle: x\nerrors: []\n", "5:1 unknown-field"),
    ("errcat: 1\r\nproduct: x\rversion: 1.0.0\r\n", "2:11 yaml-syntax"),
];

/// The only problem of a catalog: its place and rule, and what it says.
fn only_problem(repo: &Repo, name: &str, catalog: &[u8]) -> (String, String) {
    repo.put("errors.yaml", catalog);
    let Err(error) = repo.lint("errors.yaml") else { panic!("{name} was accepted") };
    let found = diagnostics(&error);
    let [one] = found.as_slice() else { panic!("{name}\n{error}") };
    let place = format!("{}:{} {}", one["line"], one["column"], one["rule"].as_str().unwrap());
    let said = format!("{} · {}", one["message"].as_str().unwrap(), one["help"].as_str().unwrap());
    (place, said)
}

/// The snapshot has the message for each mistake. Read it aloud.
#[test]
fn one_mistake_gives_one_diagnostic() {
    let base = fs::read_to_string(root().join("tests/it/mistakes/base.yaml")).unwrap();
    let repo = Repo::new().file("errors.yaml", &base);
    repo.lint("errors.yaml").unwrap();
    let mut all = String::new();
    for (from, to, want) in MISTAKES.iter().chain(SLIPS) {
        assert!(base.contains(from), "{from} is not in the catalog");
        let name = format!("{from:?} replaced by {to:?}");
        let (place, said) = only_problem(&repo, &name, base.replacen(from, to, 1).as_bytes());
        assert_eq!(place, *want, "{name}: {said}");
        all += &format!("{to:?}\n    {said}\n");
    }
    for (text, want) in OTHER_FILES {
        let (place, said) = only_problem(&repo, text, text.as_bytes());
        assert_eq!(place, *want, "{text}: {said}");
        all += &format!("{text:?}\n    {said}\n");
    }
    insta::assert_snapshot!(all);
}

/// A file with another encoding, or with unusual line ends, gets one diagnostic.
#[test]
fn other_encodings_and_line_ends_are_named() {
    let base = fs::read_to_string(root().join("tests/it/mistakes/base.yaml")).unwrap();
    let repo = Repo::new();
    let utf16 = |to_bytes: fn(u16) -> [u8; 2], mark: &[u8]| {
        [mark.to_vec(), base.encode_utf16().flat_map(to_bytes).collect()].concat()
    };
    for (bytes, want, words) in [
        (utf16(u16::to_le_bytes, &[0xff, 0xfe]), "1:1", "UTF-16"),
        (utf16(u16::to_be_bytes, &[0xfe, 0xff]), "1:1", "UTF-16"),
        (utf16(u16::to_le_bytes, &[]), "1:1", "UTF-16"),
        (utf16(u16::to_be_bytes, &[]), "1:1", "UTF-16"),
        (base.replace('\n', "\r").into_bytes(), "1:10", "carriage return"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "1:1", "not a text file"),
        (b"errcat: 1\nproduct: Gr\xf6\xdfe\n".to_vec(), "2:12", "not UTF-8"),
    ] {
        let (place, said) = only_problem(&repo, words, &bytes);
        assert_eq!(place, format!("{want} yaml-syntax"), "{said}");
        assert!(said.contains(words), "{said}");
    }
}

/// Every key and text in a document, each with a way to change it in a copy.
fn every_text(value: &Value, path: &str, found: &mut Vec<(String, Option<String>)>) {
    match value {
        Value::String(_) => found.push((path.to_owned(), None)),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                every_text(item, &format!("{path}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (key, item) in members {
                found.push((path.to_owned(), Some(key.clone())));
                let key = key.replace('~', "~0").replace('/', "~1");
                every_text(item, &format!("{path}/{key}"), found);
            }
        }
        _ => {}
    }
}

/// No text of a catalog may contain a control character: not a key, nor a value, of any field, sample or
/// literal. The list of texts comes from a catalog with every field, so a new field is covered too.
#[test]
fn control_characters_are_refused_in_every_text() {
    let source = fs::read_to_string(root().join("tests/it/catalogs/features.yaml")).unwrap();
    let catalog: Value = serde_yaml::from_str(&source).unwrap();
    let mut texts = Vec::new();
    every_text(&catalog, "", &mut texts);
    assert!(texts.len() > 200, "{}", texts.len());
    let repo = Repo::new();
    for (index, (path, key)) in texts.iter().enumerate() {
        let bad = ['\u{202e}', '\u{7}', '\u{2066}', '\t', '\u{9b}'][index % 5];
        let mut copy = catalog.clone();
        let value = copy.pointer_mut(path).unwrap();
        match (key, value) {
            (Some(key), Value::Object(members)) => {
                // In place, so that the order stays.
                let changed = std::mem::take(members).into_iter().map(|(name, value)| {
                    if name == *key { (format!("{name}{bad}"), value) } else { (name, value) }
                });
                *members = changed.collect();
            }
            (None, Value::String(text)) => text.push(bad),
            _ => unreachable!(),
        }
        let escaped = copy.to_string().replace('\u{9b}', "\\u009b");
        let name = format!("{path} {key:?}");
        let (place, said) = only_problem(&repo, &name, escaped.as_bytes());
        assert!(place.ends_with(" control-character"), "{name}: {place} {said}");
    }
}

/// Every change of one member of a catalog with every field: without it, with its key misspelled, or with
/// another value, whatever depends on it elsewhere.
#[test]
fn any_one_change_gives_at_most_one_diagnostic() {
    let source = fs::read_to_string(root().join("tests/it/catalogs/features.yaml")).unwrap();
    let catalog: Value = serde_yaml::from_str(&source).unwrap();
    let mut paths = Vec::new();
    every_value(&catalog, "", &mut paths);
    let repo = Repo::new();
    let (mut tried, mut refused) = (0, 0);
    let mut check = |name: String, changed: &Value| {
        repo.put("errors.yaml", changed.to_string());
        tried += 1;
        if let Err(error) = repo.lint("errors.yaml") {
            refused += 1;
            let found = diagnostics(&error);
            assert_eq!(found.len(), 1, "{name}\n{error}");
        }
    };
    // What is allowed at the top may hide any number of problems.
    paths.retain(|path| !path.starts_with("/allow"));
    for path in &paths {
        let (parent, key) = path.rsplit_once('/').unwrap();
        let key = key.replace("~1", "/").replace("~0", "~");
        if let Some(Value::Object(members)) = catalog.pointer(parent) {
            let mut copy = catalog.clone();
            let parent = copy.pointer_mut(parent).unwrap().as_object_mut().unwrap();
            parent.shift_remove(&key);
            check(format!("without {path}"), &copy);
            let twice = key.chars().next().into_iter().chain(key.chars()).collect::<String>();
            let misspelled = members.iter().map(|(name, value)| {
                (if *name == key { twice.clone() } else { name.clone() }, value.clone())
            });
            *copy.pointer_mut(path.rsplit_once('/').unwrap().0).unwrap() = misspelled.collect();
            check(format!("{path} as {twice}"), &copy);
        }
        let value = catalog.pointer(path).unwrap();
        let mut others = vec![
            Value::Null,
            "".into(),
            serde_json::json!([]),
            serde_json::json!({}),
            1.into(),
            (-1).into(),
            1.5.into(),
            true.into(),
            "x y".into(),
            "<x".into(),
            "no such".into(),
            serde_json::json!([value]),
        ];
        // All names in it would be wrong then.
        if !matches!(key.as_str(), "params" | "tags" | "values") {
            others.push(serde_json::json!({"a": value}));
        }
        for other in others {
            let mut copy = catalog.clone();
            *copy.pointer_mut(path).unwrap() = other.clone();
            check(format!("{path}: {other}"), &copy);
        }
    }
    assert!(tried > 2000 && refused > tried / 2, "{refused} of {tried}");
}

fn every_value(value: &Value, path: &str, found: &mut Vec<String>) {
    let mut inner = |key: &str, value: &Value| {
        let path = format!("{path}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(path.clone());
        every_value(value, &path, found);
    };
    match value {
        Value::Array(items) => {
            (0..).zip(items).for_each(|(index, item): (usize, _)| inner(&index.to_string(), item));
        }
        Value::Object(members) => members.iter().for_each(|(key, item)| inner(key, item)),
        _ => {}
    }
}
