"""Where a request may come from: origins, hosts, and the guard against forms of other sites."""

from collections.abc import Mapping
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

from adapters.errors import Forbidden

PREFLIGHT = ("x-ems-preflight", "graphql-require-preflight", "apollo-require-preflight", "x-requested-with")
"""Any of these headers makes a browser ask first, so a form of another site cannot have sent it."""

SENT = ("authorization", "content-type", "accept", "last-event-id", "x-ems-explain", *PREFLIGHT)
"""Headers that a page of an allowed origin may send."""


class Origins:
    """Which sites may talk to the gateway from a browser."""

    PREFLIGHTED: Mapping[str, str] = {
        "Access-Control-Allow-Methods": "GET, POST",
        "Access-Control-Allow-Headers": ", ".join(SENT),
        "Access-Control-Max-Age": "600",
    }

    def __init__(self, allowed: tuple[str, ...], *, loopback_only: bool) -> None:
        self.allowed = frozenset(origin.rstrip("/") for origin in allowed)
        self._loopback_only = loopback_only

    def check(self, headers: Mapping[str, str]) -> None:
        """Refuses a foreign origin, and in loopback mode a host name that somebody pointed here."""
        host = headers.get("host", "")
        if self._loopback_only and not is_loopback(host):
            raise Forbidden(f"this gateway answers on loopback alone, not as {host[:100]!r}")
        origin = headers.get("origin")
        if origin is not None and not self.accepts(origin, host):
            raise Forbidden(f"requests from {origin[:100]!r} are not allowed here")

    def accepts(self, origin: str, host: str) -> bool:
        """Whether an origin is this gateway's own page or an allowed one."""
        if origin.rstrip("/") in self.allowed:
            return True
        return bool(host) and _place(origin) == host.lower()

    def answered(self, headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
        """The headers that let a page of an allowed origin read the answer."""
        if not self.allowed:
            return []
        origin = headers.get("origin")
        if origin is None or origin.rstrip("/") not in self.allowed:
            return [(b"vary", b"Origin")]
        return [
            (b"vary", b"Origin"),
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-expose-headers", b"Retry-After, WWW-Authenticate"),
        ]

    def refuse_forged(self, method: str, media_type: str, headers: Mapping[str, str]) -> None:
        """Refuses what a form or a picture of another site could have sent without being asked for."""
        site = headers.get("sec-fetch-site")
        if method == "GET":
            forged = site in ("cross-site", "same-site") and "origin" not in headers
        else:
            forged = media_type == "multipart/form-data" and site not in ("same-origin", "none")
        if forged and not any(name in headers for name in PREFLIGHT):
            what = "query from another site" if method == "GET" else "multipart request"
            raise Forbidden(f"a {what} needs one of the headers {', '.join(PREFLIGHT)}")


@lru_cache(maxsize=256)
def is_loopback(host: str) -> bool:
    """Whether a Host header names this machine."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        if name == "localhost" or name.endswith(".localhost"):
            return True
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _place(origin: str) -> str:
    """Host and port of an origin; nothing where it is none."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in ("http", "https") else ""
