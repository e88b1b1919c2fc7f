//! What was found in the source, as problems in the source and in the catalogs.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::codes::Codes;
use super::scan::{Scan, Undocumented};
use super::{Checked, Known};
use crate::catalog::Set;
use crate::config::Plan;
use crate::diagnostic::{Diagnostic, Diagnostics, Report, Sources};
use crate::error::Error;
use crate::lint::allow;
use crate::lint::source::{UNDOCUMENTED_CODE, UNUSED_CODE};
use crate::sorted::SortedSet;
use crate::text::suggest;
use crate::text::words::{counted, joined};
use crate::yaml::NodeId;
use crate::yaml::written::in_flow;

/// Similar codes are looked for only for so many problems: each costs a comparison with all codes.
const MAX_SUGGESTED: usize = 100;

/// How many globs a message names.
const MAX_GLOBS: usize = 3;

/// Says what was found.
pub(super) fn report(
    plan: &Plan,
    sets: Vec<(&Path, Set)>,
    codes: &Codes,
    scan: Scan,
) -> Result<Checked, Error> {
    let sought = || codes.list.iter().filter(|known| known.is_sought);
    let mut checked = Checked {
        files: scan.files,
        codes: sought().count(),
        undocumented: scan.undocumented.len(),
        unused: 0,
        problems: Vec::new(),
    };
    for (number, (_, mut set)) in sets.into_iter().enumerate() {
        let of_catalog = || sought().filter(|known| known.catalog == number);
        let mut found = Report::default();
        let unused = of_catalog().filter(|known| !known.is_used);
        for (index, known) in unused.enumerate() {
            let place = place(plan, codes, known);
            found.push(of_unused(known, &place, &scan, index < MAX_SUGGESTED));
        }
        let places: SortedSet<NodeId> = of_catalog().map(|known| known.at).collect();
        if let Some((catalog, report)) = set.own() {
            allow::filter_unused(catalog, &places, found, report);
        }
        if let Err(error) = set.into_catalog() {
            for one in error.into_diagnostics()? {
                checked.unused += one.iter().filter(|one| one.rule() == &UNUSED_CODE).count();
                checked.problems.push(one);
            }
        }
    }
    let unused: Vec<String> =
        sought().filter(|known| !known.is_used).map(|known| known.code.to_string()).collect();
    let mut undocumented = scan.undocumented.iter().enumerate().peekable();
    for (number, (path, text)) in scan.sources.into_iter().enumerate() {
        let mut report = Report::default();
        while let Some((index, one)) = undocumented.next_if(|(_, one)| one.file == number) {
            let unused = if index < MAX_SUGGESTED { unused.as_slice() } else { &[] };
            report.push(of_undocumented(one, codes, unused));
        }
        let mut sources = Sources::default();
        let file = sources.add(path, text);
        checked.problems.push(Diagnostics::new(&Arc::new(sources), file, report));
    }
    Ok(checked)
}

/// Where a code was looked for.
fn place(plan: &Plan, codes: &Codes, known: &Known) -> String {
    let sources = plan.sources.iter().zip(&codes.scopes).filter(|(_, scope)| scope.has(known));
    let globs: BTreeSet<String> = sources
        .flat_map(|(source, _)| &source.globs)
        .filter(|glob| !glob.excludes)
        .map(|glob| format!("`{}`", glob.text))
        .collect();
    if globs.len() > MAX_GLOBS {
        return "the source".to_owned();
    }
    joined(&Vec::from_iter(globs), " or ")
}

fn of_unused(known: &Known, place: &str, scan: &Scan, may_suggest: bool) -> Diagnostic {
    let code = known.code.to_string();
    let message = format!("the code `{code}` is nowhere in {place}");
    let others = scan.undocumented.iter().map(|one| one.code.as_str());
    match suggest::nearest(&code, others.filter(|_| may_suggest)) {
        Some(near) => {
            let help = format!("did you mean `{near}`, which the source has?");
            Diagnostic::new(&UNUSED_CODE, known.at, message, help)
        }
        None => Diagnostic::of(&UNUSED_CODE, known.at, message),
    }
}

fn of_undocumented(one: &Undocumented, codes: &Codes, unused: &[String]) -> Diagnostic {
    let code = &one.code;
    let scope = codes.scopes.get(one.source);
    let name = scope.map_or("", |scope| scope.name.as_str());
    let more = match one.places {
        1 => String::new(),
        places => format!(" ({} in all)", counted(places, "place")),
    };
    let (message, help) = if scope.is_some_and(|scope| scope.retired.contains(code)) {
        (
            format!("the code `{code}` is retired in `{name}`{more}"),
            "use another code, or move it from `retired` to `errors` if the API still sends it"
                .to_owned(),
        )
    } else {
        let message = format!("the code `{code}` is not in `{name}`{more}");
        let help = match suggest::nearest(code, unused.iter().map(String::as_str)) {
            Some(near) => {
                format!(
                    "correct `{near}` in the catalog, which the source doesn't have, or add this code"
                )
            }
            None => format!(
                "add it to the catalog: `- {{code: {}, status: …, meaning: …}}`; if it isn't a code, \
                 make `code` in errcat.yaml stricter",
                in_flow(code)
            ),
        };
        (message, help)
    };
    Diagnostic::new(&UNDOCUMENTED_CODE, NodeId::FIRST, message, help).at(one.span)
}
