//! A recording of traffic → what `errcat verify` says about it.
#![no_main]

use errcat_fuzz::{check, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

const CATALOG: &[u8] = include_bytes!("../../../it/verify/api.yaml");

fuzz_target!(|data: &[u8]| {
    let said = errcat::fuzz::verify(CATALOG, data).expect("the catalog has no problems");
    check::json_lines(&said);
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::mutate(data, size, max, seed)
});
