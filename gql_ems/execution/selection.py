"""The function that is compiled for one selection set: a record in, its part of the answer out.

Its source holds names of attributes and parameters, which are ours, and response keys as literals;
everything else stands in its namespace.
"""

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    Undefined,
    get_nullable_type,
    is_leaf_type,
    is_non_null_type,
    is_object_type,
)
from msgspec import UNSET

from gql_ems.execution.completion import Select, Selections, completer
from gql_ems.execution.field import Field
from gql_ems.execution.info import FieldInfo
from gql_ems.execution.kinds import KINDS, Coroutine
from gql_ems.execution.leaves import coercion, member_names, unusual
from gql_ems.execution.resolution import Attribute, Delegated, Direct, Event, Resolution, Typename, is_name
from gql_ems.execution.usual import compile_usual, items_of
from gql_ems.execution.waiting import Landing, abandon, fill, wait

Resolve = Callable[[Field], Resolution]


def compile_selection(
    of_type: GraphQLObjectType, fields: list[Field], resolve: Resolve, selections: Selections
) -> Select:
    """Compile the function that answers the given fields of an object type."""
    writer = _Writer(of_type, resolve, selections)
    for field in fields:
        writer.field(field)
    code = compile(writer.source(), f"<selection of {of_type.name}>", "exec")
    exec(code, writer.names)  # noqa: S102
    select: Any = writer.names["select"]
    select.usual = compile_usual(of_type, writer.resolved, selections)
    compiled: Select = select
    return compiled


class _Writer:
    """Writes the source of one function and collects what it names."""

    def __init__(self, of_type: GraphQLObjectType, resolve: Resolve, selections: Selections) -> None:
        self._typename = of_type.name
        self._resolve = resolve
        self._selections = selections
        self._lines: list[str] = []
        self._entries: list[str] = []
        self.resolved: list[tuple[Field, Resolution]] = []
        self.names: dict[str, Any] = {
            "Coroutine": Coroutine,
            "FieldInfo": FieldInfo,
            "KINDS": KINDS,
            "Undefined": Undefined,
            "abandon": abandon,
            "fill": fill,
            "wait": wait,
        }

    def source(self) -> str:
        """Give the whole function."""
        answer = "{" + ", ".join(self._entries) + "}"
        if not self._lines:
            return f"def select(run, s, p):\n    return {answer}\n"
        return "\n".join(
            [
                "def select(run, s, p):",
                "    w = None",
                "    try:",
                *indented(indented(self._lines)),
                "    except Exception:",
                "        if w is not None: abandon(run, w)",
                "        raise",
                f"    if w is not None: return fill({answer}, w)",
                f"    return {answer}",
                "",
            ]
        )

    def field(self, field: Field) -> None:
        """Write what gets and completes one field."""
        how = self._resolve(field)
        self.resolved.append((field, how))
        key = repr(field.key)
        if isinstance(how, Typename):
            self._entries.append(f"{key}: {self._typename!r}")
            return
        number = len(self._entries)
        self._entries.append(f"{key}: v{number}")
        of_type = field.definition.type
        fail = field.fail(of_type)
        complete = completer(of_type, field, self._selections)
        inner: Any = get_nullable_type(of_type)
        usual = items_of(inner, field, self._selections) if is_object_type(inner) else None
        landing = Landing(complete, fail, field.nodes, is_non_null_type(of_type), is_light(how), usual)
        self.names |= {f"F{number}": field, f"X{number}": fail, f"Z{number}": landing.land}
        path = f"(p, {key}, {self._typename!r})"
        lines = self._lines
        if asks_info(how):
            lines.append(f"q{number} = {path}")
            path = f"q{number}"
        lines.append("try:")
        body = self._value(how, number, f"i{number} = FieldInfo(run, F{number}, {path})")
        land_line = f"v{number} = Z{number}(run, v{number}, {path})"
        wait_line = f"if v{number}.__class__ is Coroutine: w = wait(w, {key}, v{number})"
        body += self._completion(of_type, number, [land_line, wait_line])
        lines.extend(indented(body))
        lines.append("except Exception as e:")
        lines.append(f"    v{number} = X{number}(run, e, {path})")

    def _value(self, how: Resolution, number: int, make_info: str) -> list[str]:
        """Write what gets the value."""
        target, info = f"v{number}", f"i{number}"
        if isinstance(how, Typename | Event):
            return [f"{target} = s"]
        if isinstance(how, Delegated):
            self.names[f"R{number}"] = how.resolve
            passed = ""
            if how.arguments is not None:
                self.names[f"A{number}"] = how.arguments.passed
                passed = f", **A{number}(run)"
            return [make_info, f"{target} = R{number}(s, {info}{passed})"]
        asked = [make_info] if asks_info(how) else []
        for place, permit in enumerate(how.permits):
            self.names[f"P{number}_{place}"] = permit
            asked.append(f"P{number}_{place}(s, {info})")
        if isinstance(how, Attribute):
            read = f"s.{how.name}"
            if how.read is not None or not is_name(how.name):
                self.names[f"R{number}"] = how.read or getattr
                read = f"R{number}(s, {how.name!r})"
            return [*asked, f"{target} = {read}"]
        call = self._call(how, number)
        if how.attribute is not None:
            self.names["UNSET"] = UNSET
            if not asked and takes_info(how):
                call = [make_info, *call]
            call = [f"{target} = s.{how.attribute}", f"if {target} is UNSET:", *indented(call)]
        return asked + call

    def _call(self, how: Direct, number: int) -> list[str]:
        """Write the call of a resolver, with what it asks for."""
        names = self.names
        names[f"R{number}"] = how.call
        given = ["s"] if how.takes_self else []
        given += [f"{name}=s" for name in how.source_names]
        if how.info_name is not None:
            names[f"N{number}"] = how.info_class
            names[f"D{number}"] = how.declaration
            given.append(f"{how.info_name}=N{number}(_raw_info=i{number}, _field=D{number})")
        if how.arguments is None:
            return [f"v{number} = R{number}({', '.join(given)})"]
        given.append("**a")
        call = f"R{number}({', '.join(given)})"
        lines = [f"a = A{number}(run, i{number})"]
        if how.declaration.is_async:
            names[f"A{number}"] = how.arguments.awaited
            return [*lines, f"v{number} = a if a.__class__ is Coroutine else {call}"]
        names[f"A{number}"] = how.arguments.converted
        return [*lines, f"v{number} = {call}"]

    def _completion(self, of_type: GraphQLOutputType, number: int, slow: list[str]) -> list[str]:
        """Write what completes the value: at once where it is as usual, else the slow way."""
        value = f"v{number}"
        nullable = not is_non_null_type(of_type)
        inner: Any = get_nullable_type(of_type)
        present = f"{value} is not None"
        slow_way = indented(slow)
        if not is_leaf_type(inner):
            return [f"if {present}:", *slow_way] if nullable else slow
        test = unusual(inner)
        if test is not None:
            test = test.format(v=value)
            return [f"if {test} and {present}:" if nullable else f"if {test}:", *slow_way]
        if isinstance(inner, GraphQLEnumType):
            self.names[f"E{number}"] = member_names(inner).get
            found = f"if t is not None: {value} = t"
            otherwise = f"elif {present}:" if nullable else "else:"
            return [f"t = E{number}(id({value}))", found, otherwise, *slow_way]
        assert isinstance(inner, GraphQLScalarType)
        self.names[f"S{number}"] = coercion(inner)
        lines = [
            f"t = None if KINDS[{value}.__class__] else S{number}({value})",
            f"if t is not None and t is not Undefined: {value} = t",
            "else:",
            *slow_way,
        ]
        return [f"if {present}:", *indented(lines)] if nullable else lines


def indented(lines: list[str]) -> list[str]:
    """Give the lines one level deeper."""
    return ["    " + line for line in lines]


def asks_info(how: Resolution) -> bool:
    """Tell whether getting the value always takes the field's info."""
    if isinstance(how, Attribute):
        return bool(how.permits)
    if isinstance(how, Direct):
        return bool(how.permits) or (takes_info(how) and how.attribute is None)
    return isinstance(how, Delegated)


def takes_info(how: Direct) -> bool:
    """Tell whether calling the resolver takes the field's info."""
    return how.info_name is not None or how.arguments is not None


def is_light(how: Resolution) -> bool:
    """Tell whether the resolver of a field is declared to wait for nothing but loaders' futures."""
    return isinstance(how, Direct) and bool(how.declaration.metadata.get("light"))
