"""Executing operations: documents compiled once, records read straight into answers."""

from gql_ems.execution.answer import Answer, encode
from gql_ems.execution.documents import Check, Limit, Operation
from gql_ems.execution.executor import STANDARD_RULES, Executor
from gql_ems.execution.plan import Plan, compile_operation
from gql_ems.execution.request import Request
from gql_ems.execution.subscription import Selection, Subscription

__all__ = [
    "STANDARD_RULES",
    "Answer",
    "Check",
    "Executor",
    "Limit",
    "Operation",
    "Plan",
    "Request",
    "Selection",
    "Subscription",
    "compile_operation",
    "encode",
]
