"""What an IMSI must look like before it goes anywhere."""

import re

from adapters.errors import BadInput


def checked_imsi(imsi: str, field: tuple[str, ...]) -> str:
    """An IMSI has 5 to 15 digits (TS 29.571); nothing else goes anywhere."""
    if not re.fullmatch(r"[0-9]{5,15}", imsi):
        raise BadInput("an IMSI has 5 to 15 digits", field)
    return imsi
