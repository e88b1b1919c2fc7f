//! What is wrong with a text that lacks the form of its field, and what its author probably meant.

use crate::text::chars;
use crate::text::ident::{self, Case};
use crate::text::urls;

/// Why a text is not a code: the first thing that a person can't see, or its length.
pub(super) fn code_flaw(text: &str) -> Option<String> {
    if text.contains(['\n', '\r']) {
        return Some("it has a line break".to_owned());
    }
    if let Some(c) = text.chars().find(|&c| chars::is_unprintable(c)) {
        return Some(format!("it contains {}", chars::named(c)));
    }
    if text.trim() != text {
        let place = if text.starts_with(char::is_whitespace) { "starts" } else { "ends" };
        return Some(format!("it {place} with a space"));
    }
    (text.chars().count() > 200).then(|| "it is longer than 200 characters".to_owned())
}

/// Why a text is not a name.
pub(super) fn name_flaw(text: &str) -> Option<String> {
    let start = || starts(text, |c| c.is_ascii_alphabetic(), "a letter");
    flaw(text, 200, |c| c.is_ascii_alphanumeric() || "_.:/-".contains(c)).or_else(start)
}

/// Why a text is not an id.
pub(super) fn id_flaw(text: &str) -> Option<String> {
    let start = || starts(text, |c| c.is_ascii_lowercase(), "a letter");
    flaw(text, 100, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_').or_else(start)
}

/// Whether a path has the ending of YAML files.
pub(super) fn is_yaml(path: &str) -> bool {
    let name = [".yaml", ".yml"].iter().find_map(|ending| path.strip_suffix(ending));
    name.is_some_and(|name| !name.is_empty())
}

/// Why a text is not what an `include` names.
pub(super) fn include_flaw(text: &str) -> Option<String> {
    match text.split_once('#') {
        Some((path, _)) if !is_yaml(path) => {
            Some("its path doesn't end in .yaml or .yml".to_owned())
        }
        Some((_, "")) => Some("it has no id after the `#`".to_owned()),
        Some((_, id)) => id_flaw(id),
        None if is_yaml(text) => Some("it doesn't say which surface of that file".to_owned()),
        None => id_flaw(text),
    }
}

/// The path and the id that were meant.
pub(super) fn include_meant(text: &str) -> Option<String> {
    match text.split_once('#') {
        Some((path, id)) if is_yaml(path) && !id.is_empty() => {
            Some(format!("{path}#{}", id_meant(id)?))
        }
        Some((path, _)) if is_yaml(path) => Some(format!("{path}#common")),
        Some(_) => None,
        None if is_yaml(text) => Some(format!("{text}#common")),
        None => id_meant(text),
    }
}

/// Why a text is not the name of a placeholder.
pub(super) fn placeholder_flaw(text: &str) -> Option<String> {
    let start = || starts(text, |c| c.is_ascii_alphabetic(), "a letter");
    flaw(text, usize::MAX, |c| c.is_ascii_alphanumeric() || c == '_').or_else(start)
}

fn starts(text: &str, is_allowed: impl Fn(char) -> bool, with: &str) -> Option<String> {
    (!text.starts_with(is_allowed)).then(|| format!("it doesn't start with {with}"))
}

fn flaw(text: &str, longest: usize, is_allowed: impl Fn(char) -> bool) -> Option<String> {
    if let Some(c) = text.chars().find(|&c| !is_allowed(c)) {
        return Some(match c {
            ' ' => "it contains a space".to_owned(),
            c if c.is_ascii_uppercase() => format!("it contains the capital letter `{c}`"),
            c if c.is_control() || chars::is_odd_space(c) || chars::reorders(c) => {
                format!("it contains {}", chars::named(c))
            }
            c => format!("it contains `{c}`"),
        });
    }
    (text.len() > longest).then(|| format!("it is longer than {longest} characters"))
}

/// A text on one line, without outer space.
pub(super) fn code_meant(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// A text with `_` for what a name can't contain.
pub(super) fn name_meant(text: &str) -> Option<String> {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "_.:/-".contains(c);
    let words = text.split(|c| !is_allowed(c)).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    Some(words.join("_")).filter(|_| text.is_ascii())
}

/// A text in snake case.
pub(super) fn id_meant(text: &str) -> Option<String> {
    ident::in_case(text, Case::Snake)
}

/// A duration in other words: `1 hour`, `0.5s`, `1h30m`, `PT30S`, `2 weeks`.
pub(super) fn duration_meant(text: &str) -> Option<String> {
    let lower = text.trim().to_ascii_lowercase();
    let mut rest = if let Some(iso) = lower.strip_prefix('p') {
        // ISO 8601-1, section 5.5.2.
        iso.replace('t', "")
    } else {
        let words = lower.replace(" and ", " ");
        let one = ["an ", "a ", "one "].iter().find_map(|one| words.strip_prefix(one));
        one.map_or_else(|| words.clone(), |unit| format!("1 {unit}"))
    };
    rest.retain(|c| c != ' ' && c != ',' && c != '_');
    let mut total = 0.0;
    let mut units = Vec::new();
    let mut rest = rest.as_str();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at_checked(digits)?;
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        let (name, after) = after.split_at_checked(letters)?;
        let unit = UNITS.iter().find(|(names, ..)| names.contains(&name))?;
        total += number.parse::<f64>().ok()? * unit.2;
        units.push((number, unit.1));
        rest = after;
    }
    if let [(number, unit)] = units.as_slice()
        && *unit != "w"
        && !number.contains('.')
    {
        return Some(format!("{}{unit}", number.trim_start_matches('0')));
    }
    // The largest unit that gives a whole number.
    let whole = |unit: f64| total >= unit && (total / unit).fract() == 0.0;
    let (_, unit, ms) = UNITS.iter().rev().find(|(_, unit, ms)| *unit != "w" && whole(*ms))?;
    Some(format!("{}{unit}", total / ms))
}

/// Names of units, what the catalog calls them, and their milliseconds.
const UNITS: &[(&[&str], &str, f64)] = &[
    (&["ms", "msec", "msecs", "millis", "millisecond", "milliseconds"], "ms", 1.0),
    (&["s", "sec", "secs", "second", "seconds"], "s", 1000.0),
    (&["m", "min", "mins", "minute", "minutes"], "m", 60_000.0),
    (&["h", "hr", "hrs", "hour", "hours"], "h", 3_600_000.0),
    (&["d", "day", "days"], "d", 86_400_000.0),
    (&["w", "week", "weeks"], "w", 604_800_000.0),
];

/// Why a text is not a duration.
pub(super) fn duration_flaw(text: &str) -> Option<String> {
    if text.chars().all(|c| c.is_ascii_digit()) {
        return Some("it has no unit".to_owned());
    }
    if text.starts_with('0') && !text.contains('.') {
        return Some("it starts with a zero".to_owned());
    }
    text.contains(' ').then(|| "it contains a space".to_owned())
}

/// A version with three numbers, for `v1.0` and the like.
pub(super) fn version_meant(text: &str) -> Option<String> {
    let numbers = text.trim_start_matches(['v', 'V', '=', '^', '~', ' ']).replace(',', ".");
    let missing = 2_usize.checked_sub(numbers.matches('.').count())?;
    let number = |digits: &str| match digits.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => digits.to_owned(),
    };
    let numbers: Vec<String> = numbers.split('.').map(number).collect();
    Some(numbers.join(".") + &".0".repeat(missing))
}

/// A media type for JSON.
pub(super) fn media_type_meant(text: &str) -> Option<String> {
    let plain = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match plain.as_str() {
        "json" | "text/json" | "application/x-json" => Some("application/json".to_owned()),
        plain if !plain.contains("json") => None,
        plain if !plain.contains('/') => Some(format!("application/{plain}")),
        plain => Some(plain.to_owned()),
    }
}

/// A URL with its scheme.
pub(super) fn url_meant(text: &str) -> Option<String> {
    let text = text.trim();
    let rest = text.trim_start_matches('/');
    let has_host = rest
        .split('/')
        .next()
        .is_some_and(|host| host.contains('.') || host.starts_with("localhost"));
    (has_host && !rest.contains("://") && text.len() - rest.len() != 1)
        .then(|| format!("https://{rest}"))
}

/// Why a URL can't be a link.
pub(super) fn link_flaw(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("://")?;
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if host.contains('@') {
        return Some("it contains a user name".to_owned());
    }
    if !host.is_ascii() {
        return Some("its host isn't in ASCII".to_owned());
    }
    let last = text.chars().next_back().filter(|c| ".,:;!?".contains(*c));
    let end = || last.map(|c| format!("it ends with `{c}`"));
    flaw(path, usize::MAX, is_in_link).or_else(end)
}

/// A URL with its odd characters percent-encoded, or with its scheme.
pub(super) fn link_meant(text: &str) -> Option<String> {
    let text = text.trim_matches([' ', '<', '>']).trim_end_matches(['.', ',', ';']);
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return url_meant(text);
    }
    let mut url = String::with_capacity(text.len());
    for c in text.chars() {
        if is_in_link(c) {
            url.push(c);
        } else {
            url.extend(c.to_string().bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    Some(url)
}

fn is_in_link(c: char) -> bool {
    urls::is_in_url(c) && !matches!(c, ';' | '\'')
}

/// The URL of a page, without what follows a `#`.
pub(super) fn page_meant(text: &str) -> Option<String> {
    let page = text.split('#').next().unwrap_or_default();
    url_meant(page).or_else(|| Some(page.to_owned()))
}

/// An e-mail address without the scheme of a link, or with its `@` written out.
pub(super) fn email_meant(text: &str) -> Option<String> {
    let address = text.trim().trim_start_matches("mailto:").trim_matches(['<', '>']);
    let address = address.replace(" at ", "@").replace("(at)", "@").replace("[at]", "@");
    address.contains('@').then_some(address)
}

/// `5xx` for `5XX`, `5x`, `50x`, `5**` and `500s`.
pub(super) fn class_meant(text: &str) -> Option<String> {
    let class = text.chars().next().filter(|c| matches!(c, '4' | '5'))?;
    let is_rest = |c: char| "xX*0s-".contains(c);
    let is_class = text.len() > 1 && text.chars().skip(1).all(is_rest);
    is_class.then(|| format!("{class}xx"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_in_other_words_are_understood() {
        for (text, meant) in [
            ("1 hour", "1h"),
            ("1 sec", "1s"),
            ("500 ms", "500ms"),
            ("0.5s", "500ms"),
            ("90 minutes", "90m"),
            ("1.5h", "90m"),
            ("1h30m", "90m"),
            ("1 hour and 30 minutes", "90m"),
            ("PT30S", "30s"),
            ("P1D", "1d"),
            ("2 weeks", "14d"),
            ("10 Min", "10m"),
        ] {
            assert_eq!(duration_meant(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["", "60", "soon", "1 fortnight", "h"] {
            assert_eq!(duration_meant(text), None, "{text}");
        }
    }

    #[test]
    fn other_slips_are_understood() {
        assert_eq!(version_meant("v1.0").as_deref(), Some("1.0.0"));
        assert_eq!(version_meant("1.2.3.4"), None);
        assert_eq!(media_type_meant("problem+json").as_deref(), Some("application/problem+json"));
        assert_eq!(url_meant("docs.acme.dev/x").as_deref(), Some("https://docs.acme.dev/x"));
        assert_eq!(url_meant("/errors"), None);
        assert_eq!(page_meant("https://a.dev/x#y").as_deref(), Some("https://a.dev/x"));
        let link = link_meant("https://a.dev/ä;c.").unwrap_or_default();
        assert_eq!(link, "https://a.dev/%C3%A4%3Bc");
        let link = link_meant("<https://a.dev/x y>").unwrap_or_default();
        assert_eq!(link, "https://a.dev/x%20y");
        assert_eq!(email_meant("mailto:a@b.dev").as_deref(), Some("a@b.dev"));
        for text in ["5XX", "5x", "50x", "5**", "500s"] {
            assert_eq!(class_meant(text).as_deref(), Some("5xx"), "{text}");
        }
        assert_eq!(class_meant("503"), None);
    }

    #[test]
    fn flaws_are_named() {
        assert_eq!(name_flaw("not found").as_deref(), Some("it contains a space"));
        assert_eq!(code_flaw("not found"), None);
        for (url, flaw) in [
            ("https://me:pw@a.dev", "it contains a user name"),
            ("https://ä.dev/x", "its host isn't in ASCII"),
            ("https://a.dev/ä", "it contains `ä`"),
            ("https://a.dev/x.", "it ends with `.`"),
        ] {
            assert_eq!(link_flaw(url).as_deref(), Some(flaw));
        }
        assert_eq!(code_flaw("not\nfound").as_deref(), Some("it has a line break"));
        assert_eq!(code_flaw(" x").as_deref(), Some("it starts with a space"));
        assert_eq!(code_flaw("x ").as_deref(), Some("it ends with a space"));
        assert_eq!(name_flaw("2fa").as_deref(), Some("it doesn't start with a letter"));
        assert_eq!(id_flaw("API").as_deref(), Some("it contains the capital letter `A`"));
        assert_eq!(
            code_flaw(&"a".repeat(201)).as_deref(),
            Some("it is longer than 200 characters")
        );
    }
}
