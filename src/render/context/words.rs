//! Sentences and phrases that several outputs print, with code spans as in the texts of catalogs.

use super::Placeholder;
use crate::catalog::body::Body;
use crate::catalog::retry::Strategy;
use crate::catalog::{Key, Surface};
use crate::text::spans::code_span;
use crate::text::waits::wait;
use crate::text::words::joined;

/// What a strategy says about responses that the catalog doesn't list.
pub(super) fn strategy(strategy: &Strategy) -> String {
    let backoff = strategy.backoff();
    let statuses: Vec<String> = strategy.patterns().map(|pattern| pattern.to_string()).collect();
    let which = if statuses.is_empty() {
        "the errors above that allow it".to_owned()
    } else {
        listed(&statuses)
    };
    let (first, max) = (wait(backoff.initial.min(backoff.max)), wait(backoff.max));
    let grows = backoff.factor > 1 && backoff.initial < backoff.max;
    // Nothing is added to the longest wait.
    let jitter = if backoff.initial < backoff.max { " with jitter" } else { "" };
    let retry = match backoff.retries {
        0 => "the same request may succeed later, but do not retry it automatically".to_owned(),
        1 => format!("retry once{jitter} — after {first}"),
        retries if grows => {
            let growth = match backoff.factor {
                2 => "double".to_owned(),
                3 => "triple".to_owned(),
                factor => format!("multiply by {factor}"),
            };
            format!(
                "use exponential backoff with jitter — start at {first}, {growth} up to {max}, \
                 with up to {retries} retries"
            )
        }
        retries => format!("retry{jitter} — {first} apart, with up to {retries} retries"),
    };
    let mut text = format!("For {which}, {retry}.");
    for (class, except) in strategy.permanent() {
        let except: Vec<String> = except.iter().map(u16::to_string).collect();
        let class = class.to_string();
        let other = match except.as_slice() {
            [] => String::new(),
            except => format!(" other than {}", listed(except)),
        };
        let fix = if class == "4xx" { " and fix the request rather than retrying" } else { "" };
        text += &format!(" For {class}{other}, treat as permanent{fix}.");
    }
    text
}

/// What the sample of a shape doesn't show: how long lists can be, and what a wait is for.
pub(super) fn of_shape(
    errors_path: Option<&[&str]>,
    placeholders: &[Placeholder],
    wait_place: Option<&str>,
) -> Option<String> {
    let has_lists = placeholders.iter().any(|one| one.item.is_some());
    let lists = match errors_path {
        Some([]) if has_lists => {
            "The list may hold several errors, and lists within them any number of elements."
                .to_owned()
        }
        Some([]) => "The list may hold several errors.".to_owned(),
        Some(path) => {
            let others = if has_lists { ", and other lists any number of elements" } else { "" };
            format!("{} may hold several errors{others}.", code_span(&path.join(".")))
        }
        None if has_lists => "Lists may hold any number of elements.".to_owned(),
        None => String::new(),
    };
    let unit = unit(placeholders);
    let wait = wait_place
        .map(|place| format!("{} says how many {unit} to wait before a retry.", code_span(place)));
    let said: Vec<String> = [lists].into_iter().chain(wait).filter(|one| !one.is_empty()).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// That the body of a retryable error may ask for a longer wait.
pub(super) fn of_wait(placeholders: &[Placeholder], place: &str) -> String {
    format!("Wait longer if {} (in {}) says so.", code_span(place), unit(placeholders))
}

fn unit(placeholders: &[Placeholder]) -> &'static str {
    let is_seconds = placeholders.iter().any(|one| one.unit == Some("s"));
    if is_seconds { "seconds" } else { "milliseconds" }
}

/// How to tell the errors of a surface, where neither the code nor the status alone does.
pub(super) fn of_surface(surface: &Surface) -> Vec<String> {
    let has_literal = surface.shape.body.as_ref().is_some_and(Body::has_literal);
    let low: Vec<String> = surface.low_statuses().iter().map(u16::to_string).collect();
    let code = if has_literal { "a code" } else { "one of the codes below" };
    let in_success = (!low.is_empty()).then(|| {
        format!(
            "A response with HTTP {} is an error if its body has the shape of this API's errors and {code}.",
            joined(&low, " or ")
        )
    });
    let without_code = matches!(surface.key(), Some(Key::CodeOrStatus))
        .then(|| "If a response has no code, the HTTP status tells which error it is.".to_owned());
    in_success.into_iter().chain(without_code).collect()
}

/// `429 and 5xx`, `408, 429, and 5xx`
fn listed(parts: &[String]) -> String {
    joined(parts, if parts.len() > 2 { ", and " } else { " and " })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Set;

    fn said(retry: &str) -> String {
        let catalog = format!(
            "errcat: 1\nproduct: A\nversion: 1.0.0\ntitle: Errors\nretry: {retry}\nallow: [missing-fix]\nsurfaces:\n\
             - {{id: api, title: API, shape: {{body: {{error: <code>}}}}, errors: [\
             {{code: gone, status: 410, meaning: It is gone., retryable: false}}]}}\n"
        );
        let catalog = Set::parse("a.yaml", catalog.as_bytes()).and_then(Set::into_catalog).unwrap();
        strategy(catalog.retry.given().unwrap())
    }

    #[test]
    fn a_strategy_is_told_in_the_words_that_fit_its_numbers() {
        for (retry, text) in [
            (
                "{statuses: [429, 5xx], initial: 1s, max: 30s, retries: 6}",
                "For 429 and 5xx, use exponential backoff with jitter — start at 1 second, double up to \
                 30 seconds, with up to 6 retries. For 4xx other than 429, treat as permanent and fix \
                 the request rather than retrying.",
            ),
            (
                "{statuses: [408, 429, 503], initial: 500ms, max: 1m, retries: 3, factor: 3}",
                "For 408, 429, and 503, use exponential backoff with jitter — start at 500 milliseconds, \
                 triple up to 1 minute, with up to 3 retries. For 4xx other than 408 and 429, treat as \
                 permanent and fix the request rather than retrying. For 5xx other than 503, treat as \
                 permanent.",
            ),
            (
                "{statuses: [4xx, 5xx], initial: 2s, max: 2s, retries: 3}",
                "For 4xx and 5xx, retry — 2 seconds apart, with up to 3 retries.",
            ),
            (
                "{statuses: [4xx, 5xx], initial: 1s, max: 2s, retries: 1}",
                "For 4xx and 5xx, retry once with jitter — after 1 second.",
            ),
            (
                "{statuses: [4xx, 5xx], initial: 1s, max: 2s, retries: 0}",
                "For 4xx and 5xx, the same request may succeed later, but do not retry it automatically.",
            ),
        ] {
            assert_eq!(said(retry), text);
        }
    }
}
