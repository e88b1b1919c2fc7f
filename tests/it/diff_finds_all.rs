//! Every value of real catalogs is changed, removed or moved, one at a time. Whatever then differs in
//! `catalog.json` is a change to `errcat diff`, and nothing else is.

use std::fs;
use std::path::Path;

use errcat::{Class, Generator};
use serde_json::{Value as Json, json};

use crate::root;

/// Catalogs that have every field, and real ones.
const CATALOGS: &[&str] =
    &["tests/it/catalogs/features.yaml", "catalog/tensorloop.yaml", "tests/it/real/openai.yaml"];

/// Where a value is: the keys and numbers that lead to it.
type Place = Vec<Json>;

/// Every edit of a value and of those within it: what it does, and the whole catalog after it.
fn edits(catalog: &Json, value: &Json, place: &Place, found: &mut Vec<(String, Json)>) {
    let mut add = |what: &str, change: &dyn Fn(&mut Json)| {
        let mut edited = catalog.clone();
        change(at(&mut edited, place));
        found.push((format!("{} {what}", shown(place)), edited));
    };
    match value {
        Json::Null => {}
        Json::Bool(held) => add("is the contrary", &|one| *one = json!(!held)),
        Json::Number(number) => {
            if let Some(number) = number.as_u64() {
                add("is one more", &|one| *one = json!(number + 1));
            }
        }
        Json::String(text) => {
            add("is a longer word", &|one| *one = json!(format!("{text}x")));
            add("has another word", &|one| *one = json!(format!("Some {text}")));
        }
        Json::Array(items) => {
            for index in 0..items.len() {
                add(&format!("lacks {index}"), &|one| {
                    one.as_array_mut().unwrap().remove(index);
                });
            }
            if items.len() > 1 {
                add("has another order", &|one| one.as_array_mut().unwrap().reverse());
            }
        }
        Json::Object(members) => {
            for key in members.keys() {
                add(&format!("lacks {key}"), &|one| {
                    one.as_object_mut().unwrap().shift_remove(key);
                });
                let other = key.strip_suffix('?').map_or_else(|| format!("{key}?"), str::to_owned);
                for (what, other) in [("toggles", other), ("renames", format!("x{key}"))] {
                    add(&format!("{what} {key}"), &|one| {
                        let renamed = |(name, value): (String, Json)| {
                            (if name == *key { other.clone() } else { name }, value)
                        };
                        *one = std::mem::take(one.as_object_mut().unwrap())
                            .into_iter()
                            .map(renamed)
                            .collect();
                    });
                }
            }
        }
    }
    let within: Vec<(Json, &Json)> = match value {
        Json::Array(items) => (0..).map(|index: usize| json!(index)).zip(items).collect(),
        Json::Object(members) => members.iter().map(|(key, value)| (json!(key), value)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in within {
        let place: Place = place.iter().cloned().chain([step]).collect();
        edits(catalog, value, &place, found);
    }
}

fn at<'j>(json: &'j mut Json, place: &Place) -> &'j mut Json {
    place.iter().fold(json, |json, step| match step {
        Json::String(key) => &mut json[key],
        step => &mut json[usize::try_from(step.as_u64().unwrap()).unwrap()],
    })
}

fn shown(place: &Place) -> String {
    place
        .iter()
        .map(|step| step.as_str().map_or_else(|| step.to_string(), str::to_owned))
        .collect::<Vec<_>>()
        .join(".")
}

/// What `catalog.json` says, without what doesn't matter: the order of errors and statuses, and where a
/// status is written. `None` if it only has surfaces for others.
fn said(catalog: &Path) -> Option<Json> {
    let out = catalog.parent().unwrap().join("out");
    Generator::new(catalog).target("json").out_dir(&out).generate().ok()?;
    let mut json: Json =
        serde_json::from_str(&fs::read_to_string(out.join("catalog.json")).unwrap()).unwrap();
    normalize(&mut json);
    Some(json)
}

fn normalize(json: &mut Json) {
    match json {
        Json::Array(items) => items.iter_mut().for_each(normalize),
        Json::Object(members) => {
            members.shift_remove("inherits_status");
            members.values_mut().for_each(normalize);
            for (list, key) in
                [("surfaces", "id"), ("errors", "name"), ("tags", "name"), ("retired", "anchor")]
            {
                if let Some(Json::Array(items)) = members.get_mut(list) {
                    items.sort_by_key(|item| item[key].to_string());
                }
            }
        }
        _ => {}
    }
}

/// Whether an edit changes only an order that doesn't matter.
fn is_order(what: &str) -> bool {
    let lists = ["surfaces", "errors", "statuses", "include", "allow", "absent"];
    what.strip_suffix(" has another order").is_some_and(|place| {
        place.contains(".operations.")
            || place.rsplit('.').next().is_some_and(|list| lists.contains(&list))
    })
}

/// `ERRCAT_CASES=100000` tries every edit.
#[test]
fn whatever_differs_is_a_change() {
    let cases = std::env::var("ERRCAT_CASES").map_or(150, |cases| cases.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old.yaml"), folder.path().join("errors.yaml"));
    let mut wrong = Vec::new();
    for name in CATALOGS {
        let source = fs::read_to_string(root().join(name)).unwrap();
        let catalog: Json = serde_yaml::from_str(&source).unwrap();
        fs::write(&old, &source).unwrap();
        let before = said(&old).unwrap();
        let mut found = vec![("as it is".to_owned(), catalog.clone())];
        edits(&catalog, &catalog, &Vec::new(), &mut found);
        let mut compared = 0;
        // The version is compared with what the changes need.
        found.retain(|(what, _)| !what.starts_with("version "));
        for (what, edited) in found.iter().step_by((found.len() / cases).max(1)) {
            fs::write(&new, serde_json::to_string_pretty(edited).unwrap()).unwrap();
            // Most edits break a rule.
            let Ok(diff) = errcat::diff(&old, &new) else { continue };
            compared += 1;
            let changes: usize = Class::ALL.iter().map(|class| diff.count(*class)).sum();
            let is_same = is_order(what) || said(&new).as_ref() == Some(&before);
            if (changes == 0) != is_same {
                wrong.push(format!(
                    "{name}: {what}: {changes} changes\n{}",
                    diff.to_text(true, false)
                ));
            }
        }
        assert!(compared * 5 > found.len().min(cases), "{name}: only {compared} edits load");
    }
    assert!(wrong.is_empty(), "{}\n{} wrong", wrong.join("\n"), wrong.len());
}
