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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_reads_what_it_writes() {
        let error = payments::quota_exceeded("1000 a day", 3600);
        assert_eq!((error.status(), error.retry_in()), (Some(402), Some(3600)));
        assert_eq!(payments::ApiError::read(402, error.body()), error);
        for code in payments::Code::ALL {
            let read = payments::ApiError::read(code.entry().status, code.entry().sample);
            assert_eq!((read.code(), read.matches()), (Some(*code), true), "{}", code.entry().sample);
        }
    }
}
