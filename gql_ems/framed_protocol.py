"""uvicorn's WebSocket protocol, which also writes frames that were laid out before."""

from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from gql_ems.front.frames import FRAMES


class FramedProtocol(WebSocketsSansIOProtocol):
    """Tells the application that it takes frames, unless an extension of WebSocket would change them."""

    async def run_asgi(self) -> None:
        """Runs the application for one connection."""
        if not self.conn.extensions:
            self.scope["extensions"][FRAMES] = {"write": self.write_frames}
        await super().run_asgi()

    async def write_frames(self, frames: bytes) -> None:
        """Writes frames as they are; waits as long as the client does not read what was written before."""
        if not self.writable.is_set():
            await self.writable.wait()
        if self.disconnected or self.conn.state is not State.OPEN:
            raise ClientDisconnected
        self.transport.write(frames)
