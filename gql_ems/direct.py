"""Endpoints that are reached by their path, or its beginning, without a way through Starlette's layers and routes."""

from collections.abc import Iterable

from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

REST = "{path:path}"
"""Ends the path of an endpoint that reads the rest of it for itself."""


class Direct:
    """Goes before an application: what Starlette would do for these endpoints costs more than a small answer."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self._app = app
        plain = [route for route in routes if isinstance(route, Route) and route.methods is None]
        self._endpoints = {route.path: route.app for route in plain if not route.param_convertors}
        self._below = tuple(
            (route.path.removesuffix(REST), route.app)
            for route in plain
            if route.path.endswith(REST) and len(route.param_convertors) == 1
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._found(scope)(scope, receive, send)

    def _found(self, scope: Scope) -> ASGIApp:
        if scope["type"] != "http":
            return self._app
        path = scope["path"]
        endpoint = self._endpoints.get(path)
        if endpoint is None:
            endpoint = next((app for place, app in self._below if path.startswith(place)), self._app)
        return endpoint
