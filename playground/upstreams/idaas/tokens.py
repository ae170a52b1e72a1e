"""The IDaaS operations by which an application gets its token: code, exchange, verification."""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from playground.upstreams.calls import Call
from playground.upstreams.idaas.answers import Refusal, ok
from playground.upstreams.idaas.chapter import Chapter, Line
from playground.upstreams.idaas.realm import Row, found
from playground.upstreams.idaas.seed import MAIN_ACCOUNT
from playground.upstreams.strict import FORM


class Tokens(Chapter):
    def lines(self) -> Sequence[Line]:
        return (
            Line("GET", "/render/{主账号}/{应用ID}/auth", "authorize_code", self.authorize, public=True),
            Line(
                "POST",
                "/token",
                "exchange_code",
                self.exchange,
                query="grant_type=authorization_code client_id client_secret code",
                sends=FORM,
                public=True,
            ),
            Line(
                "POST",
                "/token/verify",
                "verify_token",
                self.verify,
                query="accessToken client_id",
                sends=FORM,
                public=True,
            ),
        )

    def authorize(self, call: Call) -> Response:
        if call.params["主账号"] != MAIN_ACCOUNT:
            raise Refusal("404", "no such main account")
        app = found(self.realm.apps, call.params["应用ID"], "app")
        if not app["redirectUri"]:
            raise Refusal("409", "the app has no callback")
        code = self.idaas.new_code(app["c4tId"], call.now)
        mark = "&" if "?" in app["redirectUri"] else "?"
        return RedirectResponse(f"{app['redirectUri']}{mark}code={quote(code)}", 302)

    def exchange(self, call: Call) -> Response:
        app = self._client(call)
        if app["c4tS4t"] != call.query["client_secret"]:
            raise Refusal("401", "client_secret is wrong")
        # A code goes with its first use, whoever sends it.
        grant = self.idaas.codes.pop(call.query["code"], None)
        if grant is None or grant.client_id != app["c4tId"] or grant.until <= call.now:
            raise Refusal("401", "the code is unknown, used or over")
        seconds = call.knobs.token_seconds or int(app["accessTokenTimeout"])
        token = self.idaas.new_token(app["c4tId"], call.now + seconds)
        return ok({"accessToken": token, "expiresIn": seconds})

    def verify(self, call: Call) -> Response:
        app = self._client(call)
        grant = self.idaas.tokens.get(call.query["accessToken"])
        return ok(grant is not None and grant.client_id == app["c4tId"] and grant.until > call.now)

    def _client(self, call: Call) -> Row:
        wanted = call.query["client_id"]
        app = next((app for app in self.realm.apps.values() if app["c4tId"] == wanted), None)
        if app is None:
            raise Refusal("401", "no such client_id")
        return app
