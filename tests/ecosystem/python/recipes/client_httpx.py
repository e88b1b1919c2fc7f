import httpx
from tensorloop_errors import management, retrying


def check(response: httpx.Response) -> None:
    """Raise what is not a success."""
    if response.is_error:
        response.read()
    management.ApiError.raise_for(response)


client = httpx.Client(event_hooks={"response": [check]}, timeout=30)


def list_keys(url: str) -> list[str]:
    response = retrying(lambda: client.get(url))
    return [key["alias"] for key in response.json()]
