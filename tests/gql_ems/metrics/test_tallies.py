import pytest
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from gql_ems.tallies import Tallies

BOUNDS = (0.01, 0.5, 1, 30)
EVENTS = [
    (("graphql", "POST", 200), 0.01),
    (("graphql", "POST", 200), 0.011),
    (("graphql", "GET", 400), 31.0),
    (("graphql", "WS", 101), 0.0),
    (("healthz", "GET", 200), 0.7),
]


@pytest.fixture
def tallies() -> Tallies:
    return Tallies(("asked_total", "Asked."), ("asked_seconds", "Took."), ("at", "how", "status"), BOUNDS)


@pytest.mark.parametrize("events", [EVENTS, []])
def test_tallies_tell_what_a_counter_and_a_histogram_would(tallies, events):
    ours, theirs = CollectorRegistry(), CollectorRegistry()
    ours.register(tallies)
    counter = Counter("asked_total", "Asked.", ["at", "how", "status"], registry=theirs)
    histogram = Histogram("asked_seconds", "Took.", ["at"], buckets=BOUNDS, registry=theirs)
    for labels, seconds in events:
        tallies.add(labels, seconds)
        counter.labels(*labels).inc()
        histogram.labels(labels[0]).observe(seconds)

    assert lines(ours) == lines(theirs)


def lines(registry: CollectorRegistry) -> list[str]:
    """What is told, in any order, but for when it was first."""
    told = generate_latest(registry).decode().splitlines()
    return sorted(line.rpartition(" ")[0] if "_created{" in line else line for line in told)
