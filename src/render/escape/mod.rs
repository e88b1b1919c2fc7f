//! The typed filters: catalog text in, text out that is safe in one place of one language. Everything that
//! a template prints goes through here; raw text is an error.

mod breaks;
mod csv;
mod data;
mod groups;
mod heading;
mod helpers;
mod html;
mod json_file;
mod markdown;
mod python;
mod rust;
mod slots;
mod typescript;

use std::borrow::Cow;

use minijinja::value::ValueKind;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, Value};

pub(crate) use helpers::{CASES, HELPERS, Helper, TESTS};
pub(crate) use json_file::pretty;
#[cfg(feature = "cli")]
pub(crate) use markdown::text as markdown_text;

/// The language of an output file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    Rust,
    TypeScript,
    Python,
    Markdown,
    Yaml,
    Json,
    Toml,
    Csv,
    Html,
    Text,
}

impl Lang {
    pub(crate) const ALL: &'static [Self] = &[
        Self::Rust,
        Self::TypeScript,
        Self::Python,
        Self::Markdown,
        Self::Yaml,
        Self::Json,
        Self::Toml,
        Self::Csv,
        Self::Html,
        Self::Text,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::TypeScript => "typescript",
            Self::Python => "python",
            Self::Markdown => "markdown",
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::Toml => "toml",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Text => "text",
        }
    }

    /// The name for people.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Rust => "Rust",
            Self::TypeScript => "TypeScript and JavaScript",
            Self::Python => "Python",
            Self::Markdown => "Markdown",
            Self::Yaml => "YAML",
            Self::Json => "JSON",
            Self::Toml => "TOML",
            Self::Csv => "CSV",
            Self::Html => "HTML",
            Self::Text => "Plain text",
        }
    }

    /// The extensions of files in this language.
    pub(crate) fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Rust => &["rs"],
            Self::TypeScript => &["ts", "mts", "cts", "js", "mjs", "cjs"],
            Self::Python => &["py", "pyi"],
            Self::Markdown => &["md", "mdx"],
            Self::Yaml => &["yaml", "yml"],
            Self::Json => &["json"],
            Self::Toml => &["toml"],
            Self::Csv => &["csv"],
            Self::Html => &["html"],
            Self::Text => &["txt"],
        }
    }

    /// The language of a template or output, by its extension.
    pub(crate) fn of(path: &str) -> Option<Self> {
        let output = path.strip_suffix(".j2").unwrap_or(path);
        let (_, extension) = output.rsplit_once('.')?;
        Self::ALL.iter().copied().find(|lang| lang.extensions().contains(&extension))
    }
}

/// A typed filter.
pub(crate) struct Filter {
    pub name: &'static str,
    /// The languages it is safe in.
    pub langs: &'static [Lang],
    /// One line for people who write templates.
    pub about: &'static str,
    /// The expression that the docs show the result of.
    pub example: &'static str,
    pub apply: Apply,
}

/// What a filter takes.
#[derive(Clone, Copy)]
pub(crate) enum Apply {
    Text(fn(&str) -> String),
    /// Any value, as data.
    Value(fn(&Value) -> String),
    /// Any value, as data, into an object that writes itself when it is printed.
    Object(fn(&Value) -> Value),
}

/// Every filter whose result a template may print.
pub(crate) const FILTERS: &[&Filter] = &[
    &rust::RUST_STR,
    &rust::RUST_OPTION,
    &rust::RUST_DOC,
    &rust::RUST_CELL,
    &rust::RUST_NOTE,
    &rust::RUST_NUMBER,
    &rust::RUST_IDENT,
    &rust::RUST_GETTER,
    &rust::RUST_SETTER,
    &rust::RUST_ALIASES,
    &typescript::TS_STR,
    &typescript::TS_DOC,
    &typescript::TS_IDENT,
    &typescript::TS_KEY,
    &python::PY_STR,
    &python::PY_VALUE,
    &python::PY_DOC,
    &python::PY_IDENT,
    &python::PY_FUNCTION,
    &python::PY_ATTRIBUTE,
    &markdown::MD_TEXT,
    &heading::MD_HEADING,
    &markdown::MD_CELL,
    &markdown::MD_CELL_CODE,
    &markdown::MD_CODE,
    &markdown::MD_ANCHOR,
    &markdown::MD_JSON,
    &markdown::MD_FRONTMATTER,
    &data::JSON,
    &json_file::JSON_PRETTY,
    &data::YAML_STR,
    &markdown::YAML_MD,
    &data::TOML_STR,
    &data::TOML_KEY,
    &csv::CSV_STR,
    &csv::CSV_TEXT,
    &html::HTML,
    &html::HTML_TEXT,
    &html::HTML_ATTR,
    &html::HTML_CODE,
    &html::HTML_ANCHOR,
    &html::HTML_JSON,
    &data::TEXT,
];

/// Adds the filters to an environment, and makes it print only their results, integers and booleans.
pub(crate) fn install(env: &mut Environment) {
    env.set_auto_escape_callback(|name| {
        AutoEscape::Custom(Lang::of(name).map_or("", Lang::name).into())
    });
    env.set_formatter(format);
    for &filter in FILTERS {
        env.add_filter(filter.name, move |state: &State, value: &Value| filter.run(state, value));
    }
    helpers::install(env);
}

/// The name of every filter.
pub(crate) fn filter_names() -> impl Iterator<Item = &'static str> {
    let printing = FILTERS.iter().map(|filter| filter.name);
    let between = HELPERS.iter().map(|helper| helper.name);
    printing.chain(between).chain(CASES.iter().map(|&(name, _)| name))
}

impl Filter {
    fn run(&self, state: &State, value: &Value) -> Result<Value, Error> {
        if !self.langs.iter().any(|&lang| is_in(state, lang)) {
            return Err(Error::new(
                ErrorKind::InvalidOperation,
                format!("`{}` is not safe in this file: {}", self.name, use_filters(state)),
            ));
        }
        let text = match self.apply {
            Apply::Text(apply) => apply(&text_of(self.name, value)?),
            _ if value.is_undefined() => return Err(undefined(self.name)),
            Apply::Value(apply) => apply(value),
            Apply::Object(apply) => return Ok(apply(value)),
        };
        Ok(Value::from_safe_string(text))
    }
}

/// The text that a filter is applied to. A code may be an integer.
fn text_of<'v>(filter: &str, value: &'v Value) -> Result<Cow<'v, str>, Error> {
    match value.as_str() {
        Some(text) => Ok(Cow::Borrowed(text)),
        None if value.is_integer() => Ok(Cow::Owned(value.to_string())),
        None if value.is_undefined() => Err(undefined(filter)),
        None => Err(Error::new(
            ErrorKind::InvalidOperation,
            format!("`{filter}` takes text, but this is a {}", value.kind()),
        )),
    }
}

/// A text as it is, or another value as text.
fn shown(value: &Value) -> Cow<'_, str> {
    value.as_str().map_or_else(|| value.to_string().into(), Cow::from)
}

fn undefined(filter: &str) -> Error {
    Error::new(
        ErrorKind::UndefinedError,
        format!("`{filter}` was given a name that does not exist"),
    )
}

/// Prints a value, if that is safe: the result of a filter, an integer or a boolean, which every language
/// spells alike. By default the engine would print everything.
fn format(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    if value.is_safe() {
        return Ok(out.write_str(value.as_str().unwrap_or_default())?);
    }
    match value.kind() {
        ValueKind::Number if value.is_integer() => Ok(write!(out, "{value}")?),
        ValueKind::Bool => Ok(out.write_str(if value.is_true() { "true" } else { "false" })?),
        ValueKind::String => Err(Error::new(
            ErrorKind::InvalidOperation,
            format!("catalog text cannot be printed as it is: {}", use_filters(state)),
        )),
        ValueKind::Undefined => Err(Error::new(
            ErrorKind::UndefinedError,
            "a name that does not exist cannot be printed",
        )),
        kind => match value.downcast_object_ref::<json_file::Pretty>() {
            Some(json) => json.print(out),
            None => Err(Error::new(
                ErrorKind::InvalidOperation,
                format!("a {kind} cannot be printed: {}", use_filters(state)),
            )),
        },
    }
}

fn is_in(state: &State, lang: Lang) -> bool {
    matches!(state.auto_escape(), AutoEscape::Custom(name) if name == lang.name())
}

/// A hint that lists the filters which fit the language of the file.
fn use_filters(state: &State) -> String {
    let fitting =
        FILTERS.iter().filter(|filter| filter.langs.iter().any(|&lang| is_in(state, lang)));
    let names: Vec<String> =
        fitting.map(|filter| format!("`{}` ({})", filter.name, filter.about)).collect();
    format!("pass it through {}", names.join(", or "))
}
