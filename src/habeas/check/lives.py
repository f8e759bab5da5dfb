"""Claims about people: part of a release, status and age."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from habeas.check.days import event_beside
from habeas.check.events import Events, identifier, read_day
from habeas.check.governing import demanded
from habeas.check.grammar import Match, Parsed, matches
from habeas.check.numbers import Chunk
from habeas.check.page import Page, adjectival, joined, told_sex
from habeas.check.said import claimed, flags_of, listed_with, named, patterns, setting
from habeas.check.text import low
from habeas.nouns import Claim

_SUBJECT_ENDS = frozenset("бвгджзйклмнпрстфхцчшщў")  # letters in which a man's name ends only as a subject
_FREED = ("freed_state", "free_verb", "free_noun")
_OPPOSITE = {"in_custody": "released", "released": "in_custody"}  # what a status denied says; nothing of the others


# --- membership ---------------------------------------------------------------------------------------------------


def _member_chunks(p: Parsed, match: Match) -> list[Chunk]:
    first = match.slots["person"]
    if setting(match, "list"):
        return listed_with(p, first, terms=False)
    if setting(match, "before"):
        return joined(p, [c for c in p.of("person") if c.i <= first.i]) + [
            c for c in p.of("person") if first.i < c.i < match.j - 1
        ]
    return [first]


def _agent(p: Parsed, chunk: Chunk) -> bool:
    """True where the person is the one who frees, says or brokers, not the one freed."""
    after = range(chunk.j, min(len(p.tokens), chunk.j + 3))
    free = any(k in p.hits.get("free_verb", {}) for k in after) and not any(p.among(k, "passive") for k in after)
    passive_end = any(p.among(k, "freed") for k in after) and len(p.tokens) - chunk.j <= 3
    says = any(k in p.hits.get(x, {}) and not p.among(k, "sourced") for x in ("says", "broker") for k in after)
    # "среди них A, сообщили власти": after a comma somebody else speaks, where the verb may come first.
    says = says and not (p.lexicon.tables["free_order"] and chunk.j < len(p.tokens) and p.tokens[chunk.j].text == ",")
    owner = chunk.j < len(p.tokens) and p.tokens[chunk.j].kind == "possessive"
    # Where cases mark the subject, words may stand in any order: the one who frees is told by a form of the name that
    # can only be a subject (`Владимир Путин помиловал`).
    ends = [p.tokens[k].low[-1:] for k in (chunk.i, chunk.j - 1)]
    subject = ends[0] in _SUBJECT_ENDS and (ends[1] in _SUBJECT_ENDS or ends[1] == "о")
    subject = subject and any(p.at("free_verb", k) for k in after[:1])
    free = free and (subject or not p.lexicon.tables["free_order"])
    if _ruled_by(p, chunk) or _acts(p, chunk):
        return True
    speaker = p.lexicon.tables["capital_dates"] and any(ends[0] == chunk.i for ends in p.hits.get("says", {}).values())
    speaker = speaker or _speaks_after(p, chunk)
    if p.at("met", chunk.i - 1) and any(
        p.at(x, k) for x in ("freed_unit", "people") for k in (chunk.i - 2, chunk.i - 3)
    ):
        return True  # "вызваленых сустрэла X"
    together = p.among(chunk.i - 2, "together")  # "обменян вместе с A и B"
    return (free and not passive_end) or says or speaker or owner or (p.among(chunk.i - 1, "by") and not together)


def _acts(p: Parsed, chunk: Chunk) -> bool:
    """True for whoever a verb right before says has done something: `указ о помиловании подписал X`, `передал активист X`."""
    k = chunk.i
    while k > chunk.i - 3 and not any(ends[0] == k for ends in p.hits.get("acts", {}).values()):
        k -= 1
        if p.tokens[k].kind != "word":
            return False
    return k > chunk.i - 3


def _other_subject(p: Parsed, match: Match, chunk: Chunk) -> bool:
    """True where people without a name are freed, and the person is only told beside: `since X took office, 1,300
    prisoners have been freed`.
    """
    verbs = [
        i for label, (i, _) in match.classes.items() if label in ("freed_state", "came_out", "aboard") and i >= chunk.j
    ]
    if not verbs or p.lexicon.tables["free_order"]:
        return False
    k = min(verbs) - 1
    while k > chunk.j and any(p.among(k, x) for x in ("passive", "auxiliaries", "past_perfect")):
        k -= 1
    nouns = [at for x in ("people", "prisoners", "political") for at, e in p.hits.get(x, {}).items() if e[0] == k + 1]
    beside = [n for n in nouns if n > chunk.j and p.tokens[n - 1].text != ","]
    return bool(beside) and not any(p.any_of(x, chunk.j, min(beside)) for x in ("and", "with", "as"))


def _ruled_by(p: Parsed, chunk: Chunk) -> bool:
    """True for X in `the regime of X`, `el Gobierno nicaragüense de X`."""
    apart = p.any_of("ruled_by", chunk.i - 3, chunk.i - 1) and p.among(chunk.i - 1, "of")
    return apart or p.any_of("ruled_by", chunk.i - 2, chunk.i)


def _stays(p: Parsed, chunk: Chunk) -> bool:
    """True where the person of a list is said to stay inside: `A was freed, and B remains in the colony`."""
    after = range(chunk.j, min(len(p.tokens), chunk.j + 3))
    stop = next((k for k in after if p.tokens[k].text in ",;:"), len(p.tokens))
    return any(k < stop and (p.at("remain", k) or p.at("stayed", k)) for k in after)


def _speaks_after(p: Parsed, chunk: Chunk) -> bool:
    """True for whoever a verb of saying has as its subject after it: `сообщила жена Марина Адамович`."""
    k = chunk.i
    while k > 0 and (p.among(k - 1, "kin") or p.among(k - 1, "officials") or p.among(k - 1, "whose_kin")):
        k -= 1
    return k < chunk.i and any(ends[0] == k for ends in p.hits.get("says", {}).values())


def _contrasted(p: Parsed, match: Match, chunk: Chunk) -> bool:
    """True where another clause begins between a list and a person: `are not among them, and of X nothing is known`."""
    first = match.slots["person"]
    low = match.i if chunk is first else first.j
    for k in range(low, chunk.i - 1):
        if p.tokens[k].text == "," and p.among(k + 1, "contrast") and not p.among(k + 2, "also"):
            return True
    return False


def _linked_to(p: Parsed, chunk: Chunk) -> bool:
    """True where the person only tells whose ally or lawyer somebody is: `a lawmaker close to the laureate X`."""
    for at, ends in p.hits.get("linked_to", {}).items():
        if ends[0] <= chunk.i <= ends[0] + 5 and not any(t.text in ",;" for t in p.tokens[at : chunk.i]):
            return not any(ends[0] <= c.i < chunk.i for c in p.of("person"))
    return False


def _of_the_held(p: Parsed, match: Match) -> bool:
    """True where the list before `among them` is one of people held: `1,400 political prisoners, including ...`."""
    before = range(match.slots["person"].i)
    held = any(p.at(label, k) for label in ("political", "held_state", "held_verb") for k in before)
    remain = max((k for k in before if p.at("remain", k)), default=-1)
    if (
        remain >= 0
        and p.has("held_state", remain, before.stop)
        and not any(p.at(x, k) for x in (*_FREED, "came_out") for k in range(remain, before.stop))
    ):
        return True  # "were recognised before their pardons; 1,500 others are still in jail, among them X"
    return held and not any(p.at(label, k) for label in (*_FREED, "crossed", "came_out") for k in before)


def read_membership(page: Page, events: Events, rulers: frozenset[str], held: set[int]) -> Iterator[Claim]:
    """Each person said to be, or not to be, part of a release; `held`: sentences that count people held."""
    recent = -9
    told: set[int] = set()  # sentences that name somebody freed
    sure = [s for s, p in enumerate(page.parsed) if _tells_release(p)]
    for s, p in enumerate(page.parsed):
        if any(p.has(label) for label in (*_FREED, "crossed")):
            recent = s
        used: set[int] = set()
        if any(-6 <= k - s <= 2 for k in sure):
            yield from _of_the_unlisted(page, events, s, p)
        for pattern in patterns(p, "membership"):
            for match in matches(pattern, p):
                needs = setting(match, "needs")
                reach = {"freed": 2, "freed_last": 4}.get(str(needs))
                if (reach is not None and s - recent > reach) or p.has("temporary"):
                    continue
                about_held = any(recent < k < s for k in held) or _of_the_held(p, match)
                if needs in ("freed", "freed_last") and about_held:
                    continue
                if needs == "freed_last" and held & {s - 1, s}:
                    continue  # "1,100 are still held after 52 were freed. They include ..."
                if needs == "member" and not told & {s - 1, s}:
                    continue  # "so is X"
                if not setting(match, "member", True) and p.lexicon.cases and not any(-6 <= k - s <= 2 for k in sure):
                    continue  # "не вошел в этот перечень и X": of no release
                asked = demanded(p, match.slots["person"].i) or demanded(p, match.i)
                if _of_a_body(p, match) or p.has("went_elsewhere", match.i, match.j + 4):
                    continue
                if _only_travels(p, match) and not any(-1 <= s - k <= _SPOKEN for k in sure):
                    continue  # "приехал в Вильнюс на конференцию"
                if not setting(match, "before") and (asked or _only_wished(p, match)):
                    continue  # "they called on Moscow to free him"
                silent = any(p.has(label, match.i, match.j) for label in ("incommunicado", "kept"))
                if silent and setting(match, "before") and setting(match, "member", True):
                    continue  # "не выходит на связь"
                for chunk in _member_chunks(p, match):
                    if (
                        chunk.i in used
                        or chunk.value["person"] in rulers
                        or chunk.value.get("acts")
                        or (chunk.value.get("official") and not setting(match, "list"))
                        or (_agent(p, chunk) and setting(match, "member", True))
                        or (setting(match, "before") and _other_subject(p, match, chunk))
                        or (p.has("doubted", 0, chunk.i) and setting(match, "member", True))
                        or _ruled_by(p, chunk)
                        or (setting(match, "member", True) and "included" not in match.classes and _stays(p, chunk))
                        or (setting(match, "list") and (_contrasted(p, match, chunk) or _linked_to(p, chunk)))
                        or p.any_of("instead", match.i, chunk.i)
                    ):
                        continue
                    used.add(chunk.i)
                    told.add(s)
                    yield _membership(page, events, s, p, match, chunk)


def _only_wished(p: Parsed, match: Match) -> bool:
    """True where nothing but an infinitive says free, which nobody is said to have done: `вызваліць Насту Лойку`."""
    verb = match.classes.get("free_verb")
    if verb is None or not p.lexicon.cases or verb[1] != verb[0] + 1 or not p.tokens[verb[0]].low.endswith(_INFINITIVE):
        return False
    return not p.has("promise", max(0, verb[0] - 3), verb[0]) and not p.any_of("managed", verb[0] - 3, verb[0])


def _of_the_unlisted(page: Page, events: Events, s: int, p: Parsed) -> Iterator[Claim]:
    """Whom `в обмен она не попала` means."""
    for pattern in patterns(p, "membership_of"):
        for match in matches(pattern, p):
            chunk = page.person_for(s, match.i + 1)
            if chunk is not None:
                value: dict[str, Any] = {"person": chunk.value["person"], "member": False}
                day = page.date_for(s, match.i, match.j)
                release = events.find(None, None if day is None else read_day(str(day.value["date"])), page.published)
                value |= {} if release is None else {"event": identifier(release)}
                yield claimed(page, s, match.i, match.j, "membership", value, {"negated", "coref"})
                return


_INFINITIVE = ("ть", "ти", "ць")
_OLDEST = 110
_SPOKEN = 5  # sentences back in which a release is spoken of


def _tells_release(p: Parsed) -> bool:
    """True where a word of freedom stands that is no mere word of travel or of going out."""
    travels = _travels(p)
    return any(k not in travels for label in _FREED for k in p.hits.get(label, {}))


def _travels(p: Parsed) -> set[int]:
    """Where somebody only came, left or went out: `вышел`, and not `вышел на свободу`."""
    moved = {k for label in ("crossed", "went_out") for k in p.hits.get(label, {})}
    free = {
        k
        for label in (*_FREED, "came_out")
        for k, ends in p.hits.get(label, {}).items()
        if ends[0] > k + 1 and not p.among(ends[0] - 1, "out_of")
    }
    return moved - free - set(p.hits.get("free_verb", {}))


def _only_travels(p: Parsed, match: Match) -> bool:
    """True where nothing in a match says free but that somebody came, left or went out."""
    if not p.lexicon.tables["free_order"] or not (setting(match, "member", True) and match.classes):
        return False
    at = {span[0] for label, span in match.classes.items() if label in (*_FREED, "went_out", "came_out")}
    return bool(at) and at <= _travels(p)


def _of_a_body(p: Parsed, match: Match) -> bool:
    """True where the word of freedom is the name of a body: `according to Amnesty's X`."""
    i = match.i
    owner = i + 1 < len(p.tokens) and p.tokens[i + 1].kind == "possessive"
    return bool(i) and p.lexicon.tables["capital_dates"] and p.tokens[i].capital and owner


def _denied(p: Parsed, match: Match, chunk: Chunk) -> bool:
    """True where a negation stands beside the word of freedom: `has not been freed`, `did not free`, `has yet to be freed`."""
    if p.at("denied", chunk.i - 1):
        return True  # "neither A nor B was freed"
    if setting(match, "before"):
        for verb in [i for i, _ in match.classes.values() if i >= chunk.j] or [match.j]:
            apart = any(t.text in ",;" for t in p.tokens[verb - 2 : verb])
            if p.has("denied", max(chunk.j, verb - 2), verb) and not apart:
                return True  # "X, who is 79, was not let out"
        return p.has("denied", chunk.j, min(match.j, chunk.j + 6)) and not any(
            p.tokens[k].text in ",;" for k in range(chunk.j, match.j)
        )
    return match.i <= chunk.i and p.has("denied", max(0, match.i - 3), match.i)


def _membership(page: Page, events: Events, s: int, p: Parsed, match: Match, chunk: Chunk) -> Claim:
    day = page.date_for(s, match.i, match.j)
    beside = None if day is None else event_beside(p, day)
    if beside is not None and beside[0] in ("detention", "verdict", "death"):
        day = None  # "among those freed was X, who was arrested in June 2020"
    when = (
        read_day(str(day.value["date"]))
        if day is not None and day.value["precision"] != "year" and page.tokens_between(s, day, match.i, match.j) <= 6
        else None
    )
    member = bool(setting(match, "member", True)) and not _denied(p, match, chunk)
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
    alone = not any(chunk.j <= c.i < match.j for c in p.of("person"))
    opens = setting(match, "before") or chunk.i == match.i
    end = match.j if not member and alone and opens else chunk.j  # "X was not let out"
    return claimed(page, s, start, end, "membership", value, flags | ({"negated"} if not member else set()))


# --- status -------------------------------------------------------------------------------------------------------


def read_status(page: Page, rulers: frozenset[str], held: set[int]) -> Iterator[Claim]:
    """Each person said to be in custody, in exile, free or dead at the time of writing.

    `held`: sentences that count people held, after which `one of them is X` says that X is held.
    """
    for s, p in enumerate(page.parsed):
        used: set[int] = set()
        for pattern in patterns(p, "status_now"):
            for match in matches(pattern, p):
                if used & set(range(match.i, match.j)) or _for_so_long(p, match):
                    continue
                if _counted_inside(p, match) and not setting(match, "counted"):
                    continue
                if p.has("in_and_out", match.i, match.j) or _in_a_title(p, match):
                    continue
                pluperfect = any(p.among(k, "past_perfect") for k in p.said(match.i, match.j))
                if p.tokens[-1].text == "?" or (pluperfect and not setting(match, "past")):
                    continue  # "they had been held", "who is still inside?"
                if setting(match, "abroad") and (
                    match.slots["nation"].value["code"] == page.country or _some_years_ago(page, s, p, match)
                ):
                    continue
                if setting(match, "status") == "in_custody" and p.has("death", match.i, match.j):
                    continue  # "X, who was serving five years, died in a colony"
                if setting(match, "no_verb") and _has_past_verb(p, match):
                    continue  # "расписались они уже в изоляторе"
                if setting(match, "needs") == "held" and not {s - 2, s - 1, s} & held:
                    continue
                if setting(match, "list") and any(_tells_release(q) for q in page.parsed[max(0, s - 2) : s + 1]):
                    continue  # "among them X": those freed may be meant
                if setting(match, "held") and any(
                    p.has(label, 0, match.slots["person"].i) for label in (*_FREED, "crossed", "came_out", "death")
                ):
                    continue  # "123 prisoners were freed, including X"
                if "person" not in match.slots and not setting(match, "group") and _of_a_count(p, match):
                    continue
                chunks = _whose(page, s, p, match)
                names = [c for c in chunks if c.value["person"] not in rulers]
                if "person" not in match.slots and p.any_of("other", match.i - 3, match.j):
                    names = _others(names)
                if not names:
                    continue
                used |= set(range(match.i, match.j))
                listed = "person" in match.slots and match.slots["person"].i > match.i + 1
                end = max(match.j, names[-1].j) if listed else match.j
                denied = _status_denied(p, match)
                status = _OPPOSITE.get(setting(match, "status")) if denied else setting(match, "status")
                if status is None:
                    continue
                value: dict[str, Any] = {**named(names), "status": status}
                value |= _when_so(page, s, p, match)
                flags = flags_of(p, match.i, match.j) - {"negated", "promise"} | ({"negated"} if denied else set())
                yield claimed(
                    page,
                    s,
                    match.i,
                    end,
                    "status_now",
                    value,
                    flags | ({"coref"} if "person" not in match.slots else set()),
                )


def _some_years_ago(page: Page, s: int, p: Parsed, match: Match) -> bool:
    """True for `з'ехала ў Польшчу ў 2022 годзе`, which says nothing of where she is."""
    day = page.date_for(s, match.i, match.j)
    near = day is not None and page.tokens_between(s, day, match.i, match.j) <= 2
    return near and day is not None and day.value["date"][:4] != str(page.published)[:4] and p.lexicon.cases


def _in_a_title(p: Parsed, match: Match) -> bool:
    """True where the word of custody is a part of a name in quotation marks: `из «Руси сидящей»`."""
    span = match.classes.get("held_state", (0, 0))
    closed = span[1] < len(p.tokens) and p.tokens[span[1]].text in "»“”"
    opened = any(p.tokens[k].text in "«„“" and p.tokens[k + 1].capital for k in range(max(0, span[0] - 3), span[0]))
    return closed and opened


def _has_past_verb(p: Parsed, match: Match) -> bool:
    """True where the clause of a match has a verb in the past: a state told without a verb is a present one."""
    start = max((k + 1 for k in range(match.i) if p.tokens[k].text in ",;:()—–"), default=0)
    stop = next((k for k in range(match.j, len(p.tokens)) if p.tokens[k].text in ",;:()—–."), len(p.tokens))
    endings = tuple(low(e) for e in p.lexicon.tables["past_ends"])
    return any(
        len(t.low) > 4 and not t.capital and t.low.removesuffix("ся").removesuffix("сь").endswith(endings)
        for t in (*p.tokens[start : match.i], *p.tokens[match.i + 1 : stop])
    )


def _others(names: list[Chunk]) -> list[Chunk]:
    """`both of the other women`: not the one whom the sentence before is about, its first word."""
    return names[1:] if len(names) > 2 and names[0].i <= 1 else names


def _status_denied(p: Parsed, match: Match) -> bool:
    """True where a negation stands beside the words of a status: `is not in prison`, `не за решёткой`."""
    if "freed_state" in match.classes:
        return False  # "has yet to be freed"
    person = match.slots.get("person")
    first = person.j if person is not None and person.j < match.j else match.i
    near = range(max(first, match.j - 8), match.j)
    inside = {k for label in ("held_state", "back_in", "is_free", "in_exile") for k in _inner(p, label, match)}
    marks = [k for k in near if k in p.hits.get("denied", {}) and k not in inside and p.tokens[k].low != "without"]
    return len(marks) % 2 == 1 and not any(
        p.tokens[k].text in ",;:" or p.among(k, "and") for k in range(marks[-1], match.j)
    )


def _inner(p: Parsed, label: str, match: Match) -> Iterator[int]:
    """The tokens that phrases of a class take up inside a match: `not been sentenced` denies nothing of custody."""
    for at, ends in p.hits.get(label, {}).items():
        if match.i <= at < match.j:
            yield from range(at, ends[0])


def _when_so(page: Page, s: int, p: Parsed, match: Match) -> dict[str, Any]:
    """The day a status is said of: that of publication, or after `while` that of the event it goes with."""
    if p.among(match.i, "while"):
        day = page.date_for(s, match.i, match.j)
        return {} if day is None else {"as_of": day.value["date"], "dated": True}
    return {} if page.published is None else {"as_of": page.published.isoformat()}


def _for_so_long(p: Parsed, match: Match) -> bool:
    """True where a length or `since` a day follows: `has been behind bars since 2017` is read as a length of time."""
    if setting(match, "status") != "in_custody" or ("person" in match.slots and match.slots["person"].i > match.i):
        return False
    if "remain" in match.classes:
        return False  # "continúa recluida desde febrero": a state, and how long it has lasted
    stop = next((k for k in range(match.j - 1, len(p.tokens)) if p.tokens[k].text in ":;"), len(p.tokens))
    after = range(max(match.i, match.j - 1), min(stop, match.j + 6))
    since = any(p.among(k, "since") and any(0 < c.i - k <= 3 for c in p.of("date")) for k in after)
    return since or any(match.j - 1 <= c.i <= min(stop, match.j + 2) for c in p.of("duration"))


def _of_a_count(p: Parsed, match: Match) -> bool:
    """True where a number or a noun of people is the subject: `more than 1,000 remain in prison`."""
    before = range(max(0, match.i - 8), match.i)
    numbers = [c for kind in ("number", "share") for c in p.of(kind)]
    start = max((k for k in before if p.tokens[k].text in ",;:"), default=-1)
    near = [k for k in before if k > start]
    return any(c.i in near for c in numbers) or any(p.at(x, k) for x in ("political", "prisoners") for k in near)


def _counted_inside(p: Parsed, match: Match) -> bool:
    told = p.said(match.i, match.j)
    return any(c.i in told and c.value.get("n") != 1 for c in p.of("number")) or any(
        k in told for k in p.hits.get("political", {}) if "person" not in match.slots
    )


def _whose(page: Page, s: int, p: Parsed, match: Match) -> list[Chunk]:
    chunk = match.slots.get("person")
    if chunk is not None and chunk.i > match.i + 1:
        return listed_with(p, chunk, terms=False)
    if chunk is not None:
        return _subjects(p, match)
    if p.any_of("plural", match.i, match.j):
        return page.group_for(s, match.i)
    found = page.person_for(s, match.i)
    return [] if found is None else [found]


def _subjects(p: Parsed, match: Match) -> list[Chunk]:
    """The people right before the verb of a status, with those joined to them by commas and a last `and`; no owners."""
    verb = min((span[0] for span in match.classes.values() if span[0] > match.i), default=match.j)
    said = set(p.said(match.slots["person"].i, verb))
    named = [c for c in p.of("person") if c.j <= verb and (c.i <= match.slots["person"].i or c.i in said)]
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


# --- ages ---------------------------------------------------------------------------------------------------------


def read_ages(page: Page) -> Iterator[Claim]:
    """Each age said of somebody; `40-year-old debt` is none."""
    for s, p in enumerate(page.parsed):
        yield from _of_the_youngest(page, s, p)
        for chunk in p.of("age"):
            after = [c for c in p.of("person") if 0 <= c.i - chunk.j <= 7 and not _comma(p, chunk.j, c.i)]
            before = [c for c in p.of("person") if 0 <= chunk.i - c.j <= 3]
            adjective = adjectival(p, chunk)
            if p.among(chunk.j, "things_of_age"):
                continue
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
            yield claimed(page, s, start, chunk.j, "age", value, flags_of(p, start, chunk.j) - {"negated", "promise"})


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


def _comma(p: Parsed, i: int, j: int) -> bool:
    """True where a word of saying stands after a comma: `the 69-year-old was freed, said his wife X`."""
    return any(p.tokens[k].text == "," and p.has("says", k, j) for k in range(i, j))
