//! What a catalog was at a revision, wherever errcat runs and however the revision is named.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::{Ran, Repo};

/// A catalog with one error for each code.
fn catalog(codes: &[&str]) -> String {
    let error = |code: &&str| {
        format!(
            "      - {{code: {code}, status: 400, meaning: It is {code}, fix: Mend {code}., retryable: false}}\n"
        )
    };
    format!(
        "errcat: 1\nproduct: P\nversion: 1.0.0\ntitle: T\nsurfaces:\n  - id: api\n    title: API\n    \
         shape: {{body: {{error: <code>}}}}\n    errors:\n{}",
        codes.iter().map(error).collect::<String>()
    )
}

/// A catalog that includes the errors of another one, at this path.
fn including(path: &str) -> String {
    format!(
        "errcat: 1\nproduct: P\nversion: 1.0.0\ntitle: T\nsurfaces:\n  - id: api\n    title: API\n    \
         shape: {{body: {{error: <code>}}}}\n    include: [{path}#common]\n"
    )
}

/// The errors that other catalogs include.
fn common(codes: &[&str]) -> String {
    let catalog = catalog(codes).replace("id: api", "id: common");
    catalog.replace("    title: API\n    shape: {body: {error: <code>}}\n", "")
}

impl Repo {
    fn committed(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// Compares a catalog, in a folder.
    fn diff(&self, folder: &str, arguments: &[&str]) -> Ran {
        let mut command = self.command(&[&["diff"], arguments].concat());
        Ran::from(command.current_dir(self.path(folder)).output().unwrap())
    }
}

/// A repository with a catalog of two errors, tagged `v1.0.0`. One of them is gone since.
fn repo() -> Repo {
    let repo = Repo::new().file("api/errors.yaml", catalog(&["kept", "lost"]));
    repo.git(&["init", "--quiet", "--initial-branch", "main"]);
    repo.committed("first");
    repo.git(&["tag", "--annotate", "v1.0.0", "--message", "first"]);
    repo.put("api/errors.yaml", catalog(&["kept"]));
    repo
}

/// The rule of each change, and the error that it is about.
fn changes(ran: &Ran) -> Vec<String> {
    let lines = ran.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let changes = lines.filter(|line| line["rule"].is_string());
    changes.map(|line| format!("{} {}", text(&line["rule"]), text(&line["error"]))).collect()
}

/// Fails unless errcat sees that one error is gone.
fn assert_lost(ran: &Ran, what: &str) {
    assert_eq!(ran.status, 1, "{what}:\n{ran}");
    assert_eq!(changes(ran), ["error-removed lost"], "{what}:\n{ran}");
}

/// Fails unless errcat says why it can't compare, and nothing else.
fn assert_failed(ran: &Ran, says: &[&str]) {
    assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{ran}");
    for text in says {
        assert!(ran.stderr.contains(text), "`{text}` is not in:\n{}", ran.stderr);
    }
    assert_eq!(ran.stderr.matches("error: ").count(), 1, "one message: {ran}");
}

const JSON: [&str; 4] = ["--catalog", "errors.yaml", "--format", "json"];

#[test]
fn without_a_revision_it_is_the_last_tag() {
    let repo = repo();
    repo.committed("lost");
    repo.put("api/errors.yaml", catalog(&["kept", "late"]));
    repo.committed("late");
    assert_lost_and_late(&repo.diff("api", &JSON), "v1.0.0");
    // A tag needn't be annotated.
    repo.git(&["tag", "v1.1.0", "HEAD~1"]);
    let ran = repo.diff("api", &JSON);
    assert_eq!(changes(&ran), ["error-added late"], "{ran}");
    // That of another branch doesn't count.
    repo.git(&["checkout", "--quiet", "-b", "other", "v1.0.0"]);
    repo.git(&["commit", "--quiet", "--allow-empty", "--message", "other"]);
    repo.git(&["tag", "v9.0.0"]);
    repo.git(&["checkout", "--quiet", "main"]);
    assert_eq!(changes(&repo.diff("api", &JSON)), ["error-added late"]);
}

fn assert_lost_and_late(ran: &Ran, revision: &str) {
    assert_eq!(changes(ran), ["error-removed lost", "error-added late"], "{ran}");
    assert!(ran.stdout.contains(&format!("errors.yaml at {revision}")), "{ran}");
}

/// What a person can type after `git show` names a revision.
#[test]
fn a_revision_has_many_names() {
    let repo = repo();
    repo.git(&["branch", "feature/x"]);
    let commit = repo.git(&["rev-parse", "HEAD"]).trim().to_owned();
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    repo.committed("second of the tests");
    repo.put("api/notes.md", "");
    repo.committed("third");
    for name in [
        "v1.0.0",
        "refs/tags/v1.0.0",
        "v1.0.0^{commit}",
        "HEAD~2",
        "HEAD^^",
        "@~2",
        "main~2",
        "feature/x",
        "origin/main",
        &commit,
        commit.split_at(8).0,
        "HEAD@{2}",
        "HEAD^{/first}",
    ] {
        assert_lost(&repo.diff("api", &[&JSON[..], &["--against", name]].concat()), name);
        // Also as one word.
        let ran = repo.diff("api", &[&JSON[..], &[&format!("--against={name}")]].concat());
        assert_lost(&ran, name);
    }
    let ran = repo.diff("api", &[&JSON[..], &["--against", "HEAD^{/second}"]].concat());
    assert_eq!((ran.status, changes(&ran)), (0, vec![]), "{ran}");
}

#[test]
fn it_works_in_every_folder_and_kind_of_checkout() {
    let repo = repo();
    let whole = repo.path("api/errors.yaml");
    let whole = whole.to_str().unwrap();
    repo.put("other/deep/x", "");
    for (folder, path) in [
        ("", "api/errors.yaml"),
        ("", "./api/../api/errors.yaml"),
        ("api", "errors.yaml"),
        ("other/deep", "../../api/errors.yaml"),
        ("other/deep", whole),
    ] {
        let ran = repo.diff(folder, &["--catalog", path, "--format", "json"]);
        assert_lost(&ran, &format!("{path} in {folder}"));
    }
    // What a hook of another repository leaves in the environment.
    let mut hook = repo.command(&["diff", "--catalog", "api/errors.yaml", "--format", "json"]);
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
        hook.env(name, "/nowhere");
    }
    assert_lost(&Ran::from(hook.output().unwrap()), "in a hook");
    // A worktree has a file for its `.git`.
    repo.git(&["worktree", "add", "--quiet", "tree", "HEAD"]);
    repo.put("tree/api/errors.yaml", catalog(&["kept"]));
    assert_lost(&repo.diff("tree/api", &JSON), "in a worktree");
}

/// Links to a folder of the repository, and into it, are those of today.
#[cfg(unix)]
#[test]
fn a_path_may_lead_through_links() {
    let repo = repo();
    let outside = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(repo.path(""), outside.path().join("link")).unwrap();
    let through = outside.path().join("link/api/errors.yaml");
    let ran = repo.diff("", &["--catalog", through.to_str().unwrap(), "--format", "json"]);
    assert_lost(&ran, "through a link to the repository");
    let mut command = repo.command(&[&["diff"], &JSON[..]].concat());
    command.current_dir(outside.path().join("link/api"));
    assert_lost(&Ran::from(command.output().unwrap()), "in a linked folder");
    // A link that is new leads to where the catalog was.
    std::os::unix::fs::symlink("api", repo.path("current")).unwrap();
    assert_lost(&repo.diff("current", &JSON), "in a new link");
    let ran = repo.diff("", &["--catalog", "current/errors.yaml", "--format", "json"]);
    assert_lost(&ran, "through a new link");
}

#[test]
fn a_submodule_has_revisions_of_its_own() {
    let shared = repo();
    shared.git(&["checkout", "--quiet", "."]);
    let repo = Repo::new().file("errors.yaml", including("shared/common.yaml"));
    shared.put("common.yaml", common(&["kept", "lost"]));
    shared.committed("common");
    repo.git(&["init", "--quiet"]);
    let from = shared.path("");
    repo.git(&["submodule", "--quiet", "add", from.to_str().unwrap(), "shared"]);
    repo.committed("all");
    repo.git(&["tag", "v1"]);
    // The catalog of a submodule is compared within the submodule.
    repo.put("shared/api/errors.yaml", catalog(&["kept"]));
    assert_lost(&repo.diff("shared/api", &JSON), "in a submodule");
    // What a catalog includes from a submodule is what it was at the commit that was recorded.
    repo.put("shared/common.yaml", common(&["kept"]));
    repo.git(&["-C", "shared", "commit", "--quiet", "--all", "--message", "lost"]);
    repo.committed("lost");
    assert_lost(&repo.diff("", &JSON), "from a submodule");
    // The revisions that count are those of the repository with errcat.yaml.
    let outputs = ["shared/api/errors", "errors"]
        .map(|name| format!("  - {{catalog: {name}.yaml, target: json, out: out/{name}}}\n"));
    repo.put("errcat.yaml", format!("errcat: 1\noutputs:\n{}", outputs.concat()));
    for folder in ["", "shared"] {
        let ran = repo.diff(folder, &["--format", "json", "--against", "v1"]);
        assert_eq!(changes(&ran), ["error-removed lost", "error-removed lost"], "{ran}");
    }
    repo.git(&["clone", "--quiet", ".", "clone"]);
    repo.put("clone/errors.yaml", catalog(&["kept"]));
    assert_failed(&repo.diff("clone", &JSON), &["`shared`", "git submodule update --init"]);
}

#[cfg(unix)]
#[test]
fn any_path_is_read() {
    let repo = Repo::new();
    repo.git(&["init", "--quiet"]);
    let files = [
        "a b/errors.yaml",
        ":(top)x/:errors.yaml",
        ":errors.yaml",
        "a\"b'c/$x.yaml",
        "-folder/-x.yaml",
        "日本/naïve.yaml",
        "e\u{301}/x.yaml",
        "new\nline/x.yaml",
        "star*[a]?/x.yaml",
        "back\\slash/x.yaml",
        "HEAD:errors.yaml",
    ];
    for file in files {
        repo.put(file, catalog(&["kept", "lost"]));
    }
    repo.committed("all");
    repo.git(&["tag", "v1"]);
    for file in files {
        repo.put(file, catalog(&["kept"]));
        let path = format!("--catalog=./{file}");
        assert_lost(&repo.diff("", &[&path, "--format", "json"]), file);
    }
}

/// The blob counts, not what a checkout makes of it.
#[test]
fn filters_and_line_ends_make_no_difference() {
    let repo = Repo::new().file("errors.yaml", catalog(&["kept", "lost"]).replace('\n', "\r\n"));
    repo.put(".gitattributes", "*.yaml text eol=crlf diff=own filter=own\n");
    repo.git(&["init", "--quiet"]);
    for setting in ["diff.own.textconv", "diff.own.command", "filter.own.smudge", "core.fsmonitor"]
    {
        repo.git(&["config", setting, "touch ran; tr a-z A-Z"]);
    }
    repo.committed("all");
    assert!(!repo.git(&["cat-file", "blob", "HEAD:errors.yaml"]).contains('\r'));
    let all = [&JSON[..], &["--against", "HEAD"]].concat();
    let ran = repo.diff("", &all);
    assert_eq!((ran.status, changes(&ran)), (0, vec![]), "{ran}");
    repo.put("errors.yaml", catalog(&["kept"]));
    std::fs::remove_file(repo.path("ran")).unwrap(); // by the command that adds files
    assert_lost(&repo.diff("", &all), "with filters");
    assert!(!repo.path("ran").exists());
}

#[test]
fn a_repository_with_longer_ids_is_read() {
    let repo = Repo::new().file("api/errors.yaml", catalog(&["kept", "lost"]));
    repo.git(&["init", "--quiet", "--object-format=sha256"]);
    repo.committed("all");
    repo.git(&["tag", "v1"]);
    repo.put("api/errors.yaml", catalog(&["kept"]));
    assert_lost(&repo.diff("api", &JSON), "sha256");
}

/// What was included then, from where it was then.
#[test]
fn includes_are_those_of_the_revision() {
    let repo = Repo::new().file("api/errors.yaml", including("../platform/errors.yaml"));
    repo.put("platform/errors.yaml", common(&["kept", "lost"]));
    repo.git(&["init", "--quiet"]);
    repo.committed("all");
    repo.git(&["tag", "v1"]);
    repo.put("platform/errors.yaml", common(&["kept"]));
    let ran = repo.diff("api", &JSON);
    assert_lost(&ran, "a change of what is included");
    let change: Value = serde_json::from_str(ran.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&change["path"], &change["line"]),
        (&json!("../platform/errors.yaml at v1"), &json!(9))
    );
    std::fs::remove_dir_all(repo.path("platform")).unwrap();
    repo.put("shared/common.yaml", common(&["kept"]));
    repo.put("api/errors.yaml", including("../shared/common.yaml"));
    assert_lost(&repo.diff("api", &JSON), "another file is included");
}

/// A revision can't make errcat read, or show, what is outside of the repository.
#[cfg(unix)]
#[test]
fn links_of_the_revision_are_followed_within_the_repository_alone() {
    use std::os::unix::fs::symlink;
    let repo = Repo::new().file("platform/errors.yaml", common(&["kept", "lost"]));
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.yaml"), common(&["hunter2"])).unwrap();
    repo.git(&["init", "--quiet"]);
    let top = std::fs::canonicalize(repo.path("")).unwrap();
    for (link, to) in [
        ("file.yaml", Path::new("platform/errors.yaml").to_owned()),
        ("folder", "platform".into()),
        ("chain", "./folder/../folder".into()),
        ("whole.yaml", top.join("platform/errors.yaml")),
        ("out.yaml", outside.path().join("secret.yaml")),
        ("up", "../..".into()),
        ("loop.yaml", "loop.yaml".into()),
        ("nowhere.yaml", "nothing".into()),
    ] {
        symlink(to, repo.path(link)).unwrap();
    }
    let followed = ["file.yaml", "folder/errors.yaml", "chain/errors.yaml", "whole.yaml"];
    let refused = [
        ("out.yaml", "a symbolic link leads there"),
        ("up/x.yaml", "a symbolic link leads there"),
        ("loop.yaml", "doesn't exist"),
        ("nowhere.yaml", "doesn't exist"),
        ("folder.yaml", "doesn't exist"),
        ("platform/errors.yaml/x.yaml", "doesn't exist"),
        ("../x.yaml", "is outside of the repository"),
    ];
    let name = |path: &str| format!("{}.yaml", path.replace(['/', '.'], "_"));
    for path in followed.iter().chain(refused.iter().map(|(path, _)| path)) {
        repo.put(&format!("by_{}", name(path)), including(path));
    }
    repo.put("readme.yaml", "password: hunter2\n");
    repo.put("by_readme.yaml", including("readme.yaml"));
    symlink("by_file_yaml.yaml", repo.path("linked.yaml")).unwrap();
    symlink(outside.path().join("secret.yaml"), repo.path("leak.yaml")).unwrap();
    repo.committed("all");
    repo.git(&["tag", "v1"]);
    let diff = |path: &str| {
        std::fs::remove_file(repo.path(path)).unwrap();
        repo.put(path, catalog(&["kept"]));
        repo.diff("", &["--catalog", path, "--format", "json"])
    };
    for path in followed {
        let path = format!("by_{}", name(path));
        assert_lost(&diff(&path), &path);
    }
    assert_lost(&diff("linked.yaml"), "a catalog that was a link");
    let refused = refused.map(|(path, says)| (format!("by_{}", name(path)), says));
    for (path, says) in refused.into_iter().chain([("by_readme.yaml".into(), "is not a catalog")]) {
        let ran = diff(&path);
        assert_eq!(ran.status, 2, "{path}: {ran}");
        let said = ran.stdout + &ran.stderr;
        assert!(said.contains(says) && said.contains(&format!("{path} at v1")), "{path}: {said}");
        assert!(!said.contains("hunter2"), "{path}: {said}");
    }
    let ran = diff("leak.yaml");
    assert_failed(&ran, &["`leak.yaml` is a link out of the repository at v1"]);
}

#[test]
fn a_broken_catalog_of_the_revision_is_no_result() {
    let repo = Repo::new().file("errors.yaml", "errcat: 1\nsurfaces: [\n");
    repo.put("text.yaml", [0xff, 0xfe, 0x00]);
    repo.put("folder.yaml/x", "");
    repo.git(&["init", "--quiet"]);
    repo.committed("all");
    repo.git(&["tag", "v1"]);
    std::fs::remove_dir_all(repo.path("folder.yaml")).unwrap();
    for (path, says) in [
        ("errors.yaml", "errors.yaml at v1:"),
        ("text.yaml", "text.yaml at v1:"),
        ("folder.yaml", "`folder.yaml` is a folder at v1"),
    ] {
        repo.put(path, catalog(&["kept"]));
        let ran = repo.diff("", &["--catalog", path]);
        assert_eq!(ran.status, 2, "{path}: {ran}");
        assert!(ran.to_string().contains(says), "{path}: {ran}");
    }
}

#[test]
fn a_catalog_that_is_new_or_was_moved_is_reported() {
    let repo = repo();
    repo.put("api/new.yaml", catalog(&["kept"]));
    let ran = repo.diff("api", &["--catalog", "new.yaml"]);
    assert_eq!(ran.status, 0, "{ran}");
    assert!(ran.stdout.ends_with("\nnew.yaml is new since v1.0.0\n"), "{ran}");
    let ran = repo.diff("api", &["--catalog", "new.yaml", "--format", "json"]);
    let summary: Value = serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(summary["old"], Value::Null, "{ran}");
    // Only a catalog of the same product, at a place where nothing is now, can have been moved.
    repo.put("old/other.yaml", catalog(&["a"]).replace("product: P", "product: Q"));
    repo.put("old/notes.yaml", "errors: none\n");
    repo.put("old/broken.yaml", "errcat: 1\nproduct: P\n");
    repo.put("old/copy.yaml", catalog(&["kept"]));
    repo.git(&["add", "old"]);
    repo.git(&["commit", "--quiet", "--message", "others"]);
    for file in ["other", "notes", "broken"] {
        std::fs::remove_file(repo.path(&format!("old/{file}.yaml"))).unwrap();
    }
    repo.git(&["mv", "api/errors.yaml", "moved.yaml"]);
    let against = ["--catalog", "moved.yaml", "--against", "HEAD"];
    let ran = repo.diff("", &against);
    assert_eq!(ran.status, 1, "{ran}");
    let since = "1 change in moved.yaml since HEAD, when it was `api/errors.yaml`: 1 breaking";
    assert!(ran.stdout.contains(since), "{ran}");
    assert!(ran.stdout.contains("--> api/errors.yaml at HEAD:11:16"), "{ran}");
    let ran = repo.diff("old", &["--catalog", "../moved.yaml", "--against", "HEAD"]);
    assert!(ran.stdout.contains("when it was `../api/errors.yaml`"), "{ran}");
    std::fs::remove_file(repo.path("old/copy.yaml")).unwrap();
    let ran = repo.diff("", &against);
    assert_eq!(ran.status, 0, "{ran}");
    let new = "moved.yaml is new since HEAD, unless it was `api/errors.yaml` or `old/copy.yaml`";
    assert!(ran.stdout.contains(new), "{ran}");
}

#[test]
fn an_unknown_revision_is_named_with_what_to_write() {
    let repo = repo();
    repo.git(&["update-ref", "refs/remotes/origin/release", "HEAD"]);
    repo.git(&["remote", "add", "origin", "https://git.invalid/x"]);
    for (name, says, help) in [
        ("-x", "`-x` is an option", "name a tag, a branch or a commit"),
        ("--output=x", "`--output=x` is an option", "such as `v1.4.0`"),
        ("", "is empty", "such as `v1.4.0`"),
        ("v1.0.0..main", "is a range", "name only the first"),
        ("release", "there is no revision `release`", "did you mean `origin/release`?"),
        (
            "mian",
            "`mian`",
            "did you mean `main`? Else fetch it: `git fetch origin mian`, and compare with `FETCH_HEAD`",
        ),
        ("v2.0.0", "`v2.0.0`", "`git fetch origin tag v2.0.0`"),
        ("origin/next", "`origin/next`", "`git fetch origin next:refs/remotes/origin/next`"),
        ("HEAD~7", "`HEAD~7`", "`git fetch --tags`"),
        ("^main", "`^main`", "did you mean `main`?"),
        ("v1.0.0:api", "`v1.0.0:api`", "did you mean `v1.0.0`?"),
        ("v1.0.0^{tree}", "`v1.0.0^{tree}`", "`git fetch --tags`"),
        ("$(touch x)", "`$(touch x)`", "`git fetch --tags`"),
        ("a\nb", r"`a\u{a}b`", "`git fetch --tags`"),
    ] {
        let ran = repo.diff("api", &[&JSON[..], &[&format!("--against={name}")]].concat());
        assert_eq!((ran.status, ran.stdout.as_str()), (2, ""), "{name}: {ran}");
        assert!(ran.stderr.contains(says) && ran.stderr.contains(help), "{name}: {ran}");
    }
}

/// The command that errcat prints gets what a shallow clone lacks.
#[test]
fn a_shallow_clone_says_what_to_fetch() {
    let origin = repo();
    origin.committed("lost");
    origin.git(&["branch", "release/1", "v1.0.0"]);
    let commit = origin.git(&["rev-parse", "v1.0.0^{commit}"]).trim().to_owned();
    let url = format!("file://{}", origin.path("").display());
    let revisions = ["", "v1.0.0", "origin/release/1", "release/1", "HEAD~1", &commit, "v1.0.0~0"];
    for name in revisions {
        let clone = Repo::new();
        clone.git(&["clone", "--quiet", "--depth=1", &url, "."]);
        let against = format!("--against={name}");
        let against = if name.is_empty() { &[][..] } else { &[against.as_str()] };
        let arguments = [&JSON[..], against].concat();
        let ran = clone.diff("api", &arguments);
        assert_failed(&ran, &["this clone has only the last commits", name]);
        let (_, help) = ran.stderr.split_once("`git ").unwrap();
        let fetch = help.split('`').next().unwrap();
        clone.git(&fetch.split_whitespace().collect::<Vec<_>>());
        let arguments = if help.contains("FETCH_HEAD") {
            [&JSON[..], &["--against=FETCH_HEAD"]].concat()
        } else {
            arguments
        };
        let ran = clone.diff("api", &arguments);
        assert_lost(&ran, &format!("{name} after git {fetch}"));
    }
}

/// errcat never asks for a password, and never takes a failure of git for a new catalog.
#[test]
fn a_failure_of_git_is_reported() {
    let folder = Repo::new().file("errors.yaml", catalog(&["kept"]));
    let no_repository = "is not in a git repository";
    assert_failed(&folder.diff("", &JSON), &[no_repository, "errcat diff OLD NEW"]);
    folder.git(&["init", "--quiet", "--bare", "bare.git"]);
    folder.put("bare.git/errors.yaml", catalog(&["kept"]));
    assert_failed(&folder.diff("bare.git", &JSON), &[no_repository]);
    folder.git(&["init", "--quiet", "--initial-branch", "main"]);
    assert_failed(&folder.diff("", &JSON), &["has no commit yet"]);
    folder.git(&["commit", "--quiet", "--allow-empty", "--message", "first"]);
    assert_failed(&folder.diff("", &JSON), &["has no tag", "`git fetch --tags`"]);
    folder.git(&["checkout", "--quiet", "--orphan", "other"]);
    folder.git(&["commit", "--quiet", "--allow-empty", "--message", "other"]);
    folder.git(&["tag", "v1"]);
    folder.git(&["checkout", "--quiet", "main"]);
    assert_failed(&folder.diff("", &JSON), &["no tag comes before", "`--against v1`"]);
    folder.put(".git/config", "[core\n");
    assert_failed(&folder.diff("", &JSON), &["git failed: bad config line 1"]);

    let repo = repo();
    let mut command = repo.command(&["diff", "--catalog", "api/errors.yaml"]);
    let ran = Ran::from(command.env("PATH", "").output().unwrap());
    assert_failed(&ran, &["cannot run `git`: it is not on the PATH", "install git"]);
    // A catalog outside of the repository is reported too.
    let nested = Repo::new().file("errors.yaml", catalog(&["kept"]));
    let elsewhere = nested.path("errors.yaml");
    let ran = repo.diff("", &["--catalog", elsewhere.to_str().unwrap(), "--format", "json"]);
    assert_failed(&ran, &[no_repository]);
    // An object of the revision is lost or broken: the file, then the folder that it is in.
    for object in ["v1.0.0:api/errors.yaml", "v1.0.0:api"] {
        let id = repo.git(&["rev-parse", object]);
        let (start, end) = id.trim().split_at(2);
        let file = repo.path(&format!(".git/objects/{start}/{end}"));
        std::fs::remove_file(&file).unwrap();
        assert_failed(&repo.diff("api", &JSON), &["git lacks the object", id.trim()]);
        std::fs::write(&file, "broken").unwrap();
        assert_failed(&repo.diff("api", &JSON), &["git lacks the object", id.trim()]);
    }
}

/// Git fetches what a partial clone lacks.
#[test]
fn a_partial_clone_gets_what_it_needs() {
    let origin = repo();
    origin.committed("lost");
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    let url = format!("file://{}", origin.path("").display());
    let clone = Repo::new();
    clone.git(&["clone", "--quiet", "--filter=blob:none", &url, "."]);
    std::fs::rename(origin.path(".git"), origin.path("git")).unwrap();
    assert_failed(&clone.diff("api", &JSON), &["git failed: "]);
    std::fs::rename(origin.path("git"), origin.path(".git")).unwrap();
    assert_lost(&clone.diff("api", &JSON), "a partial clone");
}

/// Each catalog of a repo has a version of its own.
#[test]
fn several_catalogs_are_told_apart() {
    let repo = repo();
    repo.put("api/errors.yaml", catalog(&["kept", "lost"]));
    repo.put("web/errors.yaml", catalog(&["kept", "lost"]).replace("product: P", "product: Web"));
    let output = |name: &str| {
        format!("  - {{catalog: {name}/errors.yaml, target: json, out: out/{name}}}\n")
    };
    let outputs = ["api", "web"].map(output).concat();
    repo.put("errcat.yaml", format!("errcat: 1\noutputs:\n{outputs}"));
    repo.committed("both");
    repo.put("web/errors.yaml", repo.read("web/errors.yaml").replace("lost", "new"));
    for (format, says) in [
        ("text", "no changes in api/errors.yaml since HEAD\n\nbreaking[error-removed]"),
        ("text", "2 changes in web/errors.yaml since HEAD: 1 breaking, 1 additive\n"),
        (
            "markdown",
            "## P\n\nNo changes since HEAD.\n\n## Web\n\n**1 breaking change since HEAD. The version is 1.0.0,",
        ),
        ("json", "\"new\":\"api/errors.yaml\""),
        ("github", "::error file=web/errors.yaml,line=3"),
    ] {
        let ran = repo.run(&["diff", "--against", "HEAD", "--format", format]);
        assert_eq!(ran.status, 1, "{ran}");
        assert!(ran.stdout.contains(says), "{ran}");
        let problem =
            "error: web/errors.yaml: the version is 1.0.0, but these changes need 2.0.0\n";
        assert_eq!(ran.stderr, problem);
    }
    let ran = repo.ok(&["diff", "--against", "HEAD", "--next-version"]);
    assert_eq!(ran.stdout, "api/errors.yaml 1.0.0\nweb/errors.yaml 2.0.0\n");
}

/// No version can say that a catalog is gone, so it is only reported.
#[test]
fn a_catalog_that_is_gone_is_reported() {
    let repo = repo();
    repo.put("api/errors.yaml", catalog(&["kept"]));
    repo.put("web/errors.yaml", catalog(&["lost"]).replace("product: P", "product: Web"));
    repo.put("common.yaml", common(&["lost"]));
    repo.put("notes.yaml", catalog(&["lost"]));
    let output = |path: &str| format!("  - {{catalog: {path}, target: json, out: out/{path}}}\n");
    let config = |paths: &[&str]| {
        let outputs: String = paths.iter().map(|path| output(path)).collect();
        format!("errcat: 1\noutputs:\n{outputs}")
    };
    let paths = ["api/errors.yaml", "web/errors.yaml", "common.yaml", "../no.yaml", "/no.yaml"];
    repo.put("errcat.yaml", config(&paths) + "  - broken\n");
    repo.committed("all");
    repo.put("errcat.yaml", config(&["api/errors.yaml"]));
    for file in ["web/errors.yaml", "common.yaml", "notes.yaml"] {
        std::fs::remove_file(repo.path(file)).unwrap();
    }
    let says = "web/errors.yaml is gone since HEAD, and with it the API `api`";
    for (format, line) in [
        ("text", format!("\n\nbreaking[surface-removed]: {says}\n")),
        ("markdown", format!("\n\n**{says}.**\n")),
        (
            "json",
            format!(
                "\n{{\"class\":\"breaking\",\"rule\":\"surface-removed\",\"message\":\"{says}\""
            ),
        ),
        (
            "github",
            format!("::warning file=web/errors.yaml,title=breaking%3A surface-removed::{says}%0A"),
        ),
    ] {
        let ran = repo.ok(&["diff", "--against", "HEAD", "--format", format]);
        assert!(ran.stdout.contains(&line), "{line}\n{ran}");
        assert_eq!(ran.stdout.matches("is gone since").count(), 1, "{ran}");
    }
    let ran = repo.ok(&["diff", "--against", "HEAD", "--next-version"]);
    assert_eq!(ran.stdout, "1.0.0\n");
    // One that moved is not gone.
    repo.git(&["checkout", "--quiet", "web/errors.yaml"]);
    repo.git(&["mv", "web/errors.yaml", "moved.yaml"]);
    repo.put("errcat.yaml", config(&["api/errors.yaml", "moved.yaml"]));
    let ran = repo.ok(&["diff", "--against", "HEAD"]);
    assert!(!ran.stdout.contains("is gone") && ran.stdout.contains("when it was"), "{ran}");
}

/// However many files are read, git is started a few times.
#[cfg(unix)]
#[test]
fn a_run_starts_git_a_few_times() {
    use std::os::unix::fs::PermissionsExt;
    let repo = Repo::new();
    let names: Vec<String> = (0..30).map(|number| format!("service{number}")).collect();
    for name in &names {
        repo.put(&format!("{name}/errors.yaml"), including("common.yaml"));
        repo.put(&format!("{name}/common.yaml"), common(&["kept", "lost"]));
    }
    let outputs = names.iter().map(|name| {
        format!("  - {{catalog: {name}/errors.yaml, target: json, out: out/{name}}}\n")
    });
    repo.put("errcat.yaml", format!("errcat: 1\noutputs:\n{}", outputs.collect::<String>()));
    repo.git(&["init", "--quiet"]);
    repo.committed("all");
    repo.git(&["tag", "v1"]);
    for name in &names {
        repo.put(&format!("{name}/common.yaml"), common(&["kept"]));
    }
    let which = Command::new("sh").args(["-c", "command -v git"]).output().unwrap();
    let git = String::from_utf8(which.stdout).unwrap();
    repo.put(
        "bin/git",
        format!(
            "#!/bin/sh\necho \"$*\" >> '{}'\nexec {} \"$@\"\n",
            repo.path("log").display(),
            git.trim()
        ),
    );
    std::fs::set_permissions(repo.path("bin/git"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", repo.path("bin").display(), std::env::var("PATH").unwrap());
    let ran =
        Ran::from(repo.command(&["diff", "--format", "json"]).env("PATH", path).output().unwrap());
    assert_eq!(changes(&ran), vec!["error-removed lost"; 30], "{ran}");
    let calls = repo.read("log");
    assert!(calls.lines().count() <= 4, "{calls}");
}

/// Nothing is checked out, staged, fetched or written.
#[test]
fn the_repository_stays_as_it_is() {
    let repo = repo();
    let state = || {
        let files = crate::files_below(&repo.path(""));
        let content = |file: &String| std::fs::read(repo.path(file)).unwrap();
        files.iter().map(|file| (file.clone(), content(file))).collect::<Vec<_>>()
    };
    let before = state();
    assert_lost(&repo.diff("api", &JSON), "");
    assert_eq!(repo.diff("api", &[&JSON[..], &["--against", "nothing"]].concat()).status, 2);
    assert!(state() == before);
}
