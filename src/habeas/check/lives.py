"""Claims about people: part of a release, status, sentence, time held, age, awards and offices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from habeas.check.events import Events, identifier, read_day
from habeas.check.grammar import Match, Parsed, Pattern, load_patterns, matches
from habeas.check.numbers import Chunk
from habeas.check.page import Page, joined
from habeas.nouns import Claim

_FREED = ("freed_state", "free_verb", "free_noun")


def patterns(p: Parsed, kind: str) -> tuple[Pattern, ...]:
    """The patterns of one kind of claim in the language of a sentence."""
    return load_patterns(f"{p.lexicon.language}_patterns.yaml").get(kind, ())


def flags_of(p: Parsed, i: int, j: int) -> set[str]:
    """How the words `[i, j)` are said: attributed, negated, promised, hedged, asked."""
    flags: set[str] = set()
    if p.has("says"):
        flags.add("attributed")
    if p.has("negation", max(0, i - 3), j):
        flags.add("negated")
    if p.has("promise", max(0, i - 3), j):
        flags.add("promise")
    if p.has("hedge", max(0, i - 6), j):
        flags.add("hedged")
    if p.tokens[-1].text == "?":
        flags.add("question")
    return flags


def _said(page: Page, s: int, i: int, j: int, kind: str, value: dict[str, Any], flags: set[str]) -> Claim:
    return Claim(quote=page.quote(s, i, j), sentence=s, kind=kind, value=value, flags=frozenset(flags))


def _named(chunks: list[Chunk]) -> dict[str, Any]:
    names = list(dict.fromkeys(c.value["person"] for c in chunks))
    return {"person": names[0]} if len(names) == 1 else {"persons": names}


def _set(match: Match, name: str, default: Any = None) -> Any:
    return match.pattern.sets.get(name, default)


# --- membership ---------------------------------------------------------------------------------------------------


def _listed(p: Parsed, first: Chunk) -> list[Chunk]:
    """The person and everybody after in the same list: names with descriptions, joined by commas and `and`."""
    out = [first]
    for chunk in (c for c in p.of("person") if c.i > first.i):
        i, j = out[-1].j, chunk.i
        marks = {t.low for t in p.tokens[i:j]}
        verbs = p.any_of("clause_ends", i, j)
        linked = {",", ";", "'s"} & marks or p.any_of("and", i, j) or p.any_of("as", i, j)
        if j - i > 24 or (verbs and ";" not in marks) or not linked or _crossed(p, i, j):
            break
        out.append(chunk)
    return out


def _crossed(p: Parsed, i: int, j: int) -> bool:
    """True where another length of time stands between: it begins the next item of a series of sentences."""
    return any(i <= k < j for k in p.chunks["duration"])


def _member_chunks(p: Parsed, match: Match) -> list[Chunk]:
    first = match.slots["person"]
    if _set(match, "list"):
        return _listed(p, first)
    if _set(match, "before"):
        return joined(p, [c for c in p.of("person") if c.i <= first.i]) + [
            c for c in p.of("person") if first.i < c.i < match.j - 1
        ]
    return [first]


def _agent(p: Parsed, chunk: Chunk) -> bool:
    """True where the person is the one who frees, says or brokers, not the one freed."""
    after = range(chunk.j, min(len(p.tokens), chunk.j + 3))
    free = any(k in p.hits.get("free_verb", {}) for k in after) and not any(p.among(k, "passive") for k in after)
    passive_end = any(p.among(k, "freed") for k in after) and len(p.tokens) - chunk.j <= 3
    says = any(k in p.hits.get(label, {}) for label in ("says", "broker") for k in after)
    # "среди них A, сообщили власти": after a comma somebody else speaks, where the verb may come first.
    says = says and not (p.lexicon.tables["free_order"] and chunk.j < len(p.tokens) and p.tokens[chunk.j].text == ",")
    owner = chunk.j < len(p.tokens) and p.tokens[chunk.j].kind == "possessive"
    # Where cases mark the subject, words may stand in any order: only the ruler's own name tells the one who frees.
    free = free and not p.lexicon.tables["free_order"]
    if p.any_of("ruled_by", chunk.i - 2, chunk.i):
        return True
    speaker = p.lexicon.tables["capital_dates"] and any(ends[0] == chunk.i for ends in p.hits.get("says", {}).values())
    return (free and not passive_end) or says or speaker or owner or p.among(chunk.i - 1, "by")


def _of_the_held(p: Parsed, match: Match) -> bool:
    """True where the list before `among them` is one of people held: `1,400 political prisoners, including ...`."""
    before = range(match.i)
    held = any(p.at(label, k) for label in ("political", "held_state", "held_verb") for k in before)
    return held and not any(p.at(label, k) for label in (*_FREED, "crossed", "came_out") for k in before)


def read_membership(page: Page, events: Events, rulers: frozenset[str]) -> Iterator[Claim]:
    """Each person said to be, or not to be, part of a release."""
    recent = -9
    for s, p in enumerate(page.parsed):
        if any(p.has(label) for label in (*_FREED, "crossed")):
            recent = s
        used: set[int] = set()
        for pattern in patterns(p, "membership"):
            for match in matches(pattern, p):
                if (_set(match, "needs") == "freed" and s - recent > 2) or p.has("temporary"):
                    continue
                if _set(match, "list") and _set(match, "needs") == "freed" and _of_the_held(p, match):
                    continue
                for chunk in _member_chunks(p, match):
                    if (
                        chunk.i in used
                        or chunk.value["person"] in rulers
                        or (chunk.value.get("official") and not _set(match, "list"))
                        or (_agent(p, chunk) and _set(match, "member", True))
                    ):
                        continue
                    used.add(chunk.i)
                    yield _membership(page, events, s, p, match, chunk)


def _membership(page: Page, events: Events, s: int, p: Parsed, match: Match, chunk: Chunk) -> Claim:
    day = page.date_for(s, match.i, match.j)
    when = (
        read_day(str(day.value["date"]))
        if day is not None and day.value["precision"] != "year" and page.tokens_between(s, day, match.i, match.j) <= 6
        else None
    )
    member = bool(_set(match, "member", True))
    flags = flags_of(p, chunk.i, chunk.j) - ({"negated"} if member else set())
    value: dict[str, Any] = {"person": chunk.value["person"], "member": member}
    release = events.find(None, when, page.published)
    if release is not None:
        value["event"] = identifier(release)
    if when is not None:
        value["date"] = when.text
    if "promise" in flags:
        value["modality"] = "promise"
    start = min(chunk.i, max(match.i, chunk.i - 4)) if match.i <= chunk.i else chunk.i
    return _said(page, s, start, chunk.j, "membership", value, flags | ({"negated"} if not member else set()))


# --- status -------------------------------------------------------------------------------------------------------


def read_status(page: Page, rulers: frozenset[str]) -> Iterator[Claim]:
    """Each person said to be in custody, in exile, free or dead at the time of writing."""
    for s, p in enumerate(page.parsed):
        used: set[int] = set()
        for pattern in patterns(p, "status_now"):
            for match in matches(pattern, p):
                if used & set(range(match.i, match.j)) or _counted_inside(p, match):
                    continue
                chunks = _whose(page, s, p, match)
                names = [c for c in chunks if c.value["person"] not in rulers]
                if not names:
                    continue
                used |= set(range(match.i, match.j))
                value: dict[str, Any] = {**_named(names), "status": _set(match, "status")}
                value |= _when_so(page, s, p, match)
                flags = flags_of(p, match.i, match.j) - {"negated", "promise"}
                yield _said(
                    page,
                    s,
                    match.i,
                    match.j,
                    "status_now",
                    value,
                    flags | ({"coref"} if "person" not in match.slots else set()),
                )


def _when_so(page: Page, s: int, p: Parsed, match: Match) -> dict[str, Any]:
    """The day a status is said of: that of publication, or after `while` that of the event it goes with."""
    if p.among(match.i, "while"):
        day = page.date_for(s, match.i, match.j)
        return {} if day is None else {"as_of": day.value["date"], "dated": True}
    return {} if page.published is None else {"as_of": page.published.isoformat()}


def _counted_inside(p: Parsed, match: Match) -> bool:
    return any(match.i <= c.i < match.j for c in p.of("number")) or any(
        match.i <= k < match.j for k in p.hits.get("political", {}) if "person" not in match.slots
    )


def _whose(page: Page, s: int, p: Parsed, match: Match) -> list[Chunk]:
    chunk = match.slots.get("person")
    if chunk is not None and chunk.i > match.i + 1:
        return _listed(p, chunk)
    if chunk is not None:
        return _subjects(p, match)
    if p.any_of("plural", match.i, match.j):
        return page.group_for(s, match.i)
    found = page.person_for(s, match.i)
    return [] if found is None else [found]


def _subjects(p: Parsed, match: Match) -> list[Chunk]:
    """The people right before the verb of a status, with those joined to them by commas and a last `and`; no owners."""
    verb = min((span[0] for span in match.classes.values() if span[0] > match.i), default=match.j)
    named = [c for c in p.of("person") if c.j <= verb]
    last = named[-1]
    told = any(k in p.hits.get("says", {}) for k in range(last.j, verb)) and p.any_of("of_another", last.j, verb)
    if told or (last.j < len(p.tokens) and p.tokens[last.j].kind == "possessive"):
        return []
    group, joining = [last], False
    for chunk in reversed(named[:-1]):
        between = range(chunk.j, group[0].i)
        joining = joining or any(p.among(k, "and") for k in between)
        plain = all(p.tokens[k].text == "," or p.among(k, "joins_people") for k in between)
        if not joining or not plain:
            break
        group.insert(0, chunk)
    return group


# --- sentences and time held ---------------------------------------------------------------------------------------

_HELD = ("held_state", "held_noun", "held_verb", "arrested")


def _length(chunk: Chunk) -> dict[str, Any]:
    return {k: v for k, v in chunk.value.items() if k != "op" or v != "eq"}


def _near(p: Parsed, labels: tuple[str, ...], i: int, j: int, reach: int) -> bool:
    return any(p.has(label, max(0, i - reach), min(len(p.tokens), j + reach)) for label in labels)


def _sentence_people(page: Page, s: int, p: Parsed, match: Match) -> list[Chunk]:
    """Whose sentence it is: named in the match, right after it, or spoken of before."""
    chunk = match.slots.get("duration")
    at = chunk.i if chunk is not None else match.i
    named = match.slots.get("person")
    if named is not None and named.i > at:
        return _listed(p, named)
    after = [c for c in p.of("person") if 0 <= c.i - match.j <= 6]
    i, j = match.j, after[0].i if after else match.j
    parted = any(t.text in ",." for t in p.tokens[i:j]) or p.any_of("and", i, j) or p.any_of("but", i, j)
    if after and p.any_of("of_whom", i, j) and not parted:
        return _listed(p, after[0])[:6]
    return page.group_for(s, at)


def read_sentences(page: Page) -> Iterator[tuple[Claim, int, int]]:
    """Each sentence a court gave, with the tokens it takes: those lengths of time are no time held."""
    for s, p in enumerate(page.parsed):
        used: set[int] = set()
        context = any(p.has(label) for label in ("sentenced", "verdict"))
        for pattern in patterns(p, "sentence_length"):
            for match in matches(pattern, p):
                chunk = match.slots.get("duration")
                if chunk is None and not _set(match, "life"):
                    continue
                span = set(range(chunk.i, chunk.j)) if chunk is not None else set(range(match.i, match.j))
                if (
                    used & span
                    or (_set(match, "needs") == "sentenced" and not context)
                    or (chunk is not None and not _a_sentence(p, chunk))
                ):
                    continue
                used |= span
                yield _sentence(page, s, p, match, chunk), s, min(span)
        yield from _elliptic(page, s, p, used)


def _a_sentence(p: Parsed, chunk: Chunk) -> bool:
    """Years after `sentenced`, or before `in prison` unless someone spent, served or was held them."""
    value = chunk.value
    if not ({"years", "months", "years_max"} & set(value)) or value.get("years", 0) > 60:
        return False
    i = chunk.i
    opened = p.any_of("stretch_opens", i - 1, chunk.j - 1 if p.lexicon.tables["free_order"] else i)
    if p.any_of("time_spent", i - (4 if p.lexicon.tables["free_order"] else 2), i) or opened:
        return p.has("sentenced", max(0, i - 5), i) and p.any_of("jailed_for", i - 4, i)
    loose = value.get("op", "eq") in ("gt", "approx_lt") and not p.has("sentenced", max(0, i - 6), i)
    return not p.among(i - 1, "served") and not loose


def _sentence(page: Page, s: int, p: Parsed, match: Match, chunk: Chunk | None) -> Claim:
    value: dict[str, Any] = {}
    people = _sentence_people(page, s, p, match)
    if people:
        value |= _named(people)
    flags = flags_of(p, match.i, match.j) - {"promise"}
    if chunk is None:
        value["life"] = "negated" not in flags
    else:
        value |= _length(chunk)
        if (
            p.among(chunk.i, "to_a_term")
            and value.get("op") == "le"
            and not p.has("statutory", max(0, chunk.i - 6), chunk.i)
        ):
            value.pop("op")  # "прысудзілі да 18 гадоў": to eighteen years, not up to them
    near = range(max(0, match.i - 6), match.j)
    if any(k in p.hits.get("statutory", {}) for k in near):
        flags.add("statutory")
        value.pop("person", None)
        if "years" in value:
            value["max_years"] = value["years"]
    if len(people) > 1:
        flags.add("distributive")
    start = match.i if chunk is None or chunk.i - match.i <= 10 else chunk.i
    return _said(page, s, start, match.j, "sentence_length", value, flags)


def _elliptic(page: Page, s: int, p: Parsed, used: set[int]) -> Iterator[tuple[Claim, int, int]]:
    """`A got 9 years and B 7`: a name and a bare number after a sentence in the same breath."""
    if not used:
        return
    for chunk in p.of("person"):
        dash = chunk.j + 1 < len(p.tokens) and p.tokens[chunk.j].text in "—–"
        at = chunk.j + 1 if dash else chunk.j
        at += dash and p.among(at, "to_a_term")  # "Стефановича — на девять"
        number = p.chunks["number"].get(at)
        if (
            number is None
            or chunk.i < min(used)
            or not isinstance(number.value.get("n"), int)
            or number.value["n"] > 30
        ):
            continue
        if chunk.i and (p.among(chunk.i - 1, "and") or p.tokens[chunk.i - 1].text == ","):
            value = {"person": chunk.value["person"], "years": number.value["n"]}
            yield (
                _said(
                    page, s, chunk.i, number.j, "sentence_length", value, flags_of(p, chunk.i, number.j) | {"elliptic"}
                ),
                s,
                number.i,
            )


def read_lengths(page: Page, sentences: set[tuple[int, int]], offices: set[tuple[int, int]]) -> Iterator[Claim]:
    """Days held, other lengths of time said of somebody, and `since` a date in custody."""
    for s, p in enumerate(page.parsed):
        for chunk in p.of("duration"):
            if (s, chunk.i) in sentences or (s, chunk.i) in offices:
                continue
            claim = _held_for(page, s, p, chunk)
            if claim is not None:
                yield claim
        yield from _since(page, s, p)


def _held_for(page: Page, s: int, p: Parsed, chunk: Chunk) -> Claim | None:
    held = _near(p, _HELD, chunk.i, chunk.j, 5)
    whose = page.person_for(s, chunk.i)
    value = _length(chunk)
    flags = flags_of(p, chunk.i, chunk.j)
    days_only = set(value) <= {"days", "op"} and "days" in value
    held = held or (days_only and _freed_after(p, chunk))
    if days_only and held and value["days"] >= 5 and whose is not None:
        tail = min(
            (k for label in _HELD for k in p.hits.get(label, {}) if chunk.j <= k <= chunk.j + 4), default=chunk.j - 1
        )
        first = _held_before(p, chunk) if p.lexicon.tables["free_order"] else chunk.i
        return _said(page, s, first, tail + 1, "days_held", {"person": whose.value["person"], **value}, flags)
    free = p.lexicon.tables["free_order"]
    opened = p.any_of("opens_length", chunk.i - 2, min(chunk.i + 2, chunk.j) if free else chunk.i)
    named = next((c for c in p.of("person") if c.j == chunk.i - 1 and p.tokens[c.j].text in "–—:"), None)
    opened = opened or named is not None
    whose = named or whose
    if value.get("unit") == "days" and not opened:
        return None  # "a few days later": no length of anything
    if set(value) <= {"days", "op"} and value.get("days") == 1:
        return None  # "a day after"
    if not (opened or held or p.among(chunk.j, "after_length")) or (set(value) <= {"hours", "op"} and not held):
        return None
    if held and whose is not None:
        value["person"] = whose.value["person"]
        value["state"] = "in_custody"
    first = chunk.i - 1 if chunk.i and p.among(chunk.i - 1, "opens_length") else chunk.i
    return _said(page, s, first, min(len(p.tokens), chunk.j + 3) if held else chunk.j, "duration", value, flags)


def _held_before(p: Parsed, chunk: Chunk) -> int:
    """Where `провел в заключении 1613 дней` begins: the word of custody, or of time spent, before the length."""
    near = range(max(0, chunk.i - 4), chunk.i)
    held = [k for label in _HELD for k in p.hits.get(label, {}) if k in near]
    return min([*held, *(k for k in near if p.among(k, "time_spent"))], default=chunk.i)


def _freed_after(p: Parsed, chunk: Chunk) -> bool:
    """`was freed after 1,613 days`."""
    return p.among(chunk.i - 1, "after") and p.has("freed_state", max(0, chunk.i - 4), chunk.i)


def _opened(p: Parsed, day: Chunk, word: str) -> bool:
    """True where such a word stands right before a date, or before its article (`desde el 9 de febrero`)."""
    return p.among(day.i - 1, word) or (p.among(day.i - 1, "articles") and p.among(day.i - 2, word))


def _since(page: Page, s: int, p: Parsed) -> Iterator[Claim]:
    for day in p.of("date"):
        if (
            day.i
            and _opened(p, day, "since")
            and _near(p, ("held_state", "held_noun", "incommunicado"), day.i, day.j, 7)
        ):
            whose = page.person_for(s, day.i)
            counted = any(day.i - 8 <= k < day.i for label in ("political", "prisoners") for k in p.hits.get(label, {}))
            if whose is not None and not counted:
                value = {
                    "person": whose.value["person"],
                    "since": day.value["date"],
                    "precision": day.value["precision"],
                    "state": "in_custody",
                }
                start = max(
                    (k for label in ("held_state", "held_noun") for k in p.hits.get(label, {}) if k < day.i),
                    default=day.i - 1,
                )
                yield _said(page, s, start, day.j, "duration", value, flags_of(p, day.i, day.j))


# --- ages, awards, offices ----------------------------------------------------------------------------------------


def read_ages(page: Page) -> Iterator[Claim]:
    """Each age said of somebody; `40-year-old debt` is none."""
    for s, p in enumerate(page.parsed):
        for chunk in p.of("age"):
            after = [c for c in p.of("person") if 0 <= c.i - chunk.j <= 7]
            before = [c for c in p.of("person") if 0 <= chunk.i - c.j <= 3]
            adjective = p.tokens[chunk.j - 1].low.startswith(tuple(p.lexicon.tables["age_adjectives"]))
            if p.among(chunk.j, "things_of_age"):
                continue
            whose = before[-1] if before else (after[0] if after and adjective else page.person_for(s, chunk.i))
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
            yield _said(page, s, start, chunk.j, "age", value, flags_of(p, start, chunk.j) - {"negated", "promise"})


def read_awards(page: Page) -> Iterator[Claim]:
    """Each prize said to have been given to somebody in a year."""
    for s, p in enumerate(page.parsed):
        used: set[int] = set()
        for pattern in patterns(p, "award"):
            for match in matches(pattern, p):
                day = match.slots["date"]
                if day.i in used or ("prize" not in match.classes and not p.any_of("prize", match.i, match.j)):
                    continue
                whose = page.person_for(s, match.i) or next((c for c in page.people(s) if c.i >= match.i), None)
                near_after = [c for c in page.people(s) if 0 <= c.i - match.j <= 3]
                if near_after and p.any_of("laureate", match.i, near_after[0].i):
                    whose = near_after[0]
                if whose is None:
                    continue
                used.add(day.i)
                value = {"person": whose.value["person"], "award": _prize(p, match), "year": int(day.value["date"][:4])}
                yield _said(page, s, match.i, match.j, "award", value, flags_of(p, match.i, match.j) - {"promise"})


def _prize(p: Parsed, match: Match) -> str:
    i, j = match.classes.get("prize", (0, 0))
    words = " ".join(t.text for t in p.tokens[i:j])
    alone = j == i + 1 and p.among(i, "prize")
    return "Nobel Peace Prize" if i == j or alone or p.at("nobel", i) else words


def read_offices(page: Page, rulers: frozenset[str]) -> Iterator[tuple[Claim, int, int]]:
    """Each time in office or term of office said of a ruler, with the token where its length begins."""
    for s, p in enumerate(page.parsed):
        ruler = _ruler_near(page, s, rulers)
        if ruler is None:
            continue
        used: set[int] = set()
        for pattern in patterns(p, "office_tenure"):
            for match in matches(pattern, p):
                chunk = match.slots.get("duration") or match.slots.get("date") or match.slots["ordinal"]
                if chunk.i in used or (match.slots.get("duration") and chunk.value.get("years", 0) < 4):
                    continue
                if chunk.kind != "ordinal" and _near(p, ("held_state", "held_noun"), chunk.i, chunk.j, 3):
                    continue
                used.add(chunk.i)
                value: dict[str, Any] = {"person": ruler}
                if chunk.kind == "ordinal":
                    value["ordinal_term"] = chunk.value["ordinal"]
                elif chunk.kind == "date":
                    value["since"] = chunk.value["date"]
                else:
                    value |= _length(chunk)
                start = max(match.i, chunk.i - 6)
                yield (
                    _said(
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
        found = found or next(
            (c.value["person"] for c in page.people(back) if p.any_of("heads_of_state", c.i - 2, c.i)), None
        )
        if found is not None:
            return str(found)
        if names:
            break
    return None
