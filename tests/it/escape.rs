//! Each language's own parser reads catalog text back unchanged. (Node reads TypeScript and
//! JavaScript, in tests/node.)

use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser};
use regress::Regex;

use crate::mdbook::is_comment;
use crate::{Repo, SMALL, fixture};

/// Renders a template for a catalog with one error for each hostile text, which is its meaning.
fn rendered(file: &str, template: &str) -> String {
    let mut catalog: String = SMALL.lines().take(9).map(|line| line.to_owned() + "\n").collect();
    for (index, text) in fixture::accepted().iter().enumerate() {
        let text = fixture::written(&serde_json::Value::from(text.as_str()));
        catalog += &format!(
            "      - {{code: c{index}, status: 400, meaning: {text}, fix: f, retryable: false, allow: []}}\n"
        );
    }
    let repo = Repo::new()
        .file("errors.yaml", catalog)
        .file(&format!("templates/own/{file}.j2"), template)
        .file(
            "errcat.yaml",
            "{errcat: 1, templates: templates, outputs: [{catalog: errors.yaml, target: own, out: out}]}",
        );
    repo.generate().unwrap();
    repo.read(&format!("out/{file}"))
}

const LOOP: &str = "{% for e in catalog.surfaces[0].errors %}";

#[test]
fn rust_strings_are_read_back_by_syn() {
    let text = rendered("x.rs", &format!("{LOOP}{{{{ e.meaning | rust_str }}}}\n{{% endfor %}}"));
    let literals: Vec<&str> = text.lines().skip(2).collect();
    let values: Vec<String> = literals
        .iter()
        .map(|line| {
            syn::parse_str::<syn::LitStr>(line).unwrap_or_else(|e| panic!("{line}: {e}")).value()
        })
        .collect();
    assert_eq!(values, fixture::accepted());
}

#[test]
fn rust_numbers_are_read_back_by_syn() {
    for (number, literal) in
        [("0", "0.0"), ("-3", "-3.0"), ("1.5", "1.5"), ("1e21", "1e21"), ("1e-7", "1e-7")]
    {
        let text = rendered("x.rs", &format!("{{{{ {number} | rust_number }}}}\n"));
        let line = text.lines().nth(2).unwrap();
        assert_eq!(line, literal);
        let digits = syn::parse_str::<syn::LitFloat>(line.trim_start_matches('-')).unwrap();
        let value: f64 = digits.base10_parse().unwrap();
        assert_eq!(Ok(value), number.trim_start_matches('-').parse());
    }
    let text = rendered("x.rs", "{{ 'x' | rust_number }}\n");
    assert_eq!(text.lines().nth(2), Some("f64::NAN"));
}

/// The compiler reads a string, and rustdoc reads that as Markdown.
#[test]
fn rust_notes_are_read_back_by_syn_and_as_markdown() {
    let text = rendered("x.rs", &format!("{LOOP}{{{{ e.meaning | rust_note }}}}\n{{% endfor %}}"));
    let literals = text.lines().skip(2);
    let notes = literals.map(|line| syn::parse_str::<syn::LitStr>(line).unwrap().value());
    for (note, text) in notes.zip(fixture::accepted()) {
        assert_eq!(blocks_with(RUSTDOC, &note).concat(), spaced(&visible(&text)), "{note}");
    }
}

#[test]
fn json_is_read_back_by_serde_json() {
    let text = rendered(
        "x.json",
        &format!(
            "[{LOOP}{{{{ e.meaning | json }}}}{{% if not loop.last %}},{{% endif %}}\n{{% endfor %}}]"
        ),
    );
    let values: Vec<String> = serde_json::from_str(&text).unwrap();
    assert_eq!(values, fixture::accepted());
    let text = rendered("x.json", "{{ catalog | json_pretty }}\n");
    let catalog: serde_json::Value = serde_json::from_str(&text).unwrap();
    for (entry, text) in
        catalog["surfaces"][0]["errors"].as_array().unwrap().iter().zip(fixture::accepted())
    {
        assert_eq!(entry["meaning"], *text);
    }
}

#[test]
fn yaml_is_read_back_by_a_yaml_parser() {
    for filter in ["yaml_str", "json"] {
        let text =
            rendered("x.yaml", &format!("{LOOP}- {{{{ e.meaning | {filter} }}}}\n{{% endfor %}}"));
        let values: Vec<String> = serde_yaml::from_str(&text).unwrap();
        assert_eq!(values, fixture::accepted(), "{filter}");
    }
}

#[test]
fn toml_is_read_back_by_a_toml_parser() {
    let text = rendered(
        "x.toml",
        &format!("list = [\n{LOOP}{{{{ e.meaning | toml_str }}}},\n{{% endfor %}}]\n"),
    );
    let table: toml::Table = text.parse().unwrap();
    let values: Vec<&str> =
        table["list"].as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect();
    assert_eq!(values, fixture::accepted());
    let text = rendered(
        "x.toml",
        &format!("{LOOP}[[keys]]\n{{{{ e.meaning | toml_key }}}} = 0\n{{% endfor %}}"),
    );
    let table: toml::Table = text.parse().unwrap();
    let keys: Vec<&str> = table["keys"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|v| v.as_table().unwrap().keys())
        .map(String::as_str)
        .collect();
    assert_eq!(keys, fixture::accepted());
}

#[test]
fn csv_is_read_back_as_one_field_without_formulas() {
    for filter in ["csv_str", "csv_text"] {
        let page =
            rendered("x.csv", &format!("{LOOP}{{{{ e.meaning | {filter} }}}}\n{{% endfor %}}"));
        let fields: Vec<String> = page.lines().map(csv_field).collect();
        let texts = fixture::accepted();
        assert_eq!(fields.len(), texts.len());
        for (field, text) in fields.iter().zip(&texts) {
            for separator in [',', ';', '|', '\t'] {
                assert!(!field.split(separator).any(starts_a_formula), "{field}");
            }
            if filter == "csv_str" {
                assert_eq!(field.replace('\'', ""), text.replace('\'', ""));
            } else {
                // It turns characters that nobody sees into spaces.
                let is_other = |c: char| c == '\'' || !c.is_ascii_graphic();
                assert_eq!(field.replace(is_other, ""), visible(text).replace(is_other, ""));
            }
        }
    }
    for (text, field) in [
        ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""),
        ("  -1", "\"  '-1\""),
        ("a;=1", "\"a;'=1\""),
        ("a\";\"=1", "\"a\"\";\"\"'=1\""),
        ("a\n@b", "\"a\n'@b\""),
        ("＝1", "\"'＝1\""),
        ("1 = 2 - a@b.dev", "\"1 = 2 - a@b.dev\""),
    ] {
        assert_eq!(
            rendered("x.csv", &format!("{{{{ {text:?} | csv_str }}}}\n")),
            format!("{field}\n")
        );
    }
}

/// The text of a line that is one field in quotes, as in section 2 of RFC 4180.
fn csv_field(line: &str) -> String {
    let inside = line.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let inside = inside.unwrap_or_else(|| panic!("{line}")).replace("\"\"", "\u{0}");
    assert!(!inside.contains('"'), "{line}");
    inside.replace('\u{0}', "\"")
}

fn starts_a_formula(cell: &str) -> bool {
    let cell = cell.trim_start_matches(|c: char| c == '"' || c.is_whitespace());
    cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// A reader sees the text without the backticks of its code spans.
#[test]
fn markdown_shows_the_text_and_nothing_of_it_acts() {
    for template in [
        format!("{LOOP}{{{{ e.meaning | md_text }}}}\n\n{{% endfor %}}"),
        format!("{LOOP}# {{{{ e.meaning | md_text }}}}\n\n{{% endfor %}}"),
        format!("{LOOP}# {{{{ e.meaning | md_heading }}}}\n\n{{% endfor %}}"),
        format!("{LOOP}- {{{{ e.meaning | md_text }}}}\n{{% endfor %}}"),
        format!("| a |\n| --- |\n{LOOP}| {{{{ e.meaning | md_cell }}}} |\n{{% endfor %}}"),
    ] {
        let page = rendered("x.md", &format!("# Page\n\n{template}"));
        let seen = blocks(&page);
        let want: Vec<String> =
            fixture::accepted().iter().map(|text| spaced(&visible(text))).collect();
        let seen: Vec<String> =
            seen.into_iter().filter(|text| text != "Page" && text != "a").collect();
        assert_eq!(seen, want, "{template}");
    }
}

/// Code in a cell shows every character of a name, also where it may break.
#[test]
fn long_code_in_a_cell_is_shown_whole() {
    let long = "aVeryLong.name_of/an-error:that|breaks<b>";
    let cell = format!("| a |\n| --- |\n| {{{{ \"{long}\" | md_cell_code }}}} |\n");
    let page = rendered("x.md", &format!("# Page\n\n{cell}"));
    assert_eq!(blocks(&page).last().unwrap(), long);
    assert!(page.contains("<wbr/>"), "{page}");
}

/// The text of each paragraph, heading, list item and table cell. Any other markup fails the test, except links
/// to the URL that is their text.
fn blocks(page: &str) -> Vec<String> {
    blocks_with(RUSTDOC | Options::ENABLE_MATH, page)
}

/// What rustdoc reads, except that it makes quotes curly.
const RUSTDOC: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_FOOTNOTES);

fn blocks_with(options: Options, page: &str) -> Vec<String> {
    use pulldown_cmark::{Tag, TagEnd};
    let mut blocks = Vec::new();
    let mut current = String::new();
    // Where the open link leads, and where its text begins.
    let mut link = (String::new(), 0);
    for event in Parser::new_ext(page, options) {
        match event {
            Event::Text(text) | Event::Code(text) => current += &text,
            Event::Start(Tag::Link { dest_url, .. }) => {
                link = (dest_url.into_string(), current.len());
            }
            Event::End(TagEnd::Link) => {
                assert_eq!(current.get(link.1..), Some(link.0.as_str()));
                assert!(link.0.starts_with("https://") || link.0.starts_with("http://"));
            }
            Event::InlineHtml(html) => match html.as_ref() {
                "<wbr/>" | "<code>" | "</code>" | "<span>" | "</span>" => {}
                other => panic!("{other} came through"),
            },
            Event::Html(html) if is_comment(&html) => {}
            Event::SoftBreak => current.push(' '),
            Event::Start(
                Tag::HtmlBlock
                | Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::List(None)
                | Tag::Item
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell,
            ) => {}
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell,
            ) => {
                blocks.push(spaced(&std::mem::take(&mut current)));
            }
            Event::End(
                TagEnd::HtmlBlock
                | TagEnd::List(_)
                | TagEnd::Table
                | TagEnd::TableHead
                | TagEnd::TableRow,
            ) => {}
            other => panic!("{other:?} in a page of plain text"),
        }
    }
    blocks
}

/// HTML shows a run of spaces as one.
pub(crate) fn spaced(text: &str) -> String {
    text.split([' ', '\t', '\n']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text without the backticks of its code spans.
pub(crate) fn visible(text: &str) -> String {
    parts(text).into_iter().map(|(_, part)| part).collect()
}

/// The parts of a text, and whether each is a code span, as a Markdown parser finds them.
pub(crate) fn parts(text: &str) -> Vec<(bool, String)> {
    // Only backticks mean something in a catalog. Hide everything else from the parser.
    let hidden: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_punctuation() && c != '`' {
                char::from_u32(0xe100 + c as u32).unwrap()
            } else {
                c
            }
        })
        .collect();
    let hidden = format!("\u{e0ff}{hidden}\u{e0ff}");
    let back = |c: char| match c as u32 {
        0xe0ff => None,
        code @ 0xe100..=0xe17f => char::from_u32(code - 0xe100),
        _ => Some(c),
    };
    let shown = |text: &str| text.chars().filter_map(back).collect();
    Parser::new(&hidden)
        .filter_map(|event| match event {
            Event::Text(text) => Some((false, shown(&text))),
            Event::Code(text) => Some((true, shown(&text))),
            Event::SoftBreak => Some((false, " ".to_owned())),
            _ => None,
        })
        .collect()
}

/// What comes before and after code in a text that [`urls`] reads.
pub(crate) const CODE: char = '\u{e0fd}';

/// The URLs in a text that become links, found by regular expressions.
pub(crate) fn urls(text: &str) -> Vec<String> {
    const MARKS: &str = "“”„‘’‚«»‹›…–—、。，．：；！？・「」『』（）［］【】《》〈〉";
    // A byte order mark isn't a space.
    const SPACE: &str = r"[^\S\uFEFF]";
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        let c = r"[-\w.~:/?#@!&+,;=%']";
        let inside = (0..8).fold(format!("{c}*"), |inner, _| format!(r"(?:{c}|\({inner}\))*"));
        Regex::new(&format!(r#"(?<=^|{SPACE}|[(\[<"'{MARKS}])https?://{inside}"#)).unwrap()
    });
    static URL: LazyLock<Regex> = LazyLock::new(|| {
        let label = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?";
        let part = "(?:[^;'%#]|%[0-9A-Fa-f]{2})*";
        let path = format!("(?:[/?]{part})?(?:#{part})?");
        Regex::new(&format!(r"^https?://{label}(?:\.{label})*(?::\d{{1,4}})?{path}$")).unwrap()
    });
    static END: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(&format!(r#"^(?:$|{SPACE}|[)\]>"{MARKS}])"#)).unwrap());
    if !text.contains("http") {
        return Vec::new();
    }
    let parts = text.split(CODE).enumerate();
    let text: String = parts.map(|(at, part)| if at % 2 == 0 { part } else { "`" }).collect();
    let punctuation = ['.', ',', ':', ';', '!', '?', '\''];
    let found = WORD.find_iter(&text).filter_map(|word| {
        let url = text.get(word.range())?.trim_end_matches(punctuation);
        let after = text.get(word.start() + url.len()..)?.trim_start_matches(punctuation);
        (URL.find(url).is_some() && END.find(after).is_some()).then(|| url.to_owned())
    });
    found.collect()
}

/// In frontmatter the text is YAML data. If a template prints it elsewhere by mistake, Markdown shows
/// the characters of the YAML scalar, and none of them acts.
#[test]
fn frontmatter_is_read_back_by_a_yaml_parser_and_is_plain_text_to_markdown() {
    let page = rendered(
        "x.md",
        &format!(
            "---\n{LOOP}c{{{{ loop.index }}}}: {{{{ e.meaning | md_frontmatter }}}}\n{{% endfor %}}---\n\nText\n"
        ),
    );
    let yaml = page.strip_prefix("---\n# Code generated").unwrap().split("\n---\n").next().unwrap();
    let scalars: Vec<&str> =
        yaml.lines().skip(1).map(|line| line.split_once(": ").unwrap().1).collect();
    let values: Vec<String> =
        scalars.iter().map(|scalar| serde_yaml::from_str(scalar).unwrap()).collect();
    let want: Vec<String> =
        fixture::accepted().iter().map(|text| visible(text).replace('\\', "∖")).collect();
    assert_eq!(values, want);
    let seen = blocks(&scalars.join("\n\n"));
    let scalars: Vec<String> = scalars.iter().map(|scalar| spaced(scalar)).collect();
    assert_eq!(seen, scalars);
}

/// A line of a literal block contains the text as Markdown, and the block ends where it should.
#[test]
fn markdown_in_a_yaml_block_is_read_back() {
    let text =
        rendered("x.yaml", &format!("{LOOP}- |-\n  {{{{ e.meaning | yaml_md }}}}\n{{% endfor %}}"));
    let values: Vec<String> = serde_yaml::from_str(&text).unwrap();
    let seen: Vec<String> = values.iter().map(|value| blocks(value).join("")).collect();
    let want: Vec<String> = fixture::accepted().iter().map(|text| spaced(&visible(text))).collect();
    assert_eq!(seen, want);
}
