"""People meant by a role: `the banker`, `нобелевский лауреат`, `el periodista`, once the text has said who that is.

A role stands for somebody only where the text gave it to one person and to nobody else; two bankers leave both unnamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from habeas.check.lexicon import Lexicon, longest
from habeas.check.numbers import Chunk
from habeas.check.text import Sentence

_NEAR = 2  # tokens between a role and the name it introduces


def _roles(sentence: Sentence, words: Lexicon) -> Iterator[tuple[str, int, int]]:
    """(role, first token, end) of each role spoken of, the longest wording first."""
    i = 0
    while i < len(sentence.tokens):
        hit = longest(words.epithets, sentence.tokens, i)
        if hit is None:
            i += 1
        else:
            yield hit[0], i, hit[1]
            i = hit[1]


def _introduced(named: Sequence[Chunk], i: int, j: int) -> Chunk | None:
    """The person whose role stands right before the name, or between commas after it."""
    after = [c for c in named if 0 <= c.i - j <= _NEAR]
    before = [c for c in named if 0 <= i - c.j <= _NEAR + 1]
    return after[0] if after else (before[-1] if before else None)


def with_epithets(
    sentences: Sequence[Sentence], people: Sequence[list[Chunk]], spoken: Sequence[Lexicon]
) -> list[list[Chunk]]:
    """The people of each sentence, those meant by a role among them (`epithet`)."""
    known: dict[str, dict[str, Chunk]] = {}
    out = []
    for sentence, named, words in zip(sentences, people, spoken, strict=True):
        found = list(named)
        for role, i, j in _roles(sentence, words):
            if any(c.i < j and i < c.j for c in named):
                continue
            if i and any(sentence.tokens[i - 1].low in words.small[kin] for kin in ("kin", "kin_cases")):
                continue  # "жонка палітыка Марына Адамовіч": the wife of one
            owner = _introduced(named, i, j)
            if owner is not None:
                known.setdefault(role, {})[str(owner.value["person"])] = owner
                continue
            definite = not words.small["before_epithet"] or (
                i > 0 and sentence.tokens[i - 1].low in words.small["before_epithet"]
            )
            owners = known.get(role, {})
            if definite and len(owners) == 1:
                only = next(iter(owners.values()))
                found.append(Chunk("person", i, j, only.value | {"epithet": role}))
        out.append(sorted(found, key=lambda c: c.i))
    return out
