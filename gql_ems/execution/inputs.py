"""Arguments as strawberry gives them to resolvers, by converters that know the types beforehand."""

from collections.abc import Callable
from dataclasses import MISSING
from typing import Any

import strawberry
from strawberry.relay import GlobalID
from strawberry.scalars import is_scalar
from strawberry.types.arguments import StrawberryArgument, convert_argument
from strawberry.types.base import StrawberryList, StrawberryMaybe, StrawberryOptional, has_object_definition
from strawberry.types.enum import StrawberryEnumDefinition, has_enum_definition
from strawberry.types.lazy_type import LazyType
from strawberry.types.unset import UNSET

Convert = Callable[[Any], Any]
# An argument: its name in the schema, its name in Python, and what makes its value.
Argument = tuple[str, str, Callable[[Any, Any], Any]]


class UncommonTypeError(Exception):
    """The type is one that strawberry itself shall convert."""


class Inputs:
    """Makes converters for the arguments of a schema, one for each input type."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self._config = schema.config
        self._registry = schema.schema_converter.scalar_registry
        self._objects: dict[Any, Convert] = {}

    def arguments(self, declared: list[StrawberryArgument]) -> list[Argument]:
        """Make what converts each of the declared arguments."""
        return [
            (
                self._config.name_converter.from_argument(argument),
                argument.python_name,
                self._argument(argument),
            )
            for argument in declared
        ]

    def _argument(self, argument: StrawberryArgument) -> Callable[[Any, Any], Any]:
        of_type, name = argument.type, self._config.name_converter.from_argument(argument)
        try:
            known = self._converter(of_type)
        except UncommonTypeError:
            # A type that was begun may be held by one that was finished.
            self._objects.clear()

            def by_strawberry(value: Any, info: Any) -> Any:
                return convert_argument(value, of_type, self._registry, self._config, info, path=(name,))

            return by_strawberry
        return lambda value, _info: known(value)

    def _converter(self, of_type: Any) -> Convert:
        if isinstance(of_type, StrawberryMaybe) or of_type is GlobalID:
            raise UncommonTypeError
        if isinstance(of_type, StrawberryOptional):
            return self._converter(of_type.of_type)
        if isinstance(of_type, LazyType):
            return self._converter(of_type.resolve_type())
        if isinstance(of_type, StrawberryList):
            return self._list(of_type.of_type)
        if is_scalar(of_type, self._registry) or isinstance(of_type, StrawberryEnumDefinition):
            return as_it_is
        if has_enum_definition(of_type):
            return as_it_is
        if has_object_definition(of_type):
            return self._object(of_type)
        raise UncommonTypeError

    def _list(self, of_type: Any) -> Convert:
        item = self._converter(of_type)

        def convert(value: Any) -> Any:
            if value is None or value is UNSET:
                return value
            return list(value) if item is as_it_is else [item(each) for each in value]

        return convert

    def _object(self, of_type: Any) -> Convert:
        known = self._objects.get(of_type)
        if known is not None:
            return known
        definition = of_type.__strawberry_definition__
        if definition.from_input is not None or not definition.is_input:
            raise UncommonTypeError
        fields: list[tuple[str, str, Convert]] = []

        def convert(value: Any) -> Any:
            if value is None or value is UNSET:
                return value
            given = dict.fromkeys(unset)
            for name, python_name, field in fields:
                if name in value:
                    given[python_name] = field(value[name])
            return of_type(**given)

        # Known before its fields are: an input type may hold itself.
        self._objects[of_type] = convert
        fields += [
            (
                self._config.name_converter.from_field(field),
                field.python_name,
                self._converter(field.resolve_type(type_definition=definition)),
            )
            for field in definition.fields
        ]
        unset = [
            field.python_name
            for field in definition.fields
            if field.default_value is MISSING and field.default_factory is MISSING
        ]
        return convert


def as_it_is(value: Any) -> Any:
    """Leave a leaf as graphql-core has coerced it."""
    return value
