"""The charts of the site, with the numbers behind each as a table and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from habeas.dates import Span
from habeas.nouns import Record
from habeas.publish import charts, wording
from habeas.publish.shelf import Note, Shelf

_SAMPLE = (
    "These are the people whom the lists of this book name and date. Most prisoners are not among them: the line rises "
    "and falls with the lists, and says nothing of how many were inside."
)
_GAP_DAYS = 3 * 366  # a longer silence before the first figures would leave most of the chart empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a chart's table; `notes` None where the sources stand once for the whole table."""

    cells: tuple[str | int, ...]
    notes: tuple[Note, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart in two sizes, what it says in words, and its numbers."""

    name: str
    alt: str
    say: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    wide: str
    narrow: str

    def files(self) -> Iterator[tuple[str, bytes]]:
        yield f"charts/{self.name}-wide.svg", self.wide.encode("utf-8")
        yield f"charts/{self.name}-narrow.svg", self.narrow.encode("utf-8")


def stocks(shelf: Shelf) -> tuple[Record, ...]:
    """The published stock counts with a number and a day."""
    found = [r for r in shelf.casebook.counts if r.get("kind") == "stock" and r.number("n") is not None]
    return tuple(r for r in found if (when := r.date("on")) is not None and when.middle is not None)


def _middle(record: Record) -> date:
    when = record.date("on")
    assert when is not None
    assert when.middle is not None
    return when.middle


def published_figure(shelf: Shelf) -> Figure | None:
    """The published counts over time, each by whom, with the releases marked; None where there is nothing to draw."""
    what, same = _main_stocks(shelf)
    start = drawn_from(shelf)
    if start is None:
        return None
    drawn = [r for r in same if _middle(r) >= start]
    main = Counter(r.get("by") for r in drawn).most_common(1)[0][0]
    points = [
        charts.Point(
            day=_middle(r), n=r.number("n") or 0, by=r.get("by") or "not named", exact=r.get("op") in ("", "eq")
        )
        for r in drawn
    ]
    marks = _marks(shelf, start)
    title = f"{(what or 'people held')[:1].upper()}{(what or 'people held')[1:]}, as counted by others"
    under = f"Line: {main or 'not named'}. Diamonds: counts by others. Hollow: said as “about” or “at least”."
    source = f"Counts by {_names(drawn)}. {_credit(shelf)}"
    wide, narrow = (
        charts.published(points, marks, main=main or "not named", title=title, under=under, source=source, size=size)
        for size in (charts.WIDE, charts.NARROW)
    )
    first, last = points[0], points[-1]
    peak = max(points, key=lambda p: p.n)
    alt = (
        f"{title}: {first.n:,} by {first.by} on {wording.day(first.day)}, at most {peak.n:,} by {peak.by} on "
        f"{wording.day(peak.day)}, {last.n:,} by {last.by} on {wording.day(last.day)}. {len(points)} counts; beneath them "
        f"{len(marks)} releases with the number announced."
    )
    say = [
        "Each count is by its publisher's definition; between two counts the line is drawn straight, nothing is known there."
    ]
    if len(drawn) < len(same):
        say.append(f"Counts before {start.year} stand in the table only.")
    rows = tuple(
        Row(
            cells=(
                wording.when(r.date("on")),
                wording.number(r.number("n"), r.get("op") or "eq"),
                r.get("by") or "not named",
                r.get("note"),
            ),
            notes=shelf.notes(r.statements),
        )
        for r in reversed(same)
    )
    return Figure(
        name="published",
        alt=alt,
        say=tuple(say),
        heads=("On", "Count", "By", "Note", "Sources"),
        rows=rows,
        notes=shelf.notes(i for r in same for i in r.statements),
        wide=wide,
        narrow=narrow,
    )


def _main_stocks(shelf: Shelf) -> tuple[str, list[Record]]:
    """What most stock counts count, and those counts in order of time."""
    found = stocks(shelf)
    what = Counter(r.get("what") for r in found).most_common(1)[0][0] if found else ""
    return what, sorted((r for r in found if r.get("what") == what), key=_middle)


def drawn_from(shelf: Shelf) -> date | None:
    """The first day of the charts, or None where no count is on record."""
    days = [_middle(r) for r in _main_stocks(shelf)[1]]
    return date(_start(days).year, 1, 1) if days else None


def _start(days: Sequence[date]) -> date:
    """The first day drawn: the chart does not reach back over a silence of three years."""
    start = days[-1]
    for day in reversed(days):
        if (start - day).days > _GAP_DAYS:
            break
        start = day
    return start


def _marks(shelf: Shelf, start: date) -> list[charts.Mark]:
    found = []
    for release in shelf.casebook.releases.values():
        middle, announced = release.when.middle, shelf.ask("release", id=release.id).value
        if (
            release.status == "executed"
            and middle is not None
            and middle >= start
            and isinstance(announced, int)
            and announced
        ):
            found.append(charts.Mark(day=middle, n=announced))
    return found


def _names(records: Sequence[Record]) -> str:
    """Who published, the most frequent first; many are cut short."""
    counted = [by or "not named" for by, _ in Counter(r.get("by") for r in records).most_common()]
    return "; ".join(counted[:5]) + (f"; and {len(counted) - 5} more" if len(counted) > 5 else "")


def _credit(shelf: Shelf) -> str:
    return f"{shelf.casebook.book.title}, as known on {shelf.known_text}."


def named_figures(shelf: Shelf) -> tuple[Figure, ...]:
    """Two charts of the cases documented by name: who was inside over time, and who came in and out by month.

    They are drawn over the time of the published counts; what lies before stands in the tables.
    """
    if (
        shelf.known_day is None
        or not shelf.casebook.cases
        or not any(i.covers.period for i in shelf.casebook.lists.values())
    ):
        return ()
    periods: list[dict[str, Any]] = shelf.ask("flows", by="month").more["periods"]
    months = [date.fromisoformat(f"{p['period']}-01") for p in periods]
    if not months:
        return ()
    notes = shelf.notes(i for info in shelf.casebook.lists.values() for i in info.statements)
    start = drawn_from(shelf) or months[0]
    documented = _documented(shelf, months, notes, start)
    return tuple(f for f in (documented, _flows(shelf, periods, months, notes, start)) if f is not None)


def _readings(shelf: Shelf, months: Sequence[date]) -> list[charts.Reading]:
    """One reading for the last day of each month, the last one for the date of knowledge."""
    assert shelf.known_day is not None
    ends = [next(Span(m, m + timedelta(days=1)).months()).end for m in months]
    found = []
    for end in ends:
        assert end is not None
        answer = shelf.ask("inside", on=min(end - timedelta(days=1), shelf.known_day))
        best = answer.value if isinstance(answer.value, int) else None
        found.append(charts.Reading(day=answer.question.as_of.on, low=answer.low, best=best, high=answer.high))
    return found


def _documented(shelf: Shelf, months: Sequence[date], notes: tuple[Note, ...], start: date) -> Figure | None:
    readings = _readings(shelf, months)
    drawn = [r for r in readings if r.day >= start]
    covered = [r for r in drawn if r.best is not None]
    if not covered:
        return None
    title = "Documented by name in this book: a sample, not a count of all"
    under = "People on record here as in custody at the end of each month. Band: certainly to possibly. Grey: no list covers it."
    source = f"From {wording.count_of(len(shelf.casebook.lists), 'list')} of this book. {_credit(shelf)}"
    wide, narrow = (
        charts.documented(drawn, label="documented by name", title=title, under=under, source=source, size=size)
        for size in (charts.WIDE, charts.NARROW)
    )
    peak = max(covered, key=lambda r: r.best or 0)
    last = covered[-1]
    alt = (
        f"{title}. At most {peak.best:,} (certainly {peak.low:,}, possibly {peak.high:,}) on {wording.day(peak.day)}; "
        f"{last.best:,} (certainly {last.low:,}, possibly {last.high:,}) on {wording.day(last.day)}, the last day covered here."
    )
    rows = tuple(
        Row(
            cells=(
                wording.day(r.day),
                *(("no list covers it", "", "") if r.best is None else (r.low or 0, r.best, r.high or 0)),
            )
        )
        for r in reversed(readings)
    )
    return Figure(
        name="documented",
        alt=alt,
        say=_beside(shelf, peak),
        heads=("On", "Certainly", "Best reading", "Possibly"),
        rows=rows,
        notes=notes,
        wide=wide,
        narrow=narrow,
    )


def _beside(shelf: Shelf, peak: charts.Reading) -> tuple[str, ...]:
    """The sample set against a published count, so that nobody takes it for the whole."""
    say = [_SAMPLE]
    near = shelf.ask("inside", on=peak.day).more.get("published", [])
    if near and near[0]["n"]:
        other = near[0]
        count = wording.number(other["n"], other["op"])
        say.append(
            f"On {wording.day(peak.day)} it holds {peak.best:,} people; {other['by']} counted {count} on "
            f"{wording.when_text(other['on'])}."
        )
    return tuple(say)


def _flows(
    shelf: Shelf, periods: Sequence[dict[str, Any]], months: Sequence[date], notes: tuple[Note, ...], start: date
) -> Figure | None:
    every = [charts.Flow(month=m, taken=p["arrests"], out=p["out"]) for m, p in zip(months, periods, strict=True)]
    moves = [f for f in every if f.month >= start.replace(day=1)]
    if not any(f.taken or f.out for f in moves):
        return None
    title = "Taken and freed by month, documented by name: a sample"
    under = "Arrests and exits of the people this book names, where the month is known. Lists learn of arrests late."
    source = f"From {wording.count_of(len(shelf.casebook.lists), 'list')} of this book. {_credit(shelf)}"
    wide, narrow = (
        charts.flows(moves, title=title, under=under, source=source, size=size) for size in (charts.WIDE, charts.NARROW)
    )
    most = max(moves, key=lambda f: f.taken)
    freed = max(moves, key=lambda f: f.out)
    alt = (
        f"{title}. Most taken in {_month(most.month)}: {most.taken:,}. Most out in {_month(freed.month)}: {freed.out:,}. "
        f"In all {sum(f.taken for f in moves):,} taken and {sum(f.out for f in moves):,} out."
    )
    not_placed = shelf.ask("flows", by="month").more["not_placed"]
    say = ["The most recent months are always incomplete: an arrest is often listed months later."]
    if sum(not_placed.values()):
        said = ", ".join(f"{n:,} {'exits' if k == 'out' else k}" for k, n in not_placed.items())
        say.append(f"Not placed in any month, because the date is too imprecise: {said}.")
    rows = tuple(
        Row(cells=(_month(m), p["arrests"], p["recognised"], p["out"], _exits(p["exits"])))
        for m, p in reversed(list(zip(months, periods, strict=True)))
    )
    return Figure(
        name="flows",
        alt=alt,
        say=tuple(say),
        heads=("Month", "Taken", "Recognised", "Out", "How they came out"),
        rows=rows,
        notes=notes,
        wide=wide,
        narrow=narrow,
    )


def _month(day: date) -> str:
    return f"{wording.MONTHS[day.month - 1]} {day.year}"


def _exits(exits: dict[str, int]) -> str:
    return ", ".join(f"{wording.code('release_kind', kind)} {n:,}" for kind, n in exits.items())
