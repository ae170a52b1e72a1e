"""What a pretend vendor has been asked, and what was wrong with it against the document."""

from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

SECRET_NAMES = frozenset(
    {
        "authorization", "accesstoken", "access_token", "x-access-token", "x-auth-token", "cookie", "password",
        "client_secret", "refresh_token", "token", "code", "accountpassword", "secret",
    }
)  # fmt: skip
MASK = "***"


@dataclass
class Entry:
    """One request, with secrets masked."""

    number: int
    at: float
    method: str
    path: str
    query: list[tuple[str, str]]
    headers: dict[str, str]
    body_bytes: int
    operation: str = ""
    status: int = 0
    complaints: list[str] = field(default_factory=list)


class Journal:
    """The last ten thousand requests; `total` and `busiest` count since the start or the last reset."""

    def __init__(self) -> None:
        self.entries: deque[Entry] = deque(maxlen=10_000)
        self.total = 0
        self.busy = 0
        self.busiest = 0

    def open(
        self, at: float, method: str, path: str, query: list[tuple[str, str]], headers: dict[str, str]
    ) -> Entry:
        """Note a request that has just come in."""
        self.total += 1
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        entry = Entry(
            number=self.total,
            at=at,
            method=method,
            path=path,
            query=[(name, MASK if name.lower() in SECRET_NAMES else value) for name, value in query],
            headers={
                name: MASK if name.lower() in SECRET_NAMES else value for name, value in headers.items()
            },
            body_bytes=0,
        )
        self.entries.append(entry)
        return entry

    def close(self, entry: Entry, status: int) -> None:
        """Note that a request is done with; status 0 says that no whole answer went out."""
        entry.status = status
        self.busy -= 1

    def requests(self, *, operation: str = "", path: str = "") -> list[dict[str, Any]]:
        """List the requests, oldest first, of one operation or below one path where asked."""
        return [
            asdict(entry)
            for entry in self._now()
            if (not operation or entry.operation == operation) and entry.path.startswith(path)
        ]

    def complaints(self) -> list[dict[str, Any]]:
        """List each complaint with the request it is about."""
        return [
            {
                "number": e.number,
                "method": e.method,
                "path": e.path,
                "operation": e.operation,
                "complaint": text,
            }
            for e in self._now()
            for text in e.complaints
        ]

    def _now(self) -> tuple[Entry, ...]:
        """The entries at one moment: a vendor that listens at two ports is asked in two threads."""
        return tuple(self.entries)

    def reset(self) -> None:
        """Forget all requests."""
        self.entries.clear()
        self.total = self.busiest = 0
