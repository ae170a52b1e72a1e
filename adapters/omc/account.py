"""The account that is signed in: who it is, what it may open, signing in and out."""

from adapters.omc.verbs import OmcRecord, get, post
from adapters.operation import Effect
from adapters.record import MillisText, SecretText


class AccountRole(OmcRecord, frozen=True):
    """A role of the account that is signed in."""

    role_id: str | None = None
    role_name: str | None = None
    role_key: str | None = None
    role_sort: int | None = None
    data_scope: str | None = None
    status: str | None = None


class AccountDepartment(OmcRecord, frozen=True):
    """The department of the account that is signed in."""

    dept_id: str | None = None
    parent_id: str | None = None
    ancestors: str | None = None
    dept_name: str | None = None
    order_num: int | None = None
    leader: str | None = None
    status: str | None = None


class AccountUser(OmcRecord, frozen=True):
    """The account that is signed in, as a user."""

    user_id: str | None = None
    dept_id: str | None = None
    user_name: str | None = None
    nick_name: str | None = None
    user_type: str | None = None
    email: str | None = None
    avatar: str | None = None
    phonenumber: str | None = None
    sex: str | None = None
    status: str | None = None
    del_flag: str | None = None
    login_ip: str | None = None
    login_date: MillisText | None = None
    create_by: str | None = None
    create_time: MillisText | None = None
    remark: str | None = None
    dept: AccountDepartment | None = None
    roles: list[AccountRole] | None = None


class CurrentAccount(OmcRecord, frozen=True):
    """The account that is signed in, with the keys of its permissions and roles."""

    permissions: list[str] | None = None
    """`*:*:*` is everything."""
    roles: list[str] | None = None
    user: AccountUser | None = None


class RouteMeta(OmcRecord, frozen=True):
    """How a page stands in the web console's menu."""

    icon: str | None = None
    title: str | None = None
    hide: bool | None = None
    cache: bool | None = None
    target: str | None = None
    """None inside of the console, `_self` or `_blank` for a link."""


class Route(OmcRecord, frozen=True):
    """A page of the web console that the account may open, with those below it."""

    name: str | None = None
    path: str | None = None
    component: str | None = None
    redirect: str | None = None
    meta: RouteMeta | None = None
    children: list["Route"] | None = None


class Credentials(OmcRecord, frozen=True):
    """What the sign-in takes; code and uuid answer a captcha."""

    username: str
    password: SecretText
    code: str | None = None
    uuid: str | None = None


class SignedIn(OmcRecord, frozen=True, rename=None):
    """What the sign-in gives."""

    access_token: SecretText | None = None


@get("/getInfo")
def get_current_user_info() -> CurrentAccount:
    """The gateway's own account at this OMC. (Authentication)"""


@get("/getRouters")
def get_routers() -> list[Route]:
    """The pages of the web console that the gateway's account may open. (Authentication)"""


@post("/login", effect=Effect.SIGN_IN, hidden=True)
def login(body: Credentials) -> SignedIn:
    """Signs in. (Authentication)"""


@post("/logout", effect=Effect.SIGN_IN, hidden=True)
def logout() -> None:
    """Signs out. (Authentication)"""
