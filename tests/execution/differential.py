"""Compares compiled execution with graphql-core's own, on whatever schema it is pointed at."""

import json
from collections.abc import Mapping
from typing import Any

import strawberry
from graphql import DocumentNode, GraphQLError, GraphQLSchema, execute, parse, print_ast, subscribe
from graphql.language import ast
from hypothesis import strategies as st
from hypothesis_graphql import mutations, nodes, queries

from gql_ems.execution import Answer, Executor, Subscription

LITERALS: dict[str, st.SearchStrategy[ast.ValueNode]] = {
    "DateTime": st.just(nodes.String("2023-03-29T15:56:09+00:00")),
    "Date": st.just(nodes.String("2024-12-31")),
    "Long": st.just(nodes.Int(2**40)),
    "JSON": st.sampled_from([nodes.String("x"), nodes.Int(3)]),
    "Upload": st.just(nodes.Null),
}


def random_queries(schema: strawberry.Schema) -> st.SearchStrategy[str]:
    """Random queries over the schema, with aliases and fragments made of them by `rewritten`."""
    return queries(schema.as_str(), custom_scalars=literals(schema._schema))


def random_mutations(schema: strawberry.Schema) -> st.SearchStrategy[str]:
    """Random mutations over the schema."""
    return mutations(schema.as_str(), custom_scalars=literals(schema._schema))


def literals(schema: GraphQLSchema) -> dict[str, st.SearchStrategy[ast.ValueNode]]:
    return {name: literal for name, literal in LITERALS.items() if name in schema.type_map}


def plain(data: Any, errors: list[GraphQLError] | None) -> str:
    """Lay out data and errors so that any difference shows, the order of keys too."""
    told = [
        {
            "message": error.message,
            "path": error.path,
            "locations": [(at.line, at.column) for at in error.locations or ()],
            "original": type(error.original_error).__name__,
        }
        for error in errors or ()
    ]
    return json.dumps({"data": data, "errors": told}, default=repr, indent=1)


async def by_graphql_core(
    schema: strawberry.Schema,
    document: DocumentNode,
    *,
    operation_name: str | None = None,
    variables: Mapping[str, Any] | None = None,
    context: Any = None,
    root: Any = None,
) -> str:
    """Answer by graphql-core, with the executor class that strawberry gives it."""
    result: Any = execute(
        schema._schema,
        document,
        root,
        context,
        dict(variables or {}),
        operation_name,
        executor_class=schema.execution_context_class,
    )
    if hasattr(result, "__await__"):
        result = await result
    return plain(result.data, result.errors)


async def assert_same(
    schema: strawberry.Schema,
    executor: Executor,
    query: str,
    *,
    operation_name: str | None = None,
    variables: Mapping[str, Any] | None = None,
    context: Any = None,
    root: Any = None,
) -> Answer:
    """Run an operation both ways, demand equal answers, and give the compiled one."""
    expected = await by_graphql_core(
        schema,
        parse(query),
        operation_name=operation_name,
        variables=variables,
        context=context() if callable(context) else context,
        root=root,
    )
    answer = await executor.execute(
        query,
        operation_name=operation_name,
        variables=variables,
        context=context() if callable(context) else context,
        root=root,
    )
    assert plain(answer.data, answer.errors) == expected
    return answer


async def assert_same_but_for_races(
    schema: strawberry.Schema, executor: Executor, query: str, *, variables: Mapping[str, Any] | None = None
) -> None:
    """Run an operation both ways; where failures raced to make a place null, any may be told."""
    core = json.loads(await by_graphql_core(schema, parse(query), variables=variables))
    answer = await executor.execute(query, variables=variables)
    compiled = json.loads(plain(answer.data, answer.errors))
    assert json.dumps(compiled["data"]) == json.dumps(core["data"])
    assert nulled(compiled) == nulled(core)


def nulled(answer: dict[str, Any]) -> set[str]:
    """Give the places that errors made null."""
    places = set()
    for error in answer["errors"]:
        value, place = answer["data"], []
        for key in error["path"]:
            if value is None:
                break
            value = value[key]
            place.append(key)
        assert value is None
        places.add(repr(place))
    return places


async def assert_same_events(
    schema: strawberry.Schema,
    executor: Executor,
    query: str,
    *,
    variables: Mapping[str, Any] | None = None,
    context: Any = None,
) -> list[Answer]:
    """Run a subscription both ways and demand equal answers to each event."""
    stream: Any = subscribe(
        schema._schema,
        parse(query),
        None,
        context,
        dict(variables or {}),
        executor_class=schema.execution_context_class,
    )
    if hasattr(stream, "__await__"):
        stream = await stream
    expected = [plain(result.data, result.errors) async for result in stream]
    opened = await executor.subscribe(query, variables=variables, context=context)
    assert isinstance(opened, Subscription)
    answered = [opened.selection.answer(event, context) async for event in opened.events]
    answers = [answer if isinstance(answer, Answer) else await answer for answer in answered]
    assert [plain(answer.data, answer.errors) for answer in answers] == expected
    return answers


class Rewriter:
    """Gives a document other forms that mean nearly the same: aliases, fragments, switches."""

    def __init__(self, draw: Any) -> None:
        self._draw = draw
        self.variables: dict[str, bool] = {}

    def rewrite(self, document: DocumentNode) -> str:
        """Rewrite the operation of a document."""
        text = print_ast(document)
        rewritten = parse(text)
        for definition in rewritten.definitions:
            assert isinstance(definition, ast.OperationDefinitionNode)
            object.__setattr__(definition, "selection_set", self._selections(definition.selection_set))
        body = print_ast(rewritten)
        if not self.variables:
            return body
        declared = ", ".join(f"${name}: Boolean!" for name in self.variables)
        kind = "mutation" if body.startswith("mutation") else "query"
        return f"{kind} Random({declared}) {body[body.index('{') :]}"

    def _selections(self, found: ast.SelectionSetNode) -> ast.SelectionSetNode:
        selections: list[Any] = []
        for selection in found.selections:
            inner = getattr(selection, "selection_set", None)
            if inner is not None:
                object.__setattr__(selection, "selection_set", self._selections(inner))
            choice = self._draw(st.integers(0, 9))
            if choice == 1:
                selections.append(typename())
            if choice == 2:
                selections.append(ast.InlineFragmentNode(selection_set=one(selection)))
            selections.append(self._switched(selection) if choice == 0 else selection)
        return ast.SelectionSetNode(selections=tuple(selections))

    def _switched(self, selection: Any) -> Any:
        name = f"on{len(self.variables)}"
        self.variables[name] = self._draw(st.booleans())
        directive = ast.DirectiveNode(
            name=ast.NameNode(value=self._draw(st.sampled_from(["skip", "include"]))),
            arguments=(
                ast.ArgumentNode(
                    name=ast.NameNode(value="if"),
                    value=ast.VariableNode(name=ast.NameNode(value=name)),
                ),
            ),
        )
        return ast.InlineFragmentNode(directives=(directive,), selection_set=one(selection))


def typename() -> ast.FieldNode:
    return ast.FieldNode(name=ast.NameNode(value="__typename"))


def one(selection: Any) -> ast.SelectionSetNode:
    return ast.SelectionSetNode(selections=(selection,))
