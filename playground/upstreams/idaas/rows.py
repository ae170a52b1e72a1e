"""New rows of the realm: accounts, applications, grants."""

import uuid
from typing import Any

from playground.upstreams.idaas.realm import CREATOR, Realm, Row

REALM = "sandbox"


def new_user(realm: Realm, body: dict[str, Any]) -> Row:
    """Make an account's row, still without an id."""
    return {
        "accountName": body["accountName"],
        "email": body.get("email") or "",
        "phone": body.get("phone") or "",
        "p6d": f"sandbox-hash-{len(body.get('p6d') or '')}",
        "createdType": "1",
        "nickName": body["nickName"],
        "expirationTime": body["expirationTime"],
        "description": body.get("description") or "",
        "externalId": body.get("externalId"),
        "organizationId": body["organizationId"],
        "userType": body["userType"],
        "status": "1",
        "updateTime": None,
        **realm.stamped(),
    }


def new_app(body: dict[str, Any], secret: str = "") -> Row:
    """Make an application's row, still without id and times; numbers are kept as text."""
    return {
        "appName": body["appName"],
        "appCode": body["appCode"],
        "appIcon": None,
        "description": body.get("description"),
        **{
            name: str(body.get(name, 0))
            for name in ("appAuthType", "authinfoSyncType", "appStatus", "appAuthStatus", "appOwner")
        },
        "equipType": "0",
        "appTypeCode": body.get("appTypeCode"),
        "creator": CREATOR,
        "a5tId": body.get("a5tId"),
        "appDeleteFlag": "0",
        "accessTokenTimeout": body.get("accessTokenTimeout", 7200),
        "refreshTokenTimeout": body.get("refreshTokenTimeout", 604_800),
        "redirectUri": body.get("redirectUri"),
        "homepageUrl": body.get("homepageUrl"),
        "c4tId": body["appCode"],
        "c4tS4t": secret or str(uuid.uuid4()),
        "realm": REALM,
        "loginTheme": body.get("loginTheme"),
    }


def grant(realm: Realm, user: str, app: str) -> None:
    """Let an account use an application."""
    realm.add(
        realm.grants,
        {
            "userId": user,
            "appId": app,
            "appAuthflag": "1",
            "createdTime": realm.now(),
            "updateTime": None,
            "creator": CREATOR,
        },
    )
