//! Rust and TypeScript answer alike: a hundred thousand random cases are written here, answered by
//! the npm package in node, and compared. With other numbers: `ERRCAT_SEED=7 cargo test`.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tensorloop_errors::{
    Backoff, FailedAttempt, GiveUpReason, RetryAdvice, next_delay, parse_retry_after,
};

const CASES: usize = 100_000;

/// SplitMix64: the same numbers for the same seed, on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn of<'t, T: ?Sized>(&mut self, items: &[&'t T]) -> &'t T {
        items[usize::try_from(self.below(items.len() as u64)).unwrap()]
    }

    /// Small and large numbers alike.
    fn up_to(&mut self, max: u64) -> u64 {
        let bits = self.below(64);
        (self.next() >> bits) % (max + 1)
    }
}

/// A case of `next_delay`, and Rust's answer.
fn decision(random: &mut Random) -> (Value, Value) {
    let ms = Duration::from_millis;
    let initial = 1 + random.up_to(3_600_000 - 1);
    let max_delay = 1 + random.up_to(3_600_000 - 1);
    let factor = 1 + u32::try_from(random.up_to(9)).unwrap();
    let retries = u32::try_from(random.below(13)).unwrap();
    let backoff = Backoff::new(ms(initial), ms(max_delay), factor, retries);
    let with = |kind: &str, after: Option<u64>| {
        let mut advice = json!({
            "kind": kind, "initialMs": initial, "maxDelayMs": max_delay, "factor": factor, "retries": retries,
        });
        if let Some(after) = after {
            advice["afterMs"] = after.into();
        }
        advice
    };
    let after = random.up_to(31_536_000_000);
    let (advice, written) = match random.below(5) {
        0 => (RetryAdvice::Never, json!({"kind": "never"})),
        1 | 2 => (RetryAdvice::Backoff(backoff), with("backoff", None)),
        _ => (RetryAdvice::After { wait: ms(after), backoff }, with("after", Some(after))),
    };
    let any = if random.below(10) == 0 { u64::from(u32::MAX) } else { 8 };
    let retries = u32::try_from(random.up_to(any)).unwrap();
    let number = u32::try_from(random.up_to(u64::from(u32::MAX))).unwrap();
    let requested = (random.below(2) == 0).then(|| random.up_to(2_147_483_647));
    let longest = random.up_to(604_800_000);
    let case = json!({
        "retryAdvice": written, "retries": retries, "random": number, "bodyWaitMs": requested,
        "maxRequestedWaitMs": longest,
    });
    let failed = FailedAttempt::new(advice, retries, number)
        .with_retry_after(requested.map(ms))
        .with_max_requested_wait(ms(longest));
    let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap();
    let answer = match next_delay(&failed) {
        Ok(wait) => json!({"waitMs": millis(wait)}),
        Err(reason @ GiveUpReason::WaitTooLong { requested }) => {
            json!({"giveUp": reason.as_str(), "requestedMs": millis(requested)})
        }
        Err(reason) => json!({"giveUp": reason.as_str()}),
    };
    (case, answer)
}

/// A header that may be one, and Rust's reading of it.
fn header(random: &mut Random) -> (Value, Value) {
    let day = random.of(&["Mon", "Tue", "Sun", "Monday", "Sunday", "Mox", "mon"]);
    let month = random.of(&["Jan", "Feb", "Jun", "Nov", "Dec", "nov", "Foo"]);
    let date = 1 + random.below(31);
    let year = 1950 + random.below(150);
    let (hour, minute, second) = (random.below(25), random.below(61), random.below(62));
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    let mut value = match random.below(6) {
        0 => random.up_to(u64::MAX - 1).to_string(),
        1 => format!("{}.{:03}", random.up_to(3_000_000), random.below(1000)),
        2 => format!("{}.{}", random.below(100), random.next()),
        3 => format!("{day}, {date:02} {month} {year} {time} GMT"),
        4 => format!("{day}, {date:02}-{month}-{:02} {time} GMT", year % 100),
        _ => format!("{day} {month} {date:2} {time} {year}"),
    };
    if random.below(4) == 0 {
        // One character more, or another, or less.
        let at = usize::try_from(random.below(value.len() as u64 + 1)).unwrap();
        let new = random.of(&["", " ", "\t", "0", ".", ",", "-", "+", "e", "G", ":", "٥"]);
        let end = (at + usize::try_from(random.below(2)).unwrap()).min(value.len());
        value.replace_range(at..end, new);
    }
    let name = random.of(&["retry-after", "retry-after", "retry-after-ms"]);
    let now = random.up_to(4_102_444_800_000);
    let ms = (name == "retry-after-ms").then_some(value.as_str());
    let after = (name == "retry-after").then_some(value.as_str());
    let wait = parse_retry_after(ms, after, Duration::from_millis(now));
    let wait = wait.map(|wait| u64::try_from(wait.as_millis()).unwrap());
    (json!({"headers": {name: value}, "nowMs": now}), json!({"waitMs": wait}))
}

#[test]
fn both_languages_answer_alike() {
    let seed = std::env::var("ERRCAT_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let mut random = Random(seed);
    let cases: Vec<(Value, Value)> = (0..CASES)
        .map(|index| if index % 3 == 0 { header(&mut random) } else { decision(&mut random) })
        .collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../conformance/answer.mjs");
    let mut node = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node answers the cases: see https://nodejs.org");
    let mut input = node.stdin.take().unwrap();
    let lines: Vec<String> = cases.iter().map(|(case, _)| case.to_string() + "\n").collect();
    let writer = std::thread::spawn(move || input.write_all(lines.concat().as_bytes()).unwrap());
    let output = node.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success());
    let answers = String::from_utf8(output.stdout).unwrap();
    assert_eq!(answers.lines().count(), CASES);
    let mut kinds = std::collections::BTreeMap::new();
    for ((case, own), answer) in cases.iter().zip(answers.lines()) {
        let answer: Value = serde_json::from_str(answer).unwrap();
        assert_eq!(answer, *own, "seed {seed}: {case}");
        let kind = match (own.get("giveUp").and_then(Value::as_str), case.get("headers")) {
            (Some(reason), _) => reason,
            (None, None) => "wait",
            (None, Some(_)) if own["waitMs"].is_null() => "no wait in a header",
            (None, Some(_)) => "wait in a header",
        };
        *kinds.entry(kind.to_owned()).or_insert(0) += 1;
    }
    println!("seed {seed}: {kinds:?}");
    // Each kind of answer was there often enough to tell.
    assert!(kinds.len() == 6 && kinds.values().all(|count| *count > 1000), "{kinds:?}");
}
