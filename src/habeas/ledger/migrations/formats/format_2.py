"""Who may read what by SQL, for databases that have roles: derived by the gate, empty until a keeper's next command."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, String

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
