"""What every table of the store shares: one metadata, names for constraints, the column types."""

from typing import Any, cast

from sqlalchemy import BigInteger, Integer, MetaData, Table
from sqlmodel import SQLModel

BIG = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits; on SQLite spelled so that a primary key of it is the row's own number."""

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Stored(SQLModel):
    """A row of the store."""

    metadata = METADATA


def table_of(model: type[Stored]) -> Table:
    """Give the table behind a model, for statements that make no objects."""
    return cast("Table", cast("Any", model).__table__)
