"""Many at once is one by one: what goes through the rules as one text comes out as if each had gone by itself."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from habeas.names import fold, fold_all
from habeas.names.letters import (
    RULES,
    all_spellings,
    all_stems,
    fold_words,
    spellings,
    stem,
    system_of,
)
from habeas.names.scripts import all_nobody, all_written, nobody, written
from habeas.names.slavic import AllKnown, known
from tests.names.test_compare import SPELLINGS, TEXTS

NAMES = [name for names in SPELLINGS.values() for name in names]
WORDS = sorted(
    {word for name in NAMES for word in written(name).words} | {"a", "yana", "valeriya", "ivanovich", "rzhich"}
)
# Letters that the rules join, put together at random, meet in every way there is.
PIECES = st.lists(
    st.sampled_from(
        [
            "shch",
            "szcz",
            "sch",
            "tch",
            "ts",
            "dz",
            "kh",
            "zh",
            "rz",
            "ou",
            "ic",
            "ich",
            "w",
            "y",
            "a",
            "u",
            "i",
            "c",
            "d",
            "k",
            "t",
            "z",
        ]
    ),
    max_size=6,
)
ANY = st.lists(st.one_of(TEXTS, st.sampled_from(NAMES)), max_size=6)
PLAIN = st.lists(st.one_of(st.sampled_from(WORDS), PIECES.map("".join).filter(bool)), min_size=1, max_size=8)


@given(PIECES, st.text("AIUDTZshctzkuoaijy", max_size=12))
def test_the_rules_made_quick_say_what_the_table_says(pieces: list[str], rest: str) -> None:
    word = expected = "".join(pieces) + rest
    for pattern, to in RULES:
        expected = re.sub(pattern, to, expected)
    assert fold_words([word, "", word]) == [expected, "", expected]


@given(ANY)
def test_texts(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]
    assert all_nobody(texts) == {text for text in texts if nobody(text)}
    found = all_written(texts)
    assert [found.of(at) for at in range(len(texts))] == [written(text) for text in texts]


@given(PLAIN)
def test_words(words: list[str]) -> None:
    assert [list(one) for one in all_spellings(words)] == [spellings(word, system_of(word)) for word in words]
    assert all_stems(words) == [stem(word) for word in words]
    found = AllKnown(words)
    for at, word in enumerate(words):
        alone = known(word)
        assert found.of(at) == alone
        assert found.named[at] == bool(alone.exact or alone.oblique)
        assert found.fathers[at] == alone.father
        start = sum(found.counts[:at])
        assert set(found.stems[start : start + found.counts[at]]) - {""} == alone.stems
