"""Operations over WebSocket, in the protocol graphql-transport-ws.

4400 malformed message    4401 unauthorized             4403 forbidden            4406 wrong subprotocol
4408 no init in time      4409 id in use already        4429 too many inits       4413 message too large
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from adapters.caller import Caller
from adapters.errors import BadInput, EmsError, Forbidden, TooComplex
from gql_ems.execution import Answer, encode
from gql_ems.front.answering import Answering
from gql_ems.front.errors import as_answer
from gql_ems.front.fanout import Fanout
from gql_ems.front.frames import FRAMES, cut_frames, message
from gql_ems.front.inquiry import Inquiry
from gql_ems.front.origins import Origins
from gql_ems.front.parameters import Parameters, of_body, parsed
from gql_ems.front.payloads import Part, once
from gql_ems.front.rates import Rates, bucket_of
from gql_ems.settings import LimitSettings

PROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 10.0

IdentifySocket = Callable[[WebSocket, dict[str, Any]], Awaitable[tuple[Caller, float | None]]]
"""The caller of a connection by its `connection_init`, and in how many seconds that has to be asked anew."""


class Closing(Exception):
    """The connection has to end, with a code that tells why."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class GraphQLSocket:
    """The ASGI application at `/graphql` for WebSocket."""

    def __init__(
        self,
        answering: Answering,
        fanout: Fanout,
        identify: IdentifySocket,
        origins: Origins,
        limits: LimitSettings,
        heartbeat: float,
        rates: Rates,
    ) -> None:
        self._answering = answering
        self._fanout = fanout
        self._identify = identify
        self._origins = origins
        self._limits = limits
        self._heartbeat = heartbeat
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        socket = WebSocket(scope, receive, send)
        try:
            self._origins.check(socket.headers)
        except Forbidden:
            await socket.close(4403)
            return
        if PROTOCOL not in socket.scope.get("subprotocols", ()):
            await socket.accept()
            await socket.close(4406, "Subprotocol not acceptable")
            return
        await socket.accept(PROTOCOL)
        connection = Connection(
            socket,
            Outlet(socket),
            self._answering,
            self._fanout,
            self._identify,
            self._limits,
            self._heartbeat,
            self._rates,
        )
        await connection.run()


class Outlet:
    """What is sent on a connection: messages, and answers in frames as they are where the server takes those."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._write = socket.scope.get("extensions", {}).get(FRAMES, {}).get("write")

    async def tell(self, text: bytes) -> None:
        """Sends one message."""
        await self._socket.send_text(text.decode())

    async def answer(self, operation_id: bytes, part: Part) -> None:
        """Sends a part of the answers to an operation; its id is JSON already."""
        if self._write is None:
            for payload in part.payloads:
                await self.tell(message(operation_id, payload.body))
            return
        length = len(operation_id)
        pieces = part.laid_out(length, lambda payloads: cut_frames(payloads, length))
        try:
            await self._write(operation_id.join(pieces))
        except OSError:
            raise WebSocketDisconnect(1006) from None


class Connection:
    """One connected client and its operations."""

    def __init__(
        self,
        socket: WebSocket,
        outlet: Outlet,
        answering: Answering,
        fanout: Fanout,
        identify: IdentifySocket,
        limits: LimitSettings,
        heartbeat: float,
        rates: Rates,
    ) -> None:
        self._socket = socket
        self._outlet = outlet
        self._answering = answering
        self._fanout = fanout
        self._identify = identify
        self._limits = limits
        self._heartbeat = heartbeat
        self._rates = rates
        self._caller: Caller | None = None
        self._init_asked = False
        self._timers: list[asyncio.TimerHandle] = []
        self._operations: dict[str, asyncio.Task[None]] = {}
        self._address = socket.client.host if socket.client else ""
        self._request_id = str(socket.scope.get("request_id", ""))
        self._closing: asyncio.Future[Closing] = asyncio.get_running_loop().create_future()

    async def run(self) -> None:
        """Serves the client until either side ends it; nothing of it is left running."""
        loop = asyncio.get_running_loop()
        reading = asyncio.create_task(self._read())
        beating = asyncio.create_task(self._beat())
        self._timers.append(loop.call_later(INIT_SECONDS, self._too_late))
        try:
            first: set[asyncio.Future[Any]] = {reading, self._closing}
            await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
            if self._closing.done():
                ending = self._closing.result()
                if self._socket.application_state is WebSocketState.CONNECTED:
                    await self._socket.close(ending.code, ending.reason)
        finally:
            for timer in self._timers:
                timer.cancel()
            tasks = [reading, beating, *self._operations.values()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def end(self, code: int, reason: str) -> None:
        """Ends the connection with a code."""
        if not self._closing.done():
            self._closing.set_result(Closing(code, reason))

    def _too_late(self) -> None:
        if self._caller is None:
            self.end(4408, "Connection initialisation timeout")

    async def _read(self) -> None:
        try:
            while True:
                await self._take(await self._socket.receive_text())
        except (WebSocketDisconnect, KeyError):
            # A KeyError is starlette's way to say that bytes came where text is spoken.
            if self._socket.client_state is WebSocketState.CONNECTED:
                self.end(4400, "Messages are text")
        except Closing as ending:
            self.end(ending.code, ending.reason)

    async def _take(self, text: str) -> None:
        body = text.encode()
        if len(body) > self._limits.body_bytes:
            raise Closing(4413, "Message too large")
        try:
            message = parsed(body, "message")
        except BadInput as error:
            raise Closing(4400, f"Invalid message: {error.message}") from None
        kind = message.get("type") if isinstance(message, dict) else None
        match kind:
            case "connection_init":
                await self._init(message.get("payload"))
            case "ping":
                await self._outlet.tell(b'{"type":"pong"}')
            case "pong":
                return
            case "subscribe":
                self._subscribe(message)
            case "complete":
                task = self._operations.pop(str(message.get("id")), None)
                if task is not None:
                    task.cancel()
            case _:
                raise Closing(4400, "Invalid message: unknown type")

    async def _init(self, payload: Any) -> None:
        if self._init_asked:
            raise Closing(4429, "Too many initialisation requests")
        self._init_asked = True
        if payload is not None and not isinstance(payload, dict):
            raise Closing(4400, "Invalid message: payload is an object")
        await self._identified(payload or {})
        await self._outlet.tell(b'{"type":"connection_ack"}')

    async def _identified(self, payload: dict[str, Any]) -> None:
        """Learns who is connected; asked again when the token's time is over."""
        try:
            self._caller, seconds = await self._identify(self._socket, payload)
        except EmsError as error:
            raise Closing(4403 if isinstance(error, Forbidden) else 4401, error.message[:120]) from None
        if seconds is not None:
            expire = asyncio.get_running_loop().call_later(
                max(0.0, seconds), self.end, 4401, "Token expired; connect again with a new one"
            )
            self._timers.append(expire)

    def _subscribe(self, message: dict[str, Any]) -> None:
        if self._caller is None:
            raise Closing(4401, "Unauthorized")
        operation_id = message.get("id")
        if not isinstance(operation_id, str) or not operation_id:
            raise Closing(4400, "Invalid message: id is a string")
        if operation_id in self._operations:
            raise Closing(4409, f"Subscriber for {operation_id[:60]} already exists")
        try:
            asked = of_body(message.get("payload"))
        except BadInput as error:
            raise Closing(4400, f"Invalid message: {error.message}"[:120]) from None
        full = len(self._operations) >= self._limits.subscriptions
        task = asyncio.create_task(self._operate(operation_id, asked, self._caller, full=full))
        self._operations[operation_id] = task
        task.add_done_callback(lambda done: self._done(operation_id, done))

    def _done(self, operation_id: str, task: asyncio.Task[None]) -> None:
        if self._operations.get(operation_id) is task:
            del self._operations[operation_id]
        if not task.cancelled() and task.exception() is not None:
            self.end(1011, "Internal error")

    async def _operate(self, operation_id: str, asked: Parameters, caller: Caller, *, full: bool) -> None:
        quoted = orjson.dumps(operation_id)
        try:
            if full:
                raise TooComplex(f"at most {self._limits.subscriptions} operations on one connection")
            self._rates.take(bucket_of(caller, self._address))
            inquiry = self._answering.admitted(asked, caller)
            async for part in await self._parts(inquiry, caller):
                await self._outlet.answer(quoted, part)
                # Who waits for the next events holds nothing of the last.
                del part
        except EmsError as error:
            errors = encode(error.errors if isinstance(error, Refused) else as_answer(error)["errors"])
            await self._outlet.tell(b'{"id":' + quoted + b',"type":"error","payload":' + errors + b"}")
            return
        except WebSocketDisconnect:
            return
        await self._outlet.tell(b'{"id":' + quoted + b',"type":"complete"}')

    async def _parts(self, asked: Inquiry, caller: Caller) -> AsyncIterator[Part]:
        opened = await self._answering.subscribe(asked, caller)
        if opened is None:
            answer, ran = await self._answering.answer(asked, caller, self._request_id)
            if not ran:
                raise Refused(answer["errors"])
            return once(answer)
        if isinstance(opened, Answer):
            raise Refused(self._answering.laid_out(opened, self._request_id)["errors"])
        return self._fanout.parts(opened, caller, self._request_id)

    async def _beat(self) -> None:
        """Shows that the connection is alive, and lets the network notice when it is not."""
        while True:
            await asyncio.sleep(self._heartbeat)
            if self._caller is not None:
                await self._outlet.tell(b'{"type":"ping"}')


class Refused(BadInput):
    """An operation that was refused before it began, with its errors laid out already."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("refused")
        self.errors = errors
