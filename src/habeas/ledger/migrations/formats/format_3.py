"""Heads vouch for the whole record: each may say a `state`, and one may stand without new statements."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, String, inspect

from habeas.ledger.guards import BOOK, HEAD_OF_BATCH, SALT_KEPT, SALT_SEALED, guard

revision = "3"
down_revision = "2"

BEFORE = "batch, size, root, frontier, recorded, key, signature"


def upgrade() -> None:
    bind = op.get_bind()
    state = Column("state", String, nullable=False, server_default="")
    if bind.dialect.name == "sqlite":  # it takes no constraint away but with its table
        op.create_table(
            "head_3",
            Column("batch", Integer, primary_key=True, autoincrement=False),
            Column("size", Integer, nullable=False),
            Column("root", LargeBinary, nullable=False),
            Column("frontier", LargeBinary, nullable=False),
            Column("recorded", String, nullable=False),
            Column("key", String, nullable=False),
            Column("signature", LargeBinary, nullable=False),
            state,
        )
        op.execute(f"INSERT INTO head_3 ({BEFORE}) SELECT {BEFORE} FROM head ORDER BY batch")  # noqa: S608 -- our own
        op.drop_table("head")
        op.rename_table("head_3", "head")
        guard(bind, HEAD_OF_BATCH)
        guard(bind, BOOK, f"({SALT_SEALED}) OR ({SALT_KEPT})")
        return
    for unique in inspect(bind).get_unique_constraints("head"):
        op.drop_constraint(str(unique["name"]), "head", type_="unique")  # of the size
    op.add_column("head", state)
    guard(bind, BOOK, SALT_KEPT)
