//! The catalog as a whole: what it is called, and where its docs are.

use super::found::{Change, Found, Place};
use super::{ChangeRule, Class, texts};
use crate::catalog::body::{Body, Placeholder, Shape};
use crate::catalog::{Catalog, text};
use crate::render::context;

const PRODUCT_CHANGED: ChangeRule = ChangeRule {
    name: "product-changed",
    class: Class::Breaking,
    what: "a `product` that gives packages another name",
    why: "Imports of the package fail, unless an option in errcat.yaml names it.",
    fields: &["catalog.product"],
};
const DOCS_CHANGED: ChangeRule = ChangeRule {
    name: "docs-changed",
    class: Class::Breaking,
    what: "another `docs` URL, if bodies contain `<docs_url>`",
    why: "Clients may compare it: RFC 9457, section 3.1.1, makes `type` the identifier of a problem.",
    fields: &["catalog.docs"],
};

pub(super) const RULES: &[&ChangeRule] = &[&PRODUCT_CHANGED, &DOCS_CHANGED];

pub(super) fn compare(old: &Catalog, new: &Catalog, found: &mut Found) {
    let package =
        |catalog: &Catalog| context::package(text(catalog.product.as_ref()).unwrap_or_default());
    let (before, after) = (package(old), package(new));
    if before != after
        && let Some(product) = &new.product
    {
        let message = format!("packages are called `{after}` by default, and not `{before}`");
        found.push(Change::new(&PRODUCT_CHANGED, Place::New(product.at), message));
    } else {
        texts::compare_field("product", old.product.as_ref(), new.product.as_ref(), found);
    }
    let is_sent = |catalog: &Catalog| {
        let bodies = catalog.surfaces.iter().filter_map(|surface| surface.shape.body.as_ref());
        bodies.map(|body: &Body| &body.root).any(holds_docs)
    };
    let is_moved = text(old.docs.given()) != text(new.docs.given());
    if is_moved && is_sent(old) && is_sent(new) {
        let at = new.docs.given().map_or(new.range.start, |docs| docs.at);
        let message = "bodies contain another URL in place of `<docs_url>`";
        found.push(Change::new(&DOCS_CHANGED, Place::New(at), message));
    } else {
        texts::compare_field("docs", old.docs.given(), new.docs.given(), found);
    }
    texts::compare_catalogs(old, new, found);
}

fn holds_docs(shape: &Shape) -> bool {
    match shape {
        Shape::Object(members) => members.iter().any(|member| holds_docs(&member.shape)),
        Shape::List(list) => holds_docs(&list.of),
        Shape::Placeholder(placeholder, _) => *placeholder == Placeholder::DocsUrl,
        Shape::Text(parts) => {
            parts.iter().any(|part| part.placeholder() == Some(&Placeholder::DocsUrl))
        }
        Shape::Literal(_) => false,
    }
}
