//! What a caller of progenitor's clients sees of an error code: `ask-progenitor URL CODES` prints
//! how the code of the error arrives. Each arm names the type that holds it.

#[allow(clippy::all, dead_code)]
mod closed {
    include!(concat!(env!("OUT_DIR"), "/closed.rs"));
}
#[allow(clippy::all, dead_code)]
mod open {
    include!(concat!(env!("OUT_DIR"), "/open.rs"));
}

use progenitor_client::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let url = &arguments[1];
    let seen = if arguments[2] == "closed" {
        match closed::Client::new(url).list_keys().await.unwrap_err() {
            Error::ErrorResponse(response) => {
                let code: closed::types::ManagementErrorCode = response.into_inner().error;
                format!("enum {code}")
            }
            Error::InvalidResponsePayload(body, _) => format!("undecoded {}", text(&body)),
            other => panic!("{other}"),
        }
    } else {
        match open::Client::new(url).list_keys().await.unwrap_err() {
            Error::ErrorResponse(response) => {
                let code: open::types::ManagementErrorCode = response.into_inner().error;
                format!("text {}", *code)
            }
            other => panic!("{other}"),
        }
    };
    println!("{seen}");
}

fn text(body: &[u8]) -> &str {
    std::str::from_utf8(body).unwrap()
}
