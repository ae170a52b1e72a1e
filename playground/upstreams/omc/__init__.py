"""The pretend OMC: the element management system of a 5G core, with all of its documented operations."""

from playground.upstreams.omc.app import create_app

__all__ = ["create_app"]
