//! Pairs of catalogs that differ in one edit, as tests/it/pairs lists them: what `errcat diff` must
//! say about each, and which public names are gone from the outputs.

mod names;
mod read;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use errcat::Generator;
use serde_json::{Value as Json, json};

use crate::{files_below, root};
use names::Names;
use read::{Files, Pair};

/// The pairs of each page, by its name without `.md`.
fn pages() -> BTreeMap<String, Vec<Pair>> {
    let folder = root().join("tests/it/pairs");
    let files = files_below(&folder).into_iter();
    let pages = files.filter_map(|file| Some(file.strip_suffix(".md")?.to_owned()));
    let read = |page| read::pairs(&fs::read_to_string(folder.join(page)).unwrap());
    pages.map(|page| (page.clone(), read(format!("{page}.md")))).collect()
}

/// The outputs that others import, link to or read.
const TARGETS: [&str; 6] = ["json", "rust", "typescript", "python", "openapi", "markdown"];

/// Writes the files of a side, and lists its outputs.
fn put(folder: &Path, side: &str, files: &Files) -> [Json; 6] {
    fs::create_dir_all(folder.join(side)).unwrap();
    for (file, text) in files {
        fs::write(folder.join(side).join(file), text).unwrap();
    }
    let catalog = format!("{side}/errors.yaml");
    TARGETS.map(
        |target| json!({"catalog": catalog, "target": target, "out": format!("{side}/{target}")}),
    )
}

/// The tests of TypeScript and Python use the outputs that this one leaves in target/tmp/pairs.
#[test]
fn a_public_name_is_gone_only_after_a_breaking_change() {
    let folder = &Path::new(env!("CARGO_TARGET_TMPDIR")).join("pairs");
    let _ = fs::remove_dir_all(folder);
    let pages = pages();
    let mut outputs = Vec::new();
    let mut listed = Vec::new();
    for (page, pairs) in &pages {
        outputs.extend(put(folder, &format!("{page}/old"), &pairs[0].old));
        for pair in pairs {
            outputs.extend(put(folder, &format!("{page}/{}", pair.id()), &pair.new));
            listed.push(json!({"page": page, "id": pair.id(), "seen_by": pair.seen_by}));
        }
    }
    fs::write(folder.join("pairs.json"), Json::from(listed).to_string()).unwrap();
    let config = folder.join("errcat.yaml");
    fs::write(&config, json!({"errcat": 1, "outputs": outputs}).to_string()).unwrap();
    Generator::from_config(config).unwrap().generate().unwrap_or_else(|error| panic!("{error}"));

    let mut wrong = Vec::new();
    for (page, pairs) in &pages {
        let old = Names::of(&folder.join(page).join("old"));
        for pair in pairs {
            let new = Names::of(&folder.join(page).join(pair.id()));
            let gone = old.without(&new);
            let seen: BTreeSet<&str> = gone.iter().map(|(tool, _)| *tool).collect();
            let said: BTreeSet<&str> = pair.seen_by.iter().map(String::as_str).collect();
            let said = said.into_iter().filter(|tool| names::TOOLS.contains(tool)).collect();
            if seen != said {
                wrong.push(format!(
                    "{page}/{}: {seen:?}, but listed: {said:?}\n{gone:#?}",
                    pair.id()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn diff_says_what_changed_and_which_version_is_due() {
    let folder = tempfile::tempdir().unwrap();
    let file = |side: &str, files: &Files| {
        put(folder.path(), side, files);
        folder.path().join(side).join("errors.yaml")
    };
    let mut wrong = Vec::new();
    for (page, pairs) in pages() {
        let old = file(&format!("{page}/old"), &pairs[0].old);
        for pair in &pairs {
            let new = file(&format!("{page}/{}", pair.id()), &pair.new);
            let diff = errcat::diff(&old, &new).unwrap_or_else(|error| panic!("{error}"));
            let lines: Vec<Json> =
                diff.to_json().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            let (summary, changes) = lines.split_last().unwrap();
            let word = |change: &Json, name: &str| change[name].as_str().unwrap().to_owned();
            let found: BTreeSet<String> = changes
                .iter()
                .map(|change| format!("{} {}", word(change, "class"), word(change, "rule")))
                .collect();
            let next = pair.next_version();
            if found != pair.changes || summary["next_version"] != next {
                let listed = &pair.changes;
                let due = &summary["next_version"];
                let id = pair.id();
                wrong.push(format!(
                    "{page}/{id}: {found:?}, but listed: {listed:?}\n{due}, {next}\n{diff}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A tool sees each breaking change, or the page says why none can. No tool sees the others.
#[test]
fn a_page_says_who_sees_each_change() {
    let mut wrong = Vec::new();
    for (page, pairs) in pages() {
        for pair in &pairs {
            let breaks = pair.changes.iter().any(|change| change.starts_with("breaking"));
            let explained = pair.seen_by.is_empty() == pair.unseen.is_some();
            let none = pair.seen_by.is_empty() && pair.unseen.is_none();
            if if breaks { !explained } else { !none } {
                wrong.push(format!("{page}/{}", pair.title));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
