//! Each client, run as a program, against a server that counts its requests.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use parcel_client::server::{Requests, serve};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

const REQWEST: &[&str] = &[env!("CARGO_BIN_EXE_reqwest")];
const STREAM: &[&str] = &[env!("CARGO_BIN_EXE_reqwest"), "--stream"];
const UREQ: &[&str] = &[env!("CARGO_BIN_EXE_ureq")];
const BACKON: &[&str] = &[env!("CARGO_BIN_EXE_backon")];
const CLIENTS: [&[&str]; 4] = [REQWEST, STREAM, UREQ, BACKON];

/// What a client did.
#[derive(Debug)]
struct Run {
    succeeded: bool,
    stdout: String,
    stderr: String,
    took: Duration,
}

fn run(client: &[&str], url: &str) -> Run {
    let start = Instant::now();
    let output = Command::new(client[0]).arg(url).args(&client[1..]).output().unwrap();
    Run {
        succeeded: output.status.success(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
        took: start.elapsed(),
    }
}

/// Starts a server. It runs until the runtime is dropped.
fn server(parcel: &str) -> (Runtime, Requests, String) {
    let runtime = Runtime::new().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}/parcels/{parcel}", listener.local_addr().unwrap());
    let requests = Requests::default();
    runtime.spawn(serve(listener, Arc::clone(&requests)));
    (runtime, requests, url)
}

/// Fetches a parcel from a new server. Returns the number of requests too.
fn fetch(client: &[&str], parcel: &str) -> (Run, u32) {
    let (_runtime, requests, url) = server(parcel);
    let run = run(client, &url);
    (run, requests.load(Ordering::Relaxed))
}

#[test]
fn a_busy_server_is_asked_again() {
    for client in CLIENTS {
        let (run, requests) = fetch(client, "busy");
        assert_eq!((run.succeeded, requests), (true, 3), "{client:?} {run:?}");
        assert!(run.stdout.ends_with("parcel busy: on its way\n"), "{client:?} {run:?}");
        if client != STREAM {
            assert_eq!(run.stdout.matches("; waiting ").count(), 2, "{client:?} {run:?}");
        }
    }
}

#[test]
fn a_permanent_error_is_not_retried() {
    for client in CLIENTS {
        for (parcel, advice) in
            [("unknown", "Is unknown right?\n"), ("region", "Ask for a larger plan.\n")]
        {
            let (run, requests) = fetch(client, parcel);
            assert_eq!((run.succeeded, requests), (false, 1), "{client:?} {run:?}");
            assert_eq!(run.stdout, advice, "{client:?}");
        }
    }
}

#[test]
fn the_catalog_says_how_often_to_retry() {
    for client in CLIENTS {
        let (run, requests) = fetch(client, "down");
        assert_eq!((run.succeeded, requests), (false, 4), "{client:?} {run:?}");
    }
}

#[test]
fn retry_after_is_honored() {
    for client in CLIENTS {
        let (run, requests) = fetch(client, "limited");
        assert_eq!((run.succeeded, requests), (true, 2), "{client:?} {run:?}");
        assert!(run.took >= Duration::from_secs(1), "{client:?} {run:?}");
    }
}

#[test]
fn a_wait_that_is_too_long_ends_the_retries_at_once() {
    for client in CLIENTS {
        let (run, requests) = fetch(client, "tomorrow");
        assert_eq!((run.succeeded, requests), (false, 1), "{client:?} {run:?}");
        assert!(run.stderr.contains("rate_limited (429): Too many requests"), "{client:?} {run:?}");
        if client != BACKON {
            let (reason, source) = run.stderr.split_once("Caused by:").unwrap();
            assert!(reason.contains("86400"), "{client:?} {reason}");
            assert!(source.contains("rate_limited (429)"), "{client:?} {source}");
        }
    }
}

#[test]
fn an_error_of_the_transport_is_passed_on() {
    let runtime = Runtime::new().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    for client in CLIENTS {
        let run = run(client, &url);
        assert!(!run.succeeded && run.stderr.contains("Connection refused"), "{client:?} {run:?}");
        assert!(!run.stderr.contains("gave up") && run.stdout.is_empty(), "{client:?} {run:?}");
    }
}

/// The response has no end, and what has arrived is printed.
#[test]
fn a_stream_is_read_while_it_arrives() {
    let (_runtime, _, url) = server("moving");
    let mut client = Command::new(STREAM[0]);
    let mut client = client.arg(url).arg(STREAM[1]).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdout = BufReader::new(client.stdout.take().unwrap());
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        sender.send(line)
    });
    let line = receiver.recv_timeout(Duration::from_secs(20));
    client.kill().unwrap();
    client.wait().unwrap();
    assert_eq!(line.as_deref(), Ok("in Zurich\n"));
}
