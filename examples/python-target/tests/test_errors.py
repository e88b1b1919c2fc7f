"""What a user of the package relies on: `python -m unittest discover -s tests`."""

import pickle
import unittest

from tensorloop_client import Response, call
from tensorloop_errors import ErrorResponse, inference_errors, management_errors
from tensorloop_errors.retry import NEVER, After
from tensorloop_errors.strategy import STRATEGY


class Reading(unittest.TestCase):
    def test_a_code_tells_the_error(self) -> None:
        body = b'{"error": "plan_limit_model", "detail": "gpt-4o"}'
        error = management_errors.read(403, body)
        self.assertIs(error.code, management_errors.Code.PLAN_LIMIT_MODEL)
        self.assertEqual(error.params, {"detail": "gpt-4o"})
        self.assertEqual(
            str(error), "plan_limit_model (403): Requested a model not on your plan [gpt-4o]"
        )
        assert error.entry is not None
        self.assertEqual(error.entry.tags, ("plan_limit",))
        self.assertEqual(error.entry.fix, "Pick an allowed model. `detail` names the offending model.")

    def test_a_status_tells_the_error_where_bodies_have_no_code(self) -> None:
        error = inference_errors.read(503, "<html>nginx</html>")
        self.assertIs(error.name, inference_errors.ErrorName.UPSTREAM_DOWN)
        self.assertEqual((error.verdict, error.matches, error.text), (STRATEGY, False, "nginx"))
        self.assertEqual(str(error), "upstream_down (503): Proxy or upstream model is down [nginx]")

    def test_a_newer_code_is_kept(self) -> None:
        error = management_errors.read(429, {"error": "too_fast"})
        self.assertEqual((error.code, error.code_text, error.verdict), (None, "too_fast", STRATEGY))
        self.assertEqual(str(error), "too_fast (429)")

    def test_any_body_is_read(self) -> None:
        loop: list[object] = []
        loop.append(loop)
        texts = [b"\xff\xfe", "", "[" * 100_000, '{"a":' * 100_000, "NaN", "9" * 5000, "\ud800"]
        parsed = [None, 10**5000, [], loop, (), {1: 2}, {"error": loop}, {"error": 10**5000}, {"error": True}]
        for body in [*texts, *parsed, {"error": float("nan")}, {"error": {"message": {}, "code": "\ud800"}}, object()]:
            error = management_errors.read(418, body)
            self.assertEqual((error.code, error.code_text, error.verdict, error.matches), (None, None, NEVER, False))
            self.assertEqual((error.errors, error.params), ((error,), {}))
            other = inference_errors.read(418, body)
            self.assertEqual((other.name, other.verdict, other.matches), (None, NEVER, False))
            str(error).encode()
            str(other).encode()

    def test_a_body_that_is_not_json_is_kept_as_a_safe_line(self) -> None:
        error = management_errors.read(503, b"<h1>502\x1b[2J</h1>\n\xe2\x80\xaeBad  gateway" + b"!" * 200)
        self.assertEqual(error.text, "502 [2J Bad gateway" + "!" * 81)

    def test_a_success_is_not_an_error(self) -> None:
        self.assertIsNone(management_errors.detect(200, {"keys": []}))
        error = management_errors.detect(200, {"error": "rate_limited"})
        self.assertIs(error and error.code, management_errors.Code.RATE_LIMITED)
        self.assertIsNotNone(management_errors.detect(500, "oops"))

    def test_an_event_of_a_stream_names_its_status(self) -> None:
        event = '{"error": {"message": "cut", "type": "None", "code": "500"}}'
        error = inference_errors.read_event(event)
        self.assertIs(error.name, inference_errors.ErrorName.INTERNAL_SERVER_ERROR)
        self.assertEqual((error.status, error.matches, error.params), (500, True, {"message": "cut"}))
        other = inference_errors.read_event('{"choices": []}')
        self.assertEqual((other.status, other.matches), (None, False))

    def test_errors_are_exceptions_that_can_be_sent_to_another_process(self) -> None:
        error = management_errors.read(429, {"error": "rate_limited"})
        self.assertIsInstance(error, ErrorResponse)
        copy = pickle.loads(pickle.dumps(error))
        self.assertEqual((copy.code, copy.params, copy.verdict), (error.code, error.params, error.verdict))
        self.assertEqual(error.verdict, After(1000, 30000, 2, 6, after_ms=3_600_000))


class Calling(unittest.TestCase):
    def test_a_passing_fault_is_tried_again_as_long_as_the_server_asks(self) -> None:
        answers = [Response(503), Response(429, headers={"Retry-After": "7"}), Response(200, b"done")]
        slept: list[float] = []
        response = call(lambda: answers.pop(0), slept.append)
        self.assertEqual(response.body, b"done")
        self.assertTrue(1 <= slept[0] < 1.5 and 7 <= slept[1] < 8, slept)

    def test_another_is_raised_at_once(self) -> None:
        with self.assertRaises(inference_errors.ApiError) as raised:
            call(lambda: Response(401), lambda _: self.fail("it slept"))
        self.assertIs(raised.exception.name, inference_errors.ErrorName.UNAUTHORIZED)
        self.assertEqual(raised.exception.__notes__, ["not sent again: permanent"])


if __name__ == "__main__":
    unittest.main()
