"""What a burst may take: one answer for each event and selection, one write for each who watches."""

from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from gql_ems.framed_protocol import FramedProtocol
from gql_ems.front.frames import FRAMES
from tests.resolvers_streams.gateway import started
from tests.resolvers_streams.samples import numbered
from tests.resolvers_streams.streaming import EVENTS, SOCKET, streamed

ALL = "subscription { alarms(snapshot: true) { cursor alarm { additionalText } } }"
WIDE = "subscription { alarms(snapshot: true) { cursor change alarm { additionalText severity } } }"
SOME = """subscription($of: [Severity!]) {
  alarms(snapshot: true, filter: {severities: $of}) { cursor alarm { additionalText } }
}"""
BURST = 60


class Counting:
    """Goes around the application and counts what it sends and writes."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()

    def __call__(self, app: Any) -> Any:
        async def counted(scope: Any, receive: Any, send: Any) -> None:
            async def sent(message: Any) -> None:
                self.seen[message["type"]] += 1
                await send(message)

            offered = scope.get("extensions", {}).get(FRAMES)
            if offered is not None:
                scope["extensions"][FRAMES] = {"write": self._writing(offered["write"])}
            await app(scope, receive, sent)

        return counted

    def _writing(self, write: Any) -> Any:
        async def written(frames: bytes) -> None:
            self.seen["frames"] += 1
            await write(frames)

        return written


@asynccontextmanager
async def watching(tables, hands, *asked: tuple[str, str, dict[str, Any]], ws: Any = FramedProtocol):
    """A gateway with those who watch it live, and what is counted of it from then on."""
    counting = Counting()
    async with started(tables, hands, counting, ws=ws) as gateway, AsyncExitStack() as stack:
        await gateway.posted(numbered(0))
        streams = []
        for transport, query, variables in asked:
            streams.append(
                await stack.enter_async_context(streamed(gateway.url, transport, query, variables))
            )
            # Whoever has got the standing alarm sees what comes as it comes.
            await streams[-1].take(1)
        counting.seen.clear()
        gateway.service.fanout.encoded = 0
        yield gateway, streams, counting.seen


async def burst(gateway, streams) -> list[list[str]]:
    """Posts many alarms at once; what each who watches is told of them."""
    await gateway.posted(
        [numbered(n, origSeverity="Minor" if n % 2 else "Major") for n in range(1, BURST + 1)]
    )
    return [[e["alarm"]["additionalText"] for e in await stream.take(BURST)] for stream in streams]


EXPECTED = [f"alarm {n}" for n in range(1, BURST + 1)]


async def test_a_burst_is_encoded_once_for_each_selection_and_written_once_to_each(tables, hands):
    asked = [(SOCKET, query, {}) for query in (ALL, WIDE) for _ in range(8)]
    async with watching(tables, hands, *asked) as (gateway, streams, seen):
        found = await burst(gateway, streams)
        encoded, written = gateway.service.fanout.encoded, seen["frames"]

    assert found == [EXPECTED] * len(asked)
    assert (encoded, written) == (2 * BURST, len(asked))


async def test_filters_choose_events_and_share_their_answers(tables, hands):
    severities = (None, ["MAJOR", "MINOR"], ["MAJOR"])
    asked = [(SOCKET, SOME, {"of": of}) for of in severities]
    async with watching(tables, hands, *asked) as (gateway, streams, _):
        every, same, some = streams
        found = await burst(gateway, [every, same])
        severe = [e["alarm"]["additionalText"] for e in await some.take(BURST // 2)]
        encoded = gateway.service.fanout.encoded

    assert found == [EXPECTED] * 2
    assert severe == EXPECTED[1::2]
    assert encoded == BURST


async def test_event_streams_are_written_in_one_piece_too(tables, hands):
    async with watching(tables, hands, (EVENTS, ALL, {})) as (gateway, streams, seen):
        assert await burst(gateway, streams) == [EXPECTED]
        # The other body and its end are of the post.
        assert seen["http.response.body"] <= 3


async def test_a_server_that_takes_no_frames_is_sent_messages(tables, hands):
    asked = (SOCKET, ALL, {})
    async with watching(tables, hands, asked, ws=WebSocketsSansIOProtocol) as (gateway, streams, seen):
        assert await burst(gateway, streams) == [EXPECTED]
        counted = (seen["frames"], seen["websocket.send"])

    assert counted == (0, BURST)
