"""Links to files, as the graph shows them."""

import strawberry

from resolvers.files import Link
from resolvers.leaves import from_record


@from_record(Link, name="FileLink")
class FileLink:
    """A short-lived link to a file. Fetching it makes the documented call and streams its answer."""

    url: str = strawberry.field(description="Relative to the gateway, `/files/...`.")
