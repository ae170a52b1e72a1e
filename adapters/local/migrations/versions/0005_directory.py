"""The directory and its search."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

revision = "0005"
down_revision = "0004"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# Substring search: three letters at a time on both databases, kept in step by triggers on SQLite.
SQLITE_SEARCH = (
    """
    CREATE VIRTUAL TABLE directory_words
    USING fts5(words, content='directory', content_rowid='id', tokenize='trigram case_sensitive 1')
    """,
    """
    CREATE TRIGGER directory_words_insert AFTER INSERT ON directory BEGIN
        INSERT INTO directory_words(rowid, words) VALUES (new.id, new.words);
    END
    """,
    """
    CREATE TRIGGER directory_words_delete AFTER DELETE ON directory BEGIN
        INSERT INTO directory_words(directory_words, rowid, words) VALUES ('delete', old.id, old.words);
    END
    """,
    """
    CREATE TRIGGER directory_words_update AFTER UPDATE OF words ON directory WHEN old.words <> new.words BEGIN
        INSERT INTO directory_words(directory_words, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO directory_words(rowid, words) VALUES (new.id, new.words);
    END
    """,
)
POSTGRESQL_SEARCH = "CREATE INDEX ix_directory_words ON directory USING gin (words public.gin_trgm_ops)"


def upgrade() -> None:
    op.create_table(
        "directory",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("native_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("identifier", sa.String(), nullable=True),
        sa.Column("mac", sa.String(), nullable=True),
        sa.Column("organization", sa.String(), nullable=True),
        sa.Column("created_at", BIG, nullable=False),
        sa.Column("last_login_at", BIG, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("swept", BIG, nullable=False),
        sa.Column("seen_at", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_directory"),
    )
    op.create_index("ix_directory_created", "directory", ["kind", "created_at", "id"], unique=False)
    op.create_index("ix_directory_email", "directory", ["kind", "email"], unique=False)
    op.create_index("ix_directory_identifier", "directory", ["identifier"], unique=False)
    op.create_index("ix_directory_login", "directory", ["kind", "last_login_at", "id"], unique=False)
    op.create_index("ix_directory_mac", "directory", ["mac"], unique=False)
    op.create_index("ix_directory_name", "directory", ["kind", "name", "id"], unique=False)
    op.create_index("ix_directory_phone", "directory", ["kind", "phone"], unique=False)
    op.create_index("ix_directory_swept", "directory", ["kind", "source", "swept"], unique=False)
    op.create_index("ux_directory_object", "directory", ["kind", "source", "native_id"], unique=True)
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for statement in SQLITE_SEARCH:
            op.execute(statement)
        return
    try:
        with connection.begin_nested():
            op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public")
            op.execute(POSTGRESQL_SEARCH)
    except DBAPIError:
        # Where the extension cannot be made, searches read the whole index: slower, and the same answers.
        return
