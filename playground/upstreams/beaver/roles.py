"""The Beaver IoT chapters on roles and menus."""

from collections.abc import Sequence
from typing import Any

from starlette.responses import Response

from playground.upstreams.beaver.answers import PAGE, Refusal, matches, ok, page
from playground.upstreams.beaver.chapter import Chapter, Line
from playground.upstreams.beaver.model import RESOURCE_TYPES, Menu, Role
from playground.upstreams.beaver.users import tree
from playground.upstreams.calls import Call

_RESOURCES = (
    f"resources:array<object>? resources[].id:string|integer? resources[].type={'|'.join(RESOURCE_TYPES)}?"
)
_USERS = "user_ids:array<string|integer>?"


class Roles(Chapter):
    def lines(self) -> Sequence[Line]:
        one = "/user/roles/{role_id}"
        named = "name description?"
        return (
            Line("POST", "/user/roles", "create_role", self.create, named),
            Line("PUT", one, "update_role", self.update, named),
            Line("DELETE", one, "delete_role", self.delete),
            Line("POST", "/user/roles/search", "search_roles", self.search, PAGE),
            Line("GET", f"{one}/menus", "list_role_menus", self.role_menus),
            Line(
                "POST",
                f"{one}/resources",
                "list_role_resources",
                self.resources,
                PAGE + f"resource_type={'|'.join(RESOURCE_TYPES)}?",
            ),
            Line("POST", f"{one}/associate-user", "associate_role_users", self.add_users, _USERS),
            Line("POST", f"{one}/disassociate-user", "disassociate_role_users", self.drop_users, _USERS),
            Line(
                "POST",
                f"{one}/associate-resource",
                "associate_role_resources",
                self.add_resources,
                _RESOURCES,
            ),
            Line(
                "POST",
                f"{one}/disassociate-resource",
                "disassociate_role_resources",
                self.drop_resources,
                _RESOURCES,
            ),
            Line(
                "POST",
                f"{one}/associate-menu",
                "associate_role_menus",
                self.set_menus,
                "menu_ids:array<string|integer>?",
            ),
            Line("POST", "/user/menus", "create_menu", self.create_menu, "code name type parent_id?"),
            Line("PUT", "/user/menus/{menu_id}", "update_menu", self.update_menu, "name type=MENU|FUNCTION"),
            Line("DELETE", "/user/menus/{menu_id}", "delete_menu", self.delete_menu),
            Line("GET", "/user/menus", "list_menus", self.menus),
        )

    def role(self, call: Call) -> Role:
        """Give the role that the path names."""
        return self.house.roles[self.known(self.house.roles, call.params["role_id"], "role_does_not_exit")]

    def create(self, call: Call) -> Response:
        body = call.object()
        self._check(body)
        role = Role(self.house.new_id(), body["name"], body.get("description"), self.beaver.now_ms)
        self.house.roles[role.role_id] = role
        return ok({"role_id": role.role_id})

    def update(self, call: Call) -> Response:
        role, body = self.role(call), call.object()
        self._check(body, but=role)
        role.name, role.description = body["name"], body.get("description")
        return ok({})

    def delete(self, call: Call) -> Response:
        role = self.role(call)
        if role.users:
            raise Refusal("role_still_has_user")
        del self.house.roles[role.role_id]
        return ok({})

    def search(self, call: Call) -> Response:
        asked = call.object()
        found = [r for r in self.house.roles.values() if matches(asked.get("keyword"), r.name, r.description)]
        return page(found, asked, self._row)

    def role_menus(self, call: Call) -> Response:
        role = self.role(call)
        return ok([self.house.menus[key].row() for key in role.menus if key in self.house.menus])

    def resources(self, call: Call) -> Response:
        role, asked = self.role(call), call.object()
        wanted = asked.get("resource_type")
        found = [one for one in role.resources if wanted in {None, one[0]}]
        return page(found, asked, lambda one: {"resource_id": one[1], "resource_type": one[0]})

    def add_users(self, call: Call) -> Response:
        role = self.role(call)
        ids = [self.known(self.house.users, one) for one in call.object().get("user_ids") or []]
        role.users += [one for one in ids if one not in role.users]
        return ok({})

    def drop_users(self, call: Call) -> Response:
        role = self.role(call)
        gone = {str(one) for one in call.object().get("user_ids") or []}
        role.users = [one for one in role.users if one not in gone]
        return ok({})

    def add_resources(self, call: Call) -> Response:
        role = self.role(call)
        role.resources += [one for one in self._asked(call) if one not in role.resources]
        return ok({})

    def drop_resources(self, call: Call) -> Response:
        role = self.role(call)
        gone = self._asked(call)
        role.resources = [one for one in role.resources if one not in gone]
        return ok({})

    def set_menus(self, call: Call) -> Response:
        role = self.role(call)
        role.menus = [self.known(self.house.menus, one) for one in call.object().get("menu_ids") or []]
        return ok({})

    def create_menu(self, call: Call) -> Response:
        body = call.object()
        parent = body.get("parent_id")
        if parent:
            self.known(self.house.menus, parent)
        if any(menu.code == body["code"] for menu in self.house.menus.values()):
            raise Refusal("name_repeated")
        if body["type"] not in {"MENU", "FUNCTION"}:
            raise Refusal("parameter_validation_failed", "type is MENU or FUNCTION")
        menu = Menu(self.house.new_id(), body["code"], body["name"], body["type"], parent or None)
        self.house.menus[menu.menu_id] = menu
        return ok({"menu_id": menu.menu_id})

    def update_menu(self, call: Call) -> Response:
        menu = self.house.menus[self.known(self.house.menus, call.params["menu_id"])]
        menu.name, menu.type = call.object()["name"], call.object()["type"]
        return ok({})

    def delete_menu(self, call: Call) -> Response:
        gone = self.known(self.house.menus, call.params["menu_id"])
        self.house.menus = {
            key: menu for key, menu in self.house.menus.items() if gone not in {key, menu.parent_id}
        }
        for role in self.house.roles.values():
            role.menus = [key for key in role.menus if key in self.house.menus]
        return ok({})

    def menus(self, _call: Call) -> Response:
        return ok(tree(list(self.house.menus.values())))

    def _check(self, body: dict[str, Any], but: Role | None = None) -> None:
        if not 1 <= len(body["name"]) <= 127 or len(body.get("description") or "") > 255:
            raise Refusal("parameter_size_invalid", "name or description")
        if any(role.name == body["name"] for role in self.house.roles.values() if role is not but):
            raise Refusal("name_repeated")

    def _asked(self, call: Call) -> list[tuple[str, str]]:
        rows = call.object().get("resources") or []
        if any("id" not in row or "type" not in row for row in rows):
            raise Refusal("parameter_must_not_be_null", "resources")
        return [(row["type"], str(row["id"])) for row in rows]

    def _row(self, role: Role) -> dict[str, Any]:
        integrations = sum(kind == "INTEGRATION" for kind, _key in role.resources)
        return {
            "role_id": role.role_id,
            "name": role.name,
            "description": role.description,
            "created_at": str(role.created_at),
            "user_role_count": str(len(role.users)),
            "role_integration_count": str(integrations),
        }
