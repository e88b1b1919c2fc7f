//! Makes a client of each description: `closed.yaml` and `open.yaml` of the workspace.

use std::path::Path;
use std::{env, fs};

fn main() {
    for codes in ["closed", "open"] {
        let file = format!("../{codes}.yaml");
        println!("cargo:rerun-if-changed={file}");
        let document: openapiv3::OpenAPI =
            serde_yaml::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let tokens = progenitor::Generator::default().generate_tokens(&document).unwrap();
        let text = prettyplease::unparse(&syn::parse2(tokens).unwrap());
        let out = Path::new(&env::var("OUT_DIR").unwrap()).join(format!("{codes}.rs"));
        fs::write(out, &text).unwrap();
        // Where the tests look for the codes.
        fs::write(format!("../{codes}-progenitor.rs"), &text).unwrap();
    }
}
