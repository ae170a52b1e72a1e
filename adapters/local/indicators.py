"""The indicators that elements of the local store report."""

from adapters.records import KpiDefinition

TITLES: dict[str, tuple[tuple[str, str], ...]] = {
    "AMF": (("AMF.01", "Registered users"), ("AMF.02", "Registration requests")),
    "SMF": (("SMF.01", "PDU sessions"), ("SMF.02", "Session requests")),
    "UPF": (("UPF.03", "N6 uplink bytes"), ("UPF.04", "N6 downlink bytes")),
    "UDM": (("UDM.01", "Authentication requests"),),
    "IMS": (("IMS.01", "Registered users"), ("IMS.02", "Calls")),
}


def definitions(ne_type: str) -> tuple[KpiDefinition, ...]:
    """Give what a type of element reports."""
    return tuple(
        KpiDefinition(id=kpi_id, ne_type=ne_type, name=title, names={"en": title})
        for kpi_id, title in TITLES.get(ne_type, ())
    )
