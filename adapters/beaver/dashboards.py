"""Dashboards and their widgets."""

from adapters.beaver.marks import Id
from adapters.beaver.verbs import BeaverRecord, delete, get, post, put
from adapters.record import Json, MillisText


class Widget(BeaverRecord, frozen=True):
    """A widget of a dashboard."""

    widget_id: str | None = None
    data: Json = None
    """What it shows and where: a free-form map of the platform's web pages."""


class Dashboard(BeaverRecord, frozen=True):
    """A dashboard with its widgets."""

    dashboard_id: str | None = None
    user_id: str | None = None
    """Whoever made it."""
    name: str | None = None
    widgets: list[Widget] | None = None
    created_at: MillisText | None = None


class DashboardDraft(BeaverRecord, frozen=True):
    """A dashboard to create."""

    name: str


class WidgetUpdate(BeaverRecord, frozen=True):
    """A widget as it shall be."""

    widget_id: str
    data: Json


class DashboardUpdate(BeaverRecord, frozen=True):
    """A dashboard as it shall be; widgets that are left out are gone."""

    name: str
    widgets: list[WidgetUpdate]


class DashboardCreated(BeaverRecord, frozen=True):
    """The id of a new dashboard."""

    dashboard_id: str | None = None


@post("/dashboard")
def create_dashboard(body: DashboardDraft) -> DashboardCreated:
    """Creates an empty dashboard. (Dashboard)"""


@put("/dashboard/{dashboard_id}")
def update_dashboard(dashboard_id: Id, body: DashboardUpdate) -> None:
    """Replaces name and widgets of a dashboard. (Dashboard)"""


@delete("/dashboard/{dashboard_id}")
def delete_dashboard(dashboard_id: Id) -> None:
    """Deletes a dashboard. (Dashboard)"""


@get("/dashboard/dashboards")
def list_dashboards() -> list[Dashboard]:
    """All dashboards with their widgets. (Dashboard)"""
