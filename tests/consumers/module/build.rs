//! Makes the errors of the service from its catalog, and other modules for its tests.

use errcat::{Generator, Target};

fn main() -> Result<(), errcat::Error> {
    let module =
        |features: &[&str]| Target::new("rust-module").option("features", features.to_vec());
    let features = "../../it/catalogs/features.yaml";
    Generator::new(features).target(module(&["json", "serde"])).generate()?;
    let out = std::env::var("OUT_DIR").expect("Cargo sets OUT_DIR");
    let bare = Generator::new(features).target(module(&[]));
    bare.out_dir(format!("{out}/bare")).generate()?;
    let wide = Generator::new("wide.yaml").target(module(&["json"]));
    wide.out_dir(format!("{out}/wide")).generate()?;
    let many = Generator::new("../../it/catalogs/many-codes.yaml").target(module(&[]));
    many.out_dir(format!("{out}/many")).generate()?;
    Ok(())
}
