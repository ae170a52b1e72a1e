"""Documents by their hash: known beforehand, or kept once a client has sent both."""

from collections.abc import Mapping
from hashlib import sha256

from cachetools import LRUCache

from adapters.errors import BadInput
from gql_ems.front.parameters import Parameters

KEPT = 1000
"""Documents that clients have sent with their hash, in this process; the one used longest ago is forgotten first."""

LONGEST_KEPT = 50_000


class PersistedDocuments:
    """Finds the text of what is asked; a hash is sha256 in hexadecimal."""

    def __init__(self, known: Mapping[str, str], *, only: bool = False) -> None:
        self._known = {mark.lower(): text for mark, text in known.items()}
        self._texts = frozenset(self._known.values())
        self._only = only
        self._kept: LRUCache[str, str] = LRUCache(KEPT)

    def find(self, asked: Parameters) -> str:
        """The text of a document; BadInput where neither it nor a known hash was sent."""
        named = asked.document_id is not None or asked.extensions is not None
        mark = hash_of(asked) if named else None
        known = self._known.get(mark) if mark else None
        if known is not None:
            return known
        if self._only:
            if asked.query in self._texts:
                return asked.query or ""
            raise BadInput("this gateway takes persisted documents alone", ("extensions",))
        if asked.query is None:
            return self._remembered(mark)
        if mark is not None:
            self._keep(mark, asked.query)
        return asked.query

    def _remembered(self, mark: str | None) -> str:
        if mark is None:
            raise BadInput("`query` is missing", ("query",))
        text = self._kept.get(mark)
        if text is None:
            raise BadInput("PersistedQueryNotFound", ("extensions", "persistedQuery"))
        return text

    def _keep(self, mark: str, text: str) -> None:
        if self._kept.get(mark) == text:
            return
        if sha256(text.encode("utf-8", "replace")).hexdigest() != mark:
            raise BadInput("the hash is not the document's sha256", ("extensions", "persistedQuery"))
        if len(text) <= LONGEST_KEPT:
            self._kept[mark] = text


def hash_of(asked: Parameters) -> str | None:
    """The hash that a request names: `documentId: "sha256:..."`, or `extensions.persistedQuery.sha256Hash`."""
    if asked.document_id is not None:
        return asked.document_id.removeprefix("sha256:").lower()
    told = (asked.extensions or {}).get("persistedQuery")
    mark = told.get("sha256Hash") if isinstance(told, dict) else None
    return mark.lower() if isinstance(mark, str) else None
