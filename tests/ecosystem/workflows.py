"""GitHub's workflows and the shell scripts: actionlint, zizmor and ShellCheck find nothing, and find what
is wrong on purpose. What .github/release.py says and packs. GitHub itself is never asked."""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import zipfile
from collections.abc import Callable

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOOLS = pathlib.Path(sysconfig.get_path("scripts"))
FILES = ["Cargo.toml", "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md", ".github", "docs", "npm", "pypi"]
FILES += ["examples/typescript-app/package.json", "examples/typescript-app/README.md"]
FILES += ["examples/monorepo/.pre-commit-config.yaml", "examples/rust-client/Cargo.lock"]


def run(*command: str, code: int = 0, **environment: str) -> str:
    """Runs a command, which must end with a code."""
    environment = os.environ | environment
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == code, f"{command}: {ran.returncode}\n{ran.stdout}{ran.stderr}"
    return ran.stdout + ran.stderr


def change(file: pathlib.Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new), "utf-8")


def check_workflows(folder: pathlib.Path) -> None:
    actionlint = [str(TOOLS / "actionlint"), f"-shellcheck={TOOLS / 'shellcheck'}", "-oneline"]
    zizmor = [str(TOOLS / "zizmor"), "--offline", "--no-progress", "--quiet", "--min-severity", "medium"]
    workflows = sorted(map(str, (ROOT / ".github/workflows").glob("*.yml")))
    assert len(workflows) == 3, workflows
    run(*actionlint, *workflows)
    run(*zizmor, *workflows)

    copy = folder / "release.yml"
    for old, new, said in [
        ("needs: check\n", "needs: chek\n", "chek"),
        ("steps.table", "steps.tabel", '"tabel"'),
        ('rustup target add "$TARGET"', "rustup target add $TARGET", "SC2086"),
    ]:
        shutil.copy(ROOT / ".github/workflows/release.yml", copy)
        change(copy, old, new)
        assert said in run(*actionlint, str(copy), code=1)
    shutil.copy(ROOT / ".github/workflows/release.yml", copy)
    change(copy, "# A release", "permissions: write-all\n# A release")
    change(copy, "permissions:\n  contents: read\nconcurrency", "concurrency")
    assert "excessive-permissions" in run(*zizmor, str(copy), code=14)

    # Each says what nobody has seen.
    for workflow in workflows:
        assert "\n# UNTESTED on GitHub" in pathlib.Path(workflow).read_text("utf-8"), workflow


def check_scripts() -> None:
    scripts = [file for file in run("git", "ls-files", "-z").split("\0") if file and (ROOT / file).is_file()]
    scripts = [file for file in scripts if (ROOT / file).read_bytes().startswith(b"#!/usr/bin/env bash\n")]
    assert len(scripts) >= 5, scripts
    # SC2016: backticks in a message are no command.
    run(str(TOOLS / "shellcheck"), "--exclude", "SC2016", *scripts)


def check_release(folder: pathlib.Path) -> None:
    """In a copy of what release.py reads."""
    for file in FILES:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / file).is_dir() else shutil.copy
        copy(ROOT / file, folder / file)

    def release(*arguments: str, code: int = 0) -> str:
        script = str(folder / ".github/release.py")
        return run(sys.executable, script, *arguments, code=code, GITHUB_REPOSITORY="acme/errcat")

    version = release("check", "v0.0.0", code=1).partition("Cargo.toml has the version ")[2].split()[0]
    release("check")
    notes = release("notes")
    assert "### Added\n" in notes and "\n## " not in notes and "[Unreleased]" not in notes

    # What people fill in before they publish.
    left = release("check", f"v{version}", code=1)
    assert 'needs `repository = "https://github.com/acme/errcat"`' in left, left
    assert "npm/errcat/README.md says that errcat is not published yet" in left, left
    change(folder / "Cargo.toml", "[package]\n", '[package]\nrepository = "https://github.com/acme/errcat"\n')
    for page in folder.rglob("*.md"):
        page.write_text(page.read_text("utf-8").replace("not published yet", "published"), "utf-8")
    release("check", f"v{version}")
    assert f"](https://github.com/acme/errcat/blob/v{version}/docs/catalog.md)" in release("notes")

    for file, old, new, said in [
        ("docs/build.md", f"rev: v{version}", "rev: v0.0.1", "docs/build.md names ['0.0.1']"),
        ("examples/typescript-app/package.json", f'"{version}"', '"0.0.1"', "package.json names ['0.0.1']"),
        ("examples/rust-client/Cargo.lock", f'"errcat"\nversion = "{version}"', '"errcat"\nversion = "0.0.1"', "Cargo.lock names"),
        ("CHANGELOG.md", f"## [{version}] - ", f"## [{version}] ", "has no section"),
        ("CHANGELOG.md", "## [Unreleased]\n", "## [Unreleased]\n\n- A change.\n", "lists changes as unreleased"),
    ]:
        change(folder / file, old, new)
        assert said in release("check", f"v{version}", code=1), said
        change(folder / file, new, old)

    check_archives(folder, version, release)


def check_archives(folder: pathlib.Path, version: str, release: Callable[..., str]) -> None:
    platforms = json.loads((ROOT / "npm/platforms.json").read_text("utf-8"))
    for one in platforms:
        name = f"{one['os']}-{one['cpu']}" + ("-musl" if one.get("libc") == "musl" else "")
        program = folder / "binaries" / name / ("errcat.exe" if one["os"] == "win32" else "errcat")
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\necho {one['target']}\n", "utf-8")
    for out in ["once", "twice"]:
        release("archives", str(folder / "binaries"), str(folder / out))
    once, twice = [{file.name: file.read_bytes() for file in (folder / out).iterdir()} for out in ["once", "twice"]]
    assert once == twice and len(once) == len(platforms) + 1
    sums = dict(reversed(line.split("  ")) for line in once.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in once.items()}

    for one in platforms:
        name = f"errcat-{version}-{one['target']}"
        unpacked = folder / "unpacked"
        if one["os"] == "win32":
            with zipfile.ZipFile(folder / "once" / f"{name}.zip") as archive:
                archive.extractall(unpacked)
        else:
            with tarfile.open(folder / "once" / f"{name}.tar.gz") as archive:
                archive.extractall(unpacked, filter="data")
            assert run(str(unpacked / name / "errcat")) == f"{one['target']}\n"
        found = {file.name for file in (unpacked / name).iterdir()}
        program = "errcat.exe" if one["os"] == "win32" else "errcat"
        assert found == {program, "CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md"}, found


with tempfile.TemporaryDirectory() as temporary:
    one, other = pathlib.Path(temporary) / "one", pathlib.Path(temporary) / "other"
    one.mkdir()
    other.mkdir()
    check_workflows(one)
    check_scripts()
    check_release(other)
print("the workflows and scripts are clean, and a release is checked, described and packed")
