"""The pretend Inspur IDaaS as an ASGI app."""

import time
from collections.abc import Callable

from starlette.applications import Starlette

from playground.upstreams.idaas.apps import Apps
from playground.upstreams.idaas.columns import Columns, Options, Values
from playground.upstreams.idaas.dialect import Idaas
from playground.upstreams.idaas.dicts import Dicts, Items
from playground.upstreams.idaas.files import Files
from playground.upstreams.idaas.grants import Grants
from playground.upstreams.idaas.groups import Groups
from playground.upstreams.idaas.kinds import AppTypes, UserTypes
from playground.upstreams.idaas.organs import Organs
from playground.upstreams.idaas.tokens import Tokens
from playground.upstreams.idaas.users import Users
from playground.upstreams.knobs import Knobs
from playground.upstreams.vendor import Vendor

CHAPTERS = (
    Organs,
    Files,
    Columns,
    Options,
    Values,
    Grants,
    Users,
    Apps,
    AppTypes,
    UserTypes,
    Groups,
    Dicts,
    Items,
    Tokens,
)


def create_app(*, knobs: Knobs | None = None, clock: Callable[[], float] = time.time) -> Starlette:
    """Make the identity service."""
    idaas = Idaas(clock)
    vendor = Vendor("idaas", idaas, knobs=knobs, clock=clock)
    for chapter in CHAPTERS:
        chapter(idaas).declare(vendor)
    return vendor.app()
