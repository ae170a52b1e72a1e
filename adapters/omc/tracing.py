"""Trace tasks over interfaces, and packet captures on network elements."""

from typing import Annotated

from adapters.exchange import FileDownload
from adapters.omc.marks import Id
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.record import Json, LocalTime, Matches, Name, OneOf, Wire

ElementOrAny = Annotated[str, Matches(r"[A-Za-z0-9_.\-]{0,64}", "a name, or nothing for any")]
Interfaces = Annotated[list[str], Matches(r"[A-Za-z0-9\-]{1,16}", "an interface is named like N8")]
Stamp = Annotated[str, Matches(r"[A-Za-z0-9_\-]{1,64}", "letters, digits, `_` and `-`")]
"""Part of the name of a capture file."""

CaptureName = Annotated[
    str, Matches(r"[A-Za-z0-9_\-]{1,120}\.pcap", "the name of a capture, without a folder")
]

UPF_COMMANDS = (
    "pcap trace rx tx max 100000 intfc any file upf_test.pcap",
    "pcap trace rx tx off",
    "pcap dispatch trace on max 100000 file upf_test.pcap",
    "pcap dispatch trace off",
)
"""The console commands that the document names; no other reaches a UPF."""


class TraceTaskDraft(OmcRecord, frozen=True):
    """A trace to start; an empty element type or id means any."""

    trace_type: Name
    start_time: LocalTime
    end_time: LocalTime
    ne_type: ElementOrAny
    ne_id: ElementOrAny
    interfaces: Interfaces


class TraceTask(OmcRecord, frozen=True):
    """A trace as it shall be."""

    id: int
    trace_type: Name
    start_time: LocalTime
    end_time: LocalTime
    ne_type: ElementOrAny
    ne_id: ElementOrAny
    src_ip: Annotated[str, Matches(r"[0-9A-Fa-f.:]{2,45}", "an IP address")]
    signal_port: int
    interfaces: Interfaces


class CaptureOrder(OmcRecord, frozen=True):
    """What to capture; the command for the element is made of it, none is taken from a caller."""

    ne_type: Name
    ne_id: Name
    timeout: int
    """Seconds."""
    timestamp: Stamp
    protocols: list[Annotated[str, OneOf(("sctp", "tcp", "udp", "icmp"))]] | None = None
    """Whole protocols."""
    tcp_ports: list[int] | None = None
    udp_ports: list[int] | None = None


class UpfCaptureOrder(OmcRecord, frozen=True):
    """A step of a capture on a UPF."""

    ne_type: Name
    ne_id: Name
    run_type: Annotated[str, OneOf(("start_telnet", "stop_telnet", "start_str", "stop_str"))]
    cmd: Annotated[str, OneOf(UPF_COMMANDS)]
    timestamp: Stamp


class Capture(OmcRecord, frozen=True):
    """What a capture left behind."""

    cmd: str | None = None
    file_name: str | None = None
    """Fetched with `download_pcap`."""
    msg: str | None = None


@post("/api/rest/traceManagement/v1/subscriptions")
def create_trace_task(body: TraceTaskDraft) -> None:
    """Starts a trace. (Trace)"""


@put("/api/rest/traceManagement/v1/subscriptions")
def update_trace_task(body: TraceTask) -> None:
    """Changes a trace. (Trace)"""


@delete("/api/rest/traceManagement/v1/subscriptions")
def delete_trace_task(ids: Annotated[list[Id], Wire("id")]) -> None:
    """Ends traces. (Trace)"""


@post("/tcpdump/ne")
def capture_ne_pcap(body: CaptureOrder) -> Capture:
    """Captures packets on an element for some seconds. (Trace)"""


@post("/tcpdump/neUPF")
def capture_upf_pcap(body: UpfCaptureOrder) -> Json:
    """Starts or stops a capture on a UPF. (Trace)"""


@get("/tcpdump/download")
def download_pcap(ne_type: Name, ne_id: Name, file_name: CaptureName) -> FileDownload:
    """A capture as a file. (Trace)"""
