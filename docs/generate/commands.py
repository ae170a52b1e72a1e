"""The page of commands: every command of `gql-ems` with its options."""

from collections.abc import Iterator
from typing import Any

import typer.main

from docs.generate.tables import code, table
from docs.generate.tables import page as whole_page
from gql_ems.cli import app

INTRODUCTION = """\
`gql-ems COMMAND --help` tells the same. What is wrong is told in one line on stderr, with exit status 2."""


def page() -> str:
    """The page as the code has it now."""
    return whole_page("Commands", INTRODUCTION, *(_told(name, one) for name, one in every()))


def every() -> Iterator[tuple[str, Any]]:
    """Each command with its full name, groups opened."""
    yield from _below("gql-ems", typer.main.get_command(app))


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, command
        return
    for word, one in inner.items():
        yield from _below(f"{name} {word}", one)


def _told(name: str, command: Any) -> str:
    rows = [
        (
            code(", ".join(one.opts) if one.param_type_name == "option" else one.name.upper()),
            _default(one),
            one.help or "",
        )
        for one in command.params
        if one.name != "help"
    ]
    body = f"\n\n{table(('option', 'default', 'meaning'), rows)}" if rows else ""
    return f"## `{name}`\n\n{command.help}{body}"


def _default(option: Any) -> str:
    if option.required:
        return "(needed)"
    if option.default in (None, False, ()):
        return "(none)"
    return code(option.default)
