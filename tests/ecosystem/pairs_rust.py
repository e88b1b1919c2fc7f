"""The public API of Rust crates, as rustdoc tells it, and what of it is gone with another catalog. tests/it/pairs
lists the changes, and `cargo test --test it pairs` makes the crates. Works with the installed Rust, although the JSON
of rustdoc is not stable yet."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

PAIRS = pathlib.Path(sys.argv[1])
LOCK = pathlib.Path(__file__).resolve().parents[1] / "consumers/hostile/Cargo.lock"


def shown(value: Any) -> Any:
    """A type or signature without the numbers of items, which differ from crate to crate."""
    match value:
        case dict():
            return {key: shown(held) for key, held in value.items() if key != "id"}
        case list():
            return [shown(held) for held in value]
    return value


def names(index: dict[str, Any], item: dict[str, Any], path: str) -> Iterator[str]:
    """The public names at a path and below it, with the type of each function and field."""
    (kind, held), = item["inner"].items()
    inner: list[int] = []
    name = item["name"] or ""
    match kind:
        case "module":
            inner = held["items"]
        case "enum":
            inner = held["variants"] + held["impls"]
        case "struct":
            inner = held["kind"].get("plain", {}).get("fields", []) if isinstance(held["kind"], dict) else []
            inner = inner + held["impls"]
        case "impl" if held["trait"]:
            if not held["is_synthetic"] and not held["blanket_impl"]:
                yield f"{path}: {held['trait']['path']}"
            return
        case "impl":
            inner = held["items"]
        case "function":
            # The names of arguments are not part of a type.
            types = [kind for _, kind in held["sig"]["inputs"]]
            name += json.dumps(shown([types, held["sig"]["output"], held["generics"]]), sort_keys=True)
        case "struct_field":
            name += json.dumps(shown(held), sort_keys=True)
    own = f"{path}::{name}" if name else path
    yield own
    for one in inner:
        child = index.get(str(one))
        is_public = child and (child["visibility"] == "public" or kind == "enum" or "impl" in child["inner"])
        if is_public:
            yield from names(index, child, own)


def public(file: pathlib.Path) -> set[str]:
    crate = json.loads(file.read_text("utf-8"))
    root = crate["index"][str(crate["root"])]
    return {name for child in root["inner"]["module"]["items"] for name in names(crate["index"], crate["index"][str(child)], "")}


def check(folder: pathlib.Path) -> None:
    pairs = json.loads((PAIRS / "pairs.json").read_text("utf-8"))
    checked = [(page, "old") for page in sorted({pair["page"] for pair in pairs})]
    checked += [(pair["page"], pair["id"]) for pair in pairs]
    packages = {}
    for number, (page, side) in enumerate(checked):
        crate = folder / f"side_{number}"
        shutil.copytree(PAIRS / page / side / "rust", crate)
        manifest = (crate / "Cargo.toml").read_text("utf-8")
        packages[page, side] = re.search('name = "(.*)"', manifest)[1]
        (crate / "Cargo.toml").write_text(re.sub('name = ".*"', f'name = "side_{number}"', manifest, count=1), "utf-8")
    (folder / "Cargo.toml").write_text('[workspace]\nresolver = "2"\nmembers = ["side_*"]\n', "utf-8")
    shutil.copy(LOCK, folder / "Cargo.lock")
    environment = os.environ | {
        "CARGO_TARGET_DIR": str(folder / "target"),
        "RUSTC_BOOTSTRAP": "1",
        "RUSTDOCFLAGS": "-Z unstable-options --output-format json",
    }
    command = ["cargo", "doc", "--quiet", "--workspace", "--no-deps"]
    subprocess.run(command, cwd=folder, env=environment, check=True)
    api = {side: public(folder / f"target/doc/side_{number}.json") for number, side in enumerate(checked)}
    wrong = []
    for pair in pairs:
        old, new = (pair["page"], "old"), (pair["page"], pair["id"])
        gone = sorted(api[old] - api[new]) or [packages[old]] * (packages[old] != packages[new])
        if bool(gone) != ("rust" in pair["seen_by"]):
            wrong.append(f"{pair['page']}/{pair['id']}: {gone[:1]}")
    assert not wrong, "\n".join(wrong)
    assert all(len(names) > 50 for names in api.values())
    print(f"rustdoc sees {sum('rust' in pair['seen_by'] for pair in pairs)} of {len(pairs)} changes")


with tempfile.TemporaryDirectory() as folder:
    check(pathlib.Path(folder))
