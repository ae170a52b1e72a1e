"""An application on a loopback port, in the test's own event loop, so that it shares the test's store."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from gql_ems.corked_protocol import CorkedProtocol
from gql_ems.framed_protocol import FramedProtocol

AS_IN_PRODUCTION: dict[str, Any] = {
    "http": CorkedProtocol,
    "ws": FramedProtocol,
    "ws_per_message_deflate": False,
}


@asynccontextmanager
async def served(app: ASGIApp, **options: Any) -> AsyncIterator[str]:
    """Serves as long as the block lasts, with uvicorn's options where some are told; gives the base URL."""
    listener = socket.create_server(("127.0.0.1", 0))
    told = {**AS_IN_PRODUCTION, **options}
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", **told))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not task.done():
        await asyncio.sleep(0)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True
        await task
        listener.close()
