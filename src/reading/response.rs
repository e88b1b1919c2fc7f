//! What a person saved of a response (all of it, as `curl -i` prints it; a body; or lines of an event
//! stream) → status, headers, and the texts that may hold an error.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use crate::text::utf8::lossy;

/// A response, or a part of one.
#[derive(Debug)]
pub(crate) struct Response {
    /// None if only a body was given.
    pub status: Option<u16>,
    headers: Headers,
    pub content: Content,
}

/// Names and values.
type Headers = Vec<(String, String)>;

/// The texts that may hold an error.
#[derive(Debug)]
pub(crate) enum Content {
    Body(Vec<u8>),
    /// The data of each event of a stream.
    Events(Vec<String>),
}

impl Response {
    /// Reads what was saved. It never fails.
    pub(crate) fn read(saved: &[u8]) -> Self {
        let mut rest = saved.strip_prefix(b"\xef\xbb\xbf").unwrap_or(saved).trim_ascii_start();
        let (mut status, mut headers) = (None, Vec::new());
        // The response may follow a proxy's answer, an interim response or a redirect.
        while let Some((own_status, own_headers, body)) = head(rest) {
            (status, headers, rest) = (Some(own_status), own_headers, body);
        }
        let mut response = Self { status, headers, content: Content::Body(Vec::new()) };
        let is_chunked = |value: &str| value.to_ascii_lowercase().ends_with("chunked");
        let joined = match response.header("transfer-encoding") {
            Some(coding) if is_chunked(coding) => unchunked(rest),
            _ => None,
        };
        response.content = Content::of(joined.unwrap_or_else(|| rest.to_owned()));
        response
    }

    /// Reads several responses, saved one after another.
    pub(crate) fn read_all(saved: &[u8]) -> Vec<Self> {
        let mut rest = saved.strip_prefix(b"\xef\xbb\xbf").unwrap_or(saved).trim_ascii_start();
        let mut all = Vec::new();
        while !rest.is_empty() {
            let (first, after) = rest.split_at(end_of_first(rest));
            all.push(Self::read(first));
            rest = after.trim_ascii_start();
        }
        all
    }

    /// A response without headers.
    pub(crate) fn of(status: Option<u16>, body: Vec<u8>) -> Self {
        Self { status, headers: Vec::new(), content: Content::of(body) }
    }

    /// The value of a header. `name` is in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Whether there is nothing at all.
    pub(crate) fn is_empty(&self) -> bool {
        let is_empty = |body: &[u8]| body.trim_ascii().is_empty();
        self.status.is_none() && matches!(&self.content, Content::Body(body) if is_empty(body))
    }
}

impl Content {
    fn of(body: Vec<u8>) -> Self {
        match events(&body) {
            Some(events) => Self::Events(events),
            None => Self::Body(body),
        }
    }
}

/// Where the first of several responses ends.
fn end_of_first(saved: &[u8]) -> usize {
    let mut rest = saved;
    let mut length = None;
    while let Some((status, headers, body)) = head(rest) {
        rest = body;
        let name = "content-length";
        let own = headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
        length = own.and_then(|(_, value)| value.parse::<usize>().ok());
        // Others come before the response: interim answers, those of proxies, redirects, challenges.
        if status >= 400 && !matches!(status, 401 | 407) {
            break;
        }
    }
    let start = saved.len() - rest.len();
    let begins = |at: usize| rest.get(at..).is_some_and(begins_response);
    let by_length = length.filter(|&length| {
        let after = rest.get(length..).unwrap_or_default();
        begins_response(after.trim_ascii_start())
    });
    let end = by_length.or_else(|| {
        // A body without a line break at its end is followed at once by the next response.
        let ends =
            |at: usize| at == 0 || rest.get(at - 1).is_some_and(|end| b"\n}]>".contains(end));
        memchr::memmem::find_iter(rest, "HTTP/").find(|&at| ends(at) && begins(at))
    });
    start + end.unwrap_or(rest.len())
}

/// Whether this begins as a response does: with a version, a space and a status. Then it has a [`head`].
fn begins_response(text: &[u8]) -> bool {
    let Some(rest) = text.strip_prefix(b"HTTP/") else { return false };
    let is_version = |word: &[u8]| matches!(word, [b'1'..=b'3'] | [b'1'..=b'3', b'.', _]);
    let is_status = |word: &[u8]| word.len() == 3 && word.iter().all(u8::is_ascii_digit);
    let mut words = rest.splitn(2, |byte| *byte == b' ');
    let (version, rest) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let status = rest.split(|byte| b" \r\n".contains(byte)).next().unwrap_or_default();
    is_version(version) && is_status(status)
}

/// The status, the headers and the rest, if the head of a response begins here: RFC 9112, section 4.
fn head(text: &[u8]) -> Option<(u16, Headers, &[u8])> {
    let mut rest = text.strip_prefix(b"HTTP/")?;
    let first = line(&mut rest);
    let status = first.split_ascii_whitespace().nth(1)?.parse().ok()?;
    let mut headers = Vec::new();
    while !rest.is_empty() {
        let line = line(&mut rest);
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    Some((status, headers, rest))
}

/// Takes the next line off the rest, and returns it without its end.
fn line<'t>(rest: &mut &'t [u8]) -> Cow<'t, str> {
    let end = rest.iter().position(|&byte| byte == b'\n');
    let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
    *rest = after.get(1..).unwrap_or_default();
    String::from_utf8_lossy(line.strip_suffix(b"\r").unwrap_or(line))
}

/// A body without the framing of its chunks: RFC 9112, section 7.1. None if it has no such framing:
/// `curl -i` removes that, but keeps the header.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(&mut rest);
        let digits = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(digits, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        let (chunk, after) = rest.split_at_checked(size)?;
        body.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n"))?;
    }
}

/// The data of the events, if this is an event stream: HTML Standard, section 9.2.6. The last event may be
/// incomplete.
fn events(body: &[u8]) -> Option<Vec<String>> {
    let text = lossy(body);
    let begins = |line: &str| {
        ["data:", "event:", "id:", "retry:", ":"].iter().any(|field| line.starts_with(field))
    };
    if !begins(text.trim_start_matches(['\r', '\n'])) {
        return None;
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut events = Vec::new();
    for event in text.split("\n\n") {
        let lines = event.lines().filter_map(|line| line.strip_prefix("data:"));
        let lines: Vec<&str> = lines.map(|data| data.strip_prefix(' ').unwrap_or(data)).collect();
        let is_json = |data: &str| serde_json::from_str::<IgnoredAny>(data).is_ok();
        let data = lines.join("\n");
        if !is_json(&data) && lines.iter().any(|line| is_json(line)) {
            // `grep data:` loses the empty lines between events.
            events.extend(lines.into_iter().map(str::to_owned));
        } else if !data.is_empty() {
            events.push(data);
        }
    }
    (!events.is_empty()).then_some(events)
}
