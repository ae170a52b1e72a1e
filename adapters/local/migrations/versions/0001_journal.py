"""The journal, the alarms and the leases."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "alarm_aliases",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_alarm_aliases"),
    )
    op.create_index("ix_alarm_aliases_native_id", "alarm_aliases", ["native_id"], unique=False)
    op.create_table(
        "alarm_checkpoints",
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("born", BIG, nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("native_id", name="pk_alarm_checkpoints"),
    )
    op.create_table(
        "alarm_images",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("row", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("source", "row", name="pk_alarm_images"),
    )
    op.create_table(
        "alarms",
        sa.Column("born", BIG, autoincrement=False, nullable=False),
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("ne_type", sa.String(), nullable=False),
        sa.Column("ne_id", sa.String(), nullable=False),
        sa.Column("code", BIG, nullable=True),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("event_type", sa.String(), nullable=False),
        sa.Column("acknowledged", sa.Boolean(), nullable=False),
        sa.Column("shelved", sa.Boolean(), nullable=False),
        sa.Column("flapping", sa.Boolean(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("raised_at", BIG, nullable=False),
        sa.Column("updated_at", BIG, nullable=False),
        sa.Column("reported_at", BIG, nullable=False),
        sa.Column("due_at", BIG, nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("born", name="pk_alarms"),
        sa.UniqueConstraint("native_id", name="uq_alarms_native_id"),
    )
    op.create_index(
        "ix_alarms_due",
        "alarms",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_alarms_element",
        "alarms",
        ["source", "ne_type", "ne_id", "status", "severity", "acknowledged", "code"],
        unique=False,
    )
    op.create_index("ix_alarms_raised", "alarms", ["raised_at", "born"], unique=False)
    op.create_index("ix_alarms_severity", "alarms", ["severity", "born"], unique=False)
    op.create_index("ix_alarms_standing_raised", "alarms", ["status", "raised_at", "born"], unique=False)
    op.create_index(
        "ix_alarms_standing_severity", "alarms", ["status", "severity", "born", "acknowledged"], unique=False
    )
    op.create_index("ix_alarms_standing_updated", "alarms", ["status", "updated_at", "born"], unique=False)
    op.create_index("ix_alarms_updated", "alarms", ["updated_at", "born"], unique=False)
    op.create_table(
        "feeds",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("heard_at", BIG, nullable=False),
        sa.Column("silence_ms", BIG, nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_feeds"),
    )
    op.create_table(
        "journal",
        sa.Column("position", BIG, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("received", BIG, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=True),
        sa.Column("variant", sa.String(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("previous", BIG, nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("after", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("position", name="pk_journal"),
    )
    op.create_index("ix_journal_kind", "journal", ["kind", "position"], unique=False)
    op.create_index(
        "ix_journal_other",
        "journal",
        ["kind", "other", "at", "position"],
        unique=False,
        sqlite_where=sa.text("other IS NOT NULL"),
        postgresql_where=sa.text("other IS NOT NULL"),
    )
    op.create_index("ix_journal_subject", "journal", ["kind", "subject", "at", "position"], unique=False)
    op.create_index("ix_journal_time", "journal", ["kind", "at", "position"], unique=False)
    op.create_index("ux_journal_digest", "journal", ["digest", "source", "kind"], unique=True)
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("journal", sa.String(), nullable=False),
        sa.Column("position", BIG, nullable=False),
        sa.Column("low_water", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_head"),
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("expires_at", BIG, nullable=False),
        sa.Column("fence", BIG, nullable=False),
        sa.Column("beat", BIG, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_table(
        "vault",
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_vault"),
    )
