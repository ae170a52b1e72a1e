"""Where Alembic starts: the connection is handed over, the transaction is the caller's."""

from alembic import context

from adapters.local.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
