//! Finds the elements of one list in a JSON text of any length. It checks no more of the syntax than it
//! needs to find their ends.

use std::io::{self, BufRead};

use super::MAX_RESPONSE;

/// A JSON text that is read from its start.
pub(super) struct Scan<'i> {
    input: &'i mut dyn BufRead,
    /// The value that is being kept.
    kept: Vec<u8>,
}

/// A value, if it is not too long.
pub(super) enum Value<'v> {
    Whole(&'v [u8]),
    TooLong,
}

/// How a list ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// It is whole, or it isn't there.
    Whole,
    /// The text ends or breaks off within it.
    Early,
}

impl<'i> Scan<'i> {
    pub(super) fn new(input: &'i mut dyn BufRead) -> Self {
        Self { input, kept: Vec::new() }
    }

    /// Hands each element of the list to `take` that is the value of these keys, one in another.
    pub(super) fn elements(
        &mut self,
        path: &[&str],
        take: &mut dyn FnMut(Value),
    ) -> io::Result<Ended> {
        let Some((key, inner)) = path.split_first() else { return self.list(take) };
        if self.next()? != Some(b'{') {
            return Ok(Ended::Early);
        }
        loop {
            let own = match self.next()? {
                Some(b'"') => self.key()?,
                Some(b',') => continue,
                Some(b'}') => return Ok(Ended::Whole),
                _ => return Ok(Ended::Early),
            };
            if self.next()? != Some(b':') {
                return Ok(Ended::Early);
            }
            if own == key.as_bytes() {
                // The rest says nothing about responses, and is not read.
                return self.elements(inner, take);
            }
            if !self.value(None, usize::MAX)? {
                return Ok(Ended::Early);
            }
        }
    }

    fn list(&mut self, take: &mut dyn FnMut(Value)) -> io::Result<Ended> {
        if self.next()? != Some(b'[') {
            return Ok(Ended::Early);
        }
        loop {
            let first = match self.next()? {
                Some(b',') => continue,
                Some(b']') => return Ok(Ended::Whole),
                Some(first) => first,
                None => return Ok(Ended::Early),
            };
            if !self.value(Some(first), MAX_RESPONSE)? {
                return Ok(Ended::Early);
            }
            take(if self.kept.len() > MAX_RESPONSE {
                Value::TooLong
            } else {
                Value::Whole(&self.kept)
            });
        }
    }

    /// The next byte that isn't white space.
    fn next(&mut self) -> io::Result<Option<u8>> {
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok(None);
            }
            let at = available.iter().position(|byte| !byte.is_ascii_whitespace());
            let byte = at.and_then(|at| available.get(at).copied());
            let used = at.map_or(available.len(), |at| at + 1);
            self.input.consume(used);
            if byte.is_some() {
                return Ok(byte);
            }
        }
    }

    /// The rest of a key, after its first quote.
    fn key(&mut self) -> io::Result<Vec<u8>> {
        self.value(Some(b'"'), MAX_KEY)?;
        let key = self.kept.strip_prefix(b"\"").and_then(|key| key.strip_suffix(b"\""));
        Ok(key.unwrap_or_default().to_owned())
    }

    /// Reads a value and keeps it; without a first byte, reads it and keeps nothing. Returns whether it
    /// is whole. Keeps at most one byte more than the limit.
    fn value(&mut self, first: Option<u8>, limit: usize) -> io::Result<bool> {
        self.kept.clear();
        let is_kept = first.is_some();
        let Some(first) = (match first {
            Some(first) => Some(first),
            None => self.next()?,
        }) else {
            return Ok(false);
        };
        let mut state = State::default();
        if is_kept {
            self.kept.push(first);
        }
        if state.take(&[first]).is_some() {
            return Ok(false);
        }
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok(false);
            }
            let end = state.take(available);
            let part = available.get(..end.unwrap_or(available.len())).unwrap_or(available);
            if is_kept {
                let room = (limit + 1).saturating_sub(self.kept.len()).min(part.len());
                self.kept.extend_from_slice(part.get(..room).unwrap_or(part));
            }
            let used = part.len();
            self.input.consume(used);
            if end.is_some() {
                return Ok(true);
            }
        }
    }
}

/// The longest key that is compared, in bytes.
const MAX_KEY: usize = 100;

/// Where in a value a scan is.
#[derive(Default)]
struct State {
    depth: usize,
    is_in_text: bool,
    is_after_backslash: bool,
}

impl State {
    /// Reads on. Returns how many bytes belong to the value, if it ends among these.
    fn take(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            at += 1;
            if self.is_in_text {
                if std::mem::take(&mut self.is_after_backslash) {
                    continue;
                }
                at += memchr::memchr2(b'"', b'\\', bytes.get(at - 1..)?)?;
                self.is_after_backslash = bytes.get(at - 1) == Some(&b'\\');
                if self.is_after_backslash {
                    continue;
                }
                self.is_in_text = false;
            } else {
                match byte {
                    b'"' => self.is_in_text = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' if self.depth > 0 => self.depth -= 1,
                    // The end of a number or a word. This byte belongs to what is around it.
                    b'}' | b']' | b',' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 => {
                        return Some(at - 1);
                    }
                    _ => continue,
                }
            }
            if self.depth == 0 && !self.is_in_text {
                return Some(at);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::{Ended, Scan, Value};

    /// The elements of `a.b`, read in pieces of a size.
    fn elements(json: &str, size: usize) -> (Vec<String>, Ended) {
        let mut found = Vec::new();
        let mut input = BufReader::with_capacity(size, json.as_bytes());
        let ended = Scan::new(&mut input).elements(&["a", "b"], &mut |element| match element {
            Value::Whole(bytes) => found.push(String::from_utf8(bytes.to_vec()).unwrap()),
            Value::TooLong => found.push("too long".to_owned()),
        });
        (found, ended.unwrap())
    }

    #[test]
    fn elements_are_found_wherever_the_input_is_split() {
        let json = r#" {"x": [1, {"b": []}], "a\"": "]", "a": {"c": null, "b": [ 1, "], \" \\", {"d": ["}"]} ,true,
            [] , -1.5e3]}, "a": 1}"#;
        let wanted = ["1", r#""], \" \\""#, r#"{"d": ["}"]}"#, "true", "[]", "-1.5e3"];
        for size in 1..200 {
            assert_eq!(elements(json, size), (wanted.map(str::to_owned).to_vec(), Ended::Whole));
        }
        let list = json.find("[ 1").unwrap();
        for end in 0..json.len() - r#"]}, "a": 1}"#.len() {
            let (found, ended) = elements(json.get(..end).unwrap_or_default(), 7);
            assert_eq!(ended, Ended::Early, "{end}");
            assert!(end > list || found.is_empty());
            assert!(wanted.iter().zip(&found).all(|(wanted, found)| wanted == found));
        }
    }

    #[test]
    fn what_is_no_such_list_has_no_elements() {
        for (json, wanted) in [
            ("{}", Ended::Whole),
            (r#"{"a":{}}"#, Ended::Whole),
            (r#"{"a":{"b":[]}}"#, Ended::Whole),
            (r#"{"a":{"b":{}}}"#, Ended::Early),
            (r#"{"a":[]}"#, Ended::Early),
            (r#"{"a" 1}"#, Ended::Early),
            ("{a: 1}", Ended::Early),
            ("", Ended::Early),
        ] {
            assert_eq!(elements(json, 3), (Vec::new(), wanted), "{json}");
        }
    }
}
