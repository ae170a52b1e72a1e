"""What a role grants by kind, and what it could grant yet."""

from adapters.beaver.marks import Id, KeywordSearch
from adapters.beaver.verbs import BeaverRecord, post
from adapters.operation import Effect
from adapters.record import MillisText, Rows


class GrantedIntegration(BeaverRecord, frozen=True):
    """An integration with the number of its devices and entities."""

    integration_id: str | None = None
    integration_name: str | None = None
    device_num: int | None = None
    entity_num: int | None = None


class GrantedDevice(BeaverRecord, frozen=True):
    """A device that a role grants, with whoever added it."""

    device_id: str | None = None
    device_name: str | None = None
    created_at: MillisText | None = None
    integration_id: str | None = None
    integration_name: str | None = None
    user_id: str | None = None
    user_email: str | None = None
    user_nickname: str | None = None
    role_integration: bool | None = None
    """Whether it comes with its integration."""


class GrantedDashboard(BeaverRecord, frozen=True):
    """A dashboard that a role grants, with whoever made it."""

    dashboard_id: str | None = None
    dashboard_name: str | None = None
    created_at: MillisText | None = None
    user_id: str | None = None
    user_email: str | None = None
    user_nickname: str | None = None


class FreeUser(BeaverRecord, frozen=True):
    """A user who does not have a role."""

    user_id: str | None = None
    email: str | None = None
    nickname: str | None = None


class FreeIntegration(BeaverRecord, frozen=True):
    """An integration that a role does not grant."""

    integration_id: str | None = None
    integration_name: str | None = None


class FreeDevice(BeaverRecord, frozen=True):
    """A device that a role does not grant."""

    device_id: str | None = None
    device_name: str | None = None
    created_at: MillisText | None = None
    integration_id: str | None = None
    integration_name: str | None = None
    user_id: str | None = None
    user_email: str | None = None
    user_nickname: str | None = None


@post("/user/roles/{role_id}/integrations", effect=Effect.READ)
def list_role_integrations(role_id: Id, body: KeywordSearch | None = None) -> Rows[GrantedIntegration]:
    """Integrations that a role grants. (Authentication / role)"""


@post("/user/roles/{role_id}/devices", effect=Effect.READ)
def list_role_devices(role_id: Id, body: KeywordSearch | None = None) -> Rows[GrantedDevice]:
    """Devices that a role grants, those of its integrations included. (Authentication / role)"""


@post("/user/roles/{role_id}/dashboards", effect=Effect.READ)
def list_role_dashboards(role_id: Id, body: KeywordSearch | None = None) -> Rows[GrantedDashboard]:
    """Dashboards that a role grants. (Authentication / role)"""


@post("/user/roles/{role_id}/undistributed-dashboards", effect=Effect.READ)
def list_role_undistributed_dashboards(
    role_id: Id, body: KeywordSearch | None = None
) -> Rows[GrantedDashboard]:
    """Dashboards that a role does not grant yet. (Authentication / role)"""


@post("/user/roles/{role_id}/undistributed-users", effect=Effect.READ)
def list_role_undistributed_users(role_id: Id, body: KeywordSearch | None = None) -> Rows[FreeUser]:
    """Users who do not have a role yet. (Authentication / role)"""


@post("/user/roles/{role_id}/undistributed-integrations", effect=Effect.READ)
def list_role_undistributed_integrations(
    role_id: Id, body: KeywordSearch | None = None
) -> Rows[FreeIntegration]:
    """Integrations that a role does not grant yet. (Authentication / role)"""


@post("/user/roles/{role_id}/undistributed-devices", effect=Effect.READ)
def list_role_undistributed_devices(role_id: Id, body: KeywordSearch | None = None) -> Rows[FreeDevice]:
    """Devices that a role does not grant yet. (Authentication / role)"""
