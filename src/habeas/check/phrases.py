"""What a number counts: the noun phrase around it, its category, and neighbouring parts of one whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

from habeas.check.grammar import Parsed
from habeas.check.nobody import counts_nobody
from habeas.check.numbers import Chunk

_STOPS = frozenset(";:()—–.")
_MOST_PEOPLE = 5_000_000  # a greater number is money, or a slip
_FEW = 9  # the most that "several" and "some" mean
_FEWEST_ALONE = 10  # a smaller number alone counts anything
_NOUNS = ("people", "freed_unit", "held_unit")  # what a count can be of: people, releases, arrests


@dataclass(frozen=True, slots=True)
class Counted:
    """A number and what it counts: the end of its noun, the category if any, the words of the noun phrase."""

    chunk: Chunk
    end: int
    unit: str
    nationality: str | None = None
    sex: str | None = None
    only_political: bool = False
    place: str = ""
    freed: bool = False  # what is counted are releases or people freed
    dated: bool = False  # only a date tells it from the count before


def _sex(p: Parsed, k: int) -> str | None:
    """The word for women, men or minors at token `k`, in English; None where none stands there."""
    if not p.at("sexes", k):
        return None
    word = p.tokens[k].low
    return next((name for name in ("women", "men", "minors", "civilians", "military") if p.at(name, k)), word)


def _category(p: Parsed, k: int) -> tuple[str | None, str | None]:
    """(nationality, sex) of the noun at token `k`."""
    nation = p.chunks["nation"].get(k)
    code = nation.value["code"] if nation is not None else None
    if p.among(k, "foreign"):
        code = "foreign"
    sex = _sex(p, k)
    return code, sex


def _verb(p: Parsed, k: int) -> bool:
    return any(p.at(label, k) for label in ("free_verb", "crossed", "held_verb", "event_verb")) and not p.at(
        "people", k
    )


def counted(p: Parsed, chunk: Chunk) -> Counted | None:
    """The noun phrase after a number, or None where it counts no people."""
    if chunk.value.get("n", 0) > _MOST_PEOPLE:
        return None
    k, end, unit = chunk.j, chunk.j, ""
    nationality, sex, political = None, None, False
    while k < min(len(p.tokens), chunk.j + 9):
        token = p.tokens[k]
        noun = next((label for label in _NOUNS if p.at(label, k)), None)
        noun = None if noun is not None and (_other_things(p, k) or _of_a_series(p, k, chunk)) else noun
        breaks = noun is None and p.among(k, "breaks")  # "83 con nacionalidad extranjera" is one wording for people
        if breaks or token.text in _STOPS or k in p.chunks["number"] or k in p.chunks["date"]:
            break
        if unit and p.lexicon.tables["free_order"] and _verb(p, k):
            break  # "14 иностранцев передали Литве": the object stands before its verb
        if p.at("kin_of", k) and any(p.at(x, n) for x in ("political", "prisoners") for n in range(k + 1, k + 4)):
            return None  # "forty relatives of political prisoners"
        if k in p.hits.get("political", {}):
            political, unit, end = True, "political_prisoners", p.hits["political"][k][0]
            k = end
            continue
        code, found_sex = _category(p, k)
        nationality, sex = nationality or code, sex or found_sex
        if unit and p.lexicon.tables["free_order"] and _people_begin(p, k):
            nationality = nationality if nationality != code else None
            break  # "за вызваленне 52 чалавек амерыканцы знялі": whose deed it is
        if k in p.chunks["nation"]:
            k = end = p.chunks["nation"][k].j
            if not unit and _in_a_state(p, chunk, k):
                return None  # "released from three prisons across Hong Kong"
            if not unit and (_of_a_thing(p, k) or (chunk.kind == "share" and _goes_on(p, k))):
                return None  # "two Belarusian diplomats", "85 percent of American imports"
            unit = unit or "persons"
            continue
        if noun is not None:
            end = p.hits[noun][k][0]
            unit = unit or "persons"
            k = end
            continue
        k += 1
        if k - end > (6 if p.among(chunk.j, "of_whole") else 4):  # "two of its best-known political prisoners"
            break
    if not unit and any(p.among(k, "people_numbers") for k in range(chunk.i, chunk.j)):
        unit = "persons"
    if unit:
        return Counted(chunk, end, unit, nationality, sex, political)
    return None


def _people_begin(p: Parsed, k: int) -> bool:
    """True where a people in the nominative, or a state of capitals, and its verb follow: the subject of the clause."""
    nation = p.chunks["nation"].get(k)
    if nation is None or not (p.tokens[nation.j - 1].low.endswith(("цы", "не")) or p.tokens[k].text.isupper()):
        return False
    return any(p.at(x, nation.j) for x in ("lift", "ease", "delist", "impose", "free_verb", "event_verb"))


def _other_things(p: Parsed, k: int) -> bool:
    """True for the `other` of `30 other groups`, whose noun is nobody."""
    after = p.tokens[k + 1] if k + 1 < len(p.tokens) else None
    if not p.among(k, "other") or after is None or after.kind != "word" or p.lexicon.tables["free_order"]:
        return False
    named = any(k + 1 in found for found in p.hits.values()) or k + 1 in p.chunks["nation"] or after.capital
    return not (named or p.among(k + 1, "breaks")) and after.low.endswith("s")


def _in_a_state(p: Parsed, chunk: Chunk, k: int) -> bool:
    """True where the state that ends before token `k` only tells where the things counted are."""
    nation = next((c for c in p.of("nation") if c.j == k), None)
    apart = nation is not None and nation.i - chunk.j >= 2 and not p.lexicon.tables["free_order"]
    return apart and nation is not None and nation.value["form"] == "state" and not p.among(nation.i - 1, "articles")


def _goes_on(p: Parsed, k: int) -> bool:
    """True where a word that names nobody follows at token `k`."""
    plain = k < len(p.tokens) and p.tokens[k].kind == "word" and not p.among(k, "breaks")
    return plain and not any(p.at(label, k) for label in _NOUNS)


def _of_a_series(p: Parsed, k: int, chunk: Chunk) -> bool:
    """True for the releases of `three waves of releases`, where waves are counted."""
    event = p.at("freed_unit", k) or p.at("held_unit", k)
    number_of = any(
        k in ends for ends in p.hits.get("held_count", {}).values()
    )  # "eleva a 115 el número de excarcelados"
    return event and k - 1 > chunk.j and p.among(k - 1, "of_whole") and not number_of


def _of_a_thing(p: Parsed, k: int) -> bool:
    """True where an adjective of a country ends before token `k` and a noun that names no prisoner follows."""
    if not p.lexicon.tables["capital_nations"] or p.tokens[k - 1].low.endswith("s") or k >= len(p.tokens):
        return False
    token = p.tokens[k]
    plain = token.kind == "word" and not token.capital and token.low.endswith("s") and not p.among(k, "breaks")
    return plain and not any(k in found for found in p.hits.values()) and not p.among(k, "foreign")


_INSIDE = ("held_state", "held_noun")


def _bare(p: Parsed, chunk: Chunk) -> Counted | None:
    """A number without a noun that a word of freedom or custody follows, or a list of prisoners precedes."""
    equal = equals(p, chunk)
    if equal is not None:
        return equal
    if "ratio" in chunk.value:
        if p.among(chunk.j - 1, "percent_words"):
            return None
        return Counted(chunk, chunk.j, "persons") if of_them(p, chunk) or chunk.value["op"] != "most" else None
    if of_them(p, chunk) or _object(p, chunk) or p.at("trait", chunk.j):
        end = p.hits["of_them"][chunk.j][0] if p.at("of_them", chunk.j) else chunk.j
        return Counted(chunk, end, "persons")
    whole = next((c for c in p.of("number") if 1 <= c.i - chunk.j <= 2 and p.among(chunk.j, "of_whole")), None)
    k = first = chunk.j if whole is None else whole.j  # "eight of the 40 were in detention"
    told: tuple[str, ...] = ("freed_state", "held_state", "arrested", "verdict", "crossed")
    inside = not p.lexicon.cases and (p.has("held_state", k, k + 6) or p.has("held_noun", k, k + 6))
    told = (*told, "death") if inside and p.among(k, "auxiliaries") else told  # "siete han muerto entre rejas"
    told = (*told, "convicted") if p.lexicon.tables["free_order"] and p.among(k, "auxiliaries") else told
    told = (*told, "death") if p.lexicon.cases and any(p.has(x, k, k + 6) for x in _INSIDE) else told
    aside = _past_aside(p, k) if whole is None and p.lexicon.tables["free_order"] else k
    if aside > k and any(p.at(label, aside) for label in (*told, "free_verb")):
        return Counted(chunk, chunk.j, "persons")  # "ещё 18, преимущественно тяжелобольных, освободили"
    while k < min(len(p.tokens), first + 4) and p.among(k, "auxiliaries") and not any(p.at(x, k) for x in told):
        k += 1
    if k > first and p.among(k - 1, "relative"):
        k = _past_aside(p, k)  # "los 61 que, según las ONG, fueron capturados"
        while k < min(len(p.tokens), first + 14) and p.among(k, "auxiliaries") and not any(p.at(x, k) for x in told):
            k += 1
    verdicts = k == first and p.lexicon.tables["free_order"]  # "по двум приговорам": these are counted themselves
    if any(p.at(label, k) for label in told if not (verdicts and label == "verdict")):
        return Counted(chunk, chunk.j, "persons")
    before = range(max(0, chunk.i - 24), chunk.i)
    counted_before = any(k in p.hits.get("counting", {}) for k in before)
    whom = any(k in p.hits.get(label, {}) for label in ("political", "prisoners") for k in before)
    jailed = any(p.at("people", k) for k in before) and any(p.at("held_state", k) for k in before)
    whom = whom or jailed  # "the number of journalists behind bars stood at 361"
    return Counted(chunk, chunk.j, "political_prisoners") if counted_before and whom else None


def _object(p: Parsed, chunk: Chunk) -> bool:
    """`the release of 193`, `freed 52 in September`: a number alone right after the word that frees or jails."""
    after = chunk.j
    if _personal(p, chunk):
        return True
    alone = after >= len(p.tokens) or p.tokens[after].kind != "word" or p.among(after, "breaks")
    alone = alone or (p.among(after, "articles") and after + 1 in p.chunks["date"])  # "liberaron a 24 el lunes"
    if not alone or chunk.value.get("n", 0) < 2 or (after < len(p.tokens) and p.tokens[after].text in "-%/"):
        return False
    if p.among(chunk.i - 1, "to") and any(e[0] == chunk.i - 1 for e in p.hits.get("sentenced", {}).values()):
        return False  # "had been sentenced to eight"
    linked = p.among(chunk.i - 1, "links_object")
    ends = {chunk.i, chunk.i - 1} if linked else {chunk.i}
    labels = ("free_noun", "held_noun") if linked else ("free_verb", "arrested", "held_verb")
    if p.lexicon.tables["free_order"] and not linked:
        labels = (*labels, "crossed")  # "границу пересек 51"
        labels = (
            labels if p.lexicon.cases else (*labels, "freed_state", "held_state")
        )  # "liberadas 24 y encarceladas 9"
    return any(end[0] in ends for label in labels for end in p.hits.get(label, {}).values())


def _personal(p: Parsed, chunk: Chunk) -> bool:
    """True for `puso en libertad este lunes a dos de sus adversarios`: a preposition of people, whatever they are called."""
    k = next((k for k in range(chunk.i, chunk.j) if p.among(k, "personal")), chunk.i - 1)
    k = k if k >= chunk.i else chunk.i - 1
    if not p.among(k, "personal") or "n" not in chunk.value or chunk.j in p.chunks["duration"]:
        return False
    verbs = [e[0] for x in ("free_verb", "arrested") for at, e in p.hits.get(x, {}).items() if k - 7 <= e[0] <= k + 1]
    return any(not any(t.text in ",;:" or t.low == "a" for t in p.tokens[end:k]) for end in verbs)


def of_them(p: Parsed, chunk: Chunk) -> bool:
    """`six of them`, `over 60 from allies`: a part of the count before."""
    if any(c.j <= chunk.i and chunk.i - c.j <= 4 for kind in ("age", "duration") for c in p.of(kind)):
        return False  # "she is 49, and more than four of them were taken by prison"
    days = [c for c in p.of("duration") if c.j <= chunk.i and "days" in c.value]
    if days and not any(days[-1].j <= c.i < chunk.i for c in p.of("number")) and not p.has("people", 0, chunk.i):
        return False  # "2,671 days behind bars, 1,539 of them before a trial"
    comma = chunk.i - 1 if chunk.i and p.tokens[chunk.i - 1].text == "," else chunk.i  # "de ellos, 86"
    before = any(ends[0] in (comma, chunk.i) for ends in p.hits.get("of_them", {}).values())  # "из которых 20"
    k = chunk.i - 1  # "Of the 38, 28 had been convicted"
    whole = k > 1 and p.tokens[k].text == "," and any(c.j == k for c in p.of("number"))
    before = before or (whole and any(p.among(x, "of_whole") for x in range(max(0, k - 4), k)))
    from_some = p.among(chunk.j, "from") and (
        p.among(chunk.i - 1, "and") or any(ends[0] == chunk.i for ends in p.hits.get("among", {}).values())
    )
    return p.at("of_them", chunk.j) or before or from_some


def equals(p: Parsed, chunk: Chunk) -> Counted | None:
    """`only 30 were dissidents`, `a third of them are women`: the category stands after the verb."""
    k = p.hits["of_them"][chunk.j][0] if p.at("of_them", chunk.j) else chunk.j
    whole = next((c for c in p.of("number") if 1 <= c.i - chunk.j <= 2 and p.among(chunk.j, "of_whole")), None)
    k = k if whole is None else whole.j  # "five of the ten are"
    if k + 1 >= len(p.tokens) or not (p.among(k, "be") or p.tokens[k].text in "–—"):
        return None
    for at in range(k + 1, min(len(p.tokens), k + 4)):
        if p.lexicon.cases and at in p.chunks["number"]:
            break  # "среди пятидесяти двух было 14 иностранцев"
        if p.among(at, "from_state") or p.at("citizens", at):
            continue  # "seven are citizens of Iran, six are from Georgia"
        if at > k + 1 and (p.tokens[k + 1].low.endswith(("ed", "en")) or p.among(k + 1, "breaks")):
            break
        if at in p.hits.get("political", {}):
            return Counted(chunk, p.hits["political"][at][0], "persons", only_political=False)
        if at in p.hits.get("sexes", {}):
            return Counted(chunk, at + 1, "persons", sex=_sex(p, at))
        if p.among(at, "foreign"):
            return Counted(chunk, at + 1, "persons", nationality="foreign")
        if at in p.chunks["nation"]:
            nation = p.chunks["nation"][at]
            return Counted(chunk, nation.j, "persons", nationality=nation.value["code"])
        if at in p.hits.get("people", {}) or p.among(at, "breaks"):
            break
    return None


def _articles(p: Parsed) -> list[Chunk]:
    """`a Briton`, `an Estonian` at the end of a list of nationalities: one."""
    out = _lone_nationals(p) if p.lexicon.small["one_of_a_people"] else []
    for i, token in enumerate(p.tokens[:-1]):
        nation = p.chunks["nation"].get(i + 1)
        after = p.tokens[nation.j].low if nation is not None and nation.j < len(p.tokens) else "."
        listed = i and (p.among(i - 1, "and") or p.tokens[i - 1].text == ",")
        if (
            token.low in p.lexicon.small["one"]
            and nation is not None
            and nation.value["form"] == "people"
            and listed
            and (after in ".,;—–)" or any(after in p.lexicon.small[x] for x in ("citizen", "and", "passive")))
        ):
            out.append(Chunk("number", i, i + 1, {"n": 1, "op": "eq", "article": True}))
    return out


def _lone_nationals(p: Parsed) -> list[Chunk]:
    """`..., а также эстонец и швед`: without an article, a people in the singular at the end of such a list is one."""
    out: list[Chunk] = []
    endings = tuple(p.lexicon.small["one_of_a_people"])
    for nation in p.of("nation"):
        k, after = nation.i, p.tokens[nation.j].text if nation.j < len(p.tokens) else "."
        listed = k and (p.among(k - 1, "joins_parts") or p.tokens[k - 1].text == ",")
        single = nation.value["form"] == "people" and p.tokens[nation.j - 1].low.endswith(endings)
        others = [c for c in p.of("nation") if c.value["form"] == "people" and c.j < k]
        told = p.has("freed_state") or (len(others) > 1 and p.chunks["number"])
        if listed and single and (after in (".", ",", ";") or p.among(nation.j, "and")) and told:
            out.append(Chunk("number", k, k, {"n": 1, "op": "eq", "article": True}))
    return out


def nouns_of(p: Parsed) -> list[Counted]:
    out: list[Counted] = []
    for chunk in sorted((*p.of("number"), *p.of("share"), *_articles(p)), key=lambda c: c.i):
        if counts_nobody(p, chunk):
            continue
        noun = counted(p, chunk)
        if noun is None and (whole := _of_how_many(p, chunk)) is not None:
            noun = counted(p, whole)  # "five of the six political prisoners"
            noun = None if noun is None else replace(noun, chunk=chunk)
        if chunk.value.get("max") == _FEW and p.among(chunk.j, "of_whole"):
            continue  # "were some of those freed"
        if chunk.value.get("n") == 1 and p.among(chunk.j, "of"):
            continue  # "one of the best known"
        if chunk.value.get("n") == 1 and chunk.j - chunk.i == 1 and (noun is None or not noun.nationality):
            continue
        noun = _told_by_verb(p, noun) or noun or equals(p, chunk) or _named_before(p, chunk) or _bare(p, chunk)
        noun = noun or ((_by_date(p, chunk) or _after_place(p, chunk)) if out else None) or _after_date(p, chunk)
        noun = noun or _said_alone(p, chunk) or _after_colon(p, chunk)
        noun = _moved(p, chunk, noun) or noun
        if noun is not None and _in_listing(p, noun):
            continue
        if noun is not None and not (chunk.value.get("article") and not out):
            out.append(noun)
            out += _two_of_each(p, noun)
    return out


def _two_of_each(p: Parsed, noun: Counted) -> list[Counted]:
    """The peoples after the first of `по двое латышей, поляков и немцев`: each has the number too."""
    out: list[Counted] = []
    single = tuple(p.lexicon.small["one_of_a_people"])
    k = noun.end
    while noun.nationality is not None and p.among(noun.chunk.i - 1, "apiece") and k + 1 < len(p.tokens):
        nation = p.chunks["nation"].get(k + 1)
        if nation is None or not (p.tokens[k].text == "," or p.among(k, "and")):
            break
        if nation.value["form"] == "people" and p.tokens[nation.j - 1].low.endswith(single):
            break
        chunk = Chunk("number", nation.i, nation.i, dict(noun.chunk.value))
        out.append(Counted(chunk, nation.j, "persons", nationality=nation.value["code"]))
        k = nation.j
    return out


def _of_how_many(p: Parsed, chunk: Chunk) -> Chunk | None:
    """The number of the whole right after a number: the six of `five of the six`."""
    if not p.among(chunk.j, "of_whole"):
        return None
    return next((c for c in p.of("number") if 1 <= c.i - chunk.j <= 2), None)


def _told_by_verb(p: Parsed, noun: Counted | None) -> Counted | None:
    """`712 de los detenidos son hombres`: the category of a counted noun stands after `are`."""
    if noun is None or noun.sex or noun.nationality or noun.end + 1 >= len(p.tokens):
        return None
    if not (p.among(noun.end, "be") or p.tokens[noun.end].text in "–—"):
        return None
    k = noun.end + 1
    nation = p.chunks["nation"].get(k)
    code, sex = _category(p, k)
    if (code is None and sex is None) or (nation is not None and nation.value["form"] == "state"):
        return None
    return replace(noun, end=k + 1 if nation is None else nation.j, nationality=code, sex=sex)


def _named_before(p: Parsed, chunk: Chunk) -> Counted | None:
    """`женщин среди помилованных — 11`: in a free order the noun may stand before its number."""
    if not p.lexicon.tables["free_order"] or "n" not in chunk.value or chunk.value["n"] > _MOST_PEOPLE:
        return None
    if chunk.j < len(p.tokens) and p.tokens[chunk.j].kind == "word" and not p.among(chunk.j, "breaks"):
        return None
    sex, political, first, freed = None, False, chunk.i, False
    for k in range(chunk.i - 1, max(-1, chunk.i - 6), -1):
        if p.tokens[k].text in ",;.()" or k in p.chunks["number"] or k in p.chunks["date"]:
            break
        if p.at("sexes", k) or p.at("political", k) or p.at("people", k):
            sex, political, first = sex or _sex(p, k), political or p.at("political", k), k
            freed = freed or p.at("freed_unit", k)
    other = [c for c in p.of("number") if first - 3 <= c.j <= first]
    if first == chunk.i or any(all(t.kind == "word" for t in p.tokens[c.j : first]) for c in other):
        return None  # nothing, or the noun of another number
    return Counted(chunk, chunk.j, "political_prisoners" if political else "persons", sex=sex, freed=freed)


def _by_date(p: Parsed, chunk: Chunk) -> Counted | None:
    """`еще 16 — в июле и 31 — в ноябре`: after a count, numbers that only a date tells apart."""
    if "n" not in chunk.value or chunk.value["n"] > _MOST_PEOPLE:
        return None
    k = chunk.j
    while (
        k < min(len(p.tokens), chunk.j + 4)
        and k not in p.chunks["date"]
        and (p.tokens[k].text in "-–—" or any(p.among(k, name) for name in ("at_time", "opens_length", "articles")))
    ):
        k += 1
    day = p.chunks["date"].get(k)
    return None if day is None else Counted(chunk, day.j, "persons", dated=True)


def _after_place(p: Parsed, chunk: Chunk) -> Counted | None:
    """`в Азербайджане — 111, в Казахстане всего 19`: after a count, numbers that only the country before tells apart."""
    after = chunk.j
    alone = after >= len(p.tokens) or p.tokens[after].kind != "word" or p.among(after, "breaks")
    k = chunk.i - 1
    k -= k >= 0 and p.tokens[k].text in "-–—"
    placed = any(c.j == k + 1 and c.value["form"] == "state" for c in p.of("nation"))
    return Counted(chunk, chunk.j, "persons", dated=True) if alone and placed and "n" in chunk.value else None


def _after_date(p: Parsed, chunk: Chunk) -> Counted | None:
    """`en febrero de 2023 fueron 222`: a number alone that a date opens, where the talk is of releases."""
    after = chunk.j
    alone = after >= len(p.tokens) or p.tokens[after].kind != "word" or p.among(after, "breaks")
    if not alone or "n" not in chunk.value or chunk.value["n"] < 2:
        return None
    k = chunk.i - 1
    while k > chunk.i - 3 and (p.among(k, "be") or p.tokens[k].text in ",—–:"):
        k -= 1
    dated = any(day.j == k + 1 for day in p.of("date"))
    return Counted(chunk, chunk.j, "persons", dated=True) if dated else None


def _said_alone(p: Parsed, chunk: Chunk) -> Counted | None:
    """`a first report said 238`, `ya eran más de 160`: a number alone after a word of saying or being."""
    after = chunk.j
    alone = after >= len(p.tokens) or p.tokens[after].text in ",.;:" or p.among(after, "and")
    total = any(ends[0] == chunk.i for ends in p.hits.get("running_total", {}).values())
    alone = alone or (total and p.among(after, "since"))
    k = chunk.i - 1 if p.among(chunk.i - 1, "personal") else chunk.i  # "ha identificado a 202"
    sure = any(ends[0] == k for ends in p.hits.get("confirms", {}).values())
    least = 2 if sure else _FEWEST_ALONE  # "las ONG confirman nueve"
    if not alone or chunk.value.get("n", 0) < least or "n" not in chunk.value or after in p.chunks["number"]:
        return None
    said = (
        sure
        or _second_of_two(p, chunk)
        or any(ends[0] == chunk.i for ends in p.hits.get("says", {}).values())
        or any(p.among(chunk.i - 1, x) for x in ("be_several", "theirs"))
    )
    return Counted(chunk, chunk.j, "persons", dated=True) if said or total else None


def _second_of_two(p: Parsed, chunk: Chunk) -> bool:
    """True for the last number of `una ONG identificó a 202; el Observatorio, a 212`."""
    before = chunk.i - 1
    if not (p.among(before, "personal") and before and p.tokens[before - 1].text == ","):
        return False
    sure = {end for ends in p.hits.get("confirms", {}).values() for end in ends}
    return any(p.among(c.i - 1, "personal") and c.i - 1 in sure for c in p.of("number") if c.j < before)


def _after_colon(p: Parsed, chunk: Chunk) -> Counted | None:
    """`Still inside: 1,168`: a row of a table, its heading a word of freedom or custody."""
    ended = chunk.j >= len(p.tokens) or p.tokens[chunk.j].text in ".,;("
    ended = ended or (p.among(chunk.j, "as") and p.among(chunk.j + 1, "as_of"))  # ": 22,197 as of Friday"
    if not ended or "n" not in chunk.value or chunk.i < 2 or p.tokens[chunk.i - 1].text not in ":—–":
        return None
    labels = ("freed_state", "free_noun", "held_state", "arrested", "political")
    low = max(0, chunk.i - 8)
    whole = all(p.tokens[k].text not in ",;." for k in range(chunk.i - 1))
    headed = whole and any(p.has(label, low, chunk.i - 1) for label in labels) and not p.has("death", low, chunk.i)
    return Counted(chunk, chunk.j, "persons") if headed else None


def _past_aside(p: Parsed, k: int) -> int:
    """Past what stands between two commas right after a number."""
    if k >= len(p.tokens) or p.tokens[k].text != ",":
        return k
    closing = next((n for n in range(k + 1, min(len(p.tokens), k + 9)) if p.tokens[n].text in ",;:."), None)
    return closing + 1 if closing is not None and p.tokens[closing].text == "," else k


def _past_listing(p: Parsed, k: int) -> int:
    """Past an aside that lists some of the people: `ten, two children among them, were taken to Russia`."""
    if k + 1 >= len(p.tokens) or p.tokens[k].text != ",":
        return k
    closing = next((n for n in range(k + 1, min(len(p.tokens), k + 9)) if p.tokens[n].text == ","), None)
    listing = closing is not None and (p.has("among", k + 1, k + 3) or p.has("among_them", k + 1, closing))
    return closing + 1 if listing and closing is not None else k


def _in_listing(p: Parsed, noun: Counted) -> bool:
    """True for the two children of such an aside."""
    opened = any(
        ends[0] == noun.chunk.i and at and p.tokens[at - 1].text == "," for at, ends in p.hits.get("among", {}).items()
    )
    closed = noun.end < len(p.tokens) and p.tokens[noun.end].text == ","
    return opened and closed and p.has("crossed", noun.end, noun.end + 3)


def _moved(p: Parsed, chunk: Chunk, noun: Counted | None) -> Counted | None:
    """`12 were driven to Poland, 8 to Latvia`: numbers by where people were taken."""
    k = noun.end if noun is not None else chunk.j
    if chunk.j + 1 < len(p.tokens) and p.tokens[chunk.j].text in "–—" and p.among(chunk.j + 1, "to"):
        k, noun = chunk.j + 1, None  # "трое — в США"
    k = _past_listing(p, k)
    first = k
    while noun is not None and k < min(len(p.tokens), first + 4) and not p.among(k, "to"):
        if p.tokens[k].text in ",;." or (k in p.chunks["number"]):
            return None
        k += 1
    if k + 1 >= len(p.tokens) or not p.among(k, "to") or "n" not in chunk.value:
        return None
    at = k + 2 if p.among(k + 1, "articles") and k + 2 < len(p.tokens) else k + 1
    nation = p.chunks["nation"].get(at)
    if nation is None or nation.value["form"] != "state":
        return None
    endings = tuple(p.lexicon.tables["towards_ends"])
    if endings and not (p.tokens[nation.j - 1].low.endswith(endings) or p.tokens[nation.j - 1].text.isupper()):
        return None
    return Counted(chunk, nation.j, "persons", place=f"to_{nation.value['code']}")
