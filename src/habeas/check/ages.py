"""Claims about people: how old somebody is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from habeas.check.grammar import Parsed
from habeas.check.numbers import Chunk
from habeas.check.page import Page, adjectival, told_sex
from habeas.check.said import (
    claimed,
    flags_of,
)
from habeas.nouns import Claim

_OLDEST = 110


def read_ages(page: Page) -> Iterator[Claim]:
    """Each age said of somebody; `40-year-old debt` is none."""
    for s, p in enumerate(page.parsed):
        yield from _of_the_youngest(page, s, p)
        for chunk in p.of("age"):
            after = [c for c in p.of("person") if 0 <= c.i - chunk.j <= 7 and not _says(p, chunk.j, c)]
            before = [c for c in p.of("person") if 0 <= chunk.i - c.j <= 3]
            adjective = adjectival(p, chunk)
            if p.among(chunk.j, "things_of_age") or (not before and p.any_of("things_of_age", chunk.i - 4, chunk.i)):
                continue
            if p.tokens[chunk.i - 1].text == "(" and any(p.tokens[c.i - 1].text == "(" for c in p.of("duration")):
                continue  # "A (10 years), B (7)": terms
            if p.tokens[chunk.i - 1].text == "(" and any(c.j == chunk.i - 1 for c in p.of("nation")):
                continue  # "China (50), Belarus (31)"
            opening = [c for c in p.of("person") if chunk.i <= 3 and 0 < c.i - chunk.j <= 3]
            if adjective and _right_after(p, chunk, after):
                before = []  # "A и 20-летняя B": the adjective stands before its own name
            whose = before[-1] if before else (after[0] if after and adjective else None)
            hero = _described(page, s, p, chunk) if adjective and not page.people(s) else None
            whose = whose or (opening[0] if opening else hero or page.person_for(s, chunk.i))
            lone = chunk.i - 4
            if not before and not adjective and lone >= 0 and p.tokens[lone].capital and p.tokens[lone + 1].text == ",":
                whose = Chunk("person", lone, lone + 1, {"person": p.tokens[lone].text, "case": None})
                before = [whose]
            if whose is None:
                continue
            value: dict[str, Any] = {"person": whose.value["person"], **chunk.value}
            if page.published is not None:
                value["as_of"] = page.published.isoformat()
            start = whose.i if before else chunk.i
            flags = flags_of(p, start, chunk.j) - {"negated", "promise"}
            if chunk.j - chunk.i == 1 and p.among(chunk.i - 1, "be"):
                flags.add("bare")  # "she is 38. The photo shows it": of which day, only the text around says
            yield claimed(page, s, start, chunk.j, "age", value, flags)


def _of_the_youngest(page: Page, s: int, p: Parsed) -> Iterator[Claim]:
    """The age of somebody without a name: `самой младшей 18 лет, самому старшему — 58`."""
    for k in range(len(p.tokens) if p.lexicon.cases else 0):
        at = p.hits["of_them"][k + 1][0] if p.at("of_them", k + 1) else k + 1
        at += at < len(p.tokens) and p.tokens[at].text in "—–"
        chunk = p.chunks["duration"].get(at) or p.chunks["number"].get(at) if p.among(k, "youngest") else None
        n = None if chunk is None else chunk.value.get("years", chunk.value.get("n"))
        if chunk is not None and isinstance(n, int) and 10 < n < _OLDEST:
            value: dict[str, Any] = {"age": n} | (
                {} if page.published is None else {"as_of": page.published.isoformat()}
            )
            yield claimed(page, s, k, chunk.j, "age", value, flags_of(p, k, chunk.j) | {"elliptic"})


def _right_after(p: Parsed, age: Chunk, after: list[Chunk]) -> bool:
    """True where nothing but words for who it is stand between an age and a name: `20-летняя студентка B`, not `сын B`."""
    if not after or not p.lexicon.cases:
        return False
    between = range(age.j, after[0].i)
    return len(between) < 4 and not any(
        p.tokens[k].kind != "word" or p.among(k, "kin") or p.among(k, "kin_cases") or p.among(k, "breaks")
        for k in between
    )


def _described(page: Page, s: int, p: Parsed, age: Chunk) -> Chunk | None:
    """Whom `the 47-year-old politician` means: whom the text is about, else the one person of the sentence before."""
    sex = next((told for told, ends in _ENDS_OF_AGE.items() if p.tokens[age.j - 1].low.endswith(ends)), None)
    before = page.subjects(s - 1) if s else []
    for who in (page.hero, *(before if len(before) == 1 else [])):
        if who is not None and (sex is None or told_sex(who) in (None, sex)):
            return who
    return None


# How an adjective that tells an age ends, in Cyrillic, of a man or of a woman; where cases fall together, of neither.
_ENDS_OF_AGE = {"m": ("ий", "его", "ему", "ім", "вы", "вага", "ваму"), "f": ("яя", "юю", "ая", "ую")}


def _says(p: Parsed, i: int, person: Chunk) -> bool:
    """True for the speaker after a comma: `the 69-year-old was freed, said his wife X`, `..., X said`."""
    apart = [k for k in range(i, person.i) if p.tokens[k].text == ","]
    return any(p.has("says", k, person.i) for k in apart) or (bool(apart) and p.has("says", person.j, person.j + 2))
