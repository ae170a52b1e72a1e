"""Devices, entities, workflows and device approvals."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "device_approvals",
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("site_id", sa.String(), nullable=True),
        sa.Column("discovery", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("native_id", name="pk_device_approvals"),
    )
    op.create_index("ix_device_approvals_status", "device_approvals", ["status", "native_id"], unique=False)
    op.create_table(
        "integrations",
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("native_id", name="pk_integrations"),
    )
    op.create_table(
        "workflows",
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("native_id", name="pk_workflows"),
    )
    op.create_table(
        "devices",
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("integration_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("identifier", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["integration_id"], ["integrations.native_id"], name="fk_devices_integration_id"
        ),
        sa.PrimaryKeyConstraint("native_id", name="pk_devices"),
        sa.UniqueConstraint("key", name="uq_devices_key"),
    )
    op.create_index("ix_devices_identifier", "devices", ["identifier"], unique=False)
    op.create_index("ix_devices_integration", "devices", ["integration_id", "native_id"], unique=False)
    op.create_table(
        "workflow_runs",
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("workflow_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("started_at", BIG, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("steps", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workflow_id"], ["workflows.native_id"], name="fk_workflow_runs_workflow_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("native_id", name="pk_workflow_runs"),
    )
    op.create_index(
        "ix_workflow_runs_started", "workflow_runs", ["workflow_id", "started_at", "native_id"], unique=False
    )
    op.create_table(
        "entities",
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("device_id", sa.String(), nullable=True),
        sa.Column("parent_id", sa.String(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("value_type", sa.String(), nullable=False),
        sa.Column("access", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.native_id"], name="fk_entities_device_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["entities.native_id"], name="fk_entities_parent_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("native_id", name="pk_entities"),
        sa.UniqueConstraint("key", name="uq_entities_key"),
    )
    op.create_index("ix_entities_device", "entities", ["device_id", "native_id"], unique=False)
    op.create_index("ix_entities_parent", "entities", ["parent_id", "native_id"], unique=False)
    op.create_table(
        "entity_values",
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entities.native_id"], name="fk_entity_values_entity_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entity_id", "at", name="pk_entity_values"),
    )
