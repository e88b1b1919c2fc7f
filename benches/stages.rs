//! What each stage costs, and the whole, at four sizes: `cargo bench`. Items are errors, so a cost
//! that grows linearly shows as one rate in a column.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a benchmark prepares its folders itself, and fails where it can't go on"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use errcat::Generator;
use errcat::stages::Parsed;

const SIZES: &[usize] = &[17, 1_000, 10_000, 100_000];
const TARGETS: [&str; 5] = ["json", "markdown", "openapi", "rust", "typescript"];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES, max_time = 3)]
fn parse(bencher: Bencher, errors: usize) {
    let text = catalog(errors);
    bencher.counter(ItemsCount::new(errors)).bench(|| Parsed::new(black_box(&text)).unwrap());
}

#[divan::bench(args = SIZES, max_time = 3)]
fn lint(bencher: Bencher, errors: usize) {
    let text = catalog(errors);
    bencher
        .counter(ItemsCount::new(errors))
        .with_inputs(|| Parsed::new(&text).unwrap())
        .bench_values(|mut parsed| {
            parsed.lint();
            parsed
        });
}

#[divan::bench(args = SIZES, max_time = 3)]
fn resolve(bencher: Bencher, errors: usize) {
    let text = catalog(errors);
    bencher
        .counter(ItemsCount::new(errors))
        .with_inputs(|| Parsed::new(&text).unwrap())
        .bench_values(|parsed| parsed.resolve().unwrap());
}

#[divan::bench(args = renders(), max_time = 3)]
fn render(bencher: Bencher, (target, errors): (&str, usize)) {
    let resolved = Parsed::new(catalog(errors)).unwrap().resolve().unwrap();
    bencher.counter(ItemsCount::new(errors)).bench(|| resolved.render(target).unwrap());
}

fn renders() -> impl Iterator<Item = (&'static str, usize)> {
    TARGETS.into_iter().flat_map(|target| SIZES.iter().map(move |&errors| (target, errors)))
}

/// Files that are not there yet, of the target with the most files.
#[divan::bench(args = SIZES, max_time = 3)]
fn write(bencher: Bencher, errors: usize) {
    let resolved = Parsed::new(catalog(errors)).unwrap().resolve().unwrap();
    bencher
        .counter(ItemsCount::new(errors))
        .with_inputs(|| (tempfile::tempdir().unwrap(), resolved.render("rust").unwrap()))
        .bench_values(|(folder, files)| (files.write(folder.path()).unwrap(), folder));
}

/// The whole job, from a file to new files of every target.
#[divan::bench(args = SIZES, max_time = 5)]
fn generate(bencher: Bencher, errors: usize) {
    let repo = tempfile::tempdir().unwrap();
    let config = config(repo.path(), errors);
    bencher
        .counter(ItemsCount::new(errors))
        .with_inputs(|| drop(fs::remove_dir_all(repo.path().join("out"))))
        .bench_values(|()| Generator::from_config(&config).unwrap().generate().unwrap());
}

/// A second run, in which every file is right already.
#[divan::bench(args = SIZES, max_time = 5)]
fn check(bencher: Bencher, errors: usize) {
    let repo = tempfile::tempdir().unwrap();
    let generator = Generator::from_config(config(repo.path(), errors)).unwrap();
    generator.generate().unwrap();
    bencher
        .counter(ItemsCount::new(errors))
        .bench(|| assert!(generator.check().unwrap().is_empty()));
}

/// A config for every target of a catalog of so many errors, and that catalog.
fn config(repo: &Path, errors: usize) -> PathBuf {
    let output = |target| format!("{{catalog: errors.yaml, target: {target}, out: out/{target}}}");
    let outputs = TARGETS.map(output).join(", ");
    let config = repo.join("errcat.yaml");
    fs::write(repo.join("errors.yaml"), catalog(errors)).unwrap();
    fs::write(&config, format!("{{errcat: 1, outputs: [{outputs}]}}")).unwrap();
    config
}

/// A catalog of two surfaces, with as much text an error as a real one.
fn catalog(errors: usize) -> String {
    let mut text = String::from(
        "errcat: 1\nproduct: Bench\nversion: 1.0.0\ntitle: Errors\n\
         retry: {statuses: [429, 5xx], initial: 1s, max: 30s, retries: 6}\nsurfaces:\n",
    );
    let surfaces = [
        ("management", "{error: <code>, detail?: <detail>}"),
        ("inference", "{error: {type: <type>, code: <code>, message: <meaning>}}"),
    ];
    for (half, (id, body)) in surfaces.into_iter().enumerate() {
        let _ = writeln!(
            text,
            "  - id: {id}\n    title: The {id} API\n    shape: {{body: {body}}}\n    errors:"
        );
        for i in (half..errors).step_by(2) {
            let (status, retryable) = if i % 4 < 2 { (403, false) } else { (429, true) };
            let _ = writeln!(
                text,
                "      - code: project_member_limit_{i}\n        status: {status}\n        \
                 meaning: The project has no room for member {i}\n        \
                 fix: \"Remove a member, or upgrade: `detail` says which plan.\"\n        \
                 retryable: {retryable}"
            );
        }
    }
    text
}
