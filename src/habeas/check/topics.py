"""What a text and the record may mean alike: the target of a measure, the kind of an event, the group that a number counts.

The wordings of every language stand in one data file (`words/topics.yaml`); records are in English, texts in any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from habeas.check.lexicon import load
from habeas.check.text import low


def _wording(words: Iterable[str]) -> re.Pattern[str]:
    rows = [re.escape(low(str(w))).replace(r"\*", r"\w*") for w in words]
    # The past of a man ends in -ў in Belarusian, which is read as -у: `заснавал*` stands for `заснаваў` too.
    rows += [row.removesuffix(r"л\w*") + "у" for row in rows if row.endswith(r"л\w*")]
    return re.compile("|".join(rf"\b{row}\b" for row in rows))


@lru_cache(maxsize=8)
def _wordings(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each topic of a section with a pattern of its wordings."""
    return tuple((topic, _wording(words)) for topic, words in load("topics.yaml")[section].items())


@lru_cache(maxsize=4096)
def topics(text: str, section: str) -> frozenset[str]:
    """The topics of a section (`measures`, `events`, `groups`) that a text speaks of."""
    folded = low(text)
    return frozenset(topic for topic, wording in _wordings(section) if wording.search(folded))


def by_distance(words: Iterable[str], at: int, section: str, reach: int) -> list[tuple[int, frozenset[str]]]:
    """(how many words off, the topics there) for the wordings within `reach` words of position `at`, the nearest first."""
    starts, length, found = [], 0, [low(w) for w in words]
    for word in found:
        starts.append(length)
        length += len(word) + 1
    line = " ".join(found)
    near: dict[int, set[str]] = {}
    for topic, wording in _wordings(section):
        for hit in wording.finditer(line):
            inside = [k for k, start in enumerate(starts) if hit.start() <= start < hit.end()]
            off = min((abs(k - at) for k in inside), default=reach + 1)
            if off <= reach:
                near.setdefault(off, set()).add(topic)
    return [(off, frozenset(found)) for off, found in sorted(near.items())]
