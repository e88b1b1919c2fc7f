#!/usr/bin/env python3
"""Times `errcat verify` on large recordings, against the script that one would write instead
(benches/peers/py/verify.py), each as a whole process.

    benches/verify.py           1,000 MB of each; prints the table, and whether each bound holds (exit 1 if not)
    benches/verify.py 100       100 MB of each

Needs Rust, and Python 3 with PyYAML. The recordings go to target/peers. 5 % of the responses are errors, as in traffic;
`errors` has nothing else.
"""

import json
import os
import pathlib
import random
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "target/peers"
CATALOG = ROOT / "catalog/tensorloop.yaml"

ERRORS = [
    (401, {"error": {"message": "Authentication Error, no such key", "type": "auth_error", "code": "401"}}),
    (429, {"error": {"message": "Rate limit reached", "type": None, "param": None, "code": "429"}}),
    (400, {"error": {"message": "Invalid model name", "type": "None", "param": "None", "code": "400"}}),
    (404, {"detail": "Not Found"}),
    (403, {"error": "plan_limit_keys", "detail": "5 of 5"}),
]


def response(share):
    """A status and a body."""
    if random.random() < share:
        status, body = random.choice(ERRORS)
        return status, {**body, "request_id": f"{random.getrandbits(64):016x}"}
    message = {"role": "assistant", "content": "some words " * random.randint(20, 200) + "\n\"quoted\""}
    usage = {"prompt_tokens": 1, "completion_tokens": 2, "total_tokens": 3}
    return 200, {"id": "x", "object": "chat.completion", "choices": [{"message": message}], "usage": usage, "error": None}


def write(path, megabytes, share):
    """A recording in the format that its name ends with."""
    random.seed(1)
    names = ["content-type", "date", "server", "x-request-id", "cache-control"]
    url = "https://litellm.tensorloop.tech/v1/chat/completions?x=1"
    with open(path, "w") as file:
        is_har = path.suffix == ".har"
        size, first = 0, True
        if is_har:
            file.write('{"log": {"version": "1.2", "entries": [\n')
        while size < megabytes * 1_000_000:
            status, body = response(share)
            if is_har:
                headers = [{"name": name, "value": f"{random.getrandbits(64):x}"} for name in names]
                content = {"size": -1, "mimeType": "application/json", "text": json.dumps(body)}
                own = {"request": {"method": "POST", "url": url, "headers": headers},
                       "response": {"status": status, "headers": headers, "content": content}, "time": 1}
                text = ("" if first else ",\n") + json.dumps(own)
            else:
                headers = {name: f"{random.getrandbits(64):x}" for name in names}
                text = json.dumps({"status": status, "headers": headers, "url": url, "body": body}) + "\n"
            first = False
            size += file.write(text)
        if is_har:
            file.write("\n]}}\n")


def run(command):
    """CPU seconds and peak megabytes of one process."""
    process = subprocess.Popen([str(word) for word in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"error: {command} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    WORK.mkdir(parents=True, exist_ok=True)
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    subprocess.run(["cargo", "build", "--release", "--quiet"], check=True, cwd=ROOT)
    errcat = [target / "release/errcat", "verify", "--catalog", CATALOG]
    script = [sys.executable, ROOT / "benches/peers/py/verify.py", CATALOG]
    is_right = True
    print("| recording | errcat, MB/s | peak, MB | script, MB/s | peak, MB | must hold |\n| --- | --- | --- | --- | --- | --- |")
    for name, share, rate in [("traffic.ndjson", 0.05, 300), ("traffic.har", 0.05, 150), ("errors.ndjson", 1, 60)]:
        file = WORK / name
        write(file, megabytes, share)
        own, own_peak = run([*errcat, file])
        # A script keeps all of a HAR: several gigabytes.
        part = file
        if name.endswith(".har") and megabytes > 200:
            part = WORK / "part.har"
            write(part, 200, share)
        other, other_peak = run([*script, part])
        holds = megabytes / own >= rate and own_peak < 30
        is_right &= holds
        part_megabytes = part.stat().st_size / 1e6
        print(
            f"| {name} | {megabytes / own:.0f} | {own_peak:.1f} | {part_megabytes / other:.0f} | {other_peak:.0f}"
            f" | >= {rate} MB/s, < 30 MB: {'yes' if holds else 'NO'} |", flush=True
        )
        file.unlink()
    sys.exit(not is_right)


if __name__ == "__main__":
    main()
