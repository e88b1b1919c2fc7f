//! Reads bodies with generated Rust modules. Each line of stdin is an input, and each line of stdout what
//! was read. ../README.md explains both. The test `random::readers` of errcat writes the Cargo project.
#![allow(dead_code, unused_imports, reason = "a reader needs only a part of each module")]
#![allow(non_snake_case, reason = "surfaces may be called `x_`")]

use std::io::{self, BufRead as _, Write as _};

use serde_json::{Value as Json, json};

include!(concat!(env!("CARGO_MANIFEST_DIR"), "/catalogs.rs"));

/// What reads the bodies of a catalog, and the headers.
type Readers = (Read, Wait);
type Read = fn(&str, Option<u16>, &[u8]) -> Option<Json>;
type Wait = fn(Option<&str>, Option<&str>, u64) -> Option<u64>;

fn answer(input: &Json) -> Option<Json> {
    let (read, wait) = catalog(input["catalog"].as_str()?)?;
    if let Some(headers) = input["headers"].as_object() {
        let header = |name: &str| headers.get(name).and_then(Json::as_str);
        let now = input["nowMs"].as_u64()?;
        return Some(json!({"waitMs": wait(header("retry-after-ms"), header("retry-after"), now)}));
    }
    let hex = input["hex"].as_str()?.as_bytes();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let body: Option<Vec<u8>> =
        hex.chunks(2).map(|pair| Some(digit(pair[0])? * 16 + digit(pair[1])?)).collect();
    let status = input["status"].as_u64().and_then(|status| u16::try_from(status).ok());
    read(input["surface"].as_str()?, status, &body?)
}

fn main() {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line.expect("stdin is UTF-8");
        let input = serde_json::from_str(&line).expect("each line is JSON");
        let answer = answer(&input).expect("the catalog has the surface");
        writeln!(out, "{answer}").expect("stdout can be written");
    }
}
