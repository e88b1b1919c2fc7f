//! `cargo bench --manifest-path benches/readers/Cargo.toml`: look-ups of every code in turn, and the
//! reading of a body.

use divan::{Bencher, black_box};
use readers::Body;

fn main() {
    divan::main();
}

/// Every code of a module, in an order that no branch predictor knows.
macro_rules! look_ups {
    ($module:ident) => {
        mod $module {
            use super::*;
            use readers::$module::api::Code;
            use readers::$module::by_hand;

            fn codes() -> Vec<&'static str> {
                let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
                codes.sort_by_key(|code| code.bytes().fold(7_u32, |hash, byte| hash.wrapping_mul(31) ^ u32::from(byte)));
                codes
            }

            #[divan::bench]
            fn errcat(bencher: Bencher) {
                let codes = codes();
                bencher.counter(codes.len()).bench(|| {
                    codes.iter().filter(|code| black_box(code).parse::<Code>().is_ok()).count()
                });
            }

            #[divan::bench]
            fn by_match(bencher: Bencher) {
                let codes = codes();
                bencher.counter(codes.len()).bench(|| {
                    codes.iter().filter(|code| by_hand::by_match(black_box(code)).is_some()).count()
                });
            }

            #[divan::bench]
            fn phf(bencher: Bencher) {
                let codes = codes();
                bencher.counter(codes.len()).bench(|| {
                    codes.iter().filter(|code| by_hand::MAP.get(black_box(code)).is_some()).count()
                });
            }
        }
    };
}

look_ups!(codes_11);
look_ups!(codes_64);
look_ups!(codes_200);
look_ups!(codes_1000);

const BODY: &str = r#"{"error":"plan_limit_0","detail":"5 of 5 are in use","trace":"4bf92f3577b34da6"}"#;

#[divan::bench(sample_size = 1000)]
fn read_errcat() -> readers::codes_11::api::ApiError {
    readers::codes_11::api::ApiError::read(403, black_box(BODY))
}

/// With the look-up of the code, which the other does too.
#[divan::bench(sample_size = 1000)]
fn read_by_hand() -> (Option<u16>, Body) {
    let body: Body = serde_json::from_str(black_box(BODY)).unwrap();
    (readers::codes_11::by_hand::by_match(&body.error), body)
}

#[divan::bench(sample_size = 1000)]
fn read_serde_json_value() -> serde_json::Value {
    serde_json::from_str(black_box(BODY)).unwrap()
}

#[divan::bench(sample_size = 1000)]
fn write_errcat() -> String {
    black_box(readers::codes_11::api::ApiError::read(403, BODY)).body()
}

#[divan::bench(sample_size = 1000)]
fn unknown_code() -> readers::codes_1000::api::ApiError {
    readers::codes_1000::api::ApiError::read(403, black_box(r#"{"error":"new_code"}"#))
}
