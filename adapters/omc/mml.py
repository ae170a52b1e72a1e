"""Operator commands (MML) on elements."""

from typing import Annotated, Any

import orjson

from adapters.omc.verbs import OmcRecord, post
from adapters.record import Matches, Name, Wire

Command = Annotated[
    str,
    Matches("[^\x00-\x1f\x7f-\x9f\u2028\u2029]{1,1000}", "a command is one line without control characters"),
]
NeIdQuery = Annotated[Name, Wire("ne_id")]


class MmlCommands(OmcRecord, frozen=True):
    """Commands to run, one an item."""

    mml: list[Command]


def outputs(payload: Any) -> list[str]:
    """One text a command; what is no text is shown as JSON."""
    items = payload if isinstance(payload, list) else [] if payload in (None, {}) else [payload]
    return [item if isinstance(item, str) else orjson.dumps(item).decode() for item in items]


@post("/api/rest/operationManagement/v1/elementType/udm/objectType/mml", shape=outputs)
def run_mml_udm(ne_id: NeIdQuery, body: MmlCommands) -> list[str]:
    """Runs operator commands on a UDM. (MML)"""


@post("/api/rest/operationManagement/v1/elementType/omc/objectType/mml", shape=outputs)
def run_mml_omc(ne_id: NeIdQuery, body: MmlCommands) -> list[str]:
    """Runs operator commands on the OMC itself. (MML)"""
