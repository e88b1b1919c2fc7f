//! What a caller of progenitor's clients sees of error codes: `ask-progenitor URL CODES CODE…` asks
//! `URL/CODE` for each and prints how it arrives. Each arm names the type that holds it.

macro_rules! clients {
    ($($name:ident)*) => {$(
        #[allow(clippy::all, dead_code)]
        mod $name {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
        }
    )*};
}
clients!(closed open features);

use progenitor_client::Error;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // Codes that are numbers, and codes within a URL.
    let busy: features::types::LedgerErrorCode = 2001.try_into().unwrap();
    assert_eq!(*busy, 2001);
    let url = "https://docs.acme.dev/errors#payments-quota.exceeded";
    assert_eq!(url.parse::<features::types::PaymentsErrorCode>().unwrap().to_string(), url);

    let arguments: Vec<String> = std::env::args().collect();
    for code in &arguments[3..] {
        let url = format!("{}/{code}", arguments[1]);
        let seen = match arguments[2].as_str() {
            "closed" => ask_closed(&url).await,
            "open" => ask_open(&url).await,
            other => panic!("{other}"),
        };
        println!("{seen}");
    }
}

async fn ask_closed(url: &str) -> String {
    match closed::Client::new(url).list_keys().await.unwrap_err() {
        Error::ErrorResponse(response) => {
            let code: closed::types::ManagementErrorCode = response.into_inner().error;
            format!("typed {code}")
        }
        Error::InvalidResponsePayload(body, _) => {
            format!("undecoded {}", std::str::from_utf8(&body).unwrap())
        }
        other => panic!("{other}"),
    }
}

async fn ask_open(url: &str) -> String {
    match open::Client::new(url).list_keys().await.unwrap_err() {
        Error::ErrorResponse(response) => {
            let code: String = response.into_inner().error.into();
            format!("text {code}")
        }
        other => panic!("{other}"),
    }
}
