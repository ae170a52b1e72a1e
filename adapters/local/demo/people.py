"""Demo departments, roles and users; nobody of them can sign in before a password is set."""

from datetime import datetime, timedelta
from typing import Any

from adapters.local.organizations import organization_row
from adapters.local.roles import role_row
from adapters.local.users import user_row
from adapters.records import Organization, Role, User, UserStatus

DEPARTMENTS: tuple[tuple[str, str, str | None], ...] = (
    ("operations", "Operations", None),
    ("noc", "Network operation centre", "operations"),
    ("field", "Field service", "operations"),
    ("field-north", "Field service north", "field"),
    ("field-south", "Field service south", "field"),
    ("engineering", "Engineering", None),
    ("core", "Core network", "engineering"),
    ("transport", "Transport", "engineering"),
    ("plant", "Plant", None),
    ("energy", "Energy", "plant"),
)

ROLES: tuple[tuple[str, str, str], ...] = (
    ("admin", "Administrator", "Everything, secrets and audit included"),
    ("operator", "Operator", "Reads, and handles alarms, devices, workflows and approvals"),
    ("viewer", "Viewer", "Reads"),
    ("planner", "Planner", "Plans capacity"),
    ("auditor", "Auditor", "Reviews what was done"),
    ("field", "Field engineer", "Works on site"),
)

# The first are known to other systems of the sandbox by the same address.
ACCOUNTS: tuple[tuple[str, str, str], ...] = (
    ("noc-shift-a", "noc", "operator"),
    ("noc-shift-b", "noc", "operator"),
    ("core-planner", "core", "planner"),
    ("field-north", "field-north", "field"),
    ("field-south", "field-south", "field"),
    ("plant-operator", "plant", "operator"),
    ("auditor", "operations", "auditor"),
    ("energy-desk", "energy", "viewer"),
    ("gateway-admin", "operations", "admin"),
    ("core-duty", "core", "operator"),
)
DESKS = (
    ("noc-desk", "noc", "operator"),
    ("field-crew", "field", "field"),
    ("lab-bench", "transport", "viewer"),
)


def organizations(source: str) -> list[dict[str, Any]]:
    """Departments, each behind the one it belongs to."""
    return [
        organization_row(
            Organization(
                source=source,
                native_id=native_id,
                name=name,
                code=native_id.upper(),
                parent_id=parent,
                leader=f"head-of-{native_id}",
                phone=None,
                email=f"{native_id}@example.net",
                enabled=True,
            )
        )
        for native_id, name, parent in DEPARTMENTS
    ]


def roles(source: str, now: datetime) -> list[dict[str, Any]]:
    """Six roles."""
    return [
        role_row(
            Role(
                source=source,
                native_id=code,
                name=name,
                code=code,
                description=description,
                enabled=True,
                created_at=now - timedelta(days=400),
            )
        )
        for code, name, description in ROLES
    ]


def accounts() -> list[tuple[str, str, str]]:
    """Forty accounts: name, department, role."""
    numbered = [
        (f"{desk}-{number:02}", department, role)
        for number in range(1, 11)
        for desk, department, role in DESKS
    ]
    return [*ACCOUNTS, *numbered]


def users(source: str, now: datetime) -> list[dict[str, Any]]:
    """The accounts as users."""
    return [
        user_row(
            User(
                source=source,
                native_id=name,
                username=name,
                status=UserStatus.DISABLED if number % 17 == 16 else UserStatus.ACTIVE,
                display_name=name.replace("-", " ").capitalize(),
                email=f"{name}@example.net",
                phone=f"1390000{number + 1:04}",
                description=None,
                avatar_url=None,
                created_at=now - timedelta(days=300 - number),
                updated_at=now - timedelta(days=30),
                last_login_at=now - timedelta(hours=number) if number % 3 else None,
                last_login_ip=None,
                expires_at=None,
                organization=Organization(source=source, native_id=department),
            )
        )
        for number, (name, department, _) in enumerate(accounts())
    ]


def grants() -> list[dict[str, str]]:
    """Who holds which role."""
    return [{"user_id": name, "role_id": role} for name, _, role in accounts()]
