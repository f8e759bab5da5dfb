"""Claims about dates: an event and the day, month or year it is said to have happened on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from habeas.check.events import Events, identifier, read_day
from habeas.check.governing import demanded
from habeas.check.grammar import Parsed
from habeas.check.numbers import Chunk
from habeas.check.page import Page
from habeas.check.said import flags_of
from habeas.nouns import Claim

_OF_MANY = ("ых", "ым", "ыми", "ымі")  # how a Cyrillic word for people ends where it is no verb
_REACH = 9
_HEAD = 4  # sentences at the head of a text, where a line of a page's own may stand
_REACH_OPENING = 14  # tokens from a date that opens its sentence
_ENTRY = 8  # sentences from one date of a chronicle to the next
_NEAR_COUNT = 10  # tokens between a count and the date that closes it
# What a word near a date makes of it, the most telling first.
_EVENTS = (
    ("detention", ("arrested",)),
    ("death", ("death",)),
    ("verdict", ("verdict", "sentenced")),
    ("release", ("freed_state", "free_verb", "free_noun", "decree")),
    ("sanctions", ("sanctions",)),
    ("event", ("event_noun",)),
    ("event", ("event_verb",)),
)


def event_beside(p: Parsed, day: Chunk) -> tuple[str, int, int] | None:
    """(event, first token, end) of the word of an event that stands nearest to a date, in its clause."""
    best: tuple[float, str, int, int] | None = None
    for rank, (name, labels) in enumerate(_EVENTS):
        for label in labels:
            prolonged = label == "sentenced" and p.has("extended") and p.has("sanctions")
            told = p.has("verdict") or p.has("term") or p.chunks["duration"]
            if prolonged or (label == "sentenced" and not told):
                continue  # "added 20 people to its list"
            for at, ends in p.hits.get(label, {}).items():
                end = ends[0]
                if (at < day.j and end > day.i) or (label == "arrested" and p.has("house_arrest", at - 1, at + 1)):
                    continue  # "moved to house arrest last March"
                if (
                    label in ("verdict", "arrested", "sentenced")
                    and p.at("prisoners", at)
                    and p.tokens[at].low.endswith(_OF_MANY)
                ):
                    continue  # "об освобождении осужденных сообщил 19 марта": a word for people
                between = p.tokens[end : day.i] if end <= day.i else p.tokens[day.j : at]
                if len(between) > (_REACH_OPENING if day.i <= 2 else _REACH) or any(t.text in ";:" for t in between):
                    continue
                if (
                    label == "event_verb"
                    and p.among(at, "passive")
                    and any(p.has(x, end, end + 4) for x in ("freed_state", "arrested", "verdict", "sentenced"))
                ):
                    continue  # "on 16 August were pardoned": the participle tells the event
                after = end > day.i
                cost = (
                    2.0 if after and between and p.among(day.j, "and") else 0.0
                )  # "was arrested on 10 March and sentenced"
                cost += len(between) + 0.3 * rank + (2.0 if any(t.text == "," for t in between) else 0.0)
                if best is None or cost < best[0]:
                    best = (cost, name, at, end)
    if best is None:
        return None
    name, at, end = best[1:]
    other = p.has("anniversary") or (name == "release" and demanded(p, at))  # neither is the day of the thing itself
    return ("event" if other else name), at, end


def _byline(s: int, p: Parsed, day: Chunk) -> bool:
    """A line that is nothing but a date, a place and a name: it dates the text, it claims nothing."""
    words = [t for t in p.tokens[: day.i] + p.tokens[day.j :] if t.kind == "word"]
    if not words or (s < _HEAD and any(t.text == "|" for t in p.tokens)):
        return True
    opening = p.among(0, "opens_byline") and len(words) <= 8
    dateline = (
        day.j < len(p.tokens)
        and s < 4
        and day.i <= 1
        and p.tokens[day.j].text == ","
        and day.j + 2 < len(p.tokens)
        and p.tokens[day.j + 2].text == "."
    )
    dateline = dateline or _after_a_city(s, p, day)
    told = p.any_of("in_time", 0, len(p.tokens)) or any(p.has(label) for label in ("arrested", "event_verb"))
    return opening or dateline or (len(words) <= 3 and not told)


def _opens_entry(page: Page, s: int) -> bool:
    """True for a date alone that a sentence tells of: an entry of a chronicle, or the answer to a question."""
    if s == 0 or not _only_a_day(page.parsed[s]):
        return False
    if page.parsed[s - 1].tokens[-1].text == "?":
        return True
    others = [k for k, other in enumerate(page.parsed) if k != s and _only_a_day(other)]
    return any(abs(k - s) <= _ENTRY for k in others) and s + 1 < len(page.parsed)


def _of_an_entry(page: Page, events: Events, s: int, day: Chunk) -> Claim:
    """The day at the head of an entry, said of what the sentence after it tells; of a question, of what it asks."""
    of = s - 1 if page.parsed[s - 1].tokens[-1].text == "?" else s + 1
    p = page.parsed[of]
    told = ((at, name) for name, labels in _EVENTS for label in labels for at in p.hits.get(label, {}) if at <= _REACH)
    at, name = min(told, default=(0, "event"))
    value = {"event": name, "date": day.value["date"], "precision": day.value["precision"]}
    value |= _of_whom_or_what(page, events, of, name, at, at + 2, day)
    return Claim(
        quote=page.quote(s, day.i, day.j),
        sentence=s,
        kind="date",
        value=value,
        flags=frozenset(flags_of(page.parsed[s], 0, day.j)),
    )


def _only_a_day(p: Parsed) -> bool:
    days = [c for c in p.of("date") if c.value["precision"] == "day"]
    return len(days) == 1 and all(k in range(days[0].i, days[0].j) or t.kind == "mark" for k, t in enumerate(p.tokens))


def _after_a_city(s: int, p: Parsed, day: Chunk) -> bool:
    """True for the day of `WARSAW, Feb 9 - ` and `MINSK (Reuters), 9 Feb -`: it dates the text."""
    opening = p.tokens[: day.i]
    capitals = bool(opening) and opening[0].text.isupper() and len(opening[0].text) > 2
    closed = day.j < len(p.tokens) and p.tokens[day.j].text in "-–—"
    return s < 3 and capitals and closed and all(t.kind == "mark" or t.capital for t in opening)


def read_dates(
    page: Page, events: Events, counted: list[Claim], told: frozenset[tuple[int, str]] = frozenset()
) -> Iterator[Claim]:
    """Each date said of an event. A month, year or week that closes a count ("freed 30 last year") belongs to the count.

    A day is told apart, and a month with its year: readers mark them beside the count, the day nine times in ten, the
    month three in five. `told`: (sentence, date) of other claims whose words hold the date already.
    """
    spans: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for c in counted:
        if c.kind == "count_released" or c.value.get("as_of") != str(page.published):
            key = (c.sentence, str(c.value.get("date") or c.value.get("as_of") or ""))
            spans.setdefault(key, []).append((c.quote.start, c.quote.end))
    freed = {c.sentence for c in counted if c.kind == "count_released"}
    counting = {c.sentence for c in counted}
    released = {(c.sentence, str(c.value.get("date"))) for c in counted if c.kind == "count_released"}
    for s, p in enumerate(page.parsed):
        for day in p.of("date"):
            if (s, day.value["date"]) in told and not _taken_up_by_when(p, day):
                continue
            if _opens_entry(page, s):
                yield _of_an_entry(page, events, s, day)
                continue
            if _byline(s, p, day):
                continue
            if s in counting and day.value["precision"] == "year" and p.among(day.i - 1, "over"):
                continue  # "за 2025 год осудили 85": the stretch that is counted over
            whole_month = day.value["precision"] == "month" and (s, day.value["date"]) in released
            full = _with_its_year(p, day)
            if whole_month and not (full or p.lexicon.tables["dates_apart"]):
                continue  # "в июне отпустили 14": the month is that of the count
            own = spans.get((s, day.value["date"]), [])
            apart = full or day.value["precision"] == "day" or _told_on(p, day) or of_an_event(p, day)
            apart = apart or _taken_up_by_when(p, day)
            if not apart and any(_closes(p, day, start, end) for start, end in own):
                continue
            counted_on = own or any(c.sentence == s and c.value.get("as_of") == day.value["date"] for c in counted)
            if (
                counted_on
                and s not in freed
                and not p.lexicon.tables["dates_apart"]
                and (p.among(day.i - 1, "as_of") or p.among(day.i - 2, "as_of"))
            ):
                continue  # "as of Monday, 12,923 people are held"
            claim = _dated(page, events, s, p, day, freed=s in freed)
            if claim is not None:
                yield claim


def _with_its_year(p: Parsed, day: Chunk) -> bool:
    """True for `in March 2003`: as full a date as a day, and no stretch of time."""
    written = any(re.fullmatch(r"\d{4}", t.text) for t in p.tokens[day.i : day.j])
    opened = _opened_since(p, day) or p.among(day.i - 1, "of")  # "the swap of August 2024" is named by its month
    return written and day.value["precision"] == "month" and not opened


def of_an_event(p: Parsed, day: Chunk) -> bool:
    """True where the date is that of the event named right before it: `detained after the elections of 28 July`."""
    k = day.i - 1
    while k > day.i - 4 and (p.among(k, "at_time") or p.among(k, "articles")):
        k -= 1
    named = any(end == k + 1 for ends in p.hits.get("dated_noun", {}).values() for end in ends)
    named = named or (
        len(day.value["date"]) < len("2020-08-09") and any(p.at("dated_noun", n) for n in (day.j, day.j + 1))
    )
    return named or _of_a_clause(p, k + 1)


def _of_a_clause(p: Parsed, i: int) -> bool:
    """True where `since` or `after` and a verb of its own stand before the token: `held since the protests began on Friday`."""
    verb = next((at for at, ends in p.hits.get("event_verb", {}).items() if ends[0] == i), None)
    if verb is None:
        return False
    first = next((k + 1 for k in range(verb - 1, max(-1, verb - 6), -1) if p.tokens[k].text == ","), max(0, verb - 5))
    return any(p.among(k, "since") or p.among(k, "after") for k in range(first, verb))


def _closes(p: Parsed, day: Chunk, start: int, end: int) -> bool:
    """True where the date stands soon after a count, or before its number: `elevó el lunes a 895`.

    Never where readers of the language take the two apart (`dates_apart`).
    """
    if p.lexicon.tables["dates_apart"]:
        return False
    at = p.tokens[day.i].start
    number = next((c.i for c in p.of("number") if start <= p.tokens[c.i].start < end), day.i)
    inside = start < at < end and day.i < number
    return (inside or at >= end - 1) and sum(end <= t.start < at for t in p.tokens) <= _NEAR_COUNT


def _told_on(p: Parsed, day: Chunk) -> bool:
    """True where the date is that of the telling: `..., campaigners said on Thursday`."""
    k = day.i - 2 if p.among(day.i - 1, "at_time") else day.i - 1
    return any(end == k + 1 for ends in p.hits.get("says", {}).values() for end in ends)


def _opened_since(p: Parsed, day: Chunk) -> bool:
    return p.among(day.i - 1, "since") or (p.among(day.i - 1, "articles") and p.among(day.i - 2, "since"))


def _taken_up_by_when(p: Parsed, day: Chunk) -> bool:
    """True where what happened on the day is told after it: `held since April 2022, when agents raided his home`."""
    return day.j + 1 < len(p.tokens) and p.tokens[day.j].text == "," and p.among(day.j + 1, "at_which")


def _tells_nothing(p: Parsed, day: Chunk, found: tuple[str, int, int] | None) -> bool:
    """True for a birthday, and for the year of `the largest release since 2020`."""
    year = day.value["precision"] == "year"
    birthday = any(day.j <= c.i <= day.j + 3 for c in p.of("age")) and p.has("turns", day.j, day.j + 2)
    since = year and found is not None and found[0] == "release" and _opened_since(p, day)
    return birthday or since or (year and p.among(day.i - 2, "than"))


def _dated(page: Page, events: Events, s: int, p: Parsed, day: Chunk, *, freed: bool) -> Claim | None:
    counted = any(day.i - 8 <= k < day.i for label in ("political", "prisoners") for k in p.hits.get(label, {}))
    held = [
        k for label in ("held_state", "held_noun", "office") for k in p.hits.get(label, {}) if day.i - 8 <= k < day.i
    ]
    same = held and not (p.lexicon.cases and any(t.text == "," for t in p.tokens[max(held) : day.i]))
    if (
        _opened_since(p, day)
        and not _taken_up_by_when(p, day)
        and not (counted and p.lexicon.tables["free_order"])
        and same
    ):
        return None
    if day.value["precision"] == "year" and any(
        k in p.hits.get("prize", {}) for k in range(max(0, day.i - 5), min(len(p.tokens), day.j + 3))
    ):
        return None
    if day.value["precision"] == "year" and p.among(day.j, "papers"):
        return None  # "in a 2022 report"
    found = event_beside(p, day)
    if p.lexicon.cases and _tells_nothing(p, day, found):
        return None
    vague_year = day.value["precision"] == "year" and not p.among(day.i - 1, "in_year")
    if found is None and (vague_year or ("anchored" in day.value and day.i)):
        return None
    if found is not None and "anchored" in day.value and p.at("says", found[1]):
        return None  # "a day later an official said": the day of the telling, and a loose one
    if day.value.get("today") and (found is None or found[0] in ("event", "release") or p.among(day.i - 1, "before")):
        return None  # the day of the article itself, of nothing in particular
    year_of_deaths = day.value["precision"] == "year" and any("n" in c.value for c in p.of("number"))
    if found is not None and found[0] == "death" and (_opened_since(p, day) or year_of_deaths):
        return None  # "nine people have died in prison since 2021", "двое в 2025-м умерли"
    name, at, end = found or ("release" if freed else "event", day.i, day.j)
    value: dict[str, Any] = {"event": name, "date": day.value["date"], "precision": day.value["precision"]}
    if p.among(day.i - 1, "before") or p.among(day.i - 2, "ahead"):
        value["op"] = "lt"
    value |= _of_whom_or_what(page, events, s, name, max(day.i, at) if name in _OF_SOMEBODY else at, end, day)
    near = abs(at - day.i) <= 6
    first = day.i - 1 if p.among(day.i - 1, "at_time") else day.i
    start, stop = (min(at, first), max(end, day.j)) if near else (first, day.j)
    return Claim(
        quote=page.quote(s, start, stop),
        sentence=s,
        kind="date",
        value=value,
        flags=frozenset(flags_of(p, start, stop) - {"promise"}),
    )


_OF_SOMEBODY = ("detention", "verdict", "death")


def _of_a_count(page: Page, s: int, at: int) -> bool:
    """True where people counted, and nobody by name, are the subject: `33 activists will stand trial this week`."""
    p = page.parsed[s]
    numbers = [c.j for c in p.of("number") if c.i < at and c.value.get("n") != 1]
    return not page.subjects(s) and any(p.at("people", k) for j in numbers for k in (j, j + 1) if k < at)


def _of_whom_or_what(page: Page, events: Events, s: int, name: str, at: int, end: int, day: Chunk) -> dict[str, Any]:
    """What a date is said of: the people of an arrest, a verdict or a death, a release on record, else the words."""
    if name in _OF_SOMEBODY:
        people = [] if _of_a_count(page, s, at) else page.near_people(s, at)
        names = list(dict.fromkeys(c.value["person"] for c in people))
        return {} if not names else {"person": names[0]} if len(names) == 1 else {"persons": names}
    if name != "release":
        return {"what": page.sentences[s].cut(page.text, max(0, at - 2), end)}
    when = read_day(day.value["date"])
    release = None if when is None else events.find(None, when, page.published)
    return {} if release is None else {"event": identifier(release)}
