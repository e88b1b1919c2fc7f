import json

import aiohttp
from tensorloop_errors import management, retrying_async


async def list_keys(session: aiohttp.ClientSession, url: str) -> list[str]:
    async def send() -> bytes:
        async with session.get(url) as response:
            body = await response.read()
            management.ApiError.raise_for(response, body)
            return body

    return [key["alias"] for key in json.loads(await retrying_async(send))]
