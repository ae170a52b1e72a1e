"""How the alarms of one source come in: posted, polled or both; refused in one line where it says something else."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from adapters.settings import SourceSettings
from gql_ems.settings import ConfigurationError

POLL_SECONDS = 10.0
LEAST_POLL_SECONDS = 0.5
SILENCE_POLLS = 6
"""After so many missed polls, and no sooner than a minute, a source's alarms are marked as stale."""


class AlarmsFrom(Enum):
    """Where alarms come from."""

    INGEST = "ingest"
    POLL = "poll"
    BOTH = "both"


@dataclass(frozen=True)
class FeedSettings:
    """`alarms_from` and `poll_seconds` of one source."""

    alarms_from: AlarmsFrom = AlarmsFrom.BOTH
    poll_seconds: float = POLL_SECONDS

    @property
    def polled(self) -> bool:
        """Whether the source's alarm table is read."""
        return self.alarms_from is not AlarmsFrom.INGEST

    @property
    def posted(self) -> bool:
        """Whether elements may post alarms."""
        return self.alarms_from is not AlarmsFrom.POLL

    @property
    def matched(self) -> bool:
        """Whether the same alarm may come on both ways."""
        return self.alarms_from is AlarmsFrom.BOTH

    @property
    def silence(self) -> timedelta:
        """How long a feed may be silent before its alarms are stale."""
        return timedelta(seconds=max(60.0, SILENCE_POLLS * self.poll_seconds))


def feed_settings(settings: SourceSettings) -> FeedSettings:
    """The feed's settings of a source; ConfigurationError names a key that cannot be used."""
    told = settings.option("alarms_from", AlarmsFrom.BOTH.value)
    try:
        alarms_from = AlarmsFrom(told)
    except ValueError:
        raise ConfigurationError(
            f"sources[{settings.name}].alarms_from: is `ingest`, `poll` or `both`"
        ) from None
    given = settings.option("poll_seconds", POLL_SECONDS)
    try:
        seconds = float(given)
    except (TypeError, ValueError):
        seconds = 0.0
    if isinstance(given, bool) or not LEAST_POLL_SECONDS <= seconds <= 86_400:
        raise ConfigurationError(
            f"sources[{settings.name}].poll_seconds: is a number of seconds from {LEAST_POLL_SECONDS} to 86400"
        )
    return FeedSettings(alarms_from, seconds)
