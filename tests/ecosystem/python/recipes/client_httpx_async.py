import httpx
from tensorloop_errors import management, retrying_async


async def check(response: httpx.Response) -> None:
    """Raise what is not a success."""
    if response.is_error:
        await response.aread()
    management.ApiError.raise_for(response)


def new_client() -> httpx.AsyncClient:
    return httpx.AsyncClient(event_hooks={"response": [check]}, timeout=30)


async def list_keys(client: httpx.AsyncClient, url: str) -> list[str]:
    response = await retrying_async(lambda: client.get(url))
    return [key["alias"] for key in response.json()]
