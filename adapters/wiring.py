"""What the composition root hands to every source: the network, the clocks, who watches, what is remembered."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from adapters.dialect import Dialect
from adapters.gateway import Gateway
from adapters.observing import Observer, Silent
from adapters.ports.directory import Directory
from adapters.ports.live import Watched
from adapters.retrying import Retrying
from adapters.sessions import Vault
from adapters.settings import SourceSettings
from adapters.transport import network_transport


@dataclass(frozen=True, kw_only=True)
class Wiring:
    """Everything outside of a source that it needs; a test puts its own in."""

    transport: Callable[[SourceSettings], httpx.AsyncBaseTransport] = network_transport
    observer: Observer = field(default_factory=Silent)
    retrying: Retrying = field(default_factory=Retrying)
    clock: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    vault: Vault | None = None
    directory: Directory | None = None
    watched: Watched | None = None

    def gateway(self, dialect: Dialect) -> Gateway:
        """The gateway of one source."""
        return Gateway(
            dialect,
            self.transport(dialect.settings),
            observer=self.observer,
            retrying=self.retrying,
            clock=self.clock,
            monotonic=self.monotonic,
            vault=self.vault,
        )
