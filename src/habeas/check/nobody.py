"""Numbers that count nobody: years, ages, differences, numbers of a name, and the whole that a part is told of."""

from __future__ import annotations

import re

from habeas.check.grammar import Parsed
from habeas.check.lexicon import longest
from habeas.check.numbers import Chunk

_OWNERS = ("articles", "whose_kin")


def counts_nobody(p: Parsed, chunk: Chunk) -> bool:
    """True for a number or a share that is said of no people."""
    if chunk.kind == "share" and _of_no_people(p, chunk):
        return True
    return any(told(p, chunk) for told in _SAID_OF_OTHERS)


def _of_no_people(p: Parsed, chunk: Chunk) -> bool:
    """True for a share of something else: `grew by a third`, `half of his term`, `seven and a half`."""
    halved = p.among(chunk.i - 1, "and") and any(c.j == chunk.i - 1 for c in p.of("number"))
    if p.lexicon.cases and (p.has("term", chunk.j, chunk.j + 3) or p.has("sanctions", chunk.j, chunk.j + 3)):
        return True  # "адбыла менш за палову тэрміну", "большасць санкцый"
    of_term = (
        p.among(chunk.j, "of_whole")
        and p.has("term", chunk.j, chunk.j + 9)
        and not p.has("people", chunk.j, chunk.j + 4)
    )
    superlative = (  # "one of Egypt's most prominent activists"
        chunk.value.get("op") == "most"
        and chunk.j == chunk.i + 1
        and chunk.i > 0
        and (p.tokens[chunk.i - 1].kind == "possessive" or any(p.among(chunk.i - 1, x) for x in _OWNERS))
    )
    k = chunk.j + (chunk.j < len(p.tokens) and p.tokens[chunk.j].text == "-")
    of_time = k < len(p.tokens) and p.tokens[k].low in p.lexicon.tables["units"]  # "in a half-year span"
    return halved or of_term or superlative or of_time or p.among(chunk.i - 1, "by_amount")


def _years_given(p: Parsed, chunk: Chunk) -> bool:
    """True for the nine of `A, condenado a nueve, y B`: years without their unit."""
    alone = chunk.j >= len(p.tokens) or p.tokens[chunk.j].text in ",.;)" or p.among(chunk.j, "and")
    before = chunk.i - 1
    given = p.among(before, "to") and any(e[0] == before for e in p.hits.get("sentenced", {}).values())
    given = given or (p.among(before, "of_whole") and any(e[0] == before for e in p.hits.get("term", {}).values()))
    return alone and given and not p.lexicon.cases


def _called_so(p: Parsed, chunk: Chunk) -> bool:
    """True for a number that belongs to a name in quotation marks: `the trial of "47 democrats"`."""
    if chunk.value.get("vague"):
        return False  # "dijo que 'decenas de personas' volvieron a casa": somebody's own words
    opened = chunk.i > 0 and p.tokens[chunk.i - 1].text in '"“„«'
    return opened and any(t.text in '"”“»' for t in p.tokens[chunk.j : chunk.j + 3])


def _compared(p: Parsed, chunk: Chunk) -> bool:
    """True for a difference: `200 more than a year ago`, `на 200 больше, чем год назад`."""
    than = p.among(chunk.j + 1, "than") or p.at("compared_to", chunk.j + 1)
    more = p.among(chunk.j, "comparative") and (than or p.among(chunk.i - 1, "by_amount"))
    return more or (p.among(chunk.i - 1, "comparative") and p.among(chunk.j, "than"))


def _of_a_formula(p: Parsed, chunk: Chunk) -> bool:
    """True for the numbers of `обмен по формуле «84 на 84»`: nobody stands beside them."""
    quoted = chunk.i > 0 and p.tokens[chunk.i - 1].text in '«"“' and p.among(chunk.j, "by_amount")
    return quoted and chunk.j + 1 in p.chunks["number"]


def _an_age(p: Parsed, chunk: Chunk) -> bool:
    """True for the 16 of `когда ей было 16`."""
    if p.lexicon.tables["age_needs_years"] and not p.lexicon.cases:
        return False
    hit = longest(p.lexicon.aged, p.tokens, chunk.i - 2) if chunk.i > 1 else None
    return hit is not None and hit[1] == chunk.i


def _years_served(p: Parsed, chunk: Chunk) -> bool:
    """True for a number alone after a word of time spent: `из которых он отсидел почти четыре`."""
    alone = chunk.j >= len(p.tokens) or p.tokens[chunk.j].kind != "word" or p.among(chunk.j, "breaks")
    spent = p.among(chunk.i - 1, "time_spent") and not p.among(chunk.i - 1, "in_so_long")
    return bool(alone and spent and p.among(chunk.i - 1, "served"))


def _one_of_years(p: Parsed, chunk: Chunk) -> bool:
    """True for the years of a row or a stretch: `in 2004, 2006, 2009 and 2012`, `с 2014, 2016 и 2017 годов`, `в 2005—2007`."""
    if not 1900 <= chunk.value.get("n", chunk.value.get("min", 0)) <= 2100 or not p.tokens[chunk.i].text.isdecimal():
        return False
    if "min" in chunk.value:
        return bool(1900 <= chunk.value.get("max", 0) <= 2100)
    if chunk.j - chunk.i > 1:
        return False
    if _a_year(p, chunk.i - 2) and p.tokens[chunk.i - 1].text in "—–-":
        return True
    before, after = _joins(p, chunk.i - 1), _joins(p, chunk.j)
    beside = before and (p.among(chunk.i - 2, "year_words") or _a_year(p, chunk.i - 2))
    return beside or (after and _a_year(p, chunk.j + 1))


def _joins(p: Parsed, k: int) -> bool:
    return 0 <= k < len(p.tokens) and (p.tokens[k].text == "," or p.among(k, "and"))


def _a_year(p: Parsed, k: int) -> bool:
    return 0 <= k < len(p.tokens) and re.fullmatch(r"(19|20)\d\d", p.tokens[k].text) is not None


def _the_whole(p: Parsed, chunk: Chunk) -> bool:
    """True for the ten of `five of the ten are citizens`: it is told before, and the five are told here."""
    k = chunk.i - 1
    k -= p.among(k, "articles")
    part = next((c for c in p.of("number") if c.j == k), None)
    return p.among(k, "of_whole") and part is not None and (part.value.get("n") != 1 or p.among(chunk.j, "be"))


def _of_a_length(p: Parsed, chunk: Chunk) -> bool:
    """True where a length of time goes on after a bare number: `five and nine years`, `10 or 12 years`."""
    k = chunk.j
    if k < len(p.tokens) and longest(p.lexicon.and_a_half, p.tokens, k) is not None:
        return True  # "freed after four and a half"
    while True:  # "216, 210 y 159 años"
        linked = k < len(p.tokens) and (p.tokens[k].text in ",-–—" or p.among(k, "and") or p.among(k, "or"))
        following = p.chunks["number"].get(k + 1) if linked else None
        if following is None:
            break
        k = following.j
    return linked and k + 1 in p.chunks["duration"] and "op" in p.chunks["duration"][k + 1].value


_SAID_OF_OTHERS = (
    _of_a_length,
    _the_whole,
    _compared,
    _of_a_formula,
    _an_age,
    _years_served,
    _one_of_years,
    _called_so,
    _years_given,
)
