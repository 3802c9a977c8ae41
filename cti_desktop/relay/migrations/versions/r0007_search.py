"""Contacts are found by the beginning of name and company, whatever the case, without reading millions."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Each database has its own way to say it."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for column in ("name", "company"):
        how = f"lower({column}) text_pattern_ops" if postgresql else f"{column} COLLATE NOCASE"
        op.execute(f"CREATE INDEX ix_contacts_{column} ON contacts ({how})")
