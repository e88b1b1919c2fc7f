"""Reads bodies with generated Python packages. Each line of stdin is an input, and each line of stdout what
was read. README.md explains both.

    python3 python.py FOLDER < inputs.jsonl

A catalog `c0` has its package in FOLDER/c0/python.
"""

import importlib
import json
import sys
from functools import cache
from pathlib import Path

FOLDER = Path(sys.argv[1])


@cache
def package(catalog):
    """Imports a package by its place, whatever its name is."""
    place = FOLDER / catalog / "python"
    name = f"errors_of_{catalog}"
    spec = importlib.util.spec_from_file_location(
        name, place / "__init__.py", submodule_search_locations=[str(place)]
    )
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return name


@cache
def surface(catalog, id):
    return importlib.import_module(f"{package(catalog)}.{id}_errors")


def advice(verdict):
    numbers = [getattr(verdict, name, None) for name in ["after_ms", "initial_ms", "max_delay_ms", "factor", "retries"]]
    words = [type(verdict).__name__.lower(), *(str(number) for number in numbers if number is not None)]
    return " ".join(words)


def one(error):
    """What is said of each error of a list, and of the whole."""
    return {
        "code": error.code_text,
        "name": error.entry.name if error.entry else None,
        "status": error.status,
        "params": error.params,
        "advice": advice(error.verdict),
    }


def answer(case):
    if "headers" in case:
        retry = importlib.import_module(f"{package(case['catalog'])}.retry")
        return {"waitMs": retry.server_wait_ms(case["headers"], case["nowMs"])}
    api = surface(case["catalog"], case["surface"])
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
