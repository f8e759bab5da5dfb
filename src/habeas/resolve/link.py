"""Link: from mentions to persons."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from habeas.nouns import Book, Links, Mention, Pair, Person, Problem, Same, Statement, View
from habeas.resolve.clusters import resolve
from habeas.resolve.ids import parted, row_order
from habeas.resolve.judging import Decided, Likeness, key_of
from habeas.resolve.mentions import facts_of, mentions, oblique_lists, series_of


def _said(statements: tuple[Statement, ...], prop: str) -> Statement | None:
    found = [s for s in statements if s.prop == prop and s.value is not None]
    return max(found, key=lambda s: s.seq) if found else None


def _wording(same: Same, statements: tuple[Statement, ...]) -> tuple[str, ...]:
    by, on, reason = (_said(statements, prop) for prop in ("by", "on", "reason"))
    words = f"decided: {same.value}"
    if by is not None:
        words += f", by {by.value}"
    if on is not None:
        words += f", {on.value}"
    return (words,) if reason is None else (words, f"reason: {reason.value}")


def _decision(
    subject: str, statements: tuple[Statement, ...], known: Mapping[str, Mention]
) -> tuple[int, Pair] | Problem | None:
    a, b, same = (_said(statements, prop) for prop in ("a", "b", "same"))
    if a is None or b is None or same is None or a.value is None or b.value is None or same.value is None:
        return None
    place = same.place or subject
    for side in (a.value, b.value):
        if side not in known:
            return Problem(
                file=place,
                what="a decision names an entry that is not on record",
                value=side,
                do="Check the list and the key in the decision, or read the list first.",
            )
    if a.value == b.value:
        return Problem(
            file=place,
            what="a decision compares an entry with itself",
            value=a.value,
            do="Name two different entries.",
        )
    left, right = key_of(a.value, b.value)
    verdict = Same(same.value)
    score = {Same.SAME: 1.0, Same.UNSURE: 0.75, Same.DIFFERENT: 0.0}[verdict]
    why = _wording(verdict, statements)
    return same.seq, Pair(a=left, b=right, score=score, same=verdict, why=why, decision=same.id)


def _decisions(view: View[Any], known: Mapping[str, Mention]) -> tuple[Decided, list[Problem]]:
    """The latest decision for each pair; those that cannot all hold come back as problems and the older "same" yields."""
    latest: dict[tuple[str, str], tuple[int, Pair]] = {}
    problems: list[Problem] = []
    for subject, statements in view.of_kind("decision"):
        found = _decision(subject, statements, known)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is not None:
            key = (found[1].a, found[1].b)
            if key not in latest or latest[key][0] < found[0]:
                latest[key] = found
    ordered = [pair for _, pair in sorted(latest.values(), key=lambda item: (-item[0], item[1].a, item[1].b))]
    return _consistent(ordered, problems)


def _consistent(newest_first: list[Pair], problems: list[Problem]) -> tuple[Decided, list[Problem]]:
    """Decisions that can all hold: one that would join two entries decided to be apart is left out and reported."""
    apart = [pair for pair in newest_first if pair.same is not Same.SAME]
    group: dict[str, frozenset[str]] = {}
    kept = {(pair.a, pair.b): pair for pair in apart}
    for pair in newest_first:
        if pair.same is not Same.SAME:
            continue
        joined = group.get(pair.a, frozenset({pair.a})) | group.get(pair.b, frozenset({pair.b}))
        clash = next((other for other in apart if other.a in joined and other.b in joined), None)
        if clash is not None:
            problems.append(
                Problem(
                    file="decisions",
                    what=f"two decisions contradict each other: {pair.a} = {pair.b}, and {clash.a} apart from {clash.b}",
                    do="Decide one of the two pairs anew; until then the decision that keeps people apart holds.",
                )
            )
            continue
        kept[(pair.a, pair.b)] = pair
        for one in joined:
            group[one] = joined
    return Decided(kept), problems


# All that who is who is worked out from: nothing else that is recorded changes it.
READS = frozenset({"entry", "list", "decision", "restriction"})


@cache
def rules() -> str:
    """One hash of all that who is who is worked out by: the code and the tables of names, dates and linking."""
    found = hashlib.blake2b(digest_size=16)
    package = files("habeas")
    for part in ("dates.py", "names", "nouns", "resolve", "vocabulary"):
        root = Path(str(package / part))
        for path in sorted(root.rglob("*") if root.is_dir() else (root,)):
            if path.is_file() and path.suffix != ".pyc":
                found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def link(view: View[Any], book: Book, make_case_id: Callable[[str], str]) -> Links:
    """Who is who, once; as `Linking`. The book has no rules of its own for linking yet."""
    del book
    return Linking(make_case_id)(view)


@dataclass(frozen=True, slots=True)
class _Entries:
    """What linking makes of everything but the decisions: it holds while the same is said."""

    said: tuple[str, ...]
    known: Mapping[str, Mention]
    likeness: Likeness
    order: Mapping[str, tuple[int, str]]  # as first recorded
    row: Mapping[str, Any]  # as the lists print them, the earliest first


class Linking:
    """Who is who: mentions joined to persons, and the pairs kept apart for a person to decide.

    Three outcomes for a pair. *Sure*: the full names agree across scripts and nothing contradicts. *Unsure*: kept apart
    and listed, the best first, one pair for each two persons. *Not*. What a person decided overrides all of it and holds.
    A person's id is made from its earliest row (`ids.py`). The same statements give the same persons and ids in whatever
    order they were recorded.

    Take the fullest view for this, and fold another audience's view with the links that came of it: decisions and full
    birth dates are not public, and a public view by itself would count other people. Of the view only what is of the kinds
    in `READS` is looked at. What the entries say is kept for the next view that says the same of them, so that one more
    decision costs what it changes.
    """

    def __init__(self, make_case_id: Callable[[str], str]) -> None:
        self._make_case_id = make_case_id
        self._kept: _Entries | None = None

    def __call__(self, view: View[Any]) -> Links:
        read = [said for said in view.statements if said.kind in READS]
        entries = self._entries(replace(view, statements=tuple(said for said in read if said.kind != "decision")))
        decisions = replace(view, statements=tuple(said for said in read if said.kind == "decision"))
        decided, problems = _decisions(decisions, entries.known)
        outcome = resolve(entries.likeness, decided)
        order, persons = entries.order, []
        for cluster in outcome.clusters:
            members = tuple(sorted(cluster, key=order.__getitem__))
            persons.append(Person(id=self._make_case_id(min(members, key=entries.row.__getitem__)), mentions=members))
        persons.sort(key=lambda person: order[person.mentions[0]])
        different = [key for key, pair in decided.pairs.items() if pair.same is Same.DIFFERENT]
        return Links(
            persons=tuple(persons),
            unsure=outcome.unsure,
            chances=outcome.chances,
            problems=tuple(problems),
            parted=parted(different, persons),
        )

    def _entries(self, view: View[Any]) -> _Entries:
        said = tuple(one.id if one.value is not None else f"{one.id} withheld" for one in view.statements)
        if self._kept is None or self._kept.said != said:
            found = mentions(view)
            bent, series, place = oblique_lists(found), series_of(view), row_order(view)
            facts = {mention.id: facts_of(mention, bent, series) for mention in found}
            self._kept = _Entries(
                said=said,
                known={mention.id: mention for mention in found},
                likeness=Likeness(facts),
                order={one: (facts[one].seq, one) for one in facts},
                row={one: place(one) for one in facts},
            )
        return self._kept
