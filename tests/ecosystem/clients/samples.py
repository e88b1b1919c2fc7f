"""Reads the sample bodies of a document with openapi-generator's Python client of it: `samples.py CLIENT
DOCUMENT` prints the schemas with a sample that the client rejects. Bodies that are lists have no class."""

import sys

import yaml

folder, document = sys.argv[1:]
sys.path.insert(0, folder)
import client  # noqa: E402, the generated package

with open(document, encoding="utf-8") as file:
    components = yaml.safe_load(file)["components"]
read, rejected = set(), set()
for response in components["responses"].values():
    ((_, content),) = response["content"].items()
    name = content["schema"]["$ref"].split("/")[-1]
    if components["schemas"][name]["type"] == "array":
        continue
    for reference in content["examples"].values():
        body = components["examples"][reference["$ref"].split("/")[-1]]["value"]
        read.add(name)
        try:
            getattr(client, name).from_dict(body)
        except ValueError:
            rejected.add(name)
assert len(read) > 4, read
print(*sorted(rejected))
