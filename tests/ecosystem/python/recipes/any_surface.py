import httpx
from tensorloop_errors import CatalogError, GiveUpReason, retrying

client = httpx.Client(timeout=30)


def get(api: type[CatalogError], url: str) -> httpx.Response:
    """GET from any API: `get(management.ApiError, url)`."""
    return retrying(lambda: api.raise_for(client.get(url)))


def advice(error: CatalogError) -> str:
    """What to tell a person about any error."""
    gave_up = error.gave_up
    if gave_up and gave_up.reason is GiveUpReason.WAIT_TOO_LONG:
        return f"Try again in {gave_up.requested_s:.0f} seconds."
    if error.entry and error.entry.fix:
        return error.entry.fix
    if error.retryable:
        return "Try again later."
    return f"Ask support about this error: {error}"
