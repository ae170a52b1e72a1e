"""The playground's page: built files with hashed names, or one line where it is not built."""

from html import escape
from importlib.resources import files
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; worker-src 'self' blob:; connect-src 'self' ws: wss:; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FOREVER = "public, max-age=31536000, immutable"


class Assets(StaticFiles):
    """Files whose names change with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file that browsers may keep."""
        response = await super().get_response(path, scope)
        response.headers.update({**HEADERS, "Cache-Control": FOREVER})
        return response


def page_routes(folder: Path | None = None) -> list[BaseRoute]:
    """The page at `/` and its assets."""
    built = folder or Path(str(files("playground"))) / "web" / "dist"
    queries = Path(str(files("playground"))) / "queries"

    async def page(_: Request) -> Response:
        index = built / "index.html"
        if index.is_file():
            return FileResponse(index, headers={**HEADERS, "Cache-Control": "no-cache"})
        return HTMLResponse(_plain(queries), headers=HEADERS)

    routes: list[BaseRoute] = [Route("/", page)]
    if (built / "assets").is_dir():
        routes.append(Mount("/assets", Assets(directory=built / "assets")))
    return routes


def _plain(queries: Path) -> str:
    examples = "".join(
        f"<h2>{escape(path.stem.replace('-', ' '))}</h2><pre>{escape(path.read_text(encoding='utf-8'))}</pre>"
        for path in sorted(queries.glob("*.graphql"))
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>gql_ems</title>'
        "<p>The page is not built (Node 20 builds it: make web). The graph answers at <code>/graphql</code>; "
        f"some questions to ask it:</p>{examples}</html>"
    )
