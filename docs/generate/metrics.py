"""The page of metrics: every one that `/metrics` tells, with its labels."""

from collections.abc import Iterable, Iterator

from prometheus_client.core import Metric
from prometheus_client.metrics import MetricWrapperBase

from docs.generate.tables import code, table
from docs.generate.tables import page as whole_page
from gql_ems.metrics import SECONDS, Metrics
from gql_ems.tallies import Tallies

INTRODUCTION = """\
`GET /metrics` answers in the Prometheus text format. With several workers each counts for itself and a scrape sees the
one that happens to answer; `ems_worker_info` says which. The process's own metrics (`process_*`, `python_info`) stand
beside these."""


def page() -> str:
    """The page as the code has it now."""
    rows = (
        (code(name), kind, ", ".join(map(code, labels)) or "", text) for name, kind, labels, text in told()
    )
    bounds = ", ".join(str(one) for one in SECONDS)
    return whole_page(
        "Metrics",
        INTRODUCTION,
        table(("metric", "type", "labels", "meaning"), rows),
        f"Histograms are in seconds, with the bounds {bounds}.",
    )


def told() -> Iterator[tuple[str, str, tuple[str, ...], str]]:
    """Name, type, labels and meaning of each metric."""
    for metric in vars(Metrics()).values():
        if isinstance(metric, MetricWrapperBase):
            yield _row(next(iter(metric.describe())), metric._labelnames)  # noqa: SLF001 - told nowhere else
        elif isinstance(metric, Tallies):
            for family in metric.collect():
                yield _row(family, family._labelnames)  # type: ignore[attr-defined]  # noqa: SLF001 - as above


def _row(family: Metric, labels: Iterable[str]) -> tuple[str, str, tuple[str, ...], str]:
    name = family.name + ("_total" if family.type == "counter" else "")
    return name, family.type, tuple(labels), family.documentation
