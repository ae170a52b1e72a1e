"""Counts and times of what happens with every request, kept as plain numbers and told to Prometheus when it asks."""

import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

Labels = tuple[str | int, ...]


class Tally:
    """How often something was, by how long it took."""

    __slots__ = ("created", "seconds", "within")

    def __init__(self, bounds: int) -> None:
        self.created = time.time()
        self.seconds = 0.0
        self.within = [0] * (bounds + 1)


class Tallies(Collector):
    """A counter by all of its labels, and a histogram by the first of them, of the same events.

    One thread adds to it, so nothing is locked: that is what prometheus_client's own cost most at.
    """

    def __init__(
        self,
        counter: tuple[str, str],
        histogram: tuple[str, str],
        labels: Sequence[str],
        bounds: Sequence[float],
    ) -> None:
        self._counter = counter
        self._histogram = histogram
        self._labels = tuple(labels)
        self._bounds = tuple(bounds)
        self._tallies: dict[Labels, Tally] = {}

    def add(self, labels: Labels, seconds: float) -> None:
        """Counts one event."""
        tally = self._tallies.get(labels)
        if tally is None:
            tally = self._tallies[labels] = Tally(len(self._bounds))
        tally.within[bisect_left(self._bounds, seconds)] += 1
        tally.seconds += seconds

    def collect(self) -> Iterable[Metric]:
        """Both families as they are now."""
        counted = CounterMetricFamily(*self._counter, labels=self._labels)
        timed = HistogramMetricFamily(*self._histogram, labels=self._labels[:1])
        by_first: dict[str, list[Tally]] = {}
        for labels, tally in self._tallies.items():
            told = [str(label) for label in labels]
            counted.add_metric(told, sum(tally.within), tally.created)
            by_first.setdefault(told[0], []).append(tally)
        names = [str(float(bound)) for bound in self._bounds] + ["+Inf"]
        for first, tallies in by_first.items():
            sums = accumulate(
                sum(counts) for counts in zip(*(tally.within for tally in tallies), strict=True)
            )
            buckets = list(zip(names, sums, strict=True))
            timed.add_metric([first], buckets, sum(tally.seconds for tally in tallies))
            created = min(tally.created for tally in tallies)
            timed.add_sample(f"{timed.name}_created", {self._labels[0]: first}, created)
        return counted, timed
