"""Verdicts on record: what a check found, kept as a draft or signed by a person, with what was said of it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from habeas.nouns.answers import Place, Quote, Verdict, one_word, place


class RemarkKind(StrEnum):
    """Who speaks in a remark on a signed verdict."""

    REPLY = "reply"  # whoever published the article
    CORRECTION = "correction"  # the editor


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A reply to a signed verdict, or a correction of it: who says what, when, and where it can be read."""

    id: str
    what: RemarkKind
    by: str
    on: date
    text: str
    url: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVerdict:
    """A verdict on record on one claim of one text; a draft where `by` is empty.

    `text` is the fingerprint of the text (`Article.fingerprint`), `quote` the exact characters in it, `value` the claim as
    read. `head` names the state of the record it rests on, `rests_on` the statements. `file` is shown to the team only.
    """

    id: str
    text: str
    file: str
    title: str
    url: str
    published: date | None
    language: str
    quote: Quote
    kind: str
    value: Mapping[str, Any]
    family: str
    at_publication: Verdict
    today: Verdict
    why: str
    context: str
    missing: str
    head: str
    rests_on: tuple[str, ...]
    by: str
    on: date
    note: str
    remarks: tuple[Remark, ...]
    statements: tuple[str, ...]

    @property
    def signed(self) -> bool:
        return bool(self.by)

    @property
    def place(self) -> Place:
        """As `Claim.place`."""
        return place(self.quote, self.kind, self.value)

    @property
    def verdict(self) -> Verdict:
        return one_word(self.at_publication, self.today)
