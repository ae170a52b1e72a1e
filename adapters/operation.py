"""A documented operation, declared as a signature.

    @get("/system/user/{userId}")
    def get_user(user_id: str) -> UserDetail:
        \"\"\"One user with posts and roles. (Security / User information)\"\"\"

Names in the path are path parameters, `body` is the JSON body, an `Upload` is a part of a multipart body, the rest is
the query (or the form). Calling the declaration gives a `Call`, which a gateway sends; the type checker knows what
comes back. A vendor binds its verbs once, with its rename rule: `get, post, put, patch, delete = verbs(Rename.CAMEL)`.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from types import ModuleType, UnionType
from typing import (
    Annotated,
    Any,
    Generic,
    NoReturn,
    ParamSpec,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from adapters.exchange import FileDownload, FileUpload
from adapters.record import In, Wire

P = ParamSpec("P")
R = TypeVar("R")


class Effect(Enum):
    """What a call does; only a READ is ever retried, coalesced or cached."""

    READ = "READ"
    WRITE = "WRITE"
    INGEST = "INGEST"
    """Sent by network elements to the gateway, never by the gateway."""
    SIGN_IN = "SIGN_IN"
    STREAM = "STREAM"


class Content(Enum):
    """How a body is written."""

    JSON = "application/json"
    FORM = "application/x-www-form-urlencoded"
    MULTIPART = "multipart/form-data"


class Place(Enum):
    PATH = "path"
    QUERY = "query"
    BODY = "body"
    FORM = "form"
    PART = "part"
    HEADER = "header"


class Rename(Enum):
    """How a vendor spells the names that Python spells in snake_case."""

    CAMEL = "camel"
    SNAKE = "snake"


@dataclass(frozen=True)
class Parameter:
    """One argument of an operation: its name here, its name on the wire, where it goes, its type with its marks."""

    name: str
    wire: str
    place: Place
    type: Any
    required: bool
    default: Any


@dataclass(frozen=True, eq=False)
class Operation(Generic[P, R]):
    """A declared operation. Two are never equal unless they are the same declaration."""

    name: str
    method: str
    path: str
    """As documented, template names included."""
    effect: Effect
    content: Content
    parameters: tuple[Parameter, ...]
    answer: Any
    """The type of what comes back, marks included."""
    description: str
    envelope: str | None
    """The dialect's own name of an envelope that differs from its usual one."""
    shape: Callable[[Any], Any] | None
    """Rearranges the payload before it is decoded, where its keys are data."""
    module: str
    hidden: bool
    """Kept out of the native namespace: sign-in, or something that no caller may ask for."""

    @cached_property
    def _defaults(self) -> dict[str, Any]:
        return {p.name: p.default for p in self.parameters}

    @cached_property
    def _required(self) -> frozenset[str]:
        return frozenset(p.name for p in self.parameters if p.required)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> "Call[R]":
        if args and len(args) <= len(self.parameters):
            kwargs = dict(zip(self._defaults, args, strict=False)) | kwargs  # type: ignore[assignment]
            args = ()  # type: ignore[assignment]
        if args or not (self._required <= kwargs.keys() <= self._defaults.keys()):
            self._misused(args, kwargs)
        return Call(operation=self, arguments=self._defaults | kwargs)

    def _misused(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> NoReturn:
        unknown = kwargs.keys() - self._defaults.keys()
        if args or unknown:
            raise TypeError(f"{self.name}() has no parameter {', '.join(sorted(unknown)) or 'there'}")
        missing = [name for name in self._defaults if name in self._required and name not in kwargs]
        raise TypeError(f"{self.name}() needs {', '.join(missing)}")

    @property
    def is_file(self) -> bool:
        """Whether a file comes back, to be streamed."""
        return self.answer is FileDownload


@dataclass(frozen=True, eq=False)
class Call(Generic[R]):
    """An operation with its arguments, ready to be sent."""

    operation: Operation[Any, R]
    arguments: Mapping[str, Any]


Declared = Callable[[Callable[P, R]], Operation[P, R]]


class Verb:
    """An HTTP method as a decorator of signatures, for one vendor's rename rule."""

    def __init__(self, method: str, rename: Rename) -> None:
        self.method = method
        self.rename = rename

    def __call__(
        self,
        path: str,
        *,
        effect: Effect | None = None,
        content: Content | None = None,
        envelope: str | None = None,
        shape: Callable[[Any], Any] | None = None,
        hidden: bool = False,
    ) -> Callable[[Callable[P, R]], Operation[P, R]]:
        """Declares the operation at a documented path; `effect` where the method does not tell it."""

        def declare(signature: Callable[P, R]) -> Operation[P, R]:
            hints = get_type_hints(signature, include_extras=True)
            parameters = tuple(self._parameters(signature, hints, path, content))
            return Operation(
                name=signature.__name__,
                method=self.method,
                path=path,
                effect=effect or (Effect.READ if self.method == "GET" else Effect.WRITE),
                content=content or _content_of(parameters),
                parameters=parameters,
                answer=hints["return"],
                description=inspect.getdoc(signature) or "",
                envelope=envelope,
                shape=shape,
                module=signature.__module__,
                hidden=hidden,
            )

        return declare

    def _parameters(
        self, signature: Callable[..., Any], hints: dict[str, Any], path: str, content: Content | None
    ) -> Iterator[Parameter]:
        placeholders = placeholders_of(path)
        folded = {_fold(name): name for name in placeholders}
        for parameter in inspect.signature(signature).parameters.values():
            hint = hints[parameter.name]
            marks = tuple(_marks(hint))
            wire = next((m.name for m in marks if isinstance(m, Wire)), None)
            place = next((Place(m.place) for m in marks if isinstance(m, In)), None)
            if place is None:
                place = _place_of(parameter.name, hint, folded, content)
            if wire is None:
                wire = folded.get(_fold(parameter.name)) if place is Place.PATH else None
            yield Parameter(
                name=parameter.name,
                wire=wire or respell(parameter.name, self.rename),
                place=place,
                type=hint,
                required=parameter.default is inspect.Parameter.empty,
                default=None if parameter.default is inspect.Parameter.empty else parameter.default,
            )


def verbs(rename: Rename) -> tuple[Verb, Verb, Verb, Verb, Verb]:
    """The decorators get, post, put, patch and delete of one vendor."""
    get, post, put, patch, delete = (Verb(m, rename) for m in ("GET", "POST", "PUT", "PATCH", "DELETE"))
    return get, post, put, patch, delete


def operations_of(*modules: ModuleType) -> tuple[Operation[Any, Any], ...]:
    """Every operation declared in these modules, in the order of their declaration."""
    return tuple(
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, Operation) and value.module == module.__name__
    )


def placeholders_of(path: str) -> tuple[str, ...]:
    """The template names of a path, in order."""
    return tuple(re.findall(r"\{([^{}]+)\}", path))


def respell(name: str, rename: Rename) -> str:
    """`user_name` as the vendor spells it."""
    if rename is Rename.SNAKE:
        return name
    head, *rest = name.rstrip("_").split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest)


def _fold(name: str) -> str:
    return name.replace("_", "").lower()


def _marks(hint: Any) -> Iterator[Any]:
    """The marks of a type, also where None may stand in its place."""
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        yield from marks
        yield from _marks(inner)
    elif get_origin(hint) in (Union, UnionType):
        for part in get_args(hint):
            yield from _marks(part)


def _place_of(name: str, hint: Any, placeholders: Mapping[str, str], content: Content | None) -> Place:
    if _fold(name) in placeholders:
        return Place.PATH
    if name == "body":
        return Place.BODY
    if _carries_file(hint):
        return Place.PART
    return {Content.FORM: Place.FORM, Content.MULTIPART: Place.PART}.get(content or Content.JSON, Place.QUERY)


def _content_of(parameters: tuple[Parameter, ...]) -> Content:
    places = {p.place for p in parameters}
    if Place.PART in places:
        return Content.MULTIPART
    return Content.FORM if Place.FORM in places else Content.JSON


def _carries_file(hint: Any) -> bool:
    return hint is FileUpload or any(_carries_file(arg) for arg in get_args(hint))
