"""The commands `user` and `token`: local accounts, for whoever may run commands on the gateway's machine."""

import asyncio
import sys
from datetime import timedelta
from pathlib import Path

import typer

from adapters.errors import BadInput
from gql_ems.identity import desk
from gql_ems.settings import Settings
from resolvers.permissions import ROLES


async def add(settings: Settings, name: str, role: str, password: str) -> None:
    """Adds an account."""
    if role not in ROLES:
        raise BadInput(f"--role: {role!r} is none of {', '.join(ROLES)}")
    async with desk.opened(settings) as opened:
        await opened.add(name, password, role)


async def give_password(settings: Settings, name: str, password: str) -> None:
    """Gives an account another password."""
    async with desk.opened(settings) as opened:
        await opened.give_password(name, password)


async def token(settings: Settings, name: str, days: int) -> str:
    """A token that counts for so many days."""
    async with desk.opened(settings) as opened:
        issued, _ = await opened.token(name, desk.tokens_of(settings), timedelta(days=days))
    return issued


def read_password(file: Path | None) -> str:
    """A password: of a file, of a terminal (asked for twice), or the first line of what is piped in."""
    if file is not None:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "is no text"
            raise BadInput(f"--password-file: {file}: {reason}") from None
        return lines[0] if lines else ""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def run_add(settings: Settings, name: str, role: str, file: Path | None) -> None:
    """What `user add` does."""
    asyncio.run(add(settings, name, role, read_password(file)))
    typer.echo(f"{name} is added with the role {role}")


def run_password(settings: Settings, name: str, file: Path | None) -> None:
    """What `user password` does."""
    asyncio.run(give_password(settings, name, read_password(file)))
    typer.echo(f"{name} has another password; his sessions have ended")


def run_token(settings: Settings, name: str, days: int) -> None:
    """What `token` does: the token alone is printed, so that a shell can take it."""
    typer.echo(asyncio.run(token(settings, name, days)))
