"""Verdicts on record, and what was said of them, from the statements that an audience may see."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from habeas.dates import PartialDate
from habeas.nouns import A, KeptVerdict, Quote, Remark, RemarkKind, Statement, Verdict, View

# A verdict that lacks one of these is not one that this audience may see.
_NEEDED = ("text", "quote", "start", "end", "kind", "at_publication", "today", "on")


def kept_verdicts(view: View[A]) -> tuple[KeptVerdict, ...]:
    """The verdicts of a view by text and place; one of which a needed part may not be seen is left out whole."""
    remarks: dict[str, list[Remark]] = {}
    for subject, said in view.of_kind("remark"):
        fields = _fields(said)
        if all(fields.get(prop) for prop in ("verdict", "what", "by", "on", "text")):
            remarks.setdefault(fields["verdict"], []).append(_remark(subject, fields, said))
    found = []
    for subject, said in view.of_kind("verdict"):
        fields = _fields(said)
        if all(fields.get(prop) for prop in _NEEDED):
            of_it = sorted(remarks.get(subject, ()), key=lambda r: (r.on, r.id))
            found.append(_verdict(subject, fields, said, tuple(of_it)))
    return tuple(sorted(found, key=lambda v: (v.text, v.quote.start, v.quote.end, v.kind, v.id)))


def _fields(said: Sequence[Statement]) -> dict[str, str]:
    return {s.prop: s.value for s in said if s.value is not None}


def _day(text: str) -> date | None:
    return PartialDate.parse(text).earliest if text else None


def _value(text: str) -> Mapping[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _remark(subject: str, fields: Mapping[str, str], said: Sequence[Statement]) -> Remark:
    return Remark(
        id=subject.partition(":")[2],
        what=RemarkKind(fields["what"]),
        by=fields["by"],
        on=_day(fields["on"]) or date.min,
        text=fields["text"],
        url=fields.get("url", ""),
        statements=tuple(s.id for s in said),
    )


def _verdict(
    subject: str, fields: Mapping[str, str], said: Sequence[Statement], remarks: tuple[Remark, ...]
) -> KeptVerdict:
    return KeptVerdict(
        id=subject.partition(":")[2],
        text=fields["text"],
        file=fields.get("file", ""),
        title=fields.get("title", ""),
        url=fields.get("url", ""),
        published=_day(fields.get("published", "")),
        language=fields.get("language", ""),
        quote=Quote(text=fields["quote"], start=int(fields["start"]), end=int(fields["end"])),
        kind=fields["kind"],
        value=_value(fields.get("value", "")),
        family=fields.get("family", ""),
        at_publication=Verdict(fields["at_publication"].replace("_", " ")),
        today=Verdict(fields["today"].replace("_", " ")),
        why=fields.get("why", ""),
        context=fields.get("context", ""),
        missing=fields.get("missing", ""),
        head=fields.get("head", ""),
        rests_on=tuple(dict.fromkeys(s.value for s in said if s.prop == "rests_on" and s.value is not None)),
        by=fields.get("by", ""),
        on=_day(fields["on"]) or date.min,
        note=fields.get("note", ""),
        remarks=remarks,
        statements=tuple(s.id for s in said),
    )
