"""The page of permissions: what each lets somebody do, who holds it, and which fields ask for it."""

from docs.generate.tables import code, table
from docs.generate.tables import page as whole_page
from resolvers.permissions import ANYBODY, MEANINGS, NATIVE_WRITE, READ, ROLES, TABLE

INTRODUCTION = """\
Each root field and each field of a native namespace asks for one permission; `@requires` prints it in `schema.graphql`.
[Permissions](../permissions.md) tells how people sign in and how roles come to them."""


def page() -> str:
    """The page as the code has it now."""
    meanings = ((code(one), text, ", ".join(_holders(one)) or "nobody") for one, text in MEANINGS.items())
    special = sorted(
        (code(field), code(permission) if permission != ANYBODY else "none")
        for field, permission in TABLE.items()
        if permission != READ and (permission != NATIVE_WRITE or field.startswith("Query."))
    )
    return whole_page(
        "Permissions",
        INTRODUCTION,
        table(("permission", "lets somebody", "held by the roles"), meanings),
        "## Fields that ask for more than `read`\n\nA native write that is not listed asks for `native:write`, a read "
        "that is not listed for `read`.",
        table(("field", "permission"), special),
    )


def _holders(permission: str) -> list[str]:
    return [code(role) for role, held in ROLES.items() if permission in held]
