"""What a user of the package relies on: `python -m unittest discover -s tests`."""

import pickle
import unittest

from tensorloop_client import Response, call
from tensorloop_errors import ErrorResponse, inference_errors, management_errors
from tensorloop_errors.retry import NEVER, STRATEGY, After


class Reading(unittest.TestCase):
    def test_a_code_tells_the_error(self) -> None:
        body = b'{"error": "plan_limit_model", "detail": "gpt-4o"}'
        error = management_errors.read(403, body)
        self.assertIs(error.code, management_errors.Code.PLAN_LIMIT_MODEL)
        self.assertEqual(error.said.params, {"detail": "gpt-4o"})
        self.assertEqual(
            str(error), "plan_limit_model (403): Requested a model not on your plan [gpt-4o]"
        )
        assert error.entry is not None
        self.assertEqual(error.entry.tags, ("plan_limit",))
        self.assertEqual(error.entry.fix, "Pick an allowed model. `detail` names the offending model.")

    def test_a_status_tells_the_error_where_bodies_have_no_code(self) -> None:
        error = inference_errors.read(503, "<html>nginx</html>")
        self.assertIs(error.code, inference_errors.Code.UPSTREAM_DOWN)
        self.assertEqual((error.verdict, error.said.fits), (STRATEGY, False))

    def test_a_newer_code_is_kept(self) -> None:
        error = management_errors.read(429, {"error": "too_fast"})
        self.assertEqual((error.code, error.said.code, error.verdict), (None, "too_fast", STRATEGY))
        self.assertEqual(str(error), "too_fast (429)")
        self.assertIsNone(management_errors.read(429, {"error": "None"}).said.code)

    def test_any_body_is_read(self) -> None:
        bodies: list[object] = [b"\xff\xfe", "", "[" * 100_000, "NaN", "9" * 5000, "\ud800"]
        for body in [*bodies, None, 10**5000, [], {"error": 10**5000}, {"error": True}, {"error": {}}]:
            for api in [management_errors, inference_errors]:
                error = api.read(418, body)
                self.assertEqual((error.code, error.verdict, error.said.fits), (None, NEVER, False))
                str(error).encode()

    def test_an_event_of_a_stream_names_its_status(self) -> None:
        event = '{"error": {"message": "cut", "type": null, "code": "500"}}'
        error = inference_errors.read_event(event)
        self.assertIs(error.code, inference_errors.Code.INTERNAL_SERVER_ERROR)
        self.assertFalse(inference_errors.read_event('{"choices": []}').said.fits)

    def test_errors_are_exceptions_that_can_be_sent_to_another_process(self) -> None:
        error = management_errors.read(429, {"error": "rate_limited"})
        self.assertIsInstance(error, ErrorResponse)
        copy = pickle.loads(pickle.dumps(error))
        self.assertEqual((copy.code, copy.said, copy.verdict), (error.code, error.said, error.verdict))
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
        self.assertIs(raised.exception.code, inference_errors.Code.UNAUTHORIZED)
        self.assertEqual(raised.exception.__notes__, ["not sent again: permanent"])


if __name__ == "__main__":
    unittest.main()
