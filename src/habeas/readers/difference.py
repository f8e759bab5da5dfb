"""Differences between a file and the record, for a person to read before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from habeas.nouns import Draft, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference: `what` is new (a subject), added, changed, gone (a value), stays, absent, returned or respelled."""

    what: str
    subject: str
    label: str
    prop: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The drafts to append, and the same as differences to look at first; nothing to do where there are no drafts.

    `problems` are those that only a comparison with the record shows.
    """

    drafts: tuple[Draft, ...] = ()
    items: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()

    def count(self, what: str) -> int:
        """How many differences there are of one sort."""
        return sum(1 for item in self.items if item.what == what)

    def listing(self) -> Iterator[str]:
        """A line for each difference, for `read --preview`; a new row is one line, not one for each of its cells."""
        added: dict[str, list[Change]] = {}
        for item in self.items:
            if item.what == "added":
                added.setdefault(item.subject, []).append(item)
        for item in self.items:
            match item.what:
                case "new":
                    count = len(added.pop(item.subject, ()))
                    yield f"new        {item.label}: {count} statement{'' if count == 1 else 's'}"
                case "added":
                    if item.subject in added:
                        yield f"added      {item.label}: {item.prop} {item.after}"
                case "respelled":
                    yield f"respelled  {item.before} -> {item.after}: read as the same row with a corrected spelling"
                case "absent":
                    yield f"absent     {item.label}: not on the list since {item.after}; this is no release"
                case "returned":
                    yield f"returned   {item.label}: on the list again"
                case "stays":
                    yield f"stays      {item.label}: {item.prop} is no longer in the file, but holds until the contrary is said"
                case "changed" if item.before == item.after:
                    yield f"changed    {item.label}: {item.prop} {item.after} (its source, its wording or who sees it)"
                case "changed":
                    yield f"changed    {item.label}: {item.prop} {item.before} -> {item.after}"
                case _:
                    yield f"gone       {item.label}: {item.prop} {item.before}"
