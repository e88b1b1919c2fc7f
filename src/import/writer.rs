//! The catalog as text, as a person would write it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Entry, Frame, Surface, names, scalar};
use crate::catalog::{Code, Set};
use crate::error::Error;
use crate::lint;
use crate::text::files;
use crate::text::ident::{self, Case};
use crate::text::words;
use crate::yaml::written::on_a_line;

/// Rules that say what to fill in. They are allowed only where no error has the field.
const FIELDS: &[(&str, HasField)] = &[
    ("missing-fix", |entry| entry.fix.is_some()),
    ("missing-retryable", |entry| entry.retryable.is_some()),
];

type HasField = fn(&Entry) -> bool;

/// The catalog of some documents, and how many problems it has.
///
/// # Errors
/// If it would be too large.
pub(super) fn catalog(
    surfaces: &[Surface],
    documents: &[PathBuf],
    frame: &Frame,
) -> Result<(String, usize), Error> {
    let entries = || surfaces.iter().flat_map(|surface| &surface.entries);
    let mut allowed: Vec<(&str, String)> = Vec::new();
    for (rule, has_field) in FIELDS {
        if !entries().any(has_field) {
            allowed.push((rule, "the source has none".to_owned()));
        }
    }
    let text = text(surfaces, documents, frame, &allowed);
    let found = problems(frame.file, &text)?;
    let may_be = |rule: &str| {
        lint::allowable().any(|one| one.name == rule)
            && FIELDS.iter().all(|(name, _)| *name != rule)
    };
    let more = found.iter().filter(|(rule, _)| may_be(rule));
    let before = allowed.len();
    for (rule, count) in more {
        let found = words::counted(*count, "problem");
        allowed.push((*rule, format!("{found} in the source; remove this line to see them")));
    }
    if allowed.len() == before {
        return Ok((text, found.values().sum()));
    }
    let text = self::text(surfaces, documents, frame, &allowed);
    let found = problems(frame.file, &text)?;
    Ok((text, found.values().sum()))
}

/// How many problems of each rule a catalog has.
fn problems(file: &str, text: &str) -> Result<BTreeMap<&'static str, usize>, Error> {
    let mut found = BTreeMap::new();
    let checked = Set::parse(file, text.as_bytes()).and_then(|mut set| {
        lint::run(&mut set);
        set.into_catalog()
    });
    if let Err(error) = checked {
        for file in error.into_diagnostics()? {
            for problem in file.iter() {
                *found.entry(problem.rule().name).or_default() += 1;
            }
        }
    }
    Ok(found)
}

fn text(
    surfaces: &[Surface],
    documents: &[PathBuf],
    frame: &Frame,
    allowed: &[(&str, String)],
) -> String {
    let mut lines = Vec::new();
    top(surfaces, documents, frame, &mut lines);
    if !allowed.is_empty() {
        lines.push(String::new());
        lines.push("allow: # rules that `errcat lint` leaves out".to_owned());
        lines.extend(allowed.iter().map(|(rule, why)| format!("  - {rule} # {why}")));
    }
    retry(surfaces, &mut lines);
    lines.push(String::new());
    lines.push("surfaces:".to_owned());
    let ids = ids(documents);
    for (at, one) in surfaces.iter().enumerate() {
        let id = ids.get(at).map_or("api", String::as_str);
        surface(one, id, surfaces.len() > 1, frame, &mut lines);
    }
    lines.join("\n") + "\n"
}

fn top(surfaces: &[Surface], documents: &[PathBuf], frame: &Frame, lines: &mut Vec<String>) {
    let names: Vec<String> = documents.iter().map(|file| file_name(file)).collect();
    let first = |of: fn(&Surface) -> Option<&String>| surfaces.iter().find_map(of);
    let product = first(|surface| surface.product.as_ref()).or(frame.product.as_ref());
    let version = first(|surface| surface.version.as_ref());
    lines.push(format!(
        "# Imported from {}. `errcat lint` says what is missing.",
        words::joined(&names, " and ")
    ));
    lines.push("errcat: 1".to_owned());
    lines.push(match product {
        Some(product) => format!("product: {}", on_a_line(product)),
        None => "product: Acme # the name of your product".to_owned(),
    });
    lines.push(match version {
        // A semantic version is a text to every parser.
        Some(version) => format!("version: {version}"),
        None => "version: 0.1.0 # of the generated packages".to_owned(),
    });
    lines.push(match product {
        Some(product) => format!("title: {}", on_a_line(&format!("{product} errors"))),
        None => "title: Errors".to_owned(),
    });
}

/// A retry strategy, which a catalog with a retryable error needs.
fn retry(surfaces: &[Surface], lines: &mut Vec<String>) {
    let entries = || surfaces.iter().flat_map(|surface| &surface.entries);
    if !entries().any(|entry| entry.retryable == Some(true)) {
        return;
    }
    let of = |wanted: bool| -> BTreeSet<u16> {
        let entries = entries().filter(|entry| entry.retryable == Some(wanted));
        entries.flat_map(|entry| entry.statuses.iter().copied()).filter(|one| *one >= 400).collect()
    };
    let (yes, no) = (of(true), of(false));
    let statuses: Vec<String> = yes.difference(&no).map(ToString::to_string).collect();
    let statuses = if statuses.is_empty() { "429, 5xx".to_owned() } else { statuses.join(", ") };
    lines.push(String::new());
    lines.push("retry: # a proposal: the source doesn't say when and how often".to_owned());
    lines.push(format!("  statuses: [{statuses}]"));
    lines.extend(["  initial: 1s", "  max: 30s", "  retries: 6"].map(str::to_owned));
}

fn surface(
    surface: &Surface,
    id: &str,
    is_one_of_many: bool,
    frame: &Frame,
    lines: &mut Vec<String>,
) {
    lines.push(format!("  # From {}.", comment(&surface.source)));
    lines.push(format!("  - id: {}", on_a_line(id)));
    let title = surface.title.clone().unwrap_or_else(|| {
        if is_one_of_many {
            format!("{} errors", id.replace('_', " "))
        } else {
            "API errors".to_owned()
        }
    });
    lines.extend(scalar::field("title", &title, 4));
    if !surface.servers.is_empty() {
        lines.push("    servers:".to_owned());
        let servers = surface.servers.iter();
        lines.extend(servers.map(|url| format!("      - {}", on_a_line(url))));
    }
    shape(surface, frame, lines);
    let lacks = |entry: &&Entry| entry.statuses.is_empty();
    let lacking = surface.entries.iter().filter(lacks).count();
    if lacking > 0 {
        let whose = if lacking == surface.entries.len() { "any" } else { "every" };
        lines.push(format!(
            "    # The source doesn't say the status of {whose} error. If one is usual, write it here:"
        ));
        lines.push("    # status: 400".to_owned());
    }
    lines.push("    errors:".to_owned());
    for one in &surface.entries {
        entry(one, lines);
    }
    if !surface.operations.is_empty() {
        lines.push("    operations:".to_owned());
        for (operation, errors) in &surface.operations {
            lines.extend(list(
                &format!("      {}:", on_a_line(operation)),
                &names_of(surface, errors),
            ));
        }
    }
}

/// The names of the errors with these codes or statuses, as YAML.
fn names_of(surface: &Surface, keys: &[String]) -> Vec<String> {
    let is_it = |entry: &Entry, key: &str| match (&entry.code, entry.statuses.as_slice()) {
        (Some(code), _) => code.to_string() == key,
        (None, statuses) => statuses.iter().any(|status| status.to_string() == key),
    };
    let find = |key: &String| {
        let entry = surface.entries.iter().find(|entry| is_it(entry, key))?;
        entry.name.clone().or_else(|| names::default(entry))
    };
    keys.iter().filter_map(find).map(|name| on_a_line(&name)).collect()
}

fn shape(surface: &Surface, frame: &Frame, lines: &mut Vec<String>) {
    if let Some(shape) = frame.shape {
        lines.extend(shape.trim_end().lines().map(str::to_owned));
        return;
    }
    lines.push("    shape:".to_owned());
    lines.extend(surface.media_type.iter().map(|kind| format!("      media_type: {kind}")));
    if let Some(body) = &surface.body {
        lines.push("      body:".to_owned());
        lines.extend(body.lines().into_iter().map(|line| format!("        {line}")));
        return;
    }
    let guess = "a guess: the source doesn't show a response; write what your API sends";
    lines.push(format!("      body: # {guess}"));
    if surface.entries.iter().any(|entry| entry.code.is_some()) {
        lines.push("        error: <code>".to_owned());
    }
    lines.push("        message: <meaning>".to_owned());
}

fn entry(entry: &Entry, lines: &mut Vec<String>) {
    let start = lines.len();
    match &entry.code {
        Some(Code::Text(code)) => lines.push(format!("        code: {}", on_a_line(code))),
        Some(Code::Integer(code)) => lines.push(format!("        code: {code}")),
        None => {}
    }
    lines.extend(entry.name.iter().map(|name| format!("        name: {}", on_a_line(name))));
    match entry.statuses.as_slice() {
        [] => {}
        [status] => lines.push(format!("        status: {status}")),
        many => {
            let many: Vec<String> = many.iter().map(ToString::to_string).collect();
            lines.push(format!("        status: [{}]", many.join(", ")));
        }
    }
    for (key, text) in [("meaning", &entry.meaning), ("fix", &entry.fix)] {
        if let Some(text) = text {
            lines.extend(scalar::field(key, text, 8));
        }
    }
    lines.extend(entry.retryable.map(|retryable| format!("        retryable: {retryable}")));
    if let Some(doc) = &entry.doc {
        lines.extend(scalar::block("doc", doc, 8));
    }
    if !entry.see.is_empty() {
        let urls: Vec<String> = entry.see.iter().map(|url| on_a_line(url)).collect();
        lines.extend(list("        see:", &urls));
    }
    if let Some(line) = lines.get_mut(start) {
        *line = format!("      - {}", line.trim_start());
    }
}

/// A list on the line of its key if it is short, else an item a line.
fn list(key: &str, items: &[String]) -> Vec<String> {
    let line = format!("{key} [{}]", items.join(", "));
    if line.chars().count() <= 100
        && !items.iter().any(|item| item.contains([',', '[', ']', '{', '}']))
    {
        return vec![line];
    }
    let indent = key.len() - key.trim_start().len();
    let items = items.iter().map(|item| format!("{}- {item}", " ".repeat(indent + 2)));
    std::iter::once(key.to_owned()).chain(items).collect()
}

/// The ids of surfaces, after the documents if there are several.
fn ids(documents: &[PathBuf]) -> Vec<String> {
    if documents.len() == 1 {
        return vec!["api".to_owned()];
    }
    let mut taken = BTreeSet::new();
    let mut id = |file: &PathBuf| {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let stem = ident::in_case(stem, Case::Snake).unwrap_or_else(|| "api".to_owned());
        let stem: String = stem.chars().take(80).collect();
        let starts = stem.starts_with(|c: char| c.is_ascii_lowercase());
        let stem = if starts { stem } else { format!("api_{stem}") };
        let is_free = !files::is_device(&stem) && !ident::is_reserved_module(&stem);
        let stem = if is_free { stem } else { format!("{stem}_api") };
        let numbered = (2..).map(|number: u32| format!("{stem}_{number}"));
        let mut all = std::iter::once(stem.clone()).chain(numbered);
        all.find(|id| taken.insert(ident::in_case(id, Case::Pascal))).unwrap_or_default()
    };
    documents.iter().map(&mut id).collect()
}

pub(super) fn file_name(file: &Path) -> String {
    comment(&file.file_name().unwrap_or_default().to_string_lossy())
}

/// A text in a comment: on one line, without what can't be seen.
fn comment(text: &str) -> String {
    super::cells::line(text).unwrap_or_default()
}
