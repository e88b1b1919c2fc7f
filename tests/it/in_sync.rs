//! The committed outputs of this repo and its examples are their own snapshots: these tests fail if
//! a catalog or template changed without generating again.

use errcat::{Drift, Generator};
use similar::TextDiff;

use crate::{assert_committed, rewrites, root};

#[test]
fn generated_files_are_up_to_date() {
    let examples = std::fs::read_dir(root().join("examples")).unwrap();
    let folders = examples.map(|example| example.unwrap().path()).chain([root().to_owned()]);
    // The scripts of these make everything, so they commit nothing generated.
    let folders = folders.filter(|folder| {
        !["examples/openapi", "examples/rust-service"].iter().any(|one| folder.ends_with(one))
    });
    let configs = folders.map(|folder| folder.join("errcat.yaml")).filter(|file| file.exists());
    let configs: Vec<_> = configs.collect();
    assert!(configs.len() >= 5, "{configs:?}");
    let mut diff = String::new();
    for config in configs {
        // Byte for byte: these files also show what a fresh run makes.
        let generator = Generator::from_config(config).unwrap().force(true);
        if rewrites() {
            let changes = generator.generate().unwrap();
            diff.extend(changes.iter().map(|change| format!("{change}\n")));
            continue;
        }
        for drift in generator.check().unwrap() {
            match &drift {
                Drift::Differs { path, old, new } => {
                    let name = path.display().to_string();
                    diff += &TextDiff::from_lines(old.as_str(), new.as_str())
                        .unified_diff()
                        .header(&name, &name)
                        .to_string();
                }
                Drift::NotText(_) | Drift::Missing(_) | Drift::LeftOver(_) => {
                    diff += &format!("{drift}\n");
                }
            }
        }
    }
    assert!(diff.is_empty(), "{diff}\n{}", crate::what_to_do("in_sync"));
}

#[test]
fn the_schema_of_catalogs_is_up_to_date() {
    assert_committed("catalog/errcat.schema.json", &errcat::schema(), "in_sync");
}

#[test]
fn the_schema_of_errcat_yaml_is_up_to_date() {
    let schema = errcat::config_schema().unwrap();
    assert_committed("catalog/errcat-config.schema.json", &schema, "in_sync");
}

#[test]
fn the_schema_of_catalog_json_is_up_to_date() {
    let schema = errcat::catalog_json_schema();
    assert_committed("templates/json/catalog.schema.json", &schema, "in_sync");
}

#[test]
fn the_types_of_catalog_json_are_up_to_date() {
    let types = errcat::catalog_json_types();
    assert_committed("templates/json/_catalog.d.ts", &types, "in_sync");
}
