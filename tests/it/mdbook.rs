//! Pages as mdBook reads them, by its own parser with its default options: each block, anchor and
//! link that readers should see is there, in its order, and nothing else is.

use mdbook_markdown::{MarkdownOptions, new_cmark_parser};
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use serde_json::{Value, json};

use crate::escape::spaced;
use crate::shown;

/// Compares a page with what it should show.
pub(crate) fn check(page: &str, shown: &Value) {
    let (mut blocks, links) = read(page);
    let mut wanted = shown["blocks"].as_array().unwrap().clone();
    // A heading with an id has its other anchors before it.
    for blocks in [&mut blocks, &mut wanted] {
        let anchors = blocks.chunk_by_mut(|one, other| one[0] == "a" && other[0] == "a");
        anchors.for_each(|anchors| anchors.sort_by_key(|one| one[1].to_string()));
    }
    for (number, wanted) in wanted.iter().enumerate() {
        let made = blocks.get(number).unwrap_or(&Value::Null);
        let is_any = wanted[1] == "*" && wanted[0] == made[0];
        assert!(is_any || *made == typed(wanted), "{made} instead of {wanted}");
    }
    assert_eq!(blocks.len(), wanted.len(), "there is more: {:?}", blocks.last());
    let mut pairs = links.iter().zip(shown["links"].as_array().unwrap());
    assert_eq!(pairs.find(|(made, wanted)| **made != **wanted), None);
    assert_eq!(links.len(), shown["links"].as_array().unwrap().len());
    let leads = |link: &String| {
        // Those to another page are checked in shown.rs.
        !link.starts_with('#')
            || blocks.iter().any(|one| one[0] == "a" && one[1].as_str() == link.strip_prefix('#'))
    };
    assert_eq!(links.iter().find(|link| !leads(link)), None, "a link leads nowhere");
}

/// mdBook shows some characters as a typesetter would.
fn typed(block: &Value) -> Value {
    let Some(text) = block[1].as_str() else { return block.clone() };
    json!([block[0], untypeset(text)])
}

fn untypeset(text: &str) -> String {
    let text = text.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
    spaced(&text.replace('—', "---").replace('–', "--").replace('…', "..."))
}

/// Whether HTML is nothing but a comment.
pub(crate) fn is_comment(html: &str) -> bool {
    let inside = html.trim().strip_prefix("<!--").and_then(|html| html.strip_suffix("-->"));
    inside.is_some_and(|inside| !inside.contains("-->"))
}

/// The blocks and links of a page.
fn read(page: &str) -> (Vec<Value>, Vec<String>) {
    let (mut blocks, mut links) = (Vec::new(), Vec::new());
    let (mut text, mut is_head) = (String::new(), false);
    let options = MarkdownOptions::default();
    assert!(options.smart_punctuation);
    for event in new_cmark_parser(page, &options) {
        let kind = match event {
            Event::Text(part) | Event::Code(part) => {
                text += &part;
                continue;
            }
            Event::SoftBreak => {
                text.push(' ');
                continue;
            }
            Event::InlineHtml(html) => {
                let id = html.strip_prefix("<a id=\"").and_then(|rest| rest.strip_suffix("\">"));
                if let Some(id) = id {
                    blocks.push(json!(["a", id]));
                }
                let known = ["</a>", "<br/>", "<wbr/>", "<code>", "</code>", "<span>", "</span>"];
                assert!(id.is_some() || known.contains(&html.as_ref()), "{html}");
                if html.as_ref() == "<br/>" {
                    text.push(' ');
                }
                continue;
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                links.push(dest_url.into_string());
                continue;
            }
            Event::Start(Tag::TableHead) => {
                is_head = true;
                continue;
            }
            Event::End(TagEnd::TableHead) => {
                is_head = false;
                continue;
            }
            Event::Start(Tag::Heading { id, .. }) => {
                blocks.extend(id.map(|id| json!(["a", *id])));
                continue;
            }
            Event::Start(
                Tag::Paragraph
                | Tag::List(_)
                | Tag::Item
                | Tag::Strong
                | Tag::Table(_)
                | Tag::TableRow
                | Tag::TableCell
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock,
            )
            | Event::End(
                TagEnd::Link
                | TagEnd::List(_)
                | TagEnd::Strong
                | TagEnd::Table
                | TagEnd::TableRow
                | TagEnd::HtmlBlock,
            ) => continue,
            Event::Html(html) if is_comment(&html) => continue,
            Event::End(TagEnd::Paragraph) => "p",
            Event::End(TagEnd::Item) => "li",
            Event::End(TagEnd::TableCell) if is_head => "th",
            Event::End(TagEnd::TableCell) => "td",
            Event::End(TagEnd::CodeBlock) => "pre",
            Event::End(TagEnd::Heading(level)) => match level {
                HeadingLevel::H1 => "h1",
                HeadingLevel::H2 => "h2",
                HeadingLevel::H3 => "h3",
                _ => "h4",
            },
            other => panic!("{other:?} in a page of plain text"),
        };
        let text = std::mem::take(&mut text);
        if kind == "pre" {
            blocks.push(json!([kind, serde_json::from_str::<Value>(&text).unwrap()]));
        } else if kind != "p" || !text.trim().is_empty() {
            // A paragraph without words is one of anchors.
            blocks.push(json!([kind, untypeset(&text)]));
        }
    }
    (blocks, links)
}

#[test]
fn mistakes_are_found() {
    let catalog = json!({
        "title": "T", "intro": null, "surfaces": [], "tags": [], "retry": null, "contact": null,
    });
    let shown = shown::of(&catalog);
    let page = "# T\n\n<!-- x -->\n\n## Error shapes\n";
    check(page, &shown);
    for more in [
        "text\n",
        "<a id=\"b\"></a>\n",
        "[a](#b)\n",
        "<https://a.dev>\n",
        "*a*\n",
        "<b>a</b>\n",
        "<!-- a --><b>\n",
    ] {
        let page = format!("{page}\n{more}");
        assert!(std::panic::catch_unwind(|| check(&page, &shown)).is_err(), "{more}");
    }
    assert!(std::panic::catch_unwind(|| check("# T\n", &shown)).is_err());
}
