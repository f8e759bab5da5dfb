"""Which word of freedom or custody governs a count, and how the count is said."""

from __future__ import annotations

from habeas.check.grammar import Parsed
from habeas.check.phrases import Counted

_REACH = 9
_QUOTES = "\"'“”«»"
_IN_BRACKETS = 16  # tokens of an aside in brackets


def _clause(p: Parsed, i: int, j: int) -> tuple[int, int]:
    start, stop = i, j
    while start > 0 and p.tokens[start - 1].text not in ";()":
        start -= 1
        opened = _opening(p, start - 1) if p.lexicon.cases else None
        start = start if opened is None else opened
    while stop < len(p.tokens) and p.tokens[stop].text not in ";()":
        stop += 1
    return start, stop


def _opening(p: Parsed, k: int) -> int | None:
    """The bracket that opens what a bracket at token `k` closes, not far before it."""
    if k < 0 or p.tokens[k].text != ")":
        return None
    return next((n for n in range(k - 1, max(-1, k - _IN_BRACKETS), -1) if p.tokens[n].text == "("), None)


def _in_brackets(p: Parsed, i: int, j: int) -> int:
    """How many of the tokens `[i, j)` stand in brackets."""
    return sum(k - opened + 1 for k in range(i, j) if (opened := _opening(p, k)) is not None and opened >= i)


def _aside(p: Parsed, end: int, at: int) -> int:
    """The tokens of an aside between commas right after a noun phrase: `100 people, among them relatives, were jailed`."""
    if end >= len(p.tokens) or p.tokens[end].text != ",":
        return 0
    closing = next((k for k in range(end + 1, min(at, end + 16)) if p.tokens[k].text == ","), None)
    return 0 if closing is None else closing + 1 - end


def _nearest(p: Parsed, labels: tuple[str, ...], noun: Counted, *, left: bool) -> tuple[int, int, str] | None:
    """(distance, token, class) of the nearest governing word on one side of a noun phrase, within its clause."""
    start, stop = _clause(p, noun.chunk.i, noun.end)
    best: tuple[int, int, str] | None = None
    numbers = p.of("number")
    for label in labels:
        for at, ends in p.hits.get(label, {}).items():
            if left and start <= at and ends[0] <= noun.chunk.i:
                if label == "free_verb" and _is_noun(p, at, ends[0]):
                    continue
                if label == "free_noun" and _in_a_name(p, at, ends[0]):
                    continue
                if label == "free_noun" and _whose_release(p, noun, ends[0]):
                    best = (0, at, label)  # "the release on parole of 636 people who were deprived of liberty"
                    continue
                if label == "free_noun" and not _has_object(p, ends[0]):
                    continue
                distance = max(0, noun.chunk.i - ends[0] - (1 if label == "free_noun" else 0))
            elif not left and noun.end <= at < stop and not (label == "free_verb" and _is_noun(p, at, ends[0])):
                distance = at - noun.end - _aside(p, noun.end, at)
            else:
                continue
            if not left and label in _DESCRIBES and not p.lexicon.cases and _of_one_listed(p, noun, at):
                continue  # "verificó doce, entre ellos X, preso desde agosto"
            main = not left and label in _FREED_RIGHT and _main_verb(p, noun, at)
            if main:  # "four people jailed in the trial of 47 others were freed on Friday"
                distance = min(distance, 1)
            distance -= _in_brackets(p, min(at, noun.end), max(at, noun.chunk.i)) if p.lexicon.cases else 0
            if distance > _REACH or (best is not None and distance >= best[0]):
                continue
            if p.lexicon.tables["free_order"] and _next_clause(p, at, noun):
                continue
            if _of_no_person(p, noun, at, label, left=left):
                continue
            if label in _HELD_LEFT and p.any_of("out_of", at - 2, at + 1):
                continue  # "let out of the prisons"
            if label in ("held_noun", "held_state") and (_of_leaving(p, at) or _out_of(p, at)):
                continue
            if not left and label in _DESCRIBES and _came_out_later(p, noun, at):
                continue  # "diez estadounidenses detenidos en el país recobraron la libertad"
            if not left and label in _DESCRIBES and at == noun.end:
                if _were_freed(p, at):
                    continue  # "sixteen prisoners held in Russia were handed over"
                distance += 5 * _freed_later(p, at)  # "people convicted over the protests received a pardon"
            if not left and label == "convicted" and any(t.text == "," for t in p.tokens[noun.end : at]):
                distance += 3  # "trece miembros de la iglesia, condenados a 12 años": said beside
            low, high = min(at, noun.end), max(at, noun.chunk.i)
            distance += 0 if main else 3 * sum(1 for c in numbers if low < c.i < high and c is not noun.chunk)
            if distance <= _REACH and (best is None or distance < best[0]):
                best = (distance, at, label)
    return best


def _of_one_listed(p: Parsed, noun: Counted, at: int) -> bool:
    """True where a participle after an aside with a name describes whoever is named last in it."""
    aside = _aside(p, noun.end, at)
    named = any(noun.end < c.j < noun.end + aside for c in p.of("person"))
    return named and at == noun.end + aside and not any(p.any_of(x, at, at + 1) for x in ("passive", "auxiliaries"))


def _of_leaving(p: Parsed, at: int) -> bool:
    """True where the word of custody is part of a wording of freedom: `колонию покинули 15 женщин`."""
    return any(i <= at < ends[0] for i, ends in p.hits.get("freed_state", {}).items())


def _out_of(p: Parsed, at: int) -> bool:
    """True for the prison of `из СИЗО вышли четверо`."""
    return p.lexicon.cases and p.among(at - 1, "out_of") and p.has("freed_state", at - 1, at + 6)


def _carried(p: Parsed, noun: Counted) -> int | None:
    """The verb of `в Украину отправили 114 человек`: right before the number, a country it leads to before it."""
    verb = next((at for at, ends in p.hits.get("crossed", {}).items() if ends[0] == noun.chunk.i), None)
    if verb is None or not p.lexicon.tables["free_order"]:
        return None
    led = any(c.j <= verb and verb - c.j <= 2 and p.among(c.i - 1, "to") for c in p.of("nation"))
    return verb if led else None


_DESCRIBES = ("convicted", "arrested", "held_verb", "held_state")  # as participles right after a noun


def _came_out_later(p: Parsed, noun: Counted, at: int) -> bool:
    """True where a participle soon after a noun only describes, and an active verb of freedom follows in the clause."""
    if p.lexicon.cases or at - noun.end > 4 or any(p.among(k, "passive") for k in range(noun.end, at)):
        return False
    stop = next((k for k in range(at, len(p.tokens)) if p.tokens[k].text in ",;:"), len(p.tokens))
    endings = tuple(p.lexicon.tables["active_past_ends"])
    finite = (k for k in p.hits.get("freed_state", {}) if p.tokens[k].low.endswith(endings))
    later = [k for k in sorted({*p.hits.get("came_out", {}), *finite}) if at < k < min(stop, at + 13)]
    return bool(later) and not p.any_of("clause_ends", at, later[0])


def _of_no_person(p: Parsed, noun: Counted, at: int, label: str, *, left: bool) -> bool:
    """True for `released a photograph of five suspects` and `30 lawmakers visited the prison`: nobody is freed or held."""
    if left:
        return label in _FREED_LEFT and p.among(noun.chunk.i - 1, "of_whole") and p.among(noun.chunk.i - 2, "papers")
    return label == "held_noun" and p.among(noun.end, "calls_at") and at - noun.end <= 3


def _main_verb(p: Parsed, noun: Counted, at: int) -> bool:
    """True for the word of freedom that `were` makes the verb of a noun which a participle describes."""
    if any(t.text in ";:" for t in p.tokens[noun.end : at]) or not p.any_of("passive", at - 2, at):
        return False
    if any(p.at(x, noun.end) for x in _DESCRIBES):
        return _were_freed(p, noun.end)
    verbs = [k for k in range(noun.end, at) if p.among(k, "passive") and not p.among(k - 1, "passive")]
    opened = _relative(p, noun.end) or any(p.among(k, "relative") for k in range(noun.end, min(noun.end + 6, at)))
    return opened and len(verbs) > 1  # "eight citizens who were detained in several countries were sent home"


def _whose_release(p: Parsed, noun: Counted, j: int) -> bool:
    """True where `of` before the number goes with the noun of freedom some words before it."""
    i = noun.chunk.i
    if j < i and p.tokens[j].text == ",":  # "la liberación, según informes, de unos 70 presos"
        j = next((k + 1 for k in range(j + 1, min(i, j + 7)) if p.tokens[k].text == ","), j)
        if j == i - 1 and p.among(i - 1, "of_whole"):
            return bool(p.lexicon.small["links_object"])
    between = p.tokens[j : i - 1]
    plain = all((t.kind == "word" and not t.capital) or t.text in _QUOTES for t in between)
    plain = plain and bool(p.lexicon.small["links_object"])
    of = p.among(i - 1, "of_whole") and 0 < len(between) <= 7
    return of and plain and not any(p.at(x, k) for x in ("prisoners", "event_verb") for k in range(j, i - 1))


def _freed_later(p: Parsed, at: int) -> bool:
    """True where a word of freedom follows in the clause: the participle before it only describes."""
    stop = next((k for k in range(at, len(p.tokens)) if p.tokens[k].text in ",;:"), len(p.tokens))
    return any(p.has(label, at + 1, stop) for label in ("freed_state", "free_verb"))


def _were_freed(p: Parsed, at: int) -> bool:
    """True where `were` or `have been` and a word of freedom follow in the clause, with no other verb between."""
    stop = next((k for k in range(at, len(p.tokens)) if p.tokens[k].text in ",;:"), len(p.tokens))
    be = next((k for k in range(at + 1, stop) if p.among(k, "passive")), stop)
    return any(p.has(label, be + 1, min(stop, be + 4)) for label in ("freed_state", "free_verb", "crossed"))


def _is_noun(p: Parsed, i: int, j: int) -> bool:
    """True where `release`, `pardon`, `swap` is the noun: `three waves of releases`, `the pardon`."""
    return j == i + 1 and p.among(i, "noun_or_verb") and i > 0 and p.among(i - 1, "determiners")


def _in_a_name(p: Parsed, i: int, j: int) -> bool:
    """True for the first word of `Amnesty International`."""
    return p.lexicon.tables["capital_dates"] and p.tokens[i].capital and j < len(p.tokens) and p.tokens[j].capital


def _next_clause(p: Parsed, at: int, noun: Counted) -> bool:
    """True where a comma and another number stand between: `the decree concerns 18, and 15 of them were sentenced`."""
    low, high = (at, noun.chunk.i) if at < noun.chunk.i else (noun.end + _aside(p, noun.end, at), at)
    comma = any(t.text == "," for t in p.tokens[low:high])
    return comma and any(low <= c.i < high for c in p.of("number"))


def _has_object(p: Parsed, j: int) -> bool:
    """True where the noun of freedom takes an object: `release of`; in languages of cases any object does."""
    if not p.lexicon.small["links_object"] or p.among(j, "links_object") or p.tokens[j].text == ":":
        return True
    return p.tokens[j].kind == "word" and p.among(j + 1, "links_object")  # "la liberación gradual de 553"


_FREED_LEFT, _FREED_RIGHT = ("free_verb", "free_noun", "freed_state"), ("freed_state", "free_verb", "crossed")
_HELD_LEFT_TOO = ("arrested", "held_state")  # where the verb may come first: `fueron detenidas 9 personas`
_HELD_LEFT, _HELD_RIGHT = (
    ("held_verb", "held_noun", "held_count", "convicted"),
    ("held_state", "held_verb", "held_noun", "convicted", "arrested"),
)


def modified(p: Parsed, noun: Counted) -> str | None:
    """What an adjective inside the noun phrase says: `75 jailed dissidents` are held, `135 former prisoners` were."""
    if freed_unit(p, noun):
        return "count_released"
    for k in range(noun.chunk.j, noun.end):
        if k in p.hits.get("held_state", {}) or k in p.hits.get("arrested", {}):
            return "count_detained"
        if k > noun.chunk.j and k in p.hits.get("convicted", {}) and p.lexicon.tables["free_order"]:
            return "count_detained"  # "uno de los 75 disidentes condenados"
        if k == noun.chunk.j and k in p.hits.get("convicted", {}) and p.among(noun.chunk.i - 1, "of_whole"):
            return None if p.lexicon.cases else "count_detained"  # "uno de los 75 condenados"
        if p.among(k, "former") and not (p.among(k, "once") and not p.has("prisoners", k, noun.end)):
            return "count_released"  # and "three former colleagues" were never held
    return None


def of_another_fate(p: Parsed, noun: Counted) -> bool:
    """True where the people counted were killed, fined or driven out: not held and not freed."""
    after = range(noun.end, min(len(p.tokens), noun.end + 4))
    stop = next((k for k in after if p.tokens[k].text in ",;:."), len(p.tokens))
    before = range(max(0, noun.chunk.i - 2), noun.chunk.i)
    if noun.chunk.i and p.tokens[noun.chunk.i - 1].text == ";":
        before = range(0)  # "tens of thousands protested; 35,000 were arrested"
    if any(p.among(k, "and") and any(c.j == k - 1 for c in p.of("number")) for k in before[1:]):
        before = range(0)  # "25 muertos y más de 2.400 detenidos": the dead have a number of their own
    taken = ("arrested", "free_verb", "held_verb", "convicted")
    if any(ends[0] == noun.chunk.i for label in taken for ends in p.hits.get(label, {}).values()):
        stop = noun.end  # "задержали 33 человека и оштрафовали 18": the verb right before the number has it
    if p.among(noun.end, "relative") and _told_later(p, noun.end):
        stop = noun.end  # "17,460 citizens who protested against the coup are still detained"
    return any(p.at("other_fate", k) for k in (*before, *(k for k in after if k < stop)))


def _told_later(p: Parsed, i: int) -> bool:
    """True where, after an active verb, `are` or `have been` and a word of custody or freedom follow in the clause."""
    stop = next((k for k in range(i, len(p.tokens)) if p.tokens[k].text in ",;:"), len(p.tokens))
    be = [k for k in range(i + 2, stop) if p.among(k, "passive")]
    return bool(be) and any(p.has(x, be[-1] + 1, stop) for x in ("held_state", "arrested", "freed_state"))


def of_a_family(p: Parsed, noun: Counted) -> bool:
    """True for the children somebody has: `a wife and four children`, `a mother of two children`."""
    short = noun.end - noun.chunk.j <= 2 or p.at("minors", noun.chunk.j)
    children = noun.sex == "minors" and noun.unit == "persons" and short
    return children and p.any_of("family", noun.chunk.i - 4, noun.chunk.i)


def held_unit(p: Parsed, noun: Counted) -> bool:
    """True where what is counted are arrests: `18.455 detenciones`."""
    return any(p.at("held_unit", k) for k in range(noun.chunk.j, noun.end))


def freed_unit(p: Parsed, noun: Counted) -> bool:
    """True where what is counted are releases or people freed: `444 excarcelaciones`."""
    return noun.freed or any(p.at("freed_unit", k) for k in range(noun.chunk.j, noun.end))


def governed(p: Parsed, noun: Counted) -> tuple[str | None, str, int]:
    """(kind, how it is said, token of the governing word)."""
    if noun.place:
        return "count_released", "crossed", noun.chunk.i
    listed = range(max(0, noun.chunk.i - 4), noun.chunk.i)
    if any(p.at("freed_list", k) for k in listed):
        return "count_released", "", noun.chunk.i
    if freed_unit(p, noun):
        crossed = next((k for k in range(noun.end, noun.end + 3) if p.at("crossed", k)), None)
        return "count_released", "" if crossed is None else "crossed", noun.chunk.i if crossed is None else crossed
    if held_unit(p, noun):
        return "count_detained", "", noun.chunk.i
    freed = _freed_past_aside(p, noun)
    if freed is not None:
        return "count_released", "freed_state", freed
    options: list[tuple[float, str, str, int]] = []
    together = p.among(noun.chunk.i - 1, "with") and p.any_of("other", noun.chunk.j, noun.end)
    first = p.lexicon.tables["free_order"] or together  # "was picked up with about 100 others"
    for labels, kind, left in (
        (_FREED_LEFT, "count_released", True),
        (_FREED_RIGHT, "count_released", False),
        (_HELD_LEFT + (_HELD_LEFT_TOO if first else ()), "count_detained", True),
        (_HELD_RIGHT, "count_detained", False),
    ):
        hit = _nearest(p, labels, noun, left=left)
        if hit is not None:
            # A verb right before the number governs it ("freed 40 jailed for posts"); else a state after it does.
            weight = hit[0] - (0.5 if not left and hit[2] in ("freed_state", "held_state") else 0.0)
            weight -= 1.0 if left and hit[0] <= 1 else 0.0
            weight += 2.0 if not left and _relative(p, noun.end) else 0.0  # "expelled seven priests who had been held"
            weight += 1.0 if left and hit[2] == "freed_state" else 0.0
            options.append((weight, kind, hit[2], hit[1]))
    if _last_of_those_freed(p, noun) or _freed_object(p, noun):
        options.append((-1.0, "count_released", "free_verb", noun.chunk.i))
    let = _let_go(p, noun)
    if let is not None:
        options.append((-2.0, "count_released", "free_verb", let))
    carried = _carried(p, noun)
    if carried is not None:
        options.append((0.0, "count_released", "crossed", carried))
    if not options:
        return None, "", noun.chunk.i
    _, kind, label, at = min(options)
    return kind, label, at


def _freed_past_aside(p: Parsed, noun: Counted) -> int | None:
    """The word of freedom after what is said beside: `48 Venezuelans, held by their own government, have been released`."""
    if p.lexicon.tables["free_order"] or noun.end >= len(p.tokens) or p.tokens[noun.end].text != ",":
        return None
    closing = (k for k in range(noun.end + 1, min(len(p.tokens), noun.end + _ASIDE)) if p.tokens[k].text == ",")
    k = next(closing, None)
    if k is None or not p.among(k + 1, "be"):
        return None
    clause = range(k + 2, min(len(p.tokens), k + 8))
    stop = next((n for n in clause if p.tokens[n].text in ",;:."), len(p.tokens))
    return next((n for n in clause if n < stop and p.at("freed_state", n)), None)


_ASIDE = 16  # tokens


def _freed_object(p: Parsed, noun: Counted) -> bool:
    """True for `liberó este jueves, con la ayuda de X, a 26 presos`: the object of a verb of freedom some words before."""
    i = noun.chunk.i
    if not p.among(i - 1, "personal"):
        return False
    verbs = [e[0] for e in p.hits.get("free_verb", {}).values() if i - 10 <= e[0] <= i - 1]
    between = range(max(verbs, default=i), i - 1)
    return bool(verbs) and not any(p.tokens[k].text in ",;:" or p.among(k, "personal") for k in between)


def _last_of_those_freed(p: Parsed, noun: Counted) -> bool:
    """True for the last of a list: `liberaron a A, a B y a decenas de presos políticos más`."""
    i = noun.chunk.i
    if not (p.among(i - 1, "personal") and p.among(i - 2, "and")):
        return False
    verbs = [e[0] for e in p.hits.get("free_verb", {}).values() if e[0] < i - 2]
    return any(any(e <= c.i < i for c in p.of("person")) and not p.any_of("clause_ends", e, i) for e in verbs[-1:])


def _relative(p: Parsed, k: int) -> bool:
    """True where a relative clause begins at token `k`, after a comma or not."""
    k += k < len(p.tokens) and p.tokens[k].text == ","
    return p.among(k, "relative")


def _let_go(p: Parsed, noun: Counted) -> int | None:
    """The `let` of `let 123 prisoners go`, whatever stands between."""
    go = p.any_of("let_go", noun.end, noun.end + 3)
    for k in range(max(0, noun.chunk.i - 4), noun.chunk.i):
        if go and p.among(k, "let"):
            return k
    return None


def demanded(p: Parsed, at: int) -> bool:
    """True where the release is asked for: those people are still held."""
    near = range(max(0, at - 9), at + 1)
    asked = any(k in p.hits.get("demand", {}) for k in near)
    beside = any(p.at("demand", k) for k in (at - 1, at - 2))
    return asked and (beside or not p.lexicon.small["demanded_of"] or p.any_of("demanded_of", at - 2, at + 1))


def flags_of_count(p: Parsed, i: int, j: int, at: int) -> set[str]:
    flags: set[str] = set()
    low, high = min(i, at), max(j, at)
    if p.has("promise", max(0, low - 4), high):
        flags.add("promise")
    if p.has("negation", max(0, low - 3), i):
        flags.add("negated")
    if p.has("says"):
        flags.add("attributed")
    if p.has("hedge"):
        flags.add("hedged")
    if p.tokens and p.tokens[-1].text == "?":
        flags.add("question")
    return flags
