"""The account under which the gateway itself signs in, as the OMC shows it to its owner."""

from adapters.exchange import FileUpload
from adapters.omc.marks import Sex
from adapters.omc.users import User
from adapters.omc.verbs import OmcRecord, get, post, put
from adapters.record import SecretText


class Profile(OmcRecord, frozen=True):
    """The signed-in user with the names of the roles and positions held."""

    user: User | None = None
    role_group: list[str] | None = None
    post_group: list[str] | None = None


class ProfileUpdate(OmcRecord, frozen=True):
    """What the signed-in user may change of itself."""

    nick_name: str
    sex: Sex
    email: str | None = None
    phonenumber: str | None = None


class PasswordChange(OmcRecord, frozen=True):
    """The old password and the new one."""

    old_password: SecretText
    new_password: SecretText


@get("/system/user/profile")
def get_user_profile() -> Profile:
    """The gateway's own account at the OMC. (Security / User Profile)"""


@put("/system/user/profile")
def update_user_profile(body: ProfileUpdate) -> None:
    """Changes names and addresses of the gateway's own account. (Security / User Profile)"""


@post("/system/user/profile/avatar")
def upload_avatar(file: FileUpload) -> str:
    """Sets the picture of the gateway's own account (.jpg, .jpeg, .png) and gives its path. (Security / User Profile)"""


@put("/system/user/profile/updatePwd")
def update_own_password(body: PasswordChange) -> None:
    """Changes the password of the gateway's own account. (Security / User Profile)"""
