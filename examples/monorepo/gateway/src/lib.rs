//! What the gateway does with an error of a service.

use billing_errors::billing;
use search_errors::search;

/// Which service answered.
#[derive(Clone, Copy, Debug)]
pub enum Service {
    /// Bills and payments.
    Billing,
    /// The search.
    Search,
}

/// Whether the same request may succeed later, by what the service answered.
#[must_use]
pub fn is_worth_a_retry(service: Service, status: u16, body: &str) -> bool {
    match service {
        Service::Billing => billing::ApiError::read(status, body).retryable(),
        Service::Search => search::ApiError::read(status, body).retryable(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_service_has_errors_of_its_own() {
        let declined = billing::card_declined();
        assert!(!is_worth_a_retry(Service::Billing, 402, &declined.body()));
        let rebuilding = search::index_rebuilding();
        assert!(is_worth_a_retry(Service::Search, 503, &rebuilding.body()));
    }

    /// The platform's errors come in the body of each service.
    #[test]
    fn both_services_have_the_errors_of_the_platform() {
        let (one, other) = (billing::rate_limited().body(), search::rate_limited().body());
        assert_ne!(one, other);
        assert!(is_worth_a_retry(Service::Billing, 429, &one));
        assert!(is_worth_a_retry(Service::Search, 429, &other));
    }
}
