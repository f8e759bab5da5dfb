"""Members of a release whom its own words do not name: pointed at, announced, or an unnamed group that was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from habeas.check.days import event_beside
from habeas.check.events import Events, identifier
from habeas.check.grammar import Match, Parsed, Pattern, matches
from habeas.check.numbers import Chunk
from habeas.check.page import Page
from habeas.check.said import FREED, claimed, flags_of, named, patterns, setting
from habeas.nouns import Claim

_SPOKEN = 2  # sentences back in which a release is spoken of
_INTRODUCED = 3  # sentences after an announcement in which its people are named
_BULLETS = "—–-•*·"
_ASIDE = 2  # sentences that may follow in the same line of a list
_BULLET = 5  # tokens before the name in a line of a list: a dash, a number, what he or she is
_OPENING = 8  # tokens within which a sentence names its subject
UNNAMED = "unnamed group"


def read_groups(page: Page, events: Events, rulers: frozenset[str], held: set[int]) -> Iterator[Claim]:
    """Each claim that people meant but not named beside it were freed or not: `neither is on the list`, `no big names`.

    `held`: sentences that count people held, of whom `none is well known` says nothing about a release.
    """
    for s, p in enumerate(page.parsed):
        if not _spoken_of(page, s) or p.tokens[-1].text == "?":
            continue
        for match in _first(p, "membership_pointed"):
            people = [c for c in page.group_for(s, match.i) if c.value["person"] not in rulers]
            people = people if setting(match, "group") else people[-1:]
            if people and not (setting(match, "group") and len(people) < 2):
                yield _claim(page, events, s, p, match, named(people))
        if s in held and not any(p.has(label) for label in FREED):
            continue
        for match in _first(p, "membership_none"):
            words = page.sentences[s].cut(page.text, match.i, match.j)
            yield _claim(page, events, s, p, match, {"persons": [UNNAMED], "group": words})
        yield from _announced(page, events, s, p)
        yield from _headed(page, events, s, p)


def _first(p: Parsed, kind: str) -> Iterator[Match]:
    """The first match of the patterns of a kind: one clause says it once."""
    found = (m for pattern in patterns(p, kind) for m in matches(pattern, p))
    match = next(found, None)
    if match is not None and not p.has("doubted", 0, match.i):
        yield match


def _spoken_of(page: Page, s: int) -> bool:
    return any(q.has(label) for q in page.parsed[max(0, s - _SPOKEN) : s + 1] for label in FREED)


def _announced(page: Page, events: Events, s: int, p: Parsed) -> Iterator[Claim]:
    """`Among the 15 were two members of Viasna. Its deputy head, A, had spent ...`: as many as were announced."""
    for match in _first(p, "membership_announced"):
        number = match.slots["number"].value.get("n")
        if p.of("person") or not isinstance(number, int):
            return
        for t in range(s + 1, min(len(page.parsed), s + 1 + _INTRODUCED)):
            people = _introduced(page.parsed[t])
            if not people or number < len(people):
                return
            number -= len(people)
            for chunk in people:
                found = Match(chunk.i, chunk.j, {}, match.pattern)
                yield _claim(page, events, t, page.parsed[t], found, named([chunk]))


def _headed(page: Page, events: Events, s: int, p: Parsed) -> Iterator[Claim]:
    """`Also released were:`, and the people whom the lines after it begin with."""
    if p.tokens[-1].text != ":" or p.of("person"):
        return
    out = p.has("missing")
    if not (out or any(p.has(label) for label in FREED)) or p.has("negation") != out:
        return
    pattern = Pattern("headed", (), {"member": not out})
    bullet, skipped = "", 0
    for t in range(s + 1, len(page.parsed)):
        people, mark = page.parsed[t].of("person")[:1], page.parsed[t].tokens[0].text
        if bullet and mark != bullet and skipped < _ASIDE:
            skipped += 1  # "— A, in prison since 2011. He was first condemned to death;"
            continue
        if not people or people[0].i > _BULLET or (bullet and mark != bullet):
            return
        bullet, skipped = mark if mark in _BULLETS else "", 0
        yield _claim(page, events, t, page.parsed[t], Match(people[0].i, people[0].j, {}, pattern), named(people))


def _introduced(p: Parsed) -> list[Chunk]:
    """The subject of a sentence, and who is joined to it by `and`; nobody where the sentence keeps them inside."""
    people = p.of("person")[:1]
    if not people or people[0].i > _OPENING or people[0].value.get("official"):
        return []
    if any(p.has(label) for label in ("remain", "stayed", "missing")):
        return []
    first = people[0]
    joined = (c for c in p.of("person")[1:] if c.i - first.j <= 2 and p.any_of("and", first.j, c.i))
    return [first, *joined]


def _claim(page: Page, events: Events, s: int, p: Parsed, match: Match, value: dict[str, Any]) -> Claim:
    member = bool(setting(match, "member", True))
    release = events.find(None, None, page.published)
    value = {**value, "member": member} | ({} if release is None else {"event": identifier(release)})
    flags = flags_of(p, match.i, match.j) - {"negated"} | {"coref"} | (set() if member else {"negated"})
    return claimed(page, s, match.i, match.j, "membership", value, flags)


def told_alone(page: Page, members: list[Claim], counts: Iterable[Claim]) -> list[Claim]:
    """The members, with whoever was freed on another day than all those the text counts told as a status instead."""
    counted = [c.value for c in counts if c.kind == "count_released" and c.value.get("n") != 1]
    freed = {c.value.get("person") for c in members if c.value["member"]}
    out = []
    for claim in members:
        alone = claim.value["member"] and "promise" not in claim.flags and "person" in claim.value
        alone = alone and bool(counted or freed - {claim.value["person"]})  # the news may be one release long ago
        if (
            alone
            and _day_of_release(page, claim)
            and _another_day(page, str(claim.value.get("date", "")), [str(v.get("date", "")) for v in counted])
        ):
            out.append(_as_status(page, claim))
        else:
            out.append(claim)
    return out


def _day_of_release(page: Page, claim: Claim) -> bool:
    """True where the day of a claim is told of the release itself: not `freed was A, who had been seized in April`."""
    p = page.parsed[claim.sentence]
    days = [c for c in p.of("date") if c.value["date"] == claim.value.get("date")]
    return any((event_beside(p, day) or ("",))[0] == "release" for day in days)


def _another_day(page: Page, day: str, days: list[str]) -> bool:
    """True where a day is none of those releases are counted on; what is counted without a day is of the month of the news."""
    if not day or page.published is None:
        return False
    news = page.published.isoformat()[: len("2025-12")]
    return not any((d or news).startswith(day) or day.startswith(d or news) for d in days or [""])


def _as_status(page: Page, claim: Claim) -> Claim:
    """Somebody freed, told as the status it left them in, over the name and the word of freedom nearest to it."""
    s, p = claim.sentence, page.parsed[claim.sentence]
    whose = [c for c in p.of("person") if c.value["person"] == claim.value["person"]]
    verbs = [
        (k, e[0]) for x in ("freed_state", "free_verb", "came_out", "free_noun") for k, e in p.hits.get(x, {}).items()
    ]
    if not whose or not verbs:
        return claim
    name = whose[0]
    k, end = min(verbs, key=lambda at: (abs(at[0] - name.j), at))
    day = claim.value.get("date") or (None if page.published is None else page.published.isoformat())
    value = {"person": claim.value["person"], "status": "released", "past": True} | (
        {} if day is None else {"as_of": day}
    )
    value |= {"dated": True} if "date" in claim.value else {}
    return claimed(page, s, min(k, name.i), max(end, name.j), "status_now", value, set(claim.flags))


def not_yet_told(found: Iterable[Claim], told: Iterable[Claim]) -> list[Claim]:
    """The claims of `found` that overlap none of `told`: what a plainer rule has read already."""
    spans = [(c.quote.start, c.quote.end) for c in told if c.kind == "membership"]
    return [c for c in found if not any(a < c.quote.end and c.quote.start < b for a, b in spans)]
