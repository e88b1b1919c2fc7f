//! The catalog says every word of TensorLoop's errors page: its Markdown, read by a Markdown
//! parser, is the page's plain text. What only the generated page has (the errors by status, a section an
//! error, groups, whether to retry, what follows from the strategy) is passed over.

use std::fs;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::{Repo, root};

#[test]
fn the_page_is_in_the_catalog_word_for_word() {
    let catalog = fs::read_to_string(root().join("catalog/tensorloop.yaml")).unwrap();
    let repo = Repo::new().file("tensorloop.yaml", catalog);
    let only = ["--target", "json", "--target", "markdown", "--out-root", "out"];
    repo.ok(&[&["generate", "--catalog", "tensorloop.yaml"][..], &only].concat());
    let json: serde_json::Value =
        serde_json::from_str(&repo.read("out/json/catalog.json")).unwrap();
    let product = json["product"].as_str().unwrap();
    let made = format!("{product}\n\n{}\n", plain_text(&repo.read("out/markdown/errors.md")));
    let page = fs::read_to_string(root().join("tests/it/page/tensorloop-errors.txt")).unwrap();
    assert_same(&made, page.trim_end());
}

/// Readers of `.mdx` get the same page that is tested as `.md`.
#[test]
fn the_page_for_mdx_differs_in_its_comments_alone() {
    for frontmatter in [false, true] {
        let outputs: String = ["markdown", "markdown-mdx"]
            .map(|target| {
                format!("- {{catalog: f.yaml, target: {target}, out: x, options: {{frontmatter: {frontmatter}}}}}\n")
            })
            .concat();
        let catalog = fs::read(root().join("tests/it/catalogs/features.yaml")).unwrap();
        let repo = Repo::new()
            .file("errcat.yaml", format!("errcat: 1\noutputs:\n{outputs}"))
            .file("f.yaml", catalog);
        repo.ok(&["generate"]);
        let in_mdx = repo.read("x/errors.md").replace("<!-- ", "{/* ").replace(" -->", " */}");
        assert_eq!(repo.read("x/errors.mdx"), in_mdx);
    }
}

/// What `params` describe is shown with its place in the body.
#[test]
fn readers_learn_where_in_the_body_a_value_is() {
    let catalog = fs::read(root().join("tests/it/catalogs/features.yaml")).unwrap();
    let repo = Repo::new().file("errors.yaml", catalog);
    let only = ["--target", "markdown", "--out-root", "out"];
    repo.ok(&[&["generate", "--catalog", "errors.yaml"][..], &only].concat());
    let page = repo.read("out/markdown/errors.md");
    for (place, about) in [
        ("`detail`", "Which quota."),
        ("`errors[].source.line`", "The first entry."),
        ("`fields`", "Every wrong field."),
        ("`fields[].pointer`", "Where the field is."),
        ("`fields[].allowed[]`", "What it may be."),
        ("`retry_after`", "How long to wait."),
        ("`budget`", "What may still be ordered today."),
        ("`left` in `stock`", "How many there are."),
        ("`books` in `message`", "How many books it has."),
        ("`[].row`", "The row."),
    ] {
        assert!(page.contains(&format!("\n- {place}: {about}\n")), "no {place}: {about}");
    }
}

fn assert_same(made: &str, page: &str) {
    let diff = similar::TextDiff::from_lines(page, made.trim_end());
    let diff = diff.unified_diff().header("the page", "what the catalog says").to_string();
    assert!(diff.is_empty(), "{diff}");
}

/// The blocks of a page as a browser's plain text has them: a blank line between blocks, the cells
/// of a table's row joined.
fn plain_text(markdown: &str) -> String {
    let mut blocks: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut lines: Vec<String> = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut table: Vec<String> = Vec::new();
    let mut is_added = false;
    let mut is_strategy = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => is_added = level >= HeadingLevel::H3,
            Event::Text(text) | Event::Code(text) => current += &text,
            Event::SoftBreak => current.push(' '),
            Event::InlineHtml(html) if html.as_ref() == "<br/>" => {
                lines.push(std::mem::take(&mut current).trim().to_owned());
            }
            Event::End(TagEnd::TableCell) => {
                lines.push(std::mem::take(&mut current).trim().to_owned());
                let lines = std::mem::take(&mut lines);
                // The first cell says whether to retry: after the status, or on a line of its own.
                let is_of_status = table.first().unwrap_or(&lines[0]).starts_with("HTTP");
                let lines = match lines.as_slice() {
                    [code, http] if row.is_empty() && !is_of_status => {
                        let (status, retry) = http.split_once(", ").unwrap();
                        assert!(retry.contains("retry"), "{retry}");
                        vec![code.clone(), status.to_owned()]
                    }
                    [status, retry] if row.is_empty() => {
                        assert!(retry.to_lowercase().contains("retry"), "{retry}");
                        vec![status.clone()]
                    }
                    _ => lines,
                };
                row.push(lines.concat());
            }
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => {
                table.push(std::mem::take(&mut row).concat());
            }
            Event::End(TagEnd::Table) => {
                let table = std::mem::take(&mut table).join("\n");
                if !is_added {
                    blocks.push(table);
                }
            }
            Event::End(TagEnd::Item) => {
                assert!(is_added, "a list: {current}");
                current.clear();
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock) => {
                let block = std::mem::take(&mut current).trim_end().to_owned();
                if block.is_empty() {
                    // A paragraph of anchors.
                    continue;
                }
                is_added |= ADDED.contains(&block.as_str());
                if !is_added {
                    blocks.push(block.clone());
                }
                // What follows from the strategy is after its sentence.
                is_added |= is_strategy;
                is_strategy = block == "Retry strategy";
            }
            _ => {}
        }
    }
    blocks.join("\n\n")
}

/// Sections that only the generated page has, as it has one for each error.
const ADDED: &[&str] = &["Errors by status", "Groups"];
