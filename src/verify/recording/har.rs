//! HTTP Archives (HAR 1.2), as browsers, Playwright, proxies and schemathesis write them. All fields are
//! optional, because each of these leaves some out.

use std::io::{self, BufRead};

use super::json::{members, text};
use super::ndjson::{broken, status, too_long};
use super::scan::{Ended, Scan, Value};
use super::{Body, Exchange, Kind, Position, Record};
use crate::text::utf8::lossy;

pub(super) fn read(
    input: &mut dyn BufRead,
    take: &mut dyn FnMut(Position, Record),
) -> io::Result<Kind> {
    let mut scan = Scan::new(input);
    let mut number = 0;
    let end = scan.elements(&["log", "entries"], &mut |entry| {
        number += 1;
        let text;
        let record = match entry {
            Value::Whole(entry) => {
                text = lossy(entry);
                record(&text)
            }
            Value::TooLong => Record::Unreadable(too_long()),
        };
        take(Position::Entry(number), record);
    })?;
    if end == Ended::Early {
        let why = "the file ends here: it is cut, or not JSON";
        take(Position::Entry(number + 1), Record::Unreadable(why.to_owned()));
    }
    Ok(Kind::Recording)
}

fn record(entry: &str) -> Record<'_> {
    match exchange(entry) {
        // A request that failed or was blocked.
        Ok(None) => Record::NoResponse,
        Ok(Some(exchange)) => Record::Exchange(exchange),
        Err(why) => Record::Unreadable(why),
    }
}

fn exchange(entry: &str) -> Result<Option<Exchange<'_>>, String> {
    let broken = |error: serde_json::Error| broken(&error);
    let [request, response] = members(entry, ["request", "response"]).map_err(broken)?;
    let Some(response) = response else { return Ok(None) };
    let [code, content] = members(response, ["status", "content"]).map_err(broken)?;
    let code = code.ok_or("its response has no `status`")?;
    if matches!(code, "0" | "-1") {
        return Ok(None);
    }
    let [method, url] = members(request.unwrap_or("{}"), ["method", "url"]).map_err(broken)?;
    let names = ["text", "encoding", "size"];
    let [body, encoding, size] = members(content.unwrap_or("{}"), names).map_err(broken)?;
    let is_base64 = encoding.is_some_and(|encoding| text(encoding) == "base64");
    Ok(Some(Exchange {
        status: Some(status(code).ok_or("its `status` is not an HTTP status")?),
        method,
        url,
        body: match body {
            Some(body) if is_base64 => Body::Base64(body),
            Some(body) => Body::Text(body),
            // The body is empty, and it isn't left out.
            None if size.is_some_and(|size| matches!(size, "0" | "0.0")) => Body::Json(""),
            None => Body::NotRecorded,
        },
    }))
}
