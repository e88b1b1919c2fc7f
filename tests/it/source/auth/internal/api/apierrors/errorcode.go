package apierrors

type ErrorCode = string

const (
	// ErrorCodeUnexpectedFailure is for whatever should not happen.
	ErrorCodeUnexpectedFailure ErrorCode = "unexpected_failure"

	ErrorCodeBadJSON                   ErrorCode = "bad_json"
	ErrorCodeNoAuthorization           ErrorCode = "no_authorization"
	ErrorCodeUserNotFound              ErrorCode = "user_not_found"
	ErrorCodeUserBanned                ErrorCode = "user_banned"
	ErrorCodeCurrentPasswordRequired   ErrorCode = "current_password_required"
	ErrorCodeMFAWebAuthnEnrollDisabled ErrorCode = "mfa_webauthn_enroll_not_enabled"
	ErrorCodeOTPDisabled               ErrorCode = "otp_disabled"
)
