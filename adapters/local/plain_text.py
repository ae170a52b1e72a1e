"""Text as both databases can hold and compare it."""


def storable(text: str) -> str:
    """Drop what a database column cannot hold: NUL, and halves of surrogate pairs."""
    if text.isascii() and "\0" not in text:
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def folded(text: str) -> str:
    """Make text comparable whatever its case and outer blanks."""
    return storable(text).casefold().strip()
