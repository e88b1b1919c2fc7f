//! A saved response → what `errcat explain` says about it, with a catalog that has every kind of body.
#![no_main]

use std::sync::LazyLock;

use errcat::fuzz::Reader;
use errcat_fuzz::{check, choice, mutate};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

static READER: LazyLock<Reader> = LazyLock::new(|| {
    Reader::new(include_bytes!("../../../conformance/bodies.yaml"))
        .expect("the catalog has no problems")
});

fuzz_target!(|data: &[u8]| {
    let read = READER.read(data, 1_800_000_000);
    assert_eq!(read, READER.read(data, 1_800_000_000));
    check::json(&read);
    // Rendering takes long.
    if choice(data, 16) == 0 {
        check::plain(&READER.describe(data, 1_800_000_000).expect("an answer"));
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::mutate(data, size, max, seed)
});
