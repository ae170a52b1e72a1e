"""The pretend Inspur IDaaS."""

from playground.upstreams.idaas.app import create_app

__all__ = ["create_app"]
