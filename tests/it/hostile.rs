//! Files that nobody would write by hand: each ends in findings, never in a panic, a hang or a
//! written file, and no character of it reaches the terminal that could steer one.
//!
//! A hang shows as a test that does not end.

use std::fs;

use crate::{Repo, SMALL, root};

/// Lints a file, which must have findings, and gives their text.
fn findings(name: &str, content: impl AsRef<[u8]>) -> String {
    let repo = Repo::new().file("errors.yaml", content);
    for arguments in [&["lint", "errors.yaml"][..], &["generate", "--catalog", "errors.yaml"]] {
        let ran = repo.run(arguments);
        assert_eq!(ran.status, 1, "{name}: {}{}", ran.stdout, ran.stderr);
        assert!(!repo.path("generated").exists(), "{name} wrote something");
    }
    let text = repo.run(&["lint", "errors.yaml"]).stdout;
    let steers = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(steers), "{name}: {:?}", text.chars().find(|c| steers(*c)));
    text
}

#[test]
fn deep_nesting_is_refused() {
    for (name, text) in [
        ("flow maps on one line", "{a: ".repeat(100_000)),
        ("flow maps, a line each", "{a:\n".repeat(100_000)),
        ("flow lists on one line", "[".repeat(100_000)),
        ("flow lists, a line each", "[\n".repeat(100_000)),
        ("block lists", "- ".repeat(100_000)),
        ("complex keys", "? ".repeat(50_000)),
        ("block maps", (0..2000).map(|depth| " ".repeat(depth) + "a:\n").collect()),
    ] {
        findings(name, text);
    }
}

#[test]
fn a_few_hundred_brackets_in_a_text_are_no_nesting() {
    let text = format!("'{}'", "{[".repeat(450));
    Repo::new().file("errors.yaml", SMALL.replace("MEANING", &text)).ok(&["lint", "errors.yaml"]);
    let mut catalog = SMALL.to_owned();
    for i in 0..2000 {
        catalog += &format!(
            "      - {{code: c{i}, status: 400, meaning: 'm{i} {{ [ {{', fix: '[{{', retryable: false}}\n"
        );
    }
    Repo::new().file("errors.yaml", catalog).ok(&["lint", "errors.yaml"]);
}

#[test]
fn aliases_do_not_multiply() {
    let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let alias = format!("*a{}", level - 1);
        laughs += &format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 9].join(", "));
    }
    assert!(findings("billion laughs", laughs).contains("error[plain-data]"));
}

#[test]
fn files_that_are_no_text_are_refused_at_their_place() {
    let utf16: Vec<u8> = SMALL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("UTF-16", [vec![0xff, 0xfe], utf16].concat()),
        ("binary", (0..=255).cycle().take(10_000).collect()),
        ("NUL", SMALL.replace("MEANING", "a\0b").into_bytes()),
        ("escape sequence", SMALL.replace("MEANING", "\u{1b}[31mred\u{7}").into_bytes()),
        ("Latin-1", [SMALL.as_bytes(), b"# \xe9\n"].concat()),
    ] {
        findings(name, bytes);
    }
    let text = findings("Latin-1", [SMALL.as_bytes(), b"# caf\xe9\n"].concat());
    assert!(text.contains("errors.yaml:11:6"), "{text}");
}

#[test]
fn large_files_are_read_or_refused() {
    findings("50 MB", SMALL.to_owned() + &"# x\n".repeat(12_500_000));
    let long = SMALL.replace("MEANING", &format!("\"{}\"", "x y".repeat(333_333)));
    Repo::new().file("errors.yaml", long).ok(&["lint", "errors.yaml"]);
    findings(
        "a long line with a mistake",
        SMALL.replace("meaning: MEANING", &format!("meening: {}", "x y".repeat(333_333))),
    );
    findings("a long key", format!("? {}\n: 1\n", "k".repeat(1_000_000)));
    let mut fields = String::new();
    for i in 0..100_000 {
        fields += &format!("k{i}: 1\n");
    }
    findings("many unknown fields", fields);
    findings("one field many times", "a: 1\n".repeat(100_000));
}

/// Each line of a catalog with every kind of value in place of its own.
#[test]
fn every_value_of_every_type_in_every_field() {
    let source = fs::read_to_string(root().join("tests/it/catalogs/features.yaml")).unwrap();
    let lines: Vec<&str> = source.lines().collect();
    let repo = Repo::new();
    let mut runs = 0;
    for (number, line) in lines.iter().enumerate() {
        let Some((key, _)) = line.split_once(": ").filter(|(key, _)| !key.contains('#')) else {
            continue;
        };
        for value in [
            "",
            "~",
            "[]",
            "{}",
            "[1, a]",
            "{a: b}",
            "1",
            "-1",
            "1.5",
            ".inf",
            "99999999999999999999",
            "true",
            "no",
            "''",
            "\"\\u202e\"",
            "<",
            "<code>",
            "&a b",
            "!x y",
            "|",
            "0x7fffffffffffffff",
        ] {
            let mut broken: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            broken[number] = format!("{key}: {value}");
            repo.put("errors.yaml", broken.join("\n"));
            let ran = repo.run(&["lint", "errors.yaml"]);
            assert!(
                ran.status <= 1 && ran.stderr.is_empty(),
                "{key}: {value}\n{}{}",
                ran.stdout,
                ran.stderr
            );
            runs += 1;
        }
    }
    assert!(runs > 1000, "{runs}");
}
