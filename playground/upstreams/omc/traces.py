"""Signalling traces, and packets captured at network elements."""

import re
import struct

import orjson

from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.envelope import Json, cause, malformed, ok, refused
from playground.upstreams.omc.files import attachment
from playground.upstreams.omc.rows import Row, seconds_of
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Answer, Call

NO_ELEMENT = refused("there is no matching network element")
RUNS = ("start_telnet", "stop_telnet", "start_str", "stop_str")
# A pcap file's head: magic, version 2.4, no offset, all of each packet, Linux cooked.
PCAP_HEAD = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262_144, 113)


def _taken(body: Row) -> Row:
    return {
        "trace_type": body["traceType"],
        "start_time": body["startTime"],
        "end_time": body["endTime"],
        "ne_type": body["neType"],
        "ne_id": body["neId"],
        "src_ip": body.get("srcIp", ""),
        "signal_port": body.get("signalPort", 0),
        "interfaces": orjson.dumps(body["interfaces"]).decode(),
    }


def _problem(body: Row) -> str:
    start, end = seconds_of(body["startTime"]), seconds_of(body["endTime"])
    return "startTime and endTime are no interval" if start is None or end is None or end <= start else ""


def create(omc: Omc, call: Call) -> Answer:
    if wrong := _problem(call.object()):
        return malformed(wrong)
    omc.trace_tasks.add(_taken(call.object()))
    return {}


def update(omc: Omc, call: Call) -> Answer:
    body = call.object()
    if wrong := _problem(body):
        return malformed(wrong)
    row = omc.trace_tasks.get(body["id"])
    if row is None:
        return cause("DATA_NOT_FOUND", 404)
    row.update(_taken(body))
    return {}


def delete(omc: Omc, call: Call) -> Answer:
    names = [name for text in call.query.getlist("id") for name in text.split(",")]
    return {} if omc.trace_tasks.remove(names) else cause("DATA_NOT_FOUND", 404)


def _pcap(seed: str) -> bytes:
    """Make a capture of ten packets."""
    packets = b""
    for number in range(10):
        data = f"{seed} packet {number}".encode().ljust(64, b"\0")
        packets += struct.pack("<IIII", 1_700_000_000 + number, 0, len(data), len(data)) + data
    return PCAP_HEAD + packets


def capture(omc: Omc, call: Call) -> Json:
    body = call.object()
    element = omc.elements.find(body["neType"], body["neId"])
    if element is None:
        return NO_ELEMENT
    if element.dead:
        return refused("connection refused")
    if not 0 < body["timeout"] <= 3600:
        return refused("timeout is not above 0 seconds")
    if not re.fullmatch(r"[\w.-]+", body["timestamp"]):
        return refused("timestamp is no part of a file name")
    name = f"{body['timestamp']}_{element.ne_type}_{element.ne_id}.pcap"
    element.files[f"/tmp/{name}"] = _pcap(name)  # noqa: S108
    told = (
        "tcpdump: listening on any, link-type LINUX_SLL (Linux cooked), capture size 262144 bytes\n"
        "10 packets captured\n10 packets received by filter\n0 packets dropped by kernel\n"
    )
    cmd = f"cd /tmp \nsudo timeout {body['timeout']} tcpdump -i any {body['cmd']} -s0 -w {name}"
    return ok({"cmd": cmd, "fileName": name, "msg": told})


def capture_upf(omc: Omc, call: Call) -> Json:
    body = call.object()
    element = omc.elements.find(body["neType"], body["neId"])
    if element is None or element.ne_type != "UPF":
        return NO_ELEMENT
    if element.dead:
        return refused("connection refused")
    if body["runType"] not in RUNS:
        return refused(f"runType is one of {', '.join(RUNS)}")
    name = f"{body['timestamp']}_UPF_{element.ne_id}.pcap"
    if body["runType"].startswith("stop"):
        element.files[f"/tmp/{name}"] = _pcap(name)  # noqa: S108
        return ok(
            {"cmd": body["cmd"], "fileName": name, "msg": "Write 10 packets to the file, and stop capture"}
        )
    return ok({"cmd": body["cmd"], "fileName": "", "msg": "packet capture is on"})


def download(omc: Omc, call: Call) -> Answer:
    element = omc.elements.find(call.query["neType"], call.query["neId"])
    if element is None:
        return NO_ELEMENT
    name = call.query["fileName"]
    content = element.files.get(f"/tmp/{name}")  # noqa: S108
    return (
        refused("file does not exist")
        if content is None
        else attachment(name, content, "application/vnd.tcpdump.pcap")
    )


TASKS = "/api/rest/traceManagement/v1/subscriptions"
BODY = "traceType startTime endTime neType neId interfaces:array<string>"
ROUTES = (
    Documented("POST", TASKS, "create_trace_task", create, body=BODY),
    Documented("PUT", TASKS, "update_trace_task", update, body=f"id:integer {BODY} srcIp signalPort:integer"),
    Documented("DELETE", TASKS, "delete_trace_task", delete, query="id"),
    Documented(
        "POST", "/tcpdump/ne", "capture_ne_pcap", capture, body="neType neId timeout:number cmd timestamp"
    ),
    Documented(
        "POST", "/tcpdump/neUPF", "capture_upf_pcap", capture_upf, body="neType neId runType cmd timestamp"
    ),
    Documented("GET", "/tcpdump/download", "download_pcap", download, query="neType neId fileName"),
)
