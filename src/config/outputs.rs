//! `outputs` in errcat.yaml: which targets each item asks for, and with which options.

use std::path::Path;

use super::option::{OPTION_VALUE, Refusal, TargetOption, list_meant};
use super::path::{path, source};
use super::plan::Output;
use super::schema::{DUPLICATE_TARGET, EMPTY_OUTPUTS};
use super::target::{self, Description, UNKNOWN_OPTION, UNKNOWN_TARGET};
use crate::catalog::find;
use crate::diagnostic::{Diagnostic, Report};
use crate::document::Members;
use crate::error::Error;
use crate::render::Options;
use crate::render::templates::Templates;
use crate::text::json::Json;
use crate::text::{suggest, words};
use crate::yaml::{Node, Value};

/// Every output that a config asks for.
pub(super) fn read(
    config: Members,
    folder: &Path,
    templates: &Templates,
    report: &mut Report,
) -> Result<Vec<Output>, Error> {
    if let Some(Node { value: Value::List(items), at, .. }) = config.get("outputs")
        && items.is_empty()
    {
        let found = find::around(folder);
        let catalog = found.first().map_or("errors.yaml".into(), |file| file.to_string_lossy());
        let help = format!(
            "list what to make, as in `outputs: [{{catalog: {catalog}, target: json, out: generated}}]`"
        );
        report.push(Diagnostic::new(&EMPTY_OUTPUTS, *at, "errcat.yaml asks for no outputs", help));
    }
    let mut outputs = Vec::new();
    for item in config.list("outputs") {
        outputs.extend(of_item(Members::of(item), folder, templates, report)?);
    }
    Ok(outputs)
}

/// The output of each target that an item names.
fn of_item(
    item: Members,
    folder: &Path,
    templates: &Templates,
    report: &mut Report,
) -> Result<Vec<Output>, Error> {
    let names = targets(item, templates, report);
    let (Some(catalog), Some(out)) = (item.get("catalog"), item.get("out")) else {
        return Ok(Vec::new());
    };
    let (Value::Text(written), false) = (&catalog.value, names.is_empty()) else {
        return Ok(Vec::new());
    };
    let options = options(item, &names, templates, report)?;
    let paths = (source(catalog, folder, report), path(out, folder, report));
    let (Some(catalog), Some(out)) = paths else { return Ok(Vec::new()) };
    let has_folders = item.get("targets").is_some();
    let outputs = names.into_iter().map(|target| Output {
        catalog: catalog.clone(),
        source: Output::source(Path::new(written.as_ref())),
        folder: if has_folders { out.join(&target) } else { out.clone() },
        target,
        options: options.clone(),
    });
    Ok(outputs.collect())
}

/// The targets in `target` or `targets` that exist.
fn targets(item: Members, templates: &Templates, report: &mut Report) -> Vec<String> {
    let nodes: Vec<&Node> = match (item.get("target"), item.get("targets")) {
        (Some(one), Some(list)) => {
            let message = "`target` and `targets` are both here";
            let help = "put every target into `targets`, and remove `target`";
            let diagnostic = Diagnostic::new(&DUPLICATE_TARGET, list.at, message, help);
            report.push(diagnostic.also(one.at, "the other one"));
            return Vec::new();
        }
        (_, Some(Node { value: Value::List(items), at, .. })) => {
            if items.is_empty() {
                let help = "list targets, as in `targets: [rust, markdown]`, or remove this output";
                let message = "this output has no target";
                report.push(Diagnostic::new(&EMPTY_OUTPUTS, *at, message, help));
            }
            items.iter().collect()
        }
        (one, _) => one.into_iter().collect(),
    };
    let known = templates.targets();
    let mut targets: Vec<(String, &Node)> = Vec::new();
    for node in nodes {
        let Value::Text(name) = &node.value else { continue };
        if let Some((_, first)) = targets.iter().find(|(other, _)| other == name) {
            let message = format!("the target `{name}` is listed twice");
            let diagnostic = Diagnostic::of(&DUPLICATE_TARGET, node.at, message);
            report.push(diagnostic.also(first.at, "first listed here"));
        } else if known.contains(&name.as_ref()) {
            targets.push((name.clone().into_owned(), node));
        } else {
            let message = format!("there is no target `{name}`");
            let several = list_meant(name, &known.iter().copied()).filter(|_| name.contains(','));
            let help = match several {
                Some(meant) => format!("did you mean `targets: {meant}`?"),
                None => suggest::help(name, known.iter().copied()),
            };
            report.push(Diagnostic::new(&UNKNOWN_TARGET, node.at, message, help));
        }
    }
    targets.into_iter().map(|(name, _)| name).collect()
}

/// The options of an item, as far as all of its targets take them.
fn options(
    item: Members,
    targets: &[String],
    templates: &Templates,
    report: &mut Report,
) -> Result<Options, Error> {
    let mut options = Options::new();
    let Some(given) = item.mapping("options") else { return Ok(options) };
    let described = targets.iter().map(|target| target::describe(target, templates));
    let described = described.collect::<Result<Vec<_>, Error>>()?;
    for (name, at, node) in given.entries() {
        let takers = match takers(name, &described) {
            Ok(takers) => takers,
            Err((message, help)) => {
                report.push(Diagnostic::new(&UNKNOWN_OPTION, at, message, help));
                continue;
            }
        };
        let Some(value) = value(node) else { continue };
        let refused = takers.iter().find_map(|option| option.refuses(&value));
        if let Some(Refusal { item, message, help }) = refused {
            let wrong = match (&node.value, item) {
                (Value::List(items), Some(index)) => items.get(index).unwrap_or(node),
                _ => node,
            };
            report.push(Diagnostic::new(&OPTION_VALUE, wrong.at, message, help));
        }
        options.insert(name.to_owned(), value);
    }
    Ok(options)
}

/// An option, as each target of an item has it.
///
/// # Errors
/// What is wrong if a target doesn't have it, and what to do.
fn takers<'d>(
    name: &str,
    targets: &'d [Description],
) -> Result<Vec<&'d TargetOption>, (String, String)> {
    let found = targets.iter().map(|target| target.option(name)).collect::<Result<_, _>>();
    found.map_err(|(message, help)| {
        let takers = targets.iter().filter(|target| target.option(name).is_ok());
        let takers: Vec<String> = takers.map(|target| format!("`{}`", target.name)).collect();
        if !takers.is_empty() {
            let takers = words::joined(&takers, " and ");
            let help = format!(
                "options are for every target in `targets`: list {takers} as an output of its own, \
                 with this option"
            );
            return (message, help);
        }
        let has_near = |target: &&Description| {
            let names = target.options.iter().map(|option| option.name.as_str());
            suggest::nearest(name, names).is_some()
        };
        let near = targets.iter().find(has_near).and_then(|target| target.option(name).err());
        near.unwrap_or((message, help))
    })
}

/// The value of an option; none if the check of the fields reports it.
fn value(node: &Node) -> Option<Json> {
    match &node.value {
        Value::Boolean(value) => Some((*value).into()),
        Value::List(items) => items.iter().map(text).collect(),
        _ => text(node),
    }
}

fn text(node: &Node) -> Option<Json> {
    match &node.value {
        Value::Text(text) => Some(text.as_ref().into()),
        _ => None,
    }
}
