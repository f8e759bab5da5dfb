"""Rows whose key is a printed name: a corrected spelling looks like one row gone and another come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from habeas.nouns import Draft

_NEAR = 80  # of 100, where another value of the row agrees
_VERY_NEAR = 88  # where nothing but the name speaks
_PART = 65  # each part of a name by itself: one other letter in a short first name is still near
_MOST_PAIRS = 25_000_000
_CLEAR = 5  # how much nearer than any other row
_NO_EVIDENCE = frozenset({"list", "key", "name", "held_on", "recognised", "released_in", "absent_since"})


def corrected_spellings(gone: Mapping[str, Sequence[Draft]], come: Mapping[str, Sequence[Draft]]) -> dict[str, str]:
    """{new subject: old subject} of the rows that are one row with its spelling corrected.

    Both must be each other's nearest by a clear margin, no other value may contradict, and each part of the name must
    be near by itself: brothers on one list stay two people. Where whole lists go and come, nothing is paired: that is
    no correction of spellings.
    """
    if len(gone) * len(come) > _MOST_PAIRS:
        return {}
    scores = {
        (new, old): score for new, old in _candidates(gone, come) if (score := _score(come[new], gone[old])) is not None
    }
    rivals: dict[str, list[float]] = {}
    for pair, score in scores.items():
        for subject in pair:
            rivals.setdefault(subject, []).append(score)
    return {
        new: old
        for (new, old), score in scores.items()
        if all(sum(score < other + _CLEAR for other in rivals[subject]) == 1 for subject in (new, old))
    }


def _candidates(gone: Mapping[str, Sequence[Draft]], come: Mapping[str, Sequence[Draft]]) -> Iterator[tuple[str, str]]:
    """(new, old) pairs with some name near."""
    texts = [(text, old) for old, said in gone.items() for text in _texts(said)]
    names = [text for text, _ in texts]
    for new, said in come.items():
        near = {
            texts[index][1]
            for text in _texts(said)
            for _, _, index in process.extract(text, names, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None)
        }
        yield from ((new, old) for old in sorted(near))


def _score(new: Sequence[Draft], old: Sequence[Draft]) -> float | None:
    """How near the names are, or None where they are two rows."""
    if new[0].subject.rpartition(":")[0] != old[0].subject.rpartition(":")[0]:
        return None
    if not (_keyed_by_name(new) and _keyed_by_name(old)):
        return None
    one, other = _values(new), _values(old)
    shared = [prop for prop in one if prop in other and prop not in _NO_EVIDENCE]
    if any(one[prop].isdisjoint(other[prop]) for prop in shared):
        return None
    near = max(
        (_near(a, b) for a in _texts(new) for b in _texts(old)),
        default=0.0,
    )
    return near if near >= (_NEAR if shared else _VERY_NEAR) else None


def _keyed_by_name(drafts: Sequence[Draft]) -> bool:
    """True where the row's key is its printed name: a list's own number does not change with the spelling."""
    key = next((d.value for d in drafts if d.prop == "key" and d.value is not None), "").casefold()
    return any(name in key for name in _texts(drafts))


def _values(drafts: Iterable[Draft]) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for draft in drafts:
        if draft.value is not None:
            values.setdefault(draft.prop, set()).add(draft.value)
    return values


def _texts(drafts: Iterable[Draft]) -> list[str]:
    return [d.value.casefold() for d in drafts if d.prop == "name" and d.value is not None]


def _near(one: str, other: str) -> float:
    parts, others = one.split(), other.split()
    if len(parts) == len(others) and any(fuzz.ratio(a, b) < _PART for a, b in zip(parts, others, strict=True)):
        return 0.0
    return fuzz.ratio(one, other)
