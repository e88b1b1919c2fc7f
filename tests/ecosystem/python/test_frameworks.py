"""The errors of a package in the frameworks and clients that people use, each of which is the real one.

PACKAGE names the module that has the errors of TensorLoop.
"""

import asyncio
import http.server
import importlib
import json
import logging
import os
import threading
import unittest
import urllib.error
import urllib.request

import aiohttp
import celery
import django
import django.conf
import django.urls
import fastapi
import flask
import httpx
import openai
import requests
import tenacity
import urllib3
from celery.contrib.testing.worker import start_worker
from django.http import HttpResponse
from django.test import Client
from fastapi.testclient import TestClient

package = importlib.import_module(os.environ.get("PACKAGE", "tensorloop_errors"))
CatalogError, management, inference = package.CatalogError, package.management, package.inference


def taken():
    raise management.alias_taken(detail="prod") from KeyError("prod")


def limited():
    raise management.rate_limited(retry_after_s=12.2)


class Servers(unittest.TestCase):
    def check(self, status, headers, content):
        error = management.ApiError.read(status, content)
        self.assertEqual(headers["content-type"], "application/json")
        self.assertIn(error.code, [management.Code.ALIAS_TAKEN, management.Code.RATE_LIMITED])
        self.assertTrue(error.matches)
        if error.code == "rate_limited":
            self.assertEqual((status, headers["retry-after"]), (429, "13"))
        else:
            self.assertEqual((status, error.detail), (409, "prod"))
            self.assertNotIn("retry-after", headers)

    def test_fastapi(self):
        app = fastapi.FastAPI()

        @app.exception_handler(CatalogError)
        def send(_: fastapi.Request, error: CatalogError) -> fastapi.Response:
            return fastapi.Response(*error.response())

        app.get("/taken")(taken)
        app.get("/limited")(limited)
        client = TestClient(app)
        for path in ["/taken", "/limited"]:
            response = client.get(path)
            self.check(response.status_code, response.headers, response.content)
            with self.assertRaises(management.ApiError):
                management.ApiError.raise_for(response)

    def test_flask(self):
        app = flask.Flask(__name__)

        @app.errorhandler(CatalogError)
        def send(error):
            return error.response()

        app.get("/taken")(taken)
        app.get("/limited")(limited)
        for path in ["/taken", "/limited"]:
            response = app.test_client().get(path)
            self.check(response.status_code, response.headers, response.data)
            with self.assertRaises(management.ApiError):
                management.ApiError.raise_for(response)

    def test_django(self):
        middleware = [f"{__name__}.Middleware"]
        django.conf.settings.configure(ROOT_URLCONF=__name__, MIDDLEWARE=middleware, ALLOWED_HOSTS=["*"])
        django.setup()
        for path in ["/taken", "/limited"]:
            response = Client().get(path)
            self.check(response.status_code, {k.lower(): v for k, v in response.headers.items()}, response.content)
            with self.assertRaises(management.ApiError):
                management.ApiError.raise_for(response)


class Middleware:
    """What turns errors into responses in Django."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        return HttpResponse(**error.response()._asdict()) if isinstance(error, CatalogError) else None


urlpatterns = [
    django.urls.path("taken", lambda request: taken()),
    django.urls.path("limited", lambda request: limited()),
]


class Handler(http.server.BaseHTTPRequestHandler):
    """TensorLoop: it fails as often as the path says, and then answers."""

    calls = 0

    def do_GET(self):
        Handler.calls += 1
        failures, _, kind = self.path.strip("/").partition("/")
        body, status, headers = b'{"object":"list","data":[]}', 200, {}
        if kind == "stream":
            headers["Content-Type"] = "text/event-stream"
            body = b'data: {"error": {"message": "down", "type": null, "code": "503"}}\n\n'
        elif Handler.calls <= int(failures):
            body, status, headers = inference.upstream_down(message="down").response()
            headers = headers | {"Retry-After": "0.01", "X-Request-Id": "r1"}
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_):
        pass


class Clients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        cls.url = f"http://127.0.0.1:{cls.server.server_port}"
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def setUp(self):
        Handler.calls = 0

    def check(self, error):
        self.assertEqual(error.name, inference.ErrorName.UPSTREAM_DOWN)
        self.assertEqual((error.status, error.message, error.retry_after_s), (502, "down", 0.01))
        self.assertEqual(error.headers["x-request-id"], "r1")
        self.assertTrue(error.matches)

    def check_sync(self, get):
        """`get` returns a response for a URL."""
        with self.assertRaises(inference.ApiError) as caught:
            inference.ApiError.raise_for(get(f"{self.url}/99"))
        self.check(caught.exception)
        self.check(inference.ApiError.from_response(get(f"{self.url}/99")))
        success = get(f"{self.url}/0")
        self.assertIs(inference.ApiError.raise_for(success), success)
        self.assertIsNone(inference.ApiError.detect_response(success))
        Handler.calls = 0
        ask = package.retrying(lambda: inference.ApiError.raise_for(get(f"{self.url}/2")), sleep=lambda _: None)
        self.assertEqual(Handler.calls, 3)
        self.assertIsNotNone(ask)

    def test_requests(self):
        with requests.Session() as session:
            self.check_sync(session.get)
            self.check_sync(lambda url: session.get(url, stream=True))

    def test_httpx(self):
        with httpx.Client() as client:
            self.check_sync(client.get)
            with client.stream("GET", f"{self.url}/99") as response:
                unread = inference.ApiError.from_response(response)
            self.assertEqual((unread.name, unread.matches), ("upstream_down", False))

    def test_urllib3(self):
        with urllib3.PoolManager(retries=False) as pool:
            self.check_sync(lambda url: pool.request("GET", url))

    def test_urllib(self):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(f"{self.url}/99")
        with caught.exception as response:
            self.check(inference.ApiError.from_response(response, response.read()))

    def test_aiohttp(self):
        async def run():
            async with aiohttp.ClientSession() as session:

                async def get(failures):
                    async with session.get(f"{self.url}/{failures}") as response:
                        return inference.ApiError.raise_for(response, await response.read())

                with self.assertRaises(inference.ApiError) as caught:
                    await get(99)
                self.check(caught.exception)
                Handler.calls = 0
                await package.retrying_async(lambda: get(2))
                self.assertEqual(Handler.calls, 3)
                async with session.get(f"{self.url}/0") as response:
                    with self.assertRaisesRegex(TypeError, "pass it as the second argument"):
                        inference.ApiError.raise_for(response)

        asyncio.run(run())

    def test_openai(self):
        client = openai.OpenAI(api_key="x", base_url=f"{self.url}/2", max_retries=0)

        def ask(**kinds):
            try:
                return client.chat.completions.create(model="m", messages=[], **kinds)
            except openai.APIError as error:
                raise inference.ApiError.from_openai(error) from error

        client.base_url = f"{self.url}/99/"
        with self.assertRaises(inference.ApiError) as caught:
            ask()
        # The path has more after the number.
        self.assertEqual(caught.exception.__cause__.status_code, caught.exception.status)

    def test_openai_by_transport(self):
        sent = []

        def handler(request):
            sent.append(request)
            if len(sent) <= 2:
                content, status, headers = inference.upstream_down(message="down", type="t").response()
                headers |= {"Retry-After": "0.01", "X-Request-Id": "r1"}
                return httpx.Response(status, headers=headers, content=content)
            if len(sent) == 3:
                return httpx.Response(200, json={"object": "list", "data": []})
            raise httpx.ConnectError("no")

        transport = httpx.MockTransport(handler)
        client = openai.OpenAI(api_key="x", max_retries=0, http_client=httpx.Client(transport=transport))

        def ask():
            try:
                return client.models.list()
            except openai.APIError as error:
                raise inference.ApiError.from_openai(error) from error

        with self.assertRaises(inference.ApiError) as caught:
            ask()
        self.check(caught.exception)
        self.assertEqual(caught.exception.type, "t")
        package.retrying(ask)
        self.assertEqual(len(sent), 3)
        with self.assertRaises(inference.ApiError) as caught:
            ask()
        error = caught.exception
        self.assertEqual((error.status, error.name, error.matches, error.retryable), (None, None, False, False))
        self.assertEqual(error.text, "Connection error.")

    def test_openai_within_a_stream(self):
        client = openai.OpenAI(api_key="x", base_url=f"{self.url}/0/stream", max_retries=0)
        body = b'data: {"error": {"message": "down", "type": "t", "code": "503"}}\n\n'
        transport = httpx.MockTransport(
            lambda _: httpx.Response(200, headers={"content-type": "text/event-stream"}, content=body)
        )
        client = openai.OpenAI(api_key="x", max_retries=0, http_client=httpx.Client(transport=transport))
        with self.assertRaises(openai.APIError) as caught:
            list(client.chat.completions.create(model="m", messages=[], stream=True))
        error = inference.ApiError.from_openai(caught.exception)
        self.assertEqual((error.status, error.name, error.type), (503, "upstream_down", "t"))
        self.assertTrue(error.matches)

    def test_tenacity(self):
        def delay(state):
            error = state.outcome.exception()
            failed = package.FailedAttempt(
                retry_advice=error.retry_advice,
                retries=state.attempt_number - 1,
                retry_after_s=error.retry_after_s,
            )
            return package.next_delay(failed)

        with requests.Session() as session:

            @tenacity.retry(
                retry=lambda state: state.outcome.failed and delay(state).give_up is None,
                wait=lambda state: delay(state).wait_s,
                sleep=lambda _: None,
                reraise=True,
            )
            def ask(failures):
                return inference.ApiError.raise_for(session.get(f"{self.url}/{failures}"))

            ask(2)
            self.assertEqual(Handler.calls, 3)
            with self.assertRaises(inference.ApiError):
                ask(99)
            self.assertEqual(Handler.calls, 3 + 7)


class Celery(unittest.TestCase):
    def test_a_worker_survives_every_error(self):
        for serializer in ["json", "pickle"]:
            app = celery.Celery("errors", broker="memory://", backend="cache+memory://")
            app.conf.update(
                result_serializer=serializer, accept_content=["json", "pickle"], task_serializer="json",
                worker_hijack_root_logger=False,
            )
            fail = app.task(name="fail")(self.fail_with)
            logging.disable(logging.CRITICAL)
            with start_worker(app, perform_ping_check=False, pool="solo"):
                for name in [*management.Code, "page", "list"]:
                    with self.assertRaises(management.ApiError) as caught:
                        fail.delay(str(name)).get(timeout=20)
                    error = caught.exception
                    if isinstance(name, management.Code):
                        self.assertIs(error.code, name)
                        self.assertEqual(error.detail, "x")
                    elif name == "page":
                        self.assertEqual((error.status, error.text), (502, "Bad Gateway"))
            logging.disable(logging.NOTSET)

    @staticmethod
    def fail_with(name):
        if name == "page":
            raise management.ApiError.read(502, b"<h1>Bad Gateway</h1>")
        if name == "list":
            raise management.ApiError.read(400, json.dumps([name] * 99))
        raise getattr(management, name)(detail="x") from OSError(object())


if __name__ == "__main__":
    unittest.main()
