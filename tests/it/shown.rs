//! What a reader of the errors page should see, worked out from `catalog.json` without a template:
//! every block, anchor and link in its order. The tests of each renderer, in Rust, Node and Python,
//! compare what theirs shows with it; it is written next to each page below target/tmp, as
//! `shown.json`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::escape::{CODE, parts, spaced, urls};
use crate::{Repo, files_below, mdbook, root};

/// The pages that renderers show, except the hostile ones, which [`crate::texts`] makes.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages")
}

/// Every page in each of its forms, in a folder of its name.
#[test]
fn the_pages_are_generated() {
    if folder().exists() {
        fs::remove_dir_all(folder()).unwrap();
    }
    let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
    for (name, catalog) in [
        ("tensorloop", read("catalog/tensorloop.yaml")),
        ("features", read("tests/it/catalogs/features.yaml")),
        ("odd-but-legal", read("tests/it/catalogs/odd-but-legal.yaml")),
        ("bare", read("tests/it/catalogs/bare.yaml")),
        ("retries", read("tests/it/page/retries.yaml")),
    ] {
        make(&folder(), name, &catalog);
    }
}

/// The forms of a page: the file that renderers read, the target, and its options.
const FORMS: &[(&str, &str, &str)] = &[
    ("errors.md", "markdown", "{}"),
    ("errors.mdx", "markdown-mdx", "{}"),
    ("frontmatter.md", "markdown", r#"{"frontmatter": true}"#),
    ("frontmatter.mdx", "markdown-mdx", r#"{"frontmatter": true}"#),
    ("mkdocs.md", "markdown", r#"{"site": "mkdocs"}"#),
    ("vitepress.md", "markdown", r#"{"site": "vitepress"}"#),
    ("mdbook.md", "markdown", r#"{"site": "mdbook"}"#),
    ("docusaurus.mdx", "markdown-mdx", r#"{"site": "docusaurus"}"#),
    ("fumadocs.mdx", "markdown-mdx", r#"{"site": "fumadocs"}"#),
];

/// Makes the pages of a catalog in each form, and what they should show. `split` has a page for each API.
pub(crate) fn make(folder: &Path, name: &str, catalog: &str) {
    let outputs = FORMS.iter().map(|(file, target, options)| {
        let options: Value = serde_json::from_str(options).unwrap();
        json!({"catalog": "errors.yaml", "target": target, "out": format!("out/{file}"), "options": options})
    });
    let split = |target: &str| json!({"catalog": "errors.yaml", "target": target, "out": "split", "options": {"split": "surface"}});
    let others = [
        json!({"catalog": "errors.yaml", "target": "json", "out": "."}),
        split("markdown"),
        split("markdown-mdx"),
    ];
    let outputs: Vec<Value> = outputs.chain(others).collect();
    let repo = Repo::new()
        .file("errors.yaml", catalog)
        .file("errcat.yaml", json!({"errcat": 1, "outputs": outputs}).to_string());
    repo.ok(&["generate"]);
    let folder = folder.join(name);
    fs::create_dir_all(&folder).unwrap();
    for (file, ..) in FORMS {
        let made = if file.ends_with('x') { "errors.mdx" } else { "errors.md" };
        fs::write(folder.join(file), repo.read(&format!("out/{file}/{made}"))).unwrap();
    }
    let catalog = serde_json::from_str(&repo.read("catalog.json")).unwrap();
    let shown = of(&catalog);
    fs::write(folder.join("shown.json"), shown.to_string()).unwrap();
    mdbook::check(&repo.read("out/errors.md/errors.md"), &shown);
    mdbook::check(&repo.read("out/mdbook.md/errors.md"), &shown);
    for file in files_below(&repo.path("split")).iter().filter(|file| !file.starts_with('.')) {
        let path = folder.join("split").join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, repo.read(&format!("split/{file}"))).unwrap();
    }
    check_split(&folder.join("split"), &catalog);
}

/// The same for the pages that a hostile catalog became.
pub(crate) fn write(folder: &Path) {
    let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap();
    let catalog = serde_json::from_str(&read("json/catalog.json")).unwrap();
    let shown = of(&catalog);
    fs::write(folder.join("markdown/shown.json"), shown.to_string()).unwrap();
    mdbook::check(&read("markdown/errors.md"), &shown);
    mdbook::check(&read("vitepress/errors.md"), &shown);
    check_split(&folder.join("split"), &catalog);
}

/// The index and the page of each API.
fn check_split(folder: &Path, catalog: &Value) {
    let shown = split_of(catalog);
    for (page, shown) in &shown {
        assert!(folder.join(format!("{page}x")).exists(), "no {page}x");
        mdbook::check(&fs::read_to_string(folder.join(page)).unwrap(), shown);
    }
    fs::write(folder.join("shown.json"), Value::from(shown).to_string()).unwrap();
}

/// A page as it is put together: `[kind, text]` a block, `["a", id]` an anchor.
#[derive(Default)]
struct Page {
    blocks: Vec<Value>,
    links: Vec<String>,
}

impl Page {
    /// Adds a block, and the links that its URLs become. A heading has none, and neither has code.
    fn block(&mut self, kind: &str, text: &str) {
        if !kind.starts_with('h') {
            // Linters of OpenAPI refuse what looks like a call.
            self.links.extend(urls(text).into_iter().filter(|url| !url.contains("eval(")));
        }
        self.text(kind, text);
    }

    /// The same where URLs don't become links.
    fn text(&mut self, kind: &str, text: &str) {
        self.blocks.push(json!([kind, spaced(&without_marks(text))]));
    }

    fn sample(&mut self, json: &Value) {
        self.blocks.push(json!(["pre", json]));
    }

    fn anchor(&mut self, id: &str) {
        self.blocks.push(json!(["a", without_marks(id)]));
    }

    /// The anchors of an error or a retired code.
    fn anchors(&mut self, one: &Value) {
        self.anchor(one["anchor"].as_str().unwrap());
        for alias in list(&one["aliases"]) {
            self.anchor(alias.as_str().unwrap());
        }
    }

    fn link(&mut self, id: &str) {
        self.links.push(format!("#{}", without_marks(id)));
    }

    /// A link to an error, which may be on the page of its API.
    fn link_to(&mut self, surface: &Value, error: &Value, folder: Option<&str>) {
        let page = folder.map(|folder| format!("{folder}{}.md", surface["id"].as_str().unwrap()));
        let anchor = error["anchor"].as_str().unwrap();
        self.links.push(format!("{}#{anchor}", page.unwrap_or_default()));
    }

    fn done(self) -> Value {
        json!({"blocks": self.blocks, "links": self.links})
    }

    fn row(&mut self, kind: &str, cells: &[String]) {
        for cell in cells {
            self.block(kind, cell);
        }
    }
}

/// Everything that the page of a catalog shows, with its title first.
pub(crate) fn of(catalog: &Value) -> Value {
    let mut page = Page::default();
    start(&mut page, catalog);
    statuses_of(&mut page, catalog, None);
    page.block("h2", "Error shapes");
    let mut shapes: Vec<(&Value, Vec<String>)> = Vec::new();
    for surface in list(&catalog["surfaces"]) {
        let title = surface["title"].as_str().unwrap().to_owned();
        let mut same = shapes.iter_mut().filter(|(shape, _)| looks_like(shape, &surface["shape"]));
        match same.next() {
            Some((_, titles)) => titles.push(title),
            None => shapes.push((&surface["shape"], vec![title])),
        }
    }
    for (shape, titles) in shapes {
        of_shape(&mut page, shape, &titles.join(", "));
    }
    for surface in list(&catalog["surfaces"]) {
        page.anchor(surface["id"].as_str().unwrap());
        page.block("h2", &seen(&surface["title"]));
        of_surface(&mut page, catalog, surface, None);
    }
    end(&mut page, catalog, None);
    page.done()
}

/// The same with a page for each API, by their paths. The first is the index.
fn split_of(catalog: &Value) -> Map<String, Value> {
    let mut pages = Map::new();
    let mut page = Page::default();
    start(&mut page, catalog);
    page.block("h2", "APIs");
    for surface in list(&catalog["surfaces"]) {
        let id = surface["id"].as_str().unwrap();
        page.anchor(id);
        page.links.push(format!("./errors/{id}.md"));
        page.text("li", &seen(&surface["title"]));
    }
    statuses_of(&mut page, catalog, Some("./errors/"));
    let mut retired = Vec::new();
    for surface in list(&catalog["surfaces"]) {
        retired.extend(list(&surface["retired"]).iter().map(|one| (surface, one)));
    }
    if !retired.is_empty() {
        page.block("h2", "Retired codes");
    }
    for (surface, one) in retired {
        page.anchors(one);
        let id = surface["id"].as_str().unwrap();
        page.links.push(format!("./errors/{id}.md#{}", one["anchor"].as_str().unwrap()));
        page.text("li", &format!("{}{}", plain(&one["code"]), api(catalog, surface, " (", ")")));
    }
    end(&mut page, catalog, Some("./errors/"));
    pages.insert("errors.md".into(), page.done());
    for surface in list(&catalog["surfaces"]) {
        let mut page = Page::default();
        page.block("h1", &seen(&surface["title"]));
        of_surface(&mut page, catalog, surface, Some("../errors.md"));
        pages.insert(format!("errors/{}.md", surface["id"].as_str().unwrap()), page.done());
    }
    let anchors: BTreeMap<&String, &Value> =
        pages.iter().map(|(path, page)| (path, &page["blocks"])).collect();
    for page in pages.values() {
        for link in page["links"].as_array().unwrap() {
            let link = link.as_str().unwrap().trim_start_matches("../");
            let Some((path, anchor)) = link.split_once('#') else { continue };
            // The tests of renderers check the links within a page.
            if let Some(blocks) = anchors.get(&path.to_owned()) {
                let wanted = json!(["a", anchor]);
                assert!(blocks.as_array().unwrap().contains(&wanted), "{link} leads nowhere");
            }
        }
    }
    // Every link to the one page arrives at the index.
    let index = pages["errors.md"]["blocks"].as_array().unwrap();
    let one = of(catalog);
    for anchor in one["blocks"].as_array().unwrap().iter().filter(|block| block[0] == "a") {
        assert!(index.contains(anchor), "{anchor} is not on the index");
    }
    pages
}

/// The title and the intro.
fn start(page: &mut Page, catalog: &Value) {
    page.block("h1", &seen(&catalog["title"]));
    if !catalog["intro"].is_null() {
        page.block("p", &seen(&catalog["intro"]));
    }
}

/// What follows the APIs.
fn end(page: &mut Page, catalog: &Value, folder: Option<&str>) {
    groups(page, catalog, folder);
    if !catalog["retry"].is_null() {
        strategy(page, catalog, folder);
    }
    if !catalog["contact"].is_null() {
        page.block("h2", "Contact");
        if !catalog["contact"]["name"].is_null() {
            page.block("li", &seen(&catalog["contact"]["name"]));
        }
        if !catalog["contact"]["url"].is_null() {
            page.block("li", &seen(&catalog["contact"]["url"]));
        }
        if !catalog["contact"]["email"].is_null() {
            page.block("li", &plain(&catalog["contact"]["email"]));
        }
    }
}

/// The errors of each status. Pages of the APIs are in a folder; then links to errors arrive here.
fn statuses_of(page: &mut Page, catalog: &Value, folder: Option<&str>) {
    let mut groups: BTreeMap<u64, Vec<(&Value, &Value)>> = BTreeMap::new();
    for surface in list(&catalog["surfaces"]) {
        for error in list(&surface["errors"]) {
            for status in list(&error["statuses"]) {
                groups.entry(status.as_u64().unwrap()).or_default().push((surface, error));
            }
        }
    }
    if !groups.is_empty() {
        page.block("h2", "Errors by status");
    }
    for (status, errors) in groups {
        let labels: Vec<String> = errors.iter().map(|(_, error)| label(error)).collect();
        let mut said = Vec::new();
        for ((surface, error), label) in errors.iter().zip(&labels) {
            if folder.is_some() && error["status"] == status {
                page.anchors(error);
            }
            page.link_to(surface, error, folder);
            let is_twice = labels.iter().filter(|other| *other == label).count() > 1;
            let title = format!(" ({})", seen(&surface["title"]));
            said.push(format!("{label}{}", if is_twice { &title } else { "" }));
        }
        page.text("li", &format!("{status}: {}", said.join(", ")));
    }
}

/// Whether two shapes are the same for a reader.
fn looks_like(one: &Value, other: &Value) -> bool {
    let fields = ["intro", "media_type", "sample", "errors_path", "wait_place", "placeholders"];
    fields.iter().all(|field| one[field] == other[field])
}

fn of_shape(page: &mut Page, shape: &Value, titles: &str) {
    let intro = shape["intro"].as_str().unwrap_or(titles);
    page.block("p", &visible(&format!("{intro}:")));
    page.sample(&shape["sample"]);
    let about = about_shape(shape);
    if !about.is_empty() {
        page.block("p", &about.join(" "));
    }
}

/// The title of an error's API, unless the catalog has only one.
fn api(catalog: &Value, surface: &Value, before: &str, after: &str) -> String {
    if list(&catalog["surfaces"]).len() == 1 {
        return String::new();
    }
    format!("{before}{}{after}", seen(&surface["title"]))
}

/// The sentences about lists and waits.
fn about_shape(shape: &Value) -> Vec<String> {
    let placeholders = list(&shape["placeholders"]);
    let has_lists = placeholders.iter().any(|one| one["type"] == "list");
    let mut about = Vec::new();
    if let Some(path) = shape["errors_path"].as_array() {
        let path: Vec<&str> = path.iter().map(|key| key.as_str().unwrap()).collect();
        let (subject, lists) = match path.as_slice() {
            [] => ("The list".to_owned(), "lists within them"),
            path => (path.join("."), "other lists"),
        };
        let end =
            if has_lists { format!(", and {lists} any number of elements") } else { String::new() };
        about.push(format!("{subject} may hold several errors{end}."));
    } else if has_lists {
        about.push("Lists may hold any number of elements.".to_owned());
    }
    if let Some(wait) = placeholders.iter().find(|one| one["type"] == "wait") {
        let unit = if wait["unit"] == "s" { "seconds" } else { "milliseconds" };
        let place = plain(&shape["wait_place"]);
        about.push(format!("{place} says how many {unit} to wait before a retry."));
    }
    about
}

/// `home` is the index, on the page of an API: headings are one level higher there, and don't name it.
fn of_surface(page: &mut Page, catalog: &Value, surface: &Value, home: Option<&str>) {
    let (heading, below) = if home.is_some() { ("h2", "h3") } else { ("h3", "h4") };
    let api = |before: &str, after: &str| {
        if home.is_some() { String::new() } else { api(catalog, surface, before, after) }
    };
    if !surface["intro"].is_null() {
        page.block("p", &seen(&surface["intro"]));
    }
    if !list(&surface["servers"]).is_empty() {
        page.block("p", "Served at:");
        for url in list(&surface["servers"]) {
            page.block("li", &plain(url));
        }
    }
    let has_codes = surface["keyed_by"] != "status";
    let low: Vec<String> = list(&surface["low_statuses"]).iter().map(Value::to_string).collect();
    if let Some((last, others)) = low.split_last() {
        let low = if others.is_empty() {
            last.clone()
        } else {
            format!("{} or {last}", others.join(", "))
        };
        let code = if surface["shape"]["has_literal"] == true {
            "a code"
        } else {
            "one of the codes below"
        };
        page.block("p", &format!("A response with HTTP {low} is an error if its body has the shape of this API's errors and {code}."));
    }
    if surface["keyed_by"] == "code_or_status" {
        page.block("p", "If a response has no code, the HTTP status tells which error it is.");
    }
    if home.is_some() {
        of_shape(page, &surface["shape"], &seen(&surface["title"]));
    }
    let errors = list(&surface["errors"]);
    table(page, surface, errors);
    for error in errors {
        page.anchors(error);
        let (label, name) = (label(error), plain(&error["name"]));
        let called = if label == name { label } else { format!("{label} {name}") };
        let is_bare = has_codes && error["code"].is_null();
        let without = if is_bare { " without a code" } else { "" };
        let statuses = statuses(error);
        page.block(heading, &format!("{called} (HTTP {statuses}{without}{})", api(", ", "")));
        of_error(page, catalog, &surface["shape"], error, home);
        page.link(error["anchor"].as_str().unwrap());
        page.block("p", "Link to this error");
    }
    let retired = list(&surface["retired"]);
    if !retired.is_empty() {
        page.block(heading, &format!("Retired codes{}", api(" (", ")")));
    }
    for one in retired {
        page.anchors(one);
        page.block(below, &format!("{}{}", plain(&one["code"]), api(" (", ")")));
        let end = instead(page, one, &one["use_anchor"]);
        page.block("p", &format!("Retired: it is no longer sent.{end}"));
        page.link(one["anchor"].as_str().unwrap());
        page.block("p", "Link to this code");
    }
    let operations = list(&surface["operations"]);
    if !operations.is_empty() {
        page.block(heading, &format!("Operations{}", api(" (", ")")));
        page.row("th", &["Operation".into(), "Errors".into()]);
    }
    let id = surface["id"].as_str().unwrap();
    for operation in operations {
        let names: Vec<String> = list(&operation["errors"]).iter().map(plain).collect();
        for name in &names {
            page.link(&format!("{id}-{name}"));
        }
        let errors = if names.is_empty() { "none".into() } else { names.join(", ") };
        let operation = format!("{} {}", plain(&operation["method"]), plain(&operation["path"]));
        page.row("td", &[operation, errors]);
    }
}

/// Two columns, so that it fits on a phone. What the catalog says of no error is left out.
fn table(page: &mut Page, surface: &Value, errors: &[Value]) {
    if errors.is_empty() {
        return;
    }
    let has_codes = surface["keyed_by"] != "status";
    let has_fixes = errors.iter().any(|error| !error["fix"].is_null());
    let has_advice = errors.iter().any(|error| !error["retried_statuses"].is_null());
    let first = match (has_codes, has_advice) {
        (true, true) => "Code HTTP, retry",
        (true, false) => "Code HTTP",
        (false, true) => "HTTP Retry",
        (false, false) => "HTTP",
    };
    let second = if has_codes { "Meaning" } else { "Common cause" };
    let fix = if has_fixes { " Fix" } else { "" };
    page.row("th", &[first.into(), format!("{second}{fix}")]);
    for error in errors {
        let deprecated = if error["deprecated"].is_null() { "" } else { " (deprecated)" };
        let (statuses, advice) = (statuses(error), in_short(error));
        let first = if has_codes {
            let code =
                if error["code"].is_null() { "no code".into() } else { plain(&error["code"]) };
            let advice = if advice.is_empty() { advice } else { format!(", {advice}") };
            format!("{code}{deprecated} {statuses}{advice}")
        } else {
            format!("{statuses}{deprecated} {advice}")
        };
        let fix = if error["fix"].is_null() { String::new() } else { seen(&error["fix"]) };
        page.link(error["anchor"].as_str().unwrap());
        // Texts on their own, because URLs are searched for in each.
        page.block("td", &first);
        page.block("td", &format!("{}\n{fix}", seen(&error["meaning"])));
    }
}

fn of_error(page: &mut Page, catalog: &Value, shape: &Value, error: &Value, home: Option<&str>) {
    let home = home.unwrap_or_default();
    let deprecated = &error["deprecated"];
    if !deprecated.is_null() {
        let since = deprecated["since"].as_str();
        let since = since.map(|since| format!(" since {}", visible(since))).unwrap_or_default();
        let end = instead(page, deprecated, &error["use_anchor"]);
        page.block("p", &format!("Deprecated{since}.{end}"));
    }
    page.block("p", &format!("HTTP {}: {}", statuses(error), sentence(&error["meaning"])));
    if !error["fix"].is_null() {
        page.block("p", &format!("Fix: {}", sentence(&error["fix"])));
    }
    if let Some(retried) = error["retried_statuses"].as_array() {
        let advice = advice(&error["retry"]);
        if advice.contains("jitter") {
            page.links.push(format!("{home}#retry-strategy"));
        }
        page.block("p", &advice);
        if !retried.is_empty() && error["retried_statuses"] != error["statuses"] {
            let only: Vec<String> = retried.iter().map(plain).collect();
            let only = only.join(" and ");
            let only =
                format!("This holds for HTTP {only} only. With another status, do not retry.");
            page.block("p", &only);
        }
    }
    let is_retried = !error["retry"].is_null() && error["retry"]["retries"] != 0;
    let mut placeholders = list(&shape["placeholders"]).iter();
    if let Some(wait) = placeholders.find(|one| one["type"] == "wait").filter(|_| is_retried) {
        let unit = if wait["unit"] == "s" { "seconds" } else { "milliseconds" };
        let place = plain(&shape["wait_place"]);
        page.block("p", &format!("Wait longer if {place} (in {unit}) says so."));
    }
    for block in list(&error["doc"]) {
        if let Some(items) = block["items"].as_array() {
            for item in items {
                page.block("li", &seen(item));
            }
        } else {
            page.block("p", &seen(&block["text"]));
        }
    }
    if !list(&error["params"]).is_empty() {
        page.block("p", "In the response:");
    }
    for param in list(&error["params"]) {
        let part = if param["is_part"] == true {
            format!("{} in ", plain(&param["name"]))
        } else {
            String::new()
        };
        page.block(
            "li",
            &format!("{part}{}: {}", plain(&param["place"]), sentence(&param["meaning"])),
        );
    }
    for tag in list(&catalog["tags"]) {
        if list(&error["tags"]).contains(&tag["name"]) {
            page.links.push(format!("{home}#group.{}", tag["name"].as_str().unwrap()));
            page.block(
                "p",
                &format!("Group {}: {}", plain(&tag["name"]), sentence(&tag["meaning"])),
            );
        }
    }
    let operations: Vec<String> = list(&error["operations"]).iter().map(plain).collect();
    if let Some((last, others)) = operations.split_last() {
        let others = if others.is_empty() { String::new() } else { others.join(", ") + " and " };
        page.block("p", &format!("Returned by {others}{last}."));
    }
    if !error["since"].is_null() {
        page.block("p", &format!("Since {}.", seen(&error["since"])));
    }
    page.sample(&error["body"]);
    if !list(&error["see"]).is_empty() {
        page.block("p", "See also:");
    }
    for url in list(&error["see"]) {
        page.block("li", &seen(url));
    }
}

fn groups(page: &mut Page, catalog: &Value, folder: Option<&str>) {
    let mut is_first = true;
    for tag in list(&catalog["tags"]) {
        let surfaces = list(&catalog["surfaces"]).iter();
        let errors = surfaces
            .flat_map(|surface| list(&surface["errors"]).iter().map(move |error| (surface, error)));
        let errors: Vec<_> =
            errors.filter(|(_, error)| list(&error["tags"]).contains(&tag["name"])).collect();
        if errors.is_empty() {
            continue;
        }
        if std::mem::take(&mut is_first) {
            page.block("h2", "Groups");
        }
        page.anchor(&format!("group.{}", plain(&tag["name"])));
        page.block("h3", &plain(&tag["name"]));
        page.block("p", &sentence(&tag["meaning"]));
        for (surface, error) in errors {
            page.link_to(surface, error, folder);
            page.text("li", &format!("{}{}", label(error), api(catalog, surface, " (", ")")));
        }
    }
}

/// The strategy's own sentences are in [`crate::page`], word for word; here is what follows from numbers.
fn strategy(page: &mut Page, catalog: &Value, folder: Option<&str>) {
    let retry = &catalog["retry"];
    page.anchor("retry-strategy");
    page.block("h2", "Retry strategy");
    page.block("p", "*");
    let mut is_first = true;
    for surface in list(&catalog["surfaces"]) {
        for error in list(&surface["errors"]).iter().filter(|error| error["is_exception"] == true) {
            if std::mem::take(&mut is_first) {
                page.block("p", "Exceptions:");
            }
            page.link_to(surface, error, folder);
            let (label, statuses) = (label(error), statuses(error));
            let api = api(catalog, surface, ", ", "");
            let advice = error["retry_text"].as_str().unwrap();
            page.text("li", &format!("{label} ({statuses}{api}): {advice}"));
        }
    }
    let (waits, max) = (list(&retry["waits_ms"]), retry["max_delay_ms"].as_u64().unwrap());
    if waits.is_empty() {
        return;
    }
    page.row("th", &["Retry".into(), "Wait before jitter".into()]);
    for (number, wait) in (1..).zip(waits) {
        page.row("td", &[format!("{number}"), time(wait.as_u64().unwrap())]);
    }
    if retry["retries"].as_u64().unwrap() > waits.len() as u64 {
        page.row("td", &["…".into(), format!("up to {}", time(max))]);
    }
    if retry["initial_ms"].as_u64().unwrap() < max {
        let about = "Jitter is a random time of up to half the wait, so that clients do not all come back at once.";
        page.block("p", &format!("{about} With jitter, a wait is still at most {}.", time(max)));
    }
}

/// What replaces something, and why.
fn instead(page: &mut Page, gone: &Value, anchor: &Value) -> String {
    if let Some(anchor) = anchor.as_str() {
        page.link(anchor);
    }
    let instead = gone["use"].as_str().map(|name| format!(" Use {name} instead."));
    let note = (!gone["note"].is_null()).then(|| format!(" {}", sentence(&gone["note"])));
    instead.unwrap_or_default() + &note.unwrap_or_default()
}

/// Whether to retry an error, in its row of the table.
fn in_short(error: &Value) -> String {
    let (retry, retried) = (&error["retry"], &error["retried_statuses"]);
    match (retry["retries"].as_u64(), retry["after_ms"].as_u64()) {
        _ if retried.is_null() => String::new(),
        (None, _) => "do not retry".into(),
        (Some(0), _) => "do not retry automatically".into(),
        _ if *retried != error["statuses"] => {
            let only: Vec<String> = list(retried).iter().map(plain).collect();
            format!("retry only with {}", only.join(" / "))
        }
        (_, Some(after)) => format!("retry after {}", time(after)),
        (Some(1), None) => "retry once".into(),
        _ => "retry".into(),
    }
}

/// The advice in words: what a client that follows it does, from the definition of the waits.
fn advice(retry: &Value) -> String {
    let number = |field: &str| retry[field].as_u64().unwrap();
    if retry.is_null() {
        return "Do not retry. The same request will fail again.".into();
    }
    let (retries, max, after) =
        (number("retries"), number("max_delay_ms"), retry["after_ms"].as_u64());
    if retries == 0 {
        let when = after.map_or("later".into(), |after| format!("after {}", time(after)));
        return format!("Do not retry automatically. The same request may succeed {when}.");
    }
    let grown = |retry: u64| {
        let mut wait = number("initial_ms");
        for _ in 0..retry {
            wait = wait.saturating_mul(number("factor")).min(max);
        }
        wait.min(max)
    };
    // One that is shorter than every wait changes nothing.
    let after = after.filter(|after| *after >= grown(0));
    let wait = |retry| grown(retry).max(after.unwrap_or(0));
    let is_constant = wait(0) == wait(retries - 1);
    if let Some(wait) = after.filter(|_| retries == 1 || is_constant).map(time) {
        let then = if retries == 1 {
            ", then retry once".into()
        } else {
            format!(" before each retry, up to {retries} times")
        };
        return format!("Wait {wait}{then}. Retrying sooner won't help.");
    }
    let jitter = if grown(0) < max { " plus jitter" } else { "" };
    let end = if after.is_some() { " Retrying sooner won't help." } else { "" };
    if retries == 1 {
        return format!("Retry once, after {}{jitter}.", time(wait(0)));
    }
    if is_constant {
        return format!("Retry up to {retries} times, {} apart{jitter}.", time(wait(0)));
    }
    let all: Vec<u64> = (0..retries).map(wait).collect();
    format!("Retry up to {retries} times: after {}, each{jitter}.{end}", times(&all))
}

/// Waits that differ, in words.
fn times(all: &[u64]) -> String {
    let last = *all.last().unwrap();
    let grows = all.iter().take_while(|wait| **wait != last).count();
    let told = if grows + 1 < all.len() { &all[..grows] } else { all };
    if told.len() > 8 {
        let first = counts(&told[..3]);
        return format!("{} and so on, up to {}", first.replace(" and ", ", "), time(last));
    }
    let then = format!(", then every {}", time(last));
    counts(told) + if grows + 1 < all.len() { &then } else { "" }
}

/// Times in the largest unit that is exact for all, or in seconds with a fraction.
fn counts(times: &[u64]) -> String {
    let units = [(86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"), (1000, "second")];
    let exact = units.iter().find(|(size, _)| times.iter().all(|ms| ms % size == 0));
    let is_short = times.iter().all(|ms| *ms < 1000);
    let (size, unit) =
        exact.copied().unwrap_or(if is_short { (1, "millisecond") } else { (1000, "second") });
    #[allow(clippy::cast_precision_loss, reason = "no wait is that long")]
    let counts: Vec<String> =
        times.iter().map(|ms| (*ms as f64 / size as f64).to_string()).collect();
    let end = if times == [size] { "" } else { "s" };
    match counts.split_last() {
        Some((last, [])) => format!("{last} {unit}{end}"),
        Some((last, before)) => format!("{} and {last} {unit}{end}", before.join(", ")),
        None => String::new(),
    }
}

fn time(ms: u64) -> String {
    counts(&[ms])
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn seen(text: &Value) -> String {
    visible(text.as_str().unwrap().trim())
}

/// A text as a page shows it, but with a mark before and after each code span.
fn visible(text: &str) -> String {
    let mark = |(is_code, part)| if is_code { format!("{CODE}{part}{CODE}") } else { part };
    parts(text).into_iter().map(mark).collect()
}

fn without_marks(text: &str) -> String {
    text.replace(CODE, "")
}

/// With the full stop that pages add to a text without a mark at its end.
fn sentence(text: &Value) -> String {
    let text = text.as_str().unwrap();
    let ends = text.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', ';']);
    if ends { visible(text) } else { visible(&format!("{text}.")) }
}

/// A code, a name or a number as it is, in marks of code.
fn plain(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    format!("{CODE}{text}{CODE}")
}

fn label(error: &Value) -> String {
    plain(if error["code"].is_null() { &error["name"] } else { &error["code"] })
}

fn statuses(error: &Value) -> String {
    list(&error["statuses"]).iter().map(Value::to_string).collect::<Vec<_>>().join(" / ")
}
