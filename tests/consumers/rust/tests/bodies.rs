//! Reads and writes bodies with `serde_json`.

use key_service::{Advice, advice};
use tensorloop_errors::{inference, management};

#[test]
fn an_unknown_code_keeps_its_text() {
    let body = r#"{"error":"plan_limit_seats","detail":null,"trace":1}"#;
    let error: management::ApiError = serde_json::from_str(body).unwrap();
    assert_eq!(error.error, "plan_limit_seats");
    assert_eq!(error.known(), None);
    assert_eq!(error.detail, None);
    assert_eq!(error.to_string(), "unknown code plan_limit_seats");
}

#[test]
fn a_code_goes_round() {
    for &code in management::Code::ALL {
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(serde_json::from_str::<management::Code>(&json).unwrap(), code);
        let error: management::ApiError = serde_json::from_str(code.body()).unwrap();
        assert_eq!(error.known(), Some(code));
        assert_eq!(serde_json::to_string(&error).unwrap(), code.body());
    }
    assert!(serde_json::from_str::<management::Code>("\"plan_limit_seats\"").is_err());
}

#[test]
fn an_error_is_one_safe_line() {
    let body = r#"{"error":"plan_limit_model","detail":"gpt-4o\n\u001b[31m"}"#;
    let error: management::ApiError = serde_json::from_str(body).unwrap();
    assert_eq!(
        error.to_string(),
        "plan_limit_model (403): Requested a model not on your plan [gpt-4o  [31m]"
    );
}

#[test]
fn a_real_proxy_body_is_read() {
    let body = r#"{"error":{"message":"No api key passed in.","type":"auth_error","param":"None","code":"401"}}"#;
    let error: inference::ApiError = serde_json::from_str(body).unwrap();
    assert_eq!(error.error.r#type.as_deref(), Some("auth_error"));
    assert_eq!(error.to_string(), "inference error [auth_error] [No api key passed in.]");

    let body = r#"{"error":{"message":"Rate limited.","type":null,"param":null,"code":"429"}}"#;
    let error: inference::ApiError = serde_json::from_str(body).unwrap();
    assert_eq!(error.error.r#type, None);
}

#[test]
fn a_client_decides_by_the_code() {
    let show = |text: &str| Advice::Show(text.to_owned());
    assert_eq!(advice(r#"{"error":"alias_taken"}"#), Advice::AnotherAlias);
    assert_eq!(advice(r#"{"error":"litellm_failed"}"#), Advice::Retry);
    assert_eq!(advice(r#"{"error":"unauthorized"}"#), show("Sign in again."));
    assert_eq!(advice(r#"{"error":"new"}"#), show("unknown code new"));
    assert_eq!(advice("<html>"), show("the answer is none of the API's"));
}
