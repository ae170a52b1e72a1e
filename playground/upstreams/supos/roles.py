"""The supOS operations on users' roles, and on the menus that roles open."""

import base64
import hashlib

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from starlette.responses import Response

from playground.upstreams.calls import Call
from playground.upstreams.supos import plant, signature
from playground.upstreams.supos.dialect import INTERNAL, INVALID, Refusal, Supos
from playground.upstreams.supos.plant import MENUS, ROLES, Menu, User
from playground.upstreams.supos.users import Users, check_roles
from playground.upstreams.vendor import json_answer

MOST_ROLES = 10


class Roles:
    """Which roles a user has, and what they open."""

    def __init__(self, supos: Supos) -> None:
        self._supos = supos
        self._users = Users(supos)

    def bind(self, call: Call) -> Response:
        """Give a user roles."""
        user, codes = self._asked(call)
        check_roles(codes, user.company)
        user.roles += [code for code in codes if code not in user.roles]
        return Response()

    def unbind(self, call: Call) -> Response:
        """Take roles from a user."""
        user, codes = self._asked(call)
        check_roles(codes, None)
        user.roles = [code for code in user.roles if code not in codes]
        return Response()

    def _asked(self, call: Call) -> tuple[User, list[str]]:
        user = self._users.find(call, 100106013)
        codes: list[str] = call.object()["roleCodes"]
        if not 1 <= len(codes) <= MOST_ROLES:
            raise Refusal(INVALID, "number of roles exceeds the maximum of 10", wrong=True)
        if user.username == plant.ADMIN:
            raise Refusal(100106019, "system admin cannot edit roles")
        return user, codes

    def reset_password(self, call: Call) -> Response:
        """Give the administrator a new password, encrypted with the digest of the secret key."""
        user = self._users.find(call)
        if user.username != plant.ADMIN:
            raise Refusal(INVALID, "only the password of admin can be reset", wrong=True)
        self._supos.plant.admin_passwords += 1
        user.password = f"Sandbox-Reset-{self._supos.plant.admin_passwords}"
        return json_answer({"password": encrypted(user.password, signature.SECRET_KEY)})

    def unbind_third_party(self, call: Call) -> Response:
        """Take third-party roles from a user; those that it does not have are passed over."""
        ids = [one for one in call.query["identityIds"].split(",") if one]
        if not 1 <= len(ids) <= MOST_ROLES:
            raise Refusal(INVALID, "number of roles exceeds the maximum of 10", wrong=True)
        user = self._users.find(call, 100106013)
        user.third_party = [one for one in user.third_party if one not in ids]
        return Response()

    def user_menus(self, call: Call) -> Response:
        """List the menus that a user may open in a company."""
        company = _company(call)
        user = self._supos.plant.users.get(call.params["username"])
        if user is None:
            raise Refusal(100105225, "specified user does not exist")
        if user.company != company:
            raise Refusal(100105226, "specified user is not employed by specified company")
        source = call.query.get("source", "")
        if source not in {"", "IDE"}:
            raise Refusal(INTERNAL, "source is not in compliance with the rules, example: IDE", wrong=True)
        opened = {code for role in ROLES if role.code in user.roles for code in role.menus}
        return _menus([menu for menu in MENUS if menu.code in opened and (menu.designed or not source)])

    def role_menus(self, call: Call) -> Response:
        """List the menus that a role opens in a company."""
        company = _company(call)
        role = next((one for one in ROLES if one.code == call.params["rolecode"]), None)
        if role is None or role.company != company:
            raise Refusal(100105228, "specified role does not exist")
        scope = call.query.get("scope", "")
        if scope not in {"", "0", "1"}:
            raise Refusal(100000003, "illegal scope, for example: 0, 1", wrong=True)
        return _menus([menu for menu in MENUS if menu.code in role.menus and scope in {"", menu.scope}])


def encrypted(text: str, secret_key: str) -> str:
    """Encrypt as supOS does: AES-128-ECB, PKCS5 padding, the key is the digest of the secret key."""
    key = hashlib.md5(secret_key.encode(), usedforsecurity=False).digest()
    padder = padding.PKCS7(128).padder()
    padded = padder.update(text.encode()) + padder.finalize()
    encryptor = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305 - The vendor's choice.
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def _company(call: Call) -> str:
    company = call.query.get("companyCode", "")
    if not company:
        raise Refusal(INTERNAL, "company code cannot be empty", wrong=True)
    if company not in plant.COMPANIES:
        raise Refusal(100105227, "specified company does not exist")
    return company


def _menus(found: list[Menu]) -> Response:
    return json_answer({"list": [{"name": m.name, "url": m.url, "code": m.code} for m in found]})
