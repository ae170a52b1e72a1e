"""Runs one operation for one caller and lays out its answer, with what it cost where that is asked for."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import orjson
from cachetools import LRUCache
from graphql import FieldNode, GraphQLError

from adapters.caller import Caller
from adapters.errors import BadInput, Forbidden, TooComplex, Unauthenticated
from adapters.flight import Flights
from adapters.observing import CallSeen, watching
from gql_ems.execution import Answer, Executor, Operation, Request, Subscription
from gql_ems.front.errors import formatted
from gql_ems.front.inquiry import Inquiry
from gql_ems.front.parameters import Parameters
from gql_ems.front.persisted import PersistedDocuments
from resolvers.context import Context
from resolvers.permissions import EXPLAIN, SIGN_IN

MakeContext = Callable[[Caller], Context]

Answered = Callable[[str, str, float], None]
"""Is told of each operation: its type, what became of it, and the seconds that it took."""

MOMENT = 1.0
"""Seconds for which events share what their answers have read."""


class Answering:
    """The executor with what a request needs around it: a context, a time limit, errors laid out."""

    def __init__(
        self,
        executor: Executor,
        make_context: MakeContext,
        documents: PersistedDocuments,
        seconds: float,
        answered: Answered | None = None,
        changed: Callable[[], int] = lambda: 0,
    ) -> None:
        self.executor = executor
        self.make_context = make_context
        self._documents = documents
        self._seconds = seconds
        self._answered = answered
        # Counts what was kept: whoever was told of it is not answered with what was read before.
        self._changed = changed
        self._writes = 0
        self._flights: Flights[Answer] = Flights()
        self._contexts: LRUCache[frozenset[str], tuple[float, Context]] = LRUCache(64)

    def admitted(self, asked: Parameters, caller: Caller) -> Inquiry:
        """What is asked, looked up; BadInput where there is no such document.

        Who has not signed in may do nothing but that, once a request; Unauthenticated else.
        """
        inquiry = self.inquiry(asked)
        if not caller.username and (isinstance(inquiry.operation, list) or not signs_in(inquiry.operation)):
            raise Unauthenticated("sign in first: send Authorization: Bearer <token>")
        return inquiry

    def inquiry(self, asked: Parameters) -> Inquiry:
        """What is asked, looked up; BadInput where there is no such document."""
        text = self._documents.find(asked)
        operation = self.executor.documents.operation(text, asked.operation_name)
        variables = asked.variables or {}
        if isinstance(operation, list):
            return Inquiry(text, operation, "refused", asked.operation_name, variables)
        kind, at_once = operation.kind, operation.introspective
        return Inquiry(text, operation, kind, asked.operation_name, variables, at_once)

    async def answer(
        self,
        asked: Inquiry,
        caller: Caller,
        request_id: str,
        *,
        reads_only: bool = False,
        explain: bool = False,
    ) -> tuple[dict[str, Any], bool]:
        """The answer laid out, and whether the operation was run at all; BadInput where it cannot be."""
        if reads_only and asked.kind not in ("query", "refused"):
            raise NotByGet("GET runs queries alone; send mutations by POST")
        if explain and not caller.may(EXPLAIN):
            raise Forbidden("x-ems-explain needs the permission `explain`")
        started = time.monotonic()
        calls: list[CallSeen] = []
        if asked.at_once:
            answer = await self.executor.run(asked.operation, Request(asked.variables))
        else:
            with watching() as calls:
                answer = await self._waited_for(asked, caller, shared=not explain)
        if self._answered is not None:
            self._answered(asked.kind, _outcome(answer), time.monotonic() - started)
        laid_out = self.laid_out(answer, request_id)
        if explain:
            laid_out["extensions"] = {"upstream": [cost_of(call, started) for call in calls]}
        return laid_out, answer.executed

    async def _waited_for(self, asked: Inquiry, caller: Caller, *, shared: bool) -> Answer:
        """The answer to what may ask sources, or change something."""
        if asked.kind == "query" and shared:
            return await self._shared(asked, caller)
        try:
            self._writes += 1
            return await self._run(asked, caller)
        finally:
            # What was read meanwhile may be older than the change: nobody joins it any more.
            self._writes += 1

    async def _shared(self, asked: Inquiry, caller: Caller) -> Answer:
        """The answer to a query; those who ask the same at once are answered at once."""
        try:
            variables = orjson.dumps(asked.variables, option=orjson.OPT_SORT_KEYS)
        except TypeError:
            return await self._run(asked, caller)
        changes = (self._writes, self._changed())
        key = (asked.text, asked.operation_name, variables, caller, changes)
        return await self._flights.share(key, lambda: self._run(asked, caller))

    async def _run(self, asked: Inquiry, caller: Caller) -> Answer:
        context = self.make_context(caller)
        try:
            async with asyncio.timeout(self._seconds):
                return await self.executor.run(asked.operation, Request(asked.variables, context))
        except TimeoutError:
            late = f"this took longer than {self._seconds:g} s; what it had begun to change may be done"
            return Answer(None, [GraphQLError(late, original_error=TooComplex(late))])
        finally:
            # Its loaders refer to it in turn: all that they hold would wait for the garbage collector.
            context.forget_loaded()

    async def subscribe(
        self, asked: Inquiry, caller: Caller, last_event_id: str | None = None
    ) -> Subscription | Answer | None:
        """An open subscription, resumed behind an event; an answer where it was refused; None where it is none."""
        if asked.kind not in ("subscription", "refused"):
            return None
        context = self.make_context(caller)
        context.last_event_id = last_event_id
        return await self.executor.subscribe(
            asked.text, operation_name=asked.operation_name, variables=asked.variables, context=context
        )

    def event_context(self, caller: Caller) -> Context:
        """The context of an event: shared for a moment, so that a burst of events reads each element once."""
        now = time.monotonic()
        kept = self._contexts.get(caller.permissions)
        if kept is None or now - kept[0] > MOMENT:
            kept = self._contexts[caller.permissions] = (now, self.make_context(caller))
        return kept[1]

    def laid_out(self, answer: Answer, request_id: str) -> dict[str, Any]:
        """An answer as JSON has it."""
        told: dict[str, Any] = {}
        if answer.errors:
            told["errors"] = [formatted(error, request_id) for error in answer.errors]
        if answer.executed:
            told["data"] = answer.data
        return told


def signs_in(operation: Operation) -> bool:
    """Whether an operation does nothing but sign in, once: several in one would be guesses."""
    selections = operation.node.selection_set.selections
    named = [node.name.value if isinstance(node, FieldNode) else "" for node in selections]
    asked = [name for name in named if name != "__typename"]
    return operation.kind == "mutation" and len(asked) == 1 and asked[0] in SIGN_IN


def _outcome(answer: Answer) -> str:
    if not answer.executed:
        return "refused"
    if not answer.errors:
        return "ok"
    return "failed" if answer.data is None else "partial"


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
