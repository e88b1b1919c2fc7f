//! The retry rules against the vectors that every language is tested with, and the loops on top of
//! them: executor-free, cancelled by dropping, observed, and blocking.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::error::Error;
use std::future::{Future, ready};
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tensorloop_errors::management::{self, ApiError, Code};
use tensorloop_errors::{
    Backoff, Delays, FailedAttempt, GaveUp, GiveUpReason, RETRY_STRATEGY, Retry, RetryAdvice,
    RetryNotice, next_delay, parse_retry_after,
};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn ms(value: &Value) -> Duration {
    Duration::from_millis(value.as_u64().unwrap())
}

fn advice(value: &Value) -> RetryAdvice {
    let number = |name: &str| u32::try_from(value[name].as_u64().unwrap()).unwrap();
    let backoff = || {
        let (initial, max_delay) = (ms(&value["initialMs"]), ms(&value["maxDelayMs"]));
        Backoff::new(initial, max_delay, number("factor"), number("retries"))
    };
    match value["kind"].as_str().unwrap() {
        "never" => RetryAdvice::Never,
        "backoff" => RetryAdvice::Backoff(backoff()),
        "after" => RetryAdvice::After { wait: ms(&value["afterMs"]), backoff: backoff() },
        other => panic!("{other}"),
    }
}

#[test]
fn every_vector_is_decided_as_it_says() {
    let file = json(include_str!("../../../conformance/retry_vectors.json"));
    let rows = file["rows"].as_array().unwrap();
    assert!(rows.len() > 150);
    for row in rows {
        let number = |index: usize| u32::try_from(row[index].as_u64().unwrap()).unwrap();
        let advice = advice(&file["retryAdvice"][row[0].as_str().unwrap()]);
        let failed = FailedAttempt::new(advice, number(1), number(2))
            .with_retry_after(row[3].as_u64().map(Duration::from_millis))
            .with_max_requested_wait(ms(&row[4]));
        let millis = |time: Duration| Value::from(u64::try_from(time.as_millis()).unwrap());
        let (result, requested) = match next_delay(&failed) {
            Ok(wait) => (millis(wait), Value::Null),
            Err(reason @ GiveUpReason::WaitTooLong { requested }) => {
                (reason.as_str().into(), millis(requested))
            }
            Err(reason) => (reason.as_str().into(), Value::Null),
        };
        assert_eq!((&result, &requested), (&row[5], &row[6]), "{row}");
    }
}

#[test]
fn every_header_is_read_as_its_case_says() {
    let file = json(include_str!("../../../conformance/retry_after_cases.json"));
    let cases = file["cases"].as_array().unwrap();
    assert!(cases.len() > 70);
    for case in cases {
        let headers: BTreeMap<String, &str> = case["headers"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.to_lowercase(), value.as_str().unwrap()))
            .collect();
        let header = |name: &str| headers.get(name).copied();
        let now = ms(case.get("nowMs").unwrap_or(&file["nowMs"]));
        let wait = parse_retry_after(header("retry-after-ms"), header("retry-after"), now);
        assert_eq!(wait, case["waitMs"].as_u64().map(Duration::from_millis), "{case}");
    }
}

/// What `send` returns in these tests: the number of retries so far, or the error in the response.
type Response = Result<u32, ApiError>;

/// Never fails, because there is always a response.
type Sent = Result<Response, Infallible>;

/// Detects the error in a response.
fn detect(response: &Response) -> Option<ApiError> {
    response.as_ref().err().cloned()
}

/// Answers a number of attempts with an error, and then with a success.
fn failing(times: u32, error: ApiError) -> impl FnMut(u32) -> Sent {
    move |retries| Ok(if retries < times { Err(error.clone()) } else { Ok(retries) })
}

fn strategy() -> RetryAdvice {
    RetryAdvice::Backoff(RETRY_STRATEGY)
}

/// An error whose advice is the strategy of the catalog.
fn transient() -> ApiError {
    management::litellm_failed()
}

#[tokio::test(start_paused = true)]
async fn a_loop_waits_as_the_strategy_says() {
    let start = tokio::time::Instant::now();
    let seen = Rc::new(RefCell::new(Vec::new()));
    let observed = Rc::clone(&seen);
    let mut answer = failing(3, transient());
    let outcome = Retry::new(|| 0)
        .observe(move |notice: &RetryNotice<'_>| {
            assert_eq!(notice.error.code_text(), Some("litellm_failed"));
            assert_eq!(notice.error.retry_advice(), strategy());
            observed.borrow_mut().push((notice.attempt, notice.wait));
        })
        .run(tokio::time::sleep, |retries| ready(answer(retries)), detect)
        .await
        .unwrap();
    assert_eq!((outcome.response, outcome.attempts, outcome.gave_up), (Ok(3), 4, None));
    assert_eq!(start.elapsed(), Duration::from_secs(1 + 2 + 4));
    let seconds = Duration::from_secs;
    assert_eq!(*seen.borrow(), [(1, seconds(1)), (2, seconds(2)), (3, seconds(4))]);
}

#[tokio::test(start_paused = true)]
async fn it_gives_up_with_the_last_response_and_the_reason() {
    let run = |error: ApiError| async move {
        let send = |_| ready(Sent::Ok(Err(error.clone())));
        let outcome = Retry::new(|| 0).run(tokio::time::sleep, send, detect).await.unwrap();
        assert_eq!(outcome.response, Err(error.clone()));
        let gave_up = outcome.gave_up.clone().unwrap();
        assert_eq!((&gave_up.error, gave_up.attempts), (&error, outcome.attempts));
        assert_eq!(outcome.into_result(), Err(gave_up.clone()));
        (gave_up.attempts, gave_up.reason)
    };
    assert_eq!(run(transient()).await, (7, GiveUpReason::Exhausted));
    assert_eq!(run(management::alias_taken()).await, (1, GiveUpReason::Permanent));
    let permanent = management::alias_taken().with_retry_after(Duration::ZERO);
    assert_eq!(run(permanent).await, (1, GiveUpReason::Permanent));
    let requested = Duration::from_secs(3600);
    let too_long = (1, GiveUpReason::WaitTooLong { requested });
    assert_eq!(run(management::rate_limited()).await, too_long);
    assert_eq!(run(transient().with_retry_after(requested)).await, too_long);
    let start = tokio::time::Instant::now();
    let mut answer = failing(1, management::rate_limited());
    let patient = Retry::new(|| 0).max_requested_wait(Duration::from_secs(7200)).run(
        tokio::time::sleep,
        |retries| ready(answer(retries)),
        detect,
    );
    assert_eq!(patient.await.unwrap().into_result(), Ok(Ok(1)));
    assert_eq!(start.elapsed(), requested);
}

/// The error that ends the retries says why, and has the API's error as its source.
#[test]
fn giving_up_is_an_error() {
    let outcome =
        Retry::default().run_blocking(|_| Sent::Ok(Err(management::rate_limited())), detect);
    let error: Box<dyn Error + Send + Sync> = outcome.unwrap().into_result().unwrap_err().into();
    assert!(error.to_string().starts_with("gave up after 1 attempt: "), "{error}");
    assert!(error.to_string().contains("3600 s"), "{error}");
    let source = error.source().unwrap();
    assert_eq!(source.downcast_ref(), Some(&management::rate_limited()));
    assert!(error.downcast_ref::<GaveUp<ApiError>>().is_some());
}

/// A request that got no response is not retried: `?` passes its error on.
#[tokio::test]
async fn an_error_of_the_transport_ends_it() {
    let mut attempts = 0;
    let mut send = |retries| {
        attempts += 1;
        if retries < 1 { Ok(Err(transient())) } else { Err(io::Error::other("unplugged")) }
    };
    let outcome = Retry::new(|| 0).run(|_| ready(()), |retries| ready(send(retries)), detect).await;
    assert_eq!(outcome.unwrap_err().to_string(), "unplugged");
    assert_eq!(attempts, 2);
    let outcome = Retry::default().run_blocking(|_| Err(io::Error::other("unplugged")), detect);
    assert_eq!(outcome.unwrap_err().to_string(), "unplugged");
}

#[tokio::test(start_paused = true)]
async fn dropping_it_ends_the_wait() {
    let mut attempts = 0;
    let send = |_| {
        attempts += 1;
        ready(Sent::Ok(Err(transient())))
    };
    let retry = Retry::new(|| 0).run(tokio::time::sleep, send, detect);
    let ended = tokio::time::timeout(Duration::from_millis(2500), retry).await;
    assert!(ended.is_err());
    assert_eq!(attempts, 2);
}

#[test]
fn its_future_is_send() {
    fn is_send(_: impl Future + Send) {}
    is_send(Retry::new(|| 0).run(tokio::time::sleep, async |_| Sent::Ok(Ok(1)), detect));
    is_send(Retry::default().run(tokio::time::sleep, |_| async { Sent::Ok(Ok(1)) }, detect));
    is_send(Retry::new(|| 0).run(|_| ready(()), |_| ready(Sent::Ok(Ok(1))), detect));
}

#[test]
fn a_thread_can_wait_too() {
    let start = Instant::now();
    let outcome = Retry::new(|| 0).run_blocking(failing(1, transient()), detect).unwrap();
    assert_eq!((outcome.response, outcome.attempts), (Ok(1), 2));
    assert!((1000..3000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
}

#[test]
fn jitter_differs_from_call_to_call() {
    let numbers: std::collections::BTreeSet<u32> =
        (0..100).map(|_| tensorloop_errors::random()).collect();
    assert!(numbers.len() > 95, "{numbers:?}");
    assert!(numbers.last().unwrap() > &(u32::MAX / 2));
}

#[test]
fn delays_are_those_of_the_advice() {
    let waits = |advice, random| Delays::new(advice, move || random).map(|wait| wait.as_millis());
    assert!(waits(strategy(), 0).eq([1000, 2000, 4000, 8000, 16_000, 30_000]));
    assert!(waits(strategy(), u32::MAX).eq([1499, 2999, 5999, 11_999, 23_999, 30_000]));
    assert!(waits(RetryAdvice::Never, 0).eq([]));
    // Nobody sleeps an hour unasked.
    assert!(waits(Code::RateLimited.entry().retry_advice.unwrap(), 0).eq([]));
}

#[tokio::test(start_paused = true)]
async fn backon_takes_the_delays() {
    use backon::Retryable;

    let start = tokio::time::Instant::now();
    let mut attempts = 0;
    let result = (|| {
        attempts += 1;
        ready(if attempts < 4 { Err(transient()) } else { Ok(attempts) })
    })
    .retry(Delays::new(strategy(), || 0))
    .when(ApiError::retryable)
    .await;
    assert_eq!(result, Ok(4));
    assert_eq!(start.elapsed(), Duration::from_secs(1 + 2 + 4));
}
