"""The pretend Huawei iMaster NCE-Campus."""

from playground.upstreams.nce.app import create_app

__all__ = ["create_app"]
