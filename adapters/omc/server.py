"""How the computer does on which the OMC runs."""

from typing import Annotated

from adapters.omc.verbs import OmcRecord, get
from adapters.record import Json, Long, Matches, Millis, OneOf

LoadKind = Annotated[str, OneOf(("all", "cpu", "memory", "io", "network"))]


class ServerCpu(OmcRecord, frozen=True):
    """The processor and how busy each core is, in percent."""

    model: str | None = None
    speed: str | None = None
    """With its unit: `1900MHz`."""
    core: int | None = None
    core_used: list[str] | None = None


class ServerDisk(OmcRecord, frozen=True):
    """A disk; sizes have their units: `228.95GB`."""

    target: str | None = None
    size: str | None = None
    used: str | None = None
    avail: str | None = None
    pcent: str | None = None


class ServerMemory(OmcRecord, frozen=True):
    """Memory of the computer and of the OMC's process; sizes have their units."""

    usage: str | None = None
    """Percent, without the sign."""
    freemem: str | None = None
    totalmem: str | None = None
    rss: str | None = None
    heap_total: str | None = None
    heap_used: str | None = None
    external: str | None = None


class ServerSystem(OmcRecord, frozen=True):
    """The operating system and the process."""

    platform: str | None = None
    platform_version: str | None = None
    os: str | None = None
    arch: str | None = None
    arch_version: str | None = None
    hostname: str | None = None
    boot_time: Long | None = None
    """Seconds since the start."""
    process_id: int | None = None
    run_arch: str | None = None
    run_version: str | None = None
    run_time: Long | None = None
    """Seconds since the OMC's start."""


class ServerTime(OmcRecord, frozen=True):
    """The computer's clock, with its zone as a text."""

    current: str | None = None
    uptime: str | None = None
    timezone: str | None = None
    timezone_name: str | None = None


class ServerInfo(OmcRecord, frozen=True):
    """All of the computer; `network` has an address text for each interface by its name."""

    cpu: ServerCpu | None = None
    disk: list[ServerDisk] | None = None
    memory: ServerMemory | None = None
    network: Json = None
    system: ServerSystem | None = None
    time: ServerTime | None = None


@get("/monitor/system-info")
def get_server_info() -> ServerInfo:
    """How the OMC's computer does. (System / Server monitoring information)"""


@get("/monitor/load")
def get_server_load(
    type: LoadKind,
    start_time: Millis,
    end_time: Millis,
    *,
    ne_type: Annotated[
        str | None, Matches(r"[A-Za-z0-9]{1,16}", "an element's type has letters and digits")
    ] = None,
    ne_id: Annotated[
        str | None, Matches(r"[A-Za-z0-9_\-]{1,64}", "an element's id has letters and digits")
    ] = None,
    name: str | None = None,
) -> Json:
    """The load of the OMC's computer, or of an element's, over a time; `name` picks an interface or disk. (System / Server monitoring information)"""
