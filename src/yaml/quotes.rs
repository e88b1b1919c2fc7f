//! Texts in quotes that end too early or too late, in a file that the parser refused.

/// A text in quotes that is not the whole value.
pub(super) struct Misquoted {
    /// The line and column of its first quote.
    pub open: (usize, usize),
    /// Those of its last one; `None` if the file ends first.
    pub close: Option<(usize, usize)>,
    /// `"` or `'`.
    pub quote: char,
}

/// The first text in quotes up to a place that is followed by something other than the end of a value,
/// or that the file ends in.
///
/// The parser's error is where such a text ends, or after it, often many lines below.
pub(super) fn misquoted(text: &str, until: (usize, usize)) -> Option<Misquoted> {
    let lines = text.lines().take(until.0).map(|line| line.chars().collect()).collect();
    let mut scanner = Scanner { lines };
    let mut line = 0;
    while line < until.0.min(scanner.lines.len()) {
        match scanner.line(line) {
            Ok(next) => line = next,
            Err(misquoted) => return Some(misquoted),
        }
    }
    None
}

struct Scanner {
    lines: Vec<Vec<char>>,
}

impl Scanner {
    fn char(&self, line: usize, at: usize) -> Option<char> {
        self.lines.get(line)?.get(at).copied()
    }

    /// Goes over a line. Returns the line to go on with: a text in quotes, or one after `|` or `>`, may
    /// take several.
    fn line(&mut self, first: usize) -> Result<usize, Misquoted> {
        let (mut line, mut at) = (first, 0);
        let mut starts_value = true;
        // Whether only spaces and `- ` came so far.
        let mut is_start = true;
        // The column of the key or `-` that a text after `|` or `>` must be indented deeper than.
        let mut outer = 0;
        while let Some(c) = self.char(line, at) {
            let next = self.char(line, at + 1);
            match c {
                '"' | '\'' if starts_value => {
                    let open = (line + 1, at + 1);
                    let Some((last, end)) = self.close(line, at + 1, c) else {
                        return Err(Misquoted { open, close: None, quote: c });
                    };
                    if !self.ends_value(last, end + 1) {
                        let close = Some((last + 1, end + 1));
                        return Err(Misquoted { open, close, quote: c });
                    }
                    (line, at) = (last, end);
                    (starts_value, is_start) = (false, false);
                }
                '|' | '>' if starts_value && line == first => {
                    return Ok(self.block(line + 1, outer));
                }
                '#' if at == 0 || self.char(line, at - 1).is_some_and(char::is_whitespace) => break,
                ' ' | '\t' => {}
                '-' if starts_value && matches!(next, Some(' ') | None) => outer = at,
                ':' if matches!(next, Some(' ') | None) => starts_value = true,
                '[' | '{' | ',' => starts_value = true,
                _ => {
                    if is_start {
                        outer = at;
                    }
                    (starts_value, is_start) = (false, false);
                }
            }
            at += 1;
        }
        Ok(line + 1)
    }

    /// The first line after a text of several lines.
    fn block(&self, from: usize, outer: usize) -> usize {
        let is_within = |line: &Vec<char>| match line.iter().position(|c| *c != ' ') {
            Some(indent) => indent > outer,
            None => true,
        };
        let lines = self.lines.iter().skip(from);
        from + lines.take_while(|line| is_within(line)).count()
    }

    /// Where a text in quotes ends.
    fn close(&self, mut line: usize, mut at: usize, quote: char) -> Option<(usize, usize)> {
        loop {
            let Some(c) = self.char(line, at) else {
                (line, at) = (line + 1, 0);
                if line >= self.lines.len() {
                    return None;
                }
                continue;
            };
            let is_double = quote == '\'' && self.char(line, at + 1) == Some('\'');
            match c {
                '\\' if quote == '"' => at += 2,
                c if c == quote && is_double => at += 2,
                c if c == quote => return Some((line, at)),
                _ => at += 1,
            }
        }
    }

    /// Whether the rest of a line from a place on can follow a value in quotes.
    fn ends_value(&self, line: usize, from: usize) -> bool {
        let mut next = from;
        while matches!(self.char(line, next), Some(' ' | '\t')) {
            next += 1;
        }
        match self.char(line, next) {
            None | Some(',' | ']' | '}' | ':') => true,
            Some(c) => c == '#' && next > from,
        }
    }
}
