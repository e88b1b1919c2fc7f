//! What a caller of openapi-generator's Rust clients sees of an error code:
//! `ask-openapi-generator URL CODES` prints how the code of the error arrives. Each arm names the
//! type that holds it.

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let url = arguments[1].clone();
    let seen = if arguments[2] == "closed" { ask_closed(url).await } else { ask_open(url).await };
    println!("{seen}");
}

async fn ask_closed(base_path: String) -> String {
    use closed::apis::keys_api::{ListKeysError, list_keys};
    use closed::apis::{Error, configuration::Configuration};

    let configuration = Configuration { base_path, ..Configuration::default() };
    let Err(Error::ResponseError(response)) = list_keys(&configuration).await else { panic!() };
    match response.entity {
        Some(ListKeysError::Status401(error)) => {
            let code: closed::models::ManagementErrorCode = error.error;
            format!("enum {code}")
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
