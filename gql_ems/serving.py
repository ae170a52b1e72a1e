"""Running the ASGI application: one process, or several that share the store."""

import gc
import os
import sys
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from gql_ems import logs
from gql_ems.corked_protocol import CorkedProtocol
from gql_ems.framed_protocol import FramedProtocol
from gql_ems.settings import Settings, read

_CONFIG, _HOST, _PORT = "EMS_CONFIG", "EMS_SERVER__HOST", "EMS_SERVER__PORT"


def serve(settings: Settings, config: Path | None, workers: int) -> None:
    """Serves until it is told to stop."""
    logs.configure(settings.telemetry.log_level)
    if workers == 1:
        # Built before anything listens, so that what is wrong stops the start with one line.
        uvicorn.run(_application(settings), **_options(settings))
        return
    _try(settings)
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
    return _application(settings)


def _try(settings: Settings) -> None:
    """Builds a service in a process that ends with it: the one that watches over the workers stays small."""
    child = os.fork()
    if child == 0:
        _application(settings)  # what is wrong ends the child with its one line
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status:
        sys.exit(os.waitstatus_to_exitcode(status))


def _application(settings: Settings) -> ASGIApp:
    """The application over a service of its own; the garbage collector rests until that is open (`settle`).

    Nearly all that is imported and built stays. Looking for garbage in it again and again takes a fifth of the start.
    """
    gc.disable()
    from gql_ems.app import create  # noqa: PLC0415 - what takes long to import is imported while the collector rests
    from gql_ems.service import Service  # noqa: PLC0415 - as above

    service = Service(settings)
    return create(lambda: service)


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "host": settings.server.host,
        "port": settings.server.port,
        "http": CorkedProtocol,
        "ws": FramedProtocol,
        "ws_per_message_deflate": False,
        "ws_max_size": settings.limits.body_bytes,
        "server_header": False,
        "access_log": False,
        "log_config": None,
        "timeout_graceful_shutdown": 5,
    }
