//! A recording → the responses in it, one at a time. The memory that it takes doesn't depend on how long
//! the recording is.

mod base64;
mod har;
mod input;
mod json;
mod ndjson;
mod raw;
mod scan;

use std::io::{self, BufRead, Read};

use crate::reading::Response;
pub(super) use json::{all_members, text};

/// The longest line, HAR entry or saved response that is read, in bytes.
const MAX_RESPONSE: usize = 8 << 20;

/// The longest body that is looked at, in bytes.
pub(super) const MAX_BODY: usize = 1 << 20;

/// How much of a file tells what it is, in bytes.
const HEAD: usize = 4096;

/// Where in a file something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// The file holds one response.
    File,
    /// A line, from 1.
    Line(u64),
    /// An entry of a HAR, or one of several responses; from 1.
    Entry(u64),
}

/// What a recording holds at one position.
pub(crate) enum Record<'r> {
    Exchange(Exchange<'r>),
    /// A request that got no response.
    NoResponse,
    /// Something that can't be read, and why not.
    Unreadable(String),
}

/// A response, and the request that it answers.
pub(crate) struct Exchange<'r> {
    /// None for an event stream alone.
    pub status: Option<u16>,
    /// A JSON string.
    pub method: Option<&'r str>,
    /// A JSON string.
    pub url: Option<&'r str>,
    pub body: Body<'r>,
}

/// The body of a response, as a recording holds it.
pub(crate) enum Body<'r> {
    /// The recording doesn't hold it.
    NotRecorded,
    /// JSON.
    Json(&'r str),
    /// A JSON string with the body in it.
    Text(&'r str),
    /// The same, with the body in Base64.
    Base64(&'r str),
    /// Saved as it was sent.
    Saved(Response),
}

impl Exchange<'_> {
    /// The response. `None` if the recording doesn't hold its body, or if that is too long to be an error.
    pub(super) fn into_response(self) -> Option<Response> {
        let body = match self.body {
            Body::NotRecorded => return None,
            Body::Json(json) if json.len() > MAX_BODY => return None,
            Body::Json(json) => json.as_bytes().to_vec(),
            Body::Text(json) => text(json).into_bytes(),
            Body::Base64(json) => base64::decoded(&text(json))?,
            Body::Saved(response) => return Some(response),
        };
        Some(Response::of(self.status, body))
    }
}

/// What a file is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Recording,
    /// Not a recording, and why not.
    Other(&'static str),
}

/// Reads a recording, and hands each response to `take`. Its first bytes tell its format.
pub(crate) fn read(
    mut file: impl Read,
    take: &mut dyn FnMut(Position, Record),
) -> io::Result<Kind> {
    let mut head = Vec::with_capacity(HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let format = Format::of(&head);
    let mut input = io::BufReader::with_capacity(1 << 16, io::Cursor::new(head).chain(file));
    if input.fill_buf()?.starts_with(BYTE_ORDER_MARK) {
        input.consume(BYTE_ORDER_MARK.len());
    }
    match format {
        Ok(Format::Har) => har::read(&mut input, take),
        Ok(Format::Lines) => ndjson::read(&mut input, take),
        Ok(Format::Raw) => raw::read(&mut input, take),
        Err(why) => Ok(Kind::Other(why)),
    }
}

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// How a recording is written.
#[derive(Debug, PartialEq, Eq)]
enum Format {
    /// HTTP Archive 1.2.
    Har,
    /// One JSON object a line.
    Lines,
    /// As `curl -i` prints a response, or as `curl -N` prints an event stream.
    Raw,
}

impl Format {
    /// The format of a file, by its first bytes; or why it isn't a recording.
    fn of(head: &[u8]) -> Result<Self, &'static str> {
        let start = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head).trim_ascii_start();
        let is_har = || {
            let key = start.strip_prefix(b"{")?.trim_ascii_start().strip_prefix(b"\"log\"")?;
            Some(key.trim_ascii_start().starts_with(b":"))
        };
        let fields: [&[u8]; 5] = [b"data:", b"event:", b"id:", b"retry:", b":"];
        match head {
            [] => Err("it is empty"),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Err("it is in UTF-16: save it as UTF-8"),
            [0x1f, 0x8b, ..] => Err("it is compressed: `gzip -dc FILE | errcat verify -` reads it"),
            _ if start.is_empty() => Err("it is empty"),
            _ if start.starts_with(b"HTTP/") => Ok(Self::Raw),
            _ if fields.iter().any(|field| start.starts_with(field)) => Ok(Self::Raw),
            _ if is_har() == Some(true) => Ok(Self::Har),
            _ if start.starts_with(b"{") => Ok(Self::Lines),
            _ => Err(NO_RECORDING),
        }
    }
}

const NO_RECORDING: &str = "it is not a HAR, a saved response, an event stream, or lines of JSON";
