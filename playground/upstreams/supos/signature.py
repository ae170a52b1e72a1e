"""The AK/SK signature of supOS, as the server checks it."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping

ACCESS_KEY, SECRET_KEY = "ak00", "sk00"


def text_to_sign(
    method: str,
    path: str,
    content_type: str,
    query: Iterable[tuple[str, str]],
    headers: Mapping[str, str],
) -> str:
    """Lay a request out for signing: values as they are, query keys and X-MC headers in small letters."""
    pairs = sorted((name.lower(), value) for name, value in query)
    own = sorted((name.lower(), value) for name, value in headers.items() if name.lower().startswith("x-mc-"))
    lines = (
        method.upper(),
        path,
        content_type,
        "&".join(f"{name}={value}" for name, value in pairs),
        ";".join(f"{name}:{value}" for name, value in own),
    )
    return "".join(f"{line}\n" for line in lines)


def sign(secret_key: str, text: str) -> str:
    """Give the signature in lower-case hexadecimal."""
    return hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()


def header(access_key: str, signature: str) -> str:
    """Give the value of the Authorization header."""
    return f"Sign {access_key}-{signature}"
