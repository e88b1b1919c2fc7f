"""The client against the service, and against what may stand in front of it."""

import unittest
from typing import cast
from unittest import mock

import httpx
from fastapi.testclient import TestClient

from links.client import Links
from links.errors import admin, api
from links.service import app, links, sent


class Service(unittest.TestCase):
    def setUp(self) -> None:
        links.clear()
        sent.clear()
        self.http = TestClient(app)
        # The two have the same methods.
        self.client = Links(cast(httpx.Client, self.http))

    def test_links_are_made_and_read(self) -> None:
        self.assertEqual(self.client.create("home", "https://example.com"), "home")
        self.assertEqual(self.client.create("home", "https://example.org"), "home-2")
        self.assertEqual(self.client.read("home-2"), "https://example.org")
        self.assertIsNone(self.client.read("away"))
        self.assertEqual(sent, {"name_taken": 1, "link_not_found": 1})

    def test_wrong_fields_are_named(self) -> None:
        with self.assertRaises(api.ApiError) as caught:
            self.client.create("home", "http://example.com")
        self.assertEqual(
            caught.exception.__notes__[0], "to: doesn't start with https://"
        )
        missing = api.ApiError.from_response(self.http.put("/links/x"))
        self.assertEqual(missing.code, "invalid_fields")

    def test_the_other_api_has_its_own_errors(self) -> None:
        response = self.http.get("/admin/errors")
        error = admin.ApiError.from_response(response)
        self.assertEqual(error.name, admin.ErrorName.UNAUTHORIZED)
        self.assertEqual(response.headers["content-type"], "application/problem+json")
        headers = {"authorization": "Bearer secret"}
        self.assertEqual(
            self.http.get("/admin/errors", headers=headers).json(), {"unauthorized": 1}
        )

    def test_a_proxy_that_fails_is_asked_again(self) -> None:
        answers = [
            httpx.Response(502, text="<h1>Bad Gateway</h1>"),
            httpx.Response(200, json="https://example.com"),
        ]
        transport = httpx.MockTransport(lambda _: answers.pop(0))
        client = Links(httpx.Client(transport=transport, base_url="https://links.test"))
        with mock.patch("time.sleep") as sleep:
            self.assertEqual(client.read("home"), "https://example.com")
        self.assertEqual(sleep.call_count, 1)


if __name__ == "__main__":
    unittest.main()
