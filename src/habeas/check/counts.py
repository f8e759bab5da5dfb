"""Counts of people freed and held: a number, its noun, and the word of freedom or custody that governs it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from habeas.check.days import of_an_event
from habeas.check.governing import demanded, flags_of_count, governed, held_unit, modified, of_a_family, of_another_fate
from habeas.check.grammar import Match, Parsed, matches
from habeas.check.numbers import Chunk
from habeas.check.page import Page, joined
from habeas.check.parts import parts_of
from habeas.check.phrases import Counted, equals, nouns_of, of_them
from habeas.check.said import FREED, flags_of, patterns
from habeas.nouns import Claim

_FEW = 12  # arrests
_SHORT = 10  # tokens of a question, and before the number that answers it
_WHOLES = 3  # counts back to the one that parts add up to
_NEAR_BEFORE = 4  # sentences from a count to a part of it
_TOLD_AGAIN = 10  # a smaller number with an article may count others


def _amount(chunk: Chunk) -> dict[str, Any]:
    return {k: v for k, v in chunk.value.items() if k != "vague"}


def _value(p: Parsed, noun: Counted, kind: str, how: str, page: Page, s: int, at: int) -> dict[str, Any]:
    after = noun.chunk.j + 1 if p.among(noun.chunk.j, "of_whole") else noun.chunk.j  # "thousands of prisoners"
    value: dict[str, Any] = {
        **_amount(noun.chunk),
        "unit": noun.unit,
        "what": page.sentences[s].cut(page.text, after, noun.end),
    }
    if noun.nationality is not None and noun.nationality != page.country:
        value["nationality"] = noun.nationality
    if noun.sex is not None:
        value["unit"] = noun.sex
    if p.lexicon.small["everybody"]:
        value["group"] = _of_a_group(p, noun)
    day = page.date_for(s, min(noun.chunk.i, at), max(noun.end, at + 1))
    first = noun.chunk.i
    if value.get("op") == "le" and p.among(first, "to_a_term") and p.has("counting", max(0, first - 3), first):
        value["op"] = "eq"  # "число сократилось до 1135"
    key = "date" if kind == "count_released" else "as_of"
    if day is not None and of_an_event(p, day):
        day = None
    if day is not None and page.tokens_between(s, day, noun.chunk.i, max(noun.end, at + 1)) <= 8:
        value[key] = day.value["date"]
        if day.value["precision"] != "day":
            value["precision"] = day.value["precision"]
    elif kind == "count_detained" and page.published is not None:
        value["as_of"] = page.published.isoformat()
    if kind == "count_released":
        if how == "crossed" or (how == "freed_state" and at in p.hits.get("crossed", {})):
            value["unit"] = "crossed border"
        if p.has("pardon_word", max(0, at - 1), at + 3):
            value["how"] = "pardon"
    elif any(k in p.hits.get("convicted", {}) for k in range(max(0, at - 1), at + 2)):
        value["flow"] = "convicted"
    elif held_unit(p, noun) or any(k in p.hits.get("arrested", {}) for k in range(max(0, at - 1), at + 2)):
        value["flow"] = "arrested"
    return value


def _of_a_group(p: Parsed, noun: Counted) -> bool:
    """True where the noun is one of a group (`7 журналистов`), in a language with a list of the words for everybody."""
    everybody = tuple(p.lexicon.small["everybody"])
    return any(p.at("people", k) and not p.tokens[k].low.startswith(everybody) for k in range(noun.chunk.j, noun.end))


def _composed(p: Parsed, noun: Counted) -> int:
    """How many people are named right before `and 13 other detainees`."""
    i = noun.chunk.i
    if i == 0 or not (p.among(i - 1, "and") or p.among(i - 1, "with")) or "n" not in noun.chunk.value:
        return 0
    if not p.any_of("other", i, noun.end + 1):
        return 0
    if i >= 2 and p.among(i - 2, "he"):
        return 1
    before = [c for c in p.of("person") if c.j == i - 1 or (c.j < i and p.tokens[c.j].text == ",")]
    group = [c for c in joined(p, before) if not _only_related(p, c)]
    if len(group) <= 1 and _with_the_named(p, noun):
        return 1
    return len(group) if group and group[-1].j >= i - 2 else 0


def _only_related(p: Parsed, chunk: Chunk) -> bool:
    """True for Y in `X, the husband of the opposition leader Y, and 13 others`."""
    return any(0 <= chunk.i - e[0] <= 5 for e in p.hits.get("linked_to", {}).values())


def _with_the_named(p: Parsed, noun: Counted) -> bool:
    """True for the thirteen of `freed X, a dissident and the husband of Y, and 13 others`."""
    i = noun.chunk.i
    if not (p.among(i - 1, "and") and p.any_of("other", i, noun.end + 1)):
        return False
    verbs = [e[0] for e in p.hits.get("free_verb", {}).values() if e[0] <= i]
    return any(0 <= c.i - end <= 4 and c.j < i for end in verbs[-1:] for c in p.of("person"))


def _default(p: Parsed, noun: Counted, previous: str | None, before: Parsed | None) -> str | None:
    """The kind of a count that no word of freedom or custody governs; `before`: the sentence before."""
    concerned = p.has("concerns", max(0, noun.chunk.i - 3), noun.chunk.i)
    if previous is not None and (concerned or any(p.at("trait", k) for k in (noun.chunk.j, noun.end))):
        return previous
    if concerned and (p.has("pardon_word") or p.has("free_noun", 0, noun.chunk.i)):
        return "count_released"  # "a prisoner exchange involving 26 people"
    if noun.dated and previous is None and any(q.has("freed_unit") for q in (before, p) if q is not None):
        return None if p.lexicon.cases else "count_released"  # "de las liberaciones, las ONG confirman nueve"
    if concerned and before is not None and (before.has("pardon_word") or before.has("free_noun")):
        return "count_released"  # "a series of pardons. The last one covered 31 people"
    if noun.chunk.i and p.tokens[noun.chunk.i - 1].text in ":—–":
        headed = range(max(0, noun.chunk.i - 8), noun.chunk.i)
        if any(p.at("death", k) for k in headed):
            return None
        for label, kind in (("freed_state", "count_released"), ("held_state", "count_detained")):
            if any(p.at(label, k) for k in headed):
                return kind  # "Still inside: 1,168"
    if p.among(noun.end, "as") and p.at("political", noun.end + 1):
        return "count_detained"
    if p.at("prisoners", noun.chunk.j) and p.has("counting", max(0, noun.chunk.i - 3), noun.chunk.i):
        return "count_detained"  # "La lista suma 1.150 prisioneros"
    opening = range(max(0, noun.chunk.i - 6), noun.chunk.i)
    if any(p.at("among", k) for k in opening) and any(p.at("prisoners", k) or p.at("political", k) for k in opening):
        freed = any(p.at("freed_state", k) for k in opening)
        return "count_released" if freed else previous or "count_detained"  # "among the prisoners are 170 women"
    named_before = p.lexicon.tables["free_order"] and p.has("political", max(0, noun.chunk.i - 5), noun.chunk.i)
    if noun.only_political or noun.unit == "political_prisoners" or named_before:
        return "count_detained"
    if noun.end < len(p.tokens) and noun.end in p.hits.get("event_verb", {}):
        return None
    listed = range(noun.end, min(len(p.tokens), noun.end + 8))
    if (
        noun.end > noun.chunk.j
        and any(k in p.hits.get("held_count", {}) for k in listed)
        and p.has("prisoners", noun.end)
    ):
        return "count_detained"
    part = noun.dated or noun.sex or noun.nationality or of_them(p, noun.chunk) or equals(p, noun.chunk) is not None
    return previous if part else None


_NEEDS = {"prisoners": ("political", "prisoners"), "freed": FREED}


def _by_pattern(page: Page, s: int, p: Parsed) -> Iterator[tuple[Claim, int]]:
    """What is said without a number or without its noun, and the token of the number (-1: none).

    `no hay presos políticos`, `people are arrested every day`, `put their number at 1,200`, `thirty-one pleaded guilty`.
    """
    used: set[int] = set()
    rows = [(kind, pattern) for kind in ("count_detained", "count_released") for pattern in patterns(p, kind)]
    for kind, pattern in rows:
        for match in matches(pattern, p):
            number = match.slots.get("number")
            if number is not None and (number.i in used or not _counts_people(page, s, match, number)):
                continue
            value: dict[str, Any] = {"n": 0, "op": "eq", "unit": "political_prisoners", "what": ""}
            if number is not None:
                value |= _amount(number) | {
                    k: v for k, v in match.pattern.sets.items() if k in ("unit", "flow", "part")
                }
                used.add(number.i)
            elif "op" in match.pattern.sets:
                value = {"op": match.pattern.sets["op"], "unit": "persons", "what": "", "flow": "arrested"}
            if page.published is not None and kind == "count_detained":
                value["as_of"] = page.published.isoformat()
            flags = frozenset(flags_of(p, match.i, match.j))
            quote = page.quote(s, match.i, match.j)
            claim = Claim(quote=quote, sentence=s, kind=kind, value=value, flags=flags)
            yield claim, -1 if number is None else number.i


def _counts_people(page: Page, s: int, match: Match, number: Chunk) -> bool:
    """True for a number of people that no noun follows, where the text speaks of what the pattern asks for: no sum, no year."""
    if "n" not in number.value or number.value.get("article"):
        return False
    needs = _NEEDS.get(match.pattern.sets.get("needs", ""))
    near = page.parsed[max(0, s - 1) : s + 1]
    return needs is None or any(q.has(label) for q in near for label in needs)


def read_counts(page: Page) -> Iterator[Claim]:
    """Each count of people freed (`count_released`) or held (`count_detained`) that the text states."""
    last: tuple[int, str] | None = None
    lost = -1  # the last sentence that counts people who were killed, fined or driven out
    wholes: list[tuple[str, float]] = []  # the kinds and numbers of the last counts, of which parts may follow
    known: dict[float, str] = {}  # the kind of each number counted so far
    for s, p in enumerate(page.parsed):
        answer = _answer(page, s, p)
        last = last if answer is None else (s, answer.kind)
        bare = list(_by_pattern(page, s, p))
        if not (p.chunks["number"] or p.chunks["share"]):
            yield from (claim for claim, _ in bare)
            continue
        taken: set[int] = set()
        nouns = nouns_of(p)
        groups = {group[0].chunk.i: group for group in parts_of(p, nouns)}
        grouped = {noun.chunk.i for group in groups.values() for noun in group}
        for noun in nouns:
            same = last is not None and last[0] == s
            previous = last[1] if last is not None and s - last[0] <= _NEAR_BEFORE else None
            if noun.chunk.i in groups:
                claim = _group_claim(page, s, p, groups[noun.chunk.i], previous, wholes[-_WHOLES:])
            elif noun.chunk.i in grouped or noun.chunk.value.get("article"):
                continue
            else:
                again = known.get(noun.chunk.value.get("n", -1)) if _definite(p, noun) else None
                claim = _claim(page, s, p, noun, again or previous, same=same or again is not None)
            if of_another_fate(p, noun):
                lost = s
            if claim is not None and lost == s and _listed(p, noun):
                continue  # "901 people were executed, 31 women among them"
            if claim is not None:
                answer = None if answer is not None and answer.quote.start >= claim.quote.start else answer
                last = (s, claim.kind)
                if "n" in claim.value:
                    wholes.append((claim.kind, claim.value["n"]))
                    known.setdefault(claim.value["n"], claim.kind)
                taken |= {k for k in p.chunks["number"] if claim.quote.start <= p.tokens[k].start < claim.quote.end}
                yield claim
        if answer is not None:
            yield answer
        for claim, at in bare:
            if at not in taken:
                last = (s, claim.kind)
                yield claim


def _answer(page: Page, s: int, p: Parsed) -> Claim | None:
    """The number alone that answers the question before it: `Колькі чалавек яшчэ сядзіць? Паводле «Вясны», больш за 1100.`"""
    asked = page.parsed[s - 1] if s else None
    if asked is None or not asked.any_of("how_many", 0, len(asked.tokens)) or len(asked.tokens) > _SHORT:
        return None
    kinds = (
        ("count_released", ("freed_state", "free_verb", "came_out")),
        ("count_detained", ("held_state", "held_verb")),
    )
    kind = next((kind for kind, labels in kinds if any(asked.has(x) for x in labels)), None)
    chunk = next((c for c in p.of("number") if c.value.get("n", 0) > 1), None)
    if kind is None or chunk is None or chunk.i > _SHORT:
        return None
    after = p.tokens[chunk.j].text if chunk.j < len(p.tokens) else "."
    if after not in ".,;:—–" and not p.at("people", chunk.j):
        return None
    value = _value(p, Counted(chunk, chunk.j, "persons"), kind, "", page, s, chunk.i)
    flags = frozenset(flags_of(p, chunk.i, chunk.j) | {"elliptic"})
    return Claim(quote=page.quote(s, chunk.i, chunk.j), sentence=s, kind=kind, value=value, flags=flags)


def _definite(p: Parsed, noun: Counted) -> bool:
    """True for a number of two digits or more with an article: `los 553 reclusos` are those counted before."""
    many = noun.chunk.value.get("n", 0) >= _TOLD_AGAIN and not p.lexicon.cases
    return many and (p.among(noun.chunk.i, "articles") or p.among(noun.chunk.i - 1, "articles"))


def _group_claim(
    page: Page, s: int, p: Parsed, group: list[Counted], previous: str | None, wholes: list[tuple[str, float]]
) -> Claim | None:
    """Neighbouring parts as one claim: each number by its category, and their sum; of the kind of what they add up to."""
    kind, how, at = governed(p, group[0])
    whole = next((of for of, n in reversed(wholes) if n == sum(noun.chunk.value["n"] for noun in group)), None)
    if whole is not None:
        kind, how, at = whole, "", group[0].chunk.i
    if kind is None:
        kind, how, at = governed(p, group[-1])
    kind = kind or previous or ("count_released" if p.has("freed_state") or p.has("free_verb") else None)
    if kind is None:
        return None
    value = _value(p, group[0], kind, how, page, s, at)
    value = {k: v for k, v in value.items() if k not in ("n", "op", "nationality", "unit", "what")}
    value["parts"] = {_category(noun, group): noun.chunk.value["n"] for noun in group}
    value["sum"] = sum(noun.chunk.value["n"] for noun in group)
    i, j = group[0].chunk.i, group[-1].end
    return Claim(
        quote=page.quote(s, i, j), sentence=s, kind=kind, value=value, flags=frozenset(flags_of_count(p, i, j, at))
    )


def _category(noun: Counted, group: list[Counted]) -> str | None:
    """Whom a part counts; beside people taken to a state, a state is where others were taken: `114 handed over to Ukraine`."""
    towards = noun.nationality and any(other.place and not other.nationality for other in group)
    return noun.sex or (f"to_{noun.nationality}" if towards else noun.nationality) or noun.place


def _listed(p: Parsed, noun: Counted) -> bool:
    """True for a count that stands in a list of those counted before: `..., among them 31 women`."""
    return any(ends[0] == noun.chunk.i for label in ("among", "among_them") for ends in p.hits.get(label, {}).values())


def _died_inside(p: Parsed, noun: Counted) -> bool:
    """True for prisoners who died as such: `в неволе погибли шесть политзаключенных`, `двое умерли за решёткой`."""
    if not p.lexicon.tables["free_order"] or not p.has("death", max(0, noun.chunk.i - 6), noun.end + 5):
        return False
    held = any(p.has(x, max(0, noun.chunk.i - 6), noun.end + 7) for x in ("held_state", "held_noun"))
    return held or noun.unit == "political_prisoners" or p.has("political", noun.chunk.i, noun.end)


def _given_terms(p: Parsed, noun: Counted) -> bool:
    """True for `одиннадцати из них назначили по два с половиной года`: the sentence says what each got, of some of them."""
    given = any(p.at("sentenced", k) for k in range(noun.end, min(len(p.tokens), noun.end + 5)))
    each = any(noun.end <= c.i <= noun.end + 8 and p.any_of("apiece", c.i - 1, c.i + 1) for c in p.of("duration"))
    return given and each and of_them(p, noun.chunk)


def _with_companies(page: Page, s: int, p: Parsed, noun: Counted) -> bool:
    """True for the people of `дадалі 25 чалавек і сем кампаній`, where sanctions are spoken of."""
    beside = [c for c in p.of("number") if 1 <= c.i - noun.end <= 3 and p.any_of("and", noun.end, c.i)]
    bodies = any(p.has("bodies", c.j, c.j + 3) for c in beside)
    return bodies and any(q.has("sanctions") for q in page.parsed[max(0, s - _NEAR_BEFORE) : s + 1])


def _given_for(p: Parsed, noun: Counted) -> bool:
    """True for the prisoners of `США сняли санкции за 52 заключённых`: they were what was given."""
    relief = any(p.has(label) for label in ("sanctions", "lift", "delist", "ease"))
    return p.lexicon.cases and relief and p.among(noun.chunk.i - 1, "for_whom")


def _some_arrests(p: Parsed, noun: Counted) -> bool:
    """True for `несколько административных арестов`, which are most often somebody's own."""
    return p.lexicon.cases and held_unit(p, noun) and noun.chunk.value.get("max", noun.chunk.value.get("n", 99)) <= _FEW


def _terms_of_theirs(p: Parsed, noun: Counted) -> bool:
    """True for `десятерым участникам движения дали от 11 до 15 лет`: they were convicted."""
    if not p.lexicon.cases or noun.end == noun.chunk.j or "n" not in noun.chunk.value:
        return False
    after = range(noun.end, min(len(p.tokens), noun.end + 8))
    given = any(p.at("sentenced", k) for k in after)
    return given and any(noun.end <= c.i <= noun.end + 12 for c in p.of("duration"))


def _of_the_prisoners(page: Page, s: int, p: Parsed, noun: Counted) -> bool:
    """True for `По оценке правозащитников, их больше 300`, after a sentence that speaks of political prisoners."""
    told = s > 0 and (page.parsed[s - 1].has("political") or p.has("political", 0, noun.chunk.i))
    return told and noun.end == noun.chunk.j and p.among(noun.chunk.i - 1, "theirs")


def _of_the_rest(p: Parsed, noun: Counted) -> bool:
    """True where the number is that of whoever remains: `the other 1,200`, `остальные 40`."""
    return any(ends[0] == noun.chunk.i for ends in p.hits.get("the_rest", {}).values())


def _only_travel(page: Page, s: int, noun: Counted) -> bool:
    """True for `40 tourists crossed into Lithuania`, where nothing near speaks of freedom, custody or prisoners."""
    if not page.parsed[s].any_of("travellers", noun.chunk.j, noun.end + 1):
        return False
    near = page.parsed[max(0, s - _NEAR_BEFORE) : s + _NEAR_BEFORE]
    labels = ("free_verb", "free_noun", "held_noun", "held_state", "political", "prisoners", "arrested")
    freed = any(at not in q.hits.get("crossed", {}) for q in near for at in q.hits.get("freed_state", {}))
    return not freed and not any(q.has(label) for q in near for label in labels)


def _claim(page: Page, s: int, p: Parsed, noun: Counted, previous: str | None, *, same: bool) -> Claim | None:
    listed = any(p.at("designate", k) for k in (noun.chunk.i - 1, noun.chunk.i - 2))
    prisoners = any(p.at(x, k) for x in ("political", "prisoners") for k in range(noun.chunk.j, noun.end))
    died_inside = _died_inside(p, noun)
    listed = listed and not any(p.at("freed_state", k) for k in (noun.end, noun.end - 1))
    if (of_another_fate(p, noun) and not died_inside) or of_a_family(p, noun) or (listed and not prisoners):
        return None  # killed, fined; somebody's children; or put on a list of sanctions
    if _given_terms(p, noun) or _some_arrests(p, noun) or _with_companies(page, s, p, noun):
        return None
    if p.has("went_elsewhere", noun.end, noun.end + 4) or p.has("not_prisoners", noun.chunk.j, noun.end + 1):
        return None  # "relieved 200 workers of a fee"; diplomats expelled
    said, how, at = governed(p, noun) if not died_inside else ("count_detained", "", noun.chunk.i)
    if p.has("relatives", noun.chunk.j, noun.end + 2) and how not in ("arrested", "free_verb", "freed_state"):
        return None  # "decenas de familiares frente a la cárcel"
    if _listed(p, noun) and same and previous is not None:
        said, how, at = previous, "", noun.chunk.i  # "6,134 prisoners, 52 foreigners among them"
    if p.has("recognised", noun.chunk.i, noun.end + 4):
        said, how, at = "count_detained", "", noun.chunk.i
    if said is None and _with_the_named(p, noun):
        said, how, at = "count_released", "", noun.chunk.i
    if said != "count_released" and p.has("deemed", noun.chunk.i, noun.end + 8):
        said, how, at = "count_detained", "", noun.chunk.i
        noun = replace(noun, unit="political_prisoners")  # "1,461 people are considered political prisoners"
    if previous is not None and (of_them(p, noun.chunk) or equals(p, noun.chunk) is not None):
        taken = how == "arrested" and 0 <= at - noun.end <= 2 and p.among(at - 1, "passive")
        rest = _of_the_rest(p, noun)
        if said is None and rest:
            return None  # "for the other 1,200 nothing changed": those are not the ones just counted
        stay = rest and said == "count_detained" and 0 <= at - noun.end <= 2  # "the other five are still held"
        stay = stay or (how == "freed_state" and previous == "count_detained" and 0 <= at - noun.end <= 1)
        if not stay and not (taken and previous == "count_released"):  # "two of them were re-arrested"
            said, how, at = previous, "", noun.chunk.i
    near = page.parsed[max(0, s - 1) : s + 1]
    if how in ("held_count", "held_noun") and not prisoners and any(q.has("sanctions") for q in near):
        return None  # "the list has 312 people and 46 companies", "cover 14 people, a prison head among them": of sanctions
    if said is None and prisoners and _given_for(p, noun):
        said, how, at = "count_released", "", noun.chunk.i
    if said is None and (_terms_of_theirs(p, noun) or _of_the_prisoners(page, s, p, noun)):
        said, how, at = "count_detained", "", noun.chunk.i
    kind = said if said is not None else (previous if same else None) or modified(p, noun)
    kind = kind or _default(p, noun, previous, page.parsed[s - 1] if s else None)
    if kind is None or (
        how in ("crossed", "freed_state") and at in p.hits.get("crossed", {}) and _only_travel(page, s, noun)
    ):
        return None
    flags = flags_of_count(p, noun.chunk.i, noun.end, at)
    if kind == "count_released" and demanded(p, at):
        kind, how = "count_detained", "held_state"
        flags = flags - {"promise"} | {"implied"}
    if noun.chunk.value.get("vague") or "ratio" in noun.chunk.value:
        flags.add("vague")
    value = _value(p, noun, kind, how, page, s, at)
    first = noun.chunk.i
    added = _composed(p, noun)
    if added:
        value["n"] += added
        value["compose"] = f"{added}+{value['n'] - added}"
        value.pop("nationality", None)
    if of_them(p, noun.chunk):
        value["part"] = True
    if "promise" in flags:
        value["modality"] = "promise"
    touching = said is not None and how != ""
    start, end = (min(first, at), max(noun.end, at + 1)) if touching and abs(at - first) <= 6 else (first, noun.end)
    return Claim(quote=page.quote(s, start, end), sentence=s, kind=kind, value=value, flags=frozenset(flags))
