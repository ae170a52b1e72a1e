"""The gateway's secret: made once, readable by its owner alone; what is needed is derived from it."""

import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gql_ems.settings import ConfigurationError

LENGTH = 48


class Keys:
    """Keys for different uses, none of which tells anything of another."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "Keys(...)"

    def derived(self, use: str) -> bytes:
        """32 bytes for one use."""
        return HKDF(SHA256(), 32, None, use.encode()).derive(self._secret)

    def fernet(self, use: str) -> bytes:
        """A key in the form that Fernet takes."""
        return urlsafe_b64encode(self.derived(use))


def read(path: Path) -> Keys:
    """The keys of a secret file, which is made on the first start; one that others may read is refused."""
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    except OSError as error:
        raise ConfigurationError(f"auth.secret_file: {path}: {error.strerror}") from None
    else:
        with os.fdopen(made, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
    try:
        if path.stat().st_mode & 0o077:
            raise ConfigurationError(f"auth.secret_file: {path} can be read by others; chmod 600 it")
        secret = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"auth.secret_file: {path}: {error.strerror}") from None
    if len(secret) < 32:
        raise ConfigurationError(f"auth.secret_file: {path} holds less than 32 bytes")
    return Keys(secret)
