"""Passwords set through the graph: they open the account at its source, and stand nowhere else."""

import httpx
import pytest

from adapters.caller import Caller
from resolvers.ids import encode
from resolvers.permissions import ADMIN, OPERATOR
from tests.e2e.changing import ERRORS, changed, first, refused
from tests.e2e.graph import Graph, service_over, settings_over

NEW = "Sandbox-Fresh-77"
RESET = (
    f"mutation($id: ID!, $password: String!) {{ resetUserPassword(id: $id, password: $password) "
    f"{{ user {{ username }} {ERRORS} }} }}"
)
ADMIN_RESET = "mutation($name: String!) { suposResetAdminPassword(username: $name) { password } }"


async def opens(graph: Graph, source: str, name: str, password: str) -> bool:
    """Whether an account can sign in with a password."""
    if source == "local":
        told = await graph.ask(
            "mutation($n: String!, $p: String!) { login(username: $n, password: $p) { accessToken } }",
            n=name,
            p=password,
        )
        return told.errors == [] and told.data["login"]["accessToken"] is not None
    url = graph.vendors[source].url
    if source == "omc":
        account = {"username": name, "password": password}
        answer = httpx.post(f"{url}/login", json=account, headers={"Referer": url})
        return answer.json()["code"] == 1
    client = {"client_id": "iab", "client_secret": "milesight*iab", "grant_type": "password"}
    form = {"username": name, "password": password, **client}
    return httpx.post(f"{url}/oauth2/token", data=form).status_code == 200


@pytest.mark.parametrize("source", ["local", "omc", "beaver"])
async def test_the_new_password_opens_the_account_and_another_does_not(graph, source):
    user = await first(
        graph, "users", source, "username", 3, **({} if source == "beaver" else {"status": ["ACTIVE"]})
    )

    told = await changed(graph, RESET, id=user["id"], password=NEW)

    assert told["user"]["username"] == user["username"]
    assert await opens(graph, source, user["username"], NEW)
    assert not await opens(graph, source, user["username"], "Sandbox-Stale-66")


async def test_the_new_password_is_kept_at_idaas_and_nothing_else_of_the_account_changes(graph):
    user = await first(graph, "users", "idaas", "username nativeId", 3)
    users = graph.vendors["idaas"].vendor.dialect.realm.users
    row = dict(users[user["nativeId"]])

    await changed(graph, RESET, id=user["id"], password=NEW)

    after = users[user["nativeId"]]
    assert after["p6d"] == NEW != row["p6d"]
    moved = {"p6d", "updateTime", "updatedTime"}
    assert {k: v for k, v in after.items() if k not in moved} == {
        k: v for k, v in row.items() if k not in moved
    }


@pytest.mark.parametrize("source", ["local", "omc", "beaver", "idaas"])
async def test_a_password_stands_in_no_line_of_the_audit_log(graph, source):
    user = await first(graph, "users", source, "username", 3)
    await changed(graph, RESET, id=user["id"], password=NEW)

    log = await graph.data("{ auditLog { nodes { action outcome target detail source { name } } } }")

    (line,) = log["auditLog"]["nodes"]
    assert (line["action"], line["outcome"], line["target"]) == ("resetUserPassword", "OK", user["id"])
    assert NEW not in str(line)
    assert graph.complaints() == []


async def test_a_source_that_sets_no_passwords_says_so_and_is_not_asked(graph):
    (error,) = await refused(graph, RESET, id=encode("User", "supos", "field-north"), password=NEW)

    assert (error["code"], error["source"]) == ("UNSUPPORTED", {"name": "supos"})
    assert error["message"].endswith(".")
    assert graph.vendors["supos"].requests() == []


@pytest.mark.parametrize("source", ["local", "omc", "beaver", "idaas"])
async def test_an_account_that_there_is_not_gets_no_password(graph, source):
    (error,) = await refused(graph, RESET, id=encode("User", source, "909090909090909"), password=NEW)

    assert (error["code"], error["source"]) == ("NOT_FOUND", {"name": source})


async def test_a_password_that_the_source_refuses_leaves_the_old_one(graph):
    user = await first(graph, "users", "beaver", "username", 3)
    await changed(graph, RESET, id=user["id"], password=NEW)

    errors = await refused(graph, RESET, id=user["id"], password="short")

    assert [error["code"] for error in errors] == ["BAD_USER_INPUT"]
    assert await opens(graph, "beaver", user["username"], NEW)


@pytest.mark.parametrize("id", ["", "nonsense", encode("Role", "omc", "1"), encode("User", "nowhere", "1")])
async def test_an_id_that_is_no_users_is_refused(graph, id):
    told = await graph.ask(RESET, id=id, password=NEW)

    codes = told.codes or [error["code"] for error in told.data["resetUserPassword"]["userErrors"]]
    assert codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("source", ["local", "omc", "beaver", "idaas"])
async def test_an_operator_sets_nobodys_password(graph, source):
    user = await first(graph, "users", source, "username", 3)
    graph.forget()

    told = await graph.ask(RESET, Caller(username="op", permissions=OPERATOR), id=user["id"], password=NEW)

    assert told.codes == ["FORBIDDEN"]
    assert [line for vendor in graph.vendors.values() for line in vendor.requests()] == []


async def test_the_reset_of_the_supos_administrator_is_off_unless_it_is_switched_on(graph):
    told = await graph.ask(ADMIN_RESET, name="admin")

    assert told.codes == ["UNSUPPORTED"]
    assert graph.vendors["supos"].requests() == []


class TestWithResetEnabled:
    @pytest.fixture
    async def graph(self, vendors, folder):
        service = service_over(settings_over(vendors, folder, {"supos": {"enable_reset": True}}))
        await service.open()
        yield Graph(service, vendors)
        await service.close()

    async def test_the_administrators_new_password_is_told_in_clear_to_who_may_see_it(self, graph):
        told = await graph.data(ADMIN_RESET, name="admin")

        kept = graph.vendors["supos"].vendor.dialect.plant.users["admin"].password
        assert told["suposResetAdminPassword"] == {"password": kept}
        log = await graph.data("{ auditLog { nodes { action detail } } }")
        assert kept not in str(log)

    async def test_an_admin_without_that_permission_changes_nothing(self, graph):
        before = graph.vendors["supos"].vendor.dialect.plant.users["admin"].password
        caller = Caller(username="op", permissions=ADMIN - {"user:secrets"})

        told = await graph.ask(ADMIN_RESET, caller, name="admin")

        assert told.codes == ["FORBIDDEN"]
        assert graph.vendors["supos"].vendor.dialect.plant.users["admin"].password == before
        assert graph.vendors["supos"].requests() == []

    async def test_nobody_but_the_administrator_can_be_reset(self, graph):
        told = await graph.ask(ADMIN_RESET, name="field-north")

        assert told.codes == ["BAD_USER_INPUT"]
