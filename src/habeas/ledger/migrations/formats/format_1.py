"""The record: statements and their heads, what was erased and is suppressed, and the guards that keep it append-only."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, String, text

from habeas.ledger.guards import BOOK, ERASED, ERASURE, HEAD, SUPPRESSED, guard, guard_statements

revision = "1"
down_revision = None

CONTENT = (
    "subject",
    "prop",
    "value",
    "original",
    "lang",
    "valid_start",
    "valid_end",
    "source",
    "place",
    "published",
    "visibility",
    "retracts",
    "reason",
    "recorder",
)


def upgrade() -> None:
    op.create_table(
        "statement",
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("id", String, nullable=False, unique=True),
        Column("commitment", LargeBinary, nullable=False),
        Column("nonce", LargeBinary),
        Column("batch", Integer, nullable=False),
        Column("recorded", String, nullable=False),
        *(Column(name, String) for name in CONTENT),
    )
    op.create_index("statement_subject", "statement", ["subject"])
    some = text("retracts IS NOT NULL")
    op.create_index("statement_retracts", "statement", ["retracts"], sqlite_where=some, postgresql_where=some)
    op.create_table(
        "head",
        Column("batch", Integer, primary_key=True, autoincrement=False),
        Column("size", Integer, nullable=False, unique=True),
        Column("root", LargeBinary, nullable=False),
        Column("frontier", LargeBinary, nullable=False),
        Column("recorded", String, nullable=False),
        Column("key", String, nullable=False),
        Column("signature", LargeBinary, nullable=False),
    )
    op.create_table(
        "erased",
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("tombstone", String, nullable=False),
    )
    op.create_table("suppressed", Column("token", String, primary_key=True))
    op.create_table("book", Column("key", String, primary_key=True), Column("value", String, nullable=False))
    guard_statements(op.get_bind(), let_through=(ERASURE,))
    for table in (HEAD, ERASED, SUPPRESSED, BOOK):
        guard(op.get_bind(), table)
