//! The committed outputs are their own snapshot: a change of catalog or template without
//! regenerating fails here.

use similar::TextDiff;

use crate::root;

#[test]
fn generated_files_are_what_this_build_makes() {
    let configs = ["errcat.yaml", "examples/python-target/errcat.yaml"];
    let drift = configs.map(|config| {
        errcat::Generator::from_config(root().join(config)).unwrap().check().unwrap()
    });
    let drift = drift.concat();
    let mut diff = String::new();
    for one in &drift {
        match one {
            errcat::Drift::Differs { path, old, new } => {
                let name = path.display().to_string();
                diff += &TextDiff::from_lines(old.as_str(), new.as_str())
                    .unified_diff()
                    .header(&name, &name)
                    .to_string();
            }
            errcat::Drift::Missing(path) => diff += &format!("missing: {}\n", path.display()),
            errcat::Drift::LeftOver(path) => diff += &format!("left over: {}\n", path.display()),
        }
    }
    assert!(
        drift.is_empty(),
        "{diff}\nrun: cargo run --release -- generate, in the folder of its errcat.yaml"
    );
}

#[test]
fn the_schemas_are_what_this_build_makes() {
    let config = errcat::config_schema().unwrap();
    for (of, file, schema) in [
        ("catalog", "catalog/errcat.schema.json", errcat::schema()),
        ("config", "catalog/errcat-config.schema.json", config),
    ] {
        let committed = std::fs::read_to_string(root().join(file)).unwrap();
        assert!(
            committed == schema,
            "{file} differs from the fields; run: cargo run --release -- schema {of} > {file}"
        );
    }
}
