//! Makes a client of each description of the workspace, which is in OpenAPI 3.0.3.

use std::path::Path;
use std::{env, fs};

fn main() {
    for name in ["closed", "open", "features"] {
        let file = format!("../{name}.yaml");
        println!("cargo:rerun-if-changed={file}");
        let document: openapiv3::OpenAPI =
            serde_yaml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let tokens = progenitor::Generator::default().generate_tokens(&document).unwrap();
        let text = prettyplease::unparse(&syn::parse2(tokens).unwrap());
        fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join(format!("{name}.rs")), text).unwrap();
    }
}
