"""Runs one operation for one caller and lays out its answer, with what it cost where that is asked for."""

import asyncio
from collections.abc import Callable
from typing import Any

from adapters.caller import Caller
from adapters.errors import BadInput, Forbidden, RateLimited
from adapters.observing import CallSeen, watching
from gql_ems.execution import Answer, Executor, Subscription
from gql_ems.front.errors import formatted
from gql_ems.front.parameters import Parameters
from resolvers.context import Context
from resolvers.permissions import EXPLAIN

MakeContext = Callable[[Caller], Context]


class Answering:
    """The executor with what a request needs around it: a context, a time limit, errors laid out."""

    def __init__(
        self, executor: Executor, make_context: MakeContext, documents: "PersistedDocuments", seconds: float
    ) -> None:
        self.executor = executor
        self.make_context = make_context
        self._documents = documents
        self._seconds = seconds

    async def answer(
        self,
        asked: Parameters,
        caller: Caller,
        request_id: str,
        *,
        reads_only: bool = False,
        explain: bool = False,
    ) -> tuple[dict[str, Any], bool]:
        """The answer laid out, and whether the operation was run at all; BadInput where it cannot be."""
        query = self.query_of(asked)
        if reads_only:
            self._refuse_write(query, asked.operation_name)
        if explain and not caller.may(EXPLAIN):
            raise Forbidden("x-ems-explain needs the permission `explain`")
        with watching() as calls:
            started = asyncio.get_running_loop().time()
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await self.executor.execute(
                        query,
                        operation_name=asked.operation_name,
                        variables=asked.variables,
                        context=self.make_context(caller),
                    )
            except TimeoutError:
                raise RateLimited(f"the query took longer than {self._seconds:g} s") from None
        laid_out = self.laid_out(answer, request_id)
        if explain:
            laid_out["extensions"] = {"upstream": [cost_of(call, started) for call in calls]}
        return laid_out, answer.executed

    async def subscribe(
        self, asked: Parameters, caller: Caller, last_event_id: str | None = None
    ) -> Subscription | Answer | None:
        """An open subscription, resumed behind an event; an answer where it was refused; None where it is none."""
        query = self.query_of(asked)
        operation = self.executor.operation(query, asked.operation_name)
        if not isinstance(operation, list) and operation.node.operation.value != "subscription":
            return None
        context = self.make_context(caller)
        context.last_event_id = last_event_id
        return await self.executor.subscribe(
            query, operation_name=asked.operation_name, variables=asked.variables, context=context
        )

    def query_of(self, asked: Parameters) -> str:
        """The document: as sent, or a persisted one by its hash."""
        return self._documents.find(asked)

    def laid_out(self, answer: Answer, request_id: str) -> dict[str, Any]:
        """An answer as JSON has it."""
        told: dict[str, Any] = {}
        if answer.errors:
            told["errors"] = [formatted(error, request_id) for error in answer.errors]
        if answer.executed:
            told["data"] = answer.data
        return told

    def _refuse_write(self, query: str, name: str | None) -> None:
        operation = self.executor.operation(query, name)
        if not isinstance(operation, list) and operation.node.operation.value != "query":
            raise NotByGet("GET runs queries alone; send mutations by POST")


class NotByGet(BadInput):
    """An operation that changes something came by GET."""


def cost_of(call: CallSeen, started: float) -> dict[str, Any]:
    """One upstream call of an answer."""
    return {
        "source": call.source,
        "method": call.method,
        "path": call.path,
        "status": call.status,
        "ms": round(call.ms, 3),
        "cache": call.cache.value,
        "startedMs": round(max(0.0, (call.started - started) * 1000), 3),
    }


class PersistedDocuments:
    """Documents that are known by their hash (sha256, hexadecimal), and kept when a client sends both."""

    def __init__(self, known: dict[str, str], *, only: bool = False) -> None:
        self._known = dict(known)
        self._only = only

    def find(self, asked: Parameters) -> str:
        """The text of a document; BadInput where neither it nor a known hash was sent."""
        mark = _hash_of(asked)
        if mark is not None and mark in self._known:
            return self._known[mark]
        if self._only:
            raise BadInput("this gateway takes persisted documents alone", ("extensions",))
        if asked.query is None:
            if mark is not None:
                raise UnknownDocument("PersistedQueryNotFound", ("extensions", "persistedQuery"))
            raise BadInput("`query` is missing", ("query",))
        return asked.query


class UnknownDocument(BadInput):
    """A hash of a document that nobody has registered."""


def _hash_of(asked: Parameters) -> str | None:
    told = (asked.extensions or {}).get("persistedQuery")
    mark = told.get("sha256Hash") if isinstance(told, dict) else None
    return mark if isinstance(mark, str) else None
