//! The pages of pairs → two catalogs each, and what `errcat diff` must say.

use std::collections::{BTreeMap, BTreeSet};

/// The files of a side, by name. The catalog is `errors.yaml`.
pub(super) type Files = BTreeMap<String, String>;

pub(super) struct Pair {
    pub(super) title: String,
    pub(super) old: Files,
    pub(super) new: Files,
    /// The class and rule of each change, as in `breaking code-removed`.
    pub(super) changes: BTreeSet<String>,
    /// Which tools see that a name is gone.
    pub(super) seen_by: BTreeSet<String>,
    /// Why no tool sees a change that breaks.
    pub(super) unseen: Option<String>,
}

impl Pair {
    /// The title as the name of a folder.
    pub(super) fn id(&self) -> String {
        self.title.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-")
    }

    /// The version after 1.4.0, which all old sides have.
    pub(super) fn next_version(&self) -> &'static str {
        let has = |class| self.changes.iter().any(|change| change.starts_with(class));
        match () {
            () if has("breaking") => "2.0.0",
            () if has("additive") => "1.5.0",
            () if has("editorial") => "1.4.1",
            () => "1.4.0",
        }
    }
}

/// The pairs of a page. Its first blocks of YAML are the old side of all; each block of `diff` below a
/// heading of a pair is a place to edit.
pub(super) fn pairs(page: &str) -> Vec<Pair> {
    let mut sections = page.split("\n### ");
    let base: Files = blocks(sections.next().unwrap(), "yaml").map(file).collect();
    sections.map(|section| pair(section, &base)).collect()
}

/// The fenced blocks of a language.
fn blocks<'p>(text: &'p str, language: &str) -> impl Iterator<Item = &'p str> {
    let fence = format!("```{language}\n");
    let parts: Vec<&str> = text.split(&fence).skip(1).collect();
    parts.into_iter().map(|part| part.split_once("```").unwrap().0)
}

/// A file's name, which its first line may say, and its text.
fn file(block: &str) -> (String, String) {
    let name = block.lines().next().and_then(|line| line.strip_prefix("# "));
    (name.unwrap_or("errors.yaml").to_owned(), block.to_owned())
}

fn pair(section: &str, base: &Files) -> Pair {
    let (title, text) = section.split_once('\n').unwrap();
    let mut new = base.clone();
    for block in blocks(text, "diff") {
        edit(title, block, &mut new);
    }
    // What follows the last block, up to the heading of the next group.
    let said = text.rsplit_once("```\n").unwrap().1.split("\n## ").next().unwrap();
    let mut pair = Pair {
        title: title.to_owned(),
        old: base.clone(),
        new,
        changes: BTreeSet::new(),
        seen_by: BTreeSet::new(),
        unseen: None,
    };
    for line in said.lines().filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").unwrap_or((line, ""));
        let words = || value.split(' ').map(str::to_owned);
        match name {
            "nothing" => {}
            "breaking" | "additive" | "editorial" => {
                pair.changes.extend(words().map(|rule| format!("{name} {rule}")));
            }
            "seen by" => pair.seen_by.extend(words()),
            "unseen" => pair.unseen = Some(value.to_owned()),
            _ => panic!("{title}: {line}"),
        }
    }
    pair
}

/// Replaces the lines with a `-` by those with a `+`. The others are there only to find the place. A
/// first line such as `--- platform.yaml` names another file than errors.yaml.
fn edit(title: &str, block: &str, files: &mut Files) {
    let (name, hunk) = match block.strip_prefix("--- ") {
        Some(rest) => rest.split_once('\n').unwrap(),
        None => ("errors.yaml", block),
    };
    let side = |sign: char| -> String {
        let lines = hunk.split_inclusive('\n');
        lines.filter_map(|line| line.strip_prefix([' ', sign])).collect()
    };
    let (old, new) = (side('-'), side('+'));
    let text = files.get_mut(name).unwrap_or_else(|| panic!("{title}: {name}"));
    assert_eq!(text.matches(&old).count(), 1, "{title}: where is\n{old}");
    *text = text.replace(&old, &new);
}
