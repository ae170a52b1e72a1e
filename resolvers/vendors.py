"""The vendors that the graph mirrors: their operations, and the prefix of their types."""

from typing import Any

from adapters import beaver, idaas, nce, omc, supos
from adapters.operation import Operation
from adapters.records import Dialect

OPERATIONS: dict[Dialect, tuple[Operation[..., Any], ...]] = {
    Dialect.OMC: omc.OPERATIONS,
    Dialect.BEAVER: beaver.OPERATIONS,
    Dialect.SUPOS: supos.OPERATIONS,
    Dialect.IDAAS: idaas.OPERATIONS,
    Dialect.NCE: nce.OPERATIONS,
}

PREFIXES: dict[Dialect, str] = {
    Dialect.OMC: "Omc",
    Dialect.BEAVER: "Beaver",
    Dialect.SUPOS: "Supos",
    Dialect.IDAAS: "Idaas",
    Dialect.NCE: "Nce",
}
