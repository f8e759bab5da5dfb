"""Claims about honours: awards, and times and terms of office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from habeas.check.grammar import Match, Parsed, matches
from habeas.check.numbers import Chunk
from habeas.check.page import Page
from habeas.check.said import claimed, flags_of, length, patterns, setting
from habeas.nouns import Claim


def read_awards(page: Page) -> Iterator[Claim]:
    """Each prize said to have been given to somebody in a year."""
    for s, p in enumerate(page.parsed):
        used: set[int] = set()
        for pattern in patterns(p, "award"):
            for match in matches(pattern, p):
                if "date" not in match.slots:
                    yield from _laureate(page, s, p, match, used)
                    continue
                day = match.slots["date"]
                named_before = setting(match, "named_before") and page.parsed[max(0, s - 1)].has("prize")
                prized = "prize" in match.classes or p.any_of("prize", match.i, match.j) or named_before
                if day.i in used or not prized:
                    continue
                written = any(re.fullmatch(r"\d{4}", t.text) for t in p.tokens[day.i : day.j])
                if day.value["precision"] == "day" and not written:
                    continue  # "indultó este sábado al premio Nobel"
                if any(e[0] == day.i - 1 for x in ("arrested", "verdict") for e in p.hits.get(x, {}).values()):
                    continue  # "Arrested in July 2021, X won the prize"
                whose = (
                    page.person_for(s, match.i)
                    or page.person_for(s, match.j)
                    or next((c for c in page.people(s) if c.i >= match.i), None)
                )
                near_after = [c for c in page.people(s) if 0 <= c.i - match.j <= 3]
                if near_after and p.any_of("laureate", match.i, near_after[0].i):
                    whose = near_after[0]
                if whose is None and not (p.lexicon.cases and {"win", "prize"} <= set(match.classes)):
                    continue
                used.add(day.i)
                won = {} if whose is None else {"person": whose.value["person"]}  # "уручыў апазіцыі прэмію за 2020 год"
                value: dict[str, Any] = {**won, "award": _prize(p, match), "year": int(day.value["date"][:4])}
                yield claimed(page, s, match.i, match.j, "award", value, flags_of(p, match.i, match.j) - {"promise"})


def _laureate(page: Page, s: int, p: Parsed, match: Match, used: set[int]) -> Iterator[Claim]:
    """`la nobel de la paz X`: a prize, and no year of it in the sentence."""
    whose = match.slots["person"]
    dated = any(k in range(match.i - 3, match.j + 5) for k in used) or any(
        c.value["precision"] == "year" and -2 <= c.i - match.j <= 4 for c in p.of("date")
    )
    if whose.i in used or dated or whose.value.get("epithet"):
        return
    used.add(whose.i)
    value = {"person": whose.value["person"], "award": _prize(p, match)}
    yield claimed(page, s, match.i, match.j, "award", value, flags_of(p, match.i, match.j) - {"promise", "negated"})


def _prize(p: Parsed, match: Match) -> str:
    i, j = match.classes.get("prize", (0, 0))
    words = " ".join(t.text for t in p.tokens[i:j])
    if j < len(p.tokens) and p.tokens[j].capital and p.lexicon.tables["free_order"] and not p.at("nobel", i):
        return " ".join(t.text for t in p.tokens[i : j + 1])  # "прэмію Сахарава"
    alone = j == i + 1 and p.among(i, "prize")
    return "Nobel Peace Prize" if i == j or alone or p.at("nobel", i) else words


def read_offices(page: Page, rulers: frozenset[str]) -> Iterator[tuple[Claim, int, int]]:
    """Each time in office or term of office said of a ruler, with the token where its length begins."""
    told = {
        c.value["person"] for s, p in enumerate(page.parsed) for c in page.people(s) if _titled(p, c)
    }  # "President Ilham Aliyev ... Aliyev won a fifth term"
    for s, p in enumerate(page.parsed):
        ruler = _ruler_near(page, s, rulers | told)
        if ruler is None:
            continue
        used: set[int] = set()
        for pattern in patterns(p, "office_tenure"):
            for match in matches(pattern, p):
                chunk = match.slots.get("duration") or match.slots.get("date") or match.slots["ordinal"]
                if chunk.i in used or (match.slots.get("duration") and chunk.value.get("years", 0) < 4):
                    continue
                if chunk.kind != "ordinal" and _in_custody_beside(p, chunk):
                    continue
                used.add(chunk.i)
                value: dict[str, Any] = {"person": ruler}
                if chunk.kind == "ordinal":
                    value["ordinal_term"] = chunk.value["ordinal"]
                elif chunk.kind == "date":
                    value["since"] = chunk.value["date"]
                else:
                    value |= length(chunk)
                start = max(match.i, chunk.i - 6)
                yield (
                    claimed(
                        page,
                        s,
                        start,
                        max(chunk.j, min(match.j, chunk.j + 3)),
                        "office_tenure",
                        value,
                        flags_of(p, start, match.j) - {"promise"},
                    ),
                    s,
                    chunk.i,
                )


def _in_custody_beside(p: Parsed, chunk: Chunk) -> bool:
    """True where a word of custody stands beside a length; `находящийся у власти` is none."""
    beside = range(max(0, chunk.i - 3), min(len(p.tokens), chunk.j + 3))
    return any(
        k in p.hits.get(label, {}) and not p.at("in_office", k) for label in ("held_state", "held_noun") for k in beside
    )


_NEAR = 8  # tokens from a state to who rules it


def _titled(p: Parsed, chunk: Chunk) -> bool:
    """True for `President Ilham Aliyev`: the head of a state, not a former one and not of a party."""
    head = p.any_of("heads_of_state", chunk.i - 1, chunk.i) and chunk.j - chunk.i > 1
    return head and not any(p.any_of(x, chunk.i - 4, chunk.i) for x in ("not_officials", "former"))


def _heads_a_state(p: Parsed, chunk: Chunk) -> bool:
    """True for `President Daniel Ortega`, `Hailemariam Desalegn, prime minister since 2012`, and who is said to be in power."""
    beside = p.any_of("heads_of_state", chunk.i - 2, chunk.i)
    apposed = (
        chunk.j < len(p.tokens) and p.tokens[chunk.j].text == "," and p.any_of("heads_of_state", chunk.j, chunk.j + 4)
    )
    ruled = any(ends[0] == chunk.i for ends in p.hits.get("rules_over", {}).values())
    ruled = ruled and any(0 < chunk.i - c.j <= _NEAR for c in p.of("nation"))  # "Казахстана, которым руководит X"
    return beside or apposed or ruled or p.has("in_power", chunk.j, chunk.j + 9)


def _ruler_near(page: Page, s: int, rulers: frozenset[str]) -> str | None:
    """The ruler the sentence speaks of, or the one before it where this sentence names nobody.

    A ruler is known from the record, or told by the word before the name: `President Daniel Ortega`.
    """
    for back in (s, s - 1):
        if back < 0:
            break
        p = page.parsed[back]
        names = [c.value["person"] for c in page.people(back)]
        found = next((n for n in names if n in rulers), None)
        found = found or next((c.value["person"] for c in page.people(back) if _heads_a_state(p, c)), None)
        if found is not None:
            return str(found)
        if names:
            break
    return None
