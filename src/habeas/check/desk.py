"""What a verdict is made with: the record, the days asked about, and how a number as worded fits a figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.check.events import Events
from habeas.check.page import Page
from habeas.check.people import Directory
from habeas.languages import number
from habeas.names import compare
from habeas.nouns import Case, Casebook, Fact, Phrase, Step, Verdict, say

_NEARLY = 0.10  # "nearly" and "about": within a tenth


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the record says of a claim, before the claim is put beside it. `today` None: as at publication.

    `unknown` where no record knows the one person it is about.
    """

    verdict: Verdict
    why: str
    today: Verdict | None = None
    steps: tuple[Step, ...] = ()
    rests_on: tuple[str, ...] = ()
    context: str = ""
    missing: str = ""
    unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The casebook and the page of one article, and the two days on which its claims are judged.

    `unsure_names` are the people on record who may be another than the text means: nothing said of them is wrong.
    """

    casebook: Casebook[Any]
    page: Page
    events: Events
    directory: Directory
    published: date | None
    today: date
    unsure_names: frozenset[str] = frozenset()

    def case(self, person: str) -> Case | None:
        """The case of somebody named in the text, where there is one and only one."""
        return next((self.casebook.cases[p.case] for p in self.directory.named(person) if p.case is not None), None)

    def facts(self, kind: str, person: str) -> Iterator[Fact]:
        """The context facts of a kind that tell of somebody named in the text."""
        return (f for f in self.casebook.facts if f.kind == kind and self.tells_of(f, person))

    def tells_of(self, fact: Fact, person: str) -> bool:
        """True where a context fact names somebody whom the text names, in whatever spelling."""
        for name in fact.person:
            known = self.directory.find(name)
            if known.label == person if known is not None else compare(name, person).sure:
                return True
        return False


def cannot_say(why: str, missing: str = "", context: str = "", steps: tuple[Step, ...] = ()) -> Finding:
    """Not enough information, and what is missing."""
    return Finding(verdict=Verdict.NOT_ENOUGH, why=why, missing=missing or why, context=context, steps=steps)


def worded(value: Mapping[str, Any]) -> Phrase:
    """A number with its operator, in words."""
    if "n" in value:
        return number(value["n"], str(value.get("op", "eq")))
    if "min" in value:
        if value.get("max") is None:
            return say("{low} or more", low=value["min"])
        return say("{low} to {high}", low=value["min"], high=value["max"])
    if "ratio" in value:
        return say("{share}", share=f"{value['ratio']:.0%}")
    return say("a number")


def fits(value: Mapping[str, Any], figure: float, op: str = "eq", *, rounded: bool = False) -> bool:
    """True where a number as worded holds of a figure on record.

    "Nearly" is within a tenth below, "about" within a tenth; "more than 1,000" holds of a figure that is itself "more than
    1,000". With `rounded`, a round exact number ("1,400") holds within half its last place.
    """
    if "min" in value and "n" not in value:
        top = value.get("max")
        return float(figure) >= value["min"] and (top is None or figure <= top)
    n = value.get("n", value.get("ratio"))
    if not isinstance(n, int | float):
        return False
    match value.get("op", "eq"):
        case "ge":
            return figure >= n
        case "gt":
            return figure > n or (op in ("gt", "ge") and figure == n)
        case "le":
            return figure <= n
        case "lt":
            return figure < n
        case "approx":
            return abs(figure - n) <= _NEARLY * n
        case "approx_lt":
            return (1 - _NEARLY) * n <= figure <= n * 1.005
        case "most":
            return figure > 0.5 if "ratio" in value else False
        case _:
            return figure == n or (rounded and abs(figure - n) <= min(_place(n) / 2, _NEARLY * n))


def _place(n: float) -> float:
    """The last place in which a number was written: 1,400 is written in hundreds."""
    place = 1.0
    while n and n % (place * 10) == 0 and place < n:
        place *= 10
    return place if place >= 10 else 0.0
