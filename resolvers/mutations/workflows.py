"""Workflows changed, switched on and off, deleted."""

from typing import cast

import strawberry

from adapters.ports import Workflows
from adapters.records import ObjectKind
from resolvers.context import Info
from resolvers.mutations.deeds import deleted, port_of
from resolvers.mutations.users import DeletePayload
from resolvers.payloads import Payload, UserError, answered
from resolvers.workflows import Workflow


@strawberry.type
class WorkflowPayload:
    workflow: Workflow | None
    user_errors: list[UserError]


@strawberry.type
class WorkflowMutations:
    @strawberry.mutation(description="Changes a workflow's name and remark.")
    async def update_workflow(
        self, info: Info, id: strawberry.ID, name: str, description: str
    ) -> WorkflowPayload:
        source, native_id, port = port_of(info, id, ObjectKind.WORKFLOW)

        async def do() -> Payload:
            return Payload(workflow=await cast("Workflows", port).update(native_id, name, description))

        return await answered(info, source, id, do)

    @strawberry.mutation(description="Switches a workflow on or off.")
    async def set_workflow_enabled(self, info: Info, id: strawberry.ID, enabled: bool) -> WorkflowPayload:
        source, native_id, port = port_of(info, id, ObjectKind.WORKFLOW)

        async def do() -> Payload:
            return Payload(workflow=await cast("Workflows", port).set_enabled(native_id, enabled))

        return await answered(info, source, id, do)

    @strawberry.mutation(description="Deletes workflows; those that could not be deleted are told.")
    async def delete_workflows(self, info: Info, ids: list[strawberry.ID]) -> DeletePayload:
        return await deleted(info, ids, ObjectKind.WORKFLOW)
