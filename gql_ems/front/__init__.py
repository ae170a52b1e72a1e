"""The HTTP front: GraphQL over HTTP, server-sent events and WebSocket; files, ingest, health and metrics."""
