"""Compares the codes of openapi-generator's Python client of a document with those of the document:
`operations.py CLIENT DOCUMENT` fails unless each code schema is an enum of exactly its codes, each error of an
operation and a status has such codes, and operations know the type of each status."""

import enum
import inspect
import re
import sys

import yaml

folder, document = sys.argv[1:]
sys.path.insert(0, folder)
import client  # noqa: E402, the generated package

with open(document, encoding="utf-8") as file:
    described = yaml.safe_load(file)
schemas = described["components"]["schemas"]
checked = 0
for name, schema in schemas.items():
    if name.endswith("Code"):
        codes = getattr(client, name)
        assert issubclass(codes, enum.Enum) and [one.value for one in codes] == schema["enum"], name
        checked += 1
for path in described["paths"].values():
    for operation in path.values():
        words = re.sub(r"(?<!^)(?=[A-Z])", "_", operation["operationId"]).lower()
        source = inspect.getsource(getattr(client.KeysApi, words))
        for status, response in operation["responses"].items():
            name = response.get("$ref", "").split("/")[-1]
            if name:
                assert f"'{status}': \"{name}\"" in source, (words, status)
                field = getattr(client, name).model_fields["error"]
                assert field.annotation is getattr(client, f"{name}Code"), name
                checked += 1
assert checked > 200
