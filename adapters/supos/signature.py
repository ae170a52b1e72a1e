"""The signature under each request to supOS, and the cipher of the one secret that it sends back."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable, Mapping

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def text_to_sign(
    method: str,
    path: str,
    content_type: str,
    query: Iterable[tuple[str, str]],
    headers: Mapping[str, str],
) -> str:
    """Five lines: method, path, content type, query and X-MC headers; values stand as they are, not encoded."""
    pairs = sorted((key.lower(), value) for key, value in query)
    own = sorted((key.lower(), value) for key, value in headers.items() if key.lower().startswith("x-mc-"))
    lines = (
        method.upper(),
        path,
        content_type,
        "&".join(f"{key}={value}" for key, value in pairs),
        ";".join(f"{key}:{value}" for key, value in own),
    )
    return "".join(f"{line}\n" for line in lines)


def signature(secret_key: str, text: str) -> str:
    """The HMAC-SHA256 of a text in lower-case hexadecimal."""
    return hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()


def deciphered(text: str, secret_key: str) -> str:
    """The clear text of a password that supOS sent; raises ValueError where the key does not fit."""
    # The vendor fixed cipher and digest; both sides must do the same.
    key = hashlib.md5(secret_key.encode(), usedforsecurity=False).digest()
    try:
        sealed = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None
    opener = Cipher(algorithms.AES(key), modes.ECB()).decryptor()  # noqa: S305 - the vendor's choice
    padded = opener.update(sealed) + opener.finalize()
    unpadder = padding.PKCS7(128).unpadder()
    return (unpadder.update(padded) + unpadder.finalize()).decode()
