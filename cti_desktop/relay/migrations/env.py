"""Alembic's entry: runs the revisions on the connection that `upgrade` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from cti_desktop.relay.migrations import SCHEMA

context.configure(connection=context.config.attributes["connection"], target_metadata=SCHEMA)
context.run_migrations()
