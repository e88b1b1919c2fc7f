//! One source, compiled with two versions of a crate: the newer one has more errors, before,
//! between and after the others, and that is a minor change. What it lacks is a major one:
//!
//! ```
//! let _ = new::keys::Code::Limit;
//! ```
//! ```compile_fail
//! let _ = old::keys::Code::Limit;
//! ```
//!
//! No code can be cast, because the number of one would change when another is added before it:
//!
//! ```compile_fail
//! let _ = new::keys::Code::Taken as isize;
//! ```
//!
//! And a code alone makes no error, so no value can be forgotten:
//!
//! ```compile_fail
//! let _ = new::keys::model();
//! ```
//! ```compile_fail
//! let _ = new::keys::ApiError::from(new::keys::Code::Model);
//! ```

macro_rules! client {
    ($version:ident) => {
        #[cfg(test)]
        mod $version {
            use std::error::Error as _;

            use $version::keys::{self, ApiError, Code};
            use $version::{RetryAdvice, proxy};

            fn name(code: Code) -> &'static str {
                match code {
                    Code::Taken => "taken",
                    Code::Model => "model",
                    _ => "another",
                }
            }

            #[test]
            fn it_works_with_this_version() {
                assert_eq!(name(Code::Taken), "taken");
                assert!(Code::Model < Code::Taken);
                let error = keys::model("gpt-4o");
                assert_eq!(ApiError::read(403, error.body()), error);
                assert_eq!(proxy::unauthorized("none").retry_advice(), RetryAdvice::Never);
                // Without the feature `std`.
                let caused = keys::model("gpt-4o").caused_by("no such model");
                assert_eq!(caused.source().unwrap().to_string(), "no such model");
                assert_eq!(caused.body(), error.body());
                let newer = ApiError::read(429, r#"{"error":"limit"}"#);
                assert_eq!(newer.code_text(), Some("limit"));
                assert!(newer.retryable());
            }
        }
    };
}

client!(old);
client!(new);
