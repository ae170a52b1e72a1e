import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.errors import ErrorCode
from adapters.local.audit import without_secrets
from resolvers.auditing import detail_of
from tests.gql_ems.trust.gateway import PASSWORD, REFRESH

CREATE = """mutation($u: String!, $p: String!) {
  createUser(input: {username: $u, password: $p, native: {apiKey: "k-1234567890", note: "fine"}}) {
    user { id } userErrors { code } } }"""


async def test_every_change_is_told_with_who_what_and_how_it_ended(gateway):
    admin = await gateway.token("noc-lead", "admin")
    operator = await gateway.token("noc-shift-a", "operator")
    await gateway.ask(CREATE, admin, u="noc-shift-b", p=PASSWORD)
    await gateway.ask(CREATE, admin, u="noc-shift-b", p=PASSWORD)
    await gateway.ask(CREATE, operator, u="intruder", p=PASSWORD)
    await gateway.ask('mutation { deleteUsers(ids: ["nonsense"]) { deletedIds } }', admin)
    await gateway.ask("mutation { logout }", operator)
    lines = [(line["by"], line["action"], line["outcome"]) for line in await gateway.audited(admin)]
    assert lines == [
        ("noc-lead", "login", "OK"),
        ("noc-shift-a", "login", "OK"),
        ("noc-lead", "createUser", "OK"),
        ("noc-lead", "createUser", "CONFLICT"),
        ("noc-shift-a", "createUser", "FORBIDDEN"),
        ("noc-lead", "deleteUsers", "BAD_USER_INPUT"),
        ("noc-shift-a", "logout", "OK"),
    ]


async def test_a_refused_login_and_a_refresh_are_told(gateway):
    admin = await gateway.token("noc-lead", "admin")
    await gateway.add("noc-shift-a", "viewer")
    await gateway.login("noc-shift-a", "sandbox-wrong-1")
    first = (await gateway.login("noc-shift-a"))["refreshToken"]
    await gateway.ask(REFRESH, None, t=first)
    await gateway.ask(REFRESH, None, t=first)
    lines = [(line["by"], line["action"], line["outcome"]) for line in await gateway.audited(admin)][1:]
    assert lines == [
        ("noc-shift-a", "login", "UNAUTHENTICATED"),
        ("noc-shift-a", "login", "OK"),
        ("noc-shift-a", "refreshSession", "OK"),
        ("", "refreshSession", "UNAUTHENTICATED"),
    ]


async def test_a_line_has_the_arguments_without_their_secrets(gateway, tmp_path):
    admin = await gateway.token("noc-lead", "admin")
    await gateway.ask(CREATE, admin, u="noc-shift-b", p="sandbox-never-kept")
    detail = (await gateway.audited(admin))[-1]["detail"]
    assert detail["input"]["username"] == "noc-shift-b"
    assert detail["input"]["native"]["note"] == "fine"
    assert "sandbox-never-kept" not in str(detail)
    assert "k-1234567890" not in str(detail)
    await gateway.service.store.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("trust.db*"))
    assert b"noc-shift-b" in kept
    assert b"sandbox-never-kept" not in kept


async def test_a_change_of_a_source_that_fails_is_told_with_the_code(gateway):
    admin = await gateway.token("noc-lead", "admin")
    answer = await gateway.ask('mutation { omcCreatePosition(source: "omc", body: {postName: "x"}) }', admin)
    assert answer["errors"]
    if answer.get("data", "refused") != "refused":
        assert (await gateway.audited(admin))[-1]["outcome"] == ErrorCode.BAD_USER_INPUT.value


async def test_a_change_that_is_cut_off_is_told_as_cut_off(gateway):
    context = gateway.service.context(
        (
            await gateway.service.identity.admitted(
                {"authorization": f"Bearer {await gateway.token('noc-lead', 'admin')}"}
            )
        )[0]
    )
    run = gateway.service.executor.execute(
        CREATE, variables={"u": "noc-shift-b", "p": PASSWORD}, context=context
    )
    task = asyncio.ensure_future(run)
    for _ in range(3):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    admin = (await gateway.login("noc-lead"))["accessToken"]
    assert ("createUser", "CANCELLED") in [
        (line["action"], line["outcome"]) for line in await gateway.audited(admin)
    ]


async def test_only_an_admin_reads_the_audit_log(gateway):
    for role in ("viewer", "operator", "ingest"):
        token = await gateway.token(f"noc-{role}", role)
        answer = await gateway.ask("{ auditLog { nodes { by } } }", token)
        assert answer["data"] == {"auditLog": None}


SECRET_NAMES = st.sampled_from(
    [
        "password",
        "oldPassword",
        "new_password",
        "clientSecret",
        "client_secret",
        "secretKey",
        "accessToken",
        "refresh_token",
        "token",
        "ki",
        "opc",
        "authorization",
        "apiKey",
        "privateKey",
        "passwd",
        "pwd",
        "userPwd",
        "cookie",
    ]
)
SECRET = "s3cr3t-7f1b9d"
PLAIN = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8))
ARGUMENTS = st.recursive(
    st.dictionaries(
        st.one_of(SECRET_NAMES.map(lambda n: (n, True)), st.text(max_size=5).map(lambda n: (n, False))),
        PLAIN,
        max_size=4,
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=5).map(lambda n: (n, False)), inner, max_size=3),
    ),
    max_leaves=8,
)


def planted(value):
    """The same, with the secret wherever a name calls for one."""
    if isinstance(value, dict):
        return {name: SECRET if secret else planted(inner) for (name, secret), inner in value.items()}
    if isinstance(value, list):
        return [planted(item) for item in value]
    return value


@given(ARGUMENTS)
def test_no_argument_that_is_named_like_a_secret_survives(arguments):
    given_ = {"input": planted(arguments)}
    assert SECRET not in str(without_secrets(detail_of(given_)))


@pytest.mark.parametrize(
    "command",
    [
        f"add authdat:imsi=001010000000001,ki={SECRET},amf=8000",
        f"MOD USER: name=admin, PASSWORD = {SECRET};",
        f"set x opc:{SECRET}",
        f"login token={SECRET}&x=1",
    ],
)
def test_keys_inside_of_commands_do_not_survive(command):
    assert SECRET not in str(without_secrets(detail_of({"commands": [command]})))


def test_long_and_deep_arguments_are_cut():
    deep: list = []
    for _ in range(200):
        deep = [deep]
    detail = detail_of({"text": "x" * 100_000, "many": list(range(1000)), "deep": deep, "big": 10**400})
    assert len(str(detail)) < 4000
    assert detail["many"][-1] == "... (1000 items)"
