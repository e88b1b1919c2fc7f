//! All rules and their explanations, for `errcat lint --explain` and docs/rules.md.

use crate::catalog;
use crate::config;
use crate::diagnostic::Rule;
use crate::document::check;
use crate::lint;

/// Every rule, sorted by name.
#[must_use]
pub fn rules() -> Vec<&'static Rule> {
    let loader = [check::RULES, catalog::RULES, config::RULES, lint::allow::RULES];
    let mut rules: Vec<&Rule> = loader.into_iter().flatten().copied().collect();
    rules.extend(lint::checks().map(|check| &check.rule));
    rules.sort_by_key(|rule| rule.name);
    rules
}

/// Whether `allow` can silence a rule. Rules of the loader cannot be allowed: they say that something
/// can't be read.
fn can_be_allowed(rule: &Rule) -> bool {
    lint::checks().any(|check| check.rule.name == rule.name)
}

impl Rule {
    /// The rule as Markdown: what it finds, why, an example and how to fix it.
    #[must_use]
    pub fn explain(&self) -> String {
        let allow = if can_be_allowed(self) {
            format!(
                "\n\nIf this is intentional, add `allow: [{}]` to the error or its surface.",
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
