"""The page of settings: every key with its default, its environment variable and what it means."""

import types
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from docs.generate.tables import code, table
from docs.generate.tables import page as whole_page
from gql_ems.settings import ENV_PREFIX, Settings
from gql_ems.source_settings import NEEDED, OPTIONS, SECRETS, SourceTable

INTRODUCTION = """\
`gql-ems` reads the file that `--config` names, else `./ems.toml`, else nothing. Each key can be given as an environment
variable instead, which goes over the file; a list is written as in TOML, `EMS_SERVER__ALLOWED_ORIGINS=["https://noc.example.net"]`.
A key that is not listed here stops the start with one line that names it. The [command line](commands.md) goes over both."""

SOURCES = """\
One `[[sources]]` table for each system. The variable of a key is `EMS_SOURCES__0__` and the key in capitals, for the
first table; an index one past the last adds a table. The name `local` is the local store's."""


HIDDEN = """\
{keys} are secrets: each may be given as `<key>_env` (the name of a variable) or `<key>_file` (the path of a file)
instead, and none is ever printed."""


def page() -> str:
    """The page as the code has it now."""
    return whole_page("Settings", INTRODUCTION, *_sections(), *_sources())


def _sections() -> list[str]:
    parts = []
    for name, field in Settings.model_fields.items():
        if name == "sources":
            continue
        section = field.annotation
        assert isinstance(section, type)
        assert issubclass(section, BaseModel)
        rows = [
            (
                code(key),
                _type(one.annotation),
                _default(one),
                code(_variable(name, key)),
                one.description or "",
            )
            for key, one in section.model_fields.items()
        ]
        parts.append(
            f"## `[{name}]`\n\n{section.__doc__}\n\n"
            + table(("key", "type", "default", "environment", "meaning"), rows)
        )
    return parts


def _sources() -> list[str]:
    keys = [
        (code(key), _type(one.annotation), _default(one), one.description or "")
        for key, one in SourceTable.model_fields.items()
    ]
    secrets = ", ".join(code(key) for key in SECRETS)
    parts = [
        f"## `[[sources]]`\n\n{SOURCES}\n\n" + table(("key", "type", "default", "meaning"), keys),
        HIDDEN.format(keys=secrets),
        "### What each dialect signs in with\n\n"
        + table(
            ("dialect", "one of these groups must be whole"),
            (
                (code(dialect), "; or ".join(", ".join(code(key) for key in group) for group in groups))
                for dialect, groups in NEEDED.items()
            ),
        ),
    ]
    parts.extend(
        f"### Settings of `{dialect}` alone\n\n"
        + table(("key", "meaning"), ((code(key), text) for key, text in options.items()))
        for dialect, options in OPTIONS.items()
    )
    return parts


def _variable(section: str, key: str) -> str:
    return f"{ENV_PREFIX}{section}__{key}".upper()


def _type(annotation: Any) -> str:
    origin = get_origin(annotation)
    if origin is Literal:
        return " or ".join(code(value) for value in get_args(annotation))
    if origin is dict:
        return "table of texts"
    if origin is tuple:
        return "list of texts"
    if origin in (Union, types.UnionType):
        return _type(next(one for one in get_args(annotation) if one is not type(None)))
    names = {str: "text", int: "number", float: "number", bool: "true or false", SecretStr: "secret"}
    return names[annotation]


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "(needed)"
    value = field.default
    if isinstance(value, SecretStr) or value in ("", None, {}):
        return "(none)"
    if isinstance(value, bool):
        return code(str(value).lower())
    if isinstance(value, tuple):
        return code(list(value))
    return code(value.value if isinstance(value, Enum) else value)
