"""Who may do what: one table of permissions for every field that is guarded, and what each local role holds."""

from strawberry.utils.str_converters import to_camel_case

from adapters.errors import Forbidden
from adapters.operation import Effect
from resolvers.vendors import OPERATIONS, PREFIXES

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
NATIVE_SENSITIVE = "native:sensitive"
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
    NATIVE_SENSITIVE,
    MML,
    AUDIT_READ,
    EXPLAIN,
    INGEST,
}

ROLES: dict[str, frozenset[str]] = {
    "viewer": VIEWER,
    "operator": OPERATOR,
    "admin": ADMIN,
    "ingest": frozenset({INGEST}),
}
"""What the roles hold; `ingest` is for elements that post and may do nothing else."""

MEANINGS: dict[str, str] = {
    READ: "Read what has no entry of its own, and watch it.",
    ALARMS: "Acknowledge, clear, shelve and comment alarms.",
    DEVICES: "Add, rename and delete devices.",
    WORKFLOWS: "Change, switch and delete workflows.",
    APPROVALS: "Let devices onto the campus network.",
    USERS: "Change users, roles and organizations, the gateway's own accounts included.",
    NETWORK: "Change network elements.",
    SUBSCRIBERS: "Change subscribers, their keys and policies.",
    SUBSCRIBER_SECRETS: "See Ki and OPc of subscribers.",
    USER_SECRETS: "See session ids of users and passwords that a source has made up.",
    NATIVE_WRITE: "Every write of a native namespace that has no entry of its own.",
    NATIVE_SENSITIVE: "Native reads that may show keys or what people do: caches, settings, sessions, logs, captures.",
    MML: "Run man-machine language commands.",
    AUDIT_READ: "Read the audit log.",
    EXPLAIN: "See the upstream calls of an answer (`x-ems-explain: 1`).",
    INGEST: "Post events below `/ingest`.",
}
"""What each permission lets somebody do."""

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
}
"""The unified mutations."""

SIGN_IN = frozenset({"login", "refreshSession"})
"""What somebody may do who has not signed in; everything else takes a caller."""

NATIVE_MUTATIONS: dict[str, str] = {
    "omcRunMmlUdm": MML,
    "omcRunMmlOmc": MML,
    "suposResetAdminPassword": USER_SECRETS,
}
"""Native writes that need something else than `native:write`."""

QUERIES: dict[str, str] = {
    "node": READ,
    "nodes": READ,
    "viewer": ANYBODY,
    "sources": READ,
    "users": READ,
    "roles": READ,
    "organizations": READ,
    "networkElements": READ,
    "subscribers": READ,
    "alarms": READ,
    "alarmSummary": READ,
    "ueEvents": READ,
    "callRecords": READ,
    "auditLog": AUDIT_READ,
    "devices": READ,
    "entities": READ,
    "workflows": READ,
    "deviceApprovals": READ,
    "search": READ,
    "omc": READ,
    "beaver": READ,
    "supos": READ,
    "idaas": READ,
    "nce": READ,
}
"""The queries, the doors of the native namespaces among them."""

SUBSCRIPTIONS: dict[str, str] = {
    "alarms": READ,
    "ueEvents": READ,
    "callRecords": READ,
    "measurements": READ,
    "networkElementStates": READ,
    "entityValues": READ,
    "sourceHealth": READ,
}
"""What can be watched."""

NATIVE_READS: dict[str, str] = {
    "OmcQuery.listAuthData": SUBSCRIBER_SECRETS,
    "OmcQuery.getAuthData": SUBSCRIBER_SECRETS,
    "OmcQuery.exportAuthData": SUBSCRIBER_SECRETS,
    "OmcQuery.getCacheInfo": NATIVE_SENSITIVE,
    "OmcQuery.listCacheNames": NATIVE_SENSITIVE,
    "OmcQuery.listCacheKeys": NATIVE_SENSITIVE,
    "OmcQuery.getCacheValue": NATIVE_SENSITIVE,
    "OmcQuery.listConfigs": NATIVE_SENSITIVE,
    "OmcQuery.exportConfigs": NATIVE_SENSITIVE,
    "OmcQuery.getConfigValue": NATIVE_SENSITIVE,
    "OmcQuery.getConfig": NATIVE_SENSITIVE,
    "OmcQuery.getSystemConfig": NATIVE_SENSITIVE,
    "OmcQuery.listOnlineUsers": NATIVE_SENSITIVE,
    "OmcQuery.listOperationLogs": NATIVE_SENSITIVE,
    "OmcQuery.exportOperationLogs": NATIVE_SENSITIVE,
    "OmcQuery.listLoginLogs": NATIVE_SENSITIVE,
    "OmcQuery.exportLoginLogs": NATIVE_SENSITIVE,
    "OmcQuery.listJobLogs": NATIVE_SENSITIVE,
    "OmcQuery.getJobLog": NATIVE_SENSITIVE,
    "OmcQuery.exportJobLogs": NATIVE_SENSITIVE,
    "OmcQuery.downloadFile": NATIVE_SENSITIVE,
    "OmcQuery.downloadPcap": NATIVE_SENSITIVE,
    "IdaasQuery.verifyToken": NATIVE_SENSITIVE,
}
"""Native reads that need more than `read`."""


def native_fields(effect: Effect) -> frozenset[str]:
    """The fields of declared operations: `OmcQuery.getUser` for a read, `omcCreateUser` for a write."""
    found = set()
    for dialect, operations in OPERATIONS.items():
        prefix = PREFIXES[dialect]
        for operation in operations:
            if operation.effect is effect and not operation.hidden:
                name = operation.name
                found.add(
                    f"{prefix}Query.{to_camel_case(name)}"
                    if effect is Effect.READ
                    else to_camel_case(f"{prefix.lower()}_{name}")
                )
    return frozenset(found)


NATIVE: dict[str, str] = {
    **dict.fromkeys(native_fields(Effect.READ), READ),
    **NATIVE_READS,
    **{f"Mutation.{name}": NATIVE_WRITE for name in native_fields(Effect.WRITE)},
    **{f"Mutation.{name}": permission for name, permission in NATIVE_MUTATIONS.items()},
}
"""The native namespaces: a read takes `read` and a write `native:write` where no other entry says more."""

TABLE: dict[str, str] = {
    **{f"Query.{name}": permission for name, permission in QUERIES.items()},
    **{f"Mutation.{name}": permission for name, permission in MUTATIONS.items()},
    **{f"Subscription.{name}": permission for name, permission in SUBSCRIPTIONS.items()},
    **NATIVE,
}
"""The whole of it: the permission of each root field and of each field of a native namespace."""


def of_field(type_name: str, field: str) -> str:
    """The permission of a root or native field; KeyError where it stands in no table."""
    return TABLE[f"{type_name}.{field}"]


def permissions_of(roles: tuple[str, ...]) -> frozenset[str]:
    """What these roles hold together."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))


def refusal(permission: str) -> Forbidden:
    """The error of a caller who lacks a permission."""
    return Forbidden(f"this needs the permission `{permission}`")
