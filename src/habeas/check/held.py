"""Claims about length: how long, and since when, somebody was or is held."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.check.grammar import Parsed
from habeas.check.numbers import Chunk
from habeas.check.page import Page
from habeas.check.said import claimed, flags_of, length, named, near
from habeas.check.terms import respectively
from habeas.nouns import Claim

_LONGEST = 40  # years; who is older than that was not held for so long
_SILENT = ("incommunicado", "kept")
_HELD = ("held_state", "held_noun", "held_verb", "arrested")


def read_lengths(page: Page, sentences: set[tuple[int, int]], offices: set[tuple[int, int]]) -> Iterator[Claim]:
    """Days held, other lengths of time said of somebody, and `since` a date in custody."""
    for s, p in enumerate(page.parsed):
        pairs = respectively(page, s, p)
        for chunk in p.of("duration"):
            if (s, chunk.i) in sentences or (s, chunk.i) in offices:
                continue
            if chunk.i in pairs:
                who = pairs[chunk.i][1]
                value = ({} if who is None else {"person": who.value["person"]}) | length(chunk)
                yield claimed(
                    page, s, chunk.i, chunk.j, "duration", value, flags_of(p, chunk.i, chunk.j) | {"distributive"}
                )
                continue
            claim = _held_for(page, s, p, chunk)
            if claim is not None:
                yield claim
        yield from _since(page, s, p)
        yield from _since_then(page, s, p)


def _held_for(page: Page, s: int, p: Parsed, chunk: Chunk) -> Claim | None:
    fasted = p.has(
        "fast", max(0, chunk.i - 4), chunk.j + 3
    )  # "held a hunger strike for 38 days", "40 days in the punishment cell"
    held = not fasted and near(p, _HELD, chunk.i, chunk.j, 5)
    held = held and not (p.among(chunk.j, "of_whole") and p.among(chunk.j + 1, "talks"))  # "dos días de conversaciones"
    silent = p.lexicon.tables["free_order"] and near(p, _SILENT, chunk.i, chunk.j, 6)
    whose = page.person_for(s, chunk.i)
    value = length(chunk)
    flags = flags_of(p, chunk.i, chunk.j)
    days_only = set(value) <= {"days", "op"} and "days" in value and not p.has("on_leave")
    held = held or (days_only and _freed_after(p, chunk)) or _since_the_arrest(page, s, p, chunk)
    people = [whose] if whose is not None else page.whose(s, chunk.i)
    if not people and s == 0 and chunk.i == 1 and len(page.parsed) > 1:
        people = page.subjects(s + 1)[:1]  # the headline: "After 544 days, Iran lets the reporter go"
    if days_only and held and value["days"] >= 5 and people:
        tail = min(
            (k for label in _HELD for k in p.hits.get(label, {}) if chunk.j <= k <= chunk.j + 4), default=chunk.j - 1
        )
        first = _held_before(p, chunk) if p.lexicon.tables["free_order"] else chunk.i
        return claimed(page, s, first, tail + 1, "days_held", {**named(people), **value}, flags)
    free = p.lexicon.tables["free_order"]
    opened = p.any_of("opens_length", chunk.i - 2, min(chunk.i + 2, chunk.j) if free else chunk.i)
    series = next((c for c in p.of("person") if c.j == chunk.i and p.any_of("time_spent", 0, c.i)), None)
    beside = next((c for c in p.of("person") if c.j == chunk.i - 1 and p.tokens[c.j].text in "–—:"), None) or series
    opened = opened or beside is not None or fasted or silent
    whose = beside or whose
    if p.among(chunk.i - 1, "personal") and p.among(chunk.j, "of"):
        return None  # "a un año del destierro": how long ago
    if "years" in value and p.any_of("youngest", chunk.i - 5, chunk.i):
        return None  # "самой молодой — 18 лет": somebody's age
    if value.get("unit") == "hours" or value.get("years", 0) > _LONGEST:
        return None  # "for several hours"; "four of them are over 50"
    if value.get("unit") == "days" and not (held if p.lexicon.cases else opened):
        return None  # "a few days later", "на несколько дней присоединились": no length of anything
    if p.among(chunk.j, "comparative") and p.any_of("by_amount", chunk.i - 1, chunk.i + 1):
        return None  # "на дзевяць гадоў менш"
    if (set(value) <= {"days", "op"} and value.get("days") == 1) or _offset(p, chunk):
        return None  # "a day after", "a year later"
    counted_on = p.any_of("in_so_long", chunk.i - 1, chunk.i + 1) or p.any_of("window", chunk.i - 2, chunk.i + 1)
    in_window = p.any_of("window", chunk.i - 2, chunk.i + 1) and any(
        p.any_of("in_window", k, chunk.i) for k in (chunk.i - 3,)
    )
    if in_window and not p.any_of("time_spent", chunk.i - 6, chunk.i - 3):
        return None  # "condemned to 64 years in the past two years"
    if p.among(chunk.i, "single") and p.among(chunk.i - 1, "in_year") and not p.any_of("time_spent", 0, chunk.i):
        return None  # "the second group to be released in a month"
    if counted_on and not held and not near(p, ("free_verb", "freed_state"), chunk.i, chunk.j, 5):
        return None  # "через год", "the past three months": no length of anything
    if not (opened or held or p.among(chunk.j, "after_length")) or (
        set(value) <= {"hours", "op"} and not (held and opened)
    ):
        return None
    if (held or series is not None) and whose is not None:  # "A spent 491 days in custody, B two years"
        value["person"] = whose.value["person"]
        value["state"] = "in_custody"
    first = chunk.i - 1 if chunk.i and p.among(chunk.i - 1, "opens_length") else chunk.i
    return claimed(page, s, first, min(len(p.tokens), chunk.j + 3) if held else chunk.j, "duration", value, flags)


def _since_the_arrest(page: Page, s: int, p: Parsed, chunk: Chunk) -> bool:
    """True for `с тех пор прошло 1727 дней` after an arrest, and for `два года, как X оказался за решёткой`."""
    if not p.lexicon.cases:
        return False
    near = range(max(0, chunk.i - 6), min(len(p.tokens), chunk.j + 4))
    told = [page.parsed[s - 1]] if s else []
    ago = any(p.at("since_then", k) for k in near) and any(
        q.has(x) for q in (*told, p) for x in ("arrested", "back_in")
    )
    k = chunk.j + (chunk.j < len(p.tokens) and p.tokens[chunk.j].text == ",")
    return ago or (p.among(k, "as") and any(p.has(x, k, k + 10) for x in ("arrested", "held_state")))


def _offset(p: Parsed, chunk: Chunk) -> bool:
    """True where a length only tells how far two events lie apart: `four months after the coup`."""
    if p.among(chunk.j, "later"):
        return True
    if not (p.among(chunk.j, "after") or p.among(chunk.j, "before")) or p.any_of("time_spent", chunk.i - 2, chunk.i):
        return False
    return not any(p.has(label, chunk.j, chunk.j + 5) for label in _HELD)


def _held_before(p: Parsed, chunk: Chunk) -> int:
    """Where `провел в заключении 1613 дней` begins: the word of custody, or of time spent, before the length."""
    near = range(max(0, chunk.i - 4), chunk.i)
    held = [k for label in _HELD for k in p.hits.get(label, {}) if k in near]
    return min([*held, *(k for k in near if p.among(k, "time_spent"))], default=chunk.i)


def _freed_after(p: Parsed, chunk: Chunk) -> bool:
    """`was freed after 1,613 days`, `отсидев 1613 дней, вышел на свободу`."""
    if p.lexicon.tables["free_order"] and p.any_of("time_spent", chunk.i - 1, chunk.i + 1):
        return p.has("freed_state", chunk.j, chunk.j + 10)
    opening = chunk.i == 1 and any(p.has(x, chunk.j, chunk.j + 9) for x in ("freed_state", "free_verb"))
    return p.among(chunk.i - 1, "after") and (opening or p.has("freed_state", max(0, chunk.i - 4), chunk.i))


def _opened(p: Parsed, day: Chunk, word: str) -> bool:
    """True where such a word stands right before a date, or before its article (`desde el 9 de febrero`)."""
    i = day.i - (p.tokens[day.i - 1].low in p.lexicon.tables["seasons"])  # "з восені 2020-га"
    return p.among(i - 1, word) or (p.among(day.i - 1, "articles") and p.among(day.i - 2, word))


def _since_an_event(p: Parsed, day: Chunk) -> bool:
    """True for the date of the event that a time began with: `in jail since the coup of 2021`, `since his arrest in July`."""
    k = next((k for k in range(day.i - 1, max(-1, day.i - 9), -1) if p.among(k, "since")), None)
    if k is None or p.lexicon.tables["free_order"] or any(t.text in ",;:" for t in p.tokens[k : day.i]):
        return False
    held = any(p.has(label, max(0, k - 7), k) for label in ("held_state", "held_noun", *_SILENT))
    return held and any(p.has(label, k + 1, day.i) for label in ("dated_noun", "event_noun", "arrested", "event_verb"))


def _since_then(page: Page, s: int, p: Parsed) -> Iterator[Claim]:
    """`ousted in 2021 and since then cut off from the world`: held, or not heard of, since the date told before."""
    for at, ends in p.hits.get("since_then", {}).items():
        if any(c.i >= ends[0] for c in p.of("duration")):
            continue  # "с того дня он в СИЗО, 462 дня": the length itself is told
        told = [c for c in p.of("date") if c.j <= at] or (page.parsed[s - 1].of("date") if s else [])
        whose = page.whose(s, at)
        if told and whose and near(p, ("held_state", *_SILENT), at, ends[0], 5):
            since = {"since": told[-1].value["date"], "precision": told[-1].value["precision"], "state": "in_custody"}
            flags = flags_of(p, at, ends[0]) | {"coref"}
            yield claimed(page, s, at, min(len(p.tokens), ends[0] + 3), "duration", {**named(whose), **since}, flags)


def _since(page: Page, s: int, p: Parsed) -> Iterator[Claim]:
    for day in p.of("date"):
        if (
            day.i
            and (_opened(p, day, "since") or _since_an_event(p, day))
            and (
                near(p, ("held_state", "held_noun"), day.i, day.j, 7 if _opened(p, day, "since") else 14)
                or near(p, _SILENT, day.i, day.j, 12)
            )
        ):
            whose = page.whose(s, day.i)
            counted = any(day.i - 8 <= k < day.i for label in ("political", "prisoners") for k in p.hits.get(label, {}))
            counted = counted and any(day.i - 12 <= c.i < day.i for kind in ("number", "share") for c in p.of(kind))
            own = any(c.j <= day.i + 1 for c in page.subjects(s))
            counted = counted or (not own and any(c.i <= 2 for c in p.of("number")))  # "eight officials have been held"
            counted = counted or (p.has("death") and not own)
            if whose and not counted:
                value = {
                    **named(whose),
                    "since": day.value["date"],
                    "precision": day.value["precision"],
                    "state": "in_custody",
                }
                start = max(
                    (k for label in ("held_state", "held_noun") for k in p.hits.get(label, {}) if k < day.i),
                    default=day.i - 1,
                )
                yield claimed(page, s, start, day.j, "duration", value, flags_of(p, day.i, day.j))
