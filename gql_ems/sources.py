"""The configured sources, opened: the local store first, then each vendor in the order of the configuration."""

from adapters.beaver.source import open_source as open_beaver
from adapters.idaas.source import open_source as open_idaas
from adapters.local.source import local_source
from adapters.local.store import LocalStore
from adapters.nce.source import open_source as open_nce
from adapters.omc.source import open_source as open_omc
from adapters.ports import Source
from adapters.supos.source import open_source as open_supos
from adapters.wiring import Wiring
from gql_ems.settings import Settings

OPENERS = {
    "omc": open_omc,
    "beaver": open_beaver,
    "supos": open_supos,
    "idaas": open_idaas,
    "nce": open_nce,
}
"""How a source of each dialect is opened."""


def opened(settings: Settings, store: LocalStore, wiring: Wiring) -> tuple[Source, ...]:
    """Every source; nothing is asked of any yet."""
    ttl = settings.cache.default_ttl_seconds
    vendors = (OPENERS[table.dialect](table.settings(ttl), wiring) for table in settings.sources)
    return (local_source(store), *vendors)
