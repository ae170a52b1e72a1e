"""Demo devices with entities and values, workflows with runs, and device approvals."""

import math
from datetime import datetime, timedelta
from typing import Any

from adapters.local.approvals import approval_row
from adapters.local.devices import device_row
from adapters.local.entities import entity_row, value_row
from adapters.local.shelf import encode
from adapters.local.workflows import run_row, workflow_row
from adapters.records import (
    ApprovalStatus,
    Device,
    DeviceApproval,
    DiscoveryType,
    Entity,
    EntityAccess,
    EntityType,
    EntityValueType,
    Integration,
    RunStatus,
    Workflow,
    WorkflowRun,
    WorkflowStep,
)

INTEGRATION = Integration(
    native_id="sensors", name="Hall sensors", description="Climate and power of the halls"
)

# The first two are known to the sandbox's IoT platform and campus network, too.
HARDWARE: tuple[tuple[str, str, str, str], ...] = (
    ("Gateway hall 1", "21500829352SGA900583", "4C:FA:CA:11:22:01", "AirEngine5760-51"),
    ("Switch rack 7", "2102351931P0A1000007", "4C:FA:CA:11:22:07", "S5735-L24T4S-A"),
    ("Sensor hall 1", "6747D38060650101", "24:E1:24:65:01:01", "EM300-TH"),
    ("Sensor hall 2", "6747D38060650102", "24:E1:24:65:01:02", "EM300-TH"),
    ("Sensor hall 3", "6747D38060650103", "24:E1:24:65:01:03", "EM300-TH"),
    ("Meter rack 7", "6747D38060650107", "24:E1:24:65:01:07", "CT101"),
)
MEASURED = (("temperature", "Temperature", "°C", 22.0), ("humidity", "Humidity", "%", 45.0))


def integrations() -> list[dict[str, Any]]:
    """The one integration."""
    return [{"native_id": INTEGRATION.native_id, "body": encode(INTEGRATION)}]


def devices(source: str, now: datetime) -> list[dict[str, Any]]:
    """Six devices."""
    return [
        device_row(
            Device(
                source=source,
                native_id=f"device-{number}",
                key=f"sensors.device.{identifier}",
                name=name,
                identifier=identifier,
                model=model,
                kind="sensor" if model.startswith(("EM", "CT")) else "network",
                mac=mac,
                site=name.partition(" ")[2],
                integration=INTEGRATION,
                deletable=True,
                created_at=now - timedelta(days=100),
                updated_at=now - timedelta(days=number),
                attributes={"unit": number},
            )
        )
        for number, (name, identifier, mac, model) in enumerate(HARDWARE, 1)
    ]


def entities(source: str) -> list[dict[str, Any]]:
    """Two properties of each device, and a switch."""
    return [row for number, hardware in enumerate(HARDWARE, 1) for row in _entities(source, number, hardware)]


def _entities(source: str, number: int, hardware: tuple[str, str, str, str]) -> list[dict[str, Any]]:
    name, identifier, _, _ = hardware
    device = f"device-{number}"

    def entity(
        suffix: str, title: str, kind: EntityType, value: EntityValueType, unit: str | None
    ) -> dict[str, Any]:
        record = Entity(
            source=source,
            native_id=f"{device}-{suffix}",
            key=f"sensors.device.{identifier}.{suffix}",
            name=title,
            type=kind,
            value_type=value,
            access=EntityAccess.R if kind is EntityType.PROPERTY else EntityAccess.W,
            attributes={"unit": unit} if unit else None,
            device_name=name,
            integration_name=INTEGRATION.name,
        )
        return entity_row(record, device)

    measured = [
        entity(suffix, title, EntityType.PROPERTY, EntityValueType.DOUBLE, unit)
        for suffix, title, unit, _ in MEASURED
    ]
    return [*measured, entity("restart", "Restart", EntityType.SERVICE, EntityValueType.BOOLEAN, None)]


def values(now: datetime) -> list[dict[str, Any]]:
    """A day of values, each half hour."""
    return [
        value_row(
            f"device-{number}-{suffix}",
            now - timedelta(minutes=30 * step),
            round(middle + 3 * math.sin((step + number) / 8), 2),
        )
        for number in range(1, len(HARDWARE) + 1)
        for suffix, _, _, middle in MEASURED
        for step in range(48)
    ]


def workflows(source: str, now: datetime) -> list[dict[str, Any]]:
    """Three workflows, one of them off."""
    titles = ("Warn when a hall gets hot", "Report consumption each night", "Restart silent sensors")
    return [
        workflow_row(
            Workflow(
                source=source,
                native_id=f"workflow-{number}",
                name=title,
                description=f"{title}.",
                enabled=number != 3,
                owner="energy-desk",
                created_at=now - timedelta(days=60),
                updated_at=now - timedelta(days=number),
            )
        )
        for number, title in enumerate(titles, 1)
    ]


def runs(source: str, now: datetime) -> list[dict[str, Any]]:
    """Ten runs of each workflow, a failed one among them."""
    return [_run(source, now, workflow, number) for workflow in range(1, 4) for number in range(10)]


def _run(source: str, now: datetime, workflow: int, number: int) -> dict[str, Any]:
    status = RunStatus.ERROR if number == 4 else RunStatus.SUCCESS
    started = now - timedelta(hours=number, minutes=workflow)
    run = WorkflowRun(
        source=source,
        native_id=f"run-{workflow}-{number}",
        started_at=started,
        duration_ms=120 + 10 * number,
        status=status,
    )
    steps = tuple(
        WorkflowStep(
            message_id=f"m{number}-{node}",
            node_id=f"n{node}",
            label=label,
            status=status if node == 2 else RunStatus.SUCCESS,
            started_at=started,
            duration_ms=40,
            error_message="The receiver did not answer." if node == 2 and status is RunStatus.ERROR else None,
            input={"hall": workflow},
            output={"done": True},
        )
        for node, label in enumerate(("Listen", "Decide", "Tell"))
    )
    return run_row(run, f"workflow-{workflow}", steps)


def approvals(source: str, now: datetime) -> list[dict[str, Any]]:
    """An approval for each device, in every status."""
    statuses = (ApprovalStatus.PENDING, ApprovalStatus.APPROVED, ApprovalStatus.FAILED)
    return [
        approval_row(
            DeviceApproval(
                source=source,
                native_id=identifier,
                name=name,
                identifier=identifier,
                mac=mac.replace(":", "-").lower(),
                model=model,
                kind="AP" if model.startswith("Air") else "LSW",
                role="access",
                site=name.partition(" ")[2],
                site_id=f"site-{number % 2 + 1}",
                status=statuses[number % 3],
                fail_reason="registered with another tenant" if number % 3 == 2 else None,
                discovery=DiscoveryType.ESN_FREE if number % 2 else DiscoveryType.ALL_IN_ONE,
                first_connected_at=now - timedelta(days=3),
                last_connected_at=now - timedelta(minutes=number),
            )
        )
        for number, (name, identifier, mac, model) in enumerate(HARDWARE)
    ]
