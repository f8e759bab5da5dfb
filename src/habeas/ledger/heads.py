"""A head outside the record: the JSON form in which it is saved, stamped and handed to somebody else."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from habeas.errors import UsageError
from habeas.nouns import Head


def shape(head: Head) -> dict[str, Any]:
    """What a head says, for JSON; one of an older format has no `state`, so that its bytes stay those that were stamped."""
    said = {**asdict(head), "recorded": head.recorded.isoformat()}
    return said if head.state else {name: value for name, value in said.items() if name != "state"}


def saved(head: Head) -> bytes:
    """The bytes of a saved head: the same for the same head."""
    return (json.dumps(shape(head), indent=2) + "\n").encode("utf-8")


def read_head(path: Path) -> Head:
    """A head that was saved.

    Raises:
        UsageError: it cannot be read, or is something else.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Head(**{**raw, "recorded": datetime.fromisoformat(raw["recorded"])})
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read ({error.strerror})") from None
    except (ValueError, TypeError, KeyError):
        raise UsageError(f"{path.name} is no saved head; make one with `habeas verify --save-head FILE`") from None
