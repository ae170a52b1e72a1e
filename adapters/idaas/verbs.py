"""How IDaaS operations and records are declared: camelCase on the wire, a page as `Rows`."""

from adapters.operation import Rename, verbs
from adapters.record import Record

get, post, put, patch, delete = verbs(Rename.CAMEL)


class IdaasRecord(Record, frozen=True, rename="camel"):
    """Base of what IDaaS sends and takes."""
