//! A document that lists errors → a catalog. The first byte chooses the file's extension.
#![no_main]

use errcat::stages::Parsed;
use errcat_fuzz::{check, mutate, write};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| {
    let Some((kind, document)) = data.split_first() else { return };
    let name = match kind {
        b'c' => "errors.csv",
        b'j' => "errors.json",
        b'm' => "errors.md",
        b't' => "errors.tsv",
        b'y' => "errors.yaml",
        _ => "errors.txt",
    };
    match errcat::fuzz::import(&write(name, document)) {
        Err(error) => check::error(&error, document),
        Ok((catalog, report, problems)) => {
            assert!(!report.is_empty());
            loads(&catalog, problems);
        }
    }
});

/// A catalog that errcat wrote has no problems but those that it counts, and those are not about how it is written.
fn loads(catalog: &str, problems: usize) {
    let parsed = Parsed::new(catalog).map(|mut parsed| {
        parsed.lint();
        parsed
    });
    let Err(error) = parsed.and_then(Parsed::resolve) else {
        assert_eq!(problems, 0, "{catalog}");
        return;
    };
    check::error(&error, catalog.as_bytes());
    let files = error.diagnostics().expect("problems of a catalog");
    assert_eq!(files.iter().map(|file| file.count()).sum::<usize>(), problems, "{error}");
    for problem in files.iter().flat_map(|file| file.iter()) {
        assert!(!WRITTEN.contains(&problem.rule().name), "{error}\n{catalog}");
    }
}

/// Rules about how a catalog is written.
const WRITTEN: &[&str] = &[
    "yaml-syntax",
    "plain-data",
    "unknown-field",
    "duplicate-field",
    "wrong-type",
    "lone-key",
    "ambiguous-yaml",
    "cut-text",
    "outer-space",
    "empty-text",
    "line-break",
];

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::mutate(data, size, max, seed)
});
