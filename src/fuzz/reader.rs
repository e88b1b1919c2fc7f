//! What `errcat explain` says about a response.

use std::time::Duration;

use super::load;
use crate::error::Error;
use crate::explain::Explainer;
use crate::render::templates::Templates;

/// A catalog that `errcat explain` reads responses with.
pub struct Reader(Explainer);

impl Reader {
    /// Loads a catalog.
    ///
    /// # Errors
    /// The problems of the catalog.
    pub fn new(catalog: &[u8]) -> Result<Self, Error> {
        Ok(Self(Explainer::new(vec![load(catalog)?], Templates::read(None)?)))
    }

    /// What a saved response is, as JSON; `now` is in seconds since 1970.
    #[must_use]
    pub fn read(&self, saved: &[u8], now: u64) -> String {
        self.0.response(saved, Duration::from_secs(now)).to_json()
    }

    /// The same, as Markdown.
    ///
    /// # Errors
    /// If a template fails.
    pub fn describe(&self, saved: &[u8], now: u64) -> Result<String, Error> {
        self.0.response(saved, Duration::from_secs(now)).to_markdown()
    }
}
