//! The retry rules against the vectors that every language is tested with, and the loops on top of
//! them: executor-free, cancelled by dropping, observed, and blocking.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tensorloop_errors::{
    Attempt, Backoff, Delays, Failure, Finished, Retry, STRATEGY, Stop, Verdict, Waiting, decide,
    management, server_wait,
};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn ms(value: &Value) -> Duration {
    Duration::from_millis(value.as_u64().unwrap())
}

fn verdict(value: &Value) -> Verdict {
    let number = |name: &str| u32::try_from(value[name].as_u64().unwrap()).unwrap();
    let backoff = || Backoff {
        initial: ms(&value["initialMs"]),
        max: ms(&value["maxMs"]),
        factor: number("factor"),
        retries: number("retries"),
    };
    match value["kind"].as_str().unwrap() {
        "never" => Verdict::Never,
        "backoff" => Verdict::Backoff(backoff()),
        "after" => Verdict::After { wait: ms(&value["afterMs"]), backoff: backoff() },
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
        let failure = Failure {
            verdict: verdict(&file["verdicts"][row[0].as_str().unwrap()]),
            retries: number(1),
            random: number(2),
            hint: row[3].as_u64().map(Duration::from_millis),
            limit: ms(&row[4]),
        };
        let (result, asked) = match decide(&failure) {
            Ok(wait) => (Value::from(u64::try_from(wait.as_millis()).unwrap()), Value::Null),
            Err(stop) => {
                let asked = match stop {
                    Stop::WaitTooLong { asked } => u64::try_from(asked.as_millis()).unwrap().into(),
                    _ => Value::Null,
                };
                (stop.as_str().into(), asked)
            }
        };
        assert_eq!((&result, &asked), (&row[5], &row[6]), "{row}");
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
        let wait = server_wait(header("retry-after-ms"), header("retry-after"), now);
        assert_eq!(wait, case["waitMs"].as_u64().map(Duration::from_millis), "{case}");
    }
}

/// Answers a number of attempts with a failure, and then with a success.
fn failing(times: u32, verdict: Verdict) -> impl FnMut(u32) -> Attempt<u32> {
    move |retries| {
        if retries < times {
            Attempt::Failed { last: retries, verdict, hint: None }
        } else {
            Attempt::Done(retries)
        }
    }
}

fn strategy() -> Verdict {
    Verdict::Backoff(STRATEGY)
}

#[tokio::test(start_paused = true)]
async fn a_loop_waits_as_the_strategy_says() {
    let start = tokio::time::Instant::now();
    let seen = Rc::new(RefCell::new(Vec::new()));
    let observed = Rc::clone(&seen);
    let mut answer = failing(3, strategy());
    let finished = Retry::new(|| 0)
        .observe(move |waiting: &Waiting| {
            observed.borrow_mut().push((waiting.attempt, waiting.wait))
        })
        .run(tokio::time::sleep, |retries| std::future::ready(answer(retries)))
        .await;
    assert_eq!(finished, Finished { last: 3, attempts: 4, stopped: None });
    assert_eq!(start.elapsed(), Duration::from_secs(1 + 2 + 4));
    let seconds = Duration::from_secs;
    assert_eq!(*seen.borrow(), [(1, seconds(1)), (2, seconds(2)), (3, seconds(4))]);
}

#[tokio::test(start_paused = true)]
async fn it_gives_up_with_the_last_response_and_the_reason() {
    let run = |verdict, hint| async move {
        let attempt = |retries| async move { Attempt::Failed { last: retries, verdict, hint } };
        Retry::new(|| 0).run(tokio::time::sleep, attempt).await
    };
    let exhausted = Finished { last: 6, attempts: 7, stopped: Some(Stop::Exhausted) };
    assert_eq!(run(strategy(), None).await, exhausted);
    let permanent = Finished { last: 0, attempts: 1, stopped: Some(Stop::Permanent) };
    assert_eq!(run(Verdict::Never, Some(Duration::ZERO)).await, permanent);
    let asked = Duration::from_secs(3600);
    let too_long = Finished { last: 0, attempts: 1, stopped: Some(Stop::WaitTooLong { asked }) };
    assert_eq!(run(management::Code::RateLimited.verdict().unwrap(), None).await, too_long);
    assert_eq!(run(strategy(), Some(asked)).await, too_long);
    let start = tokio::time::Instant::now();
    let patient = Retry::new(|| 0).limit(Duration::from_secs(7200)).run(
        tokio::time::sleep,
        |retries| async move {
            match retries {
                0 => {
                    let verdict = management::Code::RateLimited.verdict().unwrap();
                    Attempt::Failed { last: "rate limited", verdict, hint: None }
                }
                _ => Attempt::Done("minted"),
            }
        },
    );
    assert_eq!(patient.await.last, "minted");
    assert_eq!(start.elapsed(), asked);
}

#[tokio::test(start_paused = true)]
async fn dropping_it_ends_the_wait() {
    let mut attempts = 0;
    let retry = Retry::new(|| 0).run(tokio::time::sleep, |_| {
        attempts += 1;
        async { Attempt::Failed { last: (), verdict: strategy(), hint: None } }
    });
    let ended = tokio::time::timeout(Duration::from_millis(2500), retry).await;
    assert!(ended.is_err());
    assert_eq!(attempts, 2);
}

#[test]
fn its_future_is_send_even_if_the_response_is_not() {
    fn is_send(_: impl Future + Send) {}
    is_send(Retry::new(|| 0).run(tokio::time::sleep, async |_| Attempt::Done(1)));
    is_send(Retry::default().run(tokio::time::sleep, |_| async { Attempt::Done(1) }));
    is_send(
        Retry::new(|| 0).run(|_| std::future::ready(()), |_| std::future::ready(Attempt::Done(1))),
    );
}

#[test]
fn a_thread_can_wait_too() {
    let quick = Backoff { initial: Duration::from_millis(20), ..STRATEGY };
    let start = Instant::now();
    let finished = Retry::default().run_blocking(failing(2, Verdict::Backoff(quick)));
    assert_eq!((finished.last, finished.attempts), (2, 3));
    assert!((60..2000).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
}

#[test]
fn jitter_differs_from_call_to_call() {
    let numbers: std::collections::BTreeSet<u32> =
        (0..100).map(|_| tensorloop_errors::random()).collect();
    assert!(numbers.len() > 95, "{numbers:?}");
    assert!(numbers.last().unwrap() > &(u32::MAX / 2));
}

#[test]
fn delays_are_those_of_the_verdict() {
    let waits = |verdict, random| Delays::new(verdict, move || random).map(|wait| wait.as_millis());
    assert!(waits(strategy(), 0).eq([1000, 2000, 4000, 8000, 16_000, 30_000]));
    assert!(waits(strategy(), u32::MAX).eq([1499, 2999, 5999, 11_999, 23_999, 30_000]));
    assert!(waits(Verdict::Never, 0).eq([]));
    // Nobody sleeps an hour unasked.
    let rate_limited = management::Code::RateLimited.verdict().unwrap();
    assert!(waits(rate_limited, 0).eq([]));
    let patient = Delays::new(rate_limited, || 0).limit(Duration::from_secs(7200));
    let after: Vec<_> = patient.map(|wait| wait.as_millis()).collect();
    assert_eq!(after, [3_600_000; 6]);
}

#[tokio::test(start_paused = true)]
async fn backon_takes_the_delays() {
    use backon::Retryable;

    let start = tokio::time::Instant::now();
    let mut attempts = 0;
    let result = (|| {
        attempts += 1;
        let result = if attempts < 4 { Err(management::litellm_failed()) } else { Ok(attempts) };
        std::future::ready(result)
    })
    .retry(Delays::new(strategy(), || 0))
    .when(management::ApiError::retryable)
    .await;
    assert_eq!(result, Ok(4));
    assert_eq!(start.elapsed(), Duration::from_secs(1 + 2 + 4));
}
