"""What one would write instead of `errcat verify`: counts the errors in lines of JSON, or in a HAR, that a
catalog lacks. It reads a HAR as a whole, as scripts do."""

import collections
import json
import sys

import yaml

catalog = yaml.safe_load(open(sys.argv[1]))
statuses, codes = set(), {}
for surface in catalog["surfaces"]:
    for error in surface["errors"]:
        own = error["status"] if isinstance(error["status"], list) else [error["status"]]
        codes[error.get("code")] = own
        statuses.update(own)

def responses(path):
    if path.endswith(".har"):
        for entry in json.load(open(path))["log"]["entries"]:
            response = entry["response"]
            yield response["status"], json.loads(response["content"]["text"])
    else:
        for line in open(path):
            response = json.loads(line)
            yield response["status"], response["body"]

found = collections.Counter()
for status, body in responses(sys.argv[2]):
    error = body.get("error") if isinstance(body, dict) else None
    if status >= 400 and isinstance(error, str):
        found["documented" if status in codes.get(error, ()) else f"code {error} {status}"] += 1
    elif status >= 400:
        found["documented" if status in statuses else f"status {status}"] += 1
print(found.most_common())
