"""Devices that ask to be let onto the campus network. (Device access approvals)."""

from typing import Annotated

from adapters.nce.verbs import NceRecord, post, put
from adapters.operation import Effect
from adapters.record import Matches, MillisText, OneOf, Rows, Whole

UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

DeviceId = Annotated[str, Matches(UUID, "a device id is a UUID")]
SiteId = Annotated[str, Matches(UUID, "a site id is a UUID")]
Status = Annotated[int, OneOf((0, 1, 2))]
"""0 pending, 1 approved, 2 failed."""
Discovery = Annotated[int, OneOf((1, 2))]
"""1 found without its ESN, 2 part of an all-in-one unit."""


class AccessApproval(NceRecord, frozen=True):
    """A device that asks to be let in."""

    id: str | None = None
    name: str | None = None
    esn: str | None = None
    mac: str | None = None
    """MAC of the second device of an all-in-one unit, with dashes."""
    device_type: str | None = None
    """AP, LSW, ..."""
    device_model: str | None = None
    role: str | None = None
    """ACC, ..."""
    site_id: str | None = None
    site_name: str | None = None
    approval_status: int | None = None
    """0 pending, 1 approved, 2 failed."""
    fail_reason: str | None = None
    first_connect_time: MillisText | None = None
    last_connect_time: MillisText | None = None
    name_modify_flag: bool | None = None
    """Whether the name was changed by hand."""
    site_modify_flag: bool | None = None
    """Whether the site was changed by hand."""
    stack_master_esn: str | None = None
    discovery_type: int | None = None
    """1 found without its ESN, 2 part of an all-in-one unit."""
    discovery_parent_id: str | None = None
    """Id of the all-in-one unit."""
    whole: Whole = None


class ApprovalQuery(NceRecord, frozen=True):
    """Which devices, and which page of them; the dialect fills in a page that is left out."""

    key_word: Annotated[str, Matches(r"(?s).{0,128}", "a key word has up to 128 characters")] | None = None
    device_types: list[str] | None = None
    site_ids: list[SiteId] | None = None
    status: list[Status] | None = None
    discovery_type: list[Discovery] | None = None
    page_index: int | None = None
    """From 1."""
    page_size: int | None = None
    """At most 300."""


class ApprovalOrder(NceRecord, frozen=True):
    """Devices to let in, at most 1000."""

    device_ids: list[DeviceId]
    action_type: Annotated[int, OneOf((1,))] = 1
    """1 approves; the document knows no other."""
    force_register: bool = False
    """Takes a device over that another tenant has registered: it is lost there."""


class ApprovalOutcome(NceRecord, frozen=True):
    """What became of one device, and who had its ESN before (names are masked by the controller)."""

    device_id: str | None = None
    old_tenant_id: str | None = None
    old_tenant_name: str | None = None
    old_device_group_id: str | None = None
    old_device_group_name: str | None = None
    error_code: str | None = None
    error_msg: str | None = None


class ApprovalResult(NceRecord, frozen=True):
    """Which devices were let in and which were not: both at once, whatever the code says."""

    error_code: str | None = None
    """0 success, 1 failure."""
    error_message: str | None = None
    success: list[ApprovalOutcome] | None = None
    fail: list[ApprovalOutcome] | None = None


class ApprovalUpdate(NceRecord, frozen=True):
    """Where devices shall stand and what they shall be; what is left out stays."""

    devices: list[DeviceId]
    site_id: SiteId | None = None
    role: str | None = None
    """One of the configured roles: the controller passes over an unknown one without a word."""


@post("/v1/devicemgr/access-approvals/action/batch-query", effect=Effect.READ)
def query_access_approvals(body: ApprovalQuery | None = None) -> Rows[AccessApproval]:
    """Devices that ask, or asked, to be let in. (Device access approvals / Batch query)"""


@post("/v1/devicemgr/access-approvals/action/batch-approve")
def approve_access(body: ApprovalOrder) -> ApprovalResult:
    """Lets devices in, each on its own. (Device access approvals / Batch approval)"""


@put("/v1/devicemgr/access-approvals")
def update_access_approvals(body: ApprovalUpdate) -> None:
    """Gives devices another site or role. (Device access approvals / Batch update)"""
