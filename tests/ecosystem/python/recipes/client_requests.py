import uuid

import requests
from tensorloop_errors import management, retrying

session = requests.Session()


def create_key(url: str, alias: str) -> str:
    """Create a key, and retry as the catalog says."""
    headers = {"Idempotency-Key": str(uuid.uuid4())}

    def send() -> requests.Response:
        response = session.post(url, json={"alias": alias}, headers=headers, timeout=30)
        return management.ApiError.raise_for(response)

    created: str = retrying(send).json()["alias"]
    return created


def create_some_key(url: str, alias: str) -> str | None:
    """Create a key under another alias if this one is taken. None if that needs another plan."""
    try:
        return create_key(url, alias)
    except management.ApiError as error:
        match error.code:
            case management.Code.ALIAS_TAKEN:
                return create_key(url, f"{alias}-2")
            case _ if error.is_plan_limit:
                return None
            case _:  # also a code that is newer than the package
                raise
