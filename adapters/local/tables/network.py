"""Network elements, their indicators, subscribers, and who is online."""

from sqlalchemy import Index
from sqlmodel import Field

from adapters.local.tables.base import BIG, Stored, table_of


class ElementRow(Stored, table=True):
    __tablename__ = "network_elements"

    native_id: str = Field(primary_key=True)
    ne_type: str
    ne_id: str
    online: bool | None = None
    """None where no state has been reported."""
    words: str
    body: bytes
    state: bytes | None = None
    parameters: bytes | None = None

    __table_args__ = (Index("ix_network_elements_type", "ne_type", "ne_id"),)


class SampleRow(Stored, table=True):
    """A value of an indicator at a moment."""

    __tablename__ = "kpi_samples"

    element_id: str = Field(primary_key=True, foreign_key="network_elements.native_id", ondelete="CASCADE")
    kpi_id: str = Field(primary_key=True)
    at: int = Field(primary_key=True, sa_type=BIG)
    value: float


class OnlineRow(Stored, table=True):
    """A session or a registration on an element."""

    __tablename__ = "online_users"

    element_id: str = Field(primary_key=True, foreign_key="network_elements.native_id", ondelete="CASCADE")
    imsi: str = Field(primary_key=True, index=True)
    msisdn: str | None = None
    body: bytes


class SubscriberRow(Stored, table=True):
    __tablename__ = "subscribers"

    native_id: str = Field(primary_key=True)
    ne_id: str
    imsi: str = Field(index=True)
    msisdn: str | None = Field(default=None, index=True)
    words: str
    body: bytes
    authentication: bytes | None = None
    policy: bytes | None = None

    __table_args__ = (Index("ux_subscribers_profile", "ne_id", "imsi", unique=True),)


ELEMENTS = table_of(ElementRow)
SAMPLES = table_of(SampleRow)
ONLINE = table_of(OnlineRow)
SUBSCRIBERS = table_of(SubscriberRow)
