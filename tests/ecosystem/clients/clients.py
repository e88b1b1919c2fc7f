"""Clients that openapi-generator and progenitor make of the example document: they compile, know each
code of the catalog, and what a caller sees of a code is what docs/openapi.md says. Those of the catalog
of all features compile too. (Clients of npm's generators are in tests/node.) `clients.py BUNDLES WORK`
makes them below WORK. Never says itself what a caller sees: the programs it runs do."""

import http.server
import importlib.metadata
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
BUNDLES, WORK = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
TARGET = pathlib.Path(os.environ["CARGO_TARGET_DIR"])
GENERATOR = importlib.metadata.version("openapi-generator-cli")
OTHER = "no_such_code"


def generate() -> None:
    """Makes every client of openapi-generator in one run of Java."""
    batch = []
    for generator in ["rust", "typescript-fetch", "python"]:
        for name, bundle in [
            ("closed", "example-3.1.0-closed"),
            ("open", "example-3.1.0-open"),
            ("features", "features-3.1.0-closed"),
            ("features30", "features-3.0.3-closed"),
            ("operations", "operations-3.1.0"),
        ]:
            if name == "features30" and generator != "python":
                continue
            folder = WORK / "rust" / name if generator == "rust" else WORK / f"{generator}-{name}"
            config = WORK / f"{generator}-{name}.json"
            package = name if generator == "rust" else "client"
            settings = {
                "generatorName": generator,
                "inputSpec": str(BUNDLES / f"{bundle}.yaml"),
                "outputDir": str(folder),
                "additionalProperties": {"packageName": package},
            }
            config.write_text(json.dumps(settings), "utf-8")
            batch.append(config)
    cli = pathlib.Path(sys.executable).parent / "openapi-generator-cli"
    made = subprocess.run([cli, "batch", "--fail-fast", *batch], capture_output=True, text=True)
    assert made.returncode == 0, made.stdout + made.stderr


def build() -> None:
    """Compiles the programs that call the Rust clients, progenitor's made on the way."""
    for name in ["closed", "open"]:
        shutil.copy(BUNDLES / f"example-3.0.3-{name}.yaml", WORK / "rust" / f"{name}.yaml")
    shutil.copy(BUNDLES / "features-3.0.3-closed.yaml", WORK / "rust/features.yaml")
    shutil.copy(BUNDLES / "operations-3.0.3.yaml", WORK / "rust/operations.yaml")
    command = ["cargo", "build", "--locked", "--quiet"]
    built = subprocess.run(command, cwd=WORK / "rust", capture_output=True, text=True)
    assert built.returncode == 0, built.stderr


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers /CODE/… with an error of that code."""

    def do_GET(self) -> None:
        body = json.dumps({"error": self.path.split("/")[1]}).encode()
        self.send_response(401)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def documented() -> dict[str, list[str]]:
    """The table of what callers see, by client."""
    page = (ROOT / "docs/openapi.md").read_text("utf-8")
    section = page.split("\n## Codes that a client does not know\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return {row[0].strip(): [cell.strip() for cell in row[1:]] for row in rows[2:]}


def ask(client: str, command: list, codes: str, listed: list[str], expected: list[str]) -> None:
    """Calls a client with each code that is listed, and with one that is not."""
    run = subprocess.run([*command, *listed, OTHER], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    seen = run.stdout.splitlines()
    assert seen[:-1] == [f"{expected[0]} {code}" for code in listed], (client, codes, seen)
    # What is undecoded is the body.
    how, _, what = seen[-1].partition(" ")
    assert how == expected[1], (client, codes, seen)
    assert what == OTHER or json.loads(what) == {"error": OTHER}, (client, codes, seen)
    print(f"{client}, {codes}: {len(listed)} codes {expected[0]}, another one {how}")


def main() -> None:
    shutil.copytree(HERE / "rust", WORK / "rust")
    generate()
    build()
    lock = (HERE / "rust/Cargo.lock").read_text("utf-8")
    (progenitor,) = re.findall(r'name = "progenitor"\nversion = "(.+)"', lock)
    catalog = json.loads((ROOT / "generated/json/catalog.json").read_text("utf-8"))
    listed = [error["code"] for error in catalog["surfaces"][0]["errors"]]
    table = documented()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    for codes, cells in [("closed", slice(0, 2)), ("open", slice(2, 4))]:
        for client, command in {
            f"openapi-generator {GENERATOR}, python": [sys.executable, HERE / "ask.py", WORK / f"python-{codes}", url],
            f"openapi-generator {GENERATOR}, rust": [TARGET / "debug/ask-openapi-generator", url, codes],
            f"progenitor {progenitor}": [TARGET / "debug/ask-progenitor", url, codes],
        }.items():
            ask(client, command, codes, listed, table[client][cells])
    server.shutdown()
    # A package that Python compiles, with constants named for codes that are numbers.
    subprocess.run([sys.executable, "-m", "compileall", "-q", WORK / "python-features/client"], check=True)
    script = "from client import LedgerErrorCode; assert LedgerErrorCode.UNBALANCED == 1001"
    subprocess.run([sys.executable, "-c", script], cwd=WORK / "python-features", check=True)
    # It has the codes of each operation and status.
    command = [sys.executable, HERE / "operations.py", WORK / "python-operations", BUNDLES / "operations-3.1.0.yaml"]
    subprocess.run(command, check=True)
    # It reads every sample, except constants that are true or false in OpenAPI 3.1.
    for name, version, expected in [
        ("features", "3.1.0", ["BranchesError", "ChatError", "LedgerError", "OrdersError"]),
        ("features30", "3.0.3", []),
    ]:
        command = [sys.executable, HERE / "samples.py", WORK / f"python-{name}", BUNDLES / f"features-{version}-closed.yaml"]
        rejected = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        assert rejected == expected, (name, rejected)
    env = {**os.environ, "CLIENTS": str(WORK), "OPENAPI_GENERATOR": GENERATOR}
    subprocess.run(["node", "--test", "openapi-generator.mjs"], cwd=ROOT / "tests/node", env=env, check=True)


main()
