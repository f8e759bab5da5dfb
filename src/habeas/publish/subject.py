"""What a report can be about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a report is about: a deal by its id, the days of a period, or the people of one value of a facet."""

    deal: str | None = None
    period: tuple[date, date] | None = None
    people: tuple[str, str] | None = None
