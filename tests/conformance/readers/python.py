"""Reads bodies with generated Python packages.

Each line of stdin is an input, and each line of stdout what was read. README.md explains both.

    python3 python.py FOLDER < inputs.jsonl

A catalog `c0` has its package in FOLDER/c0/python/src.
"""

import importlib
import importlib.util
import json
import sys
from functools import cache
from pathlib import Path

FOLDER = Path(sys.argv[1])


@cache
def package(catalog):
    """Imports a package by its place, whatever its name is."""
    (place,) = (FOLDER / catalog / "python/src").iterdir()
    name = f"errors_of_{catalog}"
    spec = importlib.util.spec_from_file_location(
        name, place / "__init__.py", submodule_search_locations=[str(place)]
    )
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def milliseconds(seconds):
    return None if seconds is None else round(seconds * 1000)


def advice(advice):
    """The kind of advice, and its numbers."""
    words = [type(advice).__name__.lower()]
    for name in ["after_s", "initial_s", "max_delay_s"]:
        if hasattr(advice, name):
            words.append(str(milliseconds(getattr(advice, name))))
    for name in ["factor", "retries"]:
        if hasattr(advice, name):
            words.append(str(getattr(advice, name)))
    return " ".join(words)


def one(error):
    """What is said about each error of a list, and about the whole."""
    wait = milliseconds(error.retry_after_s)
    return {
        "code": error.code_text,
        "name": error.entry.name if error.entry else None,
        "status": error.status,
        "params": {**error.params, **({} if wait is None else {"wait": wait})},
        "advice": advice(error.retry_advice),
    }


def answer(case):
    module = package(case["catalog"])
    if "headers" in case:
        wait = module.parse_retry_after(case["headers"], case["nowMs"] / 1000)
        return {"waitMs": milliseconds(wait)}
    api = getattr(module, case["surface"]).ApiError
    status = case["status"]
    body = bytes.fromhex(case["hex"])
    error = api.read_event(body) if status is None else api.read(status, body)
    found = None if status is None else api.detect(status, body)
    str(error).encode()
    return {
        **one(error),
        "matches": error.matches,
        "errors": [one(each) for each in error.errors],
        "text": error.text,
        "detected": found is not None,
    }


for line in sys.stdin:
    try:
        said = answer(json.loads(line))
    except Exception as error:
        said = {"raised": repr(error)}
    print(json.dumps(said))
