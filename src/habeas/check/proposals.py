"""Claims that a model proposes: each quote found in the text and each value read again by our own grammar, or refused.

A model says where a claim stands and of what kind it is, and nothing it says is taken over: the value is built from the
numbers, dates, lengths of time and names that our reader finds in the quoted words. Where what the model says differs from
that, the proposal is refused with the reason. So the worst an article can do by speaking to the model is to make it propose
true quotations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from habeas.check.days import event_beside
from habeas.check.events import Events, identifier, read_day
from habeas.check.grammar import Parsed
from habeas.check.moves import SAID_AS
from habeas.check.numbers import Chunk
from habeas.check.page import Page
from habeas.check.phrases import nouns_of
from habeas.check.relief import ACTORS, gets, gives
from habeas.check.said import flags_of
from habeas.names import Agreement, compare, fold
from habeas.nouns import Claim, Rejected

PROPOSED = "proposed"
MOST = 300  # proposals of one article
_LONGEST = 600  # characters of a quote
_BACK = 2  # sentences before, in which somebody may be named whom a quote speaks of
_FREED = ("freed_state", "free_verb", "free_noun", "crossed", "missing")
_STATUS = {
    "in_custody": ("held_state", "held_noun", "held_verb"),
    "in_exile": ("in_exile",),
    "released": ("freed_state",),
    "died": ("death",),
}
_ACTIONS = {
    "lifted": ("lift",),
    "eased": ("ease",),
    "imposed": ("impose",),
    "licensed": ("license",),
    "delisted": ("delist",),
}


class _Refused(Exception):
    """Why a proposal is not taken."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quote stands: tokens `[i, j)` of sentence `s`, and what the model said of it."""

    page: Page
    events: Events
    s: int
    i: int
    j: int
    said: Mapping[str, Any]
    rulers: frozenset[str]

    @property
    def parsed(self) -> Parsed:
        return self.page.parsed[self.s]

    def of(self, *kinds: str) -> list[Chunk]:
        """The chunks of these kinds inside the quote."""
        return [c for kind in kinds for c in self.parsed.of(kind) if self.i <= c.i and c.j <= self.j]

    def has(self, *labels: str) -> bool:
        return any(self.parsed.has(label, self.i, self.j) for label in labels)

    def printed(self, chunk: Chunk) -> str:
        return self.page.sentences[self.s].cut(self.page.text, chunk.i, chunk.j)


def verified(
    proposals: Iterable[Any], page: Page, events: Events, claims: Sequence[Claim], rulers: frozenset[str]
) -> tuple[list[Claim], list[Rejected]]:
    """The proposals that our own reading bears out, as claims with the flag `proposed`, and the others with the reason.

    What the grammar has found itself, at the same place and of the same kind, is neither.
    """
    taken, refused = [], []
    held = {(c.quote.start, c.quote.end, _family(c.kind)) for c in claims}
    source = iter(proposals)
    for proposal in islice(source, MOST):
        row = proposal if isinstance(proposal, Mapping) else {}
        quote, kind, value = row.get("quote"), row.get("kind"), row.get("value")
        said = value if isinstance(value, Mapping) else {}
        try:
            claim = _claim(quote, kind, said, page, events, rulers)
        except _Refused as why:
            shown = quote[:_LONGEST] if isinstance(quote, str) else ""
            refused.append(Rejected(quote=shown, kind=str(kind or "")[:40], value=dict(said), reason=str(why)))
            continue
        family, first, last = _family(claim.kind), claim.quote.start, claim.quote.end
        if any(other == family and start < last and first < end for start, end, other in held):
            continue
        held.add((first, last, family))
        taken.append(claim)
    if next(source, None) is not None:
        refused.append(Rejected(quote="", kind="", value={}, reason=f"all after the first {MOST} were left unread"))
    return taken, refused


def _family(kind: str) -> str:
    """Kinds that one number cannot be at once: what the grammar counts among the held, no model counts among the freed."""
    return "count" if kind.startswith("count_") else kind


def _claim(
    quote: object, kind: object, said: Mapping[str, Any], page: Page, events: Events, rulers: frozenset[str]
) -> Claim:
    if not isinstance(quote, str) or not quote.strip():
        raise _Refused("it quotes nothing")
    if not isinstance(kind, str) or kind not in _DERIVE:
        raise _Refused(f"no kind of claim that is recomputed; those are {', '.join(_DERIVE)}")
    s, i, j = _found(quote.strip(), page)
    place = _Place(page, events, s, i, j, said, rulers)
    value = _DERIVE[kind](place)
    if value.get("person") in rulers and kind != "office_tenure":
        raise _Refused(f"{value['person']} holds an office of state")
    flags = flags_of(place.parsed, i, j) | {PROPOSED} | ({"negated"} if value.get("contested") else set())
    return Claim(quote=page.quote(s, i, j), sentence=s, kind=kind, value=value, flags=frozenset(flags))


def _found(quote: str, page: Page) -> tuple[int, int, int]:
    """(sentence, first token, end) of exact words of the text."""
    if len(quote) > _LONGEST:
        raise _Refused(f"the quote is longer than {_LONGEST} characters")
    start = page.text.find(quote)
    if start < 0:
        raise _Refused("the quote does not stand in the text")
    end = start + len(quote)
    for s, sentence in enumerate(page.sentences):
        inside = [k for k, t in enumerate(sentence.tokens) if t.start < end and t.end > start]
        if inside and end <= sentence.end:
            return s, inside[0], inside[-1] + 1
        if inside:
            break
    raise _Refused("the quote goes beyond one sentence")


# --- the values, from our own chunks ------------------------------------------------------------------------------------


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _agree(place: _Place, chunks: list[Chunk], keys: tuple[str, ...], what: str) -> Chunk:
    """The chunk whose values are those the model said, or the only one where it said none."""
    if not chunks:
        raise _Refused(f"no {what} stands in the quote")
    said = {k: place.said[k] for k in keys if place.said.get(k) not in (None, "")}
    fitting = [c for c in chunks if all(_equal(c.value.get(k), v) for k, v in said.items())]
    if said and not fitting:
        told, there = ", ".join(f"{k} {v}" for k, v in said.items()), ", ".join(place.printed(c) for c in chunks)
        raise _Refused(f"the model says {told[:120]}; the quote says {there}")
    if not said and len(chunks) > 1:
        raise _Refused(f"the quote has more than one {what}, and the model does not say which")
    return (fitting or chunks)[0]


def _equal(ours: object, said: object) -> bool:
    a, b = _number(ours), _number(said)
    if a is not None or b is not None:
        return a is not None and b is not None and abs(a - b) < 1e-9
    return str(ours) == str(said)


def _person(place: _Place, *, needed: bool = True) -> dict[str, Any]:
    """Whom the quote speaks of: named in its sentence or shortly before, and by no other name than the text gives."""
    name = place.said.get("person")
    if name is None or name == "":
        found = place.of("person") or [c for c in [place.page.person_for(place.s, place.i)] if c is not None]
        if len({c.value["person"] for c in found}) > 1:
            raise _Refused("the quote names several people, and the model does not say whom it means")
        if not found and needed:
            raise _Refused("nobody is named in the sentence or before it")
        return {"person": found[0].value["person"]} if found else {}
    if not isinstance(name, str):
        raise _Refused("`person` is no name")
    for back in range(_BACK + 1):
        s = place.s - back
        for chunk in place.page.people(s) if s >= 0 else ():
            printed = place.page.sentences[s].cut(place.page.text, chunk.i, chunk.j)
            if _is(name, printed) or _is(name, str(chunk.value["person"])):
                return {"person": chunk.value["person"]}
    raise _Refused(f"{name[:80]} is not named in the sentence or the two before it")


def _is(said: str, name: str) -> bool:
    if fold(said) == fold(name):
        return True
    found = compare(said, name)
    return found.sure or (len(said.split()) == 1 and found.surname is Agreement.SAME)


def _day(place: _Place) -> dict[str, Any]:
    """The date the quote gives; one that the model says must be that one, as far as it is exact."""
    said = str(place.said.get("date") or "")
    found = place.of("date")
    fitting = [c for c in found if str(c.value["date"]).startswith(said) or said.startswith(str(c.value["date"]))]
    if said and not fitting:
        there = ", ".join(place.printed(c) for c in found) or "none"
        raise _Refused(f"the model says the date {said[:40]}; the quote says {there}")
    if not fitting:
        return {}
    return {"date": fitting[0].value["date"], "precision": fitting[0].value["precision"]}


def _count(place: _Place, kind: str) -> dict[str, Any]:
    nouns = {n.chunk.i: n for n in nouns_of(place.parsed)}
    chunk = _agree(
        place,
        [c for c in place.of("number", "share") if c.i in nouns],
        ("n", "min", "max", "ratio"),
        "number of people",
    )
    noun = nouns[chunk.i]
    value = {k: v for k, v in chunk.value.items() if k != "vague"}
    value |= {
        "unit": noun.sex or noun.unit,
        "what": place.page.sentences[place.s].cut(place.page.text, chunk.j, noun.end),
    }
    if noun.nationality is not None and noun.nationality != place.page.country:
        value["nationality"] = noun.nationality
    day = _day(place)
    if kind == "count_detained":
        published = place.page.published
        return value | ({"as_of": day["date"]} if day else {} if published is None else {"as_of": str(published)})
    value |= day
    n = value.get("n")
    release = place.events.find(
        n if isinstance(n, int) else None, read_day(str(day.get("date", ""))), place.page.published
    )
    return value if release is None else value | {"event": identifier(release)}


def _member(place: _Place) -> dict[str, Any]:
    near = [place.page.parsed[s] for s in range(max(0, place.s - _BACK), place.s + 1)]
    if not any(p.has(label) for p in near for label in _FREED):
        raise _Refused("nothing in the sentence or the two before it speaks of a release")
    value: dict[str, Any] = {**_person(place), "member": not place.has("negation", "missing")}
    if place.said.get("member", value["member"]) is not value["member"]:
        raise _Refused(
            f"the model says member: {place.said['member']}; by its words of denial the quote says otherwise"
        )
    day = _day(place)
    release = place.events.find(None, read_day(str(day.get("date", ""))), place.page.published)
    return value | day if release is None else value | day | {"event": identifier(release)}


def _status(place: _Place) -> dict[str, Any]:
    found = [status for status, labels in _STATUS.items() if place.has(*labels)]
    said = place.said.get("status") or (found[0] if len(found) == 1 else None)
    if said not in found or place.has("negation"):
        raise _Refused(
            f"no word of the quote says {said or 'how somebody stands'}" if found else "no word of status in it"
        )
    published = place.page.published
    return {**_person(place), "status": said, **({} if published is None else {"as_of": str(published)})}


def _length(place: _Place, keys: tuple[str, ...], what: str) -> dict[str, Any]:
    chunks = [c for c in place.of("duration") if set(keys) & set(c.value)]
    chunk = _agree(place, chunks, ("years", "months", "days"), what)
    return {k: v for k, v in chunk.value.items() if k != "op" or v != "eq"}


def _sentence(place: _Place) -> dict[str, Any]:
    return {**_person(place), **_length(place, ("years", "months"), "length of years or months")}


def _days_held(place: _Place) -> dict[str, Any]:
    return {**_person(place), **_length(place, ("days",), "number of days")}


def _duration(place: _Place) -> dict[str, Any]:
    value = _length(place, ("years", "months", "weeks", "days"), "length of time")
    held = place.has("held_state", "held_noun", "held_verb", "arrested")
    return value | (_person(place) | {"state": "in_custody"} if held else {})


def _age(place: _Place) -> dict[str, Any]:
    chunk = _agree(place, place.of("age"), ("age",), "age")
    published = place.page.published
    return {**_person(place), **chunk.value, **({} if published is None else {"as_of": str(published)})}


def _date(place: _Place) -> dict[str, Any]:
    day = _day(place)
    if not day:
        raise _Refused("no date stands in the quote")
    chunk = next(c for c in place.of("date") if c.value["date"] == day["date"])
    found = event_beside(place.parsed, chunk)
    if found is None:
        raise _Refused("no word beside the date says what happened then")
    event, at, end = found
    value: dict[str, Any] = {"event": event, **day}
    release = place.events.find(None, read_day(str(day["date"])), place.page.published) if event == "release" else None
    if release is not None:
        value["event"] = identifier(release)
    elif event in ("detention", "verdict", "death"):
        value |= _person(place, needed=False)
    else:
        value["what"] = place.page.sentences[place.s].cut(place.page.text, max(0, at - 2), end)
    return value


def _measure(place: _Place) -> dict[str, Any]:
    actors = [SAID_AS.get(code, code) for c in place.of("nation") if (code := str(c.value["code"])) in ACTORS]
    actor = place.said.get("actor") or (actors[0] if actors else None)
    if actor not in actors:
        raise _Refused(f"the quote names no {actor or 'state'} that acts")
    found = [action for action, labels in _ACTIONS.items() if place.has(*labels)]
    if place.parsed.any_of("announced", place.i, place.j) or place.parsed.any_of("would_lift", place.i, place.j):
        found = ["announced_lifting" if action in ("lifted", "delisted") else action for action in found]
    action = place.said.get("action") or (found[0] if len(found) == 1 else None)
    if action not in found:
        raise _Refused(f"the model says {action}; the quote says {', '.join(found) or 'no word of a measure'}")
    target = str(place.said.get("target") or "")
    sentence = place.page.sentences[place.s]
    if target and target not in place.page.text[sentence.start : sentence.end]:
        raise _Refused(f"the target {target[:80]!r} does not stand in the sentence")
    published = place.page.published
    date = _day(place).get("date") or (None if published is None else str(published))
    return {"actor": actor, "action": action, "target": target, **({"date": date} if date else {})}


def _award(place: _Place) -> dict[str, Any]:
    if not place.has("prize"):
        raise _Refused("no prize stands in the quote")
    years = {int(str(c.value["date"])[:4]) for c in place.of("date")}
    year = place.said.get("year") or (next(iter(years)) if len(years) == 1 else None)
    if year not in years:
        raise _Refused(f"the year {year} does not stand in the quote" if year else "no year stands in the quote")
    start, ends = min(place.parsed.hits["prize"].items())
    words = " ".join(t.text for t in place.parsed.tokens[start : ends[0]])
    award = "Nobel Peace Prize" if place.parsed.at("nobel", start) or ends[0] == start + 1 else words
    return {**_person(place), "award": award, "year": year}


def _deal(place: _Place) -> dict[str, Any]:
    """What was given for what, and between whom, as the sentence has it; or who brokered it."""
    near = place.page.parsed[max(0, place.s - _BACK) : place.s + 2]
    if not any(p.has(label) for p in near for label in _FREED):
        raise _Refused("nothing in the sentences around it speaks of a release")
    give, get = gives(place.page, place.s), gets(place.page, place.s)
    parties = list(dict.fromkeys(str(c.value["code"]) for c in place.parsed.of("nation") if c.value["form"] == "state"))
    for key, there in (("n", give.removeprefix("release of ")), ("get", get or "")):
        if str(place.said.get(key) or there) != there:
            raise _Refused(
                f"the model says {key} {str(place.said[key])[:80]}; the text says {there or 'nothing of it'}"
            )
    told = place.said.get("parties") or []
    strange = [str(x)[:20] for x in told if x not in parties] if isinstance(told, list) else ["something else"]
    if strange:
        raise _Refused(f"the sentence names no {', '.join(strange)}")
    value: dict[str, Any] = {"give": give, **_broker(place, get)}
    if place.has("negation", "no_deal"):
        value["contested"] = True
    if bool(place.said.get("contested", value.get("contested"))) is not bool(value.get("contested")):
        raise _Refused("whether the quote denies a deal, its words say otherwise than the model")
    home = place.page.country
    value["parties"] = [*([] if home is None or home in parties else [home]), *parties]
    n = give.removeprefix("release of ")
    when = read_day(str(_day(place).get("date", "")))
    release = place.events.find(int(n) if n.isdecimal() else None, when, place.page.published)
    return value if release is None else value | {"event": identifier(release)}


def _broker(place: _Place, get: str | None) -> dict[str, Any]:
    """The broker where the model names one that the quote names too; else what was given for it."""
    said = place.said.get("broker")
    if not said:
        if get is None and len(place.of("nation")) == 0:
            raise _Refused("the quote says neither what was given for it nor by whom")
        return {"get": get}
    named = [str(c.value["person"]) for c in place.of("person") if _is(str(said), str(c.value["person"]))]
    named += [str(c.value["code"]) for c in place.of("nation") if c.value["code"] == said]
    if not named:
        raise _Refused(f"the quote does not name {str(said)[:80]}")
    return {"broker": named[0]}


def _office(place: _Place) -> dict[str, Any]:
    """How long a ruler has been in office, since when, or in which term."""
    value = _person(place)
    if value["person"] not in place.rulers:
        raise _Refused(f"no office of state on record for {value['person']}")
    if not place.has("office", "term_of_office"):
        raise _Refused("no word of the quote says that somebody holds an office")
    ordinals = place.of("ordinal")
    if ordinals and place.has("term_of_office"):
        ordinal = _agree(place, [c for c in ordinals if _says_term(place, c)], (), "ordinal number")
        return value | {"ordinal_term": ordinal.value["ordinal"]}
    if place.of("duration"):
        return value | _length(place, ("years", "months"), "length of years or months")
    day = _day(place)
    if not day:
        raise _Refused("the quote gives no length, no day and no number of a term")
    return value | {"since": day["date"]}


def _says_term(place: _Place, chunk: Chunk) -> bool:
    said = _number(place.said.get("ordinal_term"))
    return said is None or said == chunk.value["ordinal"]


_DERIVE: Mapping[str, Callable[[_Place], dict[str, Any]]] = {
    "count_released": lambda place: _count(place, "count_released"),
    "count_detained": lambda place: _count(place, "count_detained"),
    "membership": _member,
    "status_now": _status,
    "sentence_length": _sentence,
    "days_held": _days_held,
    "duration": _duration,
    "age": _age,
    "date": _date,
    "sanctions_measure": _measure,
    "award": _award,
    "deal": _deal,
    "office_tenure": _office,
}
KINDS = tuple(_DERIVE)
