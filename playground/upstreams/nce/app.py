"""The pretend Huawei iMaster NCE-Campus as an ASGI app."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.applications import Starlette
from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.knobs import Knobs
from playground.upstreams.nce.approvals import Approvals
from playground.upstreams.nce.dialect import Nce
from playground.upstreams.vendor import Vendor, json_answer

USERNAME, PASSWORD = "northbound", "Nce-Admin-1"
TOKEN_SECONDS = 1800
TOKENS = "/controller/v2/tokens"
DOORS = "/v1/devicemgr/access-approvals"


class Desk:
    """Where tokens are given and taken back."""

    def __init__(self, nce: Nce) -> None:
        self._nce = nce

    def sign_in(self, call: Call) -> Response:
        """Give a token for the account's name and password."""
        asked = call.object()
        if (asked["userName"], asked["password"]) != (USERNAME, PASSWORD):
            return json_answer({"errcode": "1", "errmsg": "user name or password is wrong."}, 401)
        token = self._nce.give_token(call.client, call.now + (call.knobs.token_seconds or TOKEN_SECONDS))
        until = datetime.fromtimestamp(token.until, UTC).strftime("%Y-%m-%d %H:%M:%S")
        data = {"expiredDate": until, "token_id": token.text}
        return json_answer({"errcode": "0", "errmsg": "get token successfully.", "data": data})

    def sign_out(self, call: Call) -> Response:
        """Take a token back."""
        known = self._nce.tokens.pop(call.object()["token"], None)
        return json_answer({"errcode": "0" if known else "1", "errmsg": "" if known else "no such token."})


def create_app(*, knobs: Knobs | None = None, clock: Callable[[], float] = time.time) -> Starlette:
    """Make the controller; its expiry times are in UTC."""
    nce = Nce()
    desk, approvals = Desk(nce), Approvals(nce)
    vendor = Vendor("nce", nce, knobs=knobs, clock=clock)
    vendor.route("POST", TOKENS, "nce.sign_in", desk.sign_in, body="userName password", public=True)
    vendor.route("DELETE", TOKENS, "nce.sign_out", desk.sign_out, body="token", public=True)
    vendor.route(
        "POST",
        f"{DOORS}/action/batch-query",
        "nce.query_access_approvals",
        approvals.query,
        body="keyWord? deviceTypes:array<string>? siteIds:array<string>? pageIndex:integer? "
        "pageSize:integer? status:array<integer>? discoveryType:array<integer>?",
    )
    vendor.route(
        "POST",
        f"{DOORS}/action/batch-approve",
        "nce.approve_access",
        approvals.approve,
        body="actionType:integer deviceIds:array<string> forceRegister:boolean?",
    )
    vendor.route(
        "PUT",
        DOORS,
        "nce.update_access_approvals",
        approvals.update,
        body="siteId? role? devices:array<string>",
    )
    return vendor.app()
