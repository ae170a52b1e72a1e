"""The SQL that callers send to the pretend OMC: read as MySQL reads it, run by SQLite, one SELECT alone."""

import re
import sqlite3
from typing import Any

Row = dict[str, Any]

_TOKENS = re.compile(r"'(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.|\"\")*\"|`[^`]*`|.", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "%": "\\%", "_": "\\_"}
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}


class Refused(Exception):
    """A statement that the OMC does not run; its text says why."""


def as_sqlite(text: str) -> str:
    """Rewrite MySQL literals: backslashes escape there, and double quotes hold text."""
    out = []
    for token in _TOKENS.findall(text):
        if len(token) > 1 and token[0] in "'\"":
            quote = token[0]
            inner = token[1:-1].replace(quote * 2, quote)
            plain = re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), inner, flags=re.DOTALL)
            doubled = plain.replace("'", "''")
            out.append(f"'{doubled}'")
        elif token in {"'", '"'}:
            raise Refused("You have an error in your SQL syntax: a literal is not closed")
        elif token == ";":
            raise Refused("more than one statement")
        else:
            out.append(token)
    return "".join(out)


def read(connection: sqlite3.Connection, statement: str, table: str) -> list[Row]:
    """Run one SELECT on one table; anything else is Refused."""
    text = as_sqlite(statement.strip())
    if not re.match(r"select\b", text, re.IGNORECASE):
        raise Refused("only SELECT is allowed")

    def allow(action: int, first: str | None, _second: str | None, _db: str | None, _by: str | None) -> int:
        fine = action in _ALLOWED and (action != sqlite3.SQLITE_READ or first == table)
        return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY

    connection.set_authorizer(allow)
    try:
        cursor = connection.execute(text)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    except (sqlite3.Error, sqlite3.Warning) as wrong:
        raise Refused(f"You have an error in your SQL syntax: {wrong}") from wrong
    finally:
        connection.set_authorizer(None)
