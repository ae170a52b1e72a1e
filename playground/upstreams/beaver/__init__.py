"""The pretend Milesight Beaver IoT."""

from playground.upstreams.beaver.app import create_app

__all__ = ["create_app"]
