"""Rows whose key is a printed name: a corrected spelling looks like one row gone and another come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA, Prefix

from habeas.names import Agreement, compare, sex
from habeas.nouns import Draft

_NEAR = 80  # of 100, where another value of the row agrees
_VERY_NEAR = 88  # where nothing but the name speaks
_PART = 65  # each part of a name by itself: one other letter in a short first name is still near
_TYPO = 4  # letters that a word must have before one other letter in it can be a misprint
_MOST_PAIRS = 25_000_000
_CLEAR = 5  # how much nearer than any other row
_NO_EVIDENCE = frozenset({"list", "key", "name", "held_on", "recognised", "released_in", "absent_since"})
_DIFFER = frozenset({Agreement.DIFFERENT, Agreement.UNCLEAR})
_CASES = frozenset({"u", "iu", "yu", "ju", "у", "ю"})  # what a word gains in another grammatical case
_WOMAN, _EITHER = ("a", "а", "я"), ("o", "о")  # Ivana, Personava; Personenka and Personenko are one name


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """{new subject: old subject} of the rows that are one row corrected; `near`: {new: (old, why they are two)}."""

    corrected: Mapping[str, str] = field(default_factory=dict)
    near: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    score: float
    against: str | None  # why the two are not one row, where anything says so
    contrary: bool = False  # by another value than the name: then it is no rival of others either


def corrected_spellings(gone: Mapping[str, Sequence[Draft]], come: Mapping[str, Sequence[Draft]]) -> Spellings:
    """Which of the rows that came are a row that went, with its spelling corrected, and which only look like it.

    Both must be each other's nearest by a clear margin, the two names must be one person's for certain (Maria is not
    Marina, though one letter is all that differs) and no other value may contradict: a wrong pair would give one person
    what another lived through. Where whole lists go and come, nothing is paired: that is no correction of spellings.
    """
    if len(gone) * len(come) > _MOST_PAIRS:
        return Spellings()
    pairs = {
        (new, old): pair for new, old in _candidates(gone, come) if (pair := _pair(come[new], gone[old])) is not None
    }
    corrected = _clear(pairs)
    near: dict[str, tuple[str, str]] = {}
    for (new, old), pair in sorted(pairs.items(), key=lambda item: -item[1].score):
        if new not in corrected and old not in corrected.values():
            near.setdefault(new, (old, pair.against or "another row is as near"))
    return Spellings(corrected=corrected, near=near)


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


def _clear(pairs: Mapping[tuple[str, str], _Pair]) -> dict[str, str]:
    """The pairs (new, old) that nothing speaks against and of which no rival is as near."""
    rivals: dict[str, list[float]] = {}
    for (new, old), pair in pairs.items():
        for subject in (new, old) if not pair.contrary else ():
            rivals.setdefault(subject, []).append(pair.score)
    return {
        new: old
        for (new, old), pair in pairs.items()
        if pair.against is None
        and all(sum(pair.score < other + _CLEAR for other in rivals[subject]) == 1 for subject in (new, old))
    }


def _pair(new: Sequence[Draft], old: Sequence[Draft]) -> _Pair | None:
    """How near the names are and what speaks against one row, or None where the names are not near at all."""
    one_list = new[0].subject.rpartition(":")[0] == old[0].subject.rpartition(":")[0]
    if not (one_list and _keyed_by_name(new) and _keyed_by_name(old)):
        return None
    near = {(a, b): _near(a, b) for a in _texts(new) for b in _texts(old)}
    score = max(near.values(), default=0.0)
    if score < _NEAR:
        return None
    shared, contrary = _other_values(_values(new), _values(old))
    if contrary:
        differ = f"{' and '.join(contrary)} differ{'s' if len(contrary) == 1 else ''}"
        return _Pair(score=score, against=differ, contrary=True)
    against = _two_people(pair for pair, n in near.items() if n >= _NEAR)
    if against is None and not shared and score < _VERY_NEAR:
        against = "nothing but the name speaks for it, and not clearly"
    return _Pair(score=score, against=against)


def _other_values(one: Mapping[str, set[str]], other: Mapping[str, set[str]]) -> tuple[list[str], list[str]]:
    """What beside the name both rows have, and in which of it they contradict each other."""
    shared = [prop for prop in one if prop in other and prop not in _NO_EVIDENCE]
    return shared, [prop for prop in shared if one[prop].isdisjoint(other[prop])]


def _two_people(near: Iterable[tuple[str, str]]) -> str | None:
    """In whichever of its languages a row's name is near, it must be one person's name; why it is not, where it is not."""
    return next((why for a, b in near if (why := _two(a, b)) is not None), None)


def _two(new: str, old: str) -> str | None:
    """Why two near names may be two people's, or None where they are one name and its correction."""
    if _digits(new) != _digits(old):
        return "the numbers beside the names differ"
    words, others = new.split(), old.split()
    changed = [(a, b) for a, b in zip(words, others, strict=True) if a != b] if len(words) == len(others) else []
    if any(_inflected(a, b) for a, b in changed):
        return "the ending differs: a man and a woman, or one of the two in another grammatical case"
    found = compare(new, old)
    if found.sure:
        return None
    told = found.given in _DIFFER or found.patronymic is Agreement.DIFFERENT or sex(new) != sex(old)
    if not told and len(changed) == 1 and _misprint(*changed[0]):
        return None
    # The part that decides is said last.
    return next((why for why in found.why if "differ" in why), found.why[-1])


def _inflected(one: str, other: str) -> bool:
    """True where two words differ by an ending that tells a woman from a man (Ivan, Ivana), or by a grammatical case."""
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and long[len(short) :] in _CASES:
        return True
    woman, man = (one, other) if one.endswith(_WOMAN) else (other, one)
    if not woman.endswith(_WOMAN) or man.endswith((*_WOMAN, *_EITHER)):
        return False
    return Prefix.similarity(one, other) >= len(short) - 2


def _misprint(one: str, other: str) -> bool:
    """True where one letter inside the word is another, missing, doubled or out of place."""
    whole = min(len(one), len(other)) >= _TYPO and (one[0], one[-1]) == (other[0], other[-1])
    return whole and OSA.distance(one, other) == 1


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


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
