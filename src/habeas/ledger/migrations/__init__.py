"""The formats of a record, a step each: a new record takes all of them, an older one those that it lacks.

A step is never changed once it was released: records that were made by it are kept.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

_HERE = Path(__file__).parent
_ONE_AT_A_TIME = threading.Lock()  # Alembic holds what it works on in its modules


def _steps(connection: Connection) -> Config:
    from alembic.config import Config

    steps = Config()
    # Alembic reads its options with `%` as a mark of its own.
    steps.set_main_option("script_location", _HERE.as_posix().replace("%", "%%"))
    steps.set_main_option("version_locations", (_HERE / "formats").as_posix().replace("%", "%%"))
    steps.set_main_option("path_separator", "newline")
    steps.attributes["connection"] = connection
    return steps


def migrate(connection: Connection, *, to: int, since: int | None = None) -> None:
    """Bring a record to a format, in the caller's transaction; `since` is the format of one that keeps none itself."""
    from alembic.command import stamp, upgrade

    steps = _steps(connection)
    with _ONE_AT_A_TIME:
        if since is not None and not inspect(connection).has_table("alembic_version"):
            stamp(steps, str(since))
        upgrade(steps, str(to))


def format_of(connection: Connection) -> int:
    """The format of a record that a step was run on.

    Raises:
        ValueError: it is none of ours.
    """
    (said,) = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return int(said)
