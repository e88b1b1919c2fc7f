//! What a reader of the errors page is to see, told from `catalog.json` without a template: every
//! block, anchor and link in its order. The tests of each renderer, in Rust, Node and Python, compare
//! what theirs shows with it; it is written beside each page below target/tmp, as `shown.json`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::escape::{CODE, parts, spaced, urls};
use crate::{Repo, mdbook, root};

/// The pages that renderers show, but for the hostile ones, which [`crate::texts`] makes.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages")
}

/// Every page, with and without frontmatter, each in a folder of its name.
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

/// Makes the pages of a catalog, and what they are to show.
pub(crate) fn make(folder: &Path, name: &str, catalog: &str) {
    let repo = Repo::new().file("errors.yaml", catalog).file(
        "errcat.yaml",
        json!({"errcat": 1, "outputs": [
            {"catalog": "errors.yaml", "target": "json", "out": "."},
            {"catalog": "errors.yaml", "target": "markdown", "out": "plain"},
            {"catalog": "errors.yaml", "target": "markdown-mdx", "out": "plain"},
            {"catalog": "errors.yaml", "target": "markdown", "out": "frontmatter", "options": {"frontmatter": true}},
            {"catalog": "errors.yaml", "target": "markdown-mdx", "out": "frontmatter", "options": {"frontmatter": true}},
        ]})
        .to_string(),
    );
    repo.ok(&["generate"]);
    let folder = folder.join(name);
    fs::create_dir_all(&folder).unwrap();
    for extension in ["md", "mdx"] {
        for (form, file) in [("plain", "errors"), ("frontmatter", "frontmatter")] {
            let page = repo.read(&format!("{form}/errors.{extension}"));
            fs::write(folder.join(format!("{file}.{extension}")), page).unwrap();
        }
    }
    let shown = of(&serde_json::from_str(&repo.read("catalog.json")).unwrap());
    fs::write(folder.join("shown.json"), shown.to_string()).unwrap();
    mdbook::check(&repo.read("plain/errors.md"), &shown);
}

/// The same for the page that a hostile catalog became.
pub(crate) fn write(folder: &Path) {
    let catalog = fs::read_to_string(folder.join("json/catalog.json")).unwrap();
    let shown = of(&serde_json::from_str(&catalog).unwrap());
    fs::write(folder.join("markdown/shown.json"), shown.to_string()).unwrap();
    mdbook::check(&fs::read_to_string(folder.join("markdown/errors.md")).unwrap(), &shown);
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
        self.blocks.push(json!([kind, spaced(&without_marks(text))]));
    }

    fn sample(&mut self, json: &Value) {
        self.blocks.push(json!(["pre", json]));
    }

    fn anchor(&mut self, id: &str) {
        self.blocks.push(json!(["a", without_marks(id)]));
    }

    fn link(&mut self, id: &str) {
        self.links.push(format!("#{}", without_marks(id)));
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
    page.block("h1", &seen(&catalog["title"]));
    if !catalog["intro"].is_null() {
        page.block("p", &seen(&catalog["intro"]));
    }
    page.block("h2", "Error shapes");
    for surface in list(&catalog["surfaces"]) {
        let intro = &surface["shape"]["intro"];
        let intro = if intro.is_null() { &surface["title"] } else { intro };
        page.block("p", &visible(&format!("{}:", intro.as_str().unwrap())));
        page.sample(&surface["shape"]["sample"]);
        let about = of_shape(&surface["shape"]);
        if !about.is_empty() {
            page.block("p", &about.join(" "));
        }
    }
    for surface in list(&catalog["surfaces"]) {
        of_surface(&mut page, catalog, surface);
    }
    groups(&mut page, catalog);
    if !catalog["retry"].is_null() {
        strategy(&mut page, &catalog["retry"]);
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
    json!({"blocks": page.blocks, "links": page.links})
}

/// The sentences about lists and waits.
fn of_shape(shape: &Value) -> Vec<String> {
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

fn of_surface(page: &mut Page, catalog: &Value, surface: &Value) {
    let id = surface["id"].as_str().unwrap();
    page.anchor(id);
    page.block("h2", &seen(&surface["title"]));
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
    let errors = list(&surface["errors"]);
    // A column that would be empty is left out.
    let has_fixes = errors.iter().any(|error| !error["fix"].is_null());
    let has_advice = errors.iter().any(|error| !error["retried_statuses"].is_null());
    if !errors.is_empty() {
        let head: &[&str] =
            if has_codes { &["Code", "HTTP", "Meaning"] } else { &["HTTP", "Common cause"] };
        let more = [has_fixes.then_some("Fix"), has_advice.then_some("Retry")];
        let head = head.iter().copied().chain(more.into_iter().flatten());
        page.row("th", &head.map(str::to_owned).collect::<Vec<_>>());
    }
    for error in errors {
        let (statuses, deprecated) = (statuses(error), !error["deprecated"].is_null());
        let code = if error["code"].is_null() { "no code".into() } else { plain(&error["code"]) };
        let mut cells = if has_codes { vec![code, statuses] } else { vec![statuses] };
        if deprecated {
            cells[0] += " (deprecated)";
        }
        cells.push(seen(&error["meaning"]));
        if has_fixes {
            cells.push(if error["fix"].is_null() { String::new() } else { seen(&error["fix"]) });
        }
        if has_advice {
            cells.push(in_short(error));
        }
        page.link(error["anchor"].as_str().unwrap());
        page.row("td", &cells);
    }
    for error in errors {
        page.anchor(error["anchor"].as_str().unwrap());
        for alias in list(&error["aliases"]) {
            page.anchor(alias.as_str().unwrap());
        }
        let (label, name) = (label(error), plain(&error["name"]));
        let heading = if has_codes && error["code"].is_null() {
            format!("HTTP {} without a code: {name}", self::statuses(error))
        } else if label == name {
            label
        } else {
            format!("{label} {name}")
        };
        page.block("h3", &format!("{heading} ({})", pascal(id)));
        of_error(page, catalog, &surface["shape"], error);
    }
    let retired = list(&surface["retired"]);
    if !retired.is_empty() {
        page.block("h3", &format!("Retired codes ({})", pascal(id)));
    }
    for one in retired {
        page.anchor(one["anchor"].as_str().unwrap());
        for alias in list(&one["aliases"]) {
            page.anchor(alias.as_str().unwrap());
        }
        page.block("h4", &format!("{} ({})", plain(&one["code"]), pascal(id)));
        let end = instead(page, one, &one["use_anchor"]);
        page.block("p", &format!("Retired: it is no longer sent.{end}"));
    }
    operations(page, surface);
}

fn operations(page: &mut Page, surface: &Value) {
    let id = surface["id"].as_str().unwrap();
    let operations = list(&surface["operations"]);
    if operations.is_empty() {
        return;
    }
    page.block("h3", &format!("Operations ({})", pascal(id)));
    page.row("th", &["Operation".into(), "Errors".into()]);
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

fn of_error(page: &mut Page, catalog: &Value, shape: &Value, error: &Value) {
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
            page.link("retry-strategy");
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
            page.link(&format!("group.{}", plain(&tag["name"])));
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

fn groups(page: &mut Page, catalog: &Value) {
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
            page.link(error["anchor"].as_str().unwrap());
            let surface = pascal(surface["id"].as_str().unwrap());
            page.block("li", &format!("{} ({surface})", label(error)));
        }
    }
}

/// The strategy's own sentences are in [`crate::page`], word for word; here is what follows from numbers.
fn strategy(page: &mut Page, retry: &Value) {
    page.anchor("retry-strategy");
    page.block("h2", "Retry strategy");
    page.block("p", "*");
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

/// The last cell of an error's row.
fn in_short(error: &Value) -> String {
    let (retry, retried) = (&error["retry"], &error["retried_statuses"]);
    match (retry["retries"].as_u64(), retry["after_ms"].as_u64()) {
        _ if retried.is_null() => String::new(),
        (None, _) => "No".into(),
        (Some(0), _) => "Not automatically".into(),
        _ if *retried != error["statuses"] => {
            let only: Vec<String> = list(retried).iter().map(plain).collect();
            format!("Only with {}", only.join(" / "))
        }
        (_, Some(after)) => format!("After {}", time(after)),
        (Some(1), None) => "Once".into(),
        _ => "Yes".into(),
    }
}

/// The advice in words: what a client that follows it does, from the definition of the waits.
fn advice(retry: &Value) -> String {
    let number = |field: &str| retry[field].as_u64().unwrap();
    if retry.is_null() {
        return "Do not retry. The same request will fail again until this is fixed.".into();
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

/// A code, a name or a number, which stand as they are, in marks of code.
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

fn pascal(id: &str) -> String {
    let mut starts_word = true;
    let mut name = String::new();
    for c in id.chars() {
        if c != '_' {
            name.push(if starts_word { c.to_ascii_uppercase() } else { c });
        }
        starts_word = c == '_';
    }
    name
}
