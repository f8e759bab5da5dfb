"""The English words of `words/*.yaml`, compiled so that one pass over a sentence finds every class."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from habeas.check.text import Token, tokens

_LONGEST_STEM = 30  # letters; no stem of the word lists is longer

Ends = Mapping[str, Mapping[int, tuple[int, ...]]]  # class -> start token -> end tokens, longest first


@lru_cache(maxsize=16)
def load(name: str) -> Any:
    """The content of a YAML file of the package's `words` folder."""
    return yaml.safe_load(files("habeas.check").joinpath("words", name).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their first word; `stems` are the ones whose last word may go on (`pardon*`)."""

    exact: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)
    tails: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)

    def add(self, phrase: str, label: str) -> None:
        stem = phrase.endswith("*")
        words = tuple(t.low for t in tokens(phrase.rstrip("*")))
        if not words:
            return
        if not stem:
            self.exact.setdefault(words[0], []).append((words, label))
        elif len(words) == 1:
            self.stems.setdefault(words[0], []).append(label)
        else:
            self.tails.setdefault(words[0], []).append((words, label))

    def at(self, found: tuple[Token, ...], i: int) -> Iterator[tuple[str, int]]:
        """(label, end) of each phrase that begins at token `i`."""
        low = found[i].low
        for words, label in self.exact.get(low, ()):
            if all(i + k < len(found) and found[i + k].low == word for k, word in enumerate(words)):
                yield label, i + len(words)
        for words, label in self.tails.get(low, ()):
            last = i + len(words) - 1
            if last >= len(found) or not found[last].low.startswith(words[-1]):
                continue
            if all(found[i + k].low == word for k, word in enumerate(words[:-1])):
                yield label, last + 1
        if self.stems and found[i].kind == "word":
            for length in range(3, min(len(low), _LONGEST_STEM) + 1):
                for label in self.stems.get(low[:length], ()):
                    yield label, i + 1


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words: classes as phrases, and the tables that numbers, dates and names are read with."""

    classes: Phrases
    tables: Mapping[str, Any]
    nations: Phrases
    operators: Phrases
    after_number: Phrases
    vague: Phrases
    shares: Phrases
    not_a_name: frozenset[str]
    organisation: frozenset[str]
    never_begins_a_name: frozenset[str]

    def hits(self, found: tuple[Token, ...]) -> Ends:
        """Every phrase of every class in a sentence."""
        out: dict[str, dict[int, list[int]]] = {}
        for i in range(len(found)):
            for label, end in self.classes.at(found, i):
                out.setdefault(label, {}).setdefault(i, []).append(end)
        return {
            label: {i: tuple(sorted(ends, reverse=True)) for i, ends in starts.items()} for label, starts in out.items()
        }


def _phrases(entries: Mapping[str, Any] | list[str], *, labels: bool = False) -> Phrases:
    made = Phrases()
    for entry in entries:
        made.add(entry, entry if labels else "yes")
    return made


def _nations(raw: Mapping[str, list[list[str]]]) -> Phrases:
    made = Phrases()
    for code, (states, people) in raw.items():
        for state in states:
            made.add(state, f"{code}:state")
        for word in people:
            made.add(word, f"{code}:people")
            plural = word + "es" if re.search(r"(s|sh|ch)$", word) else word + "s"
            made.add(plural, f"{code}:people")
    return made


@lru_cache(maxsize=1)
def english() -> Lexicon:
    """The English lexicon, read once."""
    raw = load("en.yaml")
    classes = Phrases()
    for label, phrases in raw["classes"].items():
        for phrase in phrases:
            classes.add(str(phrase), label)
    return Lexicon(
        classes=classes,
        tables=raw,
        nations=_nations(load("nations.yaml")),
        operators=_phrases(raw["operators"], labels=True),
        after_number=_phrases(raw["after_number"], labels=True),
        vague=_phrases(raw["vague"], labels=True),
        shares=_phrases(raw["shares"], labels=True),
        not_a_name=frozenset(raw["not_a_name"]),
        organisation=frozenset(str(w) for w in raw["organisation"]),
        never_begins_a_name=frozenset(raw["never_begins_a_name"]),
    )


def longest(phrases: Phrases, found: tuple[Token, ...], i: int) -> tuple[str, int] | None:
    """The longest phrase that begins at token `i`, as (label, end)."""
    return max(phrases.at(found, i), key=lambda hit: hit[1], default=None)
