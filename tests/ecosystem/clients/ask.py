"""What a caller of openapi-generator's Python client sees of error codes: `ask.py CLIENT URL CODE…`
asks URL/CODE for each and prints how it arrives."""

import sys
from enum import Enum

folder, url, *codes = sys.argv[1:]
sys.path.insert(0, folder)
import client  # noqa: E402, the generated package

for code in codes:
    configuration = client.Configuration(host=f"{url}/{code}")
    try:
        client.KeysApi(client.ApiClient(configuration)).list_keys()
    except client.ApiException as exception:
        if exception.data is None:
            print("undecoded", exception.body)
        elif isinstance(exception.data.error, Enum):
            print("typed", exception.data.error.value)
        else:
            print("text", exception.data.error)
