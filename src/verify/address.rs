//! The address of a response → the surfaces that it may come from, by their `servers`.

use std::sync::Arc;

use crate::catalog::Catalog;
use crate::reading::{Place, surfaces};

/// The servers of all surfaces.
pub(super) struct Servers {
    /// What an address begins with, without the scheme, and the surface that has this server. `{…}` in it stands
    /// for any text without a `/`.
    starts: Vec<(String, Place)>,
    all: Vec<Place>,
    /// The surfaces without a server.
    without: Vec<Place>,
}

impl Servers {
    pub(super) fn of(catalogs: &[Arc<Catalog>]) -> Self {
        let (mut servers, mut all, mut without) = (Vec::new(), Vec::new(), Vec::new());
        for (place, surface) in surfaces(catalogs) {
            all.push(place);
            if surface.servers.is_empty() {
                without.push(place);
            }
            servers.extend(surface.servers.iter().filter_map(|server| {
                let address = address(&server.value)?;
                Some((address.trim_end_matches('/').to_owned(), place))
            }));
        }
        Self { starts: servers, all, without }
    }

    /// The surfaces that a response may come from. The server that says most of the address counts; an
    /// address that fits no server may come from the surfaces without one. Empty for other people's
    /// hosts.
    pub(super) fn surfaces(&self, url: Option<&str>) -> Vec<Place> {
        let own = url.filter(|_| !self.starts.is_empty());
        let Some(address) = own.and_then(address) else { return self.all.clone() };
        let fitting = |(server, place): &(String, Place)| {
            let rest = after(server, &address)?;
            let ends = rest.is_empty() || rest.starts_with('/');
            ends.then_some((address.len() - rest.len(), *place))
        };
        let fitting: Vec<(usize, Place)> = self.starts.iter().filter_map(fitting).collect();
        match fitting.iter().map(|(length, _)| *length).max() {
            None => self.without.clone(),
            Some(longest) => {
                let longest = fitting.into_iter().filter(|(length, _)| *length == longest);
                let mut places: Vec<Place> = longest.map(|(_, place)| place).collect();
                places.dedup();
                places
            }
        }
    }
}

/// The host and the path of a URL. The host is in lower case; a default port, the user, the query and
/// the fragment are left out. `None` if it has no host.
pub(super) fn address(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let rest = rest.get(..end)?;
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let host = authority.rsplit('@').next().unwrap_or(authority).to_ascii_lowercase();
    let host = host.strip_suffix(":80").or(host.strip_suffix(":443")).unwrap_or(&host);
    Some(format!("{host}{path}"))
}

/// What follows the server in an address that begins with it.
fn after<'a>(server: &str, address: &'a str) -> Option<&'a str> {
    let Some((before, rest)) = server.split_once('{') else {
        return address.strip_prefix(server);
    };
    let (_, rest) = rest.split_once('}')?;
    let address = address.strip_prefix(before)?;
    let end = address.find('/').unwrap_or(address.len());
    // The variable holds at least one character.
    let mut ends = (1..=end).filter(|&end| address.is_char_boundary(end));
    ends.find_map(|end| after(rest, address.get(end..)?))
}

#[cfg(test)]
mod tests {
    use super::{address, after};

    #[test]
    fn an_address_is_a_host_and_a_path() {
        for (url, wanted) in [
            ("https://API.acme.dev/v1/keys?token=1#x", Some("api.acme.dev/v1/keys")),
            ("http://user:word@acme.dev:80", Some("acme.dev")),
            ("https://acme.dev:8443/", Some("acme.dev:8443/")),
            ("HTTPS://acme.dev?x=/", Some("acme.dev")),
            ("/v1/keys", None),
            ("data:text/plain,x", None),
            ("wss://acme.dev", None),
        ] {
            assert_eq!(address(url).as_deref(), wanted, "{url}");
        }
    }

    #[test]
    fn variables_of_a_server_are_any_text() {
        assert_eq!(after("{region}.acme.dev/v1", "eu.acme.dev/v1/x"), Some("/x"));
        assert_eq!(after("acme.dev/{tenant}/api", "acme.dev/a-b/api"), Some(""));
        assert_eq!(after("{region}.acme.dev", ".acme.dev"), None);
        assert_eq!(after("acme.dev", "acme.dev.evil"), Some(".evil"));
    }
}
