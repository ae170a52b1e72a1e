"""What a test or a demo can turn at a pretend vendor: slowness, failures, and answers that are no answers."""

import random
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True)
class Knobs:
    """How a pretend vendor misbehaves; all off as it comes."""

    delay_ms: int = 0
    """Each answer waits this long."""
    fail_rate: float = 0.0
    """This share of the calls, 0 to 1, fails with `fail_status`."""
    fail_next: int = 0
    """The next so many calls fail with `fail_status`."""
    fail_status: int = 503
    retry_after: int = 0
    """Seconds told in `Retry-After` of a failure; 0 leaves the header out."""
    html: bool = False
    """An HTML page under 200, as a proxy's sign-in page would be."""
    garbage: bool = False
    """Bytes that are no JSON, under the JSON content type."""
    cut_off: bool = False
    """Half of the answer, then the connection closes."""
    hang: bool = False
    """The connection stays open and nothing comes."""
    code_zero: bool = False
    """A business failure in the vendor's own envelope, under HTTP 200 where the vendor does so."""
    wrong_types: bool = False
    """Numbers come as text and texts as numbers, all through the JSON answer."""
    huge_bytes: int = 0
    """The JSON answer is padded with blanks to this size."""
    expire_tokens: bool = False
    """Set once: every token given so far has expired."""
    expired_in_body: bool = False
    """A refused token is told inside of a 200 (vendors that do so)."""
    token_seconds: int = 0
    """Tokens given from now on live this long; 0 is the vendor's own time."""
    refuse_repeats: bool = False
    """The same write again within five seconds is refused as too frequent."""


class KnobBoard:
    """The knobs of all paths, and of path prefixes; the longest prefix that fits counts."""

    def __init__(self, knobs: Knobs | None = None) -> None:
        self._first = knobs or Knobs()
        self._by_prefix: dict[str, Knobs] = {"": self._first}
        self._chance = random.Random(5)

    def at(self, path: str) -> Knobs:
        """Say which knobs hold for a path."""
        best = max((p for p in self._by_prefix if path.startswith(p)), key=len)
        return self._by_prefix[best]

    def turn(self, settings: dict[str, Any], prefix: str = "") -> Knobs:
        """Set some knobs of a prefix and leave the others; an unknown name is a ValueError."""
        known = {field.name: field.type for field in fields(Knobs)}
        for name, value in settings.items():
            if name not in known:
                raise ValueError(f"no such knob: {name}")
            wanted = type(getattr(self._first, name))
            if not isinstance(value, wanted) and not (wanted is float and isinstance(value, int)):
                raise ValueError(f"{name} must be {wanted.__name__}")
        turned = replace(self._by_prefix.get(prefix, self._by_prefix[""]), **settings)
        self._by_prefix[prefix] = turned
        return turned

    def fails_now(self, path: str) -> bool:
        """Decide whether this call is one that fails, and count it off."""
        prefix = max((p for p in self._by_prefix if path.startswith(p)), key=len)
        knobs = self._by_prefix[prefix]
        if knobs.fail_next > 0:
            self._by_prefix[prefix] = replace(knobs, fail_next=knobs.fail_next - 1)
            return True
        return knobs.fail_rate > 0 and self._chance.random() < knobs.fail_rate

    def reset(self) -> None:
        """Go back to the knobs of the start, on all paths."""
        self._by_prefix = {"": self._first}
