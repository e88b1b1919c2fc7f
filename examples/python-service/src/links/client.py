"""The client: it retries what may help, and tells its user what to do otherwise."""

import httpx

from .errors import api, retrying


class Links:
    """The Links API."""

    def __init__(self, client: httpx.Client) -> None:
        """Use a client with the service's base URL."""
        self._client = client

    def create(self, name: str, to: str) -> str:
        """Make a link with this name or, if it is taken, with a number behind it."""
        for number in range(1, 10):
            own = name if number == 1 else f"{name}-{number}"
            try:
                self._send("PUT", f"/links/{own}", to=to)
            except api.ApiError as error:
                match error.code:
                    case api.Code.NAME_TAKEN:
                        continue
                    case api.Code.INVALID_FIELDS:
                        for field in error.fields or []:
                            error.add_note(
                                f"{field.get('field')}: {field.get('problem')}"
                            )
                        raise
                    case _:
                        raise
            return own
        raise api.name_taken(detail=name)

    def read(self, name: str) -> str | None:
        """Look a link up. None if there is none."""
        try:
            return str(self._send("GET", f"/links/{name}").json())
        except api.ApiError as error:
            if error.code is api.Code.LINK_NOT_FOUND:
                return None
            raise

    def _send(self, method: str, path: str, **query: str) -> httpx.Response:
        def send() -> httpx.Response:
            return api.ApiError.raise_for(
                self._client.request(method, path, params=query)
            )

        return retrying(send)
