"""A client that tries again as the catalog says."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tensorloop_errors import inference_errors
from tensorloop_errors.retry import Stop, Wait, decide


@dataclass(frozen=True)
class Response:
    """What an HTTP library gives."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def call(send: Callable[[], Response], sleep: Callable[[float], None] = time.sleep) -> Response:
    """Sends a request until it succeeds, or raises the error that it ended with.

    A retry repeats the request: one that must not run twice needs an idempotency key.
    """
    retry = 0
    while True:
        response = send()
        if response.status < 400:
            return response
        error = inference_errors.read(response.status, response.body)
        wait_ms = error.wait_ms(response.headers)
        match decide(error.verdict, retry, random.getrandbits(32), wait_ms):
            case Wait(ms):
                sleep(ms / 1000)
            case Stop(reason):
                error.add_note(f"not sent again: {reason}")
                raise error
        retry += 1
