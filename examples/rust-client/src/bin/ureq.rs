//! A blocking client with ureq: `cargo run --bin ureq http://127.0.0.1:8090/parcels/busy`.

use parcel_client::errors::Retry;
use parcel_client::errors::api::ApiError;
use parcel_client::explain;
use ureq::Agent;

fn main() -> anyhow::Result<()> {
    let url = std::env::args().nth(1).unwrap_or_default();
    // Otherwise ureq turns error statuses into errors of its own, and drops the body.
    let agent = Agent::from(Agent::config_builder().http_status_as_error(false).build());
    print!("{}", parcel(&agent, &url).inspect_err(explain)?);
    Ok(())
}

/// Fetches a parcel, and tries again for as long as that may help.
fn parcel(agent: &Agent, url: &str) -> anyhow::Result<String> {
    let outcome = Retry::default()
        .observe(|notice| println!("{}; waiting {:?}", notice.error, notice.wait))
        .run_blocking(|_| send(agent, url), ApiError::detect_response)?;
    Ok(outcome.into_result()?.into_body())
}

/// Sends a request, and reads the whole response.
fn send(agent: &Agent, url: &str) -> Result<http::Response<String>, ureq::Error> {
    let (parts, mut body) = agent.get(url).call()?.into_parts();
    Ok(http::Response::from_parts(parts, body.read_to_string()?))
}
