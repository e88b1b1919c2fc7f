//! All rules and their explanations, for `errcat lint --explain` and docs/rules.md.

use crate::catalog;
use crate::config;
use crate::diagnostic::Rule;
use crate::document;
use crate::lint;

/// Every rule, sorted by name.
#[must_use]
pub fn rules() -> Vec<&'static Rule> {
    let loader = [catalog::RULES, config::RULES, lint::allow::RULES, lint::source::RULES];
    let loader = document::RULES.iter().copied().chain(loader);
    let mut rules: Vec<&Rule> = loader.flatten().copied().collect();
    rules.extend(lint::checks().map(|check| &check.rule));
    rules.sort_by_key(|rule| rule.name);
    rules
}

impl Rule {
    /// The rule as Markdown: what it finds, why, an example and how to fix it.
    #[must_use]
    pub fn explain(&self) -> String {
        let can_be_allowed = lint::allowable().any(|rule| rule.name == self.name);
        let allow = if can_be_allowed {
            format!(
                "\n\nIf this is intentional, add `allow: [{}]` to the error, its surface or \
                 the catalog.",
                self.name
            )
        } else {
            String::new()
        };
        let Self { name, what, why, fix, bad, good } = self;
        format!(
            "## {name}\n\nFinds {what}: {why}.\n\n```yaml\n{bad}\n```\n\nFix: {fix}.\n\n```yaml\n{good}\n```{allow}\n"
        )
    }
}
