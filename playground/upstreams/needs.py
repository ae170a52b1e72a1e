"""What a request must hold by the document, and what is wrong with one that does not."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """A parameter or a body field; `a.b` lies in an object, `a[].b` in each object of a list."""

    name: str
    type: str = "string"
    """string, integer, number, boolean, object, array, array<string> or any; several joined by `|`."""
    required: bool = True
    choices: tuple[str, ...] = ()
    """The only values that the document lists, where it lists them; of an array, those of its items."""


def fields(text: str) -> tuple[Field, ...]:
    """Read `name:type=a|b?` words: string where no type stands, `=` lists the choices, `?` says optional."""
    out = []
    for word in text.split():
        head, _, listed = word.removesuffix("?").partition("=")
        name, _, kind = head.partition(":")
        choices = tuple(listed.split("|")) if listed else ()
        out.append(Field(name, kind or "string", required=not word.endswith("?"), choices=choices))
    return tuple(out)


_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}
# A bar inside of array<...> parts the items' types.
_ALTERNATIVE = re.compile(r"[^|<]+(?:<[^>]*>)?")


def fits(value: Any, kind: str) -> bool:
    """Say whether a JSON value is of a kind; true and false are no numbers."""
    for one in _ALTERNATIVE.findall(kind):
        if one == "any":
            return True
        outer, _, inner = one.removesuffix(">").partition("<")
        if isinstance(value, bool):
            if one == "boolean":
                return True
        elif isinstance(value, _KINDS[outer]):
            return not inner or (isinstance(value, list) and all(fits(item, inner) for item in value))
    return False


def chosen(value: Any, field: Field) -> bool:
    """Say whether a value, or each item of a list, is one of the field's choices."""
    items = value if isinstance(value, list) else [value]
    return not field.choices or all(str(item) in field.choices for item in items)


def _is_number(text: str, kind: str) -> bool:
    try:
        float(text) if kind == "number" else int(text)
    except ValueError:
        return False
    return True


def text_problems(values: Mapping[str, str], wanted: Iterable[Field], where: str) -> list[str]:
    """Check parameters that travel as text: the query, a form, headers."""
    problems = []
    for field in wanted:
        value = values.get(field.name)
        if value is None or (value == "" and field.required):
            if field.required:
                problems.append(f"{where} {field.name} is missing")
        elif field.type in {"integer", "number"} and value != "" and not _is_number(value, field.type):
            problems.append(f"{where} {field.name} is no {field.type}: {value[:40]}")
        elif field.type == "boolean" and value not in {"true", "false"}:
            problems.append(f"{where} {field.name} is no boolean: {value[:40]}")
        elif value != "" and not chosen(value, field):
            problems.append(f"{where} {field.name} is none of {', '.join(field.choices)}: {value[:40]}")
    return problems


def body_problems(body: Any, wanted: Iterable[Field], *, known_only: bool = False) -> list[str]:
    """Check a JSON body, an object or a list of objects, against its documented fields."""
    specs = tuple(wanted)
    problems: list[str] = []
    for item in body if isinstance(body, list) else [body]:
        if not isinstance(item, dict):
            problems.append("body is no object")
            continue
        for field in specs:
            _check(item, field.name, field, problems)
        if known_only:
            known = {field.name.split(".")[0].removesuffix("[]") for field in specs}
            problems += [f"body field {name} is not documented" for name in item if name not in known]
    return problems


def _check(item: dict[str, Any], path: str, field: Field, problems: list[str]) -> None:
    head, _, rest = path.partition(".")
    name = head.removesuffix("[]")
    value = item.get(name)
    if value is None:
        if field.required:
            problems.append(f"body field {field.name} is missing")
    elif not rest:
        kind = "array" if head.endswith("[]") else field.type
        if not fits(value, kind):
            problems.append(f"body field {field.name} is no {kind}")
        elif not chosen(value, field):
            problems.append(f"body field {field.name} is none of {', '.join(field.choices)}")
    elif head.endswith("[]"):
        for one in value if isinstance(value, list) else []:
            if isinstance(one, dict):
                _check(one, rest, field, problems)
    elif isinstance(value, dict):
        _check(value, rest, field, problems)
    else:
        problems.append(f"body field {name} is no object")
