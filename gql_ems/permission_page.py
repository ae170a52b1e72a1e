"""The page docs/permissions.md, written from the table of permissions: `python -m gql_ems.permission_page`."""

import sys
from collections import defaultdict

from graphql import GraphQLObjectType

from resolvers import schema
from resolvers.guards import required_by
from resolvers.permissions import ANYBODY, MEANINGS, NATIVE_WRITE, READ, ROLES, TABLE

_TEXT = """# Who may do what

A caller is somebody with a token: of a local account (`login`, or `gql-ems token NAME`), or of an outside identity
provider. What a caller may do hangs on permissions, which roles hold. The claim `auth.roles_claim` of a provider's
token names roles; `auth.role_map` translates the provider's names. A role that is not in this table holds nothing.

A field that a caller may not see is null with the error `FORBIDDEN`, and nothing around it is lost. A change that a
caller may not make changes nothing, and is told in the audit log. Without a token only `login` and `refreshSession`
run; everything else is HTTP 401 with `UNAUTHENTICATED`, and a WebSocket is closed with 4401.

## Permissions and roles

{roles}

In `auth.mode = "none"` everybody is `anonymous`, an `admin` without `subscriber:secrets`.

## Beside the graph

| where | what it takes |
| --- | --- |
| `/ingest/{{source}}/...` | `ingest` |
| `/metrics` | `read` |
| `/files/{{token}}` | the link itself: sealed, made for who asked for it, good for five minutes |
| `/healthz`, `/readyz`, the page | nothing |
| header `x-ems-explain: 1` | `explain` |

## Fields that take more than `read`

The same stands in schema.graphql as `@requires(permission: ...)`.

{fields}

Every other read and every subscription takes `read`; `viewer`, `logout`, `login` and `refreshSession` take nothing.
"""


def page() -> str:
    """The whole page."""
    return _TEXT.format(roles=_roles(), fields=_fields())


def _roles() -> str:
    lines = [f"| permission | {' | '.join(f'`{role}`' for role in ROLES)} | lets somebody |"]
    lines.append("| --- |" + " :-: |" * len(ROLES) + " --- |")
    for permission, meaning in MEANINGS.items():
        held = " | ".join("x" if permission in ROLES[role] else " " for role in ROLES)
        lines.append(f"| `{permission}` | {held} | {meaning} |")
    return "\n".join(lines)


def _fields() -> str:
    by_permission: dict[str, list[str]] = defaultdict(list)
    for name, permission in TABLE.items():
        if permission not in (ANYBODY, READ):
            by_permission[permission].append(name)
    for type_ in schema.build()._schema.type_map.values():  # noqa: SLF001 - the finished fields carry what is printed
        if isinstance(type_, GraphQLObjectType):
            for name, field in type_.fields.items():
                own = required_by(field)
                if own and f"{type_.name}.{name}" not in TABLE:
                    by_permission[own].append(f"{type_.name}.{name}")
    parts = []
    for permission in MEANINGS:
        found = by_permission.get(permission)
        if found:
            names = ", ".join(f"`{name.removeprefix('Mutation.')}`" for name in sorted(found))
            note = " (writes of the native namespaces)" if permission == NATIVE_WRITE else ""
            parts.append(f"### `{permission}`{note}\n\n{names}")
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
