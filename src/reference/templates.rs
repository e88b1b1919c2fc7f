//! The reference for people who write templates: docs/templates.md. The lists on the page are made from
//! the tables that templates are rendered with.

use minijinja::{Environment, UndefinedBehavior, context};

use crate::error::Error;
use crate::render::context;
use crate::render::described::Record;
use crate::render::escape::{self, CASES, FILTERS, HELPERS, Helper, Lang, TESTS};

/// The text of the page, with a comment in place of each list.
const PAGE: &str = include_str!("page.md");

/// The reference of templates, in Markdown: what templates see, and which filters and tests they have.
///
/// # Errors
/// If an example of a filter fails, which is a bug.
pub fn template_reference() -> Result<String, Error> {
    let page = PAGE
        .replace("<!-- records -->\n", &records())
        .replace("<!-- filters -->\n", &filters()?)
        .replace("<!-- cases -->\n", &cases()?)
        .replace("<!-- helpers -->\n", &helpers(HELPERS)?)
        .replace("<!-- tests -->\n", &helpers(TESTS)?);
    Ok(page)
}

fn records() -> String {
    let sections: Vec<String> = context::records().iter().map(record).collect();
    sections.join("\n")
}

fn record(record: &Record) -> String {
    let Record { name, about, fields } = record;
    let mut section =
        format!("### {name}\n\n{about}\n\n| field | type | what it is |\n| --- | --- | --- |\n");
    for field in fields {
        section += &format!(
            "| `{}` | {} | {} |\n",
            field.name,
            linked(&field.r#type.words()),
            field.about
        );
    }
    section
}

/// A text with the names of records, which are in backticks, as links to their sections.
fn linked(text: &str) -> String {
    let pieces = text.split('`').enumerate().map(|(index, piece)| match index % 2 {
        0 => piece.to_owned(),
        _ => format!("[{piece}](#{})", piece.to_lowercase()),
    });
    pieces.collect()
}

fn filters() -> Result<String, Error> {
    let mut sections = Vec::new();
    for &lang in Lang::ALL {
        let fitting = || FILTERS.iter().filter(|filter| filter.langs.contains(&lang));
        let extensions: Vec<String> =
            lang.extensions().iter().map(|extension| format!("`.{extension}`")).collect();
        let mut section = format!("### {}: {}\n\n", lang.title(), extensions.join(", "));
        for filter in fitting() {
            section += &format!("- `{}`: {}\n", filter.name, filter.about);
        }
        section.push('\n');
        let written = fitting().map(|filter| format!("{} | {}", filter.example, filter.name));
        section += &examples(written.map(|expression| {
            let output = evaluate(&expression, lang)?;
            Ok((format!("{{{{ {expression} }}}}"), output))
        }))?;
        sections.push(section);
    }
    Ok(sections.join("\n"))
}

fn cases() -> Result<String, Error> {
    examples(CASES.iter().map(|(name, _)| {
        let expression = format!("\"auth.Token-expired\" | {name}");
        let output = evaluate(&expression, Lang::Text)?;
        Ok((format!("{{{{ {expression} }}}}"), output))
    }))
}

fn helpers(helpers: &[Helper]) -> Result<String, Error> {
    let list: Vec<String> =
        helpers.iter().map(|helper| format!("- `{}`: {}\n", helper.name, helper.about)).collect();
    // Values that can't be printed are shown as data.
    let examples = examples(helpers.iter().map(|helper| {
        let output = evaluate(&format!("({}) | json", helper.example), Lang::Json)?;
        Ok((helper.example.to_owned(), output))
    }));
    Ok(list.concat() + "\n" + &examples?)
}

/// The longest expression that has its result on the same line, in characters.
const ONE_LINE: usize = 60;

/// Expressions and their results; the result of a long expression is on a line of its own.
fn examples(pairs: impl Iterator<Item = Result<(String, String), Error>>) -> Result<String, Error> {
    let pairs = pairs.collect::<Result<Vec<_>, Error>>()?;
    let widths = pairs.iter().map(|(written, _)| written.chars().count());
    let width = widths.filter(|width| *width <= ONE_LINE).max().unwrap_or(0);
    let next_line = format!("\n{:width$}    ", "");
    let lines = pairs.iter().map(|(written, becomes)| {
        let becomes = becomes.replace('\n', &next_line);
        if written.chars().count() > ONE_LINE {
            format!("{written}\n  → {becomes}\n")
        } else {
            format!("{written:width$}  → {becomes}\n")
        }
    });
    let lines: String = lines.collect();
    Ok(format!("```text\n{lines}```\n"))
}

/// The text that an expression prints in a template of a language.
fn evaluate(expression: &str, lang: Lang) -> Result<String, Error> {
    let mut env = Environment::empty();
    escape::install(&mut env);
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    let name = format!("example.{}", lang.extensions().first().unwrap_or(&"txt"));
    let catalog = context! { catalog => context! {} };
    let printed = env.render_named_str(&name, &format!("{{{{ {expression} }}}}"), catalog);
    printed.map_err(|error| {
        let message = format!("the example `{expression}` does not work: {error}");
        Error::usage(message, "this is a bug of errcat")
    })
}
