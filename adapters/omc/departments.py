"""Departments of the OMC's own staff, and the trees from which one is chosen."""

from typing import Annotated

from adapters.omc.marks import Flag, Id
from adapters.omc.tree import TreeNode
from adapters.omc.verbs import OmcRecord, delete, get, post, put
from adapters.record import Matches, Millis, Whole

ParentId = Annotated[str, Matches(r"[0-9]{1,20}", "a department's id has digits alone; 0 is above all")]


class Department(OmcRecord, frozen=True):
    """A department. A user without one has a department of empty texts."""

    dept_id: str | None = None
    parent_id: str | None = None
    parent_name: str | None = None
    ancestors: str | None = None
    """Ids of the departments above, from the top, joined by commas."""
    dept_name: str | None = None
    order_num: int | None = None
    leader: str | None = None
    phone: str | None = None
    email: str | None = None
    status: str | None = None
    """0 inactive, 1 active."""
    del_flag: str | None = None
    create_by: str | None = None
    create_time: Millis | None = None
    update_by: str | None = None
    update_time: Millis | None = None
    whole: Whole = None


class RoleDepartments(OmcRecord, frozen=True):
    """The tree of departments, and which of them a role may see."""

    depts: list[TreeNode] | None = None
    checked_keys: list[str] | None = None


class DepartmentDraft(OmcRecord, frozen=True):
    """A department to create."""

    dept_name: str
    parent_id: ParentId
    order_num: int
    leader: str
    phone: str
    email: str
    status: Flag
    parent_name: str | None = None


class DepartmentUpdate(OmcRecord, frozen=True):
    """A department as it shall be; the whole of it is replaced."""

    dept_id: Id
    dept_name: str
    parent_id: ParentId
    order_num: int
    leader: str
    phone: str
    email: str
    status: Flag
    parent_name: str | None = None


@get("/system/dept/list")
def list_departments(*, status: Flag | None = None, dept_name: str | None = None) -> list[Department]:
    """All departments in a flat list. (Security / Department Management)"""


@get("/system/dept/list/exclude/{deptId}")
def list_departments_excluding(dept_id: Id) -> list[Department]:
    """All departments but one and those below it. (Security / Department Management)"""


@get("/system/dept/treeSelect")
def get_department_tree(*, status: Flag | None = None, dept_name: str | None = None) -> list[TreeNode]:
    """Departments as a tree. (Security / Department Management)"""


@get("/system/dept/roleDeptTreeSelect/{roleId}")
def get_role_department_tree(role_id: Id) -> RoleDepartments:
    """Departments as a tree, with those that a role may see. (Security / Department Management)"""


@post("/system/dept")
def create_department(body: DepartmentDraft) -> None:
    """Creates a department. (Security / Department Management)"""


@put("/system/dept")
def update_department(body: DepartmentUpdate) -> None:
    """Replaces what is known of a department. (Security / Department Management)"""


@delete("/system/dept/{deptId}")
def delete_department(dept_id: Id) -> None:
    """Deletes one department. (Security / Department Management)"""


@get("/system/dept/{deptId}")
def get_department(dept_id: Id) -> Department:
    """One department with its parent's name. (Security / Department Management)"""
