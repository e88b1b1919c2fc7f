//! The shape of a surface, the values of an error and a response → how the shape reads the response.
#![no_main]

use errcat::fuzz::Reader;
use errcat_fuzz::{check, mutate, parts};
use libfuzzer_sys::{fuzz_mutator, fuzz_target};

fuzz_target!(|data: &[u8]| {
    let [shape, values, response] = parts(data);
    let mut catalog = TOP.as_bytes().to_vec();
    indented(&mut catalog, shape, 6);
    catalog.extend(ERRORS.as_bytes());
    indented(&mut catalog, values, 10);
    match Reader::new(&catalog) {
        Err(error) => check::error(&error, &catalog),
        Ok(reader) => {
            let read = reader.read(response, 0);
            assert_eq!(read, reader.read(response, 0));
            check::json(&read);
        }
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max: usize, seed: u32| {
    mutate::mutate(data, size, max, seed)
});

const TOP: &str = "\
errcat: 1
product: Acme
version: 1.0.0
title: Errors
surfaces:
  - id: api
    title: The API
    shape:
";

const ERRORS: &str = "    errors:
      - {code: gone, status: 404, meaning: Gone, fix: Look elsewhere., retryable: false}
      - code: broken
        status: 400
        meaning: Broken
        fix: Mend it.
        retryable: false
        values:
";

fn indented(out: &mut Vec<u8>, text: &[u8], spaces: usize) {
    for line in text.split(|byte| *byte == b'\n') {
        out.extend(std::iter::repeat_n(b' ', spaces));
        out.extend(line);
        out.push(b'\n');
    }
}
