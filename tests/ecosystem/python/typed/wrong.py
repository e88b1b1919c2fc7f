"""Code in which type checkers find a mistake in each line that says so."""

import aiohttp
from tensorloop_errors import inference, management


def wrong(response: aiohttp.ClientResponse) -> None:
    management.invalid_body()  # a value is missing
    management.invalid_body("x")  # values have names
    management.alias_taken(details="x")  # there is no such value
    management.alias_taken(retry_after_s=1)  # it is never retried
    inference.not_found(message=1)  # a text
    inference.upstream_down(message="x", status=500)  # not one of its statuses
    management.ApiError.raise_for(response)  # its body must be awaited
    management.Code.INTERNAL.entry.meaning = "x"  # the catalog doesn't change
    print(management.Code.GONE)  # there is no such code
