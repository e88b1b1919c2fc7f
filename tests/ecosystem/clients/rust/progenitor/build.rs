//! Makes a client of each description of the workspace, which is in OpenAPI 3.0.3.

use std::path::Path;
use std::{env, fs, panic};

fn main() {
    for name in ["closed", "open", "features"] {
        let document = read(name);
        let tokens = progenitor::Generator::default().generate_tokens(&document).unwrap();
        let text = prettyplease::unparse(&syn::parse2(tokens).unwrap());
        fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join(format!("{name}.rs")), text).unwrap();
    }

    // As docs/openapi.md says, it takes no operation with several types of errors.
    let document = read("operations");
    let made = panic::catch_unwind(|| progenitor::Generator::default().generate_tokens(&document));
    assert!(made.is_err(), "progenitor takes an operation with several types of errors");
}

fn read(name: &str) -> openapiv3::OpenAPI {
    let file = format!("../{name}.yaml");
    println!("cargo:rerun-if-changed={file}");
    serde_yaml::from_str(&fs::read_to_string(&file).unwrap()).unwrap()
}
