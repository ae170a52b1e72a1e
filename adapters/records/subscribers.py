"""4G/5G subscriptions: the profile in a UDM, its authentication data, its policy in a PCF."""

from msgspec import Struct

from adapters.records.base import UNSET, Known, Sourced


class SubscribedSlice(Struct, frozen=True, kw_only=True):
    """An S-NSSAI with the data networks subscribed in it."""

    sst: int
    sd: str | None = None
    """Six hexadecimal digits."""
    dnns: tuple[str, ...] = ()


class EpsSubscription(Struct, frozen=True, kw_only=True):
    enabled: bool = False
    odb: str | None = None
    hplmn_odb: str | None = None
    ard: str | None = None
    template: str | None = None
    context_id: str | None = None
    apn_contexts: str | None = None


class AuthenticationSubscription(Struct, frozen=True, kw_only=True):
    """Authentication data; `ki` and `opc` are secrets that only guarded fields may show."""

    amf: str | None = None
    algorithm_index: str | None = None
    status: str | None = None
    has_key: bool = False
    """Whether a permanent key is held."""
    ki: str | None = None
    opc: str | None = None

    def __repr__(self) -> str:
        return f"AuthenticationSubscription(amf={self.amf!r}, has_key={self.has_key})"


class PolicySubscription(Struct, frozen=True, kw_only=True):
    pcc_rules: tuple[str, ...] = ()
    session_rules: tuple[str, ...] = ()
    rfsp: int | None = None
    service_area_restriction: str | None = None
    ue_policy: str | None = None
    qos_audio: str | None = None
    qos_video: str | None = None
    header_enrichment: str | None = None


class Subscriber(Sourced, frozen=True, kw_only=True):
    """A subscription; its native id is `<neId>/<imsi>`."""

    imsi: str
    ne_id: str
    """The UDM that holds the profile."""
    msisdn: Known[str] = UNSET
    ambr: Known[str] = UNSET
    """Template name of the aggregate maximum bit rate."""
    nssai: Known[str] = UNSET
    """Template name of the slice selection information."""
    rat_restrictions: tuple[str, ...] = ()
    """Radio access the subscription is barred from, e.g. [EUTRA, NR]."""
    core_networks: tuple[str, ...] = ()
    """Core networks allowed: EPC, 5GC."""
    forbidden_areas: Known[str] = UNSET
    service_area_restriction: Known[str] = UNSET
    smf_selection: Known[str] = UNSET
    slices: tuple[SubscribedSlice, ...] = ()
    """Slices and data networks, parsed from `1-000001&cmnet&ims`."""
    eps: Known[EpsSubscription] = UNSET
    static_ip: Known[str] = UNSET
