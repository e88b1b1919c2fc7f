"""The Python target, for TensorLoop's catalog and for others, hostile ones among them: type checkers,
linters and formatters find nothing, its packages are built, they decide and read as every language does,
what they send is read back, and all texts come back equal from Python's own parser. Never looks into the
templates."""

import ast
import doctest
import importlib.util
import inspect
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

ROOT = pathlib.Path(__file__).resolve().parents[3]
TESTS = pathlib.Path(__file__).parent
CONFORMANCE = ROOT / "tests/conformance"
ERRCAT, HOSTILE = sys.argv[1], pathlib.Path(sys.argv[2])
sys.dont_write_bytecode = True

# Rules that fit no generated code, or contradict other rules or the texts of catalogs.
LINTS = "ALL,-E501,-TC,-UP013,-D203,-D213,-D401,-COM812,-INP001,-A002,-Q003,-PLR2004,-CPY001,-C901,-ERA001"
LINTS += ",-PLR0911,-PLR0913,-S105,-FBT003,-N801,-RUF022,-PIE790,-RUF001,-RUF002,-PLR0904"


def run(folder: pathlib.Path, *command: str, **environment: str) -> str:
    """Runs a command, which must succeed."""
    environment = os.environ | {"PYTHONPATH": "src", "PYTHONDONTWRITEBYTECODE": "1"} | environment
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


def generate(folder: pathlib.Path, outputs: list[dict[str, str]], **config: str) -> None:
    (folder / "errcat.yaml").write_text(json.dumps({"errcat": 1, "outputs": outputs, **config}), "utf-8")
    run(folder, ERRCAT, "generate", "--quiet")


def check_tools(folder: pathlib.Path, *files: str, odd: bool = False) -> None:
    """What projects check their code with, at its strictest. Odd names and texts break rules about style."""
    run(folder, sys.executable, "-m", "mypy", "--strict", *files)
    if not odd:
        # It takes a minute for each hostile catalog.
        (folder / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict", "pythonVersion": "3.11"}')
        run(folder, sys.executable, "-m", "pyright", *files)
    for width in ["88", "120"]:
        style = ["--no-cache", "--isolated", "--line-length", width]
        run(folder, sys.executable, "-m", "ruff", "format", "--check", *style, *files)
    for file in [one for name in files for one in sorted((folder / name).rglob("*.py")) or [folder / name]]:
        # The files themselves ask linters to skip them.
        source = file.read_text("utf-8").replace("# ruff: noqa\n", "")
        select = ["E9", "F"] if odd else [part for part in LINTS.split(",") if not part.startswith("-")]
        ignore = [part[1:] for part in LINTS.split(",") if part.startswith("-")]
        command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--isolated", "--target-version", "py311"]
        command += ["--select", ",".join(select), "--ignore", ",".join(ignore), "--stdin-filename", str(file), "-"]
        ran = subprocess.run(command, input=source, capture_output=True, text=True, check=False, cwd=folder)
        assert ran.returncode == 0, ran.stdout + ran.stderr
    run(folder, sys.executable, "-W", "error", "-m", "compileall", "-q", "-f", *files)


def check_sources() -> None:
    """The runtime, and these tests, are formatted. Projects with other lengths of lines leave outputs alone."""
    sources = ROOT / "templates/_runtime/python"
    run(ROOT, sys.executable, "-m", "ruff", "format", "--no-cache", "--isolated", "--check", str(sources))
    run(ROOT, sys.executable, "-m", "ruff", "check", "--no-cache", "--isolated", "--select", "I,F,B,UP", str(sources))


def check_tensorloop(folder: pathlib.Path) -> None:
    """Both forms of TensorLoop's errors."""
    catalog = str(ROOT / "catalog/tensorloop.yaml")
    outputs = [("python", "package"), ("python-module", "module")]
    generate(folder, [{"catalog": catalog, "target": target, "out": out} for target, out in outputs])
    check_tools(folder, "package/src", "module")
    for name, path in [("tensorloop_errors", "package/src"), ("errors", "module")]:
        environment = {"PYTHONPATH": str(folder / path), "PACKAGE": name}
        run(folder, sys.executable, "-W", "error", str(TESTS / "test_errors.py"), **environment)
        page = run(folder, sys.executable, "-m", "pydoc", name, **environment)
        assert "retrying(" in page, page
        check_import_time(folder, name, environment)
    environment = {"PYTHONPATH": str(folder / "package/src")}
    run(folder, sys.executable, "-m", "unittest", "-q", "test_frameworks", **environment | {
        "PYTHONPATH": f"{folder / 'package/src'}:{TESTS}"})
    check_types(folder)
    print("both forms are clean, and work with frameworks, clients and queues")
    readme = (folder / "package/README.md").read_text("utf-8")
    snippets = re.findall("```python\n(.*?)```", readme, re.DOTALL)
    assert len(snippets) == 5
    (folder / "snippets").mkdir()
    for number, snippet in enumerate(snippets):
        file = folder / f"snippets/snippet_{number}.py"
        file.write_text(snippet, "utf-8")
        # The first one sends a request.
        if "https://" not in snippet:
            run(folder, sys.executable, "-W", "error::SyntaxWarning", str(file), **environment)
    run(folder, sys.executable, "-m", "mypy", "--strict", "snippets", MYPYPATH=str(folder / "package/src"))
    wheels = folder / "wheels"
    build = ["pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    run(folder, sys.executable, "-m", *build, "--wheel-dir", str(wheels), "./package")
    (wheel,) = wheels.iterdir()
    run(folder, sys.executable, "-m", "twine", "check", "--strict", str(wheel))
    names = run(folder, sys.executable, "-m", "zipfile", "-l", str(wheel))
    assert wheel.name.startswith("tensorloop_errors-1.0.0-py3-"), wheel
    assert "tensorloop_errors/py.typed" in names and "tensorloop_errors/management.py" in names, names
    print("the README is right, and the package can be built and uploaded")


def check_taken_names() -> None:
    """errcat knows each name that an error or a value of a catalog must not take."""
    from tensorloop_errors import CatalogError, runtime

    listed = (ROOT / "src/text/python_names.rs").read_text("utf-8")
    names = [*vars(runtime), *dir(CatalogError)]
    missing = [name for name in names if name.islower() and name[0] != "_" and f'"{name}",' not in listed]
    assert not missing, missing


def check_types(folder: pathlib.Path) -> None:
    """What users of the package write, right and wrong, as type checkers see it."""
    shutil.copytree(TESTS / "typed", folder / "typed", ignore=shutil.ignore_patterns("__pycache__"))
    config = {"typeCheckingMode": "strict", "extraPaths": ["package/src"]}
    (folder / "pyrightconfig.json").write_text(json.dumps(config))
    mypy = ["-m", "mypy", "--strict", "--no-error-summary"]
    pyright = ["-m", "pyright", "--pythonpath", sys.executable]
    for tool in [mypy, pyright]:
        run(folder, sys.executable, *tool, "typed/right.py", MYPYPATH="package/src")
        command = [sys.executable, *tool, "typed/wrong.py"]
        environment = os.environ | {"MYPYPATH": "package/src"}
        ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        found = {int(line) for line in re.findall(r"wrong\.py:(\d+)(?::\d+)?(?: -|:) error", ran.stdout)}
        lines = (folder / "typed/wrong.py").read_text("utf-8").splitlines()
        assert found == {number for number, line in enumerate(lines, 1) if "  # " in line}, ran.stdout


def check_import_time(folder: pathlib.Path, name: str, environment: dict[str, str]) -> None:
    """Little more than the modules of Python that it imports."""
    def best(imports: str) -> float:
        timed = f"import time; a = time.process_time(); import {imports}; print(time.process_time() - a)"
        environment["PYTHONDONTWRITEBYTECODE"] = ""
        return min(float(run(folder, sys.executable, "-c", timed, **environment)) for _ in range(10))

    own, python = best(name), best("enum, json, re, typing")
    assert own < 2 * python, f"{name} takes {own * 1000:.1f} ms to import, and its imports {python * 1000:.1f} ms"


def check_decisions() -> None:
    """The vectors and headers that Rust and TypeScript are tested with."""
    from tensorloop_errors import After, Backoff, FailedAttempt, Never, next_delay, parse_retry_after

    def advice(kind: str, **numbers: int) -> object:
        fields = {}
        for name, number in numbers.items():
            name = re.sub("([A-Z])", r"_\1", name).lower()
            fields[name.replace("_ms", "_s")] = number / 1000 if name.endswith("_ms") else number
        return {"never": Never, "backoff": Backoff, "after": After}[kind](**fields)

    vectors = json.loads((CONFORMANCE / "retry_vectors.json").read_text("utf-8"))
    all_advice = {name: advice(**one) for name, one in vectors["retryAdvice"].items()}
    for name, retries, random, hint_ms, limit_ms, result, asked_ms in vectors["rows"]:
        failed = FailedAttempt(
            retry_advice=all_advice[name], retries=retries, random=random,
            retry_after_s=None if hint_ms is None else hint_ms / 1000, max_requested_wait_s=limit_ms / 1000,
        )
        delay = next_delay(failed)
        if isinstance(result, int):
            assert (delay.wait_s, delay.give_up) == (result / 1000, None), (name, retries, delay)
        else:
            assert (delay.wait_s, delay.give_up) == (None, result), (name, retries, delay)
            assert delay.requested_s == (None if asked_ms is None else asked_ms / 1000), (name, retries, delay)
    headers = json.loads((CONFORMANCE / "retry_after_cases.json").read_text("utf-8"))
    for case in headers["cases"]:
        wait_s = parse_retry_after(case["headers"], case.get("nowMs", headers["nowMs"]) / 1000)
        assert wait_s == (None if case["waitMs"] is None else case["waitMs"] / 1000), (case, wait_s)
    assert (len(vectors["rows"]), len(headers["cases"])) == (157, 84)
    print("157 decisions and 84 headers as in the other languages")


def check_captures() -> None:
    """Real responses of LiteLLM, and of the proxies in front of it."""
    from tensorloop_errors import Never, inference, retry_advice_for_status

    manifest = json.loads((CONFORMANCE / "captures/manifest.json").read_text("utf-8"))
    for wanted in manifest:
        file = wanted["file"]
        head, body = (CONFORMANCE / "captures" / file).read_bytes().split(b"\r\n\r\n", maxsplit=1)
        status = int(head.split()[1])
        assert status == wanted["status"], file
        if status < 400:
            events = re.findall(rb'^data: (\{"error".*)', body, re.MULTILINE)
            errors = [inference.ApiError.read_event(event) for event in events[:1]]
            assert all(error.matches for error in errors), file
            assert [error.name for error in errors] == ([wanted["event"]] if wanted.get("event") else []), file
            assert inference.ApiError.detect(status, body) is None, file
            continue
        error = inference.ApiError.read(status, body)
        assert error.name == wanted["name"], file
        assert error.matches == ("message" in error.params) == (wanted["shape"] == "error"), file
        named = wanted.get("type")
        assert error.type == (None if named == "None" else named), file
        advice = error.retry_advice
        assert error.entry is not None or advice == retry_advice_for_status(status), file
        assert (0 if isinstance(advice, Never) else advice.retries) == wanted["retries"], file
    print(f"{len(manifest)} real responses are read as the manifest says")


def check_catalogs(folder: pathlib.Path, catalogs: dict[str, pathlib.Path]) -> None:
    """Both forms for other catalogs, compared with the `json` target."""
    targets = {"python": "package", "python-module": "module", "json": "json"}
    outputs = [
        {"catalog": str(path), "target": target, "out": f"{out}/{name}"}
        for name, path in catalogs.items()
        for target, out in targets.items()
    ]
    generate(folder, outputs)
    for name in catalogs:
        if not name.startswith(("page", "random")):
            odd = name not in {"bare", "features"}
            check_tools(folder, f"package/{name}/src", odd=odd)
            check_tools(folder, f"module/{name}", odd=odd)
    errors = 0
    for name in catalogs:
        source = json.loads((folder / f"json/{name}/catalog.json").read_text("utf-8"))
        (place,) = (folder / f"package/{name}/src").iterdir()
        packages = [load(f"package_{name}", place / "__init__.py"), load(f"module_{name}", folder / f"module/{name}/errors.py")]
        for surface in source["surfaces"]:
            for package in packages:
                api = getattr(package, surface["id"] + "_", None) or getattr(package, surface["id"])
                keys = list(api.Code if surface["keyed_by"] == "code" else api.ErrorName)
                assert len(keys) == len(surface["errors"])
                for key, error in zip(keys, surface["errors"], strict=True):
                    check_entry(api, key, error, surface)
                    check_sent(package, api, key, error, surface)
                    errors += 1
            check_docstrings(place / f"{surface['id']}.py")
    print(f"{len(catalogs)} other catalogs are clean, and {errors} errors say their texts and are sent")


def load(name: str, file: pathlib.Path):
    """Imports a module by its place, whatever its name is."""
    places = [str(file.parent)] if file.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=places)
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def check_advice(advice, retry) -> None:
    for field in ["after_ms", "initial_ms", "max_delay_ms", "factor", "retries"]:
        wanted = (retry or {}).get(field)
        if wanted is not None and field.endswith("_ms"):
            wanted /= 1000
        assert getattr(advice, field.replace("_ms", "_s"), None) == wanted, (field, advice, retry)


def check_entry(api, key, error, surface) -> None:
    entry = key.entry
    for field in ["code", "name", "status", "meaning", "fix", "retryable", "since"]:
        assert getattr(entry, field) == error[field], (field, entry, error)
    assert (entry.surface, entry.docs) == (surface["id"], error["docs_url"])
    assert (list(entry.statuses), list(entry.tags)) == (error["statuses"], error["tags"])
    assert json.loads(entry.sample) == error["body"]
    assert (entry.deprecated is None) == (error["deprecated"] is None)
    for field, value in (error["deprecated"] or {}).items():
        assert getattr(entry.deprecated, field) == value, (field, value, entry.deprecated)
    if error["retry_advice"] == "by_status":
        assert entry.retry_advice is None
    else:
        check_advice(entry.retry_advice, error["retry"])
        assert type(entry.retry_advice).__name__.lower() == error["retry_advice"]
    assert key.value == (error["code"] if surface["keyed_by"] == "code" else error["name"])
    for status in error["statuses"]:
        for body in [error["body"], json.dumps(error["body"]), json.dumps(error["body"]).encode()]:
            read = api.ApiError.read(status, body)
            assert key_of(read, surface) is key and read.entry is entry and read.matches, (error, read)
            is_retried = (read.errors or [read])[0].status in (error["retried_statuses"] or [])
            check_advice(read.retry_advice, error["retry"] if is_retried else None)
            assert str(read).isprintable()


def key_of(error, surface):
    return error.code if surface["keyed_by"] == "code" else error.name


def check_sent(package, api, key, error, surface) -> None:
    """With values for all that it takes, and with as few as it needs."""
    makers = [name for name in vars(api) if inspect.isfunction(getattr(api, name)) and name != "cast"]
    wanted = re.sub("[^a-z0-9]", "", error["name"].lower())
    (name,) = [name for name in makers if re.sub("[^a-z0-9]", "", name) == wanted and same(api, name, key, surface)]
    make = getattr(api, name)
    parameters = inspect.signature(make).parameters
    for is_full in [True, False]:
        given = {
            name: value_for(str(parameter.annotation), surface)
            for name, parameter in parameters.items()
            if name != "status" and (is_full or parameter.default is parameter.empty)
        }
        for status in error["statuses"] if "status" in parameters else [error["status"]]:
            sent = make(**given, **({"status": status} if "status" in parameters else {}))
            content, sent_status, headers = sent.response()
            assert sent_status == status and json.loads(content) == sent.body()
            read = api.ApiError.detect(status, content)
            assert key_of(read, surface) is key and read.matches, (error, content)
            # In items, a value can't be read from a text with several.
            for name, value in read.params.items():
                assert isinstance(value, list) or sent.params[name] == value, (name, read.params, sent.params)
            if "retry_after_s" in given:
                assert headers["Retry-After"] == "2"
            assert headers["Content-Type"] == surface["shape"]["media_type"]
            assert str(sent).isprintable() and repr(sent).isprintable()
            if not given and not error["params"]:
                assert sent.body() == dict_of(error, status), (sent.body(), error)
                after = error["retry_after"]
                assert headers.get("Retry-After") == (None if after is None else str(after))


def dict_of(error, status):
    bodies = {other["status"]: other["body"] for other in error["other_bodies"]}
    return bodies.get(status, error["body"])


def same(api, name, key, surface) -> bool:
    """Whether a function makes this error. Names may differ only in how their words are joined."""
    parameters = inspect.signature(getattr(api, name)).parameters
    needed = [one.name for one in parameters.values() if one.default is one.empty]
    given = {name: value_for(str(parameters[name].annotation), surface) for name in needed}
    return key_of(getattr(api, name)(**given), surface) is key


def value_for(annotation: str, surface):
    """A value of a type that an argument has."""
    kind = annotation.removeprefix("Sequence[")
    if "Item" in kind:
        # What an element holds differs.
        name = re.match(r"(\w+)Item\b", kind)[1].lower()
        items = {re.sub("[^a-z0-9]", "", item["name"].lower()): item for item in surface["shape"]["items"]}
        # In the module of one file, the name of the surface is in front.
        longest = max((one for one in items if name.endswith(one)), key=len)
        return [{one["name"]: of_type(one["type"]) for one in items[longest]["placeholders"]}]
    for word, value in [("str", "v"), ("int", 7), ("float", 1.5), ("bool", True), ("Json", {"a": [1.5, None]})]:
        if kind.startswith((word, f"runtime.{word}")):
            return [value] if annotation.startswith("Sequence") else value
    raise AssertionError(annotation)


def of_type(kind: str):
    return {"text": "v", "integer": 7, "number": 1.5, "boolean": True, "any": 1, "list": []}[kind]


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
    generate(folder, [output], templates="own")
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
    """Neither the name of a catalog's file nor that of a surface, an error or a value acts."""
    file = "coding=utf-7 coding:latin-1.yaml"
    words = ["str", "int", "float", "bool", "property", "object", "type", "cast", "self", "print", "list"]
    words += ["name", "code", "status", "text", "params", "headers", "args", "class", "is_a", "response", "errors"]
    words += ["lambda", "enum", "typing", "json", "re", "new_error", "runtime", "retry_after_s", "join", "body"]
    values = {f"{word}?": f"<{word}>" for word in words if word not in {"code", "status"}}
    shape = {"body": {"error": "<code>"} | values}
    codes = [*words, "None", "retrying", "next_delay", "Api.Error", "entry", "mro", "import"]
    errors = [
        {"code": code, "status": 400, "meaning": f"\u00fcn\u00ef {code}", "fix": "f", "retryable": False}
        for code in codes
    ]
    ids = ["str", "reading", "response", "json", "re", "typing", "x_errors", "retrying", "time", "print"]
    surfaces = [{"id": id, "title": f"Title of {id}", "shape": shape, "errors": errors} for id in ids]
    catalog = {"errcat": 1, "product": "p", "version": "1.0.0", "title": "t", "surfaces": surfaces}
    (folder / file).write_text(json.dumps(catalog), "utf-8")
    outputs = [{"catalog": file, "target": target, "out": target} for target in ["python", "python-module"]]
    generate(folder, outputs)
    check_tools(folder, "python/src", "python-module", odd=True)
    for package in [
        load("named", folder / "python/src/p_errors/__init__.py"),
        load("named_module", folder / "python-module/errors.py"),
    ]:
        for id in ids:
            api = getattr(package, f"{id}_", None) or getattr(package, id)
            assert api.Code.NONE.entry.meaning == "\u00fcn\u00ef None"
            for code in codes:
                assert api.ApiError.read(400, {"error": code}).code == code
    print("names of files, surfaces, errors and values do not act")


with tempfile.TemporaryDirectory() as temporary:
    folder = pathlib.Path(temporary)
    for name in ["tensorloop", "others", "names"]:
        (folder / name).mkdir()
    check_sources()
    if "quick" not in sys.argv:
        check_tensorloop(folder / "tensorloop")
    sys.path.insert(0, str(folder / "tensorloop/package/src"))
    check_taken_names()
    check_decisions()
    check_captures()
    check_names(folder / "names")
    names = ["bare", "features", "odd-but-legal"]
    catalogs = {name.replace("-", "_"): ROOT / f"tests/it/catalogs/{name}.yaml" for name in names}
    catalogs |= {f"hostile_{name}": HOSTILE / f"catalog/{name}.yaml" for name in ["all", "mixed"]}
    catalogs |= {f"page_{path.stem}": path for path in sorted((HOSTILE / "pages").glob("p*.yaml"))}
    catalogs |= {f"random_{path.stem}": path for path in sorted((HOSTILE.parent / "random").glob("c*.yaml"))}
    assert len(catalogs) > 300
    check_catalogs(folder / "others", catalogs)
    check_filters(folder / "others")
