"""The words of each language that is read (`words/*.yaml`), compiled so that one pass over a sentence finds every class."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from itertools import product
from typing import Any

import yaml

from habeas.check.text import Token, low, tokens

LANGUAGES = ("en", "ru", "be", "es")

Ends = Mapping[str, Mapping[int, tuple[int, ...]]]  # class -> start token -> end tokens, longest first


@lru_cache(maxsize=32)
def load(name: str) -> Any:
    """The content of a YAML file of the package's `words` folder."""
    text = files("habeas.check").joinpath("words", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- safe, and in C


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their first word; `stems` are the ones whose last word may go on (`pardon*`)."""

    begins: set[str] = field(default_factory=set)  # the first three letters of all: most words are turned down by them
    exact: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    stems: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # by their first three letters
    tails: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    open: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)  # a stem before the last word
    gapped: dict[str, list[tuple[tuple[str, ...], int, tuple[str, ...], str]]] = field(default_factory=dict)

    def add(self, phrase: str, label: str) -> None:
        """One wording; `*` after a word stands for any ending, also inside a phrase (`смягч* санкци*`).

        `..4` between two words stands for up to four words of the same clause (`put ..4 on hold`). Such a wording is
        found at its first word, so that what stands in the gap can be read as its object. `|` gives choices (`in|at jail`).
        """
        gap = _GAP.search(phrase)
        if gap is not None:
            before, after = (tuple(low(part).split()) for part in (phrase[: gap.start()], phrase[gap.end() :]))
            for first in before[0].split("|"):
                self.begins.add(first.rstrip("*")[:3])
                self.gapped.setdefault(first.rstrip("*")[:3], []).append((before, int(gap[1]), after, label))
            return
        if "|" in phrase:
            for row in product(*(part.split("|") for part in phrase.split())):
                self.add(" ".join(row), label)
            return
        words = tuple(t.low for t in tokens(phrase.replace("*", "")))
        if not words:
            return
        inner = "*" in phrase.rstrip("*")
        self.begins.add(words[0][:3])
        if inner:
            parts = tuple(low(phrase).split())
            first = parts[0].rstrip("*")
            self.begins.add(first[:3])
            self.open.setdefault(first[:3], []).append((parts, label))
        elif not phrase.endswith("*"):
            self.exact.setdefault(words[0], []).append((words, label))
        elif len(words) == 1:
            alike = self.stems.setdefault(words[0][:3], [])
            alike.append((words[0], label))
            alike.sort(key=lambda row: len(row[0]))
        else:
            self.tails.setdefault(words[0], []).append((words, label))

    def at(self, found: tuple[Token, ...], i: int) -> Iterator[tuple[str, int]]:
        """(label, end) of each phrase that begins at token `i`; none beyond the last."""
        if i >= len(found) or found[i].low[:3] not in self.begins:
            return
        word = found[i].low
        after = found[i + 1].low if i + 1 < len(found) else ""
        for words, label in self.exact.get(word, ()):
            if len(words) == 1 or (words[1] == after and _row_is(found, i, words)):
                yield label, i + len(words)
        for words, label in self.tails.get(word, ()):
            last = i + len(words) - 1
            if last >= len(found) or not found[last].low.startswith(words[-1]):
                continue
            if _row_is(found, i, words[:-1]):
                yield label, last + 1
        if self.open:
            for words, label in self.open.get(word[:3], ()):
                if _row_like(found, i, words):
                    yield label, i + len(words)
        if self.gapped:
            yield from self._gapped(found, i)
        if self.stems and found[i].kind == "word":
            for stem, label in self.stems.get(word[:3], ()):
                if word.startswith(stem):
                    yield label, i + 1

    def _gapped(self, found: tuple[Token, ...], i: int) -> Iterator[tuple[str, int]]:
        for before, most, after, label in self.gapped.get(found[i].low[:3], ()):
            start = i + len(before)
            if not _row_like(found, i, before):
                continue
            for k in range(start, min(start + most + 1, len(found))):
                if _row_like(found, k, after):
                    yield label, start
                    break
                if found[k].text in _CLAUSE_ENDS:
                    break


_GAP = re.compile(r"\s\.\.(\d+)\s")
_CLAUSE_ENDS = frozenset(",;:()—–.")


def _row_is(found: tuple[Token, ...], i: int, words: tuple[str, ...]) -> bool:
    return i + len(words) <= len(found) and all(found[i + k].low == w for k, w in enumerate(words))


def _row_like(found: tuple[Token, ...], i: int, words: tuple[str, ...]) -> bool:
    return i + len(words) <= len(found) and all(_like(found[i + k], w) for k, w in enumerate(words))


def _like(token: Token, word: str) -> bool:
    """True where a token is the word, begins as its stem does, or is one of several (`prison|jail`)."""
    if "|" in word:
        return any(_like(token, one) for one in word.split("|"))
    return token.low.startswith(word[:-1]) if word.endswith("*") else token.low == word


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words: classes as phrases, and the tables that numbers, dates and names are read with.

    `small` holds the function words the grammar itself looks for, by what they do (`and`, `breaks`, `not_free` ...).
    """

    language: str
    classes: Phrases
    tables: Mapping[str, Any]
    nations: Phrases
    operators: Phrases
    after_number: Phrases
    vague: Phrases
    shares: Phrases
    relative: Phrases
    change: Phrases
    halves: Phrases
    epithets: Phrases
    vague_lengths: Phrases
    and_a_half: Phrases
    old: Phrases
    aged: Phrases
    small: Mapping[str, frozenset[str]]
    numbers: Mapping[str, float]
    collectives: Mapping[str, float]
    joined_years: tuple[str, ...]  # endings by which a word is a number and its years: `десятилетний`
    opens_time: frozenset[str]  # the words that a date or a length can begin with; all others are passed over
    not_a_name: frozenset[str]
    organisation: frozenset[str]
    no_part_of_a_name: frozenset[str]  # the words of both, in every case
    never_begins_a_name: frozenset[str]

    @property
    def cases(self) -> bool:
        """True where nouns and names have cases: the languages whose past tense is told by its ending."""
        return bool(self.tables["past_ends"])

    def hits(self, found: tuple[Token, ...]) -> Ends:
        """Every phrase of every class in a sentence."""
        out: dict[str, dict[int, list[int]]] = {}
        for i, token in enumerate(found):
            if token.low[:3] not in self.classes.begins:
                continue
            for label, end in self.classes.at(found, i):
                out.setdefault(label, {}).setdefault(i, []).append(end)
        return {
            label: {i: tuple(sorted(ends, reverse=True)) for i, ends in starts.items()} for label, starts in out.items()
        }


def _phrases(entries: Iterable[str], *, labels: bool = False) -> Phrases:
    made = Phrases()
    for entry in entries:
        made.add(entry, entry if labels else "yes")
    return made


def _labelled(rows: Mapping[str, list[str]]) -> Phrases:
    made = Phrases()
    for label, phrases in rows.items():
        for phrase in phrases:
            made.add(str(phrase), label)
    return made


def _nations(raw: Mapping[str, list[list[str]]], *, plural: bool) -> Phrases:
    made = Phrases()
    for code, (states, people) in raw.items():
        for state in states:
            made.add(state, f"{code}:state")
        for word in people:
            made.add(word, f"{code}:people")
            if plural:
                made.add(word + "es" if re.search(r"(s|sh|ch)$", word) else word + "s", f"{code}:people")
    return made


def _both_genders(phrase: str, endings: list[str] | None) -> Iterator[str]:
    """A wording, and where it has a stem of the past tense (`вызваліл*`) its masculine (`вызваліў*`)."""
    yield phrase
    if endings is not None and f"{endings[0]}*" in phrase:
        yield phrase.replace(f"{endings[0]}*", f"{endings[1]}*")


def _older(raw: Any, spellings: Mapping[str, str]) -> Any:
    """Word lists with each wording in the older spelling too, where it holds a stem that is spelt otherwise there."""
    if isinstance(raw, dict):
        return {key: _older(value, spellings) for key, value in raw.items()}
    if not isinstance(raw, list):
        return raw
    out = []
    for row in raw:
        out.append(_older(row, spellings) if isinstance(row, list) else row)
        spelt = row if isinstance(row, str) else ""
        for new, old in spellings.items():
            spelt = spelt.replace(new, old)
        if spelt and spelt != row:
            out.append(spelt)
    return out


def _words(rows: Iterable[Any]) -> frozenset[str]:
    return frozenset(low(str(word)) for word in rows)


def _in_cases(words: frozenset[str], endings: Mapping[str, list[str]]) -> frozenset[str]:
    """Words with their other cases: `endings` maps how a nominative ends (`-`: in a consonant) to the endings in its place."""
    out = set(words)
    for word in words:
        ending = next(
            (e for e in sorted(endings, key=len, reverse=True) if word.endswith(e) and len(word) - len(e) > 1), ""
        )
        if not ending and word[-1:] not in _VOWELS and len(word) > 2:
            out.update(word + other for other in endings.get("-", ()))
        out.update(word.removesuffix(ending) + other for other in (endings[ending] if ending else ()))
    return frozenset(out)


def by_word(table: Mapping[Any, Any]) -> dict[str, Any]:
    """A table of words; one written `value: [word, another form]` is turned round."""
    out: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, list):
            out.update({low(str(form)): key for form in value})
        else:
            out[low(str(key))] = value
    return out


_VOWELS = "аеиоуыэюяьйіў"
# The tables whose wordings a date or a length of time can begin with.
_TIMES = ("relative", "parts_of_time", "halves", "vague", "vague_lengths", "whole_lengths", "ranges")


@lru_cache(maxsize=8)
def lexicon(language: str) -> Lexicon:
    """The lexicon of one of `LANGUAGES`, read once."""
    raw = load(f"{language}.yaml")
    spellings = raw.get("older_spelling", {})
    raw = _older(raw, spellings)
    classes = Phrases()
    for label, phrases in raw["classes"].items():
        for phrase in phrases:
            for spelling in _both_genders(str(phrase), raw.get("past_masculine")):
                classes.add(spelling, label)
    nations = _older(load("nations.yaml" if language == "en" else f"{language}_nations.yaml"), spellings)
    tables = {
        **raw,
        **{name: by_word(raw[name]) for name in ("months", "weekdays", "units", "ordinals", "powers", "days_in_words")},
        "whole_lengths": {low(str(word)): length for word, length in raw["whole_lengths"].items()},
    }
    small = {name: _words(words) for name, words in raw["small"].items()}
    first = (word for name in _TIMES for phrase in raw[name] for word in (low(str(phrase)).split() or [""])[:1])
    opens_time = frozenset(first) | frozenset(by_word(raw["numbers"])) | {"of"}
    opens_time |= frozenset(low(w) for name in ("months", "weekdays", "units", "days_in_words") for w in tables[name])
    opens_time |= {
        w for name in ("one", "single", "power_alone", "past_before", "ago_before", "first_day") for w in small[name]
    }
    return Lexicon(
        language=language,
        classes=classes,
        tables=tables,
        nations=_nations(nations, plural=language == "en"),
        operators=_phrases(raw["operators"], labels=True),
        after_number=_phrases(raw["after_number"], labels=True),
        vague=_phrases(raw["vague"], labels=True),
        shares=_phrases(raw["shares"], labels=True),
        relative=_phrases(raw["relative"], labels=True),
        change=_phrases(raw["change"]),
        halves=_phrases(raw["halves"]),
        epithets=_labelled(raw["epithets"]),
        vague_lengths=_phrases(raw["vague_lengths"], labels=True),
        and_a_half=_phrases(raw["and_a_half"]),
        old=_phrases(raw["old"]),
        aged=_phrases(raw["aged"]),
        small=small,
        opens_time=opens_time,
        numbers=by_word(raw["numbers"]),
        collectives=by_word(raw.get("collectives", {})),
        joined_years=tuple(raw.get("joined_years", ())),
        not_a_name=_words(raw["not_a_name"]),
        organisation=_words(raw["organisation"]),
        no_part_of_a_name=_in_cases(_words([*raw["not_a_name"], *raw["organisation"]]), raw["noun_cases"]),
        never_begins_a_name=_words(raw["never_begins_a_name"]),
    )


def longest(phrases: Phrases, found: tuple[Token, ...], i: int) -> tuple[str, int] | None:
    """The longest phrase that begins at token `i`, as (label, end)."""
    if i >= len(found) or found[i].low[:3] not in phrases.begins:
        return None
    return max(phrases.at(found, i), key=lambda hit: hit[1], default=None)
