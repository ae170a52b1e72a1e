"""Who may do what: one table of permissions for every root field, and what each local role holds."""

from adapters.errors import Forbidden

READ = "read"
ALARMS = "alarms:write"
DEVICES = "devices:write"
WORKFLOWS = "workflows:write"
APPROVALS = "approvals:write"
USERS = "users:write"
NETWORK = "network:write"
SUBSCRIBERS = "subscribers:write"
SUBSCRIBER_SECRETS = "subscriber:secrets"
USER_SECRETS = "user:secrets"
NATIVE_WRITE = "native:write"
MML = "mml"
AUDIT_READ = "audit:read"
EXPLAIN = "explain"
INGEST = "ingest"

ANYBODY = ""
"""For fields that take no permission: signing in."""

VIEWER = frozenset({READ})
OPERATOR = VIEWER | {ALARMS, DEVICES, WORKFLOWS, APPROVALS}
ADMIN = OPERATOR | {
    USERS,
    NETWORK,
    SUBSCRIBERS,
    SUBSCRIBER_SECRETS,
    USER_SECRETS,
    NATIVE_WRITE,
    MML,
    AUDIT_READ,
    EXPLAIN,
    INGEST,
}

ROLES: dict[str, frozenset[str]] = {"viewer": VIEWER, "operator": OPERATOR, "admin": ADMIN}
"""What the local roles hold."""

MUTATIONS: dict[str, str] = {
    "acknowledgeAlarms": ALARMS,
    "unacknowledgeAlarms": ALARMS,
    "clearAlarms": ALARMS,
    "shelveAlarms": ALARMS,
    "unshelveAlarms": ALARMS,
    "commentAlarm": ALARMS,
    "createUser": USERS,
    "updateUser": USERS,
    "setUserStatus": USERS,
    "resetUserPassword": USERS,
    "deleteUsers": USERS,
    "assignRoles": USERS,
    "unassignRoles": USERS,
    "linkAccounts": USERS,
    "unlinkAccount": USERS,
    "createRole": USERS,
    "updateRole": USERS,
    "deleteRoles": USERS,
    "createOrganization": USERS,
    "updateOrganization": USERS,
    "deleteOrganization": USERS,
    "createNetworkElement": NETWORK,
    "updateNetworkElement": NETWORK,
    "deleteNetworkElement": NETWORK,
    "runMml": MML,
    "createSubscriber": SUBSCRIBERS,
    "updateSubscriber": SUBSCRIBERS,
    "deleteSubscribers": SUBSCRIBERS,
    "setAuthentication": SUBSCRIBERS,
    "setPolicy": SUBSCRIBERS,
    "createDevice": DEVICES,
    "updateDevice": DEVICES,
    "deleteDevices": DEVICES,
    "updateWorkflow": WORKFLOWS,
    "setWorkflowEnabled": WORKFLOWS,
    "deleteWorkflows": WORKFLOWS,
    "approveDevices": APPROVALS,
    "updateDeviceApprovals": APPROVALS,
    "login": ANYBODY,
    "refreshSession": ANYBODY,
    "logout": ANYBODY,
    "omcRunMmlUdm": MML,
    "omcRunMmlOmc": MML,
}
"""Unified mutations, and native ones that need more than `native:write`."""

QUERIES: dict[str, str] = {"auditLog": AUDIT_READ, "viewer": ANYBODY}
"""Queries that need something else than `read`."""

NATIVE_PREFIXES = ("omc", "beaver", "supos", "idaas", "nce")


def of_root(type_name: str, field: str) -> str:
    """The permission of a root field; KeyError for a mutation that stands in no table."""
    if type_name == "Mutation":
        if field in MUTATIONS:
            return MUTATIONS[field]
        if field.startswith(NATIVE_PREFIXES):
            return NATIVE_WRITE
        raise KeyError(f"{type_name}.{field} has no entry in the table of permissions")
    return QUERIES.get(field, READ)


def permissions_of(roles: tuple[str, ...]) -> frozenset[str]:
    """What these roles hold together."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))


def refusal(permission: str) -> Forbidden:
    """The error of a caller who lacks a permission."""
    return Forbidden(f"this needs the permission `{permission}`")
