"""Claims about length: the terms that courts gave."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from habeas.check.grammar import Match, Parsed, matches
from habeas.check.lexicon import longest
from habeas.check.numbers import Chunk
from habeas.check.page import Page, joined, told_sex
from habeas.check.said import claimed, flags_of, length, listed_with, named, patterns, setting
from habeas.nouns import Claim

_MOST_YEARS = 30  # a bare number above it is no sentence
_MOST_DAYS = 60  # of an administrative sentence; what is longer was spent, not given
_MOST_BARE = 40  # and where it stands after the verb
_CONTEXT = 3  # sentences before, in which a verdict is spoken of
_SILENT = ("incommunicado", "kept")
_HELD = ("held_state", "held_noun", "held_verb", "arrested")


def _sentence_people(page: Page, s: int, p: Parsed, match: Match) -> list[Chunk]:
    """Whose sentence it is: named in the match, right after it, or spoken of before."""
    chunk = match.slots.get("duration")
    at = chunk.i if chunk is not None else match.i
    named = match.slots.get("person")
    if named is not None and named.i > at and not p.any_of("while", at, named.i):
        return listed_with(p, named)
    after = [c for c in p.of("person") if 0 <= c.i - match.j <= 6]
    between = range(match.j, after[0].i if after else match.j)
    if not p.lexicon.cases and any(p.among(k, "by") and not p.among(k, "of_whom") for k in between):
        after = []  # "tres años de cárcel por insultar a X"
    i, j = match.j, after[0].i if after else match.j
    parted = any(t.text in ",." for t in p.tokens[i:j]) or p.any_of("and", i, j) or p.any_of("but", i, j)
    apposed = (
        after and j - 1 > i and p.tokens[j - 1].text == "," and not any(t.text in ",." for t in p.tokens[i : j - 1])
    )
    if apposed and not p.has("says", after[0].j, after[0].j + 3):
        parted = p.any_of("and", i, j) or p.any_of("but", i, j)  # "26 years for the bishop, Rolando Álvarez"
    if after and p.any_of("of_whom", i, j) and not parted:
        return listed_with(p, after[0])[:6]
    if after and not parted and i <= j <= i + 4 and _given_to(p, after[0], i, at):
        return listed_with(p, after[0])[:6]
    lone = _lone_surname(p, match)
    if lone is not None:
        return [lone]
    group = page.group_for(s, at)
    own = [c for c in group if p.chunks["person"].get(c.i) is c]
    dash = next((k for k in range(at - 1, max(0, at - 4), -1) if p.tokens[k].text in "—–"), 0)
    if len(own) > 1 and p.lexicon.cases and dash:
        told = "f" if p.among(dash - 1, "she_alone") else "m" if p.among(dash - 1, "object_pronouns") else ""
        if told:  # "A и B осудили: её — на 11 лет, его — на 10"
            meant = [c for c in own if told_sex(c) == told]
            return meant if len(meant) == 1 else []
    if len(own) > 1 and (p.any_of("he_alone", own[-1].j, at) or p.any_of("she_alone", own[-1].j, at)):
        group = own = own[-1:]  # "A, B and C in Belarus, and D in Crimea, where he is serving six years"
    if own and p.lexicon.cases and _by_whom(p, own[-1], at):
        group, own = page.meant_by_pronoun(s, at), []  # "суддзя X дала яму тры гады"
    if len(group) > 1 and not own and p.any_of("the_last", 0, at):
        return group[-1:]
    marks = [k + 1 for k, t in enumerate(p.tokens[:at]) if t.text == ";"]
    bare = [c.j for c in p.of("number") if c.j <= at and p.tokens[c.i - 1].text in "—–"]  # "A — 11, B — 7,5 года"
    ended = max([*marks, *bare, *(d.j for d in p.of("duration") if d.j <= at)], default=0)
    since = [c for c in own if c.i >= ended]  # "A got ten years; B got four": the four are those of B
    group = since or group
    if at > 1 and p.tokens[at - 1].text in "—–" and p.among(at - 2, "kin"):
        return []  # "Муж получил пять лет, жена — три года"
    group = group or page.last_named(s)
    if not group:
        return page.introduced(s)
    return [] if _counted_since(p, group, at) else group


def _by_whom(p: Parsed, person: Chunk, at: int) -> bool:
    """True for the judge of `X дала яму тры гады`: the one who gave it, right before the verb and `him`."""
    k = person.j
    given = any(ends[0] > k for i, ends in p.hits.get("sentenced", {}).items() if i == k)
    return given and (p.among(k + 1, "he_alone") or p.among(k + 1, "she")) and k + 1 < at


def _lone_surname(p: Parsed, match: Match) -> Chunk | None:
    """The word with a capital right before the verb of a sentence, where no name was found: `while Sadeghi received ten`."""
    at = match.slots["duration"].i if "duration" in match.slots else match.j
    k = max((n for n in p.hits.get("sentenced", {}) if at - 5 <= n < at), default=0) - 1
    while k > 0 and p.among(k, "passive"):
        k -= 1
    if k < 1 or p.lexicon.tables["free_order"] or not p.tokens[k].capital or p.tokens[k].text.isupper():
        return None
    taken = any(c.i <= k < c.j for kind in ("person", "nation", "date") for c in p.of(kind))
    plain = p.tokens[k].kind == "word" and p.tokens[k - 1].kind == "word" and not p.tokens[k - 1].capital
    known = p.tokens[k].low in p.lexicon.organisation or p.tokens[k].low in p.lexicon.not_a_name
    joined_by = p.among(k - 1, "while") or p.among(k - 1, "and") or p.among(k - 1, "but")
    if taken or known or not plain or not joined_by:
        return None
    return Chunk("person", k, k + 1, {"person": p.tokens[k].text, "case": None})


def _part_before(p: Parsed, whole: Chunk) -> bool:
    """True for the ten of `one of ten`."""
    part = p.lexicon.tables["free_order"] or any(c.j == whole.i - 1 for c in p.of("number"))
    return bool(part) and p.among(whole.i - 1, "of_whole")


def _given_to(p: Parsed, person: Chunk, match_end: int, at: int) -> bool:
    """True for the name after the term in `суд дал 12 лет блогеру A`, where nobody is named before in the clause."""
    start = max((k + 1 for k in range(at) if p.tokens[k].text in ",;:"), default=0)
    named = any(start <= c.i < at for c in p.of("person"))
    return p.lexicon.cases and not named and not p.any_of("breaks", match_end, person.i)


def _counted_since(p: Parsed, group: list[Chunk], at: int) -> bool:
    """True where people without names are the subject, after whoever was named: `трое коллег получили по девять лет`."""
    own = group[-1].j if p.chunks["person"].get(group[-1].i) is group[-1] else 0
    counts = [c for c in p.of("number") if own <= c.i < at and not _part_before(p, c) and c.value.get("n") != 1]
    nouns = ("people", "political", "prisoners")
    return any(
        p.among(c.j, "kin") or any(p.at(x, k) for x in nouns for k in range(c.j, min(c.j + 3, at))) for c in counts
    )


def read_sentences(page: Page) -> Iterator[tuple[Claim, int, int]]:
    """Each sentence a court gave, with the tokens it takes: those lengths of time are no time held."""
    last = -9  # the last sentence that told a term: the rows of a list go on from it
    for s, p in enumerate(page.parsed):
        used: set[int] = set()
        context = any(p.has(label) for label in ("sentenced", "verdict"))
        told = context or any(q.has("verdict") or q.has("sentenced") for q in page.parsed[max(0, s - _CONTEXT) : s + 2])
        told = told or last == s - 1
        left = _yet_to_serve(page, s)
        pairs = respectively(page, s, p) if context and not p.has("left_to_serve") else {}
        for term, who in pairs.values():
            used |= set(range(term.i, term.j))
            value = ({} if who is None else {"person": who.value["person"]}) | length(term)
            flags = flags_of(p, term.i, term.j) - {"promise"} | {"distributive"}
            yield claimed(page, s, term.i, term.j, "sentence_length", value, flags), s, term.i
        for pattern in patterns(p, "sentence_length"):
            for match in matches(pattern, p):
                chunk = match.slots.get("duration")
                if chunk is None and not setting(match, "life"):
                    continue
                span = set(range(chunk.i, chunk.j)) if chunk is not None else set(range(match.i, match.j))
                if (
                    used & span
                    or (setting(match, "needs") == "sentenced" and not context)
                    or (setting(match, "needs") == "told" and (not told or left))
                    or (setting(match, "needs") == "held_or_told" and not (told or p.has("held_state")))
                    or (chunk is not None and not _a_sentence(p, chunk))
                ):
                    continue
                used |= span
                yield _sentence(page, s, p, match, chunk), s, min(span)
                last = s
        yield from _elliptic(page, s, p, used)


def _yet_to_serve(page: Page, s: int) -> bool:
    """True where the last that was said of lengths is what is left to serve: `сколько кому осталось: A — 9 лет`."""
    for q in reversed(page.parsed[max(0, s - _CONTEXT - 2) : s + 1]):
        if q.has("left_to_serve"):
            return True
        if q.has("verdict") and q.chunks["duration"]:
            return False
    return False


def respectively(page: Page, s: int, p: Parsed) -> dict[int, tuple[Chunk, Chunk | None]]:
    """Whose each length is in `A, B and C were given X, Y and Z, respectively`: (length, person) by its first token.

    Nobody's, where the text does not name as many people as lengths.
    """
    if not p.has("respectively"):
        return {}
    terms = [c for c in p.of("duration") if {"years", "months"} & set(c.value)]
    if not terms:
        return {}
    terms = _years_respectively(p) or [*_units_left_out(p, terms[0]), *terms]
    own = [c for c in p.of("person") if c.j <= terms[0].i]
    told = own or page.group_for(s, terms[0].i)
    beside = [c for c in told if p.among(c.i - 1, "compared") or p.among(c.i - 1, "with")]  # "tried along with X"
    people = joined(p, [c for c in told if c not in beside])[-len(terms) :]
    fits = len(people) == len(terms) > 1
    if not fits:
        return {c.i: (c, None) for c in terms} if len(terms) > 1 and not own else {}
    return {c.i: (c, who) for c, who in zip(terms, people, strict=True)}


def _years_respectively(p: Parsed) -> list[Chunk]:
    """The bare numbers of `B и C — 19 и 17 соответственно`, after a length in years."""
    at = min(p.hits.get("respectively", {0: ()}))
    out: list[Chunk] = []
    for number in reversed([c for c in p.of("number") if c.j <= at]):
        last = out[0].i if out else at
        n = number.value.get("n")
        joined_on = all(p.tokens[k].text == "," or p.among(k, "and") for k in range(number.j, last))
        if not isinstance(n, int) or n > _MOST_YEARS or not joined_on:
            break
        out.insert(0, Chunk("duration", number.i, number.j, {"years": n, "op": "eq"}))
    return out if len(out) > 1 else []


def _units_left_out(p: Parsed, term: Chunk) -> list[Chunk]:
    """The numbers before a length that share its unit: the 9 of `9 and 7 years, respectively`."""
    if len(set(term.value) - {"op"}) != 1:
        return []
    unit = next(k for k in term.value if k != "op")
    out: list[Chunk] = []
    for number in reversed([c for c in p.of("number") if c.j <= term.i]):
        last = out[0].i if out else term.i
        n = number.value.get("n")
        if n is None or not all(p.tokens[k].text == "," or p.among(k, "and") for k in range(number.j, last)):
            break
        out.insert(0, Chunk("duration", number.i, number.j, {unit: n, "op": number.value["op"]}))
    return out


def _a_sentence(p: Parsed, chunk: Chunk) -> bool:
    """Years after `sentenced`, or before `in prison` unless someone spent, served or was held them."""
    value = chunk.value
    i = chunk.i
    long = value.get("years", 0) > 60 and not p.has("sentenced", max(0, i - 4), i)
    left = p.has("left_to_serve", max(0, i - 4), i)
    if not ({"years", "months", "years_max"} & set(value)) or long or left:
        return not long and not left and _of_days(p, chunk)
    if p.has("reign", chunk.j, chunk.j + 2) or (p.lexicon.cases and p.among(chunk.j, "comparative")):
        return False  # "extended his 30-year rule", "дали на год меньше"
    near_verb = range(max(0, i - 6), i)
    jailed = any(p.at("sentenced", k) and not p.among(k, "jailed_so_long") for k in near_verb)
    loose = value.get("op", "eq") in ("gt", "approx_lt") and not jailed
    dashed = i > 1 and p.tokens[i - 2].text in "—–"  # "её — на 11 лет"
    opened = (
        not loose
        and not dashed
        and p.any_of("stretch_opens", i - 1, chunk.j - 1 if p.lexicon.tables["free_order"] else i)
    )
    due = any(e[0] == i and at < i - 1 for at, e in p.hits.get("sentenced", {}).items())
    if due and p.lexicon.tables["free_order"] and not p.lexicon.cases:
        return not loose  # "tendrá que pasar 20 años en prisión"
    if p.any_of("time_spent", i - (4 if p.lexicon.tables["free_order"] else 2), i) or opened:
        return _jailed_somebody(p, i) or (p.has("sentenced", max(0, i - 8), i) and p.any_of("jailed_for", i - 4, i))
    return not p.among(i - 1, "served") and not loose


def _jailed_somebody(p: Parsed, i: int) -> bool:
    """True for the length at token `i` in `jailed the rights campaigner X for ten years`: the name stands in between."""
    whom = next((c for c in p.of("person") if c.j == i - 1 and p.among(i - 1, "stretch_opens")), None)
    if whom is None or p.lexicon.tables["free_order"]:
        return False
    verbs = [k for k in p.hits.get("sentenced", {}) if whom.i - 8 <= k < whom.i and not p.among(k - 1, "passive")]
    return bool(verbs) and not any(t.text in ",;" for t in p.tokens[verbs[-1] : whom.i])


def _of_days(p: Parsed, chunk: Chunk) -> bool:
    """True for the days of an administrative sentence: `a 15-day sentence`, `sentenced to ten days`."""
    if not 0 < chunk.value.get("days", 0) <= _MOST_DAYS or p.lexicon.tables["free_order"]:
        return False
    given = any(e[0] in (chunk.i, chunk.i - 1) for at, e in p.hits.get("sentenced", {}).items() if at < chunk.i)
    opened = any(p.among(chunk.i - 1, name) for name in ("to", "jailed_for", "stretch_opens"))
    return p.at("term_noun", chunk.j) or (given and opened)


def _sentence(page: Page, s: int, p: Parsed, match: Match, chunk: Chunk | None) -> Claim:
    value: dict[str, Any] = {}
    people = [] if setting(match, "nobody") else _sentence_people(page, s, p, match)  # "the shortest was four years"
    if people:
        value |= named(people)
    flags = flags_of(p, match.i, match.j) - {"promise"}
    if chunk is None:
        value["life"] = "negated" not in flags
    else:
        value |= length(chunk)
        if (
            p.among(chunk.i, "to_a_term")
            and value.get("op") == "le"
            and not p.has("statutory", max(0, chunk.i - 6), chunk.i)
        ):
            value.pop("op")  # "прысудзілі да 18 гадоў": to eighteen years, not up to them
    near = range(max(0, match.i - 6), match.j)
    if any(k in p.hits.get("statutory", {}) for k in near):
        flags.add("statutory")
        if "years" in value:
            value["max_years"] = value["years"]
    if len(people) > 1:
        flags.add("distributive")
    start = match.i if chunk is None or chunk.i - match.i <= 10 else chunk.i
    return claimed(page, s, start, match.j, "sentence_length", value, flags)


def _elliptic(page: Page, s: int, p: Parsed, used: set[int]) -> Iterator[tuple[Claim, int, int]]:
    """`A got 9 years and B 7`, `B, sentenced to 13`: a name and a bare number after a sentence in the same breath."""
    if not used:
        yield from _years_left_out(page, s, p)
        yield from _condemned_to(page, s, p)
    yield from _serves(page, s, p, used)
    if not used:
        return
    for chunk in p.of("person"):
        term = p.chunks["duration"].get(chunk.j)
        if (
            term is not None
            and chunk.i >= min(used)
            and not used & set(range(term.i, term.j))
            and "years" in term.value
        ):
            flags = flags_of(p, chunk.i, term.j) | {"elliptic"}
            value = {"person": chunk.value["person"], **length(term)}
            yield claimed(page, s, chunk.i, term.j, "sentence_length", value, flags), s, term.i
            continue
        number = _bare_years(p, chunk) or _years_before(p, chunk)
        if number is None or chunk.i < min(used) or number.i in used:
            continue
        first = min(chunk.i, number.i)
        opened = range(max(0, first - 4), first)  # "and the accountant B one and a half"
        if any(p.among(k, "and") or p.tokens[k].text in ",;" for k in opened) or _after_role(p, chunk):
            half = longest(p.lexicon.and_a_half, p.tokens, number.i + 1) if number.i + 1 < len(p.tokens) else None
            whose = _side_by_side(p, chunk) if p.among(number.i - 1, "apiece") else [chunk]
            years = number.value["n"]
            over = half is not None or years != int(years)  # "7,5"
            value = {**named(whose), "years": int(years)} | ({"months": 6} if over else {})
            end = number.j if half is None else max(half[1], number.j)
            flags = flags_of(p, first, max(end, chunk.j)) | {"elliptic"}
            yield (
                claimed(page, s, first, end if first == chunk.i else chunk.j, "sentence_length", value, flags),
                s,
                number.i,
            )


def _serves(page: Page, s: int, p: Parsed, used: set[int]) -> Iterator[tuple[Claim, int, int]]:
    """`que cumplía nueve`, `una condena de casi 14`: years without their unit, where a sentence is all that is served."""
    for number in p.of("number"):
        n, k, i = number.value.get("n"), number.j, number.i
        alone = k >= len(p.tokens) or p.tokens[k].text in ".,;)" or p.among(k, "and")
        serves = p.among(i - 1, "age_or_term")
        of_term = p.among(i - 1, "of_whole") and any(e[0] == i - 1 for e in p.hits.get("term", {}).values())
        alone = alone and not (p.among(k, "and") and k + 1 in p.chunks["duration"])  # "penas de 15 y 20 años"
        fits = alone and (serves or of_term) and isinstance(n, int) and 1 < n <= _MOST_YEARS and not p.lexicon.cases
        if not fits or i in used:
            continue
        people = page.group_for(s, i)
        after = [c for c in page.people(s + 1) if c.i <= 1] if s + 1 < len(page.parsed) and not people else []
        whose = people[-1:] or after
        if whose:
            value = {**named(whose), "years": n}
            used.add(i)
            yield (
                claimed(
                    page, s, i - 2 if of_term else i - 1, k, "sentence_length", value, flags_of(p, i, k) | {"elliptic"}
                ),
                s,
                i,
            )


def _after_role(p: Parsed, chunk: Chunk) -> bool:
    """True where words for who it is stand between the joint and the name, and a dash after it: `a главному редактору A — пять`."""
    if chunk.j >= len(p.tokens) or p.tokens[chunk.j].text not in "—–":
        return False
    k = chunk.i - 1
    while k > max(0, chunk.i - 8) and p.tokens[k].kind == "word" and not p.among(k, "and") and not p.at("sentenced", k):
        k -= 1
    return k >= 0 and (p.among(k, "and") or p.tokens[k].text in ",;")


def _condemned_to(page: Page, s: int, p: Parsed) -> Iterator[tuple[Claim, int, int]]:
    """`X, 67, who had been sentenced to eight`: years, where the text has told of years before."""
    for chunk in p.of("person"):
        number = _bare_years(p, chunk)
        if number is None or number.i < chunk.j + 2 or p.tokens[chunk.j].text != "," or not p.among(number.i - 1, "to"):
            continue
        if not any("years" in c.value for q in page.parsed[:s] for c in q.of("duration")):
            return
        value = {"person": chunk.value["person"], "years": number.value["n"]}
        flags = flags_of(p, chunk.i, number.j) | {"elliptic"}
        yield claimed(page, s, chunk.i, number.j, "sentence_length", value, flags), s, number.i


def _side_by_side(p: Parsed, last: Chunk) -> list[Chunk]:
    """The people joined to the last one by nothing but commas and `and`: `Лосіку і Цыгановічу па 15`."""
    group = [last]
    for chunk in reversed([c for c in p.of("person") if c.j < last.i]):
        if chunk.j != group[0].i - 1 or not (p.among(chunk.j, "and") or p.tokens[chunk.j].text == ","):
            break
        group.insert(0, chunk)
    return group


def _years_left_out(page: Page, s: int, p: Parsed) -> Iterator[tuple[Claim, int, int]]:
    """`He had been given 15.`, `raised that to 34`: a bare number after the verb, where years were spoken of before."""
    before = [c for q in page.parsed[max(0, s - _CONTEXT) : s] for c in q.of("duration")]
    if not any("years" in c.value for c in before):
        return
    for number in p.of("number"):
        n, k = number.value.get("n"), number.j
        alone = k >= len(p.tokens) or p.tokens[k].text in ".,;" or p.among(k, "apiece")
        alone = alone or p.among(k, "and") or any(k <= c.i <= k + 2 for c in p.of("date"))
        opens = number.i - (p.among(number.i - 1, "to") or p.among(number.i - 1, "to_a_term"))
        verbs = [*p.hits.get("sentenced", {}).values(), *p.hits.get("asked_for", {}).values()]
        after_verb = any(ends[0] in (opens, number.i) for ends in verbs)
        of_people = any(p.has(x, 0, number.i) for x in ("counting", "people", "prisoners", "political"))
        changed = opens < number.i and p.has("changed_to", max(0, opens - 4), opens) and not of_people
        after_verb = after_verb or changed
        people = page.group_for(s, number.i)
        people = people or page.last_named(s)
        if alone and after_verb and people and isinstance(n, int) and 1 < n <= _MOST_BARE:
            value = {**named(people), "years": n}
            flags = flags_of(p, number.i, k) | {"elliptic"}
            yield claimed(page, s, number.i - 1, k, "sentence_length", value, flags), s, number.i


def _bare_years(p: Parsed, chunk: Chunk) -> Chunk | None:
    """The number of years without its unit that goes with a name: after a dash, a verb of sentence, or at once."""
    k = chunk.j
    dash = k < len(p.tokens) and p.tokens[k].text in "—–("  # "Poczobut (eight)"
    k += dash or (k < len(p.tokens) and p.tokens[k].text == ",")
    if k > chunk.j and not dash:
        k = _past_relative(p, k)
    if p.among(k, "to") and k + 1 in p.chunks["number"]:
        k += 1  # "A to nine years and B to seven and a half"
    verb = next((ends[0] for at, ends in p.hits.get("sentenced", {}).items() if at == k), None)
    if not dash and verb is None and k > chunk.j and not p.among(k - 1, "to") and not _gapped(p, chunk, k):
        return None
    k = k if verb is None else verb
    k += (dash or verb is not None) and (p.among(k, "to_a_term") or p.among(k, "to"))  # "Стефановича — на девять"
    k += p.among(k, "apiece") and k + 1 in p.chunks["number"]  # "Папову па 16"
    number = p.chunks["number"].get(k)
    n = None if number is None else number.value.get("n")
    if n is None or n > _MOST_YEARS or 2 * n != int(2 * n):
        return None
    return number


def _years_before(p: Parsed, person: Chunk) -> Chunk | None:
    """The number of `once años para A y diez para B`: bare, and a preposition of whom between it and the name."""
    k = person.i - 1
    while k > person.i - 4 and k > 0 and p.tokens[k].kind == "word" and not p.among(k, "of_whom"):
        k -= 1
    number = next((c for c in p.of("number") if c.j == k), None) if p.among(k, "of_whom") else None
    fits = number is not None and isinstance(number.value.get("n"), int) and 1 <= number.value["n"] <= _MOST_YEARS
    return number if fits and number is not None and not p.among(k, "of_whole") else None


def _gapped(p: Parsed, person: Chunk, k: int) -> bool:
    """True where a comma stands for the verb: `A cumple 18 años de condena; B, 14 años, y C, 12.`

    Only where an age needs the word for years.
    """
    number = p.chunks["number"].get(k)
    if number is None or k != person.j + 1 or not p.lexicon.tables["age_needs_years"]:
        return False
    ends = number.j >= len(p.tokens) or p.tokens[number.j].text in ".;," or p.among(number.j, "and")
    return ends and any(c.j <= person.i and "years" in c.value for c in p.of("duration"))


def _past_relative(p: Parsed, k: int) -> int:
    """Past an age and `who was` before the verb of a sentence: `B, de 67 años, que fue sentenciada a 12`."""
    age = p.chunks["age"].get(k) or p.chunks["age"].get(k + 1)
    if age is not None and age.j < len(p.tokens) and p.tokens[age.j].text == ",":
        k = age.j + 1
    aside = k + 2 < len(p.tokens) and p.tokens[k].capital and p.tokens[k + 1].text == "," and p.at("sentenced", k + 2)
    k += 2 * aside  # "Maykel Castillo, Osorbo, condenado a nueve"
    first = k
    day = p.chunks["date"].get(k + 1) if p.among(k, "clause_ends") else None
    k = k if day is None else day.j  # "які месяц таму атрымаў шэсць"
    while k < min(len(p.tokens), first + 3) and any(p.among(k, x) for x in ("clause_ends", "passive", "past_perfect")):
        k += 1
    return k if k > first and p.at("sentenced", k) else first
