"""How Beaver IoT operations and records are declared: snake_case on the wire."""

from adapters.operation import Rename, verbs
from adapters.record import Record

get, post, put, patch, delete = verbs(Rename.SNAKE)


class BeaverRecord(Record, frozen=True):
    """Base of what the platform sends and takes."""
