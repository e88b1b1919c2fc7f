//! A YAML text → its tree, which doesn't depend on who reads it.
#![no_main]

use errcat_fuzz::mutate;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    if let Some((simple, whole)) = errcat::fuzz::yaml(&text) {
        assert_eq!(simple, whole);
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::mutate(data, size, max, seed)
});
