//! An errcat.yaml → its problems, or a plan of outputs.
#![no_main]

use errcat::Generator;
use errcat_fuzz::{check, mutate, write};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| {
    match Generator::from_config(write("errcat.yaml", data)) {
        Err(error) => check::error(&error, data),
        Ok(generator) => {
            let _ = generator.inputs();
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::mutate(data, size, max, seed)
});
