//! The fields of a catalog, one table a mapping. Everything that knows the format reads them: the
//! loader, the findings, the JSON Schema. Never holds logic.

use super::forms;
use crate::document::schema::{Field, Kind, Mapping};

const fn required(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, required: true, about }
}

const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Field {
    Field { name, kind, required: false, about }
}

const ALLOW: Field =
    optional("allow", Kind::List(&Kind::Rule), "names of rules that are silenced here");

pub(crate) const CATALOG: Mapping = Mapping {
    what: "a catalog",
    fields: &[
        required(
            "errcat",
            Kind::Integer(&forms::FORMAT),
            "the version of the catalog forms, which is 1",
        ),
        required("product", Kind::Text, "the product whose errors these are"),
        required(
            "version",
            Kind::Form(&forms::VERSION),
            "the semantic version of the catalog, which the generated crate and package get",
        ),
        required("title", Kind::Text, "the heading of the docs page"),
        optional("intro", Kind::Text, "the first paragraph of the docs page"),
        optional("docs", Kind::Form(&forms::PAGE), "the URL the docs page is published at"),
        optional("contact", Kind::Mapping(&CONTACT), "whom to ask about the API"),
        optional("license", Kind::Text, "the licence of the outputs, as an SPDX expression"),
        optional(
            "retry",
            Kind::Mapping(&RETRY),
            "the retry strategy; needed as soon as an error is retryable",
        ),
        optional(
            "tags",
            Kind::Named(&forms::ID, &Kind::Text),
            "groups of errors: a name and what it means",
        ),
        required(
            "surfaces",
            Kind::List(&Kind::Mapping(&SURFACE)),
            "the APIs, each with one body shape",
        ),
    ],
};

const CONTACT: Mapping = Mapping {
    what: "a contact",
    fields: &[
        optional("name", Kind::Text, "the name of a person or team"),
        optional("url", Kind::Form(&forms::URL), "the URL of a page"),
        optional("email", Kind::Form(&forms::EMAIL), "an e-mail address"),
    ],
};

const RETRY: Mapping = Mapping {
    what: "a retry strategy",
    fields: &[
        required(
            "statuses",
            Kind::List(&Kind::OneOf(&[
                Kind::Integer(&forms::STATUS),
                Kind::Form(&forms::STATUS_CLASS),
            ])),
            "the statuses to retry when an answer is not in the catalog",
        ),
        required("initial", Kind::Form(&forms::WAIT), "the wait before the first retry"),
        required("max", Kind::Form(&forms::WAIT), "the longest wait"),
        required("retries", Kind::Integer(&forms::RETRIES), "how often to retry at most"),
        optional(
            "factor",
            Kind::Integer(&forms::FACTOR),
            "what each wait is multiplied with; 2 by default",
        ),
    ],
};

const SURFACE: Mapping = Mapping {
    what: "a surface",
    fields: &[
        required(
            "id",
            Kind::Form(&forms::ID),
            "the short name that modules, types and links are made of",
        ),
        required("title", Kind::Text, "the heading of its section in the docs"),
        optional("intro", Kind::Text, "the first paragraph of its section"),
        optional("servers", Kind::List(&Kind::Form(&forms::URL)), "the base URLs it is served at"),
        required("shape", Kind::Mapping(&SHAPE), "how its error responses look"),
        required("errors", Kind::List(&Kind::Mapping(&ENTRY)), "its errors"),
        optional(
            "retired",
            Kind::List(&Kind::Mapping(&RETIRED)),
            "codes that were once sent and may never be used again",
        ),
        ALLOW,
    ],
};

const SHAPE: Mapping = Mapping {
    what: "a shape",
    fields: &[
        optional("intro", Kind::Text, "a clause that the sample completes, without a full stop"),
        required(
            "body",
            Kind::Object("{error: <code>}"),
            "the response body, with placeholders such as `<code>`",
        ),
        optional("example", Kind::Data, "a response body to show instead of one made from `body`"),
        optional(
            "media_type",
            Kind::Form(&forms::MEDIA_TYPE),
            "the Content-Type; application/json by default",
        ),
    ],
};

const ENTRY: Mapping = Mapping {
    what: "an error",
    fields: &[
        optional(
            "code",
            Kind::OneOf(&[Kind::Form(&forms::CODE), Kind::Integer(&forms::INTEGER_CODE)]),
            "the code as it stands in the body; none where the body has no `<code>`",
        ),
        optional(
            "name",
            Kind::Form(&forms::CODE),
            "the name in identifiers and links; the code, or the status's phrase, by default",
        ),
        required(
            "status",
            Kind::OneOf(&[
                Kind::Integer(&forms::STATUS),
                Kind::List(&Kind::Integer(&forms::STATUS)),
            ]),
            "the HTTP status, or a list of them",
        ),
        required("meaning", Kind::Text, "what went wrong"),
        required("fix", Kind::Text, "what to do about it"),
        required("retryable", Kind::Boolean, "whether the same request may succeed later"),
        optional("retry", Kind::Mapping(&OVERRIDE), "what is different from the retry strategy"),
        optional(
            "params",
            Kind::Named(&forms::PLACEHOLDER, &Kind::OneOf(&[Kind::Text, Kind::Mapping(&PARAM)])),
            "what placeholders of the body hold for this error",
        ),
        optional("tags", Kind::List(&Kind::Text), "the groups it belongs to"),
        optional("doc", Kind::Text, "a longer text: paragraphs with a blank line between them"),
        optional("since", Kind::Form(&forms::VERSION), "the version that first sent it"),
        optional(
            "deprecated",
            Kind::Mapping(&DEPRECATED),
            "that it is no longer sent, and what replaces it",
        ),
        ALLOW,
    ],
};

const OVERRIDE: Mapping = Mapping {
    what: "a retry override",
    fields: &[
        optional("after", Kind::Form(&forms::AFTER), "the time before which a retry cannot help"),
        optional("retries", Kind::Integer(&forms::RETRIES), "how often to retry at most"),
        optional("initial", Kind::Form(&forms::WAIT), "the wait before the first retry"),
        optional("max", Kind::Form(&forms::WAIT), "the longest wait"),
    ],
};

const PARAM: Mapping = Mapping {
    what: "a param",
    fields: &[
        required("meaning", Kind::Text, "what the placeholder holds"),
        optional("example", Kind::Data, "a value to show in sample bodies"),
    ],
};

const DEPRECATED: Mapping = Mapping {
    what: "a deprecation",
    fields: &[
        optional("since", Kind::Form(&forms::VERSION), "the version that deprecated it"),
        optional("use", Kind::Text, "the name of the error to use instead"),
        optional("note", Kind::Text, "why, or how to move"),
    ],
};

const RETIRED: Mapping = Mapping {
    what: "a retired code",
    fields: &[
        required(
            "code",
            Kind::OneOf(&[Kind::Form(&forms::CODE), Kind::Integer(&forms::INTEGER_CODE)]),
            "the code that may never be used again",
        ),
        optional("use", Kind::Text, "the name of the error that replaced it"),
        optional("note", Kind::Text, "why it was retired"),
    ],
};

/// Not required, because a body may have none, and yet what editors write with the required fields.
pub(crate) const USUAL: &str = "code";

#[cfg(test)]
mod tests {
    use super::*;

    /// Every field of a mapping and of those within it.
    fn names(mapping: &Mapping, found: &mut Vec<&'static str>) {
        for field in mapping.fields {
            found.push(field.name);
            kind_names(&field.kind, found);
        }
    }

    fn kind_names(kind: &Kind, found: &mut Vec<&'static str>) {
        match kind {
            Kind::Mapping(mapping) => names(mapping, found),
            Kind::List(kind) | Kind::Named(_, kind) => kind_names(kind, found),
            Kind::OneOf(kinds) => kinds.iter().for_each(|kind| kind_names(kind, found)),
            Kind::Text
            | Kind::Form(_)
            | Kind::Integer(_)
            | Kind::Boolean
            | Kind::Rule
            | Kind::Object(_)
            | Kind::Data => {}
        }
    }

    #[test]
    fn every_field_is_in_the_readme_and_in_the_catalog_of_all_features() {
        let mut all = Vec::new();
        names(&CATALOG, &mut all);
        let readme = include_str!("../../README.md");
        let features = include_str!("../../tests/it/catalogs/features.yaml");
        for name in all {
            assert!(readme.contains(&format!("`{name}`")), "the README does not tell of `{name}`");
            assert!(features.contains(&format!("{name}:")), "features.yaml does not use `{name}`");
        }
    }
}
