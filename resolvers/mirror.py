"""The native namespaces: every declared operation of a vendor as a field, mechanically.

Reads stand under `omc { ... }`, `beaver { ... }` and so on; writes are root mutations with the dialect's prefix, since
root fields alone run in order. A file comes as a link and goes as an upload. A call that answers nothing gives true.
"""

import inspect
from collections.abc import Callable
from typing import Any

import strawberry

from adapters.operation import Effect, Operation, Parameter
from adapters.ports import Source as SourcePort
from adapters.records import Dialect
from resolvers.context import Info
from resolvers.lineage import Rest
from resolvers.native_types import argument_type, argument_value, kept, output_type
from resolvers.vendors import OPERATIONS, PREFIXES

_RESERVED = {"source", "info", "parent"}


def namespace(dialect: Dialect) -> Any:
    """The type of a vendor's namespace, e.g. `OmcQuery`."""
    prefix = PREFIXES[dialect]
    fields = {
        operation.name: _field(operation, dialect, _read_of(operation))
        for operation in OPERATIONS[dialect]
        if operation.effect is Effect.READ and not operation.hidden
    }
    cls = type(f"{prefix}Query", (), fields | {"__module__": __name__})
    cls.__annotations__ = {}
    return strawberry.type(
        cls, description=f"Every documented read of the dialect {dialect.value}, as its document has it."
    )


def native_mutations() -> Any:
    """A type with one root field for each documented write of every vendor."""
    fields = {
        f"{PREFIXES[dialect].lower()}_{operation.name}": _field(
            operation, dialect, _write_of(operation, dialect)
        )
        for dialect, operations in OPERATIONS.items()
        for operation in operations
        if operation.effect is Effect.WRITE and not operation.hidden
    }
    cls = type("NativeMutations", (), fields | {"__module__": __name__})
    cls.__annotations__ = {}
    return strawberry.type(cls)


def _field(operation: Operation[..., Any], dialect: Dialect, resolver: Callable[..., Any]) -> Any:
    return strawberry.field(
        resolver=resolver,
        description=operation.description,
        directives=[Rest(dialect=dialect, method=operation.method, path=operation.path)],
    )


def _read_of(operation: Operation[..., Any]) -> Callable[..., Any]:
    prefix = _prefix_of(operation)
    names = _names(operation)

    async def resolve(parent: Any, info: Info, **given: Any) -> Any:
        return await _called(info, parent, operation, names, given)

    return _signed(resolve, operation, prefix, names, [("parent", strawberry.Parent[SourcePort])], [])


def _write_of(operation: Operation[..., Any], dialect: Dialect) -> Callable[..., Any]:
    prefix = PREFIXES[dialect]
    names = _names(operation)

    async def resolve(info: Info, source: str | None = None, **given: Any) -> Any:
        found = info.context.sources.of(dialect, source)
        return await _called(info, found, operation, names, given)

    return _signed(resolve, operation, prefix, names, [], [("source", str | None, None)])


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


def _signed(
    resolve: Callable[..., Any],
    operation: Operation[..., Any],
    prefix: str,
    names: dict[str, Parameter],
    first: list[tuple[str, Any]],
    last: list[tuple[str, Any, Any]],
) -> Callable[..., Any]:
    """Gives a resolver the signature that its declaration has in the graph."""
    kind = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=hint)
        for name, hint in [*first, ("info", Info)]
    ]
    for name, parameter in names.items():
        hint = argument_type(parameter, prefix)
        default = inspect.Parameter.empty if parameter.required else parameter.default
        parameters.append(inspect.Parameter(name, kind, annotation=hint, default=default))
    parameters += [inspect.Parameter(n, kind, annotation=hint, default=default) for n, hint, default in last]
    answer = output_type(operation.answer, prefix)
    resolve.__signature__ = inspect.Signature(parameters, return_annotation=answer)  # type: ignore[attr-defined]
    resolve.__annotations__ = {p.name: p.annotation for p in parameters} | {"return": answer}
    resolve.__name__ = operation.name
    return resolve


def _names(operation: Operation[..., Any]) -> dict[str, Parameter]:
    """The parameters by the names that they have in the graph."""
    return {(f"{p.name}_" if p.name in _RESERVED else p.name): p for p in operation.parameters}


def _prefix_of(operation: Operation[..., Any]) -> str:
    return next(PREFIXES[dialect] for dialect, found in OPERATIONS.items() if operation in found)
