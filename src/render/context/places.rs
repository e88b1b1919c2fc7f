//! Where a reader finds the values in a body.

use serde_json::Value as Json;

use super::{Content, Place, TextPart};

/// The places of the values in a body.
#[derive(Default)]
pub(super) struct Places<'c> {
    /// The values that differ each time an error occurs.
    pub values: Vec<Place<'c>>,
    /// The status.
    pub statuses: Vec<Place<'c>>,
    /// Members `code`, absent from the shape, that may contain the status.
    pub status_codes: Vec<Place<'c>>,
    /// What fills the body, without duplicates.
    pub fillers: Vec<&'static str>,
}

impl<'c> Places<'c> {
    pub(super) fn of(body: &Content<'c>) -> Self {
        let mut places = Self::default();
        places.add(body, &mut Vec::new());
        places
    }

    fn add(&mut self, content: &Content<'c>, path: &mut Vec<Json>) {
        for member in content.members.iter().flatten() {
            path.push(Json::from(member.key));
            self.add(&member.value, path);
            path.pop();
        }
        if content.code_names_status {
            path.push(Json::from("code"));
            self.status_codes.push(place(None, "any", path));
            path.pop();
        }
        if let Some(of) = &content.of {
            path.push(Json::from(0));
            self.add(of, path);
            path.pop();
        }
        if content.filled_by == Some("status") {
            self.statuses.push(place(None, content.r#type, path));
        }
        if content.param.is_some() {
            self.values.push(place(content.param, content.r#type, path));
        }
        let parts = content.parts.as_deref().unwrap_or_default();
        if let Some((prefix, param, suffix)) = surrounded(parts) {
            self.values.push(Place { prefix, suffix, ..place(Some(param), "text", path) });
        }
        for filler in parts.iter().map(|part| part.filled_by).chain([content.filled_by]).flatten() {
            if !self.fillers.contains(&filler) {
                self.fillers.push(filler);
            }
        }
    }
}

/// The place of a value that isn't part of a text.
fn place<'c>(param: Option<&'c str>, r#type: &'static str, path: &[Json]) -> Place<'c> {
    Place { param, r#type, path: path.to_vec(), prefix: "", suffix: "" }
}

/// The only placeholder of a text, and the literal text around it. A text with several placeholders
/// can't be taken apart.
fn surrounded<'c>(parts: &[TextPart<'c>]) -> Option<(&'c str, &'c str, &'c str)> {
    let at = parts.iter().position(|part| part.filled_by.is_some())?;
    let (before, after) = (parts.get(..at)?, parts.get(at + 1..)?);
    let is_only = after.iter().all(|part| part.filled_by.is_none());
    let text = |parts: &[TextPart<'c>]| parts.first().and_then(|part| part.text).unwrap_or("");
    is_only.then_some((text(before), parts.get(at)?.param?, text(after)))
}
