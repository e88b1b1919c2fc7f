//! Makes the errors of the service from its catalog.

use std::env;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=errcat.yaml");
    println!("cargo::rerun-if-changed=../../it/catalogs/features.yaml");
    errcat::Generator::from_config("errcat.yaml")?.out(env::var("OUT_DIR")?)?.generate()?;
    Ok(())
}
