"""The charts of the site, with the numbers behind each as a table and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from habeas.answers.coverage import counted
from habeas.dates import ONE_DAY, PartialDate, Span
from habeas.languages import Language, code, moment, number
from habeas.nouns import Count, Phrase, say, say_count, together
from habeas.publish import charts
from habeas.publish.contents import Contents, Note

_SAMPLE = say(
    "These are the people whom the lists of this book name and date. Most prisoners are not among them: the line rises "
    "and falls with the lists, and says nothing of how many were inside."
)
_GAP_DAYS = 3 * 366  # a longer silence before the first figures would leave most of the chart empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a chart's table; `notes` None where the sources stand once for the whole table."""

    cells: tuple[str | int | date | PartialDate | None, ...]
    notes: tuple[Note, ...] | None = None


class Draw(Protocol):
    """Draws a chart for a reader in a size; `dark`: it follows the reader's screen."""

    def __call__(self, reader: Language, size: charts.Size, *, dark: bool = True) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart in two sizes, what it says in words, and its numbers."""

    name: str
    title: Phrase
    method: str  # where the page on method says how it is counted
    known: date | str
    alt: str
    said: tuple[str, ...]
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    draw: Draw

    def files(self, reader: Language) -> Iterator[tuple[str, bytes]]:
        """The chart in a language: path in the folder of that language, and bytes."""
        for size in (charts.WIDE, charts.NARROW):
            yield f"charts/{self.name}-{size.name}.svg", self.draw(reader, size).encode("utf-8")


def stocks(contents: Contents) -> tuple[Count, ...]:
    """The published stock counts with a number and a day."""
    found = [r for r in contents.casebook.counts if r.kind == "stock" and r.n is not None]
    return tuple(r for r in found if (when := r.on) is not None and when.middle is not None)


def middle(record: Count) -> date:
    when = record.on
    assert when is not None
    assert when.middle is not None
    return when.middle


def published_figure(contents: Contents) -> Figure | None:
    """The published counts over time, each by whom, with the releases marked; None where there is nothing to draw."""
    what, same = main_stocks(contents)
    start = drawn_from(contents)
    if start is None:
        return None
    drawn = [r for r in same if middle(r) >= start]
    main = Counter(r.by for r in drawn).most_common(1)[0][0]
    points = [
        charts.Count(day=middle(r), n=r.n or 0, by=r.by or say("not named"), exact=r.op in ("", "eq")) for r in drawn
    ]
    marks = _marks(contents, start)
    title = say("How many are held, as counted by others: {what}", what=what)
    under = say(
        "Line: {main}. Diamonds: counts by others. Hollow: said as “about” or “at least”.",
        main=main or say("not named"),
    )
    source = together((say("Counts by {names}.", names=_names(drawn)), _credit(contents)))
    words = charts.Words(title=title, under=under, source=source)

    def draw(reader: Language, size: charts.Size, *, dark: bool = True) -> str:
        return charts.published(points, marks, main or say("not named"), words, reader, size, dark=dark)

    first, last = points[0], points[-1]
    peak = max(points, key=lambda p: p.n)
    alt = say(
        "{title}: {first}; at most {peak}; last {last}. {counts}, and beneath them {releases} with the number announced.",
        title=title,
        first=_point(first),
        peak=_point(peak),
        last=_point(last),
        counts=say_count("{n} count", "{n} counts", len(points)),
        releases=say_count("{n} release", "{n} releases", len(marks)),
    )
    told: list[str] = [
        say(
            "Each count is by its publisher's definition; between two counts the line is drawn straight, nothing is known there."
        )
    ]
    if len(drawn) < len(same):
        told.append(say("Counts before {year:d} stand in the table only.", year=start.year))
    rows = tuple(
        Row(
            cells=(
                r.on,
                number(r.n, r.op),
                r.by or say("not named"),
                r.note,
            ),
            notes=contents.notes(r.statements),
        )
        for r in reversed(same)
    )
    return Figure(
        name="published",
        title=title,
        method="counts",
        known=contents.known_text,
        alt=alt,
        said=tuple(told),
        heads=(say("On"), say("Count"), say("By"), say("Note"), say("Sources")),
        rows=rows,
        notes=contents.notes(i for r in same for i in r.statements),
        draw=draw,
    )


def main_stocks(contents: Contents) -> tuple[str, list[Count]]:
    """Whom most stock counts count, and those counts in order of time.

    A count that does not say whom it counts may be of a part, such as the journalists, and is none of them.
    """
    found = [r for r in stocks(contents) if r.population is not None]
    most = Counter(r.population for r in found).most_common(1)
    if not most:
        return say("people held"), []
    same = sorted((r for r in found if r.population == most[0][0]), key=middle)
    return counted(same[0]), same


def drawn_from(contents: Contents) -> date | None:
    """The first day of the charts, or None where no count is on record."""
    days = [middle(r) for r in main_stocks(contents)[1]]
    return date(_start(days).year, 1, 1) if days else None


def _start(days: Sequence[date]) -> date:
    """The first day drawn: the chart does not reach back over a silence of three years."""
    start = days[-1]
    for day in reversed(days):
        if (start - day).days > _GAP_DAYS:
            break
        start = day
    return start


def _marks(contents: Contents, start: date) -> list[charts.Mark]:
    found = []
    for release in contents.casebook.releases.values():
        middle, announced = release.when.middle, contents.ask("release", id=release.id).value
        if (
            release.status == "executed"
            and middle is not None
            and middle >= start
            and isinstance(announced, int)
            and announced
        ):
            found.append(charts.Mark(day=middle, n=announced, deal=release.id in contents.deals_of))
    return found


def _point(point: charts.Count) -> Phrase:
    return say("{n} by {by} on {day}", n=point.n, by=point.by, day=point.day)


def _names(records: Sequence[Count]) -> Phrase:
    """Who published, the most frequent first; many are cut short."""
    named = [by or say("not named") for by, _ in Counter(r.by for r in records).most_common()]
    more = len(named) - 5
    return together((*named[:5], say("and {n} more", n=more) if more > 0 else ""), "; ")


def _credit(contents: Contents) -> Phrase:
    return say("{book}, as known on {known}.", book=contents.casebook.book.title, known=contents.known_text)


def named_figures(contents: Contents) -> tuple[Figure, ...]:
    """Two charts of the cases documented by name: who was inside over time, and who came in and out by month.

    They are drawn over the time of the published counts; what lies before stands in the tables.
    """
    if (
        contents.known_day is None
        or not contents.casebook.cases
        or not any(i.covers.period for i in contents.casebook.lists.values())
    ):
        return ()
    periods: list[dict[str, Any]] = contents.ask("flows", by="month").more["periods"]
    months = [date.fromisoformat(f"{p['period']}-01") for p in periods]
    if not months:
        return ()
    notes = contents.notes(i for info in contents.casebook.lists.values() for i in info.statements)
    start = drawn_from(contents) or months[0]
    documented = _documented(contents, months, notes, start)
    return tuple(f for f in (documented, _flows(contents, periods, months, notes, start)) if f is not None)


def _readings(contents: Contents, months: Sequence[date]) -> list[charts.Reading]:
    """One reading for the last day of each month, the last one for the date of knowledge."""
    assert contents.known_day is not None
    told: list[dict[str, Any]] = contents.ask("series", None, **{"from": months[0].isoformat()}).more["days"]
    ends = {min(end - ONE_DAY, contents.known_day) for m in months if (end := next(Span(m, m + ONE_DAY).months()).end)}
    return [
        charts.Reading(day=day, low=row["low"], best=row["best"], high=row["high"])
        for row in told
        if (day := date.fromisoformat(row["on"])) in ends
    ]


def _documented(contents: Contents, months: Sequence[date], notes: tuple[Note, ...], start: date) -> Figure | None:
    readings = _readings(contents, months)
    drawn = [r for r in readings if r.day >= start]
    covered = [r for r in drawn if r.best is not None]
    if not covered:
        return None
    title = say("Documented by name in this book: a sample, not a count of all")
    under = say(
        "People on record here as in custody at the end of each month. Band: certainly to possibly. Grey: no list covers it."
    )
    source = together((_from_lists(contents), _credit(contents)))
    words = charts.Words(title=title, under=under, source=source)

    def draw(reader: Language, size: charts.Size, *, dark: bool = True) -> str:
        return charts.documented(drawn, words, reader, size, dark=dark)

    peak = max(covered, key=lambda r: r.best or 0)
    last = covered[-1]
    alt = say(
        "{title}. At most {peak}; {last}, the last day covered here.",
        title=title,
        peak=_reading(peak),
        last=_reading(last),
    )
    rows = tuple(
        Row(
            cells=(
                r.day,
                *((say("no list covers it"), "", "") if r.best is None else (r.low or 0, r.best, r.high or 0)),
            )
        )
        for r in reversed(readings)
    )
    return Figure(
        name="documented",
        title=title,
        method="readings",
        known=contents.known_text,
        alt=alt,
        said=_beside(contents, peak),
        heads=(say("On"), say("Certainly"), say("Best reading"), say("Possibly")),
        rows=rows,
        notes=notes,
        draw=draw,
    )


def _reading(reading: charts.Reading) -> Phrase:
    return say(
        "{best} (certainly {low}, possibly {high}) on {day}",
        best=reading.best or 0,
        low=reading.low or 0,
        high=reading.high or 0,
        day=reading.day,
    )


def _from_lists(contents: Contents) -> Phrase:
    return say_count("From {n} list of this book.", "From {n} lists of this book.", len(contents.casebook.lists))


def _beside(contents: Contents, peak: charts.Reading) -> tuple[str, ...]:
    """The sample set against a published count, so that nobody takes it for the whole."""
    told: list[str] = [_SAMPLE]
    near = contents.ask("inside", on=peak.day).more.get("published", [])
    if near and near[0]["n"]:
        other = near[0]
        told.append(
            say(
                "On {day} it holds {best} people; {by} counted {n} on {on}.",
                day=peak.day,
                best=peak.best or 0,
                by=other["by"] or say("another source"),
                n=number(other["n"], other["op"]),
                on=moment(other["on"]),
            )
        )
    return tuple(told)


def _flows(
    contents: Contents, periods: Sequence[dict[str, Any]], months: Sequence[date], notes: tuple[Note, ...], start: date
) -> Figure | None:
    every = [
        charts.Flow(month=m, taken=p["arrests"], out=p["out"], residual=p["residual"], settled=p["settled"])
        for m, p in zip(months, periods, strict=True)
    ]
    moves = [f for f in every if f.month >= start.replace(day=1)]
    if not any(f.taken or f.out for f in moves):
        return None
    title = say("Taken and freed by month, documented by name: a sample")
    under = say(
        "Arrests and exits of the people this book names, where the month is known. Lists learn of arrests late."
    )
    source = together((_from_lists(contents), _credit(contents)))
    words = charts.Words(title=title, under=under, source=source)

    def draw(reader: Language, size: charts.Size, *, dark: bool = True) -> str:
        return charts.flows(moves, words, reader, size, dark=dark)

    most = max(moves, key=lambda f: f.taken)
    freed = max(moves, key=lambda f: f.out)
    alt = say(
        "{title}. Most taken in {month}: {most}. Most out in {out_month}: {out}. In all {all_taken} taken and {all_out} out.",
        title=title,
        month=_month(most.month),
        most=most.taken,
        out_month=_month(freed.month),
        out=freed.out,
        all_taken=sum(f.taken for f in moves),
        all_out=sum(f.out for f in moves),
    )
    told: list[str] = [say("The most recent months are always incomplete: an arrest is often listed months later.")]
    missing = contents.ask("flows", by="month").more["not_placed"]
    if sum(missing.values()):
        names = {"arrests": say("arrests"), "recognised": say("recognised"), "out": say("exits")}
        told.append(
            say(
                "Not placed in any month, because the date is too imprecise: {what}.",
                what=together(
                    (Phrase("{n} {what}", {"n": n, "what": names.get(k, k)}) for k, n in missing.items()), ", "
                ),
            )
        )
    rows = tuple(
        Row(cells=(_month(m), p["arrests"], p["recognised"], p["out"], _exits(p["exits"])))
        for m, p in reversed(list(zip(months, periods, strict=True)))
    )
    return Figure(
        name="flows",
        title=title,
        method="flows",
        known=contents.known_text,
        alt=alt,
        said=tuple(told),
        heads=(say("Month"), say("Taken"), say("Recognised"), say("Out"), say("How they came out")),
        rows=rows,
        notes=notes,
        draw=draw,
    )


def _month(day: date) -> PartialDate:
    return PartialDate.parse(f"{day:%Y-%m}")


def _exits(exits: dict[str, int]) -> Phrase:
    return together((Phrase("{kind} {n}", {"kind": code("release_kind", k), "n": n}) for k, n in exits.items()), ", ")
