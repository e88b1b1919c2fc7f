//! Responses as `curl -i` saves them, and event streams as `curl -N` does.

use std::io::{self, BufRead, Read};

use super::ndjson::too_long;
use super::{Body, Exchange, Kind, MAX_RESPONSE, NO_RECORDING, Position, Record};
use crate::reading::{Content, Response};

pub(super) fn read(
    input: &mut dyn BufRead,
    take: &mut dyn FnMut(Position, Record),
) -> io::Result<Kind> {
    let mut saved = Vec::new();
    input.take(MAX_RESPONSE as u64 + 1).read_to_end(&mut saved)?;
    let is_http = saved.trim_ascii_start().starts_with(b"HTTP/");
    if saved.len() > MAX_RESPONSE {
        take(Position::File, Record::Unreadable(too_long()));
        return Ok(Kind::Recording);
    }
    let all = Response::read_all(&saved);
    if !is_http && !all.first().is_some_and(is_stream) {
        return Ok(Kind::Other(NO_RECORDING));
    }
    let is_one = all.len() == 1;
    for (index, response) in (1..).zip(all) {
        let at = if is_one { Position::File } else { Position::Entry(index) };
        take(at, record(response));
    }
    Ok(Kind::Recording)
}

fn record<'r>(response: Response) -> Record<'r> {
    let status = response.status;
    if status.is_none() && !is_stream(&response) {
        return Record::Unreadable("its first line has no HTTP status".to_owned());
    }
    let body = match missing(&response) {
        Some(Missing::All) => Body::NotRecorded,
        Some(Missing::End { length, of }) => {
            return Record::Unreadable(format!(
                "it is cut: {length} of the {of} bytes of its body are there"
            ));
        }
        None => Body::Saved(response),
    };
    Record::Exchange(Exchange { status, method: None, url: None, body })
}

/// Whether at least one event contains what APIs send.
fn is_stream(response: &Response) -> bool {
    let is_data = |event: &String| event.starts_with('{') || event == "[DONE]";
    matches!(&response.content, Content::Events(events) if events.iter().any(is_data))
}

/// What the `Content-Length` says that isn't there.
enum Missing {
    /// `curl -I` saves no body.
    All,
    End {
        length: usize,
        of: usize,
    },
}

/// Whether a body, or the end of one that is broken, is missing. (Editors and Git change line ends, so a
/// whole page may be shorter.)
fn missing(response: &Response) -> Option<Missing> {
    let Content::Body(body) = &response.content else { return None };
    let of: usize = response.header("content-length")?.parse().ok()?;
    let is_cut = || {
        let json = serde_json::from_slice::<serde::de::IgnoredAny>(body);
        json.is_err_and(|error| error.is_eof())
    };
    match body.len() {
        0 if of > 0 => Some(Missing::All),
        length if length < of && response.header("content-encoding").is_none() && is_cut() => {
            Some(Missing::End { length, of })
        }
        _ => None,
    }
}
