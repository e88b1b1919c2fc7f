import asyncio
import logging

import httpx
from tensorloop_errors import management, retrying_async

log = logging.getLogger(__name__)


async def create_key(client: httpx.AsyncClient, url: str, alias: str) -> None:
    async def send() -> httpx.Response:
        response = await client.post(url, json={"alias": alias})
        return management.ApiError.raise_for(response)

    try:
        await retrying_async(send)
    except management.ApiError as error:
        error.add_note(f"alias: {alias}")
        raise


async def create_keys(url: str, aliases: list[str]) -> bool:
    """Create keys at once. After an error, cancel those under way and return False."""
    created = True
    try:
        async with httpx.AsyncClient() as client, asyncio.TaskGroup() as group:
            for alias in aliases:
                group.create_task(create_key(client, url, alias))
    except* management.ApiError as failed:
        log.warning("not all keys were created", exc_info=failed)
        created = False
    return created
