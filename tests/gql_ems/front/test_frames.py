"""Frames that are laid out once for all ids of a length are what a client reads as one message for each answer."""

import orjson
from hypothesis import given
from hypothesis import strategies as st
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from gql_ems.front.frames import cut_frames, message
from gql_ems.front.payloads import Payload

SIZES = st.integers(0, 300) | st.sampled_from([65_000, 65_480, 65_536, 70_000])


def read(data: bytes) -> list[str]:
    client = ClientProtocol(parse_uri("ws://gateway/graphql"), state=State.OPEN)
    client.receive_data(data)
    frames = client.events_received()
    assert all(isinstance(f, Frame) and f.opcode is Opcode.TEXT and f.fin for f in frames)
    return [frame.data.decode() for frame in frames]


@given(st.text(min_size=1, max_size=60), st.lists(SIZES, min_size=1, max_size=5))
def test_a_client_reads_each_answer_under_its_own_id(operation_id, sizes):
    quoted = orjson.dumps(operation_id)
    bodies = [orjson.dumps({"data": "x" * size}) for size in sizes]
    found = read(quoted.join(cut_frames([Payload(None, body) for body in bodies], len(quoted))))

    assert found == [message(quoted, body).decode() for body in bodies]
    assert [orjson.loads(text)["id"] for text in found] == [operation_id] * len(sizes)
