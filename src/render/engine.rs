//! The template engine: compiles templates, and renders a context with them.

use std::collections::BTreeSet;
use std::error::Error as _;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, ErrorKind, UndefinedBehavior, Value};

use super::escape::{self, Lang};
use super::templates::{Template, Templates};
use super::{Artifact, Context, Options, header};
use crate::diagnostic::Excerpt;
use crate::error::Error;
use crate::text::ident::{Case, in_case};
use crate::text::{python_names, suggest};

/// The deepest that macros and parts may call each other: the most that the engine allows. Macros call
/// each other for each level of a body.
const RECURSION_LIMIT: usize = 500;

/// A template engine with every template compiled.
pub(crate) struct Renderer<'t> {
    templates: &'t Templates,
    env: Environment<'t>,
}

impl<'t> Renderer<'t> {
    /// Compiles the templates of some targets, and the parts that all of them may use.
    pub(crate) fn new(templates: &'t Templates, targets: &BTreeSet<&str>) -> Result<Self, Error> {
        let mut env = Environment::empty();
        escape::install(&mut env);
        env.set_undefined_behavior(UndefinedBehavior::Strict);
        env.set_recursion_limit(RECURSION_LIMIT);
        // With debug on, every error would print the whole catalog.
        env.set_debug(false);
        env.set_path_join_callback(|name, parent| {
            if Lang::of(name) == Lang::of(parent) {
                return name.into();
            }
            // A part of another language would be escaped for the wrong one. No template has this name.
            format!("{name} (which is of another language than {parent})").into()
        });
        let mut syntax = SyntaxConfig::builder();
        let syntax = syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
        env.set_syntax(syntax.build().map_err(|error| Error::usage(error.to_string(), ""))?);
        for (name, source) in templates.of_targets(targets) {
            env.add_template(name, source).map_err(|error| located(&error, templates))?;
        }
        Ok(Self { templates, env })
    }

    /// Renders every file of a target: once, or once for each surface.
    ///
    /// `source` is the catalog's path as errcat.yaml writes it, for the header.
    pub(crate) fn render(
        &self,
        target: &str,
        context: &Context,
        options: &Options,
        source: &str,
    ) -> Result<Vec<Artifact>, Error> {
        let mut artifacts = Vec::new();
        let package = context.package().map_err(|error| located(&error, self.templates))?;
        let package = options.get("name").and_then(|name| name.as_str()).unwrap_or(&package);
        let package = in_case(package, Case::Snake).unwrap_or_default();
        let folder = python_names::ident(&package);
        let options = Value::from(Serde(options));
        for template in self.templates.of_target(target)? {
            let output = template.output.replace(PACKAGE, &folder);
            if !output.contains(SURFACE) {
                let bytes = self.file(&template, context, Value::from(()), &options, source)?;
                artifacts.push(Artifact { path: output, content: bytes });
                continue;
            }
            let located = |error: minijinja::Error| located(&error, self.templates);
            for (id, surface) in context.surfaces().map_err(located)? {
                let path = output.replace(SURFACE, &id);
                let bytes = self.file(&template, context, surface, &options, source)?;
                artifacts.push(Artifact { path, content: bytes });
            }
        }
        artifacts.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(artifacts)
    }

    /// Renders a part of templates alone.
    #[cfg(feature = "cli")]
    pub(crate) fn part(&self, name: &str, context: Value) -> Result<String, Error> {
        let part = self.env.get_template(name).and_then(|part| part.render(context));
        part.map_err(|error| located(&error, self.templates))
    }

    fn file(
        &self,
        template: &Template,
        context: &Context,
        surface: Value,
        options: &Value,
        source: &str,
    ) -> Result<Vec<u8>, Error> {
        if !template.is_rendered {
            return Ok(template.content.to_owned());
        }
        let text = self
            .env
            .get_template(template.name)
            .and_then(|compiled| compiled.render(context.all(surface, options.clone())))
            .map_err(|error| located(&error, self.templates))?;
        Ok(header::add(text, template.output, source).into_bytes())
    }
}

/// The part of a template's name that is replaced by the id of each surface.
const SURFACE: &str = "[surface]";

/// The part of a template's name that is replaced by the name of the package, in snake case.
const PACKAGE: &str = "[package]";

/// A template's error, with the line of the template that it is about. If a part failed, that is a line
/// of the part.
fn located(error: &minijinja::Error, templates: &Templates) -> Error {
    let inner = error.source().and_then(|inner| inner.downcast_ref::<minijinja::Error>());
    if let Some(inner) = inner {
        return located(inner, templates);
    }
    let message = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    let help = "`errcat templates docs` lists every field, filter and test; \
                `errcat templates context` shows what templates see of a catalog";
    let name = error.name().unwrap_or_default();
    let excerpt = match (templates.find(name), error.range()) {
        (Some((path, source)), Some(range)) => {
            let written = source.get(range.clone()).unwrap_or_default();
            let help = match error.kind() {
                ErrorKind::UnknownFilter => suggest::help_or(written, escape::filter_names(), help),
                _ => help.to_owned(),
            };
            Excerpt::new(message, path.to_owned(), source.to_owned(), range, help)
        }
        _ => Excerpt::without_source(format!("{message} (template {name})"), help.to_owned()),
    };
    Error::template(excerpt)
}
