//! A service whose errors are one module, made while it is built.

/// Every error of the service.
pub mod errors {
    include!(concat!(env!("OUT_DIR"), "/errors.rs"));
}

use errors::payments;

fn main() {
    let error = payments::quota_exceeded("1000 a day", 3600);
    println!("{error}\n{}", error.body());
    println!("{}", private::payments::Code::ALL.len());
}

/// The same where nobody outside can reach it, and hardly anything is used.
mod private {
    include!(concat!(env!("OUT_DIR"), "/errors.rs"));
}

/// The same without any feature: neither bodies nor `std`.
#[cfg(test)]
mod bare {
    include!(concat!(env!("OUT_DIR"), "/bare/errors.rs"));
}

/// More codes than a match finds fast, without any feature.
#[cfg(test)]
mod many {
    include!(concat!(env!("OUT_DIR"), "/many/errors.rs"));
}

/// An error with twenty values.
pub mod wide {
    include!(concat!(env!("OUT_DIR"), "/wide/errors.rs"));
}

/// Clippy checks the size of the error, which is for it alone.
///
/// # Errors
/// Fails if the text isn't a number.
pub fn parse(text: &str) -> Result<u8, wide::wide::ApiError> {
    text.parse::<u8>().map_err(|error| wide::wide::broken().caused_by(error))
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::error::Error as _;
    use std::future::ready;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    use std::time::Duration;

    use super::*;
    use bare::{GiveUpReason, Retry};

    #[test]
    fn the_module_reads_what_it_writes() {
        let error = payments::quota_exceeded("1000 a day", 3600);
        assert_eq!((error.status(), error.retry_in()), (Some(402), Some(3600)));
        assert_eq!(payments::ApiError::read(402, error.body()), error);
        for code in payments::Code::ALL {
            let read = payments::ApiError::read(code.entry().status, code.entry().sample);
            assert_eq!(
                (read.code(), read.matches()),
                (Some(*code), true),
                "{}",
                code.entry().sample
            );
        }
    }

    #[test]
    fn an_error_with_many_values_is_small() {
        assert!(size_of::<wide::wide::ApiError>() <= 32);
        let error = parse("many").unwrap_err();
        assert_eq!(error.body(), r#"{"error":"broken"}"#);
        assert!(error.source().is_some());
    }

    /// Text that is like a code but none: a part of it, more than it, and one with another letter.
    fn near(text: &str) -> Vec<String> {
        let mut part = text.to_owned();
        let last = part.pop().unwrap_or_default();
        let other = if last == 'x' { 'y' } else { 'x' };
        vec![
            format!("{text}x"),
            format!("x{text}"),
            format!("{part}{other}"),
            text.to_uppercase() + "X",
            part,
            text.repeat(10_000 / text.len()),
            String::new(),
        ]
    }

    /// From the table, and from the match of the surface that has one code less than a table.
    #[test]
    fn each_of_many_codes_is_found_and_no_other() {
        macro_rules! check {
            ($all:expr, $text:expr, $find:expr) => {
                for &one in $all {
                    let Some(text) = $text(one) else { continue };
                    assert_eq!($find(text), Some(one), "{text}");
                    for near in near(text) {
                        let found = $find(near.as_str()).and_then($text);
                        assert_eq!(found, found.filter(|found| *found == near), "{near}");
                    }
                }
            };
        }
        use many::{codes, just_below, names};
        check!(codes::Code::ALL, |code: codes::Code| code.entry().code, codes::Code::from_code);
        check!(
            just_below::Code::ALL,
            |code: just_below::Code| code.entry().code,
            just_below::Code::from_code
        );
        check!(names::ErrorName::ALL, names::ErrorName::code, names::ErrorName::from_code);
        check!(
            names::ErrorName::ALL,
            |name: names::ErrorName| Some(name.entry().name),
            names::ErrorName::from_name
        );
        assert_eq!((codes::Code::ALL.len(), just_below::Code::ALL.len()), (150, 149));
    }

    #[test]
    fn a_module_without_features_keeps_causes() {
        let error = bare::payments::quota_exceeded("1000 a day", 3600).caused_by("too busy");
        assert_eq!(error.source().map(ToString::to_string).as_deref(), Some("too busy"));
        assert_eq!(error, bare::payments::quota_exceeded("1000 a day", 3600));
    }

    #[test]
    fn a_module_without_features_retries() {
        let wait = Duration::from_secs(7);
        let limited = || bare::drafts::slow_down().with_retry_after(wait);
        let sleep = |asked| {
            assert_eq!(asked, wait);
            ready(())
        };
        let send =
            |retries| ready(Ok::<_, Infallible>(if retries < 1 { Some(limited()) } else { None }));
        let retries = pin!(Retry::new(|| 0).run(sleep, send, Clone::clone));
        let Poll::Ready(outcome) = retries.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("nothing waits");
        };
        assert_eq!(outcome.map(|outcome| outcome.attempts), Ok(2));
        let failed = bare::FailedAttempt::new(bare::RetryAdvice::Never, 0, 0);
        assert_eq!(bare::next_delay(&failed), Err(GiveUpReason::Permanent));
    }
}
