//! The committed outputs, this repo's and its examples', are their own snapshot: a change of catalog or
//! template without regenerating fails here.

use errcat::{Drift, Generator};
use similar::TextDiff;

use crate::root;

/// Whether they are to be made anew, like every other snapshot.
fn updates() -> bool {
    std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always")
}

#[test]
fn generated_files_are_what_this_build_makes() {
    let examples = std::fs::read_dir(root().join("examples")).unwrap();
    let folders = examples.map(|example| example.unwrap().path()).chain([root().to_owned()]);
    // This one commits nothing that is made: its scripts make it.
    let folders = folders.filter(|folder| !folder.ends_with("examples/openapi"));
    let configs = folders.map(|folder| folder.join("errcat.yaml")).filter(|file| file.exists());
    let configs: Vec<_> = configs.collect();
    assert!(configs.len() >= 5, "{configs:?}");
    let mut drift = Vec::new();
    for config in configs {
        let generator = Generator::from_config(config).unwrap();
        if updates() {
            generator.generate().unwrap();
        }
        drift.append(&mut generator.check().unwrap());
    }
    let mut diff = String::new();
    for one in &drift {
        match one {
            Drift::Differs { path, old, new } => {
                let name = path.display().to_string();
                diff += &TextDiff::from_lines(old.as_str(), new.as_str())
                    .unified_diff()
                    .header(&name, &name)
                    .to_string();
            }
            Drift::Missing(_) | Drift::LeftOver(_) => diff += &format!("{one}\n"),
        }
    }
    assert!(drift.is_empty(), "{diff}\nrun: INSTA_UPDATE=always cargo test --test it in_sync");
}

#[test]
fn the_schemas_are_what_this_build_makes() {
    let config = errcat::config_schema().unwrap();
    for (file, schema) in [
        ("catalog/errcat.schema.json", errcat::schema()),
        ("catalog/errcat-config.schema.json", config),
    ] {
        let file = root().join(file);
        if updates() {
            std::fs::write(&file, &schema).unwrap();
        }
        assert!(
            std::fs::read_to_string(&file).unwrap() == schema,
            "{} differs from the fields; run: INSTA_UPDATE=always cargo test --test it in_sync",
            file.display()
        );
    }
}
