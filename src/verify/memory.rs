//! Bodies that were judged before. Most errors of an API are the same, byte for byte.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::finding::Finding;
use super::recording::Body;
use crate::reading::Place;

/// How many bodies are kept, and how long one may be in bytes.
const MAX_BODIES: usize = 2000;
const MAX_BODY: usize = 2048;

/// What bodies were judged to be. It takes a few megabytes at most.
#[derive(Default)]
pub(super) struct Memory(RefCell<BTreeMap<u64, Judged>>);

/// A body, what else decides about it, and what it is.
struct Judged {
    status: Option<u16>,
    places: Vec<Place>,
    /// The body as the recording has it: JSON, or a JSON string with the body in it.
    body: String,
    is_text: bool,
    findings: Vec<Finding>,
}

impl Memory {
    /// What a response was judged to be; or else what `judge` says it is.
    pub(super) fn findings(
        &self,
        status: Option<u16>,
        places: &[Place],
        (body, is_text): (&str, bool),
        judge: impl FnOnce() -> Vec<Finding>,
    ) -> Vec<Finding> {
        let mut hasher = DefaultHasher::new();
        (status, body).hash(&mut hasher);
        let hash = hasher.finish();
        if let Some(known) = self.0.borrow().get(&hash) {
            let is_same = known.status == status
                && known.is_text == is_text
                && known.body == body
                && known.places == places;
            return if is_same { known.findings.clone() } else { judge() };
        }
        let findings = judge();
        let mut known = self.0.borrow_mut();
        if known.len() < MAX_BODIES {
            let (places, body) = (places.to_vec(), body.to_owned());
            known
                .insert(hash, Judged { status, places, body, is_text, findings: findings.clone() });
        }
        findings
    }
}

/// A body that is short enough to be kept, and whether it is a JSON string with the body in it.
pub(super) fn short<'r>(body: &Body<'r>) -> Option<(&'r str, bool)> {
    let (body, is_text) = match body {
        Body::Json(json) => (*json, false),
        Body::Text(json) => (*json, true),
        Body::NotRecorded | Body::Base64(_) | Body::Saved(_) => return None,
    };
    (body.len() <= MAX_BODY).then_some((body, is_text))
}
