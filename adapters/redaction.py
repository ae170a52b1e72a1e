"""Secrets taken out of what a source gave, wherever they stand: by the name of a field, or inside of a text."""

import re
from typing import Any

HIDDEN = "[redacted]"

_NAMES = re.compile(
    r"(?ix)^(?:"
    r".*pass(?:word|wd|phrase)? | .*pwd | p6d | .*secret.* | c4tS4t | .*token(?!id$|izer|count).* | token_?id |"
    r" authorization | .*private_?key | .*api_?key | access_?key | secret_?key | sk | ki | op | opc | encOpcKey |"
    r" encPermanentKey | cookie | set-cookie | initpassword )$"
)
_TEXTS = re.compile(
    r"(?i)((?:access_?token|refresh_?token|token|password|passwd|pwd|secret|client_secret|authorization)"
    r"[\"']?\s*[=:]\s*[\"']?)(?:bearer\s+)?[^\s\"'&,;}]+"
)
_BEARER = re.compile(r"(?i)\bbearer\s+[A-Za-z0-9._~+/=-]{8,}")
_JWT = re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?")


def secret_name(name: str) -> bool:
    """Whether a field of this name holds a secret."""
    return _NAMES.match(name) is not None


def scrubbed(value: Any) -> Any:
    """The same value without its secrets; what needs no change is not copied."""
    if isinstance(value, str):
        return scrubbed_text(value)
    if isinstance(value, dict):
        return {
            k: HIDDEN if v not in (None, "") and secret_name(str(k)) else scrubbed(v)
            for k, v in value.items()
        }
    if isinstance(value, list | tuple):
        return [scrubbed(v) for v in value]
    return value


def scrubbed_text(text: str) -> str:
    """A text without the tokens and passwords that it quotes."""
    if len(text) < 6:
        return text
    text = _TEXTS.sub(lambda m: m.group(1) + HIDDEN, text)
    text = _BEARER.sub(f"Bearer {HIDDEN}", text)
    return _JWT.sub(HIDDEN, text)
