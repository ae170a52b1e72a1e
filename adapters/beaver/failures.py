"""The platform's error codes, and what each is told as."""

from collections.abc import Mapping
from typing import Any

from adapters.dialect import SessionRefused
from adapters.errors import ErrorCode, UpstreamError, UpstreamRejected
from adapters.redaction import scrubbed_text

REFUSED_TOKENS = frozenset({"token_expired", "token_invalid", "authentication_failed"})
"""The session is over, or was never good."""

CODES: dict[str, ErrorCode] = {
    "data_no_found": ErrorCode.NOT_FOUND,
    "entity_not_found": ErrorCode.NOT_FOUND,
    "role_does_not_exit": ErrorCode.NOT_FOUND,
    "device_group_not_found": ErrorCode.NOT_FOUND,
    "name_repeated": ErrorCode.CONFLICT,
    "user_register_email_exist": ErrorCode.CONFLICT,
    "tenant_user_inited": ErrorCode.CONFLICT,
    "role_still_has_user": ErrorCode.CONFLICT,
    "dashboard_name_exist": ErrorCode.CONFLICT,
    "device_group_name_exists": ErrorCode.CONFLICT,
    "forbidden_permission": ErrorCode.FORBIDDEN,
    "no_data_permission": ErrorCode.FORBIDDEN,
    "request_too_frequently": ErrorCode.RATE_LIMITED,
    "data_too_large": ErrorCode.BAD_USER_INPUT,
}
"""What the platform's codes become; any other is UPSTREAM_REJECTED."""

_BAD_INPUT = ("parameter_", "entity_value_")
"""Beginnings of the many codes that tell of one wrong field."""


def code_of(told: Mapping[str, Any]) -> str | None:
    """The error code of an answer; of several errors the first."""
    code = told.get("error_code")
    inner = told.get("data")
    if code == "multiple_error" and isinstance(inner, list) and inner and isinstance(inner[0], dict):
        code = inner[0].get("error_code") or code
    return code if isinstance(code, str) else None


def failure(source: str, code: str | None, told: Mapping[str, Any], status: int) -> UpstreamError:
    """The error that an answer tells of."""
    text = told.get("error_message") or told.get("detail_message")
    message = scrubbed_text(str(text)) if text else None
    facts: dict[str, Any] = {
        "source": source,
        "upstream_code": code,
        "upstream_message": message,
        "http_status": status,
    }
    if code in REFUSED_TOKENS or (code is None and status == 401):
        return SessionRefused(f"{source} refused the gateway's session.", **facts)
    mapped = CODES.get(code or "")
    if mapped is None and code is not None and code.startswith(_BAD_INPUT):
        mapped = ErrorCode.BAD_USER_INPUT
    if mapped is None and code is None:
        mapped = {403: ErrorCode.FORBIDDEN, 404: ErrorCode.NOT_FOUND}.get(status)
    reason = message or code or f"HTTP {status}"
    return UpstreamRejected(f"{source} refused: {reason}", code=mapped, **facts)
