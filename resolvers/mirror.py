"""The native namespaces: every declared operation of a vendor as a field, mechanically.

Reads stand under `omc { ... }`, `beaver { ... }` and so on; writes are root mutations with the dialect's prefix, since
root fields alone run in order. A file comes as a link and goes as an upload. A call that answers nothing gives true.
"""

from typing import Any

from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from adapters.operation import Effect, Operation, Parameter
from adapters.ports import Source as SourcePort
from adapters.records import Dialect
from resolvers import assembly
from resolvers.context import Info
from resolvers.lineage import Rest
from resolvers.native_types import argument_type, argument_value, kept, output_type
from resolvers.vendors import OPERATIONS, PREFIXES

_RESERVED = {"source", "info", "parent"}


def namespace(dialect: Dialect) -> Any:
    """The type of a vendor's namespace, e.g. `OmcQuery`."""
    prefix = PREFIXES[dialect]
    fields = [
        _field(operation.name, operation, dialect, _read_of(operation, prefix))
        for operation in OPERATIONS[dialect]
        if operation.effect is Effect.READ and not operation.hidden
    ]
    told = f"Every documented read of the dialect {dialect.value}, as its document has it."
    return assembly.object_type(f"{prefix}Query", fields, told)


def native_mutations() -> Any:
    """A type with one root field for each documented write of every vendor."""
    fields = [
        _field(
            f"{PREFIXES[dialect].lower()}_{operation.name}", operation, dialect, _write_of(operation, dialect)
        )
        for dialect, operations in OPERATIONS.items()
        for operation in operations
        if operation.effect is Effect.WRITE and not operation.hidden
    ]
    return assembly.object_type("NativeMutations", fields)


def _field(
    name: str, operation: Operation[..., Any], dialect: Dialect, resolver: StrawberryResolver[Any]
) -> StrawberryField:
    return assembly.field(
        name,
        output_type(operation.answer, PREFIXES[dialect]),
        resolver=resolver,
        description=operation.description,
        directives=[Rest(dialect=dialect, method=operation.method, path=operation.path)],
    )


def _read_of(operation: Operation[..., Any], prefix: str) -> StrawberryResolver[Any]:
    names = _names(operation)

    async def resolve(parent: SourcePort, info: Info, **given: Any) -> Any:
        return await _called(info, parent, operation, names, given)

    return assembly.of_both(resolve, _arguments(names, prefix))


def _write_of(operation: Operation[..., Any], dialect: Dialect) -> StrawberryResolver[Any]:
    names = _names(operation)

    async def resolve(info: Info, source: str | None = None, **given: Any) -> Any:
        found = info.context.sources.of(dialect, source)
        return await _called(info, found, operation, names, given)

    which = assembly.argument("source", str | None, None)
    return assembly.of_info(resolve, [*_arguments(names, PREFIXES[dialect]), which])


async def _called(
    info: Info,
    source: SourcePort,
    operation: Operation[..., Any],
    names: dict[str, Parameter],
    given: dict[str, Any],
) -> Any:
    arguments = {names[name].name: argument_value(names[name].type, value) for name, value in given.items()}
    call = operation(**arguments)
    if operation.is_file:
        return await info.context.files.link(source.name, call, info.context.caller.username)
    answer = await source.gateway.send(call)
    return True if operation.answer is type(None) else kept(answer)


def _arguments(names: dict[str, Parameter], prefix: str) -> list[StrawberryArgument]:
    return [
        assembly.argument(
            name,
            argument_type(parameter, prefix),
            assembly.REQUIRED if parameter.required else parameter.default,
        )
        for name, parameter in names.items()
    ]


def _names(operation: Operation[..., Any]) -> dict[str, Parameter]:
    """The parameters by the names that they have in the graph."""
    return {(f"{p.name}_" if p.name in _RESERVED else p.name): p for p in operation.parameters}
