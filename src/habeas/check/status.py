"""Claims about people: in custody, free, in exile or dead at the time of writing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from habeas.check.grammar import Match, Parsed, matches
from habeas.check.numbers import Chunk
from habeas.check.page import Page
from habeas.check.said import (
    FREED,
    apposed_to,
    claimed,
    counts_held,
    flags_of,
    in_a_past_year,
    listed_with,
    named,
    patterns,
    setting,
    sourced,
    tells_release,
)
from habeas.check.text import low
from habeas.nouns import Claim

_OPPOSITE = {"in_custody": "released", "released": "in_custody"}  # what a status denied says; nothing of the others


def read_status(page: Page, rulers: frozenset[str], held: set[int]) -> Iterator[Claim]:
    """Each person said to be in custody, in exile, free or dead at the time of writing.

    `held`: sentences that count people held, after which `one of them is X` says that X is held.
    """
    inside: set[int] = set()  # sentences that tell of somebody in custody
    for s, p in enumerate(page.parsed):
        used: set[int] = set()
        for pattern in patterns(p, "status_now"):
            for match in matches(pattern, p):
                if used & set(range(match.i, match.j)) or _for_so_long(p, match):
                    continue
                if _counted_inside(p, match) and not setting(match, "counted"):
                    continue
                if p.has("in_and_out", match.i, match.j) or _in_a_title(p, match):
                    continue
                pluperfect = any(p.among(k, "past_perfect") for k in p.said(match.i, match.j))
                if p.tokens[-1].text == "?" or (pluperfect and not setting(match, "past")):
                    continue  # "they had been held", "who is still inside?"
                if setting(match, "abroad") and (
                    match.slots["nation"].value["code"] == page.country or _some_years_ago(page, s, p, match)
                ):
                    continue
                if setting(match, "status") == "in_custody" and p.has("death", match.i, match.j):
                    continue  # "X, who was serving five years, died in a colony"
                if setting(match, "no_verb") and _has_past_verb(p, match):
                    continue  # "расписались они уже в изоляторе"
                if setting(match, "needs") == "inside" and not {s - 1, s} & inside:
                    continue  # "so does X"
                if setting(match, "needs") == "held" and not counts_held(page, s, held):
                    continue
                if "person" in match.slots and match.slots["person"].i > match.i and sourced(p, match.slots["person"]):
                    continue  # "86 siguen tras las rejas, según X"
                if "back_in" in match.classes and in_a_past_year(page, p, match):
                    continue  # "volvió a prisión durante las protestas de 2021"
                if setting(match, "list") and any(tells_release(q) for q in page.parsed[max(0, s - 2) : s + 1]):
                    continue  # "among them X": those freed may be meant
                if setting(match, "held") and _freed_at_last(p, match):
                    continue  # "presos políticos como A y B fueron excarcelados"
                if setting(match, "held") and any(
                    p.has(label, 0, match.slots["person"].i) for label in (*FREED, "crossed", "came_out", "death")
                ):
                    continue  # "123 prisoners were freed, including X"
                if "person" not in match.slots and not setting(match, "group") and _of_a_count(p, match):
                    continue
                chunks = _whose(page, s, p, match)
                names = [c for c in chunks if c.value["person"] not in rulers and not _rules(p, c)]
                if "person" not in match.slots and p.any_of("other", match.i - 3, match.j):
                    names = _others(names)
                if not names:
                    continue
                used |= set(range(match.i, match.j))
                listed = "person" in match.slots and match.slots["person"].i > match.i + 1
                end = max(match.j, names[-1].j) if listed else match.j
                denied = _status_denied(p, match)
                status = _OPPOSITE.get(setting(match, "status")) if denied else setting(match, "status")
                if status is None:
                    continue
                value: dict[str, Any] = {**named(names), "status": status}
                value |= _when_so(page, s, p, match)
                if status == "in_custody":
                    inside.add(s)
                flags = flags_of(p, match.i, match.j) - {"negated", "promise"} | ({"negated"} if denied else set())
                yield claimed(
                    page,
                    s,
                    match.i,
                    end,
                    "status_now",
                    value,
                    flags | ({"coref"} if "person" not in match.slots else set()),
                )


def _some_years_ago(page: Page, s: int, p: Parsed, match: Match) -> bool:
    """True for `з'ехала ў Польшчу ў 2022 годзе`, which says nothing of where she is."""
    day = page.date_for(s, match.i, match.j)
    near = day is not None and page.tokens_between(s, day, match.i, match.j) <= 2
    return near and day is not None and day.value["date"][:4] != str(page.published)[:4] and p.lexicon.cases


def _freed_at_last(p: Parsed, match: Match) -> bool:
    """True where the main verb after a list of examples says that they were freed."""
    after = [k for k in p.hits.get("freed_state", {}) if k > match.slots["person"].j]
    return not p.lexicon.cases and any(p.any_of("passive", k - 2, k) for k in after)


def _rules(p: Parsed, chunk: Chunk) -> bool:
    """True for whoever the text once told to rule, where people are held by him: `críticos de X que están detenidos`."""
    return bool(p.lexicon.tables["rulers_are_officials"] and chunk.value.get("official"))


def _in_a_title(p: Parsed, match: Match) -> bool:
    """True where the word of custody is a part of a name in quotation marks: `из «Руси сидящей»`."""
    span = match.classes.get("held_state", (0, 0))
    closed = span[1] < len(p.tokens) and p.tokens[span[1]].text in "»“”"
    opened = any(p.tokens[k].text in "«„“" and p.tokens[k + 1].capital for k in range(max(0, span[0] - 3), span[0]))
    return closed and opened


def _has_past_verb(p: Parsed, match: Match) -> bool:
    """True where the clause of a match has a verb in the past: a state told without a verb is a present one."""
    start = max((k + 1 for k in range(match.i) if p.tokens[k].text in ",;:()—–"), default=0)
    stop = next((k for k in range(match.j, len(p.tokens)) if p.tokens[k].text in ",;:()—–."), len(p.tokens))
    endings = tuple(low(e) for e in p.lexicon.tables["past_ends"])
    return any(
        len(t.low) > 4 and not t.capital and t.low.removesuffix("ся").removesuffix("сь").endswith(endings)
        for t in (*p.tokens[start : match.i], *p.tokens[match.i + 1 : stop])
    )


def _others(names: list[Chunk]) -> list[Chunk]:
    """`both of the other women`: not the one whom the sentence before is about, its first word."""
    return names[1:] if len(names) > 2 and names[0].i <= 1 else names


def _status_denied(p: Parsed, match: Match) -> bool:
    """True where a negation stands beside the words of a status: `is not in prison`, `не за решёткой`."""
    if "freed_state" in match.classes:
        return False  # "has yet to be freed"
    person = match.slots.get("person")
    first = person.j if person is not None and person.j < match.j else match.i
    near = range(max(first, match.j - 8), match.j)
    inside = {k for label in ("held_state", "back_in", "is_free", "in_exile") for k in _inner(p, label, match)}
    marks = [k for k in near if k in p.hits.get("denied", {}) and k not in inside and p.tokens[k].low != "without"]
    return len(marks) % 2 == 1 and not any(
        p.tokens[k].text in ",;:" or p.among(k, "and") for k in range(marks[-1], match.j)
    )


def _inner(p: Parsed, label: str, match: Match) -> Iterator[int]:
    """The tokens that phrases of a class take up inside a match: `not been sentenced` denies nothing of custody."""
    for at, ends in p.hits.get(label, {}).items():
        if match.i <= at < match.j:
            yield from range(at, ends[0])


def _when_so(page: Page, s: int, p: Parsed, match: Match) -> dict[str, Any]:
    """The day a status is said of: that of publication, or after `while` and in the past that of the event it goes with."""
    if p.among(match.i, "while") or setting(match, "past"):
        day = page.date_for(s, match.i, match.j)
        past = {"past": True} if setting(match, "past") else {}
        return past if day is None else {"as_of": day.value["date"], "dated": True, **past}
    return {} if page.published is None else {"as_of": page.published.isoformat()}


def _for_so_long(p: Parsed, match: Match) -> bool:
    """True where a length or `since` a day follows: `has been behind bars since 2017` is read as a length of time."""
    if setting(match, "status") != "in_custody" or ("person" in match.slots and match.slots["person"].i > match.i):
        return False
    if "remain" in match.classes:
        return False  # "continúa recluida desde febrero": a state, and how long it has lasted
    stop = next((k for k in range(match.j - 1, len(p.tokens)) if p.tokens[k].text in ":;"), len(p.tokens))
    after = range(max(match.i, match.j - 1), min(stop, match.j + 6))
    since = any(p.among(k, "since") and any(0 < c.i - k <= 3 for c in p.of("date")) for k in after)
    return since or any(match.i <= c.i <= min(stop, match.j + 2) for c in p.of("duration")) or _for_life(p, match)


def _for_life(p: Parsed, match: Match) -> bool:
    """True for `who is serving life`: a sentence."""
    return any(match.i <= k <= match.j for k in p.hits.get("life_term", {}))


def _of_a_count(p: Parsed, match: Match) -> bool:
    """True where a number or a noun of people is the subject: `more than 1,000 remain in prison`."""
    before = range(max(0, match.i - 8), match.i)
    numbers = [c for kind in ("number", "share") for c in p.of(kind)]
    start = max((k for k in before if p.tokens[k].text in ",;:"), default=-1)
    near = [k for k in before if k > start]
    return any(c.i in near for c in numbers) or any(p.at(x, k) for x in ("political", "prisoners") for k in near)


def _counted_inside(p: Parsed, match: Match) -> bool:
    told = p.said(match.i, match.j)
    return any(c.i in told and c.value.get("n") != 1 for c in p.of("number")) or any(
        k in told for k in p.hits.get("political", {}) if "person" not in match.slots
    )


def _whose(page: Page, s: int, p: Parsed, match: Match) -> list[Chunk]:
    chunk = match.slots.get("person")
    if chunk is not None and chunk.i > match.i + 1:
        return listed_with(p, chunk, terms=False)
    if chunk is not None:
        return _subjects(p, match)
    if p.any_of("plural", match.i, match.j):
        return page.group_for(s, match.i)
    found = page.person_for(s, match.i)
    return [] if found is None else [found]


def _subjects(p: Parsed, match: Match) -> list[Chunk]:
    """The people right before the verb of a status, with those joined to them by commas and a last `and`; no owners."""
    verb = min((span[0] for span in match.classes.values() if span[0] > match.i), default=match.j)
    said = set(p.said(match.slots["person"].i, verb))
    named = [c for c in p.of("person") if c.j <= verb and (c.i <= match.slots["person"].i or c.i in said)]
    named = [c for c in named if not apposed_to(p, c)] or named
    last = named[-1]
    told = any(k in p.hits.get("says", {}) for k in range(last.j, verb)) and p.any_of("of_another", last.j, verb)
    if told or (last.j < len(p.tokens) and p.tokens[last.j].kind == "possessive"):
        return []
    group, joining = [last], False
    for chunk in reversed(named[:-1]):
        between = range(chunk.j, group[0].i)
        joining = joining or any(p.among(k, "and") for k in between)
        plain = all(p.tokens[k].text == "," or p.among(k, "joins_people") for k in between)
        plain = plain or _described_between(p, chunk.j, group[0].i)
        if not joining or not plain:
            break
        group.insert(0, chunk)
    return group


def _described_between(p: Parsed, i: int, j: int) -> bool:
    """True for the words between in `A, artista visual, y B, cantante, siguen presos`: a description, no other clause."""
    if p.lexicon.cases or j - i > 9 or p.tokens[i].text != ",":
        return False
    verbs = ("event_verb", "says", "free_verb", "freed_state", "remain", "sentenced")
    told = any(p.at(x, k) for x in verbs for k in range(i, j))
    return not told and not any(p.any_of(x, i, j) for x in ("clause_ends", "passive", "ends_list"))
