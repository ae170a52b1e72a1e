"""The command line: serve, sandbox, check, schema, migrate, user, token. Errors are one line on stderr and exit 2."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from adapters.errors import EmsError
from gql_ems.settings import ConfigurationError, Settings, read

app = typer.Typer(
    name="gql-ems",
    help="One GraphQL endpoint over a 5G OMC, IoT, industrial, identity and campus network systems.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Config = Annotated[
    Path | None,
    typer.Option("--config", help="TOML file; default ./ems.toml, without one the local store alone."),
]


def main() -> None:
    """Entry point: what is wrong with the configuration or the store is told in one line."""
    try:
        app()
    except (ConfigurationError, EmsError) as error:
        _fail(str(error))


@app.command()
def serve(
    config: Config = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that share the store.")] = 1,
) -> None:
    """Runs the gateway."""
    from gql_ems import serving  # noqa: PLC0415 - the other commands start faster without it

    settings = _settings(config, host, port)
    serving.serve(settings, config, workers)


@app.command()
def sandbox(
    dialect: Annotated[
        str | None, typer.Option(help="omc, beaver, supos, idaas or nce; all where left out.")
    ] = None,
    port: Annotated[
        int, typer.Option(help="Port of the first; the others follow. 0 takes free ones.")
    ] = 9101,
) -> None:
    """Runs pretend upstreams to try the gateway against."""
    from playground.upstreams import sandbox as upstreams  # noqa: PLC0415 - not needed to serve

    if dialect is not None and dialect not in upstreams.APPS:
        _fail(f"--dialect: {dialect!r} is none of {', '.join(upstreams.APPS)}")
    upstreams.run((dialect,) if dialect else tuple(upstreams.APPS), port)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the gateway.")] = 8000,
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its store.")] = Path(".run"),
) -> None:
    """Runs the gateway over the pretend upstreams and a local store with demo data."""
    from gql_ems import demo as demonstration  # noqa: PLC0415 - not needed to serve

    demonstration.run(port, folder)


@app.command()
def check(config: Config = None) -> None:
    """Reads the configuration, signs in to every source, and tells what works."""
    from gql_ems import checking  # noqa: PLC0415 - not needed to serve

    if not asyncio.run(checking.check(_settings(config), typer.echo)):
        raise typer.Exit(1)


@app.command()
def schema(
    check: Annotated[
        bool, typer.Option("--check", help="Compare with schema.graphql in place of printing.")
    ] = False,
) -> None:
    """Prints the SDL."""
    from gql_ems import schema_file  # noqa: PLC0415 - not needed to serve

    if not check:
        typer.echo(schema_file.current(), nl=False)
        return
    problems = schema_file.problems(Path("schema.graphql"))
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)


@app.command()
def migrate(config: Config = None) -> None:
    """Brings the store's tables up to date."""
    from adapters.local import migrate as migrations  # noqa: PLC0415 - not needed to serve

    settings = _settings(config)
    typer.echo(f"the store is at revision {asyncio.run(migrations.upgrade(settings.storage.url))}")


user = typer.Typer(help="Local accounts.", no_args_is_help=True)
app.add_typer(user, name="user")

PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file", help="Its first line is the password; else asked for, or read from stdin."
    ),
]


@user.command("add")
def user_add(
    name: Annotated[str, typer.Argument(help="What the account is called.")],
    role: Annotated[str, typer.Option(help="viewer, operator, admin or ingest.")] = "viewer",
    password_file: PasswordFile = None,
    config: Config = None,
) -> None:
    """Adds a local account."""
    from gql_ems import accounts_cli  # noqa: PLC0415 - not needed to serve

    accounts_cli.run_add(_settings(config), name, role, password_file)


@user.command("password")
def user_password(
    name: Annotated[str, typer.Argument(help="Whose password it is.")],
    password_file: PasswordFile = None,
    config: Config = None,
) -> None:
    """Gives a local account another password and ends its sessions."""
    from gql_ems import accounts_cli  # noqa: PLC0415 - not needed to serve

    accounts_cli.run_password(_settings(config), name, password_file)


@app.command()
def token(
    name: Annotated[str, typer.Argument(help="The account that the token acts as.")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="For how long it counts.")] = 30,
    config: Config = None,
) -> None:
    """Prints a token for a program that acts as a local account."""
    from gql_ems import accounts_cli  # noqa: PLC0415 - not needed to serve

    accounts_cli.run_token(_settings(config), name, days)


def _settings(config: Path | None, host: str | None = None, port: int | None = None) -> Settings:
    """The settings, with what the command line says over all."""
    environment = dict(os.environ)
    if host is not None:
        environment["EMS_SERVER__HOST"] = host
    if port is not None:
        environment["EMS_SERVER__PORT"] = str(port)
    return read(config, environment)


def _fail(message: str) -> NoReturn:
    print(f"gql-ems: {' '.join(message.split())}", file=sys.stderr)  # noqa: T201 - the one line
    sys.exit(2)
