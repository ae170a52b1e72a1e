"""Network elements registered, changed, removed, and commanded."""

import re
from typing import cast

import strawberry

from adapters.errors import BadInput
from adapters.ports import NetworkElements
from adapters.ports.network import NetworkElementChange, NetworkElementDraft
from adapters.records import ObjectKind, Virtualization
from adapters.redaction import scrubbed_text
from resolvers.context import Info
from resolvers.elements import NetworkElement
from resolvers.lineage import Requires
from resolvers.mutations.deeds import deleted_one, port_for, port_of
from resolvers.mutations.users import DeletePayload
from resolvers.payloads import Payload, UserError, answered, given

MOST_COMMANDS = 100


@strawberry.type
class NetworkElementPayload:
    network_element: NetworkElement | None
    user_errors: list[UserError]


@strawberry.type
class MmlPayload:
    outputs: list[str]
    user_errors: list[UserError]


@strawberry.input
class CreateNetworkElementInput:
    source: str = "local"
    ne_type: str
    ne_id: str
    name: str
    ip: str
    port: int
    vendor: str | None = None
    province: str | None = None
    dn: str | None = None
    virtualization: Virtualization | None = None


@strawberry.input
class UpdateNetworkElementInput:
    name: str | None = strawberry.UNSET
    ip: str | None = strawberry.UNSET
    port: int | None = strawberry.UNSET
    vendor: str | None = strawberry.UNSET
    province: str | None = strawberry.UNSET
    dn: str | None = strawberry.UNSET
    virtualization: Virtualization | None = strawberry.UNSET


@strawberry.type
class ElementMutations:
    @strawberry.mutation(description="Registers a network element with an OMC or in the local store.")
    async def create_network_element(
        self, info: Info, input: CreateNetworkElementInput
    ) -> NetworkElementPayload:
        source, port = port_for(info, input.source, ObjectKind.NETWORK_ELEMENT)

        async def do() -> Payload:
            _word(input.ne_type, r"[A-Za-z0-9]{1,16}", "neType")
            _word(input.ne_id, r"[A-Za-z0-9_.\-]{1,64}", "neId")
            draft = NetworkElementDraft(
                ne_type=input.ne_type.upper(),
                ne_id=input.ne_id,
                name=input.name,
                ip=input.ip,
                port=_port_number(input.port),
                vendor=input.vendor,
                province=input.province,
                dn=input.dn,
                virtualization=input.virtualization,
            )
            return Payload(network_element=await cast("NetworkElements", port).create(draft))

        return await answered(info, source, None, do)

    @strawberry.mutation(description="Changes what is known of a network element; what is left out stays.")
    async def update_network_element(
        self, info: Info, id: strawberry.ID, input: UpdateNetworkElementInput
    ) -> NetworkElementPayload:
        source, native_id, port = port_of(info, id, ObjectKind.NETWORK_ELEMENT)

        async def do() -> Payload:
            number = given(input.port)
            change = NetworkElementChange(
                name=given(input.name),
                ip=given(input.ip),
                port=_port_number(number) if isinstance(number, int) else number,
                vendor=given(input.vendor),
                province=given(input.province),
                dn=given(input.dn),
                virtualization=given(input.virtualization),
            )
            return Payload(network_element=await cast("NetworkElements", port).update(native_id, change))

        return await answered(info, source, id, do)

    @strawberry.mutation(description="Removes a network element from its source.")
    async def delete_network_element(self, info: Info, id: strawberry.ID) -> DeletePayload:
        return await deleted_one(info, id, ObjectKind.NETWORK_ELEMENT)

    @strawberry.mutation(
        description=(
            "Man-machine language commands, in order, one command an item, without control characters; audited."
        ),
        directives=[Requires(permission="mml")],
    )
    async def run_mml(self, info: Info, network_element: strawberry.ID, commands: list[str]) -> MmlPayload:
        source, native_id, port = port_of(
            info, network_element, ObjectKind.NETWORK_ELEMENT, ("networkElement",)
        )

        async def do() -> Payload:
            if not 1 <= len(commands) <= MOST_COMMANDS:
                raise BadInput(f"from 1 to {MOST_COMMANDS} commands", ("commands",))
            for index, command in enumerate(commands):
                if not command.strip() or re.search(r"[\x00-\x1f\x7f]", command):
                    raise BadInput(
                        "a command is one line without control characters", ("commands", str(index))
                    )
            element = await info.context.must_find(ObjectKind.NETWORK_ELEMENT, source.name, native_id)
            outputs = await cast("NetworkElements", port).run_mml(element, tuple(commands))
            return Payload(outputs=tuple(scrubbed_text(output) for output in outputs))

        return await answered(info, source, network_element, do)


def _word(value: str, pattern: str, field: str) -> None:
    if not re.fullmatch(pattern, value):
        raise BadInput(f"{field} has letters and digits alone, not {value[:80]!r}", ("input", field))


def _port_number(value: int) -> int:
    if not 1 <= value <= 65535:
        raise BadInput("a port is from 1 to 65535", ("input", "port"))
    return value
