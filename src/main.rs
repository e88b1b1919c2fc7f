//! The `errcat` command: parse, run, print the error, exit. Everything else is in [`errcat::cli`].
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    errcat::cli::main()
}
