"""Endpoints that are reached by their path alone, without a way through Starlette's layers and its list of routes."""

from collections.abc import Iterable

from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send


class Direct:
    """Goes before an application: what Starlette would do for these endpoints costs more than a small answer."""

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self._app = app
        self._endpoints = {
            route.path: route.app
            for route in routes
            if isinstance(route, Route) and route.methods is None and not route.param_convertors
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        endpoint = self._endpoints.get(scope["path"]) if scope["type"] == "http" else None
        await (endpoint or self._app)(scope, receive, send)
