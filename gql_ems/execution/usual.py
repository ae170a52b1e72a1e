"""The function that is compiled for lists of records in which nothing is unusual: no path, no error, nothing awaited.

It gives a list as it stands in the answer, or None at the first thing that needs a closer look; then the list is
completed item by item. Reading a record twice does nothing, so it is there for records (`msgspec.Struct`) alone, and for
selections whose fields are attributes.
"""

from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLObjectType,
    GraphQLOutputType,
    Undefined,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from msgspec import UNSET, Struct

from gql_ems.execution.completion import Selections, records_of
from gql_ems.execution.field import Field
from gql_ems.execution.kinds import KINDS, Kinds
from gql_ems.execution.leaves import UsualItems, coercion, member_names, unusual, usual_items
from gql_ems.execution.resolution import Attribute, Direct, Resolution, Typename, is_name

STRUCTS = Kinds(Struct)


def compile_usual(
    of_type: GraphQLObjectType, fields: list[tuple[Field, Resolution]], selections: Selections
) -> UsualItems | None:
    """Compile the function for lists of an object type; None where a field is more than an attribute."""
    kinds = STRUCTS if of_type.is_type_of is None else records_of(of_type)
    if kinds is None or not issubclass(kinds.record, Struct):
        return None
    names: dict[str, Any] = {"K": kinds, "KINDS": KINDS, "UNSET": UNSET, "Undefined": Undefined}
    lines: list[str] = []
    entries: list[str] = []
    for number, (field, how) in enumerate(fields):
        if isinstance(how, Typename):
            entries.append(f"{field.key!r}: {of_type.name!r}")
            continue
        attribute = attribute_of(how)
        written = None if attribute is None else _field(field, f"v{number}", number, names, selections)
        if written is None:
            return None
        lines += [f"v{number} = s.{attribute}", *written]
        entries.append(f"{field.key!r}: v{number}")
    source = [
        "def usual(items):",
        "    answer = []",
        "    append = answer.append",
        "    try:",
        "        for s in items:",
        "            if K[s.__class__]: return None",
        *(f"            {line}" for line in lines),
        f"            append({{{', '.join(entries)}}})",
        "    except Exception:",
        "        return None",
        "    return answer",
        "",
    ]
    exec(compile("\n".join(source), f"<usual {of_type.name}>", "exec"), names)  # noqa: S102
    usual: UsualItems = names["usual"]
    return usual


def attribute_of(how: Resolution) -> str | None:
    """Name the attribute that is all that a field reads while it is there."""
    if isinstance(how, Attribute):
        return how.name if how.read is None and not how.permits and is_name(how.name) else None
    if isinstance(how, Direct):
        return how.attribute if not how.permits else None
    return None


def _field(
    field: Field, value: str, number: int, names: dict[str, Any], selections: Selections
) -> list[str] | None:
    """Write what completes a value; None where that is not to be done here."""
    of_type: GraphQLOutputType = field.definition.type
    inner: Any = get_nullable_type(of_type)
    absent = "" if is_non_null_type(of_type) else f" and {value} is not None"
    if is_leaf_type(inner):
        test = unusual(inner)
        if test is not None:
            return [f"if {test.format(v=value)}{absent}: return None"]
        lines = _leaf(inner, value, number, names)
    else:
        items = items_of(inner, field, selections)
        if items is None:
            return None
        names[f"U{number}"] = items
        if is_list_type(inner):
            lines = [
                f"if {value}.__class__ is not tuple and {value}.__class__ is not list: return None",
                f"{value} = U{number}({value})",
                f"if {value} is None: return None",
            ]
        else:
            lines = [
                f"{value} = U{number}(({value},))",
                f"if {value} is None: return None",
                f"{value} = {value}[0]",
            ]
    return [f"if {value} is not None:", *(f"    {line}" for line in lines)] if absent else lines


def _leaf(of_type: Any, value: str, number: int, names: dict[str, Any]) -> list[str]:
    if isinstance(of_type, GraphQLEnumType):
        names[f"E{number}"] = member_names(of_type).get
        return [f"{value} = E{number}(id({value}))", f"if {value} is None: return None"]
    names[f"S{number}"] = coercion(of_type)
    return [
        f"if {value} is UNSET or KINDS[{value}.__class__]: return None",
        f"{value} = S{number}({value})",
        f"if {value} is None or {value} is Undefined: return None",
    ]


def items_of(of_type: Any, field: Field, selections: Selections) -> UsualItems | None:
    """Give what completes usual items of a list, or a usual object as the only item of one."""
    item_type: Any = get_nullable_type(of_type.of_type) if is_list_type(of_type) else of_type
    if is_leaf_type(item_type):
        return usual_items(item_type)
    if is_object_type(item_type):
        return getattr(selections(item_type, field), "usual", None)
    return None
