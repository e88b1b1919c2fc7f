import logging

from tensorloop_errors import CatalogError, RetryNotice, management

log = logging.getLogger(__name__)
aliases = {"ci": 1, "prod": 2}


def revoke(alias: str) -> int:
    """Raise an error for the caller, and keep the cause for the log."""
    try:
        return aliases.pop(alias)
    except KeyError as cause:
        raise management.not_found(detail=alias) from cause


def log_error(error: CatalogError) -> None:
    """Log one line. Only an error of the server needs the traceback and the cause."""
    is_ours = (error.status or 500) >= 500
    log.log(
        logging.ERROR if is_ours else logging.INFO,
        "%s",
        error,
        exc_info=error if is_ours else None,
        extra={"error_code": error.code_text, "error_status": error.status},
    )


def log_retry(notice: RetryNotice) -> None:
    """For `retrying(send, on_retry=log_retry)`."""
    log.warning(
        "attempt %d failed, next in %.1f s: %s",
        notice.attempt,
        notice.wait_s,
        notice.error,
    )
