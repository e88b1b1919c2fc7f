//! Docs sites: which one a repo has, and where its pages are.

use serde_yaml::Value as Yaml;

use super::proposal::Proposal;
use super::repo::Repo;

/// A kind of site.
struct Site {
    /// The site is there if one of these is.
    files: &'static [&'static str],
    target: &'static str,
    /// Its name as the option `site`, with which headings have the anchors of errors.
    name: Option<&'static str>,
    pages: Pages,
    /// Whether pages begin with title and description as YAML.
    has_frontmatter: bool,
    /// What is left to do by hand.
    next: Option<&'static str>,
}

/// The folder of a site's pages.
enum Pages {
    In(&'static str),
    /// Next to the file that was found.
    Beside,
    /// `docs_dir` of MkDocs, `docs` by default.
    OfMkDocs,
    /// `book.src` of mdBook, `src` by default.
    OfMdBook,
}

/// The first one that fits counts.
const SITES: &[Site] = &[
    Site {
        files: &["mkdocs.yml", "mkdocs.yaml"],
        target: "markdown",
        name: Some("mkdocs"),
        pages: Pages::OfMkDocs,
        has_frontmatter: false,
        next: Some("add errors.md to `nav`, if there is one"),
    },
    Site {
        files: &["docusaurus.config.ts", "docusaurus.config.js", "docusaurus.config.mjs"],
        target: "markdown-mdx",
        name: Some("docusaurus"),
        pages: Pages::In("docs"),
        has_frontmatter: true,
        next: None,
    },
    Site {
        files: &["source.config.ts", "source.config.mjs"],
        target: "markdown-mdx",
        name: Some("fumadocs"),
        pages: Pages::In("content/docs"),
        has_frontmatter: true,
        next: None,
    },
    Site {
        files: &[".vitepress", "docs/.vitepress"],
        target: "markdown",
        name: Some("vitepress"),
        pages: Pages::Beside,
        has_frontmatter: false,
        next: Some("link to errors.md in the sidebar"),
    },
    Site {
        files: &["book.toml"],
        target: "markdown",
        name: Some("mdbook"),
        pages: Pages::OfMdBook,
        has_frontmatter: false,
        next: Some("add `- [Errors](errors.md)` to SUMMARY.md"),
    },
    Site {
        files: &["docs"],
        target: "markdown",
        name: None,
        pages: Pages::In("docs"),
        has_frontmatter: false,
        next: None,
    },
];

/// The page that belongs into the repo's site, if there is a site without one.
pub(super) fn page(repo: &Repo, name: Option<&str>) -> Option<Proposal> {
    let (site, file) = SITES.iter().find_map(|site| {
        let file = site.files.iter().find(|file| repo.has(file))?;
        Some((site, *file))
    })?;
    let page = Proposal::new(site.target, &site.pages.folder(repo, file), name);
    if repo.has(&format!("{}/errors.md", page.out)) || repo.has(&format!("{}/errors.mdx", page.out))
    {
        return None;
    }
    let missing = match site.name {
        Some("mkdocs") if !has_attr_list(repo, file) => Some(
            "to give headings the errors' own anchors, add `attr_list` to `markdown_extensions` in \
             FILE, and set the option `site: mkdocs`",
        ),
        Some("docusaurus") if is_before_3_10(repo) => Some(
            "from Docusaurus 3.10 on, set the option `site: docusaurus`: it gives headings the \
             errors' own anchors",
        ),
        _ => None,
    };
    let frontmatter = site.has_frontmatter.then(|| ("frontmatter", "true".to_owned()));
    let own_site = site.name.filter(|_| missing.is_none()).map(|name| ("site", name.to_owned()));
    let path = name.map_or_else(String::new, |name| format!("{name}/")) + "errors.md";
    let next: Vec<String> = site
        .next
        .map(|next| next.replace("errors.md", &path))
        .into_iter()
        .chain(missing.map(|missing| missing.replace("FILE", file)))
        .collect();
    Some(Proposal {
        options: frontmatter.into_iter().chain(own_site).collect(),
        because: Some(format!("Because of {file}: a page of the site")),
        next: (!next.is_empty()).then(|| next.join("; ")),
        ..page
    })
}

/// Whether MkDocs reads ids of headings: the extension `attr_list` is in a list, or among the keys of a map.
fn has_attr_list(repo: &Repo, file: &str) -> bool {
    let config = repo.yaml(file);
    match config.as_ref().and_then(|config| config.get("markdown_extensions")) {
        Some(Yaml::Sequence(extensions)) => extensions.iter().any(|extension| {
            extension.as_str() == Some("attr_list") || extension.get("attr_list").is_some()
        }),
        Some(extensions) => extensions.get("attr_list").is_some(),
        None => false,
    }
}

/// Whether the manifest asks for a version of Docusaurus that doesn't read ids of headings in MDX.
fn is_before_3_10(repo: &Repo) -> bool {
    let version = repo.npm().and_then(|manifest| {
        let version = manifest.get("dependencies")?.get("@docusaurus/core")?.as_str()?.to_owned();
        let mut parts = version.trim_start_matches(['^', '~', '>', '=', ' ']).split('.');
        Some((parts.next()?.parse::<u32>().ok()?, parts.next()?.parse::<u32>().ok()?))
    });
    version.is_some_and(|version| version < (3, 10))
}

impl Pages {
    fn folder(&self, repo: &Repo, file: &str) -> String {
        match self {
            Self::In(folder) => (*folder).to_owned(),
            Self::Beside => file.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned(),
            Self::OfMkDocs => {
                let config = repo.yaml(file);
                let folder = config.as_ref().and_then(|config| config.get("docs_dir")?.as_str());
                folder.unwrap_or("docs").to_owned()
            }
            Self::OfMdBook => {
                let config = repo.toml(file);
                let book = config.as_ref().and_then(|config| config.get("book"));
                book.and_then(|book| book.get("src")?.as_str()).unwrap_or("src").to_owned()
            }
        }
    }
}
