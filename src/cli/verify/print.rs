//! Prints findings: in groups, or response by response.

use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use serde_json::json;

use super::super::{Format, terminal};
use crate::diagnostic::{Annotation, escaped, json_line};
use crate::text::words::{counted, joined};
use crate::verify::{Coverage, Facts, Kind, Seen, Verifier};

const PROBLEM: Style = AnsiColor::Red.on_default().bold();

/// How many errors that were never seen a line names.
const MAX_NEVER: usize = 8;

pub(super) struct Printer<'o> {
    pub format: Format,
    pub out: &'o mut dyn Write,
    /// The first failure to print a response.
    pub failed: Option<io::Error>,
}

impl Printer<'_> {
    /// Prints one response.
    pub(super) fn response(&mut self, verifier: &Verifier, seen: &mut Seen) {
        let source = (seen.source)();
        let Some((first, others)) = seen.findings.split_first() else { return };
        let printed = if self.format == Format::Json {
            self.json(&verifier.facts(first, others, &source, 1))
        } else {
            seen.findings.iter().try_for_each(|finding| {
                let facts = verifier.facts(finding, &[], &source, 1);
                match self.format {
                    Format::Github if finding.kind.is_problem() => {
                        self.out.write_all(github(&facts).as_bytes())
                    }
                    Format::Github => Ok(()),
                    _ => self.line(&facts, finding.kind),
                }
            })
        };
        self.failed = self.failed.take().or(printed.err());
    }

    fn json(&mut self, facts: &impl Serialize) -> io::Result<()> {
        self.out.write_all(json_line(&json!(facts)).as_bytes())
    }

    /// A response in one line, for people.
    fn line(&mut self, facts: &Facts, kind: Kind) -> io::Result<()> {
        writeln!(self.out, "{}: {}", place(facts), colored(&facts.message, kind))?;
        match &facts.body {
            Some(body) => writeln!(self.out, "  body: {body}"),
            None => Ok(()),
        }
    }

    /// Prints what is left to say at the end. Returns whether enough errors were seen.
    pub(super) fn end(
        mut self,
        verifier: &Verifier,
        files: usize,
        is_each: bool,
        wanted: Option<u8>,
    ) -> io::Result<bool> {
        self.failed.take().map_or(Ok(()), Err)?;
        if !is_each {
            self.groups(verifier)?;
        }
        let coverage = verifier.coverage();
        let errors: usize = coverage.iter().map(|one| one.errors).sum();
        let seen = errors - coverage.iter().map(|one| one.never.len()).sum::<usize>();
        let is_enough = seen * 100 >= usize::from(wanted.unwrap_or(0)) * errors;
        if self.format == Format::Json {
            let files = u64::try_from(files).unwrap_or(u64::MAX);
            self.json(&verifier.summary(files, &coverage, is_enough))?;
        } else {
            let mut lines = summary(verifier, files);
            lines.extend(coverage.iter().map(|one| covered(verifier, one, wanted.is_some())));
            if let (false, Some(wanted)) = (is_enough, wanted) {
                let share = format!("{seen} of {errors} errors, which is less than {wanted} %");
                lines.push(format!("{PROBLEM}too few errors were seen{PROBLEM:#}: {share}"));
            }
            for line in lines {
                writeln!(self.out, "{}", terminal::wrap(&line, terminal::out_width(), 2))?;
            }
        }
        self.out.flush()?;
        Ok(is_enough)
    }

    fn groups(&mut self, verifier: &Verifier) -> io::Result<()> {
        let report = verifier.report();
        for group in report.groups() {
            let facts = verifier.facts(&group.finding, &[], &group.source, group.count);
            match self.format {
                Format::Json => self.json(&facts)?,
                Format::Github => self.out.write_all(github(&facts).as_bytes())?,
                Format::Text => self.group(&facts, group.finding.kind)?,
            }
        }
        if self.format == Format::Text {
            if report.others > 0 {
                writeln!(self.out, "{} more findings are in no group", report.others)?;
            }
            if report.problems() > 0 {
                writeln!(self.out)?;
            }
        }
        Ok(())
    }

    /// A group, for people.
    fn group(&mut self, facts: &Facts, kind: Kind) -> io::Result<()> {
        let width = terminal::out_width();
        let line = format!("{}, {}", facts.message, responses(facts));
        writeln!(self.out, "{}", terminal::wrap(&colored(&line, kind), width, 2))?;
        writeln!(self.out, "  first: {}", place(facts))?;
        if let Some(body) = &facts.body {
            writeln!(self.out, "  body: {body}")?;
        }
        if let Some(help) = &facts.help {
            let line = format!("  = help: {help}");
            writeln!(self.out, "{}", terminal::wrap(&line, width, "  = help: ".len()))?;
        }
        match &facts.paste {
            Some(paste) => writeln!(self.out, "      {paste}"),
            None => Ok(()),
        }
    }
}

/// A message with its kind in color, and without characters that steer a terminal.
fn colored(message: &str, kind: Kind) -> String {
    let line = escaped(message);
    match line.split_once(':') {
        Some((name, rest)) if kind.is_problem() => format!("{PROBLEM}{name}{PROBLEM:#}:{rest}"),
        _ => line,
    }
}

fn responses(facts: &Facts) -> String {
    let noun = if facts.kind == Kind::Unreadable.name() { "place" } else { "response" };
    counted(usize(facts.count), noun)
}

fn usize(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// Where a response is.
fn place(facts: &Facts) -> String {
    let place = match (facts.line, facts.entry) {
        (Some(line), _) => format!("{}:{line}", facts.file),
        (None, Some(entry)) => format!("{}, entry {entry}", facts.file),
        (None, None) => facts.file.clone(),
    };
    let request: Vec<&str> =
        [&facts.method, &facts.url].into_iter().flatten().map(String::as_str).collect();
    let request = request.join(" ");
    escaped(&if request.is_empty() { place } else { format!("{place} ({request})") })
}

/// An annotation on GitHub.
fn github(facts: &Facts) -> String {
    let mut message = format!("{}, {}\nfirst: {}", facts.message, responses(facts), place(facts));
    if let Some(help) = &facts.help {
        message += &format!("\nhelp: {help}");
    }
    if let Some(paste) = &facts.paste {
        message += &format!("\n{paste}");
    }
    let (path, line) = (Path::new(&facts.file), facts.line.map(usize));
    let (title, message) = (facts.kind, message.as_str());
    Annotation { level: "error", path, line, columns: None, title, message }.to_string()
}

/// How many responses there were, and of what kinds.
fn summary(verifier: &Verifier, files: usize) -> Vec<String> {
    let report = verifier.report();
    let problems = report.problems() - report.count(Kind::Unreadable);
    let parts = [
        (report.count(Kind::NotAnError), "without an error"),
        (report.count(Kind::Documented), "as documented"),
        (report.count(Kind::Deprecated), "deprecated"),
        (problems, "not as documented"),
        (report.count(Kind::WithoutBody), "without a body that can be read"),
        (report.count(Kind::OtherSurface), "of other surfaces"),
        (report.count(Kind::OtherAddress), "of other addresses"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0);
    let parts: Vec<String> = parts.map(|(count, what)| format!("{count} {what}")).collect();
    let all = counted(usize(report.responses()), "response");
    let mut line = format!("{all} in {}", counted(files, "file"));
    if !parts.is_empty() {
        line += &format!(": {}", parts.join(", "));
    }
    let mut lines = vec![line];
    match report.count(Kind::NoResponse) {
        0 => {}
        count => lines.push(format!("{} got no response", counted(usize(count), "request"))),
    }
    if !report.hosts.is_empty() {
        let hosts: Vec<String> = report.hosts.iter().map(|host| escaped(host)).collect();
        let hosts = if report.has_more_hosts {
            hosts.join(", ") + " and others"
        } else {
            joined(&hosts, " and ")
        };
        lines.push(format!(
            "other addresses are on {hosts}; if some are of the API, add their start to `servers`"
        ));
    }
    lines
}

/// How much of a surface was seen.
fn covered(verifier: &Verifier, one: &Coverage, lists_all: bool) -> String {
    let seen = one.errors - one.never.len();
    let id = verifier.id(one.place);
    let line = format!("{id}: seen {seen} of {}", counted(one.errors, "error"));
    let most = if lists_all { one.never.len() } else { MAX_NEVER };
    let never: Vec<&str> = one.never.iter().take(most).map(String::as_str).collect();
    let names = never.join(", ");
    match one.never.len() - never.len() {
        0 if never.is_empty() => line,
        0 => format!("{line}; never: {names}"),
        more => format!("{line}; never: {names}, and {more} more (`--coverage 0%` lists all)"),
    }
}
