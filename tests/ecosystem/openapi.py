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


def check_hostile(folder: pathlib.Path) -> None:
    """The catalog is JSON, and says what YAML must: by PyYAML, which reads YAML 1.1."""
    catalog = json.loads((folder / "catalog/all.yaml").read_text("utf-8"))
    fragment = yaml.safe_load((folder / "catalog/all/openapi/errors.openapi.yaml").read_text("utf-8"))
    validate(fragment)
    assert fragment["info"]["title"] == f"{catalog['product']}: {catalog['title']}"
    assert fragment["info"]["contact"] == catalog["contact"]
    examples = {}
    for status in [400, 503]:
        content = fragment["components"]["responses"][f"TextsError{status}"]["content"]
        examples |= content["application/json"]["examples"]
    (texts,) = [surface for surface in catalog["surfaces"] if surface["id"] == "texts"]
    for error in texts["errors"]:
        example = examples[error["code"]]
        assert example["summary"] == error["meaning"]
        assert example["value"]["about"] == error["meaning"]
        for param in ["detail", "extra"]:
            assert example["value"][param] == error["params"][param]["example"]
    # A page's own texts, in a document a text.
    pages = sorted((folder / "pages").glob("p*.yaml"))
    assert len(pages) > 300
    for path in pages:
        text = json.loads(path.read_text("utf-8"))["title"]
        page = yaml.safe_load((path.with_suffix("") / "openapi/errors.openapi.yaml").read_text("utf-8"))
        assert page["info"]["title"] == f"{text}: {text}"
        assert page["info"]["license"]["name"] == page["info"]["contact"]["name"] == text
    print(f"hostile: valid, and {len(texts['errors'])} errors and {len(pages)} documents say their texts")


for path in ["catalog/tensorloop.yaml", "tests/it/catalogs/features.yaml"]:
    check(ROOT / path)
check_hostile(pathlib.Path(sys.argv[2]))
