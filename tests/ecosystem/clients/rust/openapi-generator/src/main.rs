//! What a caller of openapi-generator's Rust clients sees of error codes:
//! `ask-openapi-generator URL CODES CODE…` asks `URL/CODE` for each and prints how it arrives. Each
//! arm names the type that holds it.

use features::models::{LedgerErrorCode, PaymentsErrorCode};
use operations::apis::keys_api::GetUsageError;
use operations::models::ApiGetUsageError403Code as ForbiddenCode;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    // Codes that are numbers, and codes within a URL, have the names of their errors.
    assert_eq!(LedgerErrorCode::UNBALANCED as i64, 1001);
    let url = "https://docs.acme.dev/errors#payments-quota.exceeded";
    assert_eq!(PaymentsErrorCode::QUOTA_EXCEEDED.to_string(), url);

    let arguments: Vec<String> = std::env::args().collect();
    for code in &arguments[3..] {
        let url = format!("{}/{code}", arguments[1]);
        let seen = match arguments[2].as_str() {
            "closed" => ask_closed(url).await,
            "open" => ask_open(url).await,
            other => panic!("{other}"),
        };
        println!("{seen}");
    }
}

async fn ask_closed(base_path: String) -> String {
    use closed::apis::keys_api::{ListKeysError, list_keys};
    use closed::apis::{Error, configuration::Configuration};

    let configuration = Configuration { base_path, ..Configuration::default() };
    let Err(Error::ResponseError(response)) = list_keys(&configuration).await else { panic!() };
    match response.entity {
        Some(ListKeysError::Status401(error)) => {
            let code: closed::models::ManagementErrorCode = error.error;
            format!("typed {code}")
        }
        Some(ListKeysError::UnknownValue(json)) => format!("undecoded {json}"),
        other => panic!("{other:?}"),
    }
}

async fn ask_open(base_path: String) -> String {
    use open::apis::keys_api::{ListKeysError, list_keys};
    use open::apis::{Error, configuration::Configuration};

    let configuration = Configuration { base_path, ..Configuration::default() };
    let Err(Error::ResponseError(response)) = list_keys(&configuration).await else { panic!() };
    match response.entity {
        Some(ListKeysError::Status401(error)) => {
            let code: String = error.error;
            format!("text {code}")
        }
        other => panic!("{other:?}"),
    }
}

/// What went wrong with an operation. The compiler checks that it has these statuses, and these codes with 403.
#[allow(dead_code)]
fn number(error: GetUsageError) -> u8 {
    match error {
        GetUsageError::Status403(error) => match error.error {
            ForbiddenCode::E4030 | ForbiddenCode::E4031 | ForbiddenCode::E4033 => 1,
        },
        GetUsageError::Status400(_)
        | GetUsageError::Status404(_)
        | GetUsageError::Status409(_)
        | GetUsageError::Status429(_) => 2,
        GetUsageError::UnknownValue(_) => 3,
    }
}
