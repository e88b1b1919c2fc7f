"""The recipes of docs/python.md. Each snippet of the page is a file in recipes/, which type checkers accept
at their strictest, and which runs here against real servers that count requests."""

import asyncio
import contextlib
import functools
import http.client
import http.server
import importlib.metadata
import json
import logging
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import unittest.mock
import wsgiref.simple_server

import aiohttp
import celery.contrib.testing.worker
import django
import django.conf
import django.core.wsgi
import httpx
import uvicorn

ROOT = pathlib.Path(__file__).resolve().parents[3]
RECIPES = pathlib.Path(__file__).parent / "recipes"
PAGE = (ROOT / "docs/python.md").read_text("utf-8")
NAMES = sorted(path.name for path in RECIPES.iterdir() if path.suffix == ".py")
ERRCAT = sys.argv.pop(1)
sys.dont_write_bytecode = True

# A package with short waits.
FOLDER = tempfile.TemporaryDirectory()
FOLDER_PATH = pathlib.Path(FOLDER.name)
CATALOG = (ROOT / "catalog/tensorloop.yaml").read_text("utf-8")
QUICK = CATALOG.replace("  initial: 1s\n  max: 30s\n  retries: 6\n", "  initial: 10ms\n  max: 30ms\n  retries: 2\n")
assert QUICK != CATALOG
(FOLDER_PATH / "errors.yaml").write_text(QUICK, "utf-8")
OUTPUT = {"catalog": "errors.yaml", "target": "python", "out": "package"}
(FOLDER_PATH / "errcat.yaml").write_text(json.dumps({"errcat": 1, "outputs": [OUTPUT]}), "utf-8")
subprocess.run([ERRCAT, "generate", "--quiet"], cwd=FOLDER_PATH, check=True)
PACKAGE = FOLDER_PATH / "package/src"
sys.path[:0] = [str(PACKAGE), str(RECIPES)]

os.environ["OPENAI_API_KEY"] = "none"
from tensorloop_errors import CatalogError, inference, management  # noqa: E402

import any_surface  # noqa: E402
import client_aiohttp  # noqa: E402
import client_httpx  # noqa: E402
import client_httpx_async  # noqa: E402
import client_openai  # noqa: E402
import client_requests  # noqa: E402
import logs  # noqa: E402
import many_requests  # noqa: E402
import retry_tenacity  # noqa: E402
import service_django  # noqa: E402
import service_fastapi  # noqa: E402
import service_flask  # noqa: E402
import tasks_celery  # noqa: E402

Code = management.Code


class Page(unittest.TestCase):
    def test_shows_each_recipe_and_nothing_that_does_not_run(self):
        shown = re.findall("```python\n(.*?)```", PAGE, re.DOTALL)
        self.assertCountEqual(shown, [(RECIPES / name).read_text("utf-8") for name in NAMES])
        for name in NAMES:
            self.assertIn(f"`{name}`", PAGE)

    def test_names_the_versions_that_run_here(self):
        rows = re.findall(r"^\| \[(.+?)\]\(.+\) \| (\S+) \|", PAGE, re.MULTILINE)
        self.assertGreater(len(rows), 8)
        for name, version in rows:
            self.assertEqual(version, importlib.metadata.version(name), name)


    def test_the_readme_of_the_package_names_each_export(self):
        import tensorloop_errors

        readme = (FOLDER_PATH / "package/README.md").read_text("utf-8")
        for name in tensorloop_errors.__all__:
            self.assertIn(f"`{name}`", readme)


class Tools(unittest.TestCase):
    def check(self, *command):
        environment = os.environ | {"MYPYPATH": str(PACKAGE), "PYTHONDONTWRITEBYTECODE": "1"}
        ran = subprocess.run(
            [sys.executable, "-m", *command, *NAMES],
            cwd=RECIPES, env=environment, capture_output=True, text=True, check=False,
        )
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)

    def test_mypy_finds_nothing(self):
        # Celery and Django have no types.
        untyped = ["--ignore-missing-imports", "--allow-untyped-decorators"]
        self.check("mypy", "--strict", *untyped, "--cache-dir", str(FOLDER_PATH / "mypy"))

    def test_ruff_finds_nothing(self):
        self.check("ruff", "format", "--no-cache", "--isolated", "--check")
        self.check("ruff", "check", "--no-cache", "--isolated", "--select", "E4,E7,E9,F,B,I,UP,RET,SIM,TRY,PLE", "--target-version", "py311")


class Service(unittest.TestCase):
    """What each service answers, over a socket."""

    def post(self, port, path, body):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        with contextlib.closing(connection):
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response, response.read()

    def check(self, port, recipe):
        def answer(path, body):
            response, content = self.post(port, path, body)
            error = management.ApiError.detect_response(response, content)
            if error is None:
                self.assertEqual(response.status, 201)
                return json.loads(content)["alias"]
            self.assertTrue(error.matches, content)
            self.assertEqual(error.status, error.entry.status)
            self.assertEqual(response.headers["content-type"], "application/json")
            return error.code, error.detail

        recipe.keys.clear()
        self.assertEqual(answer("/api/keys", '{"alias": "ci"}'), "ci")
        self.assertEqual(answer("/api/keys", '{"alias": "ci"}'), (Code.ALIAS_TAKEN, None))
        self.assertEqual(answer("/api/keys", '{"alias": "prod"}'), "prod")
        self.assertEqual(answer("/api/keys", '{"alias": "dev"}'), (Code.PLAN_LIMIT_KEYS, None))
        for body in ["{", "[]", "{}", ""]:
            code, detail = answer("/api/keys", body)
            self.assertEqual(code, Code.INVALID_BODY, body)
            self.assertTrue(detail)
        self.assertEqual(answer("/nowhere", "{}"), (Code.NOT_FOUND, "/nowhere"))
        with unittest.mock.patch.object(recipe, "keys", None):
            self.assertEqual(answer("/api/keys", '{"alias": "ci"}')[0], Code.INTERNAL)

    def test_fastapi(self):
        config = uvicorn.Config(service_fastapi.app, port=0, log_level="critical")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        self.check(server.servers[0].sockets[0].getsockname()[1], service_fastapi)
        server.should_exit = True
        thread.join()

    def check_wsgi(self, app, recipe):
        class Quiet(wsgiref.simple_server.WSGIRequestHandler):
            def log_message(self, *_):
                pass

        with wsgiref.simple_server.make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self.check(server.server_port, recipe)
            server.shutdown()

    def test_flask(self):
        logging.disable()
        self.check_wsgi(service_flask.app, service_flask)
        logging.disable(logging.NOTSET)

    def test_django(self):
        django.conf.settings.configure(
            ROOT_URLCONF="service_django", MIDDLEWARE=["service_django.CatalogErrors"], ALLOWED_HOSTS=["127.0.0.1"]
        )
        django.setup()
        logging.disable()
        self.check_wsgi(django.core.wsgi.get_wsgi_application(), service_django)
        logging.disable(logging.NOTSET)


class Api(http.server.BaseHTTPRequestHandler):
    """An API that gives the answers of a list, and the last one again and again."""

    protocol_version = "HTTP/1.1"
    answers = []
    requests = []

    def do_GET(self):
        content = self.rfile.read(int(self.headers.get("content-length", 0)))
        count = len(Api.requests)
        Api.requests.append((time.monotonic(), self.headers, content))
        status, body, headers = Api.answers[min(count, len(Api.answers) - 1)]
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_):
        pass


def answer(error, **headers):
    content, status, own = error.response()
    return status, content, own | {name.replace("_", "-"): value for name, value in headers.items()}


PROXY = (503, b"<html>upstream</html>", {"Content-Type": "text/html"})
# Retries that the catalog allows.
RETRIES = 2


class Client(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Api)
        cls.url = f"http://127.0.0.1:{cls.server.server_port}/"
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.server.server_close()

    def serve(self, *answers):
        Api.answers, Api.requests = answers, []

    def fail(self, call, *answers, requests):
        """The error of a call, and that it was sent so often."""
        self.serve(*answers)
        with self.assertRaises(CatalogError) as caught:
            call()
        self.assertEqual(len(Api.requests), requests)
        return caught.exception

    def check(self, call, body, expected, down=None, full=None, requests=RETRIES + 1, too_long="121"):
        """Retries as the catalog says, what can't succeed once, waits as asked, gives up on long waits."""
        down = down or management.litellm_failed()
        full = full or management.plan_limit_keys()
        success = (200, json.dumps(body).encode(), {})
        self.serve(answer(down), PROXY, success)
        self.assertEqual(call(), expected)
        self.assertEqual(len(Api.requests), 3)
        keys = {headers["idempotency-key"] for _, headers, _ in Api.requests}
        self.assertEqual(len(keys), 1)

        self.serve(answer(down, Retry_After="0.4"), success)
        self.assertEqual(call(), expected)
        (first, *_), (second, *_) = Api.requests
        self.assertGreaterEqual(second - first, 0.4)

        error = self.fail(call, answer(full), requests=1)
        self.assertEqual((error.entry, error.status), (full.entry, full.status))
        error = self.fail(call, answer(down), requests=requests)
        self.assertEqual(error.entry, down.entry)
        error = self.fail(call, answer(down, Retry_After=too_long), requests=1)
        self.assertEqual(error.retry_after_s, int(too_long))
        error = self.fail(call, (502, b"<h1>Bad Gateway</h1>", {}), requests=requests)
        self.assertEqual((error.status, error.matches), (502, False))

    def test_requests(self):
        create = functools.partial(client_requests.create_key, self.url, "ci")
        self.check(create, {"alias": "ci"}, "ci")
        some = functools.partial(client_requests.create_some_key, self.url, "ci")
        self.serve(answer(management.alias_taken()), (201, b'{"alias": "ci-2"}', {}))
        self.assertEqual(some(), "ci-2")
        self.assertEqual([json.loads(body)["alias"] for *_, body in Api.requests], ["ci", "ci-2"])
        self.serve(answer(management.plan_limit_rpm()))
        self.assertIsNone(some())
        self.fail(some, (400, b'{"error": "new_in_2027"}', {}), requests=1)

    KEYS = [{"alias": "ci"}, {"alias": "prod"}]

    def test_httpx(self):
        self.check(lambda: client_httpx.list_keys(self.url), self.KEYS, ["ci", "prod"])

    def test_httpx_async(self):
        async def call():
            async with client_httpx_async.new_client() as client:
                return await client_httpx_async.list_keys(client, self.url)

        self.check(lambda: asyncio.run(call()), self.KEYS, ["ci", "prod"])

    def test_aiohttp(self):
        async def call():
            async with aiohttp.ClientSession() as session:
                return await client_aiohttp.list_keys(session, self.url)

        self.check(lambda: asyncio.run(call()), self.KEYS, ["ci", "prod"])

    def test_tenacity(self):
        client = httpx.Client()
        self.check(lambda: retry_tenacity.list_keys(client, self.url), self.KEYS, ["ci", "prod"])
        # A request without a response is sent again, as often as one with a 503.
        sent = []

        def refuse(request):
            sent.append(request)
            raise httpx.ConnectError("refused")

        with self.assertRaises(httpx.ConnectError):
            retry_tenacity.list_keys(httpx.Client(transport=httpx.MockTransport(refuse)), self.url)
        self.assertEqual(len(sent), RETRIES + 1)

    def test_openai(self):
        client_openai.client.base_url = self.url
        call = functools.partial(client_openai.ask, "Why?", "m")
        message = {"role": "assistant", "content": "Because."}
        completion = {
            "id": "1", "object": "chat.completion", "created": 1, "model": "m",
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        }
        down = inference.upstream_down(type="t", message="m")
        unknown = inference.not_found(type="t", message="m")
        self.check(call, completion, "Because.", down=down, full=unknown)
        error = self.fail(call, answer(unknown), requests=1)
        self.assertEqual((error.name, error.message), ("not_found", "m"))
        # The client itself would send a conflict again.
        self.fail(call, (409, b'{"error": {"message": "no"}}', {}), requests=1)

    def test_openai_streams(self):
        client_openai.client.base_url = self.url
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        chunk["choices"] = [{"index": 0, "delta": {"content": "Be"}}]
        events = [chunk, {"error": {"type": "t", "message": "lost", "code": "503"}}]
        stream = "".join(f"data: {json.dumps(event)}\n\n" for event in events).encode()
        self.serve((200, stream, {"Content-Type": "text/event-stream"}))
        read = []
        with self.assertRaises(inference.ApiError) as caught:
            read.extend(client_openai.stream("Why?", "m"))
        self.assertEqual((caught.exception.name, caught.exception.message), ("upstream_down", "lost"))
        self.assertEqual(len(Api.requests), 1)

    def test_celery(self):
        app = tasks_celery.app
        app.conf.update(broker_url="memory://", result_backend="cache+memory://", worker_hijack_root_logger=False)
        logging.disable()
        with celery.contrib.testing.worker.start_worker(app, perform_ping_check=False, pool="solo"):
            call = lambda: tasks_celery.start(self.url, "ci").get(timeout=20)
            self.check(call, {"alias": "ci"}, "ci", too_long="90000")
        logging.disable(logging.NOTSET)

    def test_any_surface(self):
        for api, down, full in [
            (management.ApiError, management.litellm_failed(), management.plan_limit_keys()),
            (inference.ApiError, inference.upstream_down(type="t", message="m"), inference.forbidden(type="t", message="m")),
        ]:
            call = lambda: any_surface.get(api, self.url).json()
            self.check(call, {"a": 1}, {"a": 1}, down=down, full=full)
            self.assertEqual(any_surface.advice(full), full.entry.fix)
            error = self.fail(call, answer(down, Retry_After="200"), requests=1)
            self.assertEqual(any_surface.advice(error), "Try again in 200 seconds.")
        read = management.ApiError.read
        self.assertEqual(any_surface.advice(read(503, b"")), "Try again later.")
        self.assertEqual(any_surface.advice(read(418, b"")), "Ask support about this error: HTTP 418")

    def test_many_requests(self):
        self.serve((201, b"{}", {}))
        self.assertTrue(asyncio.run(many_requests.create_keys(self.url, ["a", "b", "c"])))
        self.assertEqual(len(Api.requests), 3)
        self.serve(answer(management.plan_limit_keys()))
        with self.assertLogs("many_requests") as logged:
            self.assertFalse(asyncio.run(many_requests.create_keys(self.url, ["a"])))
        self.assertIn("alias: a", logged.output[0])


class Logs(unittest.TestCase):
    def test_an_error_of_the_caller_is_one_line(self):
        self.assertEqual(logs.revoke("ci"), 1)
        with self.assertRaises(CatalogError) as caught:
            logs.revoke("x\nfake line")
        with self.assertLogs("logs") as logged:
            logs.log_error(caught.exception)
        (record,) = logged.records
        self.assertEqual((record.levelname, record.error_code), ("INFO", "not_found"))
        self.assertEqual(len(logged.output[0].splitlines()), 1)
        self.assertIsInstance(caught.exception.__cause__, KeyError)

    def test_an_error_of_the_server_has_its_cause(self):
        try:
            raise management.internal() from OSError("disk full")
        except CatalogError as error:
            with self.assertLogs("logs") as logged:
                logs.log_error(error)
            self.assertNotIn("disk", json.dumps(error.body()))
        self.assertEqual(logged.records[0].levelname, "ERROR")
        self.assertIn("OSError: disk full", logged.output[0])

    def test_each_retry_is_logged(self):
        from tensorloop_errors import retrying

        answers = iter([management.litellm_failed(), management.litellm_failed(), None])

        def send():
            if error := next(answers):
                raise error

        with self.assertLogs("logs") as logged:
            retrying(send, on_retry=logs.log_retry)
        self.assertEqual(len(logged.output), 2)
        self.assertIn("attempt 1 failed, next in 0.0 s: litellm_failed (502)", logged.output[0])


if __name__ == "__main__":
    unittest.main()
