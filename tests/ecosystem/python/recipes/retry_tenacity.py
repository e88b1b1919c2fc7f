import httpx
from tenacity import RetryCallState, retry
from tensorloop_errors import (
    CatalogError,
    FailedAttempt,
    NextDelay,
    management,
    next_delay,
    retry_advice_for_status,
)


def decide(state: RetryCallState) -> NextDelay | None:
    error = state.outcome.exception() if state.outcome else None
    retries = state.attempt_number - 1
    match error:
        case CatalogError():
            return error.next_delay(retries)
        case httpx.TransportError():  # no response: retried like a 503
            advice = retry_advice_for_status(503)
            return next_delay(FailedAttempt(retry_advice=advice, retries=retries))
        case _:
            return None


def may_help(state: RetryCallState) -> bool:
    delay = decide(state)
    return delay is not None and delay.wait_s is not None


def wait(state: RetryCallState) -> float:
    delay = decide(state)
    return (delay and delay.wait_s) or 0


@retry(retry=may_help, wait=wait, reraise=True)
def list_keys(client: httpx.Client, url: str) -> list[str]:
    response = management.ApiError.raise_for(client.get(url))
    return [key["alias"] for key in response.json()]
