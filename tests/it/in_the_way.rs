//! What stands where errcat writes: links, folders, pipes, files of others, manifests that say
//! anything. It is kept, named, and nothing is written; or it is none of errcat's business.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Ran, Repo, SMALL, files_below};

const CONFIG: &str = "\
errcat: 1
templates: templates
outputs:
  - {catalog: errors.yaml, target: json, out: out}
  - {catalog: errors.yaml, target: own, out: out}
";

/// A repo whose outputs are `out/catalog.json` and `out/sub/api.md`.
fn repo() -> Repo {
    Repo::new()
        .file("errors.yaml", SMALL)
        .file("errcat.yaml", CONFIG)
        .file("templates/own/sub/[surface].md.j2", "# {{ surface.errors[0].meaning | md_text }}\n")
        .file("elsewhere/precious", "mine")
}

fn generated() -> Repo {
    let repo = repo();
    repo.ok(&["generate"]);
    repo
}

/// Everything below a folder, with all that could change of it.
fn tree(folder: &Path) -> BTreeMap<PathBuf, String> {
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
fn run(repo: &Repo, arguments: &[&str]) -> Ran {
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
        let message = format!("`{link}` is a symbolic link, which errcat does not follow");
        refused(&format!("{link} -> {to}"), &repo, &message);
    }
    let repo = repo();
    symlink("elsewhere", repo.path("out")).unwrap();
    let config = repo.read("errcat.yaml").replace("out: out", "out: out/");
    repo.put("errcat.yaml", config);
    refused("out/", &repo, "`out` is a symbolic link, which errcat does not follow");
}

#[test]
fn a_link_on_the_way_to_the_output_folder_is_the_users_choice() {
    let repo = repo();
    repo.put("errcat.yaml", CONFIG.replace("out: out", "out: link/out"));
    symlink("elsewhere", repo.path("link")).unwrap();
    repo.ok(&["generate"]);
    let made = ["out/.errcat-files", "out/catalog.json", "out/sub/api.md", "precious"];
    assert_eq!(files_below(&repo.path("elsewhere")), made);
    repo.ok(&["generate", "--check"]);
}

#[test]
fn a_folder_for_a_file_and_a_file_for_a_folder_are_named() {
    let folder = "is a folder, where errcat makes a file";
    for path in ["out/catalog.json", "out/sub/api.md", "out/.errcat-files"] {
        let repo = repo();
        fs::create_dir_all(repo.path(path)).unwrap();
        refused(path, &repo, &format!("`{path}` {folder}"));
    }
    for path in ["out", "out/sub"] {
        let repo = repo().file(path, "mine");
        refused(path, &repo, &format!("`{path}` is a file, where errcat makes a folder"));
    }
    let repo = repo().file("file", "mine");
    repo.put("errcat.yaml", CONFIG.replace("out: out", "out: file/deep/out"));
    refused("below a file", &repo, "`file` is a file, where errcat makes a folder");
    let config = CONFIG.replace("out: out", "out: dangling/out");
    repo.put("errcat.yaml", config);
    symlink("absent", repo.path("dangling")).unwrap();
    let message = "`dangling` is a symbolic link that leads to no folder";
    refused("below a dangling link", &repo, message);
}

#[test]
fn a_pipe_is_named_and_never_opened() {
    for path in ["out", "out/catalog.json", "out/sub", "out/.errcat-files"] {
        let repo = repo();
        fs::create_dir_all(repo.path(path).parent().unwrap()).unwrap();
        pipe(&repo.path(path));
        let wanted = if path.contains('.') { "file" } else { "folder" };
        let message = format!("`{path}` is neither file nor folder, where errcat makes a {wanted}");
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
        let made = ["catalog.json", "api.md", ".errcat-files", "out", "sub"];
        let mut tree = tree(&repo.path("out"));
        tree.retain(|path, _| !made.iter().any(|name| path.ends_with(name)));
        tree
    };
    let before = foreign(&repo);
    assert_eq!(before.len(), 20);
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    assert_eq!(run(&repo, &["generate"]).stderr, "wrote out/catalog.json\nwrote out/sub/api.md\n");
    assert_eq!(foreign(&repo), before);
    run(&repo, &["generate"]);
    assert_eq!(foreign(&repo), before);
}

#[test]
fn what_a_killed_run_left_is_removed_wherever_it_wrote() {
    let repo = generated();
    // It was to write `gone/x`, which nobody wants any more.
    repo.put("out/.errcat-files", repo.read("out/.errcat-files") + "own gone/x\n");
    for folder in ["out", "out/sub", "out/gone"] {
        repo.put(&format!("{folder}/.errcat-tmp-4711"), "half");
    }
    repo.ok(&["generate"]);
    let made = [".errcat-files", "catalog.json", "sub/api.md"];
    assert_eq!(files_below(&repo.path("out")), made);
    assert!(!repo.path("out/gone").exists(), "its empty folder stayed");
}

#[test]
fn a_manifest_may_say_anything() {
    let repo = generated();
    let manifest = repo.read("out/.errcat-files");
    let absolute = repo.path("elsewhere/precious");
    let hostile = format!(
        "own ../elsewhere/precious\njson {}\nown sub/../../elsewhere/precious\njson ..\njson .\n\
         json \nown sub\njson .errcat-files\njson sub/.errcat-files\nown C:\\precious\n\
         <<<<<<< HEAD\n=======\n>>>>>>> branch\n||||||| base\nrubbish\n",
        absolute.display()
    );
    repo.put("out/sub/.errcat-files", "mine");
    for text in [hostile.into_bytes(), b"\xff\xfe json catalog.json\n\0\0".to_vec(), Vec::new()] {
        repo.put("out/.errcat-files", [&text[..], manifest.as_bytes()].concat());
        if !text.is_empty() {
            let ran = repo.run(&["generate", "--check"]);
            assert_eq!(ran.status, 1, "{}", ran.stderr);
            assert!(ran.stdout.contains("--- out/.errcat-files\n"), "{}", ran.stdout);
        }
        assert_eq!(repo.ok(&["generate"]).stderr, "");
        assert_eq!(repo.read("out/.errcat-files"), manifest);
        assert_eq!(repo.read("elsewhere/precious"), "mine");
        assert_eq!(repo.read("out/sub/.errcat-files"), "mine");
        repo.ok(&["generate", "--check"]);
    }
}

/// The manifest is the claim: what it lists is errcat's, edited or not.
#[test]
fn an_edited_file_is_shown_then_made_again_or_removed() {
    let repo = generated();
    repo.put("out/.errcat-files", repo.read("out/.errcat-files") + "own old.md\n");
    repo.put("out/old.md", "edited");
    repo.put("out/catalog.json", "edited");
    let ran = repo.run(&["generate", "--check"]);
    assert!(ran.stdout.contains("left over: out/old.md\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("-edited"), "{}", ran.stdout);
    assert_eq!(repo.ok(&["generate"]).stderr, "wrote out/catalog.json\nremoved out/old.md\n");
}

#[test]
fn what_took_the_place_of_a_left_over_is_kept() {
    let repo = generated();
    let manifest = repo.read("out/.errcat-files");
    repo.put("out/.errcat-files", manifest.clone() + "own a\nown b\nown c/precious\nown d/x\n");
    repo.put("out/a/mine", "mine");
    symlink("../elsewhere/precious", repo.path("out/b")).unwrap();
    symlink("../elsewhere", repo.path("out/c")).unwrap();
    repo.put("out/d", "mine");
    assert_eq!(repo.ok(&["generate"]).stderr, "");
    assert_eq!(repo.read("elsewhere/precious"), "mine");
    assert_eq!(repo.read("out/a/mine") + &repo.read("out/b") + &repo.read("out/d"), "mineminemine");
    assert_eq!(repo.read("out/.errcat-files"), manifest);
}

#[test]
fn one_folder_with_two_names_is_one_folder() {
    for spelling in ["./out", "out/", "x/../out", "same/out", "../ABOVE/out"] {
        let repo = repo().file("x/y", "");
        let above = repo.0.path().file_name().unwrap().to_str().unwrap();
        let spelling = spelling.replace("ABOVE", above);
        symlink(".", repo.path("same")).unwrap();
        let config = CONFIG.replace("own, out: out", &format!("own, out: {spelling}"));
        repo.put("errcat.yaml", config);
        for _ in 0..2 {
            let ran = run(&repo, &["generate"]);
            assert_eq!(ran.status, 0, "{spelling}: {}", ran.stderr);
            assert_eq!(repo.read("out/.errcat-files"), "json catalog.json\nown sub/api.md\n");
        }
        assert_eq!(run(&repo, &["generate", "--check"]).status, 0, "{spelling}");
    }
}

#[test]
fn outputs_that_would_overwrite_each_other_are_refused() {
    for (name, files, outs, message) in [
        ("nested folders", ["sub/x.md", "x.md"], ["out", "out/sub"], "both make `out/sub/x.md`"),
        ("case", ["x.md", "X.md"], ["out", "out"], "make `out/x.md` and `out/X.md`"),
        ("file and folder", ["x.md", "x.md/y.md"], ["out", "out"], "make the file `out/x.md`"),
        ("the manifest", [".errcat-files", "x"], ["out", "out"], "makes a file `.errcat-files`"),
    ] {
        let repo = Repo::new().file("errors.yaml", SMALL);
        let mut config = "errcat: 1\ntemplates: templates\noutputs:\n".to_owned();
        for (target, (file, out)) in ["a", "b"].iter().zip(files.iter().zip(outs)) {
            repo.put(&format!("templates/{target}/{file}"), "x");
            config += &format!("  - {{catalog: errors.yaml, target: {target}, out: {out}}}\n");
        }
        repo.put("errcat.yaml", config);
        let ran = run(&repo, &["generate"]);
        assert_eq!(ran.status, 2, "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(message), "{name}: {}", ran.stderr);
        assert!(!repo.path("out").exists(), "{name}");
    }
}

#[test]
fn two_configs_may_share_a_folder_for_different_targets() {
    let repo = generated();
    repo.put(
        "other/errcat.yaml",
        "{errcat: 1, outputs: [{catalog: ../errors.yaml, target: markdown, out: ../out}]}",
    );
    let other = || {
        let mut command = repo.command(&["generate"]);
        Ran::from(command.current_dir(repo.path("other")).output().unwrap())
    };
    assert_eq!(other().stderr, "wrote ../out/errors.md\n");
    assert_eq!(repo.ok(&["generate"]).stderr, "");
    assert_eq!(other().stderr, "");
    let manifest = "json catalog.json\nmarkdown errors.md\nown sub/api.md\n";
    assert_eq!(repo.read("out/.errcat-files"), manifest);
}

#[test]
fn a_replaced_file_keeps_its_mode_and_leaves_its_other_names() {
    let repo = generated();
    let file = repo.path("out/catalog.json");
    let old = repo.read("out/catalog.json");
    fs::hard_link(&file, repo.path("elsewhere/twin")).unwrap();
    for mode in [0o444, 0o600, 0o755] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        repo.put("errors.yaml", SMALL.replace("MEANING", &format!("Mode {mode}")));
        repo.ok(&["generate"]);
        assert_eq!(file.metadata().unwrap().mode() & 0o7777, mode);
        assert_eq!(repo.read("elsewhere/twin"), old, "another name of the file changed");
    }
    fs::remove_dir_all(repo.path("out")).unwrap();
    let script = "umask 027; exec \"$0\" generate";
    let binary = env!("CARGO_BIN_EXE_errcat");
    let mut shell = Command::new("sh");
    shell.args(["-c", script, binary]).current_dir(repo.0.path());
    assert!(shell.output().unwrap().status.success());
    assert_eq!(file.metadata().unwrap().mode() & 0o7777, 0o640);
}

#[test]
fn check_changes_nothing_at_all() {
    let repo = generated();
    let before = tree(repo.0.path());
    assert_eq!(repo.run(&["generate", "--check"]).status, 0);
    assert_eq!(tree(repo.0.path()), before);
    repo.put("errors.yaml", SMALL.replace("MEANING", "Other"));
    repo.put("out/.errcat-files", repo.read("out/.errcat-files") + "own old.md\n");
    for file in ["out/old.md", "out/.errcat-tmp-4711", "out/sub/mine"] {
        repo.put(file, "x");
    }
    fs::remove_file(repo.path("out/sub/api.md")).unwrap();
    let before = tree(repo.0.path());
    assert_eq!(repo.run(&["generate", "--check"]).status, 1);
    assert_eq!(tree(repo.0.path()), before);
    fs::remove_dir_all(repo.path("out")).unwrap();
    let before = tree(repo.0.path());
    assert_eq!(repo.run(&["generate", "--check"]).status, 1);
    assert_eq!(tree(repo.0.path()), before);
}

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
            let message = format!("error: `{file}` is here already\n");
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
        assert_eq!(ran.stderr, format!("wrote {file}\nnext: errcat generate\n"));
        assert_eq!(files_below(repo.0.path()), ["errcat.yaml", "errors.yaml"]);
    }
}

/// Else errcat would write where a config above says.
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
    assert_eq!(ran.to_string(), "exit: 0\n");
}
