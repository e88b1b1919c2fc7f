//! Makes `errors.rs` of the catalog, in `OUT_DIR`.

use errcat::{Generator, Target};

fn main() -> Result<(), errcat::Error> {
    let module = Target::new("rust-module").option("features", ["http1"]);
    Generator::new("errors.yaml").target(module).generate()?;
    Ok(())
}
