"""A printed name to a case: for the day of release, and for anybody who asks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, takewhile
from typing import Any

from habeas.names import UNSURE, Agreement, Comparison, compare, fold, fold_all, keys, likelihoods, same_letters
from habeas.names.likelihood import FAR
from habeas.names.scripts import nobody
from habeas.nouns import Case, Casebook, Name
from habeas.readers.cells import clean, shortened
from habeas.resolve.name_index import NameIndex

# A second candidate this near to the best leaves the name ambiguous.
_MARGIN = 0.03
_SHOWN = 5
# From this many cases on, taking every name apart costs more than looking for it.
_LARGE = 2_000
# What of a case tells people of one name apart, and how it is called.
_TELLING = (("born", "the date of birth"), ("sex", "the sex"), ("occupation", "the occupation"))


class Fit(StrEnum):
    """How a pasted name fits the cases on record."""

    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A case that a name may mean, with the score of its best name and why."""

    case: str
    label: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A pasted name: the case it is (`matched`), those it may be (`ambiguous`), or none (`unmatched`); best first.

    `nearest` is what came nearest to an unmatched name, and is not it. `why` says what would decide an ambiguous one.
    """

    text: str
    fit: Fit
    case: str | None
    candidates: tuple[Candidate, ...]
    why: str
    nearest: Candidate | None = None


class _Index:
    """The names of all cases by key; of a large book only the names near to one asked about are taken apart."""

    def __init__(self, casebook: Casebook[Any]) -> None:
        self.cases = casebook.cases
        self._by_key: dict[str, set[str]] = {}
        named = [(case.id, text) for case in casebook.cases.values() for text in _texts(case)]
        self._name_index = NameIndex(named) if len(casebook.cases) > _LARGE else None
        self._named = named
        for case, text in named if self._name_index is None else ():
            for key in keys(text):
                self._by_key.setdefault(key, set()).add(case)

    def plausible(self, texts: Sequence[str]) -> list[list[tuple[Case, Comparison]]]:
        """The cases that each text may mean, with their best comparison, best first; those of all texts sought together."""
        if self._name_index is None:
            return [_plausible(self.near(text)) for text in texts]
        near = self._worth_a_look([(text, one) for text in dict.fromkeys(texts) for one in self._name_index.of(text)])
        ids: dict[str, list[str]] = {text: [] for text in texts}
        for text, one in near:
            ids[text].append(one)
        found = {text: _plausible(self._compared(text, some)) for text, some in ids.items()}
        return [found[text] or _plausible(self._compared(text, self._name_index.nearest(text))) for text in texts]

    def _worth_a_look(self, near: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Of texts and cases those that are not so far apart that a closer look would change nothing."""
        pairs = [(text, name) for text, one in near for name in _texts(self.cases[one])]
        # What is further than that scores no more than it is likely, and needs no closer look.
        chances = zip(pairs, likelihoods(pairs), strict=True)
        worth = {pair for pair, chance in chances if chance >= FAR or nobody(pair[0])}
        return [(text, one) for text, one in near if any((text, name) in worth for name in _texts(self.cases[one]))]

    def near(self, text: str) -> list[tuple[Case, Comparison]]:
        """Cases that share a key with the text, with their best comparison, best first."""
        if self._name_index is None:
            return self._compared(text, {one for key in keys(text) for one in self._by_key.get(key, ())})
        found = self._compared(text, self._name_index.of(text))
        if found and found[0][1].score >= UNSURE:
            return found
        return self._compared(text, self._name_index.nearest(text))

    def nearest(self, text: str) -> Candidate | None:
        """The case with the likest name, however far."""
        near = self.near(text)
        if not near:
            if self._name_index is None:
                self._name_index = NameIndex(self._named)
            near = self._compared(text, self._name_index.nearest(text))
        if not near:
            return None
        case, found = near[0]
        return Candidate(case=case.id, label=case.label, score=found.score, why=found.why)

    def _compared(self, text: str, ids: Iterable[str]) -> list[tuple[Case, Comparison]]:
        found = []
        for one in ids:
            case = self.cases[one]
            best = max((compare(text, name) for name in _texts(case)), key=lambda c: (c.sure, c.score))
            found.append((case, best))
        return sorted(found, key=lambda item: (not item[1].sure, -item[1].score, item[0].id))


def _names(case: Case) -> tuple[Name, ...]:
    return case.names or ((Name(text=case.label, lang=None, statement=""),) if case.label else ())


def _texts(case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.text for name in _names(case)))


def _candidates(found: Iterable[tuple[Case, Comparison]]) -> tuple[Candidate, ...]:
    return tuple(Candidate(case=case.id, label=case.label, score=c.score, why=c.why) for case, c in found)


def _plausible(found: Iterable[tuple[Case, Comparison]]) -> list[tuple[Case, Comparison]]:
    return [(case, comparison) for case, comparison in found if comparison.score >= UNSURE]


def _one(text: str, plausible: Sequence[tuple[Case, Comparison]], index: _Index) -> Match:
    sure = [(case, c) for case, c in plausible if c.sure]
    holder = _holder(text, plausible)
    shown = _candidates(plausible[:_SHOWN])
    if not plausible:
        nearest = index.nearest(text)
        why = "no case has a name like it"
        if nearest is not None:
            why += f"; nearest is {nearest.label} ({nearest.case}): {'; '.join(nearest.why)}"
        return Match(text=text, fit=Fit.UNMATCHED, case=None, candidates=(), why=why, nearest=nearest)
    if holder is not None:
        return Match(
            text=text, fit=Fit.MATCHED, case=holder.id, candidates=shown, why="the same text, and no other case has it"
        )
    if len(sure) == 1 or (sure and sure[0][1].score - sure[1][1].score > _MARGIN):
        best = sure[0]
        return Match(text=text, fit=Fit.MATCHED, case=best[0].id, candidates=shown, why="; ".join(best[1].why))
    rivals = sure or plausible
    found = f"{len(sure)} cases have that name" if sure else "not sure enough: " + "; ".join(plausible[0][1].why)
    why = f"{found}; {_decides([case for case, _ in rivals[:_SHOWN]], rivals[0][1])}"
    return Match(text=text, fit=Fit.AMBIGUOUS, case=None, candidates=shown, why=why)


def _holder(text: str, plausible: Sequence[tuple[Case, Comparison]]) -> Case | None:
    """The one case with a name that is this text; None where another may be meant by another spelling of it.

    Within a language another text is another name (Hoa, Hoà); in another language it may be the same one.
    """
    holders = [(case, name) for case, _ in plausible for name in _names(case) if same_letters(text, name.text)]
    if len({case.id for case, _ in holders}) != 1:
        return None
    one, langs = holders[0][0], {name.lang for _, name in holders}
    rivals = [case for case, c in plausible if case is not one and c.sure and c.score > 1 - _MARGIN]
    return one if all({name.lang for name in _names(case)} <= langs for case in rivals) else None


def _telling(cases: Sequence[Case], prop: str) -> list[str]:
    """What the record has of each case, where that tells the cases apart or there is but one."""
    held = [(case, value.value) for case in cases if (value := case.attribute(prop)) is not None]
    if len(cases) > 1 and len(held) == len(cases) and len({value for _, value in held}) == 1:
        return []
    return [f"{case.label}: {value}" for case, value in held]


def _decides(cases: Sequence[Case], best: Comparison) -> str:
    """What to find out about the person pasted, so that the name leads to one of the cases."""
    wanted = []
    if best.given in (Agreement.ABSENT, Agreement.INITIAL):
        wanted.append("the full given name")
    if best.surname in (Agreement.UNCLEAR, Agreement.CLOSE):
        wanted.append("the spelling of the surname")
    wanted += [f"{what} ({', '.join(held)})" for prop, what in _TELLING if (held := _telling(cases, prop))]
    starts = [f"{case.label}: {case.spells[0].start.value}" for case in cases if case.spells and case.spells[0].start]
    if len(set(starts)) > 1:
        wanted.append(f"the day of arrest ({', '.join(starts)})")
    if not wanted:
        wanted.append("a patronymic, a date of birth or of arrest, for the record has none that tells them apart")
    return f"{', or '.join(wanted)} would decide"


def match(texts: Sequence[str], casebook: Casebook[Any]) -> tuple[Match, ...]:
    """Each pasted name with the case it is, in the order given; a blank one is left out.

    Names may be in any script, case or order of words and may carry numbering. Where two different names of the paste
    fit one case, both are ambiguous: two rows of one list are normally two people.
    """
    index = casebook.once(_Index)
    asked = [text.strip() for text in texts if text.strip()]
    found = [_one(text, some, index) for text, some in zip(asked, index.plausible(asked), strict=True)]
    by_case: dict[str, list[Match]] = {}
    for one in found:
        if one.case is not None:
            by_case.setdefault(one.case, []).append(one)
    return tuple(_contested(one, by_case.get(one.case or "", [])) for one in found)


def _contested(one: Match, rivals: list[Match]) -> Match:
    others = [r for r in rivals if fold(r.text) != fold(one.text)]
    if not others or one.candidates[0].score > max(r.candidates[0].score for r in others):
        return one
    also = list(dict.fromkeys(shortened(clean(r.text).text) for r in others))
    more = f" and {len(also) - _SHOWN} more" if len(also) > _SHOWN else ""
    why = f"another name of the paste fits the same case: {', '.join(also[:_SHOWN])}{more}; {one.why}"
    return Match(text=one.text, fit=Fit.AMBIGUOUS, case=None, candidates=one.candidates, why=why)


def called(text: str, casebook: Casebook[Any]) -> Case | None:
    """The one case that a name means, as `match` has it, or that an id leads to; None where it is not sure."""
    text = text.strip()
    by_id = _by_id(text, casebook)
    if by_id is not None or not text:
        return by_id
    (found,) = match([text], casebook)
    return None if found.case is None else casebook.cases[found.case]


def find(text: str, casebook: Casebook[Any]) -> tuple[Case, ...]:
    """The cases that a name or a part of one may mean, best first; a case id finds its case.

    A full name that surely fits leaves only the cases it fits; then a name just as a list prints it (with initials);
    half a name gives all that it fits; then near spellings.
    """
    text = text.strip()
    by_id = _by_id(text, casebook)
    if by_id is not None:
        return (by_id,)
    printed = casebook.once(_Printed)
    near = casebook.once(_Index).near(text)
    sure = [case for case, c in near if c.sure]
    if sure:
        return tuple(sure)
    found = printed.whole(text) or printed.beginning(text)
    if found:
        return found
    halves = (Agreement.SAME, Agreement.CLOSE)
    half = [case for case, c in near if c.surname in halves and c.given in (Agreement.ABSENT, Agreement.INITIAL)]
    if half:
        return tuple(half)
    return tuple(case for case, c in near if c.score >= UNSURE)


def _by_id(text: str, casebook: Casebook[Any]) -> Case | None:
    """The case of an id, or the one that an older id leads to."""
    return casebook.cases.get(text) or casebook.once(_Printed).led(text)


class _Printed:
    """Every name of a casebook just as lists print it, by its folded letters and by its words; and the ids of mentions."""

    def __init__(self, casebook: Casebook[Any]) -> None:
        self._by_fold: dict[str, dict[str, Case]] = {}
        self._by_key: dict[str, Case] = {}
        self._cases: list[Case] = []  # of each name
        words: list[tuple[str, int]] = []
        for case in casebook.cases.values():
            for mention in case.mentions:
                self._by_key.setdefault(mention.rpartition(":")[2], case)
        named = [(case, name) for case in casebook.cases.values() for name in _texts(case)]
        for (case, _), folded in zip(named, fold_all(name for _, name in named), strict=True):
            self._by_fold.setdefault(folded, {})[case.id] = case
            words += [(word, len(self._cases)) for word in folded.split()]
            self._cases.append(case)
        self._words = sorted(words)

    def led(self, text: str) -> Case | None:
        """The case that an old id leads to: an id is made from a mention, and leads to wherever that mention is now."""
        prefix, dash, key = text.partition("-")
        return self._by_key.get(key) if prefix == "C" and dash and key else None

    def whole(self, text: str) -> tuple[Case, ...]:
        """The cases that have a name just as it stands."""
        return tuple(self._by_fold.get(fold(text), {}).values())

    def beginning(self, text: str) -> tuple[Case, ...]:
        """The cases that have a name of which every word of the text begins a word, after folding."""
        asked = [word for word in fold(text).split() if len(word) >= 3]
        if not asked:
            return ()
        names = set.intersection(*(self._with(word) for word in asked))
        return tuple({self._cases[at].id: self._cases[at] for at in sorted(names)}.values())

    def _with(self, start: str) -> set[int]:
        """The names that have a word which begins so."""
        first = bisect_left(self._words, (start, -1))
        found = takewhile(lambda word: word[0].startswith(start), islice(self._words, first, None))
        return {name for _, name in found}
