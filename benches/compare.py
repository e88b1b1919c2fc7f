#!/usr/bin/env python3
"""Times errcat against what one would write instead (benches/peers), as whole processes in turn.

    benches/compare.py            print the table, and whether each bound holds (exit 1 if not)
    benches/compare.py --keep     also write the table into benches/README.md

CPU time is user + system of the finished process, the median of the runs. Needs Rust, Node and Python
3.10, and installs what the peers need below target/peers.
"""

import datetime
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ROOT / "benches/peers"
WORK = ROOT / "target/peers"
# Errors in the catalog, and how often each program runs.
RUNS = {17: 21, 1_000: 11, 10_000: 7, 100_000: 3}
# What the peers write too.
SAME = ["rust", "typescript", "markdown", "openapi"]


def prepare():
    """Builds and installs everything, and gives the command of each program."""
    WORK.mkdir(parents=True, exist_ok=True)
    # Where errcat itself is built may be set; the peer is built on its own.
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
    cargo = ["cargo", "build", "--release", "--quiet", "--manifest-path"]
    subprocess.run([*cargo, ROOT / "Cargo.toml"], check=True)
    peer_target = {**os.environ, "CARGO_TARGET_DIR": str(WORK / "rust")}
    subprocess.run([*cargo, PEERS / "rust/Cargo.toml"], check=True, env=peer_target)
    python = WORK / "venv/bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", WORK / "venv"], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", PEERS / "py/requirements.txt"], check=True)
    for folder in ["node", "templates"]:
        shutil.copytree(PEERS / folder, WORK / folder, dirs_exist_ok=True)
    npm = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(npm, check=True, cwd=WORK / "node")
    errcat, rust = target / "release/errcat", WORK / "rust/release/errcat-peer"
    all_targets = lambda file, out: [errcat, "generate", "-q", "--catalog", file, "--out-root", out]
    same_targets = [word for target in SAME for word in ("--target", target)]
    return {
        "errcat, all targets": all_targets,
        "errcat, those of the peers": lambda file, out: all_targets(file, out) + same_targets,
        "rust jinja": lambda file, out: [rust, "jinja", file, out],
        "rust hand": lambda file, out: [rust, "hand", file, out],
        "node": lambda file, out: ["node", WORK / "node/peer.mjs", file, out],
        "python": lambda file, out: [python, PEERS / "py/peer.py", file, out],
    }


def run(command):
    """CPU seconds and peak bytes of one process."""
    process = subprocess.Popen([str(word) for word in command])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"error: {command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def measure(programs):
    """For each size and program: CPU seconds, peak bytes, output bytes; and catalog bytes."""
    figures, catalogs = {}, {}
    for errors, runs in RUNS.items():
        file = WORK / f"{errors}.yaml"
        text = subprocess.run([sys.executable, PEERS / "gen.py", str(errors)], check=True, capture_output=True)
        file.write_bytes(text.stdout)
        catalogs[errors] = len(text.stdout)
        samples = {name: [] for name in programs}
        for _ in range(runs):
            for name, command in programs.items():
                out = WORK / "out" / name.replace(" ", "-")
                shutil.rmtree(out, ignore_errors=True)
                cpu, peak = run(command(file, out))
                size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
                samples[name].append((cpu, peak, size))
        for name, runs_of in samples.items():
            columns = zip(*runs_of)
            figures[errors, name] = [statistics.median(column) for column in columns]
            print(f"{errors:>7} {name}: {figures[errors, name][0]:.4f} s", file=sys.stderr)
    return figures, catalogs


def table(figures, programs):
    """The figures as Markdown."""
    yield "| CPU (ns a byte written; peak) | " + " | ".join(f"{n:,} errors" for n in RUNS) + " |"
    yield "| --- |" + " --- |" * len(RUNS)
    for name in programs:
        cells = []
        for errors in RUNS:
            cpu, peak, size = figures[errors, name]
            cells.append(f"{cpu * 1000:.1f} ms ({cpu / size * 1e9:.1f} ns; {peak / 2**20:.0f} MiB)")
        yield f"| {name} | " + " | ".join(cells) + " |"


def bounds(figures, catalogs):
    """What must hold: a sentence, the figure, its bound, and whether it is kept."""
    every, same = "errcat, all targets", "errcat, those of the peers"

    def cpu(errors, name):
        return figures[errors, name][0]

    def a_byte(errors, name):
        cpu, _, size = figures[errors, name]
        return cpu / size

    python = cpu(10_000, same) / cpu(10_000, "python")
    yield "CPU at 10,000 errors, of Python's; the peers' targets", python, "<=", 0.33
    jinja = cpu(10_000, same) / cpu(10_000, "rust jinja")
    yield "CPU at 10,000 errors, as a multiple of `rust jinja`'s; the peers' targets", jinja, "<=", 2.7
    a_byte_of_jinja = a_byte(10_000, same) / a_byte(10_000, "rust jinja")
    yield "the same a byte written", a_byte_of_jinja, "<=", 1.0
    growth = cpu(100_000, every) / 100_000 / (cpu(1_000, every) / 1_000)
    yield "CPU an error at 100,000 errors, as a multiple of that at 1,000; all targets", growth, "<=", 1.15
    yield "peak memory at 10,000 errors, in MiB; all targets", figures[10_000, every][1] / 2**20, "<=", 32
    peak = figures[100_000, every][1] / catalogs[100_000]
    yield "peak memory at 100,000 errors, as a multiple of the catalog; all targets", peak, "<=", 12


def main():
    programs = prepare()
    figures, catalogs = measure(programs)
    lines, broken = list(table(figures, programs)), 0
    lines += ["", "| must hold | measured | bound |", "| --- | --- | --- |"]
    for what, value, sign, bound in bounds(figures, catalogs):
        holds = value >= bound if sign == ">=" else value <= bound
        broken += not holds
        lines.append(f"| {what} | {value:.2f}{'' if holds else ' **broken**'} | {sign} {bound} |")
    machine = f"{processor()}, {os.cpu_count()} cores, {platform.system()}, {datetime.date.today()}"
    text = "\n".join([f"Measured on: {machine}.", "", *lines])
    print(text)
    if "--keep" in sys.argv[1:]:
        page = ROOT / "benches/README.md"
        before, rest = page.read_text().split("<!-- figures -->\n")[0], "<!-- figures -->\n"
        page.write_text(before + rest + "\n" + text + "\n")
    sys.exit(1 if broken else 0)


def processor():
    """What the system calls its processor."""
    info = pathlib.Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")] if info.exists() else []
    return names[0] if names else platform.machine()


main()
