"""The service: settings, HTTP front, who is asking, limits, execution, ingest, files, metrics, command line."""

__version__ = "0.1.0"
