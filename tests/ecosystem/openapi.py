"""The OpenAPI fragment as Python reads it: valid by openapi-spec-validator, and every text of the
catalog in it, equal to catalog.json. Never compares with errcat's own idea of YAML."""

import json
import pathlib
import subprocess
import sys
import tempfile

import yaml
from openapi_spec_validator import validate

ROOT = pathlib.Path(__file__).resolve().parents[2]
ERRCAT = sys.argv[1]


def check(catalog: pathlib.Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["generate", "--catalog", catalog, "--out", folder, "-q"]
        subprocess.run([ERRCAT, *arguments, "--target", "openapi", "--target", "json"], check=True)
        made = pathlib.Path(folder)
        fragment = yaml.safe_load((made / "openapi/errors.openapi.yaml").read_text("utf-8"))
        source = json.loads((made / "json/catalog.json").read_text("utf-8"))
    validate(fragment)
    responses = fragment["components"]["responses"]
    seen = 0
    for surface in source["surfaces"]:
        for entry in surface["errors"]:
            for status in entry["statuses"]:
                name = "".join(word.capitalize() for word in surface["id"].split("_"))
                content = responses[f"{name}Error{status}"]["content"][surface["shape"]["media_type"]]
                values = [example["value"] for example in content["examples"].values()]
                assert entry["body"] in values, (entry["name"], values)
                seen += 1
    assert seen > 0
    print(f"{catalog.name}: valid, and {seen} error responses carry their sample body")


for path in ["catalog/tensorloop.yaml", "tests/it/catalogs/features.yaml"]:
    check(ROOT / path)
