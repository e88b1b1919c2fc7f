//! What each stage costs, and the whole, at four sizes: `cargo bench`. Items are errors, so a cost
//! that grows linearly shows as one rate in a column.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a benchmark prepares its folders itself, and fails where it can't go on"
)]

use std::fmt::Write as _;
use std::fs;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use errcat::Generator;
use errcat::stages::Parsed;

const SIZES: &[usize] = &[17, 1_000, 10_000, 100_000];

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
    let parsed = Parsed::new(&catalog(errors)).unwrap();
    bencher.counter(ItemsCount::new(errors)).bench(|| assert!(black_box(&parsed).lint()));
}

#[divan::bench(args = SIZES, max_time = 3)]
fn resolve(bencher: Bencher, errors: usize) {
    let parsed = Parsed::new(&catalog(errors)).unwrap();
    bencher.counter(ItemsCount::new(errors)).bench(|| black_box(&parsed).resolve());
}

#[divan::bench(args = renders(), max_time = 3)]
fn render(bencher: Bencher, (target, errors): (&str, usize)) {
    let resolved = Parsed::new(&catalog(errors)).unwrap().resolve();
    bencher.counter(ItemsCount::new(errors)).bench(|| resolved.render(target).unwrap());
}

fn renders() -> impl Iterator<Item = (&'static str, usize)> {
    let targets = ["json", "markdown", "openapi", "rust", "typescript"];
    targets.into_iter().flat_map(|target| SIZES.iter().map(move |&errors| (target, errors)))
}

/// Files that are not there yet, of the target with the most files.
#[divan::bench(args = SIZES, max_time = 3)]
fn write(bencher: Bencher, errors: usize) {
    let resolved = Parsed::new(&catalog(errors)).unwrap().resolve();
    bencher
        .counter(ItemsCount::new(errors))
        .with_inputs(|| (tempfile::tempdir().unwrap(), resolved.render("rust").unwrap()))
        .bench_values(|(folder, files)| (files.write(folder.path()).unwrap(), folder));
}

/// The whole job, from a file to new files of every target.
#[divan::bench(args = SIZES, max_time = 5)]
fn generate(bencher: Bencher, errors: usize) {
    let repo = tempfile::tempdir().unwrap();
    let file = repo.path().join("errors.yaml");
    fs::write(&file, catalog(errors)).unwrap();
    bencher
        .counter(ItemsCount::new(errors))
        .with_inputs(|| tempfile::tempdir().unwrap())
        .bench_values(|out| {
            (Generator::from_catalog(&file, out.path()).unwrap().generate().unwrap(), out)
        });
}

/// A second run, in which every file is right already.
#[divan::bench(args = SIZES, max_time = 5)]
fn check(bencher: Bencher, errors: usize) {
    let repo = tempfile::tempdir().unwrap();
    let file = repo.path().join("errors.yaml");
    fs::write(&file, catalog(errors)).unwrap();
    let generator = Generator::from_catalog(&file, repo.path().join("out")).unwrap();
    generator.generate().unwrap();
    bencher
        .counter(ItemsCount::new(errors))
        .bench(|| assert!(generator.check().unwrap().is_empty()));
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
