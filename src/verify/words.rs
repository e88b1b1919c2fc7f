//! Findings in words, and what to write in the catalog.

use super::finding::{Finding, Kind};
use super::report::Source;
use super::{Verifier, redact};
use crate::catalog::retry::{RetryAdvice, fallback};
use crate::catalog::{Entry, Key, Surface, status};
use crate::reading::runtime::clause;
use crate::reading::{Item, Place};
use crate::text::suggest;
use crate::text::words::joined;
use crate::yaml::written::in_flow;

/// What to do about a finding.
pub(crate) struct Help {
    pub text: String,
    /// YAML for the catalog.
    pub paste: Option<String>,
}

impl Verifier {
    /// One line: the kind, then what differs.
    pub(crate) fn headline(&self, finding: &Finding, source: &Source) -> String {
        let label = self.label(finding);
        let of = self.of_surface(finding);
        let differs = self.differs(finding, source);
        let rest = match finding.kind {
            Kind::Unreadable => differs,
            Kind::ErrorIn200 => {
                let place = match (finding.is_in_stream, finding.status) {
                    (true, _) => "in an event stream".to_owned(),
                    (false, Some(status)) => format!("in a response with {status}"),
                    (false, None) => "in a response".to_owned(),
                };
                let is_unknown = finding.item.is_none() && !finding.places.is_empty();
                let says =
                    finding.code.is_some() || finding.is_in_stream && finding.status.is_some();
                let unknown = if is_unknown && says { "; the catalog doesn't have it" } else { "" };
                let differs = if differs.is_empty() { differs } else { format!(": {differs}") };
                format!("{label}{of}, {place}{unknown}{differs}")
            }
            Kind::UndocumentedStatus if !differs.is_empty() => {
                format!("{label}{of}, in another shape: {differs}")
            }
            Kind::UndocumentedCode => match finding.status {
                Some(status) => format!("{label}{of}, with {status}"),
                None => format!("{label}{of}"),
            },
            Kind::WrongStatus => {
                let status = finding.status.map(|status| status.to_string()).unwrap_or_default();
                let own = self.entry(finding).map(statuses).unwrap_or_default();
                format!("{label}{of} came with {status}; the catalog says {own}")
            }
            Kind::WrongShape => format!("{label}{of}: {differs}"),
            Kind::UndocumentedStatus | Kind::Retired | Kind::Documented | Kind::Deprecated => {
                format!("{label}{of}")
            }
            _ => finding.status.map(|status| status.to_string()).unwrap_or_default(),
        };
        format!("{}: {rest}", finding.kind.name()).trim_end_matches([':', ' ']).to_owned()
    }

    /// What an error is called: by its code, its status or its name.
    fn label(&self, finding: &Finding) -> String {
        let status = || finding.status.map(|status| status.to_string());
        let entry = self.entry(finding);
        let code = entry.and_then(|entry| Some(entry.code.given()?.value.to_string()));
        let code = code.or_else(|| self.code(finding));
        let by_status = || entry.and_then(|_| status());
        let by_name = || entry?.name().map(|name| format!("`{name}`"));
        let odd =
            || finding.code.as_ref().map(|_| "a text that doesn't look like a code".to_owned());
        let code = code.map(|code| format!("`{code}`"));
        let known = code.or_else(by_status).or_else(by_name);
        // The status of a success says nothing of the error in it.
        let status =
            || status().filter(|_| finding.kind != Kind::ErrorIn200 || finding.is_in_stream);
        let label = known.or_else(odd).or_else(status);
        label.unwrap_or_else(|| "an error".to_owned())
    }

    /// The code in a body, if the catalog has it or it looks like one.
    pub(super) fn code(&self, finding: &Finding) -> Option<String> {
        let sent = finding.code.as_deref()?;
        let surface = finding.places.first().and_then(|&place| self.surface(place));
        let is_known = surface.is_some_and(|surface| surface.item(sent).is_some());
        let code = if is_known { Some(sent) } else { redact::code(sent) };
        code.map(str::to_owned)
    }

    /// The surfaces of a finding, in parentheses.
    fn of_surface(&self, finding: &Finding) -> String {
        let ids: Vec<String> =
            finding.places.iter().map(|&place| self.id(place).to_owned()).collect();
        if ids.is_empty() { String::new() } else { format!(" ({})", joined(&ids, " or ")) }
    }

    /// How a body differs from the shape.
    fn differs(&self, finding: &Finding, source: &Source) -> String {
        if finding.differences.is_empty() {
            let words = finding.mismatch.clone().unwrap_or_default();
            return if finding.kind == Kind::WrongShape && words.is_empty() {
                "it holds no code".to_owned()
            } else {
                words
            };
        }
        let differences = &finding.differences;
        let words = clause(differences, differences.len(), differences.len(), |one| &one.pointer);
        let others = self.other_members(finding, source);
        match others.len() {
            0 => words,
            1 => format!("{words}, there is {}", others.concat()),
            _ => format!("{words}, there are {}", joined(&others, " and ")),
        }
    }

    /// What a body has at its top, if it lacks a member there.
    fn other_members(&self, finding: &Finding, source: &Source) -> Vec<String> {
        let is_top = |pointer: &str| pointer.matches('/').count() == 1;
        let lacks = finding.differences.iter().any(|one| one.is_missing() && is_top(&one.pointer));
        let body =
            finding.places.first().and_then(|&place| self.surface(place)?.shape.body.as_ref());
        let (true, Some(body)) = (lacks, body) else { return Vec::new() };
        let mut known = Vec::new();
        body.each_member(&mut |member| known.push(member.key.clone()));
        let others = source.members.iter().filter(|key| !known.contains(key)).take(MAX_OTHERS);
        others.map(|key| format!("`/{key}`")).collect()
    }

    /// What to do.
    pub(super) fn help(&self, finding: &Finding, source: &Source) -> Option<Help> {
        // An error can be added without a code where the status tells errors apart.
        let takes_any = |place: &&Place| {
            self.surface(**place).is_some_and(|surface| surface.key() != Some(Key::Code))
        };
        let mut places = finding.places.iter();
        let place = *places.clone().find(takes_any).or(places.next())?;
        let surface = self.surface(place)?;
        let id = self.id(place);
        let others = self.other_members(finding, source);
        let is_foreign =
            finding.mismatch.is_some() && (finding.differences.is_empty() || !others.is_empty());
        let say = |text: String| Some(Help { text, paste: None });
        let paste = |text: String, paste: String| Some(Help { text, paste: Some(paste) });
        match finding.kind {
            Kind::UndocumentedCode => match redact::code(finding.code.as_deref()?) {
                None => say("let the server send a code; `--show-bodies` shows what it sent, without \
                             what looks like a key"
                    .to_owned()),
                Some(code) => {
                    let names: Vec<String> =
                        surface.codes().map(|code| code.value.to_string()).collect();
                    let near = suggest::nearest(code, names.iter().map(String::as_str));
                    let near = near.map(|near| format!("is it `{near}`? If not, ")).unwrap_or_default();
                    let text = format!("{near}add it to `errors` of `{id}`:");
                    paste(text, self.new_error(place, surface, Some(code), finding.status))
                }
            },
            Kind::UndocumentedStatus if !(400..600).contains(&finding.status?) => {
                say("let the server send a status from 400 to 599".to_owned())
            }
            Kind::UndocumentedStatus if surface.key() == Some(Key::Code) => say(format!(
                "no error of `{id}` has this status, and the body has no code: let what sends it \
                 answer with one of the codes"
            )),
            Kind::UndocumentedStatus => {
                let and = ", and let what sends it answer in the shape of the others";
                let and = if is_foreign { and } else { "" };
                let text = format!("add it to `errors` of `{id}`{and}:");
                paste(text, self.new_error(place, surface, None, finding.status))
            }
            Kind::WrongStatus => {
                let text = format!("if this status is right, write at {}:", self.label(finding));
                paste(text, self.statuses_with(finding)?)
            }
            Kind::ErrorIn200 if finding.is_in_stream => say(
                "the stream had begun, so the status can't tell: clients have to look for errors in \
                 each event"
                    .to_owned(),
            ),
            Kind::ErrorIn200 => match self.statuses_with(finding) {
                Some(statuses) => paste(
                    format!(
                        "send it with its own status; if that can't change, write at {}:",
                        self.label(finding)
                    ),
                    statuses,
                ),
                None => say("send it with a status from 400 on: clients take this for a success".to_owned()),
            },
            Kind::Retired => say(format!(
                "let the server send what replaced it, or move it from `retired` to `errors` of `{id}`"
            )),
            Kind::WrongShape if is_foreign => say(format!(
                "something in front of the API may have sent it: let it answer in the shape of `{id}`"
            )),
            Kind::WrongShape => {
                let missing = finding.differences.iter().filter(|one| one.is_missing());
                let keys = missing.filter_map(|one| one.pointer.rsplit('/').next());
                let keys: Vec<String> = keys.map(|key| format!("`{key}?`")).collect();
                say(if keys.len() == finding.differences.len() && !keys.is_empty() {
                    let keys = joined(&keys, " and ");
                    format!("let the server send it; if it may be missing, write {keys} in `body` of `{id}`")
                } else {
                    format!("let the server send the shape of `{id}`, or correct its `body`")
                })
            }
            _ => None,
        }
    }

    /// A line for `errors`.
    fn new_error(
        &self,
        place: Place,
        surface: &Surface,
        code: Option<&str>,
        status: Option<u16>,
    ) -> String {
        let mut fields = Vec::new();
        if let Some(code) = code {
            let is_integer = surface.has_integer_codes() && code.parse::<i64>().is_ok();
            fields.push(format!(
                "code: {}",
                if is_integer { code.to_owned() } else { in_flow(code) }
            ));
        }
        if let Some(status) = status.filter(|own| (200..600).contains(own)) {
            fields.push(format!("status: {status}"));
            if code.is_none() && status::name(status).is_none() {
                fields.push(format!("name: status_{status}"));
            }
        }
        fields.push("meaning: What went wrong, fix: What to do about it".to_owned());
        let catalog = self.catalogs.get(place.catalog);
        let advice = catalog.and_then(|catalog| fallback(catalog, status));
        let retryable = matches!(advice, Some(RetryAdvice::Backoff(_) | RetryAdvice::After(..)));
        fields.push(format!("retryable: {retryable}"));
        format!("- {{{}}}", fields.join(", "))
    }

    /// The statuses of a known error, with the one that it came with. `None` if the catalog can't have it.
    fn statuses_with(&self, finding: &Finding) -> Option<String> {
        let (entry, status) = (self.entry(finding)?, finding.status?);
        let surface = self.surface(*finding.places.first()?)?;
        if surface.key() != Some(Key::Code) || !(200..600).contains(&status) {
            return None;
        }
        let own = entry.statuses.iter().map(|own| own.value).chain([status]);
        let own: Vec<String> = own.map(|own| own.to_string()).collect();
        Some(match own.as_slice() {
            [one] => format!("status: {one}"),
            all => format!("status: [{}]", all.join(", ")),
        })
    }

    pub(super) fn entry(&self, finding: &Finding) -> Option<&Entry> {
        match finding.item? {
            Item::Error(index) => self.surface(*finding.places.first()?)?.errors.get(index),
            Item::Retired(_) => None,
        }
    }
}

/// How many other members a line lists.
const MAX_OTHERS: usize = 3;

/// The statuses of an error.
fn statuses(entry: &Entry) -> String {
    let statuses: Vec<String> = entry.statuses.iter().map(|it| it.value.to_string()).collect();
    joined(&statuses, " or ")
}
