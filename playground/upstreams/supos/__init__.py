"""The pretend supOS."""

from playground.upstreams.supos.app import create_app

__all__ = ["create_app"]
