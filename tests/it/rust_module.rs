//! The target `rust-module` compiles in hosts of every edition that it supports, also without `std`.

use std::path::Path;
use std::process::Command;

use errcat::{Generator, Target};

#[test]
fn the_module_compiles_in_each_edition_without_std() {
    for catalog in ["features", "corners", "many-codes", "odd-but-legal", "bare"] {
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

/// Of 150 codes. With one code less, a match is as fast.
#[test]
fn many_codes_are_found_in_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let source = Path::new("tests/it/catalogs/many-codes.yaml");
    Generator::new(source).target("rust-module").out_dir(folder.path()).generate().unwrap();
    let module = std::fs::read_to_string(folder.path().join("errors.rs")).unwrap();
    let of = |surface: &str, name: &str| {
        let (_, surface) = module.split_once(&format!("pub mod {surface} {{")).unwrap();
        let (_, function) = surface.split_once(&format!("pub fn from_{name}(")).unwrap();
        let (function, _) = function.split_once("\n    }\n").unwrap();
        let slots = ["            None,", "            Some("];
        let is_slot = |line: &&str| slots.iter().any(|slot| line.starts_with(slot));
        let (slots, lines): (Vec<&str>, Vec<&str>) = function.lines().partition(is_slot);
        (slots.len(), lines.join("\n"))
    };
    assert_eq!(
        of("codes", "code").1,
        "code: &str) -> Option<Self> {\n        \
         // So many texts are found faster in a table than by a match.\n        \
         static TABLE: [Option<Code>; 512] = [\n        ];\n        \
         super::runtime::table::find(&TABLE, code, |one| one.entry().code)"
    );
    assert!(of("names", "name").1.ends_with("(&TABLE, name, |one| Some(one.entry().name))"));
    assert_eq!((of("codes", "code").0, of("names", "name").0), (512, 512));
    for (surface, name) in [("just_below", "code"), ("names", "code")] {
        assert!(of(surface, name).1.contains("        match code {\n"));
    }
}
