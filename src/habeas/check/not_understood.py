"""What is left of a text beside its claims: loaded words, and what looks checkable but was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from habeas.check.grammar import Parsed
from habeas.check.lexicon import LANGUAGES, lexicon, load
from habeas.check.page import Page
from habeas.check.spotting import Spotter
from habeas.check.text import sentences
from habeas.nouns import Claim, Quote

# A statement about somebody, or with a word of freedom, custody, court, relief or exchange: it could be checked.
_STATUS = (
    "free_verb", "freed_state", "free_noun", "crossed", "held_verb", "held_state", "held_noun", "arrested", "convicted", "verdict", "term", "in_exile", "death", "lift", "ease",
    "impose", "delist", "license", "sanctions", "exchange", "broker", "no_deal", "office", "prize", "among", "missing", "political", "prisoners",
    "checkable",
)  # fmt: skip
_FEWEST = 3  # words that can say something of somebody
_REST = 4  # words beside a claim that can say something of their own


@lru_cache(maxsize=1)
def _loaded() -> re.Pattern[str]:
    """All loaded wordings as one pattern; a space in a wording stands for any white space, * for the rest of a word."""
    alternatives = []
    for phrases in (phrases for one in LANGUAGES for phrases in load(f"{one}_loaded.yaml").values()):
        for phrase in phrases:
            words = []
            for word in str(phrase).split():
                if word == "_":
                    words.append(r"\w+")
                    continue
                words.append(re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]"))
            alternatives.append(r"\s+".join(words))
    longest_first = sorted(alternatives, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(_by_beginning(longest_first))})\b", re.IGNORECASE)


def _by_beginning(alternatives: Iterable[str]) -> Iterator[str]:
    """The same alternatives, those that begin alike behind one beginning, so that most words are turned down at once.

    Two that begin differently never fit one place (no stem is a letter alone), so their order is free; one that begins
    with any word keeps its place.
    """
    for any_word, rows in groupby(alternatives, key=lambda one: one.startswith(r"\w")):
        alike: dict[str, list[str]] = {}
        for one in rows:
            alike.setdefault((one[:2] if one[:2].isalpha() else one[:1]).lower(), []).append(one)
        for beginning, ones in alike.items():
            rest = "|".join(one[len(beginning) :] for one in ones)
            yield from ones if any_word else (f"{beginning}(?:{rest})",)


@lru_cache(maxsize=8)
def _days(language: str) -> frozenset[str]:
    """Weekdays and months: a date, also where there is no day of publication to read it by."""
    words = lexicon(language)
    return frozenset(words.tables["weekdays"]) | frozenset(words.tables["months"]) - words.small["doubtful_month"]


def loaded(text: str) -> Iterator[Quote]:
    """The loaded words of a text, each an exact quote: opinion is set apart and gets no verdict."""
    for match in _loaded().finditer(text):
        yield Quote(text=match.group(), start=match.start(), end=match.end())


def _quote(text: str, start: int, end: int) -> Quote | None:
    """The span without white space and marks at its ends, or None where nothing is left."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return Quote(text=text[start:end], start=start, end=end) if start < end else None


def _checkable(p: Parsed, i: int, j: int, *, rest: bool) -> bool:
    """A number, a date, a length of time, something said of somebody, or a word of custody, court or relief.

    What is left of a sentence beside its claims (`rest`) needs more: a few words that name nobody say nothing alone.
    """
    for kind in ("number", "share", "money", "date", "duration", "age"):
        if any(i <= at < j for at in p.chunks[kind]):
            return True
    days, capital = _days(p.lexicon.language), p.lexicon.tables["capital_dates"]
    if any(t.kind == "number" or ((t.capital or not capital) and t.low in days) for t in p.tokens[i:j]):
        return True
    subject = any(i <= at < j for kind in ("person", "nation") for at in p.chunks[kind])
    told = any(p.has(label, i, j) for label in _STATUS)
    if rest and sum(t.kind == "word" for t in p.tokens[i:j]) < _REST:
        return subject and told
    return told or (subject and j - i >= _FEWEST)


def not_understood(page: Page, claims: Sequence[Claim]) -> Iterator[Quote]:
    """Stretches that look checkable and that no claim covers; whole sentences where nothing of them was read."""
    by_sentence: dict[int, list[tuple[int, int]]] = {}
    for claim in claims:
        by_sentence.setdefault(claim.sentence, []).append((claim.quote.start, claim.quote.end))
    for s, p in enumerate(page.parsed):
        sentence = page.sentences[s]
        at = sentence.start
        for start, end in [*sorted(by_sentence.get(s, [])), (sentence.end, sentence.end)]:
            if start > at:
                inside = [k for k, t in enumerate(p.tokens) if t.start >= at and t.end <= start]
                if inside and _checkable(p, inside[0], inside[-1] + 1, rest=s in by_sentence):
                    quote = _quote(page.text, at, start)
                    if quote is not None:
                        yield quote
            at = max(at, end)


def anything_checkable(text: str, names: Iterable[str]) -> Iterator[Quote]:
    """For a language that is not read: the sentences with a figure, or with the surname of somebody on record."""
    named = [mention.start for mention in Spotter(names).spot(text)]
    for sentence in sentences(text):
        part = text[sentence.start : sentence.end]
        if re.search(r"\d", part) or any(sentence.start <= at < sentence.end for at in named):
            quote = _quote(text, sentence.start, sentence.end)
            if quote is not None:
                yield quote
