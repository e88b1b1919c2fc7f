//! Makes modules of catalogs that are as different as possible, with every feature and with none.
#![allow(clippy::restriction, unused_results, reason = "it fails the build, and prints")]

use errcat::{Generator, Target};

fn main() -> Result<(), errcat::Error> {
    let out = std::env::var("OUT_DIR").expect("Cargo sets OUT_DIR");
    for catalog in ["bare", "features", "corners", "many-codes", "odd-but-legal"] {
        for (name, features) in [("all", vec!["axum08", "serde"]), ("none", vec![])] {
            let module = Target::new("rust-module").option("features", features);
            let out = format!("{out}/{catalog}-{name}");
            Generator::new(format!("../../it/catalogs/{catalog}.yaml")).target(module).out_dir(out).generate()?;
        }
    }
    Ok(())
}
