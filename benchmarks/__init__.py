"""Measurements: the gateway beside its peers, and alone. No part of the tests."""
