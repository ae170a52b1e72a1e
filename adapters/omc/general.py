"""What the OMC says of itself before anybody signs in, registration, and its manual."""

from typing import Annotated

from adapters.omc.files import StoredPath
from adapters.omc.verbs import OmcRecord, get, post
from adapters.operation import Effect
from adapters.record import Matches, SecretText


class Captcha(OmcRecord, frozen=True):
    """A picture to be read before signing in, where that is asked for. The answer is never told."""

    captcha_enabled: bool | None = None
    uuid: str | None = None
    img: str | None = None
    """A `data:` URI."""


class SystemConfig(OmcRecord, frozen=True):
    """Title, pictures and languages of the OMC's pages; `#` and `-` stand for nothing."""

    title: str | None = None
    version: str | None = None
    build_time: str | None = None
    go_ver: str | None = None
    serial_num: str | None = None
    copyright: str | None = None
    official_url: str | None = None
    login_background: str | None = None
    logo_type: str | None = None
    file_path_brand: str | None = None
    """With `{language}` in it, as the other paths."""
    file_path_icon: str | None = None
    help_doc: str | None = None
    i18n_default: str | None = None
    i18n_open: bool | None = None
    register_user: bool | None = None
    """Whether anybody may register."""


class HelpDocument(OmcRecord, frozen=True):
    """A manual that was uploaded before, for one language."""

    upload_path: StoredPath
    """The `file_name` that the upload gave."""
    language: Annotated[str, Matches(r"[a-z]{2}_[A-Z]{2}", "a language as `en_US`")]


class Registration(OmcRecord, frozen=True):
    """A new account, with the answer to a captcha."""

    username: str
    password: SecretText
    confirm_password: SecretText
    code: SecretText
    uuid: str


@get("/", envelope="message")
def get_home() -> str:
    """The OMC's greeting, with its version in the text. (General APIs)"""


@get("/captchaImage", effect=Effect.WRITE)
def get_captcha() -> Captcha:
    """A new captcha, good for one use within two minutes; each call makes another. (General APIs)"""


@get("/sys-conf")
def get_system_config() -> SystemConfig:
    """How the OMC presents itself. (General APIs)"""


@post("/helpDoc")
def upload_help_document(body: HelpDocument) -> str:
    """Makes an uploaded file the manual of a language and gives its path. (General APIs)"""


@post("/register")
def register_account(body: Registration) -> None:
    """Registers an account, where the OMC lets anybody. (General APIs / Account Registration)"""
