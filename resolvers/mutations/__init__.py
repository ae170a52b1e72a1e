"""What can be changed, kind by kind."""

import strawberry

from resolvers.mutations.alarms import AlarmMutations
from resolvers.mutations.devices import DeviceMutations
from resolvers.mutations.elements import ElementMutations
from resolvers.mutations.organizations import OrganizationMutations
from resolvers.mutations.roles import RoleMutations
from resolvers.mutations.sessions import SessionMutations
from resolvers.mutations.subscribers import SubscriberMutations
from resolvers.mutations.users import UserMutations
from resolvers.mutations.workflows import WorkflowMutations


@strawberry.type
class Mutation(
    AlarmMutations,
    UserMutations,
    RoleMutations,
    OrganizationMutations,
    ElementMutations,
    SubscriberMutations,
    DeviceMutations,
    WorkflowMutations,
    SessionMutations,
):
    """Changes; each is told in the audit log."""
