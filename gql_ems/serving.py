"""Running the ASGI application: one process, or several that share the store."""

import os
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from gql_ems import logs
from gql_ems.app import create
from gql_ems.service import Service
from gql_ems.settings import Settings, read

_CONFIG, _HOST, _PORT = "EMS_CONFIG", "EMS_SERVER__HOST", "EMS_SERVER__PORT"


def serve(settings: Settings, config: Path | None, workers: int) -> None:
    """Serves until it is told to stop."""
    logs.configure(settings.telemetry.log_level)
    # Built once here, so that what is wrong stops the start with one line.
    service = Service(settings)
    if workers == 1:
        uvicorn.run(create(lambda: service), **_options(settings))
        return
    if config is not None:
        os.environ[_CONFIG] = str(config)
    os.environ[_HOST] = settings.server.host
    os.environ[_PORT] = str(settings.server.port)
    uvicorn.run("gql_ems.serving:worker", factory=True, workers=workers, **_options(settings))


def worker() -> ASGIApp:
    """The application of one of several processes, which reads its settings itself."""
    path = os.environ.get(_CONFIG)
    settings = read(Path(path) if path else None)
    logs.configure(settings.telemetry.log_level)
    return create(lambda: Service(settings))


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "host": settings.server.host,
        "port": settings.server.port,
        "ws": "websockets-sansio",
        "ws_per_message_deflate": False,
        "ws_max_size": settings.limits.body_bytes,
        "server_header": False,
        "access_log": False,
        "log_config": None,
        "timeout_graceful_shutdown": 5,
    }
