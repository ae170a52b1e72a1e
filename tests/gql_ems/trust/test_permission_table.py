import re
from pathlib import Path

import pytest
from graphql import GraphQLNonNull, GraphQLObjectType, get_named_type

from adapters.operation import Effect
from gql_ems.permission_page import page
from resolvers import permissions, schema
from resolvers.guards import Guard, required_by
from resolvers.permissions import (
    ADMIN,
    ANYBODY,
    MEANINGS,
    MML,
    NATIVE_SENSITIVE,
    NATIVE_WRITE,
    OPERATOR,
    READ,
    ROLES,
    SUBSCRIBER_SECRETS,
    TABLE,
    USER_SECRETS,
    VIEWER,
)

PREFIXES = ("Omc", "Beaver", "Supos", "Idaas", "Nce")
GRAPH = schema.build()._schema
ROOTS = ("Query", "Mutation", "Subscription", *(f"{prefix}Query" for prefix in PREFIXES))
FIELDS = {
    f"{type_name}.{name}": field
    for type_name in ROOTS
    for name, field in GRAPH.type_map[type_name].fields.items()
}


def test_every_root_and_native_field_has_an_entry_and_every_entry_a_field():
    assert set(FIELDS) == set(TABLE)


def test_a_field_without_an_entry_stops_the_schema():
    with pytest.raises(KeyError):
        permissions.of_field("Mutation", "omcDoSomethingNew")


def test_every_field_is_guarded_by_its_entry():
    for name, field in FIELDS.items():
        permission = TABLE[name]
        guard = field.subscribe if name.startswith("Subscription.") else field.resolve
        if name.startswith("Mutation."):
            # The audit stands around the guard, so that a refused change is told, too.
            guard = _inside(guard)
        if permission == ANYBODY:
            assert not isinstance(guard, Guard), name
        else:
            assert isinstance(guard, Guard), name
            assert guard.permission == permission, name


def _inside(resolve):
    cells = getattr(resolve, "__closure__", None) or ()
    found = [cell.cell_contents for cell in cells if isinstance(cell.cell_contents, Guard)]
    return found[0] if found else resolve


def test_only_signing_in_and_being_told_who_one_is_takes_no_permission():
    open_to_all = {name for name, permission in TABLE.items() if permission == ANYBODY}
    assert open_to_all == {
        "Query.viewer",
        "Mutation.login",
        "Mutation.refreshSession",
        "Mutation.logout",
    }


def test_what_needs_more_than_to_read_says_so_in_the_schema():
    for name, field in FIELDS.items():
        printed = required_by(field)
        assert printed == (None if TABLE[name] in (ANYBODY, READ) else TABLE[name]), name


def test_every_mutation_needs_more_than_to_read():
    weak = {n for n, p in TABLE.items() if n.startswith("Mutation.") and p in (ANYBODY, READ)}
    assert weak == {"Mutation.login", "Mutation.refreshSession", "Mutation.logout"}


def test_every_guarded_field_of_an_object_may_be_null():
    for type_ in GRAPH.type_map.values():
        if isinstance(type_, GraphQLObjectType) and type_.name not in ROOTS:
            for name, field in type_.fields.items():
                if required_by(field):
                    assert not isinstance(field.type, GraphQLNonNull), f"{type_.name}.{name}"


def test_native_reads_of_keys_need_the_permission_for_keys():
    kept = {n for n, p in TABLE.items() if n.startswith("OmcQuery.") and p == SUBSCRIBER_SECRETS}
    assert kept == {"OmcQuery.getAuthData", "OmcQuery.listAuthData", "OmcQuery.exportAuthData"}
    of_keys = {n for n, f in FIELDS.items() if get_named_type(f.type).name.startswith("OmcUdmAuthentication")}
    assert of_keys <= kept


@pytest.mark.parametrize("word", ["Cache", "Config", "OnlineUsers", "OperationLogs", "LoginLogs", "JobLog"])
def test_native_reads_of_what_people_do_are_sensitive(word):
    found = {n: p for n, p in TABLE.items() if n.startswith("OmcQuery.") and word in n}
    of_elements = {n for n in found if "UdmConfig" in n or "AmfConfig" in n}
    assert found
    assert {p for n, p in found.items() if n not in of_elements} == {NATIVE_SENSITIVE}


def test_native_writes_need_the_permission_for_them():
    odd = {
        n: p
        for n, p in TABLE.items()
        if n.removeprefix("Mutation.") in permissions.native_fields(Effect.WRITE) and p != NATIVE_WRITE
    }
    assert odd == {
        "Mutation.omcRunMmlUdm": MML,
        "Mutation.omcRunMmlOmc": MML,
        "Mutation.suposResetAdminPassword": USER_SECRETS,
    }


def test_roles_hold_what_the_documents_say():
    assert {"read"} == VIEWER
    assert {"alarms:write", "devices:write", "workflows:write", "approvals:write"} == OPERATOR - VIEWER
    assert set(MEANINGS) == ADMIN
    assert ROLES["ingest"] == {"ingest"}


def test_every_permission_that_is_asked_for_means_something():
    asked = set(TABLE.values()) - {ANYBODY}
    asked |= {
        found
        for type_ in GRAPH.type_map.values()
        if isinstance(type_, GraphQLObjectType)
        for field in type_.fields.values()
        if (found := required_by(field))
    }
    assert asked <= set(MEANINGS)


def test_the_page_of_permissions_is_up_to_date():
    kept = (Path(__file__).parents[3] / "docs" / "permissions.md").read_text(encoding="utf-8")
    assert kept == page(), "write it anew: python -m gql_ems.permission_page > docs/permissions.md"


def test_the_page_names_every_permission():
    assert set(re.findall(r"^\| `([a-z:]+)` \|", page(), re.MULTILINE)) >= set(MEANINGS)
