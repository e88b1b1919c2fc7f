//! A test: the patterns of the JSON Schemas accept the same texts as the check of a file.

use crate::catalog::CATALOG_FIELDS;
use crate::config::{CONFIG, FORMS};
use crate::document::schema::{Form, Kind, Mapping};

/// Texts that are near the border of some form.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "", " ", "a", "A", "1", "_", "ab_1", "a-b", "a b", "a.b:c/d-e", "1a", "é", "aé", "a\n", "\na",
    "a\u{85}", "\u{feff}", "\u{a0}", "\u{2028}", "\u{202e}", "\u{9f}", "\u{7f}", "\0", "1ms", "1s",
    "1m", "1h", "1d", "0s", "01s", "s", "1w", "1 s", " 1s", "1s ", "-1s", "1.5s", "3600000ms",
    "3600001ms", "3599999ms", "999999ms", "1000000ms", "2999999ms", "3500000ms", "3600s", "3601s",
    "3599s", "2999s", "999s", "1000s", "60m", "61m", "59m", "9m", "2h", "24h", "31536000000ms",
    "31536000001ms", "31535999999ms", "31500000000ms", "31000000000ms", "30999999999ms",
    "29999999999ms", "9999999999ms", "31536000s", "31536001s", "31535999s", "29999999s",
    "30999999s", "31499999s", "31529999s", "31530000s", "9999999s", "525600m", "525601m", "525599m",
    "519999m", "524999m", "499999m", "99999m", "8760h", "8761h", "8759h", "8699h", "7999h", "999h",
    "365d", "366d", "364d", "299d", "99d", "999d", "99999999999999999999d", "4xx", "5xx", "6xx",
    "5XX", "5xxx", "x5xx", "1.0.0", "1.0", "v1.0.0", "1.0.0-rc.1+b", "1.0.0-01", "01.0.0", "1.0.0-",
    "1.0.0+", "*", ">=0.1, <0.3", "^1.2", "~1.2.3-a", "1.*", "1.*.*", "1.x", "1.*.2", "=1.2.*",
    ">1.2-a", "a.b", ">=", "1,", ",1", "1 ,2", "1 2", "> 1", "1.2.3+b, 2", "*, 1", "newest", "json",
    "a/b", "a/b/c", "/b", "a/", "application/problem+json", "a/b;c", "text/é", "http://",
    "http://a", "https://a", "ftp://a", "HTTP://a", "https://a#b", "https://a b", "https://a\u{85}",
    "https://a\u{feff}", "https://a\u{2028}", "https://a\u{1}", "https://<a>", "https://a\"",
    " https://a", "a@b", "@b", "a@", "a@b@c", "a @b", "a@b\u{85}", "a@\u{a0}b", "<a@b>",
    "\u{200b}a", "a\u{200b}", "a\u{200b}b", "a\u{ad}b", "a\u{a0}b", "a\u{2028}b", "a\u{fffe}b", "a\tb", "“a”",
    "<a>", "@a/b", "@a", "@/b", "@a/b/c", "@A/b", "-a", ".a", "_a", "@-a/-b", "@.a/b",
];

/// Forms that a regular expression could describe only at great length.
const COMPLEX: &[&str] = &["a requirement on errcat's version"];

#[test]
fn each_pattern_accepts_what_its_form_holds() {
    let mut forms: Vec<_> = FORMS.iter().map(|(_, form)| *form).collect();
    for table in [&CATALOG_FIELDS, &CONFIG] {
        forms_of_mapping(table, &mut forms);
    }
    let long = [64, 65, 100, 101, 200, 201, 214, 215].map(|length| "a".repeat(length));
    let texts = TEXTS.iter().copied().chain(long.iter().map(String::as_str));
    for form in forms {
        let pattern = regress::Regex::new(form.pattern).unwrap();
        for text in texts.clone().chain([form.example]) {
            let (matches, holds) = (pattern.find(text).is_some(), (form.holds)(text));
            let may_match = holds || matches && COMPLEX.contains(&form.what);
            assert_eq!(matches, may_match, "{}: {text:?}", form.what);
        }
        assert!((form.holds)(form.example), "{}", form.what);
    }
}

fn forms_of_mapping(mapping: &Mapping, found: &mut Vec<&'static Form>) {
    mapping.fields.iter().for_each(|field| forms(&field.kind, found));
}

fn forms(kind: &Kind, found: &mut Vec<&'static Form>) {
    match kind {
        Kind::Form(form) => found.extend([*form].into_iter().chain(form.within)),
        Kind::Named(form, kind) => {
            found.push(form);
            forms(kind, found);
        }
        Kind::List(kind) => forms(kind, found),
        Kind::OneOf(kinds) => kinds.iter().for_each(|kind| forms(kind, found)),
        Kind::Mapping(mapping) => forms_of_mapping(mapping, found),
        _ => {}
    }
}
