//! Makes a module of a catalog with lists, waits, several errors in one body, and errors that HTTP calls a
//! success.

use errcat::{Generator, Target};

fn main() -> Result<(), errcat::Error> {
    let module = Target::new("rust-module").option("features", ["axum08", "std"]);
    let catalog = "../../it/catalogs/features.yaml";
    Generator::new(catalog).target(module).generate()?;
    // Only for its README.
    let out = std::env::var("OUT_DIR").expect("Cargo sets OUT_DIR") + "/crate";
    let whole = Target::new("rust").option("name", "key-service");
    Generator::new(catalog).target(whole).out_dir(out).generate()?;
    Ok(())
}
