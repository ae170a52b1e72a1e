"""How a chapter of the document declares its operations."""

from collections.abc import Callable
from dataclasses import dataclass

from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Answer, Call


@dataclass(frozen=True)
class Documented:
    """An operation of the document, what it needs, and what answers it."""

    method: str
    path: str
    name: str
    answer: Callable[[Omc, Call], Answer]
    query: str = ""
    body: str = ""
    form: str = ""
    files: str = ""
    headers: str = ""
    public: bool = False
