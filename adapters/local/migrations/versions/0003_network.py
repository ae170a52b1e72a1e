"""Network elements and subscribers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "network_elements",
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("ne_type", sa.String(), nullable=False),
        sa.Column("ne_id", sa.String(), nullable=False),
        sa.Column("online", sa.Boolean(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=True),
        sa.Column("parameters", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("native_id", name="pk_network_elements"),
    )
    op.create_index("ix_network_elements_type", "network_elements", ["ne_type", "ne_id"], unique=False)
    op.create_table(
        "subscribers",
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("ne_id", sa.String(), nullable=False),
        sa.Column("imsi", sa.String(), nullable=False),
        sa.Column("msisdn", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("authentication", sa.LargeBinary(), nullable=True),
        sa.Column("policy", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("native_id", name="pk_subscribers"),
    )
    op.create_index("ix_subscribers_imsi", "subscribers", ["imsi"], unique=False)
    op.create_index("ix_subscribers_msisdn", "subscribers", ["msisdn"], unique=False)
    op.create_index("ux_subscribers_profile", "subscribers", ["ne_id", "imsi"], unique=True)
    op.create_table(
        "kpi_samples",
        sa.Column("element_id", sa.String(), nullable=False),
        sa.Column("kpi_id", sa.String(), nullable=False),
        sa.Column("at", BIG, nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["element_id"],
            ["network_elements.native_id"],
            name="fk_kpi_samples_element_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("element_id", "kpi_id", "at", name="pk_kpi_samples"),
    )
    op.create_table(
        "online_users",
        sa.Column("element_id", sa.String(), nullable=False),
        sa.Column("imsi", sa.String(), nullable=False),
        sa.Column("msisdn", sa.String(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["element_id"],
            ["network_elements.native_id"],
            name="fk_online_users_element_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("element_id", "imsi", name="pk_online_users"),
    )
    op.create_index("ix_online_users_imsi", "online_users", ["imsi"], unique=False)
