//! Files that nobody would write by hand. Each ends in diagnostics: no panic, no hang, nothing
//! written, and no character that could control the terminal.
//!
//! A hang shows as a test that doesn't end.

use std::fs;
use std::panic::catch_unwind;

use errcat::Generator;

use crate::{Repo, SMALL, root};

/// Generates from a file that must be refused, and returns its diagnostics as text.
fn refused(name: &str, content: impl AsRef<[u8]>) -> String {
    let repo = Repo::new().file("errors.yaml", content);
    let generator = Generator::new(repo.path("errors.yaml")).target("json");
    let generator = generator.out_dir(repo.path("generated"));
    let result = catch_unwind(|| generator.generate());
    let error = result.unwrap_or_else(|_| panic!("{name}: errcat panicked")).unwrap_err();
    assert!(error.diagnostics().is_some(), "{name}: {error}");
    assert!(!repo.path("generated").exists(), "{name} wrote something");
    let text = error.to_text(false);
    let acts = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(acts), "{name}: {:?}", text.chars().find(|c| acts(*c)));
    text
}

/// A catalog that must be accepted.
fn accepted(content: &str) {
    Repo::new().file("errors.yaml", content).lint("errors.yaml").unwrap();
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
        refused(name, text);
    }
}

#[test]
fn brackets_in_a_text_are_not_nesting() {
    let text = format!("'{}'", "{[".repeat(450));
    accepted(&SMALL.replace("MEANING", &text));
    let mut catalog = SMALL.to_owned();
    for i in 0..2000 {
        catalog += &format!(
            "      - {{code: c{i}, status: 400, meaning: 'm{i} {{ [ {{', fix: '[{{', retryable: false}}\n"
        );
    }
    accepted(&catalog);
}

#[test]
fn aliases_do_not_multiply() {
    let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let alias = format!("*a{}", level - 1);
        laughs += &format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 9].join(", "));
    }
    assert!(refused("billion laughs", laughs).contains("error[plain-data]"));
}

#[test]
fn many_anchors_in_one_word_are_refused() {
    let text = format!("a: [{}]\n", "&a,".repeat(1 << 20));
    assert!(refused("anchors", text).contains("this is a YAML anchor"));
}

#[test]
fn files_that_are_not_text_are_refused_at_their_place() {
    let utf16: Vec<u8> = SMALL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("UTF-16", [vec![0xff, 0xfe], utf16].concat()),
        ("binary", (0..=255).cycle().take(10_000).collect()),
        ("NUL", SMALL.replace("MEANING", "a\0b").into_bytes()),
        ("escape sequence", SMALL.replace("MEANING", "\u{1b}[31mred\u{7}").into_bytes()),
        ("Latin-1", [SMALL.as_bytes(), b"# \xe9\n"].concat()),
    ] {
        refused(name, bytes);
    }
    let text = refused("Latin-1", [SMALL.as_bytes(), b"# caf\xe9\n"].concat());
    assert!(text.contains("errors.yaml:11:6"), "{text}");
}

#[test]
fn large_files_are_read_or_refused() {
    let comment = format!("# {}\n", "x".repeat(1000));
    refused("50 MB", SMALL.to_owned() + &comment.repeat(50_000));
    let long = SMALL.replace("MEANING", &format!("\"{}\"", "x y".repeat(333_333)));
    accepted(&long);
    refused(
        "a long line with a mistake",
        SMALL.replace("meaning: MEANING", &format!("meening: {}", "x y".repeat(333_333))),
    );
    refused("a long key", format!("? {}\n: 1\n", "k".repeat(1_000_000)));
    let mut fields = String::new();
    for i in 0..100_000 {
        fields += &format!("k{i}: 1\n");
    }
    refused("many unknown fields", fields);
    refused("one field many times", "a: 1\n".repeat(100_000));
}

/// A problem in a line of a megabyte prints what a person reads, at the right place, in every format.
#[test]
fn long_lines_and_values_are_cut_in_messages() {
    let long = "x y".repeat(333_333);
    for (name, source, place) in [
        ("syntax", SMALL.replace("MEANING", &format!("\"{long}\"x")), ":10:"),
        ("code", SMALL.replace("code: broken", &format!("code: {long}")), ":10:16"),
        ("key", SMALL.replace("meaning:", &format!("? {long}\n       :")), ":10:"),
        (
            "last on the line",
            SMALL.replace("fix: Mend it.", &format!("tags: [\"{long}\"], fix: ''")),
            ":10:",
        ),
        ("two places", SMALL.replace("fix: Mend it.", &format!("fix: \"{long}\", fix: a")), ":10:"),
        (
            "literal",
            SMALL.replace("{error: <code>}", &format!("{{error: <code>, a: \"{long} <b\"}}")),
            ":8:",
        ),
        (
            "wide",
            SMALL.replace("code: broken", &format!("code: {}", "你好é\t".repeat(100_000))),
            ":10:16",
        ),
    ] {
        let repo = Repo::new().file("errors.yaml", &source);
        let Err(error) = repo.lint("errors.yaml") else { panic!("{name}") };
        let one = &error.diagnostics().unwrap()[0];
        let text = one.to_text(false);
        assert!(text.contains(&format!("errors.yaml{place}")), "{name}\n{text}");
        for printed in [text, one.to_json(), one.to_github()] {
            assert!(printed.len() < 6000, "{name}: {} bytes", printed.len());
        }
    }
}

/// The caret is below the mistake, whatever is before it in the line.
#[test]
fn carets_are_below_wide_and_combining_characters() {
    for before in ["plain ", "你好 ", "e\u{301}e\u{301} ", "\u{1f600} ", "ﬀ "] {
        for repeat in [1, 10, 400] {
            let before = before.repeat(repeat);
            let source = SMALL.replace("MEANING", &format!("\"{before}\\q\""));
            let ran = Repo::new().file("errors.yaml", source).run(&["lint", "errors.yaml"]);
            let lines: Vec<&str> = ran.stdout.lines().collect();
            let caret =
                lines.iter().position(|line| line.trim_end().ends_with("| ") || line.contains('^'));
            let caret = caret.unwrap_or_else(|| panic!("{}", ran.stdout));
            let width = |text: &str| textwrap::core::display_width(text);
            let (source, marks) = (lines[caret - 1], lines[caret]);
            let at = width(marks.split('^').next().unwrap());
            let mut so_far = 0;
            let found = source.chars().position(|c| {
                so_far += width(&c.to_string());
                so_far > at
            });
            let found: String = source.chars().skip(found.unwrap()).take(2).collect();
            assert_eq!(found, "\\q", "{before}\n{}", ran.stdout);
        }
    }
}

/// Replaces the value in each line of a catalog with every kind of value.
#[test]
fn every_value_of_every_type_in_every_field() {
    let source = fs::read_to_string(root().join("tests/it/catalogs/features.yaml")).unwrap();
    let lines: Vec<&str> = source.lines().collect();
    let repo = Repo::new();
    let mut tried = 0;
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
            let result = catch_unwind(|| repo.lint("errors.yaml"));
            let result = result.unwrap_or_else(|_| panic!("{key}: {value}: errcat panicked"));
            if let Err(error) = result {
                assert!(error.diagnostics().is_some(), "{key}: {value}\n{error}");
            }
            tried += 1;
        }
    }
    assert!(tried > 1000, "{tried}");
}
