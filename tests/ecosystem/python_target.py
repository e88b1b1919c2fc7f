"""The Python target of examples/python-target, for the example's own catalog and for others: it is in
sync, mypy finds nothing, its tests pass, it decides and reads as every language does, and all texts
come back equal from Python's own parser. Never looks into the templates."""

import ast
import doctest
import importlib
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import docutils.core
import docutils.nodes

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples/python-target"
CONFORMANCE = ROOT / "tests/conformance"
ERRCAT, HOSTILE = sys.argv[1], pathlib.Path(sys.argv[2])
sys.dont_write_bytecode = True


def run(folder: pathlib.Path, *command: str) -> None:
    """Runs a command, which must succeed."""
    environment = os.environ | {"PYTHONPATH": "src", "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"


def check_example(folder: pathlib.Path) -> None:
    """A copy, as a user has it."""
    run(folder, ERRCAT, "generate", "--check")
    run(folder, sys.executable, "-m", "mypy")
    run(folder, sys.executable, "-m", "unittest", "discover", "-s", "tests")
    (shown,) = re.findall("```python\n(.*?)```", (folder / "README.md").read_text("utf-8"), re.DOTALL)
    command = [sys.executable, "-c", shown]
    said = subprocess.run(command, cwd=folder / "src", capture_output=True, text=True, check=True).stdout
    assert said == re.findall(" +# (.*\n)", shown)[-1], said
    print("python-target: in sync, typed, and its tests and page are right")


def check_decisions() -> None:
    """The vectors and headers that Rust and TypeScript are tested with."""
    from tensorloop_errors.retry import After, Backoff, Never, Stop, Verdict, Wait, decide, server_wait_ms

    def verdict(kind: str, **ms: int) -> Verdict:
        numbers = {re.sub("([A-Z])", r"_\1", name).lower(): number for name, number in ms.items()}
        return {"never": Never, "backoff": Backoff, "after": After}[kind](**numbers)

    vectors = json.loads((CONFORMANCE / "retry_vectors.json").read_text("utf-8"))
    verdicts = {name: verdict(**one) for name, one in vectors["retryAdvice"].items()}
    for name, retry, random, hint, limit, result, asked in vectors["rows"]:
        want = Wait(result) if isinstance(result, int) else Stop(result, asked)
        assert decide(verdicts[name], retry, random, hint, limit) == want, (name, retry, hint)
    headers = json.loads((CONFORMANCE / "retry_after_cases.json").read_text("utf-8"))
    for case in headers["cases"]:
        waits = server_wait_ms(case["headers"], case.get("nowMs", headers["nowMs"]))
        assert waits == case["waitMs"], (case, waits)
    assert (len(vectors["rows"]), len(headers["cases"])) == (157, 84)
    print("python-target: 157 decisions and 84 headers as in the other languages")


def check_captures() -> None:
    """Real responses of LiteLLM, and of the proxies in front of it."""
    from tensorloop_errors import inference_errors
    from tensorloop_errors.retry import Never
    from tensorloop_errors.strategy import fallback

    manifest = json.loads((CONFORMANCE / "captures/manifest.json").read_text("utf-8"))
    for wanted in manifest:
        file = wanted["file"]
        head, body = (CONFORMANCE / "captures" / file).read_bytes().split(b"\r\n\r\n", maxsplit=1)
        status = int(head.split()[1])
        assert status == wanted["status"], file
        if status < 400:
            events = re.findall(rb'^data: (\{"error".*)', body, re.MULTILINE)
            errors = [inference_errors.read_event(event) for event in events[:1]]
            assert all(error.matches for error in errors), file
            assert [str(error.name) for error in errors] == ([wanted["event"]] if wanted.get("event") else []), file
            continue
        error = inference_errors.read(status, body)
        assert (str(error.name) if error.name else None) == wanted["name"], file
        assert error.matches == ("message" in error.params) == (wanted["shape"] == "error"), file
        named = wanted.get("type")
        assert error.params.get("type") == (None if named == "None" else named), file
        verdict = error.verdict
        assert error.entry is not None or verdict == fallback(status), file
        assert (0 if isinstance(verdict, Never) else verdict.retries) == wanted["retries"], file
    print(f"python-target: {len(manifest)} real responses are read as the manifest says")


def check_catalogs(folder: pathlib.Path, catalogs: dict[str, pathlib.Path]) -> None:
    """The same templates for other catalogs, compared with the `json` target."""
    outputs = [
        {"catalog": str(path), "target": target, "out": out}
        for name, path in catalogs.items()
        for target, out in [("python", f"src/{name}"), ("json", f"json/{name}")]
    ]
    config = {"errcat": 1, "templates": str(EXAMPLE / "templates"), "outputs": outputs}
    (folder / "errcat.yaml").write_text(json.dumps(config), "utf-8")
    run(folder, ERRCAT, "generate", "--quiet")
    typed = [f"src/{name}" for name in catalogs if not name.startswith("page")]
    run(folder, sys.executable, "-m", "mypy", "--strict", *typed)
    sys.path.insert(0, str(folder / "src"))
    errors = 0
    for name in catalogs:
        source = json.loads((folder / f"json/{name}/catalog.json").read_text("utf-8"))
        for surface in source["surfaces"]:
            api = importlib.import_module(f"{name}.{surface['id']}_errors")
            keys = api.Code if surface["keyed_by"] == "code" else api.ErrorName
            assert len(api.ENTRIES) == len(keys) == len(surface["errors"])
            for code, error in zip(keys, surface["errors"], strict=True):
                check_entry(api, code, error, surface["keyed_by"])
                errors += 1
            check_docstrings(folder / f"src/{name}/{surface['id']}_errors.py")
    print(f"python-target: {len(catalogs)} other catalogs are typed, and {errors} errors say their texts")


def check_verdict(verdict, retry) -> None:
    for field in ["after_ms", "initial_ms", "max_delay_ms", "factor", "retries"]:
        assert getattr(verdict, field, None) == (retry or {}).get(field), (field, verdict, retry)


def check_entry(api, code, error, keyed_by: str) -> None:
    entry = api.ENTRIES[code]
    for field in ["code", "name", "meaning", "fix", "retryable", "docs_url"]:
        assert getattr(entry, field) == error[field], (field, entry, error)
    assert (list(entry.statuses), list(entry.tags)) == (error["statuses"], error["tags"])
    if error["retry_advice"] == "by_status":
        assert entry.verdict is None
    else:
        check_verdict(entry.verdict, error["retry"])
        assert type(entry.verdict).__name__.lower() == error["retry_advice"]
    assert code.value == (error["code"] if keyed_by == "code" else error["name"])
    for status in error["statuses"]:
        for body in [error["body"], json.dumps(error["body"]), json.dumps(error["body"]).encode()]:
            read = api.read(status, body)
            key = read.code if keyed_by == "code" else read.name
            assert key is code and read.entry is entry and read.matches, (error, read)
            is_retried = (read.errors or [read])[0].status in (error["retried_statuses"] or [])
            check_verdict(read.verdict, error["retry"] if is_retried else None)
            assert str(read).isprintable()


ACTIVE = [
    docutils.nodes.doctest_block, docutils.nodes.raw, docutils.nodes.image, docutils.nodes.math,
    docutils.nodes.math_block, docutils.nodes.comment,
]  # fmt: skip


def check_docstrings(file: pathlib.Path) -> None:
    """No text in a docstring is a test to run or a file to include."""
    tree = ast.parse(file.read_text("utf-8"))
    statements = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    docstrings = [str(one.value) for one in statements if isinstance(one, ast.Constant)]
    assert docstrings
    for text in docstrings:
        assert doctest.DocTestParser().get_examples(text) == [], text
        for one in [text, *text.split("\n\n")]:
            check_markup(one.strip())


def check_markup(text: str) -> None:
    if not any(mark in text for mark in [">>>", "..", ":`", "::"]):
        return
    settings = {"report_level": 1, "halt_level": 5, "warning_stream": io.StringIO(), "_disable_config": True}
    settings |= {"file_insertion_enabled": False, "raw_enabled": False}
    page = docutils.core.publish_doctree(text, settings_overrides=settings)
    for node in page.findall():
        assert type(node) not in ACTIVE, (text, node)
        if isinstance(node, docutils.nodes.system_message):
            said = node.astext()
            assert "directive" not in said and "role" not in said, (text, said)


def check_filters(folder: pathlib.Path) -> None:
    """Each hostile text through each filter, read back by Python."""
    catalog = json.loads((HOSTILE / "catalog/all.yaml").read_text("utf-8"))
    (surface,) = [surface for surface in catalog["surfaces"] if surface["id"] == "texts"]
    texts = [error["meaning"] for error in surface["errors"]]
    assert len(texts) > 350
    own = folder / "own/filters"
    own.mkdir(parents=True)
    template = "{% for s in catalog.surfaces if s.id == 'texts' %}{% for e in s.errors %}"
    template += "[{{ e.meaning | py_str }}, {{ e.meaning | py_value }}, {{ e.body | py_value }}, "
    template += '"""{{ e.meaning | py_doc }}""", """So: {{ e.meaning | py_doc }}\n"""],\n{% endfor %}{% endfor %}'
    (own / "x.py.j2").write_text("[\n" + template + "]\n", "utf-8")
    output = {"catalog": str(HOSTILE / "catalog/all.yaml"), "target": "filters", "out": "filtered"}
    config = {"errcat": 1, "templates": "own", "outputs": [output]}
    (folder / "errcat.yaml").write_text(json.dumps(config), "utf-8")
    run(folder, ERRCAT, "generate")
    source = (folder / "filtered/x.py").read_text("utf-8")
    ascii_controls = [c for c in source if not c.isprintable() and ord(c) < 128 and c != "\n"]
    assert not ascii_controls and not re.search("[\u2028\u2029\u202a-\u202e\u2066-\u2069]", source)
    rows = ast.literal_eval(source)
    for text, (as_text, as_value, body, doc, later) in zip(texts, rows, strict=True):
        assert as_text == as_value == body["about"] == text, (text, as_text)
        shown = re.sub("[\u2028\u2029\ufeff\ufffe\uffff\x7f-\x9f]", " ", text).strip()
        # What acts has a backslash in front, which no page shows.
        acts = shown.startswith((">>>", ".."))
        shown = ("\\" if acts else "") + shown.replace(":`", ":\\`")
        assert (doc, later) == (shown, f"So: {shown}\n"), (text, doc)
        check_markup(doc)
        assert doctest.DocTestParser().get_examples(doc) == []
    print(f"python filters: {len(texts)} texts are read back equal, and act in no docstring")


def check_names(folder: pathlib.Path) -> None:
    """Neither the name of a catalog's file nor a keyword as the id of a surface acts."""
    file = "coding=utf-7 coding:latin-1.yaml"
    shape = {"body": {"error": "<code>"}}
    error = {"code": "None", "status": 400, "meaning": "ünï", "fix": "f", "retryable": False}
    ids = ["class", "lambda", "reading", "response", "server_wait", "z9_", "errors", "x_errors"]
    surfaces = [{"id": id, "title": id, "shape": shape, "errors": [error]} for id in ids]
    catalog = {"errcat": 1, "product": "p", "version": "1.0.0", "title": "t", "surfaces": surfaces}
    (folder / file).write_text(json.dumps(catalog), "utf-8")
    output = {"catalog": file, "target": "python", "out": "src/named"}
    config = {"errcat": 1, "templates": str(EXAMPLE / "templates"), "outputs": [output]}
    (folder / "errcat.yaml").write_text(json.dumps(config), "utf-8")
    run(folder, ERRCAT, "generate")
    run(folder, sys.executable, "-m", "mypy", "--strict", "src/named")
    for id in ids:
        api = importlib.import_module(f"named.{id}_errors")
        assert api.ENTRIES[api.Code.NONE].meaning == "ünï"
    print("python-target: names of files and surfaces do not act")


with tempfile.TemporaryDirectory() as folder:
    copy = pathlib.Path(folder) / "copy"
    junk = shutil.ignore_patterns("__pycache__", ".mypy_cache")
    shutil.copytree(EXAMPLE, copy, ignore=junk)
    check_example(copy)
    sys.path.insert(0, str(copy / "src"))
    check_decisions()
    check_captures()
    others = pathlib.Path(folder) / "others"
    others.mkdir()
    catalogs = {name: ROOT / f"tests/it/catalogs/{name}.yaml" for name in ["bare", "features", "odd-but-legal"]}
    catalogs = {name.replace("-", "_"): path for name, path in catalogs.items()}
    catalogs |= {f"hostile_{name}": HOSTILE / f"catalog/{name}.yaml" for name in ["all", "mixed"]}
    catalogs |= {f"page_{path.stem}": path for path in sorted((HOSTILE / "pages").glob("p*.yaml"))}
    catalogs |= {f"random_{path.stem}": path for path in sorted((HOSTILE.parent / "random").glob("c*.yaml"))}
    assert len(catalogs) > 300
    check_catalogs(others, catalogs)
    check_filters(others)
    check_names(others)
