//! Docs sites: which one a repo has, and where its pages are.

use super::proposal::Proposal;
use super::repo::Repo;

/// A kind of site.
struct Site {
    /// The site is there if one of these is.
    files: &'static [&'static str],
    target: &'static str,
    pages: Pages,
    /// Whether pages begin with title and description as YAML.
    has_frontmatter: bool,
    /// What is left to do by hand.
    next: Option<&'static str>,
}

/// The folder of a site's pages.
enum Pages {
    In(&'static str),
    /// Beside the file that was found.
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
        pages: Pages::OfMkDocs,
        has_frontmatter: false,
        next: Some("add errors.md to `nav`, if there is one"),
    },
    Site {
        files: &["docusaurus.config.ts", "docusaurus.config.js", "docusaurus.config.mjs"],
        target: "markdown-mdx",
        pages: Pages::In("docs"),
        has_frontmatter: true,
        next: None,
    },
    Site {
        files: &["source.config.ts", "source.config.mjs"], // Fumadocs
        target: "markdown-mdx",
        pages: Pages::In("content/docs"),
        has_frontmatter: true,
        next: None,
    },
    Site {
        files: &[".vitepress", "docs/.vitepress"],
        target: "markdown",
        pages: Pages::Beside,
        has_frontmatter: false,
        next: Some("link to errors.md in the sidebar"),
    },
    Site {
        files: &["book.toml"],
        target: "markdown",
        pages: Pages::OfMdBook,
        has_frontmatter: false,
        next: Some("add `- [Errors](errors.md)` to SUMMARY.md"),
    },
    Site {
        files: &["docs"],
        target: "markdown",
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
    let frontmatter = site.has_frontmatter.then(|| ("frontmatter", "true".to_owned()));
    let path = name.map_or_else(String::new, |name| format!("{name}/")) + "errors.md";
    Some(Proposal {
        options: frontmatter.into_iter().collect(),
        because: Some(format!("Because of {file}: a page of the site")),
        next: site.next.map(|next| next.replace("errors.md", &path)),
        ..page
    })
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
