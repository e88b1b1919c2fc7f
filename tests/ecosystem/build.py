"""docs/build.md's pieces for make, ninja and pre-commit, run as a reader would copy them: by the real
tools, in repos of their own. Never knows what errcat writes."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
ERRCAT = pathlib.Path(sys.argv[1]).resolve()
PAGE = (ROOT / "docs/build.md").read_text("utf-8")
TOOLS = pathlib.Path(sys.executable).parent
ENVIRONMENT = os.environ | {"PATH": f"{ERRCAT.parent}:{TOOLS}:{os.environ['PATH']}"}
CONFIG = "errcat: 1\noutputs: [{catalog: errors.yaml, target: markdown, out: docs}]\n"


def block(language: str, having: str = "") -> str:
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.S | re.M)
    (found,) = [one for one in blocks if having in one]
    return found


def run(*command: str, cwd: pathlib.Path, code: int = 0) -> str:
    done = subprocess.run(command, cwd=cwd, env=ENVIRONMENT, text=True, capture_output=True)
    said = done.stdout + done.stderr
    assert done.returncode == code, f"{command}: {done.returncode}\n{said}"
    return said


def repo(folder: str) -> pathlib.Path:
    path = pathlib.Path(folder)
    shutil.copy(ROOT / "examples/docs-site/errors.yaml", path / "errors.yaml")
    (path / "errcat.yaml").write_text(CONFIG, "utf-8")
    return path


def change(catalog: pathlib.Path, old: str, new: str) -> None:
    text = catalog.read_text("utf-8")
    assert old in text
    catalog.write_text(text.replace(old, new), "utf-8")


def make() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = repo(folder)
        (path / "Makefile").write_text(block("make"), "utf-8")
        assert "errcat generate" in run("make", cwd=path)
        assert "errcat" not in run("make", cwd=path)
        change(path / "errors.yaml", "No such address", "Nowhere")
        assert "errcat generate" in run("make", cwd=path)
        assert "Nowhere" in (path / "docs/errors.md").read_text("utf-8")
        change(path / "errors.yaml", "errcat: 1", "errcat: 1 # a comment alone")
        assert "errcat generate" in run("make", cwd=path)
        assert "errcat" not in run("make", cwd=path)
        change(path / "errors.yaml", "status: 422", "status: 42")
        assert "status-range" in run("make", cwd=path, code=2)
    print("make: made once, made again after a change, also of a comment, failed by a finding")


def ninja() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = repo(folder)
        after = "rule copy\n  command = cp $in $out\nbuild copy.md: copy docs/errors.md\n"
        (path / "build.ninja").write_text(block("ninja") + after, "utf-8")
        assert "cp docs" in run("ninja", "-v", cwd=path)
        assert "no work to do" in run("ninja", cwd=path)
        change(path / "errors.yaml", "errcat: 1", "errcat: 1 # a comment alone")
        said = run("ninja", "-v", cwd=path)
        assert "errcat generate" in said and "cp docs" not in said, said
        change(path / "errors.yaml", "No such address", "Nowhere")
        assert "cp docs" in run("ninja", "-v", cwd=path)
        assert "no work to do" in run("ninja", cwd=path)
    # Any outputs of the many that errcat.yaml asks for, on the edge that runs errcat.
    for declared in ["generated/markdown/errors.md", "generated/rust/src/lib.rs generated/json/catalog.json"]:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder)
            run("errcat", "init", cwd=path)
            edge = block("ninja").replace("docs/errors.md", declared)
            (path / "build.ninja").write_text(edge, "utf-8")
            assert "no work to do" not in run("ninja", cwd=path)
            assert "no work to do" in run("ninja", cwd=path)
            change(path / "errors.yaml", "No such resource", "Nowhere")
            assert "no work to do" not in run("ninja", cwd=path)
            assert "no work to do" in run("ninja", cwd=path)
    print("ninja: made again after a change, and nothing that depends on what stayed the same")


def pre_commit() -> None:
    run("pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"), cwd=ROOT)
    with tempfile.TemporaryDirectory() as folder:
        # A repo of hooks has to be a repo: this one is a commit of the manifest alone.
        hooks, path = pathlib.Path(folder) / "hooks", pathlib.Path(folder) / "user"
        for one in [hooks, path]:
            one.mkdir()
            run("git", "init", "--quiet", cwd=one)
            run("git", "config", "user.name", "Test", cwd=one)
            run("git", "config", "user.email", "test@example.com", cwd=one)
        shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
        run("git", "add", "--all", cwd=hooks)
        run("git", "commit", "--quiet", "-m", "hooks", cwd=hooks)
        revision = run("git", "rev-parse", "HEAD", cwd=hooks).strip()
        repo(str(path))
        config = block("yaml", "errcat-system").replace("path/to/errcat", str(hooks))
        config = config.replace("v0.2.0", revision)
        (path / ".pre-commit-config.yaml").write_text(config, "utf-8")
        run("errcat", "generate", cwd=path)
        run("git", "add", "--all", cwd=path)
        run("git", "commit", "--quiet", "-m", "release", cwd=path)
        run("git", "tag", "v2.0.0", cwd=path)
        run("pre-commit", "run", "--all-files", cwd=path)
        change(path / "errors.yaml", "No such address", "Nowhere")
        said = run("pre-commit", "run", "--all-files", cwd=path, code=1)
        assert re.search(r"^\+.*Nowhere", said, re.M), said
        assert "these changes need 2.0.1" in said, said
        assert "mutable" not in said, said
        change(path / "errors.yaml", "version: 2.0.0", "version: 2.0.1")
        # In a hook of git itself, which names its repository and index.
        run("pre-commit", "install", cwd=path)
        said = run("git", "commit", "--all", "-m", "Nowhere", cwd=path, code=1)
        assert re.search(r"errcat diff\.+Passed", said) and re.search(r"errcat check\.+Failed", said), said
        config = config.replace("errcat-system", "errcat-fix-system")
        (path / ".pre-commit-config.yaml").write_text(config, "utf-8")
        said = run("pre-commit", "run", "--all-files", cwd=path, code=1)
        assert "wrote docs/errors.md" in said and "files were modified" in said, said
        assert "Nowhere" in (path / "docs/errors.md").read_text("utf-8")
        run("git", "add", "--all", cwd=path)
        run("pre-commit", "run", "--all-files", cwd=path)
        # pre-commit doesn't see files that are new to git, so the hook itself must fail.
        change(path / "errcat.yaml", "out: docs", "out: new")
        said = run("pre-commit", "run", "--all-files", cwd=path, code=1)
        assert "wrote new/errors.md" in said and "note: `docs` still has" in said, said
        run("git", "add", "--all", cwd=path)
        run("pre-commit", "run", "--all-files", cwd=path)
    print("pre-commit: passes, shows the difference where there is one, and fixes it if asked")


make()
ninja()
pre_commit()
