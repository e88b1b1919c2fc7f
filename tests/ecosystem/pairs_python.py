"""Code that uses all of a Python package, checked by mypy against the package of another catalog: which changes
of a catalog break a build. tests/it/pairs lists the changes, and `cargo test --test it pairs` makes the packages."""

import ast
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator

PAIRS = pathlib.Path(sys.argv[1])


def package(side: pathlib.Path) -> pathlib.Path:
    """The folder of the modules of a side."""
    (folder,) = (side / "python/src").iterdir()
    return folder


def uses_of_function(function: ast.FunctionDef, number: int) -> Iterator[str]:
    """Calls with what the function needs, and with all that it takes."""
    arguments = list(zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True))
    for kind, taken in [
        ("needed", [one for one, default in arguments if default is None]),
        ("all", [one for one, _ in arguments]),
    ]:
        # Nobody gives None.
        held = [f"{one.arg}: {ast.unparse(one.annotation).removesuffix(' | None')}" for one in taken]
        given = ", ".join(f"{one.arg}={one.arg}" for one in taken)
        yield f"def {kind}_{number}({', '.join(held)}) -> ApiError:\n    return {function.name}({given})"


def uses_of_class(defined: ast.ClassDef, number: int) -> Iterator[str]:
    """Reads each attribute."""
    for index, one in enumerate(defined.body):
        match one:
            case ast.Assign(targets=[ast.Name(id=key)]) if key[0] != "_":
                yield f"value_{number}_{index} = {defined.name}.{key}"
            case ast.FunctionDef(name=key, returns=held, decorator_list=[ast.Name(id="property")]) if held:
                yield f"def read_{number}_{index}(one: {defined.name}) -> {ast.unparse(held)}:\n    return one.{key}"


def uses_of_element(name: str, members: ast.Dict, number: int) -> Iterator[str]:
    """Makes an element of a list with what it needs, and reads it."""
    needed = []
    for index, (key, held) in enumerate(zip(members.keys, members.values, strict=True)):
        text = ast.unparse(held).removeprefix("NotRequired[").removesuffix("]")
        if text == ast.unparse(held):
            needed.append((ast.unparse(key), text))
        yield f"def read_{number}_{index}(one: {name}) -> {text}:\n    return one[{ast.unparse(key)}]"
    held = ", ".join(f"value_{index}: {text}" for index, (_, text) in enumerate(needed))
    given = ", ".join(f"{key}: value_{index}" for index, (key, _) in enumerate(needed))
    yield f"def make_{number}({held}) -> {name}:\n    return {{{given}}}"


def consumer(module: pathlib.Path) -> str:
    """Code that uses all of a module."""
    tree = ast.parse(module.read_text("utf-8"))
    names: list[str] = []
    lines: list[str] = []
    for number, one in enumerate(tree.body):
        match one:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                names = ast.literal_eval(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(args=[_, ast.Dict() as members])):
                lines += uses_of_element(name, members, number)
            case ast.FunctionDef(name=name) if name[0] != "_":
                lines += uses_of_function(one, number)
            case ast.ClassDef(name=name) if name[0] != "_":
                lines += uses_of_class(one, number)
    top = [
        "from __future__ import annotations",
        "from collections.abc import Sequence",
        "from typing import Any, Literal",
        "from PACKAGE import runtime",
        f"from PACKAGE.{module.stem} import {', '.join(names)}",
    ]
    return "\n".join(top + lines) + "\n"


def check(folder: pathlib.Path) -> None:
    pairs = json.loads((PAIRS / "pairs.json").read_text("utf-8"))
    sides = {page: package(PAIRS / page / "old") for page in sorted({pair["page"] for pair in pairs})}
    consumers = {
        page: {module.stem: consumer(module) for module in sorted(old.glob("*.py")) if "_SURFACE" in module.read_text()}
        for page, old in sides.items()
    }
    # Each package is a part of another, so that one run checks all.
    places = {}
    checked = [(page, "old") for page in sides] + [(pair["page"], pair["id"]) for pair in pairs]
    for number, (page, side) in enumerate(checked):
        place = folder / f"side_{number}"
        places[place.name] = f"{page}/{side}"
        new = package(PAIRS / page / side)
        shutil.copytree(new, place / new.name)
        for module, text in consumers[page].items():
            (place / f"uses_{module}.py").write_text(text.replace("PACKAGE", f"{place.name}.{sides[page].name}"), "utf-8")
        (place / "__init__.py").touch()
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "."]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode in {0, 1}, ran.stdout + ran.stderr
    broken: dict[str, list[str]] = {}
    for line in ran.stdout.splitlines():
        found = re.match(r"(side_\d+)/(.*: error: .*)", line)
        if found:
            broken.setdefault(places[found[1]], []).append(found[2])
    named = {f"{pair['page']}/{pair['id']}" for pair in pairs if "python" in pair["seen_by"]}
    wrong = [f"{side}: {lines[0]}" for side, lines in broken.items() if side not in named]
    wrong += [f"{side} is listed, and mypy finds nothing" for side in sorted(named - broken.keys())]
    assert not wrong, "\n".join(wrong)
    print(f"mypy sees {len(named)} of {len(pairs)} changes")


with tempfile.TemporaryDirectory() as folder:
    check(pathlib.Path(folder))
