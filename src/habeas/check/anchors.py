"""Dates that another date of the text tells: `that September`, `в июне того же года`, `two days later`, `al día siguiente`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from habeas.check.grammar import Parsed
from habeas.check.numbers import Chunk

_NEWS = 60  # days before publication of which a text tells the news
_REACH = 3  # sentences from a date to the words that count from it
_DAYS = {"days": 1, "weeks": 7}


def anchored(rows: Iterable[Parsed], published: date | None = None) -> tuple[Parsed, ...]:
    """The sentences with the dates that only an earlier date tells: of the same sentence, or of one of the three before."""
    out: list[Parsed] = []
    year: tuple[int, str] | None = None  # the sentence and text of the last date
    day: tuple[int, date] | None = None
    for s, p in enumerate(rows):
        dates = dict(p.chunks["date"])
        for ranged in _between(p):
            dates = {i: c for i, c in dates.items() if not ranged.i <= i < ranged.j} | {ranged.i: ranged}
        taken: set[int] = set()
        offsets = {c.i: c for c in _offsets(p)} | {c.i: c for c in _bare_days(p)}
        for at in sorted({*dates, *offsets}):
            chunk = dates.get(at)
            if chunk is None:
                if day is None or s - day[0] > _REACH:
                    continue
                told = offsets[at]
                named = told.j < len(p.tokens) and p.tokens[told.j].text == "," and told.j + 1 in dates
                if named:
                    continue  # "двумя днями раньше, 20 ноября"
                if any(told.i <= c.i < told.j for c in dates.values()):
                    continue
                when = _counted_from(day[1], told)
                if when is None:
                    continue
                chunk = Chunk("date", told.i, told.j, {"date": when.isoformat(), "precision": "day", "anchored": True})
                taken |= set(range(told.i, told.j))
            elif year is not None and s - year[0] <= _REACH and _of_that_year(p, chunk):
                chunk = Chunk("date", chunk.i, chunk.j, {**chunk.value, "date": year[1][:4] + chunk.value["date"][4:]})
            elif year is not None and s - year[0] <= _REACH and (later := _of_the_next(p, chunk, year[1])):
                chunk = Chunk("date", chunk.i, chunk.j, {**chunk.value, "date": later})
            elif year is not None and s == year[0] and (same := _in_the_year_told(p, chunk, year[1], published)):
                chunk = Chunk("date", chunk.i, chunk.j, {**chunk.value, "date": same})
            dates[at] = chunk
            text = str(chunk.value["date"])
            year = (s, text)
            if len(text) == 10:
                day = (s, date.fromisoformat(text))
        if dates == p.chunks["date"]:
            out.append(p)
            continue
        kept = {
            kind: {i: c for i, c in found.items() if kind == "date" or not taken & set(range(c.i, c.j))}
            for kind, found in p.chunks.items()
        }
        out.append(replace(p, chunks={**kept, "date": dict(sorted(dates.items()))}))
    return tuple(out)


def _counted_from(day: date, told: Chunk) -> date | None:
    """The day an offset leads to, or the day of that number in the month of the last date."""
    if "days" in told.value:
        return day + timedelta(days=told.value["days"])
    try:
        return day.replace(day=told.value["number"])
    except ValueError:
        return None


def _bare_days(p: Parsed) -> Iterator[Chunk]:
    """`el 15` alone: chunks with the `number` of a day in the month told before; never before a word it could count."""
    for chunk in p.of("number"):
        n, alone = chunk.value.get("n"), chunk.j >= len(p.tokens) or p.tokens[chunk.j].text in ",.;)"
        first = chunk.i if p.among(chunk.i, "day_article") else chunk.i - 1
        told = (
            p.among(first, "day_article") and chunk.value.get("op") == "eq" and p.tokens[chunk.j - 1].kind == "number"
        )
        if told and alone and isinstance(n, int) and 1 <= n <= 31:
            yield Chunk("offset", first, chunk.j, {"number": n})


def _between(p: Parsed) -> Iterator[Chunk]:
    """`between November 2023 and January 2024`: one date, told by its first; the last stands as `to`."""
    found = p.of("date")
    for first, last in zip(found, found[1:], strict=False):
        k = first.i - 1
        k -= p.among(k, "articles")
        opened = p.tokens[k].low in p.lexicon.tables["ranges"] if k >= 0 else False
        joining = p.lexicon.tables["ranges"].get(p.tokens[k].low, ()) if opened else ()
        between = [p.tokens[n].low for n in range(first.j, last.i)]
        if opened and between and between[0] in joining and len(between) <= 2:
            yield Chunk("date", first.i, last.j, {**first.value, "to": last.value["date"]})


def _of_that_year(p: Parsed, chunk: Chunk) -> bool:
    """True where the words beside a month give it the year before: `that September`, `в июне того же года`."""
    if len(str(chunk.value["date"])) < 7:
        return False
    written = any(p.tokens[k].text == str(chunk.value["date"])[:4] for k in range(chunk.i, chunk.j))
    return not written and (p.among(chunk.i - 1, "that") or p.at("that_year", chunk.j))


def _of_the_next(p: Parsed, chunk: Chunk, last: str) -> str | None:
    """A month of the year after the last date, or the next such month: `the following January`, `в мае следующего года`."""
    text = str(chunk.value["date"])
    if len(text) < 7 or any(p.tokens[k].text == text[:4] for k in range(chunk.i, chunk.j)):
        return None
    told = p.at("year_after", chunk.j)
    if not told and not p.among(chunk.i - 1, "following"):
        return None
    on = told or len(last) < 7 or text[5:7] <= last[5:7]
    return f"{int(last[:4]) + on:04d}{text[4:]}"


def _in_the_year_told(p: Parsed, chunk: Chunk, last: str, published: date | None) -> str | None:
    """A day without its year after another date of its sentence: `вызвали 15 ноября 2021 года, а 23 декабря арестовали`.

    A day shortly before publication is the news itself, and keeps its year.
    """
    text = str(chunk.value["date"])
    written = any(p.tokens[k].text == text[:4] for k in range(chunk.i, chunk.j))
    plain = chunk.j - chunk.i <= 2 and p.tokens[chunk.i].kind == "number" and not chunk.value.get("anchored")
    said = any(chunk.i in ends for ends in p.hits.get("says", {}).values())  # "объявил 11 сентября": the news
    if not p.lexicon.cases or published is None or len(text) < 10 or written or not plain or said:
        return None
    if (published - date.fromisoformat(text)).days < _NEWS or last[:4] >= text[:4]:
        return None
    on = len(last) == 10 and text[5:] < last[5:]
    same = f"{int(last[:4]) + on:04d}{text[4:]}"
    return same if same < text else None


def _offsets(p: Parsed) -> Iterator[Chunk]:
    """Stretches that count days from a date before: chunks with `days`, negative where they count back."""
    for at, ends in p.hits.get("next_day", {}).items():
        if not p.among(at - 1, "to"):  # "three years to the day after the vote"
            yield Chunk("offset", at, ends[0], {"days": 1})
    for at, ends in p.hits.get("day_before", {}).items():
        if ends[0] >= len(p.tokens) or p.tokens[ends[0]].text in ",.;:":  # not "the day before the vote"
            yield Chunk("offset", at, ends[0], {"days": -1})
    for at, ends in p.hits.get("same_day", {}).items():
        yield Chunk("offset", at, ends[0], {"days": 0})
    for chunk in p.of("duration"):
        units = {k: v for k, v in chunk.value.items() if k != "op"}
        if len(units) != 1 or chunk.value.get("op") != "eq":
            continue
        unit, n = next(iter(units.items()))
        if unit not in _DAYS or n != int(n):
            continue
        days, k = int(n) * _DAYS[unit], chunk.j
        ended = k + 1 >= len(p.tokens) or p.tokens[k + 1].text in ",.;:)" or not p.among(k + 1, "of_an_event")
        if p.among(k, "later_alone") and ended:
            yield Chunk("offset", chunk.i, k + 1, {"days": days})
        elif p.among(k, "before_alone") and ended:
            yield Chunk("offset", chunk.i, k + 1, {"days": -days})
        elif p.among(chunk.i - 1, "in_so_long"):
            yield Chunk("offset", chunk.i - 1, chunk.j, {"days": days})
