//! Makes a module of a catalog with lists, waits, several errors in one body, and errors that HTTP calls a
//! success.

use errcat::{Generator, Target};

fn main() -> Result<(), errcat::Error> {
    let module = Target::new("rust-module").option("features", ["axum08", "std"]);
    Generator::new("../../it/catalogs/features.yaml").target(module).generate()?;
    Ok(())
}
