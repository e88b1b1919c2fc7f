//! The errors of a document without codes: one for each status that operations return.

use std::collections::BTreeMap;

use super::document::Document;
use super::responses::Response;
use super::{add_status, body, operations};
use crate::import::shape::Shape;
use crate::import::{Entry, Surface, cells};

/// An error for each status.
pub(super) fn surface<'d>(document: &Document<'d>, responses: &[Response<'d>]) -> Option<Surface> {
    let shapes = body::shapes(document, responses);
    // How often each text is said about a status.
    let mut texts: BTreeMap<u16, Vec<(String, usize)>> = BTreeMap::new();
    for response in responses {
        let Some(status) = response.status else { continue };
        let texts = texts.entry(status).or_default();
        let Some(text) = response.description.and_then(cells::line) else { continue };
        match texts.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count += 1,
            None => texts.push((text, 1)),
        }
    }
    let mut surface = Surface {
        source: "the statuses of its responses".to_owned(),
        taken: vec!["status ← responses".to_owned(), "meaning ← description".to_owned()],
        ..Surface::default()
    };
    for (status, texts) in texts {
        // The first of the most common ones.
        let most = texts.iter().map(|(_, count)| *count).max();
        let meaning = texts.iter().find(|(_, count)| Some(*count) == most);
        let mut entry = Entry {
            meaning: meaning.map(|(text, _)| text.clone()),
            place: status.to_string(),
            ..Entry::default()
        };
        add_status(&mut entry, Some(status));
        if texts.len() > 1 {
            let more = texts.len() - 1;
            surface.left.push(format!("{more} other descriptions of {status}"));
        }
        surface.entries.push(entry);
    }
    if surface.entries.is_empty() {
        return None;
    }
    surface.operations = operations(responses, |at| {
        let status = responses.get(at).and_then(|response| response.status);
        status.iter().map(ToString::to_string).collect()
    });
    let of_status = |(shape, response): &(Option<Shape>, &Response)| {
        shape.as_ref().filter(|_| response.status.is_some()).cloned()
    };
    let shapes: Vec<(Option<Shape>, &Response)> = shapes.into_iter().zip(responses).collect();
    let bodies: Vec<Shape> = shapes.iter().filter_map(of_status).collect();
    // Objects and lists can't be one body.
    let objects = bodies.iter().filter(|shape| matches!(shape, Shape::Object(_))).count();
    let is_object = objects * 2 >= bodies.len();
    let bodies = bodies.into_iter().filter(|shape| matches!(shape, Shape::Object(_)) == is_object);
    body::give(&mut surface, bodies, &responses.iter().collect::<Vec<_>>());
    Some(surface)
}
