//! Property tests: flip bytes of a catalog, delete, repeat or indent lines, replace values. errcat
//! never panics, its messages stay printable, and every target renders what it accepts.
//! `ERRCAT_CASES=100000` runs that many cases.

use std::fs;

use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::root;

/// One change to a file.
#[derive(Clone, Debug)]
enum Change {
    Byte(usize, u8),
    Delete(usize),
    Double(usize, usize),
    Indent(usize, bool),
    Value(usize, &'static str),
    Insert(usize, &'static str),
}

const VALUES: &[&str] = &[
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
    "true",
    "no",
    "''",
    "\"\\u202e\"",
    "<",
    "<code>",
    "<x:any>",
    "404",
    "4xx",
    "1h",
    "0s",
    "1.0.0",
    "99999999999999999999",
    "[[[[]]]]",
];

const PIECES: &[&str] = &[
    "\"", "'", "[", "]", "{", "}", ": ", "\n", "- ", "<", ">", "?", "&a ", "*a ", "!x ", "\t",
    "|\n", ">-\n", "#", " #x", "\\", "%", "@", "`", "é", "😀", "\u{2028}", "\u{202e}", "\u{feff}",
    "\0", "\r", "---\n", "...\n", "<<: ",
];

fn change() -> impl Strategy<Value = Change> {
    let at = any::<usize>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        at().prop_map(Change::Delete),
        (at(), at()).prop_map(|(from, to)| Change::Double(from, to)),
        (at(), any::<bool>()).prop_map(|(at, deeper)| Change::Indent(at, deeper)),
        (at(), prop::sample::select(VALUES)).prop_map(|(at, value)| Change::Value(at, value)),
        (at(), prop::sample::select(PIECES)).prop_map(|(at, piece)| Change::Insert(at, piece)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let mut lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let count = lines.len();
    match change {
        Change::Byte(at, byte) => {
            if let Some(at) = at.checked_rem(bytes.len()) {
                bytes[at] = *byte;
            }
            return;
        }
        Change::Insert(at, piece) => {
            let at = at % (bytes.len() + 1);
            bytes.splice(at..at, piece.bytes());
            return;
        }
        Change::Delete(at) => {
            lines.remove(at % count);
        }
        Change::Double(from, to) => {
            let line = lines[from % count].clone();
            lines.insert(to % count, line);
        }
        Change::Indent(at, deeper) => {
            let line = &mut lines[at % count];
            if *deeper {
                line.insert(0, b' ');
            } else if !line.is_empty() {
                line.remove(0);
            }
        }
        Change::Value(at, value) => {
            let line = &mut lines[at % count];
            if let Some(colon) = line.windows(2).position(|pair| pair == b": ") {
                line.truncate(colon + 2);
                line.extend(value.bytes());
            }
        }
    }
    *bytes = lines.join(&b'\n');
}

#[test]
fn no_change_to_a_catalog_makes_errcat_fail() {
    let sources: Vec<Vec<u8>> = ["features.yaml", "odd-but-legal.yaml"]
        .iter()
        .map(|name| fs::read(root().join("tests/it/catalogs").join(name)).unwrap())
        .chain([fs::read(root().join("catalog/tensorloop.yaml")).unwrap()])
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("errors.yaml");
    let cases = std::env::var("ERRCAT_CASES").map_or(500, |cases| cases.parse().unwrap());
    let targets = ["json", "markdown", "openapi", "rust-module", "typescript-module"];
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let inputs = (prop::sample::select(sources), prop::collection::vec(change(), 1..5));
    proptest!(config, |((source, changes) in inputs)| {
        let mut bytes = source;
        for change in &changes {
            apply(&mut bytes, change);
        }
        fs::write(&file, &bytes).unwrap();
        let generator = targets.iter().fold(errcat::Generator::new(&file), |generator, target| {
            generator.target(*target)
        });
        let generator = generator.out_dir(folder.path().join("out"));
        match generator.lint() {
            Ok(()) => {
                let Err(error) = generator.check() else { return Ok(()) };
                // Surfaces that are only there to be included have no outputs.
                let is_shared = error.to_text(false).contains("lacks a `shape`");
                prop_assert!(is_shared, "{error}\n{}", String::from_utf8_lossy(&bytes));
            }
            Err(error) => {
                let findings = error.diagnostics().expect("bad input is findings");
                prop_assert!(findings.iter().all(|one| !one.is_empty()));
                let text = error.to_text(false);
                let steers = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
                prop_assert!(!text.contains(steers), "{text:?}");
            }
        }
    });
}
