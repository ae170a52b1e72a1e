import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from adapters.dialect import Session
from adapters.errors import BadInput
from adapters.local.audit import AuditFilter
from adapters.local.passwords import Passwords
from adapters.local.source import local_source
from adapters.local.tables.audit import AUDIT
from adapters.local.tables.leases import VAULT
from adapters.local.tables.people import SESSIONS, USERS
from adapters.local.vault import StoreVault
from adapters.ports import PageRequest
from adapters.ports.people import RoleDraft, UserChange, UserDraft
from adapters.records import UserStatus

SANDBOX = "sandbox-password"


@pytest.fixture
async def account(store):
    """An operator's account."""
    quick = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    store.passwords = store.accounts._passwords = quick
    source = local_source(store)
    role = await source.roles.create(RoleDraft(name="Operator", code="operator"))
    return await source.users.create(
        UserDraft(username="Noc-Shift-A", password=SANDBOX, roles=(role.native_id,))
    )


async def test_the_right_password_signs_in_with_the_roles(store, account):
    found = await store.accounts.sign_in(" noc-shift-a ", SANDBOX)

    assert (found.username, found.roles) == ("Noc-Shift-A", ("operator",))


@pytest.mark.parametrize(("name", "password"), [("noc-shift-a", "wrong"), ("nobody", SANDBOX), ("", "")])
async def test_a_wrong_password_and_an_unknown_name_do_not(store, account, name, password):
    assert await store.accounts.sign_in(name, password) is None


async def test_five_failures_lock_the_account_for_ten_minutes(store, account, hands):
    for _ in range(5):
        await store.accounts.sign_in("noc-shift-a", "wrong")
    locked = await store.accounts.sign_in("noc-shift-a", SANDBOX)
    hands.turn(minutes=10)

    assert (locked, (await store.accounts.sign_in("noc-shift-a", SANDBOX)).native_id) == (
        None,
        account.native_id,
    )


async def test_a_success_forgives_the_failures_before_it(store, account):
    for password in ["wrong"] * 4 + [SANDBOX] + ["wrong"] * 4:
        await store.accounts.sign_in("noc-shift-a", password)

    assert await store.accounts.sign_in("noc-shift-a", SANDBOX) is not None


async def test_a_disabled_account_may_not_act(store, account):
    await local_source(store).users.set_status(account.native_id, UserStatus.DISABLED)

    assert (
        await store.accounts.sign_in("noc-shift-a", SANDBOX),
        await store.accounts.account("noc-shift-a"),
    ) == (
        None,
        None,
    )


async def test_an_expired_account_may_not_act(store, account, hands):
    await local_source(store).users.update(account.native_id, UserChange(expires_at=hands.now))

    assert await store.accounts.sign_in("noc-shift-a", SANDBOX) is None


async def test_signing_in_is_remembered(store, account, hands):
    await store.accounts.sign_in("noc-shift-a", SANDBOX, ip="192.0.2.1")
    user = await local_source(store).users.get(account.native_id)

    assert (user.last_login_at, user.last_login_ip) == (hands.now, "192.0.2.1")


async def test_a_password_is_kept_as_a_hash_alone(store, account):
    async with store.database.read() as connection:
        row = (await connection.execute(select(USERS))).one()

    assert (SANDBOX in repr(tuple(row)), row.password_hash[:9]) == (False, "$argon2id")


async def test_a_short_password_is_refused(store, account):
    with pytest.raises(BadInput):
        await local_source(store).users.reset_password(account.native_id, "short")


async def test_a_refresh_token_is_exchanged_for_the_next(store):
    first = await store.sessions.begin("noc-shift-a")
    second = await store.sessions.refresh(first.refresh_token)

    assert (second.username, second.id, second.refresh_token != first.refresh_token) == (
        "noc-shift-a",
        first.id,
        True,
    )


async def test_a_refresh_token_shown_twice_ends_the_session(store):
    first = await store.sessions.begin("noc-shift-a")
    second = await store.sessions.refresh(first.refresh_token)
    await store.sessions.refresh(first.refresh_token)

    assert (await store.sessions.alive(first.id), await store.sessions.refresh(second.refresh_token)) == (
        False,
        None,
    )


async def test_a_session_ends_with_its_lifetime_however_often_it_is_refreshed(store, hands):
    session = await store.sessions.begin("noc-shift-a")
    hands.turn(days=6)
    session = await store.sessions.refresh(session.refresh_token)
    hands.turn(days=1)

    assert (await store.sessions.alive(session.id), await store.sessions.refresh(session.refresh_token)) == (
        False,
        None,
    )


async def test_a_session_that_was_ended_is_over(store):
    session = await store.sessions.begin("noc-shift-a")
    ended = [await store.sessions.end(session.id), await store.sessions.end(session.id)]

    assert (ended, await store.sessions.refresh(session.refresh_token)) == ([True, False], None)


async def test_all_sessions_of_an_account_can_be_ended(store):
    sessions = [await store.sessions.begin("noc-shift-a") for _ in range(2)]
    await store.sessions.end_all("noc-shift-a")

    assert [await store.sessions.alive(session.id) for session in sessions] == [False, False]


async def test_sessions_that_are_over_are_forgotten(store, hands):
    await store.sessions.begin("noc-shift-a")
    hands.turn(days=8)
    await store.sessions.sweep()
    async with store.database.read() as connection:
        assert (await connection.execute(select(SESSIONS))).all() == []


async def test_the_audit_log_is_read_newest_first_in_pages(store, hands):
    for number in range(5):
        await store.audit.append(by="noc-shift-a", action=f"deed-{number}", outcome="OK")
        hands.turn(seconds=1)
    first = await store.audit.page(AuditFilter(), PageRequest(first=3))
    rest = await store.audit.page(AuditFilter(), PageRequest(first=3, after=first.positions[-1]))

    assert [e.action for e in first.records + rest.records] == [f"deed-{n}" for n in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("where", "count"),
    [
        (AuditFilter(by="noc-shift-b"), 1),
        (AuditFilter(action="login"), 2),
        (AuditFilter(target="x"), 1),
        (AuditFilter(by="nobody"), 0),
    ],
)
async def test_the_audit_log_is_filtered(store, where, count):
    await store.audit.append(by="noc-shift-a", action="login", outcome="OK")
    await store.audit.append(by="noc-shift-b", action="login", outcome="REFUSED", target="x")

    assert len((await store.audit.page(where, PageRequest())).records) == count


async def test_the_audit_log_holds_no_secret(store):
    secret = {
        "input": {"password": SANDBOX, "ki": SANDBOX, "native": [{"clientSecret": SANDBOX}], "name": "x"},
        "refreshToken": SANDBOX,
    }
    await store.audit.append(by="noc-shift-a", action="createUser", outcome="OK", detail=secret)
    async with store.database.read() as connection:
        kept = (await connection.execute(select(AUDIT.c.detail))).scalar_one()

    assert (SANDBOX.encode() in kept, b'"name":"x"' in kept) == (False, True)


async def test_linked_accounts_know_each_other(store):
    await store.links.link([("omc", "1"), ("idaas", "2")])
    await store.links.link([("idaas", "2"), ("beaver", "3")])

    assert await store.links.linked([("omc", "1")]) == {("omc", "1"): (("beaver", "3"), ("idaas", "2"))}


async def test_an_account_taken_out_of_a_pair_leaves_nobody_linked(store):
    await store.links.link([("omc", "1"), ("idaas", "2")])
    told = [await store.links.unlink(("omc", "1")), await store.links.unlink(("omc", "1"))]

    assert (told, await store.links.linked([("idaas", "2")])) == ([True, False], {})


async def test_one_account_is_linked_with_nobody(store):
    with pytest.raises(BadInput):
        await store.links.link([("omc", "1"), ("omc", "1")])


async def test_a_shared_session_is_kept_sealed(store):
    vault = StoreVault(store.database, b"sandbox key")
    session = Session(headers={"authorization": "Bearer sandbox-token"}, refresh="sandbox-refresh")
    await vault.save("beaver", session)
    async with store.database.read() as connection:
        sealed = (await connection.execute(select(VAULT.c.sealed))).scalar_one()

    assert (await vault.load("beaver"), b"sandbox" in sealed) == (session, False)


async def test_a_session_sealed_with_another_key_is_none(store):
    await StoreVault(store.database, b"one").save("beaver", Session(headers={}))

    assert await StoreVault(store.database, b"other").load("beaver") is None


async def test_a_forgotten_session_is_gone(store):
    vault = StoreVault(store.database, b"sandbox key")
    await vault.save("beaver", Session(headers={}))
    await vault.save("beaver", None)

    assert await vault.load("beaver") is None
