"""Claims about people: who was part of a release, and who was not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from habeas.check.days import event_beside
from habeas.check.events import Events, identifier, read_day
from habeas.check.governing import demanded
from habeas.check.grammar import Match, Parsed, matches
from habeas.check.numbers import Chunk
from habeas.check.page import Page, joined
from habeas.check.said import (
    FREED,
    claimed,
    flags_of,
    linked_to,
    listed_with,
    patterns,
    setting,
    sourced,
    tells_release,
    travels,
)
from habeas.nouns import Claim

_SUBJECT_ENDS = frozenset("бвгджзйклмнпрстфхцчшщў")  # letters in which a man's name ends only as a subject


def _member_chunks(p: Parsed, match: Match) -> list[Chunk]:
    first = match.slots["person"]
    if setting(match, "list"):
        listed = listed_with(p, first, terms=False)
        # "let go A, a teacher, for B": the one whom A is exchanged for
        return [c for n, c in enumerate(listed) if n == 0 or not p.among(c.i - 1, "swapped_for")]
    if setting(match, "before"):
        return joined(p, [c for c in p.of("person") if c.i <= first.i]) + [
            c for c in p.of("person") if first.i < c.i < match.j - 1
        ]
    return [first]


def _agent(p: Parsed, chunk: Chunk) -> bool:
    """True where the person is the one who frees, says or brokers, not the one freed."""
    after = range(chunk.j, min(len(p.tokens), chunk.j + 3))
    free = any(
        p.at("free_verb", k) and not _within_freedom(p, k) and not any(p.among(n, "passive") for n in after)
        for k in after
    )
    passive_end = any(p.among(k, "freed") for k in after) and len(p.tokens) - chunk.j <= 3
    says = any(k in p.hits.get(x, {}) and not p.among(k, "sourced") for x in ("says", "broker") for k in after)
    # "среди них A, сообщили власти": after a comma somebody else speaks, where the verb may come first.
    says = says and not (p.lexicon.tables["free_order"] and chunk.j < len(p.tokens) and p.tokens[chunk.j].text == ",")
    says = says or _says_that(p, chunk)
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
    speaker = speaker or _speaks_after(p, chunk) or sourced(p, chunk)
    if p.at("met", chunk.i - 1) and any(
        p.at(x, k) for x in ("freed_unit", "people") for k in (chunk.i - 2, chunk.i - 3)
    ):
        return True  # "вызваленых сустрэла X"
    together = p.among(chunk.i - 2, "together")  # "обменян вместе с A и B"
    return (free and not passive_end) or says or speaker or owner or (p.among(chunk.i - 1, "by") and not together)


def _within_freedom(p: Parsed, k: int) -> bool:
    """True for the verb of `walked free` and `got out of prison`: a longer wording says that somebody came free."""
    end = p.hits["free_verb"][k][0]
    wordings = [(at, ends[0]) for x in ("freed_state", "came_out") for at, ends in p.hits.get(x, {}).items()]
    return any(at < k < stop or (at == k and stop > end) for at, stop in wordings)


def _acts(p: Parsed, chunk: Chunk) -> bool:
    """True for whoever a verb right before says has done something: `указ о помиловании подписал X`, `передал активист X`."""
    k = chunk.i
    while k > chunk.i - 3 and not any(ends[0] == k for ends in p.hits.get("acts", {}).values()):
        k -= 1
        if p.tokens[k].kind != "word":
            return False
    return k > chunk.i - 3


def _says_that(p: Parsed, chunk: Chunk) -> bool:
    """True for X in `la vicepresidenta del tribunal, X, confirmó que ...`."""
    ends = [e[0] for at, e in p.hits.get("says", {}).items() if chunk.j <= at <= chunk.j + 2]
    return not p.lexicon.cases and any(p.among(end, "relative") for end in ends)


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


def _after_a_quotation(p: Parsed, chunk: Chunk) -> bool:
    """True for X in `"They are not free", said the rights advocate X.`: the speaker comes after the verb."""
    said = [at for at, ends in p.hits.get("says", {}).items() if 0 <= chunk.i - ends[0] <= _TITLE]
    return any(at and p.tokens[at - 1].text in ',"”»' and not p.any_of("breaks", at + 1, chunk.i) for at in said)


def _contrasted(p: Parsed, match: Match, chunk: Chunk) -> bool:
    """True where another clause begins between a list and a person: `are not among them, and of X nothing is known`."""
    first = match.slots["person"]
    low = match.i if chunk is first else first.j
    for k in range(low, chunk.i - 1):
        if p.tokens[k].text == "," and p.among(k + 1, "contrast") and not p.among(k + 2, "also"):
            return True
    return False


def _of_the_held(p: Parsed, match: Match) -> bool:
    """True where the list before `among them` is one of people held: `1,400 political prisoners, including ...`."""
    before = range(match.slots["person"].i)
    held = any(p.at(label, k) for label in ("political", "held_state", "held_verb") for k in before)
    remain = max((k for k in before if p.at("remain", k)), default=-1)
    if (
        remain >= 0
        and p.has("held_state", remain, before.stop)
        and not any(p.at(x, k) for x in (*FREED, "came_out") for k in range(remain, before.stop))
    ):
        return True  # "were recognised before their pardons; 1,500 others are still in jail, among them X"
    return held and not any(p.at(label, k) for label in (*FREED, "crossed", "came_out") for k in before)


def read_membership(page: Page, events: Events, rulers: frozenset[str], held: set[int]) -> Iterator[Claim]:
    """Each person said to be, or not to be, part of a release; `held`: sentences that count people held."""
    recent = -9
    told: set[int] = set()  # sentences that name somebody freed
    sure = [s for s, p in enumerate(page.parsed) if tells_release(p)]
    for s, p in enumerate(page.parsed):
        if any(p.has(label) for label in (*FREED, "crossed")):
            recent = s
        used: set[int] = set()
        if any(-6 <= k - s <= 2 for k in sure):
            yield from _of_the_unlisted(page, events, s, p)
        for pattern in patterns(p, "membership"):
            for match in matches(pattern, p):
                if "person" not in match.slots:
                    who = page.person_for(s, match.i)
                    if (
                        who is not None
                        and who.value["person"] not in rulers
                        and not any(c.i < match.i for c in p.of("person"))
                    ):
                        whose = Chunk("person", match.i, match.j, dict(who.value))
                        yield _membership(page, events, s, p, match, whose)
                    continue
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
                        or _after_a_quotation(p, chunk)
                        or (setting(match, "member", True) and "included" not in match.classes and _stays(p, chunk))
                        or (setting(match, "list") and (_contrasted(p, match, chunk) or linked_to(p, chunk)))
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
_TITLE = 4  # words before a name that say who it is
_SPOKEN = 5  # sentences back in which a release is spoken of


def _only_travels(p: Parsed, match: Match) -> bool:
    """True where nothing in a match says free but that somebody came, left or went out."""
    if not p.lexicon.tables["free_order"] or not (setting(match, "member", True) and match.classes):
        return False
    at = {span[0] for label, span in match.classes.items() if label in (*FREED, "went_out", "came_out")}
    return bool(at) and at <= travels(p)


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


def _left_out(page: Page, s: int, match: Match) -> bool:
    """True for the list after those left out: `Absent from the pardon are the best-known leaders. They include A, B and C.`"""
    before = page.parsed[s - 1] if s else None
    return (
        setting(match, "needs") == "freed_last"
        and "includes" in match.classes
        and before is not None
        and before.has("missing")
        and not before.of("person")
    )


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
    member = bool(setting(match, "member", True)) and not _denied(p, match, chunk) and not _left_out(page, s, match)
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
    end = match.j if alone and opens else chunk.j  # "X was not let out", "X, serving seven years, was let out"
    return claimed(page, s, start, end, "membership", value, flags | ({"negated"} if not member else set()))
