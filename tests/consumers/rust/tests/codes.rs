//! What the crate says about a code, without any response.

use std::collections::BTreeSet;

use tensorloop_errors::{RETRY_STRATEGY, RetryAdvice, UnknownError, inference, management};

#[test]
fn a_code_is_its_text() {
    for &code in management::Code::ALL {
        assert_eq!(code.to_string(), code.as_str());
        assert_eq!(code.to_string().parse(), Ok(code));
        assert_eq!(management::Code::from_code(code.as_str()), Some(code));
    }
    assert!("plan_limit_seats".parse::<management::Code>().is_err());
}

#[test]
fn codes_are_ordered_by_their_text() {
    let sorted: BTreeSet<_> = management::Code::ALL.iter().copied().collect();
    assert_eq!(sorted.len(), management::Code::ALL.len());
    assert!(sorted.iter().map(|code| code.as_str()).is_sorted());
}

#[test]
fn a_code_knows_what_the_catalog_says() {
    let entry = management::Code::PlanLimitModel.entry();
    assert_eq!((entry.surface, entry.name, entry.status), ("management", "plan_limit_model", 403));
    assert_eq!(entry.meaning, "Requested a model not on your plan");
    assert_eq!(entry.fix, Some("Pick an allowed model. `detail` names the offending model."));
    assert_eq!(entry.retry_advice, Some(RetryAdvice::Never));
    assert_eq!(entry.retryable, Some(false));
}

#[test]
fn advice_has_its_own_numbers() {
    let Some(RetryAdvice::After { wait, backoff, .. }) =
        management::Code::RateLimited.entry().retry_advice
    else {
        panic!("rate_limited says when");
    };
    assert_eq!((wait.as_secs(), backoff), (3600, RETRY_STRATEGY));
    let Some(RetryAdvice::Backoff(backoff)) =
        inference::ErrorName::InternalServerError.entry().retry_advice
    else {
        panic!("a 500 is retried");
    };
    assert_eq!((backoff.retries, backoff.initial), (1, RETRY_STRATEGY.initial));
}

#[test]
fn the_status_decides_where_the_body_has_no_code() {
    for status in [502, 503] {
        assert_eq!(
            inference::ErrorName::from_status(status),
            Some(inference::ErrorName::UpstreamDown)
        );
    }
    assert_eq!(inference::ErrorName::UpstreamDown.entry().statuses, [502, 503]);
    assert_eq!(inference::ErrorName::from_status(418), None);
}

#[test]
fn answers_that_are_not_listed_follow_the_strategy() {
    for status in [429, 500, 504, 599] {
        assert_eq!(RetryAdvice::for_status(status), RetryAdvice::Backoff(RETRY_STRATEGY));
    }
    for status in [400, 408, 428, 430, 499] {
        assert_eq!(RetryAdvice::for_status(status), RetryAdvice::Never);
    }
}

#[test]
fn errors_without_a_code_are_as_pleasant() {
    for &name in inference::ErrorName::ALL {
        assert_eq!(name.to_string().parse(), Ok(name));
        assert_eq!(inference::ErrorName::from_name(name.as_str()), Some(name));
        assert_eq!(inference::ErrorName::from_status(name.entry().status), Some(name));
    }
    let unknown: Result<inference::ErrorName, UnknownError> = "teapot".parse();
    assert!(unknown.is_err());
}

#[test]
fn codes_go_through_serde() {
    for &code in management::Code::ALL {
        let json = serde_json::to_string(&code).unwrap();
        assert_eq!(json, format!("{:?}", code.as_str()));
        assert_eq!(serde_json::from_str::<management::Code>(&json).unwrap(), code);
    }
    assert!(serde_json::from_str::<management::Code>("\"plan_limit_seats\"").is_err());
}

#[test]
fn groups_are_asked_for() {
    let limits: Vec<_> = management::Code::ALL.iter().filter(|code| code.is_plan_limit()).collect();
    assert_eq!(limits.len(), 4);
    assert!(limits.iter().all(|code| code.as_str().starts_with("plan_limit_")));
    assert_eq!(management::Code::PlanLimitRpm.entry().tags, ["plan_limit"]);
}
