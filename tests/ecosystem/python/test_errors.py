"""What a Python user does with the errors of a package, for both of its forms.

PACKAGE names the module that has the errors of TensorLoop.
"""

import asyncio
import concurrent.futures
import copy
import importlib
import json
import os
import pickle
import unittest
import uuid

package = importlib.import_module(os.environ.get("PACKAGE", "tensorloop_errors"))
management, inference = package.management, package.inference
CODE = management.Code


def a_page():
    return management.ApiError.read(502, b"<html><h1>Bad Gateway</h1></html>")


class Errors(unittest.TestCase):
    def test_match_by_code_and_by_class(self):
        error = management.ApiError.read(403, b'{"error": "plan_limit_keys"}')
        match error.code:
            case CODE.PLAN_LIMIT_KEYS:
                pass
            case _:
                self.fail()
        match error:
            case management.ApiError(CODE.PLAN_LIMIT_KEYS, 403):
                pass
            case _:
                self.fail()
        self.assertEqual(error.code, "plan_limit_keys")
        self.assertIs(error.entry, CODE.PLAN_LIMIT_KEYS.entry)
        self.assertTrue(error.is_plan_limit and error.code.is_plan_limit)
        self.assertFalse(management.internal().is_plan_limit)

    def test_a_code_from_the_future_is_kept(self):
        error = management.ApiError.read(429, '{"error": "brand_new", "detail": "x"}')
        self.assertIsNone(error.code)
        self.assertIsNone(error.entry)
        self.assertEqual((error.code_text, error.detail, error.matches), ("brand_new", "x", True))
        self.assertTrue(error.retryable)
        self.assertEqual(error.body(), {"error": "brand_new", "detail": "x"})

    def test_every_way_to_carry_an_error_keeps_it(self):
        errors = [entry_maker() for entry_maker in makers()]
        errors += [a_page(), management.ApiError.read_event("data"), management.ApiError()]
        for error in errors:
            for carried in (
                pickle.loads(pickle.dumps(error)),
                copy.copy(error),
                copy.deepcopy(error),
                # Celery with its backends for JSON, dask.
                type(error)(*json.loads(json.dumps(error.args))),
            ):
                self.assertIs(type(carried), type(error))
                self.assertEqual(str(carried), str(error))
                self.assertEqual(carried.response(), error.response())
                self.assertIs(carried.entry, error.entry)
                self.assertEqual(carried.retry_advice, error.retry_advice)

    def test_what_a_queue_made_text_of_is_an_error_too(self):
        error = management.ApiError("{'status': object()}")
        self.assertIsNone(error.entry)
        self.assertEqual(str(error), "unknown error [{'status': object()}]")
        self.assertTrue(pickle.loads(pickle.dumps(error)).text)

    def test_an_error_from_another_version_is_carried(self):
        said = {"name": "from_the_future", "code": "from_the_future", "status": 429, "params": {"new": [1]}}
        error = pickle.loads(pickle.dumps(management.ApiError(said)))
        self.assertEqual((error.code, error.entry, error.code_text), (None, None, "from_the_future"))
        self.assertTrue(error.retryable)
        self.assertEqual(error.response().status, 429)

    def test_values_of_wrong_types_are_sent_as_text(self):
        number = uuid.UUID(int=1)
        error = management.alias_taken(detail=number)
        self.assertEqual(json.loads(error.response().content)["detail"], str(number))
        lone = management.alias_taken(detail="\ud800x")
        self.assertEqual(json.loads(lone.response().content)["detail"], "\ufffdx")

    def test_headers_and_notes_are_carried(self):
        error = management.internal()
        error.headers = {"x-request-id": "r1"}
        error.add_note("in the worker")
        carried = pickle.loads(pickle.dumps(error))
        self.assertEqual((carried.headers, carried.__notes__), ({"x-request-id": "r1"}, ["in the worker"]))

    def test_another_process_raises_it(self):
        with concurrent.futures.ProcessPoolExecutor(1) as pool:
            with self.assertRaises(management.ApiError) as caught:
                pool.submit(raise_one).result()
        self.assertEqual(caught.exception.detail, "from a worker")

    def test_it_groups_and_chains(self):
        try:
            raise ExceptionGroup("both", [management.internal(), inference.not_found(message="x"), ValueError()])
        except* management.ApiError as group:
            self.assertEqual([error.code for error in group.exceptions], [CODE.INTERNAL])
        except* package.CatalogError as group:
            self.assertEqual(len(group.exceptions), 1)
        except* ValueError:
            pass
        cause = KeyError("x")
        try:
            raise management.internal() from cause
        except package.CatalogError as error:
            self.assertIs(error.__cause__, cause)
            self.assertNotIn("x", json.dumps(error.body()))

    def test_lines_are_safe(self):
        error = management.alias_taken(detail="a\r\nb\x1b[31m\u202e" + "x" * 1000)
        self.assertTrue(str(error).isprintable())
        self.assertLess(len(str(error)), 400)
        self.assertIn("ApiError", repr(error))
        self.assertEqual(str(a_page()), "HTTP 502 [Bad Gateway]")

    def test_records_do_not_change(self):
        entry = CODE.INTERNAL.entry
        with self.assertRaises(AttributeError):
            entry.meaning = "x"
        with self.assertRaises(AttributeError):
            del entry.meaning
        self.assertEqual(pickle.loads(pickle.dumps(entry)), entry)
        self.assertEqual(hash(copy.copy(entry)), hash(entry))
        self.assertNotEqual(package.Never(), package.Backoff)
        with self.assertRaises(TypeError):
            package.Backoff(initial_s=1.0)
        with self.assertRaises(TypeError):
            package.Never(1)
        self.assertEqual(repr(package.GaveUp(package.GiveUpReason.EXHAUSTED, 2)),
                         "GaveUp(reason=<GiveUpReason.EXHAUSTED: 'exhausted'>, attempts=2, requested_s=None)")

    def test_errors_cannot_be_made_wrong(self):
        with self.assertRaises(TypeError):
            management.invalid_body()
        with self.assertRaises(TypeError):
            management.invalid_body("by position")
        with self.assertRaises(ValueError):
            inference.upstream_down(message="x", status=500)
        self.assertEqual(inference.upstream_down(message="x", status=503).status, 503)


class Retrying(unittest.TestCase):
    def calls(self, *outcomes):
        """Raises or returns one after the other."""
        outcomes = iter(outcomes)

        def call():
            outcome = next(outcomes)
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        return call

    def test_it_waits_as_the_catalog_and_the_server_say(self):
        notices, waits = [], []
        internal = management.internal()
        asked = management.litellm_failed(retry_after_s=9.5)
        done = package.retrying(
            self.calls(internal, internal, asked, "done"),
            sleep=waits.append, random=lambda: 0, on_retry=notices.append,
        )
        self.assertEqual((done, waits), ("done", [1.0, 2.0, 9.5]))
        self.assertEqual([(one.attempt, one.wait_s) for one in notices], [(1, 1.0), (2, 2.0), (3, 9.5)])
        self.assertIs(notices[0].error, internal)

    def test_the_last_error_is_raised_as_it_is(self):
        for error, reason, attempts in [
            (management.alias_taken(), "permanent", 1),
            (management.internal(), "exhausted", 7),
            (management.rate_limited(), "wait_too_long", 1),
        ]:
            with self.assertRaises(management.ApiError) as caught:
                package.retrying(self.calls(*[error] * 9), sleep=lambda _: None)
            self.assertIs(caught.exception, error)
            self.assertEqual((error.gave_up.reason, error.gave_up.attempts), (reason, attempts))
            self.assertEqual(hasattr(error, "__notes__"), error.retryable)
        self.assertEqual(error.__notes__, ["gave up after 1 attempt: a retry must wait 3600 s, which is too long"])
        self.assertEqual(error.gave_up.requested_s, 3600)

    def test_other_exceptions_end_it(self):
        with self.assertRaises(ConnectionError):
            package.retrying(self.calls(ConnectionError(), "never"))

    def test_it_awaits(self):
        call = self.calls(management.internal(), "done")

        async def send():
            return call()

        async def sleep(wait_s):
            waits.append(wait_s)

        waits = []
        done = asyncio.run(package.retrying_async(send, sleep=sleep, random=lambda: 2**32 - 1))
        self.assertEqual((done, waits), ("done", [1.499]))
        call = self.calls(management.internal(), "done")
        self.assertEqual(asyncio.run(package.retrying_async(send, random=lambda: 0)), "done")


def raise_one():
    raise management.alias_taken(detail="from a worker")


def makers():
    """Makes each error of both APIs."""
    for code in CODE:
        make = getattr(management, code.entry.name)
        yield lambda make=make: make(detail="x")
    for name in inference.ErrorName:
        make = getattr(inference, name.value)
        yield lambda make=make: make(message="m", type="t")


if __name__ == "__main__":
    unittest.main()
