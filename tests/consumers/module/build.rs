//! Makes the errors of the service from its catalog.

use errcat::{Generator, Target};

fn main() -> Result<(), errcat::Error> {
    let module = Target::new("rust-module").option("features", ["json", "serde"]);
    Generator::new("../../it/catalogs/features.yaml").target(module).generate()?;
    Ok(())
}
