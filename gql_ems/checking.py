"""What `gql-ems check` does: signs in to every source and tells what works."""

from collections.abc import Callable

from adapters.ports import SourceStatus
from gql_ems.service import Service
from gql_ems.settings import Settings

Tell = Callable[[str], None]


async def check(settings: Settings, tell: Tell) -> bool:
    """Whether every source works; a line for each as it is known."""
    service = Service(settings)
    fine = True
    try:
        await service.open()
        for source in service.sources.all:
            health = await source.probe()
            works = health.status is SourceStatus.UP
            fine &= works
            kinds = ", ".join(
                c.kind.value.lower() + ("" if c.writable else " (read only)") for c in source.capabilities
            )
            told = (
                f"{health.latency_ms or 0:.0f} ms; {kinds}"
                if works
                else health.last_error or health.status.value
            )
            tell(f"{'ok  ' if works else 'FAIL'}  {source.name} ({source.dialect.value.lower()}): {told}")
    finally:
        await service.close()
    return fine
