"""What a release needs besides building. .github/workflows/release.yml runs it, and so can you:

    python3 .github/release.py check              do all versions agree?
    python3 .github/release.py check v1.2.3       the same, and is it ready to be published under this tag?
    python3 .github/release.py notes              prints the section of CHANGELOG.md
    python3 .github/release.py archives FROM TO   packs FROM/PLATFORM/errcat, writes TO/*.tar.gz, *.zip and SHA256SUMS
"""

import datetime
import gzip
import hashlib
import io
import json
import os
import pathlib
import re
import sys
import tarfile
import tomllib
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
CARGO = tomllib.loads((ROOT / "Cargo.toml").read_text("utf-8"))["package"]
VERSION = CARGO["version"]
SECTION = re.compile(rf"^## \[{re.escape(VERSION)}\] - (\d{{4}}-\d\d-\d\d)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)

# Where the version is written by hand. The packages for npm and PyPI take it from Cargo.toml.
VERSIONS = {
    "examples/typescript-app/package.json": r'"errcat": "(.+)"',
    "examples/monorepo/.pre-commit-config.yaml": r"rev: v(\S+)",
    "docs/build.md": r"rev: v(\S+)",
}
LOCKS = ["Cargo.lock", "benches/*/Cargo.lock", "examples/*/Cargo.lock", "tests/consumers/*/Cargo.lock"]
# What says how to install errcat.
PAGES = ["README.md", "docs/build.md", "examples/typescript-app/README.md", "npm/errcat/README.md", "pypi/README.md"]


def section() -> re.Match[str] | None:
    """The section of this version in CHANGELOG.md."""
    return SECTION.search((ROOT / "CHANGELOG.md").read_text("utf-8"))


def check() -> list[str]:
    """Where versions differ."""
    problems = []
    versions = [(file, re.findall(pattern, (ROOT / file).read_text("utf-8"))) for file, pattern in VERSIONS.items()]
    for lock in [file for pattern in LOCKS for file in sorted(ROOT.glob(pattern))]:
        packages = tomllib.loads(lock.read_text("utf-8"))["package"]
        found = [one["version"] for one in packages if one["name"] == "errcat"]
        versions += [(str(lock.relative_to(ROOT)), found)] if found else []
    for file, found in versions:
        if found != [VERSION]:
            problems.append(f"{file} names {found}, and Cargo.toml the version {VERSION}")
    if not section():
        problems.append(f"CHANGELOG.md has no section `## [{VERSION}] - YYYY-MM-DD`")
    return problems


def check_ready(tag: str) -> list[str]:
    """What is left to do before errcat is published under a tag."""
    problems = []
    if tag != f"v{VERSION}":
        problems.append(f"the tag is {tag}, and Cargo.toml has the version {VERSION}")
    unreleased = re.search(r"^## \[Unreleased\]\n(.*?)(?=^## )", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M | re.S)
    if unreleased and unreleased[1].strip():
        problems.append("CHANGELOG.md lists changes as unreleased")
    here = os.environ.get("GITHUB_REPOSITORY", "OWNER/errcat")
    if CARGO.get("repository") != f"https://github.com/{here}":
        problems.append(f'Cargo.toml needs `repository = "https://github.com/{here}"`')
    for page in PAGES:
        if "not published yet" in (ROOT / page).read_text("utf-8").replace("*", ""):
            problems.append(f"{page} says that errcat is not published yet")
    return problems


def notes() -> str:
    """The section of CHANGELOG.md. Its links also work outside of the repository, if Cargo.toml names that."""
    found = section()
    assert found, "release.py check"
    base = f"{CARGO['repository']}/blob/v{VERSION}/" if "repository" in CARGO else ""
    return re.sub(r"\]\((?!https?:)", f"]({base}", found[2].strip())


def archives(binaries: pathlib.Path, out: pathlib.Path) -> None:
    """Packs the binary of each platform with its licenses. The same binaries make the same bytes."""
    found = section()
    assert found, "release.py check"
    date = datetime.datetime.fromisoformat(found[1] + "T00:00:00+00:00")
    out.mkdir(parents=True, exist_ok=True)
    for one in json.loads((ROOT / "npm/platforms.json").read_text("utf-8")):
        platform = f"{one['os']}-{one['cpu']}" + ("-musl" if one.get("libc") == "musl" else "")
        windows = one["os"] == "win32"
        program = "errcat.exe" if windows else "errcat"
        name = f"errcat-{VERSION}-{one['target']}"
        files = {program: (binaries / platform / program).read_bytes()}
        files |= {file: (ROOT / file).read_bytes() for file in ["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT", "README.md"]}
        if windows:
            with zipfile.ZipFile(out / f"{name}.zip", "w") as archive:
                for file, data in files.items():
                    info = zipfile.ZipInfo(f"{name}/{file}", date.timetuple()[:6])
                    archive.writestr(info, data, zipfile.ZIP_DEFLATED)
        else:
            # `tarfile` would write the time of day into the header of gzip.
            packed = io.BytesIO()
            with tarfile.open(fileobj=packed, mode="w") as archive:
                for file, data in files.items():
                    info = tarfile.TarInfo(f"{name}/{file}")
                    info.size, info.mtime = len(data), int(date.timestamp())
                    info.mode = 0o755 if file == program else 0o644
                    archive.addfile(info, io.BytesIO(data))
            (out / f"{name}.tar.gz").write_bytes(gzip.compress(packed.getvalue(), mtime=0))
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(out.glob("errcat-*"))]
    (out / "SHA256SUMS").write_text("".join(sums), "utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    match arguments:
        case ["check", *tag] if len(tag) <= 1:
            problems = check() + [problem for one in tag for problem in check_ready(one)]
            for problem in problems:
                print(f"error: {problem}", file=sys.stderr)
            return 1 if problems else 0
        case ["notes"]:
            print(notes())
            return 0
        case ["archives", binaries, out]:
            archives(pathlib.Path(binaries), pathlib.Path(out))
            return 0
    print(__doc__, file=sys.stderr)
    return 2


sys.exit(main(sys.argv[1:]))
