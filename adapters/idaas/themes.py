"""How the sign-in pages of applications look."""

from adapters.idaas.verbs import IdaasRecord, get
from adapters.record import LocalTime


class LoginTheme(IdaasRecord, frozen=True):
    """A look of a sign-in page."""

    id: str | None = None
    theme_name: str | None = None
    created_time: LocalTime | None = None
    updated_time: LocalTime | None = None
    creator: str | None = None


@get("/idaas/v1/logintheme/listthemes")
def list_login_themes() -> list[LoginTheme]:
    """All looks of sign-in pages. (Login themes)"""
