//! The target `rust-module` compiles in hosts of every edition that it supports, also without `std`.

use std::path::Path;
use std::process::Command;

use errcat::{Generator, Target};

#[test]
fn the_module_compiles_in_each_edition_without_std() {
    for catalog in ["features", "corners", "odd-but-legal", "bare"] {
        let folder = tempfile::tempdir().unwrap();
        let source = Path::new("tests/it/catalogs").join(format!("{catalog}.yaml"));
        let module = Target::new("rust-module");
        Generator::new(source).target(module).out_dir(folder.path()).generate().unwrap();
        let host = folder.path().join("host.rs");
        std::fs::write(&host, "#![no_std]\n#![deny(warnings)]\npub mod errors;\n").unwrap();
        for edition in ["2018", "2021", "2024"] {
            let rustc = Command::new("rustc")
                .args([
                    "--crate-type",
                    "lib",
                    "--emit",
                    "metadata",
                    "--edition",
                    edition,
                    "--out-dir",
                ])
                .args([folder.path(), &host])
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&rustc.stderr);
            assert!(rustc.status.success(), "{catalog}, edition {edition}:\n{said}");
        }
    }
}
