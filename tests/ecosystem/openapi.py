"""The OpenAPI fragment as Python reads it, with each choice of its options: valid by
openapi-spec-validator, every text of the catalog in it, and every sample body and documented real
response of its schema in OpenAPI 3.0 as in 3.1. Never compares with errcat's own idea of YAML."""

import functools
import itertools
import json
import pathlib
import subprocess
import sys
import tempfile

import yaml
from openapi_schema_validator import OAS30Validator, OAS31Validator
from openapi_spec_validator import validate

ROOT = pathlib.Path(__file__).resolve().parents[2]
ERRCAT = pathlib.Path(sys.argv[1]).resolve()
HOSTILE = pathlib.Path(sys.argv[2])
VALIDATORS = {"3.1.0": OAS31Validator, "3.0.3": OAS30Validator}
FORMS = list(itertools.product(VALIDATORS, ["closed", "open"]))


@functools.cache
def made(catalog: pathlib.Path, version: str, codes: str) -> tuple[dict, dict]:
    """The fragment of a catalog, which is valid, and the catalog itself, resolved."""
    outputs = [
        {"catalog": str(catalog), "target": "openapi", "out": "o", "options": {"version": version, "codes": codes}},
        {"catalog": str(catalog), "target": "json", "out": "o"},
    ]
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder, "errcat.yaml")
        config.write_text(json.dumps({"errcat": 1, "outputs": outputs}), "utf-8")
        subprocess.run([ERRCAT, "generate", "-q"], cwd=folder, check=True)
        fragment = yaml.safe_load(pathlib.Path(folder, "o/errors.openapi.yaml").read_text("utf-8"))
        source = json.loads(pathlib.Path(folder, "o/catalog.json").read_text("utf-8"))
    validate(fragment)
    return fragment, source


def checker(fragment: dict, schema: str):
    """A function that says whether a body is of a schema of the fragment."""
    whole = {"$ref": f"#/components/schemas/{schema}", "components": fragment["components"]}
    return VALIDATORS[fragment["openapi"]](whole).is_valid


def check_bodies(catalog: pathlib.Path, version: str, codes: str) -> None:
    fragment, source = made(catalog, version, codes)
    components = fragment["components"]
    seen = 0
    for surface in source["surfaces"]:
        prefix = "".join(word.capitalize() for word in surface["id"].split("_"))
        is_valid = checker(fragment, f"{prefix}Error")
        assert is_valid(surface["shape"]["sample"])
        assert not is_valid({}) or "required" not in components["schemas"][f"{prefix}Error"]
        for entry in surface["errors"]:
            for status in entry["statuses"]:
                content = components["responses"][f"{prefix}Error{status}"]["content"]
                references = content[surface["shape"]["media_type"]]["examples"].values()
                names = [reference["$ref"].split("/")[-1] for reference in references]
                body = sample(entry, status)
                assert body in [components["examples"][name]["value"] for name in names], (entry["name"], status)
                assert is_valid(body), body
                seen += 1
        seen += check_operations(fragment, surface, prefix)
    assert seen > 0
    print(f"{catalog.name}, {version}, {codes}: valid, and {seen} sample bodies are of their schema")


def check_operations(fragment: dict, surface: dict, prefix: str) -> int:
    """The schema of an operation and a status accepts the samples of its errors, and with closed codes none
    that only other operations return. Returns how many samples were checked."""
    seen = 0
    schemas, responses = fragment["components"]["schemas"], fragment["components"]["responses"]
    for operation in surface["operations"]:
        words = "".join(word.capitalize() for word in operation["name"].split("_"))
        returned = [one for one in surface["errors"] if one["name"] in operation["errors"]]
        for status in sorted({status for one in returned for status in one["statuses"]}):
            name = f"{prefix}{words}Error{status}"
            ((_, content),) = responses[name]["content"].items()
            if surface["shape"]["code"] is None:
                assert content["schema"]["$ref"] == f"#/components/schemas/{prefix}Error"
                continue
            assert content["schema"]["$ref"] == f"#/components/schemas/{name}"
            is_valid = checker(fragment, name)
            is_open = "x-extensible-enum" in schemas[f"{prefix}ErrorCode"]
            for one in returned + surface["errors"][:20]:
                is_own = one in returned and status in one["statuses"]
                assert is_valid(sample(one, status)) == (is_own or is_open), (name, one["name"])
                seen += 1
            assert len(content["examples"]) == sum(status in one["statuses"] for one in returned)
    return seen


def sample(entry: dict, status: int) -> object:
    """The sample body of an error with a status."""
    others = {other["status"]: other["body"] for other in entry["other_bodies"]}
    return others.get(status, entry["body"])


def check_matches(version: str) -> None:
    """With open codes, a schema accepts the bodies that readers call a match, and no others, but for a
    number in a text that no double holds."""
    fragment, _ = made(ROOT / "tests/conformance/bodies.yaml", version, "open")
    cases = json.loads((ROOT / "tests/conformance/bodies.json").read_text("utf-8"))["cases"]
    checked = 0
    for one in [one for one in cases if "json" in one and "e400" not in str(one["json"])]:
        prefix = "".join(word.capitalize() for word in one["surface"].split("_"))
        matches = one.get("matches", False)
        assert checker(fragment, f"{prefix}Error")(one["json"]) == matches, one
        checked += 1
    assert checked > 200
    print(f"{version}: {checked} bodies are of their schema, or not, as readers say")


def check_captures(version: str) -> None:
    """Real responses match the schema if their status is documented, unless they have another shape.
    Optional members may be null."""
    fragment, _ = made(ROOT / "catalog/tensorloop.yaml", version, "closed")
    is_valid = checker(fragment, "ManagementError")
    assert is_valid({"error": "internal", "detail": None}) and not is_valid({"error": None})
    is_valid = checker(fragment, "InferenceError")
    folder = ROOT / "tests/conformance/captures"
    checked = 0
    for one in json.loads((folder / "manifest.json").read_text("utf-8")):
        documented = f"InferenceError{one['status']}" in fragment["components"]["responses"]
        if documented and one["shape"] in ["error", "detail"]:
            _, _, body = (folder / one["file"]).read_bytes().partition(b"\r\n\r\n")
            assert is_valid(json.loads(body)) == (one["shape"] == "error"), one["file"]
            checked += 1
    assert checked
    print(f"{version}: {checked} real responses match the schema, or not, as their shape says")


def title(catalog: dict) -> str:
    """The title of a fragment, which names the product once."""
    product, title = catalog["product"], catalog["title"]
    return title if product in title else f"{product}: {title}"


def check_hostile(version: str, codes: str) -> None:
    """The catalog is JSON, and says what YAML must: by PyYAML, which reads YAML 1.1."""
    catalog = json.loads((HOSTILE / "catalog/all.yaml").read_text("utf-8"))
    fragment, _ = made(HOSTILE / "catalog/all.yaml", version, codes)
    assert fragment["info"]["title"] == title(catalog)
    assert fragment["info"]["contact"] == catalog["contact"]
    (texts,) = [surface for surface in catalog["surfaces"] if surface["id"] == "texts"]
    for error in texts["errors"]:
        example = fragment["components"]["examples"][f"texts-{error['code']}"]
        assert example["summary"] == f"{error['code']}: {error['meaning']}"
        assert example["value"]["about"] == error["meaning"]
        for param in ["detail", "extra"]:
            assert example["value"][param] == error["params"][param]["example"]
    print(f"hostile, {version}, {codes}: valid, and {len(texts['errors'])} errors say their texts")


def check_pages() -> None:
    """The texts of each small catalog, in the fields that a document has once."""
    pages = sorted((HOSTILE / "pages").glob("p*.yaml"))
    assert len(pages) > 300
    for path in pages:
        catalog = json.loads(path.read_text("utf-8"))
        info = yaml.safe_load((path.with_suffix("") / "openapi/errors.openapi.yaml").read_text("utf-8"))["info"]
        assert info["title"] == title(catalog)
        assert info["license"]["name"] == catalog["license"]
        assert info["contact"] == catalog["contact"]
    print(f"hostile: {len(pages)} documents say their texts")


for form in FORMS:
    for path in ["catalog/tensorloop.yaml", "tests/it/catalogs/features.yaml", "tests/it/catalogs/corners.yaml"]:
        check_bodies(ROOT / path, *form)
    check_bodies(HOSTILE / "catalog/all.yaml", *form)
    check_hostile(*form)
for version in VALIDATORS:
    check_captures(version)
    check_matches(version)
check_pages()
