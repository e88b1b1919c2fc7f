//! What is in the way where errcat writes or reads: links, folders, pipes, other people's files.
//! errcat keeps it, names it and writes nothing; or it leaves it alone.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Ran, Repo, SMALL, files_below};

pub(crate) const CONFIG: &str = "\
errcat: 1
templates: templates
outputs:
  - {catalog: errors.yaml, target: json, out: out}
  - {catalog: errors.yaml, target: own, out: out}
";

/// A repo whose outputs are `out/catalog.json` and `out/sub/api.md`.
pub(crate) fn repo() -> Repo {
    Repo::new()
        .file("errors.yaml", SMALL)
        .file("errcat.yaml", CONFIG)
        .file("templates/own/sub/[surface].md.j2", "# {{ surface.errors[0].meaning | md_text }}\n")
        .file("elsewhere/precious", "mine")
}

pub(crate) fn generated() -> Repo {
    let repo = repo();
    repo.ok(&["generate"]);
    repo
}

/// Everything below a folder, with all that could change of it.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut tree = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        for path in entries.chain([folder.clone()]) {
            let metadata = path.symlink_metadata().unwrap();
            let content = metadata.is_file().then(|| fs::read(&path).unwrap());
            let link = fs::read_link(&path).ok();
            let times = (metadata.mtime(), metadata.mtime_nsec(), metadata.ctime_nsec());
            let inode = (metadata.ino(), metadata.mode(), metadata.nlink());
            let all = format!("{times:?} {inode:?} {link:?} {content:?}");
            if metadata.is_dir() && path != folder {
                folders.push(path);
            } else {
                tree.insert(path, all);
            }
        }
    }
    tree
}

/// A run that must end by itself.
pub(crate) fn run(repo: &Repo, arguments: &[&str]) -> Ran {
    let mut command = repo.command(arguments);
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            panic!("{arguments:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ran::from(child.wait_with_output().unwrap())
}

/// Every way to generate must fail with this message, and touch nothing.
fn refused(name: &str, repo: &Repo, message: &str) {
    let before = tree(repo.0.path());
    for arguments in [&["generate"][..], &["generate", "--force"], &["generate", "--check"]] {
        let ran = run(repo, arguments);
        assert_eq!(ran.status, 2, "{name} {arguments:?}: {}{}", ran.stdout, ran.stderr);
        let first = ran.stderr.lines().next().unwrap();
        assert_eq!(first, format!("error: {message}"), "{name} {arguments:?}");
        assert!(ran.stderr.contains("help: "), "{name}: {}", ran.stderr);
        assert_eq!(tree(repo.0.path()), before, "{name} {arguments:?} changed something");
    }
}

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn links_at_the_output_folder_or_below_are_not_followed() {
    for (link, to) in [
        ("out", "elsewhere"),
        ("out", "absent"),
        ("out/catalog.json", "../elsewhere/precious"),
        ("out/catalog.json", "absent"),
        ("out/sub", "../elsewhere"),
        ("out/sub", "absent"),
        ("out/.errcat-files", "../elsewhere/precious"),
        ("out/.errcat-files", "absent"),
    ] {
        let repo = repo();
        fs::create_dir_all(repo.path(link).parent().unwrap()).unwrap();
        symlink(to, repo.path(link)).unwrap();
        let message = format!("`{link}` is a symbolic link, and errcat doesn't follow links");
        refused(&format!("{link} -> {to}"), &repo, &message);
    }
    let repo = repo();
    symlink("elsewhere", repo.path("out")).unwrap();
    let config = repo.read("errcat.yaml").replace("out: out", "out: out/");
    repo.put("errcat.yaml", config);
    refused("out/", &repo, "`out` is a symbolic link, and errcat doesn't follow links");
}

#[test]
fn a_link_on_the_way_to_the_output_folder_is_the_users_choice() {
    let repo = repo();
    repo.put("errcat.yaml", CONFIG.replace("out: out", "out: link/out"));
    symlink("elsewhere", repo.path("link")).unwrap();
    repo.ok(&["generate"]);
    let made = [
        "out/.errcat-files",
        "out/catalog.d.ts",
        "out/catalog.json",
        "out/catalog.schema.json",
        "out/sub/api.md",
        "precious",
    ];
    assert_eq!(files_below(&repo.path("elsewhere")), made);
    repo.ok(&["generate", "--check"]);
}

#[test]
fn a_folder_for_a_file_and_a_file_for_a_folder_are_named() {
    let folder = "is a folder, but errcat needs a file there";
    for path in ["out/catalog.json", "out/sub/api.md", "out/.errcat-files"] {
        let repo = repo();
        fs::create_dir_all(repo.path(path)).unwrap();
        refused(path, &repo, &format!("`{path}` {folder}"));
    }
    for path in ["out", "out/sub"] {
        let repo = repo().file(path, "mine");
        refused(path, &repo, &format!("`{path}` is a file, but errcat needs a folder there"));
    }
    let repo = repo().file("file", "mine");
    repo.put("errcat.yaml", CONFIG.replace("out: out", "out: file/deep/out"));
    refused("below a file", &repo, "`file` is a file, but errcat needs a folder there");
    let config = CONFIG.replace("out: out", "out: dangling/out");
    repo.put("errcat.yaml", config);
    symlink("absent", repo.path("dangling")).unwrap();
    let message = "`dangling` is a symbolic link that doesn't lead to a folder";
    refused("below a dangling link", &repo, message);
}

#[test]
fn a_pipe_is_named_and_never_opened() {
    for path in ["out", "out/catalog.json", "out/sub", "out/.errcat-files"] {
        let repo = repo();
        fs::create_dir_all(repo.path(path).parent().unwrap()).unwrap();
        pipe(&repo.path(path));
        let wanted = if path.contains('.') { "file" } else { "folder" };
        let message =
            format!("`{path}` is neither file nor folder, but errcat needs a {wanted} there");
        refused(path, &repo, &message);
    }
}

#[test]
fn files_of_others_stay_whatever_their_name() {
    let repo = generated();
    let names: [&[u8]; 7] = [
        b"notes.errcat-tmp",
        b".catalog.json.errcat-tmp",
        b".errcat-tmp",
        b".errcat-tmp-",
        b".errcat-tmp-12x",
        b"\xff\xfe.errcat-tmp-1",
        b".errcat-tmp-\xff",
    ];
    for folder in ["out", "out/sub"] {
        for name in names {
            fs::write(repo.path(folder).join(OsStr::from_bytes(name)), "mine").unwrap();
        }
        fs::create_dir(repo.path(folder).join(".errcat-tmp-7")).unwrap();
        pipe(&repo.path(folder).join(".errcat-tmp-8"));
        symlink("absent", repo.path(folder).join(".errcat-tmp-9")).unwrap();
    }
    let foreign = |repo: &Repo| {
        let made = [
            "catalog.d.ts",
            "catalog.json",
            "catalog.schema.json",
            "api.md",
            ".errcat-files",
            "out",
            "sub",
        ];
        let mut tree = tree(&repo.path("out"));
        tree.retain(|path, _| !made.iter().any(|name| path.ends_with(name)));
        tree
    };
    let before = foreign(&repo);
    assert_eq!(before.len(), 20);
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    let said = "wrote out/catalog.json\nwrote out/sub/api.md\nwrote 2 of 4 files\n";
    assert_eq!(run(&repo, &["generate"]).stderr, said);
    assert_eq!(foreign(&repo), before);
    run(&repo, &["generate"]);
    assert_eq!(foreign(&repo), before);
}

/// The manifest is the claim: what it lists is errcat's, edited or not.
#[test]
fn init_keeps_what_is_there() {
    type Put = fn(&Path);
    let in_the_way: [(&str, Put); 4] = [
        ("file", |path| fs::write(path, "mine").unwrap()),
        ("folder", |path| fs::create_dir(path).unwrap()),
        ("pipe", pipe),
        ("dangling link", |path| symlink("absent", path).unwrap()),
    ];
    for (name, put) in in_the_way {
        for file in ["errors.yaml", "errcat.yaml"] {
            let repo = Repo::new();
            put(&repo.path(file));
            let before = tree(repo.0.path());
            let ran = run(&repo, &["init"]);
            assert_eq!(ran.status, 2, "{name}: {}", ran.stderr);
            let message = format!("error: `{file}` already exists\n");
            assert!(ran.stderr.starts_with(&message), "{name}: {}", ran.stderr);
            assert_eq!(tree(repo.0.path()), before, "{name} {file}");
        }
    }
}

#[test]
fn init_finishes_what_a_killed_one_began() {
    for file in ["errors.yaml", "errcat.yaml"] {
        let repo = Repo::new();
        repo.ok(&["init"]);
        fs::remove_file(repo.path(file)).unwrap();
        repo.put(".errcat-tmp-4711", "half");
        let ran = repo.ok(&["init"]);
        let found = if file == "errcat.yaml" { "found errors.yaml\n" } else { "" };
        let said = format!("{found}wrote {file}\nnext: errcat generate\n");
        assert!(ran.stderr.starts_with(&said), "{}", ran.stderr);
        assert_eq!(files_below(repo.0.path()), ["errcat.yaml", "errors.yaml"]);
    }
}

/// Otherwise errcat would write where a config above says.
#[test]
fn a_config_that_cannot_be_read_is_not_passed_over() {
    for is_link in [true, false] {
        let repo = repo();
        fs::create_dir(repo.path("below")).unwrap();
        let config = repo.path("below/errcat.yaml");
        if is_link {
            symlink("absent", config).unwrap();
        } else {
            fs::create_dir(config).unwrap();
        }
        let ran = repo.command(&["generate"]).current_dir(repo.path("below")).output().unwrap();
        let ran = Ran::from(ran);
        assert_eq!(ran.status, 2, "{}", ran.stderr);
        assert!(ran.stderr.starts_with("error: cannot read `errcat.yaml`: "), "{}", ran.stderr);
        assert!(!repo.path("out").exists());
    }
}

/// A pipe without a writer would hold errcat for ever, and a device has no end.
#[test]
fn pipes_are_not_read_but_those_of_the_shell() {
    let repo = repo();
    pipe(&repo.path("pipe"));
    for file in ["pipe", "/dev/zero"] {
        let ran = run(&repo, &["lint", file]);
        assert_eq!(ran.status, 2);
        let message = format!("error: cannot read `{file}`: it is a pipe or a device, not a file");
        assert!(ran.stderr.starts_with(&message), "{}", ran.stderr);
    }
    for file in ["templates/own/page.md", "errcat.yaml"] {
        let _ = fs::remove_file(repo.path(file));
        pipe(&repo.path(file));
        let ran = run(&repo, &["generate"]);
        assert_eq!(ran.status, 2);
        assert!(ran.stderr.contains(&format!("`{file}`: it is a pipe")), "{}", ran.stderr);
    }
    let mut shell = Command::new("sh");
    shell.args(["-c", "cat errors.yaml | \"$0\" lint /dev/stdin", env!("CARGO_BIN_EXE_errcat")]);
    let ran = Ran::from(shell.current_dir(repo.0.path()).output().unwrap());
    assert_eq!(ran.to_string(), "exit: 0\n--- stderr\n1 catalog, 1 error: no problems\n");
}
