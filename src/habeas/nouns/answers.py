"""Questions and answers, claims and verdicts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from habeas.dates import AsOf
from habeas.nouns.evidence import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Asked by name (`inside`, `case`, `flows` ...), as of two clocks, with the arguments of that question."""

    ask: str
    as_of: AsOf
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the working: what was done, what came of it, and the statements it used."""

    what: str
    result: str
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A figure with its bounds and its working. `value` None means "cannot say", and `sentence` says why.

    `sentence`, the steps and the words in `more` are phrases, so that `habeas.languages` can say them; `said` is what to
    quote of a long sentence.
    `more` is what the question adds, ready for JSON (only dict, list, str, int, float, bool, None).
    """

    question: Question
    value: int | str | None
    low: int | None
    high: int | None
    sentence: str
    steps: tuple[Step, ...]
    rests_on: tuple[str, ...]
    more: Mapping[str, Any] = field(default_factory=dict)
    said: str = ""

    @property
    def quotable(self) -> str:
        """One sentence that can stand in an article: `said`, where the sentence says more than that."""
        return self.said or self.sentence


class Verdict(StrEnum):
    """What the record says of a claim; `context` beside it keeps "right, but" apart from wrong."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"
    NOT_ENOUGH = "not enough information"


def one_word(at_publication: Verdict, today: Verdict) -> Verdict:
    """One word for both days: outdated where it was right when published and is not today."""
    if at_publication is Verdict.SUPPORTED and today is Verdict.CONTRADICTED:
        return Verdict.OUTDATED
    return at_publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Exact characters of the text given: `text == article.text[start:end]`."""

    text: str
    start: int
    end: int


Place = tuple[int, int, str, tuple[str, ...]]


def place(quote: Quote, kind: str, value: Mapping[str, Any]) -> Place:
    """A span, a kind of claim, and the people it is about."""
    one = value.get("person")
    who = (str(one),) if one else tuple(str(p) for p in value.get("persons", ()))
    return quote.start, quote.end, kind, who


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A checkable span: its kind, its value in the claim's own units, and how it is said (negated, attributed ...)."""

    quote: Quote
    sentence: int
    kind: str
    value: Mapping[str, Any]
    flags: frozenset[str] = frozenset()

    @property
    def place(self) -> Place:
        """What tells one claim of a text from another: its span, its kind, and whom it is about."""
        return place(self.quote, self.kind, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A claim with its verdicts, when published and today, the working, and what would be needed to say more.

    `family` is the same for the same claim in another article.
    """

    claim: Claim
    at_publication: Verdict
    today: Verdict
    why: str
    steps: tuple[Step, ...]
    rests_on: tuple[str, ...]
    context: str = ""
    missing: str = ""
    family: str = ""

    @property
    def verdict(self) -> Verdict:
        return one_word(self.at_publication, self.today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text to check. `published` None: not given; `published_from` says how the day was found, `problems` what was odd."""

    path: Path
    title: str
    text: str
    published: date | None
    published_from: str
    language: str
    problems: tuple[Problem, ...] = ()
    url: str = ""

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the text: another text under the same name has another."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Words of an article that name something: a `person`, or an `act`, `entity`, `place` or `deal` of the book.

    `name` is as on record, `ids` what bears it there (cases, facts, measures, deals). Somebody the record does not know is
    named as printed, with no ids, and in Latin letters too (`latin`); `role` is what stood there in place of a name.
    """

    quote: Quote
    kind: str
    name: str
    ids: tuple[str, ...]
    latin: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A claim that a model proposed and that was not taken: its words as they came, and the reason."""

    quote: str
    kind: str
    value: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedArticle:
    """An article with its claims judged, opinion set apart, and what looks checkable but was not understood.

    A claim that only a model saw bears the flag `proposed`; what it proposed and our reading does not bear out is `rejected`.
    """

    article: Article
    judgements: tuple[Judgement, ...]
    loaded: tuple[Quote, ...]
    not_understood: tuple[Quote, ...]
    problems: tuple[Problem, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    named: tuple[Named, ...] = ()
