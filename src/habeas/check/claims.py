"""From an article's text to its claims, in order, each an exact span."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from habeas.check.ages import read_ages
from habeas.check.counts import read_counts
from habeas.check.days import read_dates
from habeas.check.events import Events, identifier, main_event, read_day
from habeas.check.groups import not_yet_told, read_groups, told_alone
from habeas.check.held import read_lengths
from habeas.check.honours import read_awards, read_offices
from habeas.check.membership import read_membership
from habeas.check.page import Page
from habeas.check.relief import read_deals, read_sanctions
from habeas.check.status import read_status
from habeas.check.terms import read_sentences
from habeas.check.unclaimed import read_unclaimed_terms
from habeas.nouns import Claim


def read_claims(page: Page, events: Events, rulers: frozenset[str]) -> tuple[list[Claim], Events]:
    """Every claim the grammar finds, in the order of the text, and the events with the article's main one."""
    counts = list(read_counts(page))
    released = [dict(c.value) for c in counts if c.kind == "count_released"]
    events = Events(events.releases, main_event(events, released, page.published))
    offices = list(read_offices(page, rulers))
    sentences = list(read_sentences(page))
    terms = [claim for claim, _, _ in sentences]
    counts = [c for c in counts if not any(_a_bare_term(c, term) for term in terms)]
    found = _with_their_whole(_placed(c, events, page.published) for c in counts)
    found += [claim for claim, _, _ in offices]
    found += terms
    found += read_lengths(page, {(s, i) for _, s, i in sentences}, {(s, i) for _, s, i in offices})
    held = {c.sentence for c in counts if c.kind == "count_detained"}
    members = told_alone(page, list(read_membership(page, events, rulers, held)), counts)
    found += members
    found += not_yet_told(read_groups(page, events, rulers, held), members)
    found += read_status(page, rulers, held)
    found += read_ages(page)
    found += read_awards(page)
    measures = list(read_sanctions(page))
    found += measures
    found += read_deals(page, events, measures, found)
    found += read_unclaimed_terms(page, found)
    since = {(c.sentence, str(c.value["since"])) for c in found if _names_its_start(c)}
    since |= {(c.sentence, str(c.value.get("year"))) for c in found if c.kind == "award"}  # "won the prize in 2022"
    found += read_dates(page, events, counts, frozenset(since))
    return [_in_latin(page, claim) for claim in in_order(found)], events


def _a_bare_term(count: Claim, term: Claim) -> bool:
    """True for the 8 of `A and B got nine years and C 8`: years, not people."""
    inside = term.quote.start <= count.quote.start and count.quote.end <= term.quote.end
    return inside and "elliptic" in term.flags


def _names_its_start(claim: Claim) -> bool:
    """True for a length of time whose words hold the date it begins on; `since then` only points at one."""
    return claim.kind == "duration" and "since" in claim.value and "coref" not in claim.flags


def _in_latin(page: Page, claim: Claim) -> Claim:
    """The claim with `aliases`: how names in another script are written in Latin letters, where no record does it."""
    one = claim.value.get("person")
    names = [one] if one else list(claim.value.get("persons", ()))
    found = [spelling for name in names if not name.isascii() for spelling in page.in_latin.get(name, ())]
    return replace(claim, value={**claim.value, "aliases": found}) if found else claim


def _placed(claim: Claim, events: Events, published: date | None) -> Claim:
    """A count of people freed with the release it speaks of, where one fits."""
    if claim.kind != "count_released":
        return claim
    when = read_day(str(claim.value.get("date", "")))
    n = claim.value.get("sum", claim.value.get("n"))
    release = events.find(n if isinstance(n, int | float) else None, when, published)
    if release is None:
        return claim
    return Claim(
        quote=claim.quote,
        sentence=claim.sentence,
        kind=claim.kind,
        value={**claim.value, "event": identifier(release)},
        flags=claim.flags,
    )


def _with_their_whole(counts: Iterable[Claim]) -> list[Claim]:
    """The counts, a part (`fourteen of them foreigners`) placed with the release that its whole is of."""
    out: list[Claim] = []
    whole: Claim | None = None
    for claim in counts:
        part = claim.kind == "count_released" and claim.value.get("part") and whole is not None
        near = part and whole is not None and "event" in whole.value and claim.sentence - whole.sentence <= 1
        if near and whole is not None:
            out.append(replace(claim, value={**claim.value, "event": whole.value["event"]}))
            continue
        if claim.kind == "count_released" and not part:
            whole = claim
        out.append(claim)
    return out


def in_order(found: Iterable[Claim]) -> list[Claim]:
    """In the order of the text; one claim for each span, kind and person."""
    unique: dict[tuple[object, ...], Claim] = {}
    for claim in found:
        who = claim.value.get("person") or tuple(claim.value.get("persons", ()))
        unique.setdefault((claim.quote.start, claim.quote.end, claim.kind, who), claim)
    return sorted(unique.values(), key=lambda c: (c.quote.start, c.quote.end, c.kind, str(c.value.get("person", ""))))
