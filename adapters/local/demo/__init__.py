"""Demo data for the local store: a small core network, its operators, its plant, and what happened to them."""

from adapters.local.demo.seed import seed

__all__ = ["seed"]
