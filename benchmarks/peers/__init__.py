"""The servers that the gateway is measured beside, each answering the same documents over the same upstream."""

POOL = 64
"""Connections to the upstream that a server may have at once, where it has such a setting; the gateway has the same."""
