import uuid
from typing import Any

import httpx
from celery import Celery
from tensorloop_errors import CatalogError, management

app = Celery("tasks")


@app.task(bind=True, max_retries=None)
def create_key(task: Any, url: str, alias: str, key: str) -> str:
    try:
        response = httpx.post(
            url, json={"alias": alias}, headers={"Idempotency-Key": key}
        )
        created: str = management.ApiError.raise_for(response).json()["alias"]
    except CatalogError as error:
        # A queue can wait for a day. The default is two minutes.
        delay = error.next_delay(task.request.retries, max_requested_wait_s=86_400)
        if delay.wait_s is None:
            raise
        raise task.retry(exc=error, countdown=delay.wait_s) from error
    return created


def start(url: str, alias: str) -> Any:
    """The result's `get()` returns the alias, or raises the `management.ApiError`."""
    return create_key.delay(url, alias, str(uuid.uuid4()))
