"""Claims about sanctions and deals: who did what to which measure, and what is said to have been exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from habeas.check.events import Events, identifier, read_day
from habeas.check.grammar import Match, Parsed, Pattern, matches
from habeas.check.moves import SAID_AS
from habeas.check.numbers import Chunk
from habeas.check.page import Page
from habeas.check.said import FREED, flags_of, patterns
from habeas.check.text import low
from habeas.nouns import Claim

ACTORS = ("US", "EU", "GB", "CA", "CH", "UA", "JP", "AU", "NO", "UN", "LT", "LV", "EE", "PL", "CZ", "NZ")
_SPOKEN = 6  # sentences back in which sanctions are spoken of
_WISHED = 7  # tokens from a wish to the measure that is wished for
_NEAR_DAY = 8  # tokens between a deal and the day it is said to have been struck on


def _actor(page: Page, s: int, match: Match) -> str | None:
    """The state that acts: the nearest one before the words in the sentence, else one in the sentences before."""
    for back in (s, s - 1, s - 2, s - 3, s - 4):
        if back < 0:
            break
        found = [c for c in page.parsed[back].of("nation") if c.value["code"] in ACTORS and not _a_place(page, back, c)]
        if back == s:
            before = [c for c in found if c.i < match.i] or [c for c in found if c.i < match.j]
            before = _without_company(page.parsed[s], before)
            found = before[-1:] or found[:1]
        if found:
            code = str(found[-1 if back == s else 0].value["code"])
            return SAID_AS.get(code, code)
        named = {code for code in ("US", "EU", "UK") if page.parsed[back].has(f"acts_for_{code.lower()}")}
        if len(named) == 1:
            return named.pop()
    return None


def _without_company(p: Parsed, nations: list[Chunk]) -> list[Chunk]:
    """The states, without those that another acts with: `the European Union, acting together with London and Ottawa`."""
    for n, nation in enumerate(nations[1:], 1):
        if any(p.among(k, "with") for k in range(nations[n - 1].j, nation.i)) and not p.lexicon.tables["free_order"]:
            return nations[:n]
    return nations


def _a_place(page: Page, s: int, nation: Chunk) -> bool:
    """True for the Ukraine of `the war in Ukraine`, `the invasion of Ukraine` and `a deputy Ukraine envoy`: it does nothing."""
    p = page.parsed[s]
    if nation.value["code"] != "UA" or p.lexicon.tables["free_order"]:
        return False
    opened = any(p.among(nation.i - 1, x) for x in ("in_time", "of", "from"))
    return opened or p.among(nation.j, "officials")


def _target(page: Page, s: int, p: Parsed, match: Match) -> str:
    """The words that say what the measure is on: after `on`, `against` or `from`, or what stands before `sanctions`."""
    dated = {k for c in p.of("date") for k in range(c.i - 1, c.j)}
    reach = match.j + 3 + sum(match.j <= k for k in dated)
    tail = [k for k in range(match.i, min(len(p.tokens), reach)) if p.among(k, "opens_target") and k not in dated]
    tail = [k for k in tail if not (p.tokens[k + 1 : k + 2] and p.tokens[k + 1].text == "-")]  # "из-под санкций"
    tail = [k for k in tail if not (k > 1 and p.tokens[k - 1].text == "-")]
    sentence = page.sentences[s]
    taken_off = _taken_off(p, match)
    if taken_off is not None:
        return sentence.cut(page.text, *taken_off)
    if tail:
        k = tail[-1] + 1
        stop = k
        while (
            stop < min(len(p.tokens), k + 8)
            and p.tokens[stop].text not in ",;.()"
            and not p.among(stop, "ends_target")
            and not (stop > k and (p.among(stop, "officials") or stop in p.chunks["person"]))
        ):
            stop += 1
        if stop > k:
            return sentence.cut(page.text, k, stop)
    opened = [k for k in range(max(0, match.i - 6), match.i) if p.among(k, "opens_target") and k not in dated]
    if opened and p.lexicon.tables["free_order"] and not any(t.text in ",;" for t in p.tokens[opened[0] : match.i]):
        return sentence.cut(page.text, opened[0] + 1, match.i)  # "С «Беларуськалия» санкции сняты"
    spans = [span for label, span in match.classes.items() if label == "sanctions"]
    if spans:
        k = spans[0][0]
        first = k
        while (
            first > 0
            and k - first < 3
            and p.tokens[first - 1].kind == "word"
            and not p.among(first - 1, "before_target")
            and not any(p.at(verb, first - 1) for verb in ("impose", "lift", "ease"))
        ):
            first -= 1
        if first < k:
            return sentence.cut(page.text, first, k)
    return ""


def _taken_off(p: Parsed, match: Match) -> tuple[int, int] | None:
    """The tokens of what a list no longer has: the airline of `Belavia, which was taken off the list`."""
    k = match.i
    if match.pattern.sets.get("action") != "delisted":
        return None
    while k > 0 and (p.among(k - 1, "clause_ends") or p.among(k - 1, "passive") or p.among(k - 1, "past_perfect")):
        k -= 1
    if k == match.i:
        return None
    k -= p.tokens[k - 1].text == ","
    first = k
    while first > 0 and k - first < 4 and p.tokens[first - 1].kind == "word" and not p.among(first - 1, "breaks"):
        first -= 1
    return (first, k) if first < k else None


def _action(p: Parsed, match: Match) -> str:
    """The action as said: a lifting that is only promised or announced is `announced_lifting`."""
    action = str(match.pattern.sets.get("action", "lifted"))
    if _kept_up(p, match):
        return "maintained"
    announced = p.any_of("announced", match.i - 4, match.j)
    promised = p.any_of("would_lift", match.i - 4, match.j) or _is_to(p, match)
    named = p.any_of("lifting", match.i, match.j)
    if p.lexicon.tables["free_order"] and p.any_of("announced", 0, len(p.tokens)) and not named:
        announced = not _past(
            p, match
        )  # "that they lift the sanctions, the envoy announced": the verb of saying may come last
    if action in ("lifted", "delisted") and (promised or (announced and not named)):
        return "announced_lifting"
    return action


def _spoken_of(page: Page, s: int, told: int) -> bool:
    """True where a sentence shortly before, or this one, speaks of sanctions; `told`: the last one that tells a measure."""
    return s - told <= _SPOKEN or any(q.has("sanctions") for q in page.parsed[max(0, s - _SPOKEN) : s + 1])


def _kept_up(p: Parsed, match: Match) -> bool:
    """True where the verb itself is denied: `ЕС своих санкций не отменил`."""
    at = next((span[0] for label, span in match.classes.items() if label in ("lift", "ease")), None)
    return at is not None and at > match.i and p.lexicon.tables["free_order"] and p.at("denied", at - 1)


def _none_at_all(p: Parsed, match: Match) -> bool:
    """True for `никаких послаблений санкций`, and for sanctions that were not imposed: there is no measure."""
    imposed = next((span[0] for label, span in match.classes.items() if label == "impose"), None)
    denied = imposed is not None and p.lexicon.tables["free_order"] and p.at("denied", imposed - 1)
    return denied or p.any_of("none_of", match.i - 2, match.i + 1)


def _is_to(p: Parsed, match: Match) -> bool:
    """True for `the United States is to lift sanctions`: it has not done so yet."""
    return p.among(match.i - 1, "to") and p.among(match.i - 2, "passive")


def _past(p: Parsed, match: Match) -> bool:
    """True where the verb of lifting stands in the past: what is announced has been done."""
    at = next((span[0] for label, span in match.classes.items() if label in ("lift", "delist")), None)
    endings = tuple(low(e) for e in p.lexicon.tables["past_ends"])
    return at is not None and bool(endings) and p.tokens[at].low.endswith(endings)


def read_sanctions(page: Page) -> Iterator[Claim]:
    """Each measure said to have been imposed, eased, licensed, lifted or delisted, with its actor and target."""
    told, imposed = -_SPOKEN - 1, -1  # the last sentences that tell a measure, and one that imposes something
    for s, p in enumerate(page.parsed):
        used: set[int] = set()
        for pattern in patterns(p, "sanctions_measure"):
            for match in matches(pattern, p):
                span = set(range(match.i, match.j))
                if used & span or _not_relief(p, match) or _a_noun(p, match) or _none_at_all(p, match):
                    continue
                if match.pattern.sets.get("needs") == "sanctions" and not _spoken_of(page, s, told):
                    continue
                if match.pattern.sets.get("needs") == "imposed" and imposed not in (s, s - 1):
                    continue  # "so was X"
                actor = _actor(page, s, match)
                if actor is None or "?" in p.tokens[-1].text:
                    continue
                used |= span
                told = s
                imposed = s if match.pattern.sets.get("action") == "imposed" else -1
                value: dict[str, Any] = {
                    "actor": actor,
                    "action": _action(p, match),
                    "target": _target(page, s, p, match),
                }
                day = page.date_for(s, match.i, match.j)
                if day is not None and p.among(day.i - 1, "since") and p.lexicon.tables["free_order"]:
                    day = None  # "the sanctions in force since April 2022" were not lifted then
                until = day is not None and p.among(day.i - 1, "articles") and p.among(day.i - 2, "before")
                if day is not None and (until or p.among(day.i - 1, "before")):
                    day = None  # "prolonged until 28 February": its end
                if day is not None and page.tokens_between(s, day, match.i, match.j) <= 12:
                    value["date"] = day.value["date"]
                elif page.published is not None:
                    value["date"] = page.published.isoformat()
                yield Claim(
                    quote=page.quote(s, match.i, _with_target(p, match)),
                    sentence=s,
                    kind="sanctions_measure",
                    value=value,
                    flags=frozenset(flags_of(p, match.i, match.j)),
                )


def _with_target(p: Parsed, match: Match) -> int:
    j = match.j
    while j < min(len(p.tokens), match.j + 7) and p.tokens[j].text not in ",;.()" and not p.among(j, "ends_measure"):
        j += 1
    return j


def _a_noun(p: Parsed, match: Match) -> bool:
    """True where the word of imposing is part of a measure's name: `asset freezes and travel bans`."""
    at = match.classes.get("impose", (-1, -1))[0]
    return any(i < at < ends[0] for i, ends in p.hits.get("sanctions", {}).items())


def _not_relief(p: Parsed, match: Match) -> bool:
    """General talk about sanctions, or the word in a sense that has no measure behind it."""
    if p.any_of("should", match.i, match.j + 2) or p.any_of("talks", match.i - 5, match.i):
        return True
    if p.has("wished", max(0, match.i - _WISHED), match.i) and not p.lexicon.tables["free_order"]:
        return True  # "she called on the EU to impose sanctions", "he hopes that Washington lifts them"
    if {"sanctions", "penalise"} & set(match.classes) and p.has("hurt", match.i, match.j + 5):
        return True  # "sanctions have hit the economy"
    denied = p.any_of("should", match.i - 3, match.i) or p.any_of("not_so", match.i - 3, match.i)
    return denied and match.pattern.sets.get("action") != "imposed"


# --- deals --------------------------------------------------------------------------------------------------------


def gives(page: Page, s: int) -> str:
    """What was given, in the article's own count where it has one."""
    for back in (s, s - 1, s + 1, s - 2):
        if not 0 <= back < len(page.parsed):
            continue
        p = page.parsed[back]
        for chunk in p.of("number"):
            if any(p.has(label) for label in FREED) and isinstance(chunk.value.get("n"), int):
                return f"release of {chunk.value['n']}"
    return "release"


def read_deals(page: Page, events: Events, measures: Iterable[Claim], counts: Iterable[Claim] = ()) -> Iterator[Claim]:
    """Each exchange said, implied or denied, and each broker named, where the text speaks of a release close by.

    An exchange is implied where a release is told `after` a measure of relief, or the measure after the release.
    """
    freed = [c for c in counts if c.kind == "count_released" and "event" in c.value]
    relief: dict[int, list[Claim]] = {}
    for claim in measures:
        if claim.value["action"] != "imposed":
            relief.setdefault(claim.sentence, []).append(claim)
    for s, p in enumerate(page.parsed):
        near = [page.parsed[k] for k in range(s - 4, s + 3) if 0 <= k < len(page.parsed)]
        if not any(q.has(label) for q in near for label in FREED):
            continue
        taken: set[int] = set()
        for pattern in patterns(p, "deal"):
            for match in matches(pattern, p):
                span = set(range(match.i, match.j))
                if taken & span or not _a_deal(p, match):
                    continue
                taken |= set(range(max(0, match.i - 3), match.j + 8))
                yield _of_its_release(_deal(page, events, s, p, match), freed)
        if not taken:
            link = next((at for claim in relief.get(s, ()) if (at := _link(p, claim)) is not None), None)
            if link is not None:
                implied = Match(link, link + 3, {}, _IMPLIED)
                claim = _of_its_release(_deal(page, events, s, p, implied), freed)
                yield replace(claim, flags=claim.flags | {"implicit"})


def _of_its_release(deal: Claim, freed: list[Claim]) -> Claim:
    """The deal placed with the release whose count it tells as what was given: the text has dated that one already."""
    number = re.search(r"\d+", deal.value["give"])
    own = [
        c for c in freed if number and str(c.value.get("n")) == number.group() and 0 <= deal.sentence - c.sentence <= 2
    ]
    return deal if not own else replace(deal, value={**deal.value, "event": own[-1].value["event"]})


_IMPLIED = Pattern("after", (), {"how": "implied"})


def _link(p: Parsed, claim: Claim) -> int | None:
    """The `after` that stands between a release and a measure of relief in one sentence."""
    inside = [k for k, t in enumerate(p.tokens) if claim.quote.start <= t.start < claim.quote.end]
    freed = [k for label in FREED for k in p.hits.get(label, {}) if k not in inside]
    for at in freed:
        low, high = sorted((at, inside[0]))
        link = next((k for k in range(low, high + 1) if p.among(k, "links_deal")), None)
        if link is not None and not any(t.text == ";" for t in p.tokens[low:high]):
            return link
    return None


def _a_deal(p: Parsed, match: Match) -> bool:
    if match.pattern.sets.get("how") == "none" and p.has("demand", max(0, match.i - 8), match.j + 3):
        return False  # "требуют без условий освободить"
    if match.pattern.sets.get("how") != "exchange":
        return True
    if p.has("no_deal", max(0, match.i - 4), match.i + 1):
        return False  # "had offered nothing in return": told as no deal
    if p.at("loose_deal", match.i) and p.hits["loose_deal"][match.i][0] == match.j:
        freed = any(p.has(label) for label in FREED) and not p.has("no_deal") and not p.has("negation")
        return p.has("sanctions") or bool(p.chunks["nation"]) or freed
    return not p.has("negation", max(0, match.i - 3), match.i)


def _deal(page: Page, events: Events, s: int, p: Parsed, match: Match) -> Claim:
    parties = list(dict.fromkeys(c.value["code"] for c in p.of("nation") if c.value["form"] == "state"))
    value: dict[str, Any] = {"give": gives(page, s)}
    if match.pattern.sets.get("how") == "broker":
        brokers = [c.value["person"] for c in p.of("person") if match.i - 4 <= c.i <= match.j + 4]
        value["broker"] = brokers[0] if brokers else (parties[0] if parties else "")
    else:
        value["get"] = gets(page, s)
    if page.country is not None and page.country not in parties:
        parties.insert(0, page.country)
    value["parties"] = parties
    day = page.date_for(s, match.i, match.j)
    if day is not None and page.tokens_between(s, day, match.i, match.j) > _NEAR_DAY:
        day = None
    when = read_day(str(day.value["date"])) if day is not None else None
    number = re.search(r"\d+", value["give"])
    release = events.find(int(number.group()) if number else None, when, page.published)
    if release is not None:
        value["event"] = identifier(release)
    flags = flags_of(p, match.i, match.j)
    if match.pattern.sets.get("how") == "none":
        flags.add("negated")
        value["contested"] = True
    return Claim(
        quote=page.quote(s, match.i, min(len(p.tokens), match.j + 3)),
        sentence=s,
        kind="deal",
        value=value,
        flags=frozenset(flags),
    )


def gets(page: Page, s: int) -> str | None:
    """What came back, as far as the sentence or the next one speaks of a measure."""
    for k in (s, s + 1, s - 1):
        if 0 <= k < len(page.parsed) and page.parsed[k].has("sanctions"):
            return "sanctions relief"
    return None
