"""Lengths of time and ages: `over three decades`, `9 лет и 6 месяцев`, `63-летний`, `de 63 años`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from habeas.check.lexicon import Lexicon, longest
from habeas.check.numbers import Chunk, operator_before, plain_number, raised_or_cut
from habeas.check.text import Token

_OLDEST = 120
_GROWN = 18
_LONGEST = 25  # years of a sentence that a name alone may stand before
_SIZES = {"hours": 0, "days": 1, "weeks": 2, "months": 3, "years": 4, "decades": 5}


def _operator(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> tuple[str, int]:
    before = operator_before(found, i, lexicon)
    if before is None:
        return "eq", i
    return ("approx" if before[0] == "some" else before[0]), before[1]


def _unit(found: tuple[Token, ...], j: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """The unit of time at token `j`, after a hyphen or not, or after the `more` of `seven more years`."""
    between = j < len(found) and (found[j].text == "-" or found[j].low in lexicon.small["more_between"])
    k = j + 1 if between else j
    unit = lexicon.tables["units"].get(found[k].low) if k < len(found) else None
    return None if unit is None else (unit, k + 1)


def _amount(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> tuple[float, int] | None:
    half = longest(lexicon.halves, found, i)
    if half is not None:
        return 0.5, half[1]
    if found[i].low in lexicon.small["single"] and i + 1 < len(found) and found[i + 1].low in lexicon.tables["units"]:
        return 1, i + 1
    if i and found[i].low in lexicon.tables["units"] and found[i - 1].low in lexicon.small["implicit_one"]:
        return 1, i
    if (
        re.fullmatch(r"(1[89]|20)\d\d", found[i].text)
        and i + 1 < len(found)
        and found[i + 1].low in lexicon.small["year_words"]
    ):
        return None  # `2010 году` is a date
    plain = plain_number(found, i, lexicon)
    if plain is None or plain[1] >= len(found):
        return plain
    half = longest(lexicon.and_a_half, found, plain[1])
    if half is not None:
        return plain[0] + 0.5, half[1]
    if [t.text for t in found[plain[1] : plain[1] + 3]] == ["1", "/", "2"]:
        return plain[0] + 0.5, plain[1] + 3  # "a 2 1/2-year sentence"
    bound = longest(lexicon.after_number, found, plain[1])  # "два с лишним года"
    return plain if bound is None else (plain[0], bound[1])


def _joined(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> Chunk | None:
    """`одиннадцатилетний срок`, `семигадовы`: number and year in one word; an age unless a word of sentence follows."""
    word = found[i].low
    for suffix in lexicon.joined_years:
        number = lexicon.numbers.get(word[: -len(suffix)]) if word.endswith(suffix) else None
        if number is not None:
            term = any(_a_term(found, k, lexicon) for k in range(i + 1, min(len(found), i + 3)))
            value = {"years": int(number), "op": "eq"} if term else {"age": int(number)}
            return Chunk("duration" if term else "age", i, i + 1, value)
    return None


def _length(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> tuple[dict[str, float], int] | None:
    """`six years and two months`, `10-year`, `half a year`, `полгода` at `i`: (units, end)."""
    whole = lexicon.tables["whole_lengths"].get(found[i].low)
    if whole is not None:
        return {whole[0]: float(whole[1])}, i + 1
    total: dict[str, float] = {}
    last = ""
    j = i
    while j < len(found):
        k = (
            j + 1
            if total and (found[j].low in lexicon.small["and"] or found[j].text == ",") and j + 1 < len(found)
            else j
        )
        amount = _amount(found, k, lexicon)
        unit = None if amount is None else _unit(found, amount[1], lexicon)
        if amount is None or unit is None or unit[0] in total or (total and _SIZES[unit[0]] >= _SIZES[last]):
            break  # "between 50 months and 10 years" is no length of 50 months and 10 years
        last = unit[0]
        total[unit[0]] = amount[0]
        j = unit[1]
        more = longest(lexicon.and_a_half, found, j) if j < len(found) else None
        if more is not None:
            total[unit[0]] += 0.5
            j = more[1]
    return (total, j) if total else None


def _whole_units(total: dict[str, float]) -> dict[str, Any]:
    """Years, months, weeks, days and hours; decades become years, a half year six months."""
    years = total.pop("years", 0.0) + 10 * total.pop("decades", 0.0)
    months = total.pop("months", 0.0)
    if years != int(years) and (years * 12) == int(years * 12):
        months += (years - int(years)) * 12  # a half is six months; "18.6 years" stays as it is
        years = int(years)
    out: dict[str, Any] = {}
    for key, amount in (("years", years), ("months", months), *total.items()):
        if amount:
            out[key] = int(amount) if amount == int(amount) else round(amount, 2)
    return out


def durations(found: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Chunk]:
    """Lengths of time and ages of a sentence: chunks `duration` (years, months, days, op) and `age` (age)."""
    i = 0
    while i < len(found):
        opens = found[i].kind == "number" or found[i].low in lexicon.opens_time
        chunk = (
            (_ranged(found, i, lexicon) or _age(found, i, lexicon) or _duration(found, i, lexicon)) if opens else None
        )
        if chunk is None and found[i].low.endswith(lexicon.joined_years):
            chunk = _joined(found, i, lexicon)
        if chunk is None:
            i += 1
        else:
            yield chunk
            i = chunk.j


def _vague(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> Chunk | None:
    """`several years`, `некалькі месяцаў`: a length without a number, its unit named."""
    whole = longest(lexicon.vague_lengths, found, i)
    if whole is not None:
        return Chunk("duration", i, whole[1], {"op": "vague", "unit": lexicon.tables["vague_lengths"][whole[0]]})
    hit = longest(lexicon.vague, found, i)
    if hit is None or hit[1] >= len(found):
        return None
    unit = _unit(found, hit[1], lexicon)
    return None if unit is None else Chunk("duration", i, unit[1], {"op": "vague", "unit": unit[0]})


def _duration(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> Chunk | None:
    length = _length(found, i, lexicon)
    if length is None:
        return _vague(found, i, lexicon)
    total, j = length
    if j < len(found) and (found[j].low in lexicon.small["ago"] or found[j].low == "old"):
        return None
    operator, first = _operator(found, i, lexicon)
    so_long = first > 1 and found[first - 2].low in lexicon.small["since"]  # "desde hace tres años" is a length
    going_on = j < len(found) and found[j].low in lexicon.small["relative"]  # "hace 100 días que está preso"
    if first and found[first - 1].low in lexicon.small["ago_before"] and not (so_long or going_on):
        return None
    for k in (*range(i + 1, j), j):
        after = longest(lexicon.after_number, found, k) if k < len(found) and operator == "eq" else None
        if after is not None:
            operator, j = str(lexicon.tables["after_number"][after[0]]), max(j, after[1])
    return Chunk("duration", first, j, _whole_units(dict(total)) | {"op": operator})


def _ranged(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> Chunk | None:
    """`between two and five years`, `from 7 to 9 years`, `7-9 years`, `ad тыдня да 14 гадоў`."""
    links = lexicon.tables["ranges"]
    worded = found[i].low in links or found[i].low == "of"
    k = i + 1 if worded else i
    k += worded and k < len(found) and found[k].low in lexicon.small["articles"]  # "de los cinco a los 22 años"
    if k >= len(found):
        return None
    first = _length(found, k, lexicon) if worded else None
    unit = lexicon.tables["units"].get(found[k].low)
    if worded and first is None and unit is not None:
        first = ({unit: 1.0}, k + 1)
    low = (first[0], first[1]) if first is not None else None
    if low is None:
        plain = plain_number(found, k, lexicon)
        if plain is None:
            return None
        half = longest(lexicon.and_a_half, found, plain[1]) if plain[1] < len(found) else None
        low = ({"years": plain[0]}, plain[1]) if half is None else ({"years": plain[0] + 0.5}, half[1])
    j = low[1]
    joining = (*links.get(found[i].low, ("to", "and")),) if worded else ("-", "–", "to")
    if j >= len(found) or found[j].low not in joining:
        return None
    j += worded and j + 1 < len(found) and found[j + 1].low in lexicon.small["articles"]
    high = _length(found, j + 1, lexicon) if j + 1 < len(found) else None
    if high is None or "years" not in high[0] or high[0]["years"] <= low[0].get("years", 0):
        return None
    if worded and "years" in low[0] and raised_or_cut(found, i, lexicon):
        return Chunk(
            "duration", i, high[1], _whole_units(dict(high[0])) | {"op": "eq"}
        )  # "elevó la pena de 10 a 12 años"
    value: dict[str, Any] = {"op": "range", "years_min": low[0].get("years"), "years_max": high[0]["years"]}
    if "years" not in low[0]:
        value = {"op": "range", "min": dict(low[0]), "max": dict(high[0])}
    value = {k: int(v) if isinstance(v, float) and v == int(v) else v for k, v in value.items()}
    return Chunk("duration", i if worded and found[i].low != "of" else k, high[1], value)


def _age(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> Chunk | None:
    """`43-year-old`, `aged 69`, `at the age of 60`, `who is 78`, `63-летний`, `в возрасте 63 лет`, `, de 63 años`."""
    plain = plain_number(found, i, lexicon)
    if plain is None or plain[0] != int(plain[0]) or not 0 < plain[0] < _OLDEST:
        return None
    value = {"age": int(plain[0])}
    k = plain[1] + 1 if plain[1] < len(found) and found[plain[1]].text == "-" else plain[1]
    for after in range(plain[1], min(plain[1] + 3, len(found))):
        if after > plain[1] and found[after].low in lexicon.small["birthday"]:
            between = found[after - 1].low  # "his 68th birthday"
            return Chunk("age", i, after + 1, value) if between in lexicon.small["ordinal_endings"] else None
    told = longest(lexicon.old, found, k) if k < len(found) else None
    if told is not None and not (told[1] < len(found) and _a_term(found, told[1], lexicon)):
        return Chunk("age", i, told[1], value)
    unit = _unit(found, plain[1], lexicon)
    years = unit is not None and unit[0] == "years"
    end = unit[1] if unit is not None and years else plain[1]
    of_age = longest(lexicon.aged, found, end) if years and end < len(found) else None
    if of_age is not None and of_age[1] > end + 1:
        end = of_age[1]  # "43 años de edad"
    for width in range(1, min(4, i) + 1):
        hit = longest(lexicon.aged, found, i - width)
        sure = (years and not _of_a_term(found, end, lexicon)) if lexicon.tables["age_needs_years"] else True
        long = _length(found, i, lexicon)
        sure = sure and not (long is not None and "months" in long[0])
        after = end < len(found) and (
            found[end].low in lexicon.small["since"]
            or (found[end].text == "," and end + 1 < len(found) and found[end + 1].low in lexicon.small["as"])
        )
        sure = sure and not after  # "исполнилось пять лет, как он за решеткой"
        sure = sure and not (
            i > width and _a_term(found, i - width - 1, lexicon, ("term", "sentence_noun"))
        )  # "срок в 10 лет"
        if found[i - 1].low in lexicon.small["age_or_term"] and (
            value["age"] < _GROWN or _for_a_deed(found, end, lexicon)
        ):
            sure = False  # "cumple ocho años": a sentence
        if found[i - 1].low in lexicon.small["with"] and i > 1 and _a_term(found, i - 2, lexicon, ("sentenced",)):
            sure = False  # "castigada con diez años"
        if years and i > 1 and found[i - 1].low in lexicon.small["was_years"] and found[i - 2].capital:
            return Chunk("age", i, end, value)  # "Вітольду Ашурку было 50 гадоў"
        ended = end >= len(found) or found[end].text in ".,;"
        sure = sure or (
            ended and " ".join(t.low for t in found[i - width : i]) in lexicon.small["aged_alone"]
        )  # "Яму было 51."
        given = i > width and lexicon.cases and _a_term(found, i - width - 1, lexicon, ("sentenced",))
        if hit is not None and hit[1] == i and sure and not given:  # "суд прызначыў яму 14 гадоў"
            return Chunk("age", i, end, value)
    if i == 1 and found[0].low in lexicon.small["at_age"] and end < len(found) and found[end].text == ",":
        return Chunk("age", i, end, value)  # "At 63, he is free"
    before = [t.low for t in found[max(0, i - 3) : i]]
    if lexicon.tables["age_needs_years"]:
        return _apposed(found, i, end, value, lexicon) if years else None
    alone = plain[1] >= len(found) or found[plain[1]].low in (",", ".", ";", "and", ")", "now", "when")
    said = (
        before[-2:] in (["she", "is"], ["he", "is"]) and value["age"] >= _GROWN and found[plain[1] - 1].kind == "number"
    )
    then = before[-2:] in (["she", "was"], ["he", "was"]) and found[min(end, len(found) - 1)].low == "when"
    if (before[-2:] in (["who", "is"], ["who", "was"]) or said or then) and alone:
        return Chunk("age", i, plain[1], value)
    hyphened = i >= 4 and found[i - 3].text == "-" and found[i - 4].capital  # "Kwok Ka-ki, 63"
    if before[-1:] == ["then"] and i >= 3 and found[i - 2].text in ",(":
        i -= 1  # "Sofia Sapega, then 22,"
    called = found[i - 2].capital or hyphened or _called(found, i, lexicon) if i >= 2 else False
    named = before[-1:] in ([","], ["("], ["then"]) and called and plain[0] >= 10
    if named and plain[1] < len(found) and found[plain[1]].low in (",", ")", ".", ";", "and", "when"):
        return Chunk("age", i, plain[1], value)
    return None


def _a_term(
    found: tuple[Token, ...], i: int, lexicon: Lexicon, labels: tuple[str, ...] = ("term", "held_noun")
) -> bool:
    """True where a word of sentence or custody stands at `i`: `10-летний срок` is no age."""
    return any(label in labels for label, _ in lexicon.classes.at(found, i))


def _of_a_term(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> bool:
    """True where years are those of a sentence: `18-летний срок`, `18 años de condena`."""
    of = i < len(found) and found[i].low in lexicon.small["of_whole"] and i + 1 < len(found)
    return _a_term(found, i, lexicon) or (of and _a_term(found, i + 1, lexicon, ("term",)))


def _for_a_deed(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> bool:
    """True where the reason of a sentence follows: `cumple 25 años por sedición`."""
    return i < len(found) and found[i].low in lexicon.small["by"]


def _called(found: tuple[Token, ...], k: int, lexicon: Lexicon) -> bool:
    """True where a sentence opens with an article and a word for somebody: `El prelado, de 56 años,`, `The bishop, 56,`."""
    opens = k == 3 and found[0].low in (*lexicon.small["articles"], *lexicon.small["before_epithet"])
    return opens and found[2].text == "," and found[1].kind == "word"


def _described(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> bool:
    """True where a name, a comma and a few words for who it is stand before: `Кушнира, пианиста тридцати девяти лет`."""
    for k in range(i - 1, max(0, i - 6), -1):
        if found[k].text == ",":
            return i - k > 1 and found[k - 1].capital
        told = found[k].kind == "word" and not found[k].capital and len(found[k].text) > (1 if k < i - 1 else 3)
        plain = not any(label in ("sentenced", "convicted", "time_spent") for label, _ in lexicon.classes.at(found, k))
        if not (told or found[k].low in lexicon.small["and"]) or not plain:
            return False
    return False


def _of_somebody(found: tuple[Token, ...], i: int, end: int, lexicon: Lexicon) -> bool:
    """True for `un joven de 19 años` and `El líder de la Unión Patriótica (Unpacu), de 55 años,`: years of a person.

    `i`: the number, with `de` before it; what is said of a sentence, a law or a plan is no age.
    """
    for k in (i - 2, i - 3):  # "un joven de 19 años", "el líder estudiantil de 24 años"
        who = lexicon.classes.at(found, k) if k >= 0 and not found[i - 2].capital else ()
        if any(label in ("people", "minors", "men", "women") for label, stop in who if stop == k + 1):
            return found[i - 2].kind == "word" and not _of_a_term(found, end, lexicon)
    closed = end >= len(found) or found[end].text in ",)."
    if not closed or i < 4 or found[i - 2].text != "," or not found[0].capital:
        return False
    opening = range(i - 2)
    verbs = ("event_verb", "free_verb", "says", "sentenced", "term", "sanctions", "event_noun", "held_noun")
    plain = not any(label in verbs for k in opening for label, _ in lexicon.classes.at(found, k))
    return plain and found[0].low in (*lexicon.small["articles"], *lexicon.small["before_epithet"])


def _after_a_sentence(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> bool:
    """True where a sentence in years was told before token `i`, in a series of which this is the next item."""
    units = [k for k in range(1, i) if lexicon.tables["units"].get(found[k].low) == "years"]
    return bool(units) and any(_a_term(found, k, lexicon, ("sentenced", "term")) for k in range(i))


def _apposed(found: tuple[Token, ...], i: int, end: int, value: dict[str, int], lexicon: Lexicon) -> Chunk | None:
    """`Person A, 63 года,` and `Person A, de 63 años,`: years between marks after a name."""
    k = i - 1 if i and found[i - 1].kind == "word" and found[i - 1].low in lexicon.small["of"] else i
    closed = end >= len(found) or found[end].text in ",).;"
    if closed and lexicon.tables["free_order"] and value["age"] >= _GROWN and _described(found, i, lexicon):
        return Chunk("age", i, end, value)
    if k < i and value["age"] >= 10 and _of_somebody(found, i, end, lexicon):
        return Chunk("age", i, end, value)
    if k < i and k >= 3 and found[k - 1].kind == "word" and not found[k - 1].capital and found[k - 2].text == ",":
        k -= 1  # "Trentini, cooperante de 46 años,"
    named = k >= 2 and found[k - 1].text in ",(" and found[k - 2].capital
    named = named or _called(found, k, lexicon)
    verb = k == 1 and _a_term(found, 0, lexicon, ("sentenced", "held_verb"))  # "Отбывал 10 лет"
    capital = k >= 1 and found[k - 1].capital and found[k - 1].kind == "word" and not verb
    named = named or (lexicon.tables["free_order"] and capital)
    dashed = lexicon.tables["free_order"] and k >= 2 and found[k - 1].text in "—–" and found[k - 2].capital
    named = named or (dashed and value["age"] > _LONGEST)  # "Лосику — 33 года"; a sentence is shorter
    least = _GROWN if k and found[k - 1].text == "(" else 10  # "Лосика (15 лет)": a sentence
    given = named and found[k - 1].kind == "word" and value["age"] <= _LONGEST
    if given and any(_a_term(found, n, lexicon, ("sentence_noun", "jailed_them")) for n in range(k - 1)):
        return None  # "прысуд: Ціханоўскаму 18 гадоў"
    if named and value["age"] <= _LONGEST and _after_a_sentence(found, k, lexicon):
        return None  # "A cumple 18 años de condena; B, 14 años, y C, 12"
    return Chunk("age", i, end, value) if named and closed and value["age"] >= least else None
