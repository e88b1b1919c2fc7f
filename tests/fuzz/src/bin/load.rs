//! A catalog → its problems, or the files of a target.
#![no_main]

use errcat::stages::Parsed;
use errcat_fuzz::{check, choice, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

const TARGETS: &[&str] = &[
    "json",
    "markdown",
    "html",
    "openapi",
    "rust",
    "rust-module",
    "typescript",
    "typescript-module",
    "python",
    "python-module",
];

fuzz_target!(|data: &[u8]| {
    let parsed = Parsed::new(data).map(|mut parsed| {
        parsed.lint();
        parsed
    });
    match parsed.and_then(Parsed::resolve) {
        Err(error) => check::error(&error, data),
        Ok(resolved) => {
            if let Err(error) = resolved.render(TARGETS[choice(data, TARGETS.len())]) {
                // Surfaces that are only there to be included have no outputs.
                assert!(!errcat::fuzz::has_surfaces(data), "{error}");
            }
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::mutate(data, size, max, seed)
});
