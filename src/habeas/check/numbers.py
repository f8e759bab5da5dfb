"""Numbers as a language writes them: digits, words, vague amounts and shares, each with its operator.

Precision is inferred from the wording: "123" is exact, "over 60" a bound, "scores" a range, "most" a share. A round
number after "some" is approximate, any other is exact ("some 222").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from habeas.check.lexicon import Lexicon, longest
from habeas.check.text import Token


@dataclass(frozen=True, slots=True)
class Chunk:
    """A typed stretch of tokens `[i, j)`: number, share, money, date, duration, age, person ... with its value."""

    kind: str
    i: int
    j: int
    value: dict[str, Any]


def _spaced(found: tuple[Token, ...], i: int) -> int:
    """The end of `1 140` with plain spaces: groups of three digits after one to three."""
    j = i + 1
    if not re.fullmatch(r"[1-9]\d{0,2}", found[i].text):
        return j
    while j < len(found) and re.fullmatch(r"\d{3}", found[j].text) and found[j].start == found[j - 1].end + 1:
        j += 1
    return j


def _digits(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """The printed number at `i`; `1.450` is read as 1450, since people come in whole numbers."""
    if found[i].kind != "number":
        return None
    text = found[i].text.replace("\u00a0", "").replace("\u202f", "")
    if lexicon.tables["spaced_thousands"]:
        j = _spaced(found, i)
        if j > i + 1:
            return float("".join(t.text for t in found[i:j])), j
    head, dot, tail = text.partition(".")
    if dot and len(tail) == 3 and 1 <= len(head) <= 3 and head != "0":
        return float(head + tail), i + 1
    if "," in text and len(text.rpartition(",")[2]) != 3:
        if not lexicon.tables["decimal_comma"] or text.count(",") > 1:
            return None
        return float(text.replace(",", ".")), i + 1
    return (float(text.replace(",", "")), i + 1) if len(text) < 16 else None


def _below(value: float) -> float:
    """What may follow a number word within one number: less than a hundred after `two hundred`, a unit after `twenty`."""
    if value >= 100:
        return 100
    return 10 if value >= 20 and value % 10 == 0 else 0


def _in_words(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """A number below 1,000 in words at `i`: (value, end)."""
    value = lexicon.numbers.get(found[i].low)
    if value is None:
        return None
    total, last, j = value, value, i + 1
    while j < len(found):
        linked = found[j].text == "-" or (last < 100 and found[j].low in lexicon.small["tens_and"])
        k = j + 1 if linked and j + 1 < len(found) else j
        more = lexicon.numbers.get(found[k].low)
        if more is None and k > j and found[k].low in lexicon.small["one"]:
            more = 1
        if more is None or not 0 < more < _below(last):
            break
        total, last, j = total + more, more, k + 1
    return total, j


def _start(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> tuple[float, int] | None:
    digits = _digits(found, i, lexicon)
    if digits is not None:
        return digits
    powers = lexicon.tables["powers"]
    if found[i].low in lexicon.small["one"] and i + 1 < len(found) and found[i + 1].low in powers:
        return 1, i + 1
    if found[i].low in lexicon.small["power_alone"]:
        return 1, i
    return _in_words(found, i, lexicon)


def plain_number(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> tuple[float, int] | None:
    """The number written at token `i`, in digits or words, as (value, end): `one hundred and twenty-three`."""
    start = _start(found, i, lexicon)
    if start is None:
        return None
    value, j = start
    total = 0.0
    powers = lexicon.tables["powers"]
    while j < len(found):
        k = j + 1 if found[j].text == "-" and j + 1 < len(found) else j
        power = powers.get(found[k].low)
        if power is not None and (k == j or found[j - 1].kind == "word"):
            value *= power
            j = k + 1
            if found[j : j + 1] and found[j].text == "." and found[k].low in lexicon.small["dotted"]:
                j += 1
            if power >= 1000:
                total, value = total + value, 0.0
                if found[i].kind == "number" and j < len(found) and re.fullmatch(r"\d{3}", found[j].text):
                    value, j = float(found[j].text), j + 1  # "1 тыс. 110"
            continue
        k = j + 1 if found[j].low in lexicon.small["hundred_and"] and j + 1 < len(found) else j
        worded = found[i].kind == "word" and value % 100 == 0 and (value or total)
        more = _in_words(found, k, lexicon) if worded and found[k].low not in lexicon.small["one"] else None
        if more is None or found[j - 1].low not in powers:
            break
        value, j = value + more[0], more[1]
    return (total + value, j) if j > i else None


def _money_before(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> bool:
    if i == 0:
        return False
    before = found[i - 1]
    touching = before.end == found[i].start
    money = {str(word).rstrip("*") for word in lexicon.tables["money"]}
    return (before.low in money and (before.kind == "mark" or before.text.isupper())) or (
        touching and before.kind == "word" and before.low in ("sh", "rs", "kč", "kr")
    )


def _unit_after(found: tuple[Token, ...], j: int, lexicon: Lexicon) -> str | None:
    """`money` or `percent` where the number is followed by such a unit."""
    if j >= len(found):
        return None
    for kind in ("money", "percent"):
        for word in lexicon.tables[kind]:
            stem = str(word)
            first, _, rest = stem.rstrip("*").partition(" ")
            same = found[j].low.startswith(first) if stem.endswith("*") else found[j].low == first
            if same and (not rest or (j + 1 < len(found) and found[j + 1].low == rest)):
                return kind
    return None


def operator_before(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """The operator wording that ends right before token `i`: (operator, first token)."""
    for width in range(min(4, i), 0, -1):
        hit = longest(lexicon.operators, found, i - width)
        if hit is not None and hit[1] == i:
            if width == 1 and i > 1 and found[i - 2].low in lexicon.small["phrasal"]:
                return None  # "handed over three prisoners"
            return str(lexicon.tables["operators"][hit[0]]), i - width
    if i and found[i - 1].text == "~":
        return "approx", i - 1
    return None


def _round(value: float) -> bool:
    return value >= 10 and value % 10 == 0


def _exactness(operator: str, value: float) -> str:
    if operator == "some":
        return "approx" if _round(value) else "eq"
    return operator


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else value


def _amount(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> Chunk | None:
    """A vague amount or a share that begins at `i`."""
    every = lexicon.tables["ordinals"].get(found[i + 1].low) if i + 1 < len(found) else None
    if found[i].low in lexicon.small["every"] and every is not None and every > 1:
        before = operator_before(found, i, lexicon)
        operator, first = (before[0], before[1]) if before else ("approx", i)
        return Chunk("share", first, i + 2, {"op": operator, "ratio": round(1 / every, 4)})
    share = longest(lexicon.shares, found, i)
    if share is not None:
        operator, ratio = lexicon.tables["shares"][share[0]]
        return Chunk("share", i, share[1], {"op": operator, "ratio": ratio})
    vague = longest(lexicon.vague, found, i)
    if vague is None:
        return None
    low, high = lexicon.tables["vague"][vague[0]]
    value = {"op": "range", "min": low} | ({} if high is None else {"max": high})
    return Chunk("number", i, vague[1], value | {"vague": True})


def _collective(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> Chunk | None:
    """`una treintena`, `more than сотни`: a round number that is one only after an operator or an article."""
    value = lexicon.collectives.get(found[i].low)
    if value is None:
        return None
    half = longest(lexicon.halves, found, i - 1) if i else None
    halved = half is not None and half[1] == i  # "medio centenar"
    value = value / 2 if halved else value
    first = i - 1 if i and (halved or found[i - 1].low in lexicon.small["one"]) else i
    before = operator_before(found, first, lexicon)
    if before is not None:
        return Chunk("number", before[1], i + 1, {"n": _whole(value), "op": _exactness(before[0], value)})
    if longest(lexicon.vague, found, i) is not None:
        return None
    return Chunk("number", first, i + 1, {"n": _whole(value), "op": "approx"})


def _between(found: tuple[Token, ...], i: int, j: int, low: float, lexicon: Lexicon) -> Chunk | None:
    """`between 7 and 9`, `from 7 to 9`, `7-9`."""
    opened = found[i - 1].low if i else ""
    if j + 1 >= len(found):
        return None
    joined = found[j].text in ("-", "–", "—") and found[j].start == found[j - 1].end
    links = lexicon.tables["ranges"]
    worded = found[j].low in links.get(opened, ())
    if not (joined or worded):
        return None
    other = plain_number(found, j + 1, lexicon)
    if other is None or (joined and (other[0] <= low or found[i].kind != found[j + 1].kind)):
        return None
    if other[0] <= low and not _changed(found, i - 1, other[1], lexicon):
        return None
    first = i - 1 if worded else i
    if worded and _changed(found, first, other[1], lexicon):
        return Chunk("number", first, other[1], {"n": _whole(other[0]), "op": "eq", "was": _whole(low)})
    value = {"op": "range", "min": _whole(low), "max": _whole(other[0])}
    return Chunk("number", first, other[1], value)


def _changed(found: tuple[Token, ...], i: int, j: int, lexicon: Lexicon) -> bool:
    """True where a word of growth or decline stands near: `rose from 362 to 420` tells of two days, not of a range."""
    after = range(j, min(len(found), j + 5))
    return raised_or_cut(found, i, lexicon) or any(longest(lexicon.change, found, k) is not None for k in after)


def raised_or_cut(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> bool:
    """True where a word of growth or decline stands shortly before token `i`."""
    return any(longest(lexicon.change, found, k) is not None for k in range(max(0, i - 8), i))


def _read(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> Chunk | None:
    plain = plain_number(found, i, lexicon)
    collective = _collective(found, i, lexicon)
    if collective is not None and (plain is None or collective.j >= plain[1]):
        return collective
    if plain is None:
        return _amount(found, i, lexicon)
    value, j = plain
    ranged = _between(found, i, j, value, lexicon)
    if ranged is not None:
        return ranged
    before = operator_before(found, i, lexicon)
    first, operator = (before[1], _exactness(before[0], value)) if before else (i, "eq")
    if operator == "eq" and found[j - 1].low in lexicon.collectives and found[j - 1].low not in lexicon.numbers:
        operator = "approx" if value < 1000 else operator  # "полторы сотни", "три десятка"
    unit = "money" if _money_before(found, i, lexicon) else _unit_after(found, j, lexicon)
    if unit is not None:
        ratio = {"ratio": value / 100} if unit == "percent" else {"amount": _whole(value)}
        return Chunk("share" if unit == "percent" else "money", first, j + 1, {"op": operator} | ratio)
    after = longest(lexicon.after_number, found, j) if j < len(found) else None
    if after is not None and operator == "eq":
        operator, j = str(lexicon.tables["after_number"][after[0]]), after[1]
    elif j < len(found) and found[j].text == "+":
        operator, j = "ge", j + 1
    return Chunk("number", first, j, {"n": _whole(value), "op": operator})


def numbers(found: tuple[Token, ...], lexicon: Lexicon, taken: frozenset[int] = frozenset()) -> Iterator[Chunk]:
    """The numbers of a sentence in order, left to right, none inside the tokens `taken` (dates, ages, durations)."""
    i = 0
    while i < len(found):
        chunk = None if i in taken else _read(found, i, lexicon)
        if chunk is None or any(k in taken for k in range(chunk.i, chunk.j)):
            i += 1
            continue
        yield chunk
        i = chunk.j
