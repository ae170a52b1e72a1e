"""The page of metrics: every one that `/metrics` tells, with its labels."""

from collections.abc import Iterator

from prometheus_client.metrics import MetricWrapperBase

from docs.generate.tables import code, table
from docs.generate.tables import page as whole_page
from gql_ems.metrics import SECONDS, Metrics

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
            described = next(iter(metric.describe()))
            name = described.name + ("_total" if described.type == "counter" else "")
            yield name, described.type, tuple(metric._labelnames), described.documentation  # noqa: SLF001 - told nowhere else
