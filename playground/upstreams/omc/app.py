"""The pretend OMC as an app: its chapters, its manners, and the hand that raises alarms."""

import time
from collections.abc import Callable, Sequence

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from playground.upstreams.omc import (
    alarm_reports,
    authentications,
    cache,
    configuration,
    database,
    departments,
    dictionary,
    element_states,
    event_reports,
    jobs,
    logs,
    menus,
    online,
    parameters,
    performance,
    policies,
    positions,
    profile,
    roles,
    server,
    signing_in,
    software,
    subscribers,
    traces,
    uploads,
    users,
)
from playground.upstreams.omc.chapter import Documented
from playground.upstreams.omc.dialect import OmcDialect, is_rest
from playground.upstreams.omc.state import Omc
from playground.upstreams.vendor import Answer, Call, Knobs, Vendor
from playground.upstreams.world import PEOPLE, Person

CHAPTERS = (
    alarm_reports,
    authentications,
    cache,
    configuration,
    database,
    departments,
    dictionary,
    element_states,
    event_reports,
    jobs,
    logs,
    menus,
    online,
    parameters,
    performance,
    policies,
    positions,
    profile,
    roles,
    server,
    signing_in,
    software,
    subscribers,
    traces,
    uploads,
    users,
)
UDM_PREFIX = "/ne/udm"


def create_app(
    *,
    knobs: Knobs | None = None,
    clock: Callable[[], float] = time.time,
    people: Sequence[Person] = PEOPLE,
    storm_seconds: float = 0,
    udm_prefix: str = UDM_PREFIX,
) -> Starlette:
    """Make a pretend OMC; `storm_seconds` above 0 adds an alarm to its table that often.

    `udm_prefix` is where subscribers are: newer systems have them below /neData/udm.
    """
    omc = Omc(clock, people, storm_seconds)
    vendor = Vendor("omc", OmcDialect(omc), knobs=knobs, clock=clock)
    for chapter in CHAPTERS:
        for documented in chapter.ROUTES:
            vendor.route(
                documented.method,
                documented.path.replace(UDM_PREFIX, udm_prefix),
                f"omc.{documented.name}",
                _answering(omc, documented),
                query=documented.query,
                body=documented.body,
                form=documented.form,
                files=documented.files,
                headers=documented.headers,
                public=documented.public,
            )
    app = vendor.app([Route("/__sandbox__/alarms", _alarm_hand(omc), methods=["POST"])])
    app.state.omc = omc
    return app


def _answering(omc: Omc, documented: Documented) -> Callable[[Call], Answer]:
    """Bind an operation to the memory; console operations that change something are logged."""

    def answer(call: Call) -> Answer:
        given = documented.answer(omc, call)
        if call.method != "GET" and not is_rest(call.path) and call.account:
            omc.log_operation(call, documented.name, given)
        return given

    return answer


def _alarm_hand(omc: Omc) -> Callable[[Request], object]:
    """Make the endpoint that raises, changes and clears alarms, and sets the storm going.

    `{"raise": [{columns}], "change": [{"id": 1, columns}], "clear": [1], "storm_seconds": 5}`; answers the ids.
    """

    async def hand(request: Request) -> Response:
        try:
            wanted = orjson.loads(await request.body() or b"{}")
            raised = [omc.alarms.raise_alarm(**columns) for columns in wanted.get("raise", [])]
            changed = [
                columns["id"]
                for columns in wanted.get("change", [])
                if omc.alarms.change(columns["id"], **{k: v for k, v in columns.items() if k != "id"})
            ]
            cleared = [one for one in wanted.get("clear", []) if omc.alarms.clear(int(one))]
            if "storm_seconds" in wanted:
                omc.alarms.storm(float(wanted["storm_seconds"]))
        except (ValueError, TypeError, AttributeError, KeyError) as wrong:
            return JSONResponse({"message": str(wrong)}, 400)
        return JSONResponse({"raised": raised, "changed": changed, "cleared": cleared})

    return hand
