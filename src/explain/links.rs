//! A URL or URI that people hold → the errors that it is about.

use std::sync::Arc;

use serde_json::Value as Json;

use super::names::{Named, all, by_name, errors};
use crate::catalog::{Catalog, Entry, Surface, text};
use crate::reading::{Item, Place, surfaces};
use crate::render::context::{Context, item};

/// What a link names. The first of these counts: errors with the link in their bodies; the error of its anchor;
/// errors with the page in `see`; all errors, if it is the docs page; what the last part of its path names.
pub(super) fn named(catalogs: &[Arc<Catalog>], query: &str) -> Option<Named> {
    let is_uri = query.contains(':');
    let sent = is_uri.then(|| Named::some("error", errors_that_send(catalogs, query))).flatten();
    sent.or_else(|| by_link(catalogs, &Link::read(query)?))
}

fn by_link(catalogs: &[Arc<Catalog>], link: &Link) -> Option<Named> {
    if let Some(anchor) = &link.fragment {
        return by_name(catalogs, anchor);
    }
    let is_page = |page: &str| Link::read(page).is_some_and(|page| page.leads_to(link));
    let has_page = |_: &Surface, entry: &Entry| entry.see.iter().any(|url| is_page(&url.value));
    let is_on_page = |&(place, _): &(Place, Item)| {
        let docs = catalogs.get(place.catalog).and_then(|catalog| text(catalog.docs.given()));
        docs.is_some_and(is_page)
    };
    let last = link.path.rsplit('/').next().filter(|last| !last.is_empty());
    Named::some("error", errors(catalogs, has_page))
        .or_else(|| Named::some("page", all(catalogs).into_iter().filter(is_on_page).collect()))
        .or_else(|| by_name(catalogs, last?))
}

/// The anchor that a link leads to.
pub(super) fn fragment(query: &str) -> Option<String> {
    Link::read(query)?.fragment
}

/// The errors that hold a URI somewhere in their bodies, as a problem type (RFC 9457) may be.
fn errors_that_send(catalogs: &[Arc<Catalog>], uri: &str) -> Vec<(Place, Item)> {
    let mut found = Vec::new();
    let contexts: Vec<Context> = catalogs.iter().map(Context::new).collect();
    for (place, surface) in surfaces(catalogs) {
        let shown = contexts.get(place.catalog).and_then(|context| context.surface(place.surface));
        for index in 0..surface.errors.len() {
            let body = shown
                .as_ref()
                .and_then(|shown| item(shown, "errors", index)?.get_attr("body").ok());
            let body = body.and_then(|body| serde_json::to_value(body).ok());
            if body.is_some_and(|body| holds(&body, uri)) {
                found.push((place, Item::Error(index)));
            }
        }
    }
    found
}

/// Whether a text is somewhere in a body.
fn holds(body: &Json, uri: &str) -> bool {
    match body {
        Json::String(text) => text.trim_end_matches('/') == uri.trim_end_matches('/'),
        Json::Array(elements) => elements.iter().any(|element| holds(element, uri)),
        Json::Object(members) => members.values().any(|member| holds(member, uri)),
        _ => false,
    }
}

/// A link, without what may differ between two links to one page.
#[derive(Debug)]
struct Link {
    /// In lower case; empty for an anchor alone.
    host: String,
    /// Without slashes around it, and without the name or extension of an HTML file.
    path: String,
    fragment: Option<String>,
}

impl Link {
    /// Reads a URL (also without its scheme), or an anchor with its `#`.
    fn read(text: &str) -> Option<Self> {
        let (page, fragment) = match text.split_once('#') {
            Some((page, fragment)) => (page, Some(unescaped(fragment)).filter(|it| !it.is_empty())),
            None => (text, None),
        };
        let page = page.split('?').next()?;
        let (host, path) = match page.split_once("://") {
            Some((_, rest)) => rest.split_once('/').unwrap_or((rest, "")),
            None => match page.split_once('/') {
                Some((host, path)) if host.is_empty() || host.contains('.') => (host, path),
                None if fragment.is_some() => ("", page),
                _ => return None,
            },
        };
        let path = unescaped(path);
        let path = path.trim_matches('/');
        let path = path.strip_suffix("index.html").unwrap_or(path);
        let path = [".html", ".md"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
        Some(Self {
            host: host.to_ascii_lowercase(),
            path: path.trim_end_matches('/').to_owned(),
            fragment,
        })
    }

    /// Whether another link leads to the same page. The same path on another host does: a preview of the
    /// docs, or a local copy.
    fn leads_to(&self, other: &Self) -> bool {
        self.path == other.path && (self.host == other.host || !self.path.is_empty())
    }
}

/// Text with its escaped bytes decoded, as they are in a URL.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        let byte = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(b'%'));
        rest = byte.and_then(|_| after.get(2..)).unwrap_or(after);
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Link, unescaped};

    #[test]
    fn links_to_one_page_are_alike() {
        let docs = Link::read("https://docs.acme.dev/errors").unwrap();
        for same in [
            "https://docs.acme.dev/errors/",
            "http://DOCS.acme.dev/errors#a",
            "docs.acme.dev/errors?x=1",
            "/errors/index.html",
            "http://localhost:8000/errors.html#",
        ] {
            assert!(docs.leads_to(&Link::read(same).unwrap()), "{same}");
        }
        for other in ["https://docs.acme.dev", "https://docs.acme.dev/errors/more"] {
            assert!(!docs.leads_to(&Link::read(other).unwrap()), "{other}");
        }
        let root = Link::read("https://errors.acme.dev/").unwrap();
        assert!(root.leads_to(&Link::read("http://errors.acme.dev").unwrap()));
        assert!(!root.leads_to(&Link::read("https://acme.dev/").unwrap()));
        for name in
            ["urn:acme:errors", "rate_limited", "SHELF TAKEN", "orders/closed", "-32601", "#", ""]
        {
            assert!(Link::read(name).is_none(), "{name}");
        }
    }

    #[test]
    fn escapes_of_urls_are_read() {
        for (text, wanted) in
            [("a%2Eb", "a.b"), ("%C3%BC", "ü"), ("100%", "100%"), ("%zz%", "%zz%"), ("%ff", "%ff")]
        {
            assert_eq!(unescaped(text), wanted);
        }
    }
}
