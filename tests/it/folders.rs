//! What is in a folder of templates besides templates: files of Git, editors and systems, and images.

use std::fs;

use crate::{Repo, SMALL, files_below};

/// A repo with one template of its own.
fn repo() -> Repo {
    Repo::new().file("errors.yaml", SMALL).file("templates/own/page.txt.j2", "page\n").file(
        "errcat.yaml",
        "{errcat: 1, templates: templates, outputs: [{catalog: errors.yaml, target: own, out: out}]}",
    )
}

#[test]
fn files_of_git_editors_and_systems_are_no_templates() {
    let repo = repo();
    repo.ok(&["generate", "-q"]);
    let made = files_below(&repo.path("out"));
    let junk = b"Bud1\xff\xfe {{ broken";
    for name in [
        ".DS_Store",
        ".page.txt.j2.swp",
        ".#page.txt.j2",
        "#page.txt.j2#",
        "page.txt.j2~",
        "page.txt.j2.orig",
        "page.txt.j2.rej",
        "page.txt.j2.bak",
        "Thumbs.db",
        "desktop.ini",
        "~$page.txt",
        "__pycache__/x.pyc",
        ".git/HEAD",
        ".idea/x.j2",
        "sub/.DS_Store",
    ] {
        repo.put(&format!("templates/own/{name}"), junk);
        repo.put(&format!("templates/{name}"), junk);
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("user@host.1:2", repo.path("templates/own/.#lock.txt.j2")).unwrap();
    for command in [&["generate"][..], &["lint"], &["explain"], &["templates", "list"]] {
        repo.ok(command);
    }
    assert_eq!(files_below(&repo.path("out")), made);
}

#[test]
fn a_copy_has_the_bytes_of_its_original() {
    let repo = repo();
    for (name, bytes) in [
        ("logo.png", &b"\x89PNG\r\n\x1a\n\0\xff"[..]),
        ("zero.bin", b"a\0\r\n"),
        ("mark.csv", "\u{feff}a;b\n".as_bytes()),
        ("empty", b""),
    ] {
        repo.put(&format!("templates/own/{name}"), bytes);
        repo.ok(&["generate", "-q"]);
        assert_eq!(fs::read(repo.path(&format!("out/{name}"))).unwrap(), bytes, "{name}");
        repo.ok(&["generate", "--check"]);
    }
    repo.put("templates/own/logo.png", b"\x89PNG\n\x1a\n\0\xff");
    let ran = repo.run(&["generate", "--check"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (1, "differs: out/logo.png (not text)\n"));
    repo.ok(&["generate", "-q"]);
    repo.ok(&["generate", "--check"]);
}

/// A repo with such a file can't be checked out on Windows.
#[test]
fn outputs_have_names_that_every_system_can_have() {
    for name in [
        "aux",
        "aux.md",
        "sub/CON.txt",
        "nul.d.ts",
        "com1.md",
        "LPT9",
        "com¹.md",
        "a?.md",
        "a.",
        "b ",
    ] {
        let repo = repo();
        repo.put(&format!("templates/own/{name}"), "x\n");
        let ran = repo.run(&["generate"]);
        assert_eq!(ran.status, 2, "{name}\n{}", ran.stdout);
        assert!(ran.stderr.contains(name) && ran.stderr.contains("Windows"), "{}", ran.stderr);
        assert!(!repo.path("out").exists());
    }
    let repo = repo();
    repo.put("templates/own/auxiliary.md", "x\n");
    repo.ok(&["generate"]);
}
