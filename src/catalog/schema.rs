//! The fields of a catalog, one table per mapping. Everything that knows the format reads them: the
//! loader, the rules, the JSON Schema.

use super::{forms, operation};
use crate::document::schema::{Field, Kind, Mapping, Need};

const ALLOW: Field =
    Field::optional("allow", Kind::List(&Kind::Rule), "the names of rules to allow here");

const META: Field = Field::optional(
    "meta",
    Kind::Object("{owner: payments}"),
    "your own data, for your templates and the target `json`; packages never contain it",
);

pub(crate) const CATALOG: Mapping = Mapping {
    name: "catalog",
    what: "a catalog",
    fields: &[
        Field::required(
            "errcat",
            Kind::Integer(&forms::FORMAT),
            "the version of the catalog format, which is 1",
        ),
        Field::required("product", Kind::Text, "the name of the product"),
        Field::required(
            "version",
            Kind::Form(&forms::VERSION),
            "the semantic version of the catalog and of the generated packages",
        ),
        Field::required("title", Kind::Text, "the heading of the docs page"),
        Field::optional("intro", Kind::Text, "the first paragraph of the docs page"),
        Field::optional(
            "docs",
            Kind::Form(&forms::PAGE),
            "the URL where you publish the docs page",
        ),
        Field::optional("contact", Kind::Mapping(&CONTACT), "who to ask about the API"),
        Field::optional("license", Kind::Text, "the license of the outputs, as an SPDX expression"),
        Field::optional(
            "retry",
            Kind::Mapping(&RETRY),
            "the retry strategy; required if an error is retryable",
        ),
        Field::optional("tags", TAGS, "groups of errors: a name and what it means"),
        Field::required(
            "surfaces",
            Kind::List(&SURFACE_KIND),
            "the APIs, each with one body shape",
        ),
        META,
        ALLOW,
    ],
};

pub(super) const TAGS: Kind = Kind::Named(&forms::ID, &Kind::Text);

const CONTACT: Mapping = Mapping {
    name: "contact",
    what: "a contact",
    fields: &[
        Field::optional("name", Kind::Text, "the name of a person or team"),
        Field::optional("url", Kind::Form(&forms::URL), "the URL of a page"),
        Field::optional("email", Kind::Form(&forms::EMAIL), "an e-mail address"),
    ],
};

const RETRY: Mapping = Mapping {
    name: "retry_strategy",
    what: "a retry strategy",
    fields: &[
        Field::required(
            "statuses",
            Kind::List(&Kind::OneOf(&[
                Kind::Integer(&forms::RETRIED_STATUS),
                Kind::Form(&forms::STATUS_CLASS),
            ])),
            "the statuses to retry, unless an error says whether it is retryable",
        ),
        Field::required("initial", Kind::Form(&forms::WAIT), "the wait before the first retry"),
        Field::required("max", Kind::Form(&forms::WAIT), "the longest wait"),
        Field::required("retries", Kind::Integer(&forms::RETRIES), "the maximum number of retries"),
        Field::optional(
            "factor",
            Kind::Integer(&forms::FACTOR),
            "what each wait is multiplied by to get the next; 2 by default",
        ),
    ],
};

const STATUSES: Kind =
    Kind::OneOf(&[Kind::Integer(&forms::STATUS), Kind::List(&Kind::Integer(&forms::STATUS))]);

pub(super) const SURFACE_KIND: Kind = Kind::Mapping(&SURFACE);

const SURFACE: Mapping = Mapping {
    name: "surface",
    what: "a surface",
    fields: &[
        Field::required(
            "id",
            Kind::Form(&forms::ID),
            "a short name for modules, types and links",
        ),
        Field::required("title", Kind::Text, "the heading of its section in the docs")
            .needed(Need::With(&["shape"])),
        Field::optional("intro", Kind::Text, "the first paragraph of its section"),
        Field::optional(
            "servers",
            Kind::List(&Kind::Form(&forms::URL)),
            "the base URLs of the API",
        ),
        Field::required(
            "shape",
            SHAPE_KIND,
            "what its error responses look like; leave it out if the surface exists only for others to `include`",
        )
        .needed(Need::With(&["servers", "operations"])),
        Field::optional("status", STATUSES, "the HTTP status of errors that name none"),
        Field::required("errors", Kind::List(&Kind::Mapping(&ENTRY)), "its errors")
            .needed(Need::Without("include")),
        Field::optional(
            "include",
            Kind::List(&Kind::Form(&forms::INCLUDE)),
            "other surfaces; this one has their errors too",
        ),
        Field::optional(
            "retired",
            Kind::List(&Kind::Mapping(&RETIRED)),
            "codes that were once sent and must never be used again",
        ),
        Field::optional(
            "operations",
            Kind::Named(&operation::OPERATION, &Kind::List(&Kind::Text)),
            "which errors each operation returns: a method and a path, and names of errors",
        ),
        META,
        ALLOW,
    ],
};

/// How responses look.
pub(super) const SHAPE_KIND: Kind = Kind::Mapping(&SHAPE);

const SHAPE: Mapping = Mapping {
    name: "shape",
    what: "a shape",
    fields: &[
        Field::optional(
            "intro",
            Kind::Text,
            "a clause that the sample completes, without a full stop",
        ),
        Field::required(
            "body",
            Kind::Structure("{error: <code>}"),
            "the response body, with placeholders such as `<code>`",
        )
        .needed(Need::Without("like")),
        Field::optional(
            "like",
            Kind::Form(&forms::ID),
            "the id of another surface of this file, which has the same shape",
        ),
        Field::optional(
            "example",
            Kind::Data,
            "a response body to show instead of one made from `body`",
        ),
        Field::optional(
            "media_type",
            Kind::Form(&forms::MEDIA_TYPE),
            "the Content-Type; application/json by default",
        ),
        Field::optional(
            "absent",
            Kind::List(&Kind::Text),
            "texts that some servers send for a member that is absent, such as `None`",
        ),
    ],
};

const ENTRY: Mapping = Mapping {
    name: "error",
    what: "an error",
    fields: &[
        Field::suggested(
            "code",
            Kind::OneOf(&[Kind::Form(&forms::CODE), Kind::Integer(&forms::INTEGER_CODE)]),
            "the code in the body; leave it out if the body has no `<code>`",
        ),
        Field::optional(
            "name",
            Kind::Form(&forms::NAME),
            "the name in identifiers and links; by default errcat makes it from the code, or from the status's phrase",
        ),
        Field::suggested(
            "status",
            STATUSES,
            "the HTTP status, or a list of them; that of the surface by default",
        ),
        Field::required("meaning", Kind::Text, "what went wrong"),
        Field::suggested("fix", Kind::Text, "what to do about it"),
        Field::suggested(
            "retryable",
            Kind::Boolean,
            "whether the same request may succeed later; by default the retry strategy's statuses decide",
        ),
        Field::optional(
            "retry",
            Kind::Mapping(&OVERRIDE),
            "how it differs from the retry strategy",
        ),
        Field::optional(
            "params",
            Kind::Named(&forms::PLACEHOLDER, &Kind::OneOf(&[Kind::Text, Kind::Mapping(&PARAM)])),
            "what placeholders of the body, or of `values`, mean for this error",
        ),
        Field::optional(
            "values",
            Kind::Named(&forms::PLACEHOLDER, &Kind::Data),
            "what placeholders of the body hold each time this error occurs",
        ),
        Field::optional("tags", Kind::List(&Kind::Text), "the groups it belongs to"),
        Field::optional(
            "doc",
            Kind::Paragraphs,
            "a longer text: paragraphs with a blank line between them, and lists with `- ` or `1. `",
        ),
        Field::optional(
            "see",
            Kind::List(&Kind::Form(&forms::LINK)),
            "the URLs of pages that say more about it",
        ),
        Field::optional("since", Kind::Form(&forms::VERSION), "the version that first sent it"),
        Field::optional(
            "deprecated",
            Kind::Mapping(&DEPRECATED),
            "says that you plan to stop sending it, and what to use instead",
        ),
        META,
        ALLOW,
    ],
};

const OVERRIDE: Mapping = Mapping {
    name: "retry_override",
    what: "a retry override",
    fields: &[
        Field::optional(
            "after",
            Kind::Form(&forms::AFTER),
            "the time before which a retry cannot help",
        ),
        Field::optional("retries", Kind::Integer(&forms::RETRIES), "the maximum number of retries"),
        Field::optional("initial", Kind::Form(&forms::WAIT), "the wait before the first retry"),
        Field::optional("max", Kind::Form(&forms::WAIT), "the longest wait"),
    ],
};

const PARAM: Mapping = Mapping {
    name: "param",
    what: "a param",
    fields: &[
        Field::required("meaning", Kind::Text, "what the placeholder holds"),
        Field::optional("example", Kind::Data, "a value to show in sample bodies"),
    ],
};

const DEPRECATED: Mapping = Mapping {
    name: "deprecation",
    what: "a deprecation",
    fields: &[
        Field::optional("since", Kind::Form(&forms::VERSION), "the version that deprecated it"),
        Field::optional("use", Kind::Text, "the name of the error to use instead"),
        Field::optional("note", Kind::Text, "why, or how to move"),
    ],
};

const RETIRED: Mapping = Mapping {
    name: "retired_code",
    what: "a retired code",
    fields: &[
        Field::required(
            "code",
            Kind::OneOf(&[Kind::Form(&forms::CODE), Kind::Integer(&forms::INTEGER_CODE)]),
            "the code that must never be used again",
        ),
        Field::optional("use", Kind::Text, "the name of the error that replaced it"),
        Field::optional("note", Kind::Text, "why it was retired"),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_on_its_page_and_in_the_catalog_of_all_features() {
        let page = include_str!("../../docs/catalog.md");
        let features = include_str!("../../tests/it/catalogs/features.yaml");
        CATALOG.each_field(&mut |_, Field { name, .. }| {
            assert!(page.contains(&format!("`{name}`")), "docs/catalog.md lacks `{name}`");
            assert!(features.contains(&format!("{name}:")), "features.yaml does not use `{name}`");
        });
    }
}
