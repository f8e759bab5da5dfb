"""Who may read what by SQL, for databases that have roles; and what is sealed under a passphrase, for books in a file.

The first is derived by the gate and empty until a keeper's next command.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, String

from habeas.ledger.guards import (
    ANY_CHANGE,
    BOOK,
    ERASURE_SEALED,
    SALT_SEALED,
    SEALING,
    VAULT,
    guard,
    guard_statements,
)

revision = "2"
down_revision = "1"

SHOWN = (
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
    "reason",
)


def upgrade() -> None:
    op.create_table(
        "shown",
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("id", String, nullable=False),
        Column("batch", Integer, nullable=False),
        Column("recorded", String, nullable=False),
        *(Column(name, String) for name in SHOWN),
    )
    op.create_table(
        "withheld",
        Column("seq", Integer, primary_key=True, autoincrement=False),
        Column("part", String, nullable=False),
    )
    op.create_table("showing", Column("size", Integer, primary_key=True, autoincrement=False), Column("until", String))
    op.add_column("statement", Column("sealed", LargeBinary))
    op.create_table("vault", Column("key", String, primary_key=True), Column("value", String, nullable=False))
    bind = op.get_bind()
    guard(bind, VAULT, ANY_CHANGE)
    if bind.dialect.name == "sqlite":
        guard_statements(bind, let_through=(ERASURE_SEALED, SEALING))
        guard(bind, BOOK, SALT_SEALED)
    else:
        guard_statements(bind, let_through=(ERASURE_SEALED,))
